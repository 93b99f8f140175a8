import CLinux
import Glibc

/// An eventfd by which other threads wake a loop that waits in a `Poller`.
package final class Wakeup: Sendable {
  private let event: Descriptor

  package init() throws(SystemError) {
    event = Descriptor(owning: try retrying("eventfd") { eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC)) })
  }

  package var raw: Int32 { event.raw }

  package func signal() {
    // Only a full counter (2^64 - 2 signals unread) could fail, and then the loop is awake anyway.
    _ = eventfd_write(event.raw, 1)
  }

  package func clear() {
    var count: eventfd_t = 0
    _ = eventfd_read(event.raw, &count)
  }
}
