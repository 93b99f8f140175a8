import Glibc

/// A failed system call: its name and `errno`. Never a path or a value.
package struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
  package let call: String
  package let code: Int32

  package init(call: StaticString, code: Int32 = errno) {
    self.call = "\(call)"
    self.code = code
  }

  package static let noSpace = ENOSPC
  package static let notFound = ENOENT
  package static let connectionReset = ECONNRESET
  package static let addressInUse = EADDRINUSE
  package static let timedOut = ETIMEDOUT

  /// The disk, the quota or the process's file-size limit is used up.
  package var isOutOfSpace: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }

  /// There was not enough of something that comes back by itself: space, descriptors or memory.
  package var isOfScarcity: Bool { isOutOfSpace || code == EMFILE || code == ENFILE || code == ENOMEM }

  /// Whoever was asked does not listen.
  package var isOfSilence: Bool { code == EAGAIN || code == ETIMEDOUT }

  /// The file is not there, or not for this user, or is none.
  package var isOfAccess: Bool { [ENOENT, ENOTDIR, EISDIR, EACCES, EPERM, ELOOP].contains(code) }

  /// Whoever runs this may not.
  package var isOfPermission: Bool { code == EACCES || code == EPERM }

  package var description: String { "\(call): \(String(cString: strerror(code)))" }
}

/// Repeats a call that a signal interrupted. EINTR is handled here and nowhere else.
@inline(__always)
func retrying<Result: SignedInteger>(_ name: StaticString, _ call: () -> Result) throws(SystemError) -> Result {
  while true {
    let result = call()
    if result >= 0 { return result }
    if errno != EINTR { throw SystemError(call: name) }
  }
}
