import Glibc

/// The streams that a process is born with.
package enum StandardStreams {
  package static func writeOutput(_ bytes: [UInt8]) throws(SystemError) {
    var sent = 0
    while sent < bytes.count {
      sent += try retrying("write") {
        bytes.withUnsafeBytes { all in write(STDOUT_FILENO, all.baseAddress! + sent, all.count - sent) }
      }
    }
  }

  package static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// A closed pipe or connection, and a file over its size limit, become errors of the call instead of killing the process.
  package static func ignoreFatalSignals() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
