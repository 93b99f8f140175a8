import Glibc

/// An open file descriptor with one owner; closed when the owner lets go of it.
package struct Descriptor: ~Copyable, Sendable {
  package let raw: Int32

  /// Takes over a descriptor that the caller has just been given by the kernel.
  package init(owning raw: Int32) {
    precondition(raw >= 0, "not a descriptor")
    self.raw = raw
  }

  /// `close` may report an error, but the descriptor is gone either way (Linux), and data that matters was synced before.
  deinit { Glibc.close(raw) }

  /// Another descriptor of the same open file or socket, close-on-exec.
  package borrowing func duplicated() throws(SystemError) -> Descriptor {
    Descriptor(owning: try retrying("fcntl") { fcntl(raw, F_DUPFD_CLOEXEC, 0) })
  }
}
