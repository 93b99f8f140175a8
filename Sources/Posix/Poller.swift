import CLinux
import Glibc

/// An epoll instance, level-triggered. Descriptors are known by a token of the caller's choice.
package struct Poller: ~Copyable {
  package struct Event: Sendable {
    package let token: UInt64
    package let isReadable: Bool
    package let isWritable: Bool
    /// Error or hang-up of both directions.
    package let isClosed: Bool
  }

  private let epoll: Descriptor
  private var buffer = [epoll_event](repeating: epoll_event(), count: 256)

  package init() throws(SystemError) {
    epoll = Descriptor(owning: try retrying("epoll_create1") { epoll_create1(Int32(EPOLL_CLOEXEC)) })
  }

  package borrowing func add(_ raw: Int32, token: UInt64, reading: Bool = true, writing: Bool = false)
    throws(SystemError)
  { try control(EPOLL_CTL_ADD, raw, token, reading, writing) }

  package borrowing func modify(_ raw: Int32, token: UInt64, reading: Bool, writing: Bool) throws(SystemError) {
    try control(EPOLL_CTL_MOD, raw, token, reading, writing)
  }

  package borrowing func remove(_ raw: Int32) throws(SystemError) {
    try control(EPOLL_CTL_DEL, raw, 0, false, false)
  }

  private borrowing func control(_ operation: Int32, _ raw: Int32, _ token: UInt64, _ reading: Bool, _ writing: Bool)
    throws(SystemError)
  {
    var event = epoll_event()
    event.events = (reading ? EPOLLIN.rawValue : 0) | (writing ? EPOLLOUT.rawValue : 0)
    event.data.u64 = token
    _ = try retrying("epoll_ctl") { epoll_ctl(epoll.raw, operation, raw, &event) }
  }

  /// Waits at most `timeoutMilliseconds` (-1: for ever) and calls `body` for each event.
  package mutating func wait(timeoutMilliseconds: Int32, _ body: (Event) -> Void) throws(SystemError) {
    let count = try retrying("epoll_wait") {
      epoll_wait(epoll.raw, &buffer, Int32(buffer.count), timeoutMilliseconds)
    }
    for event in buffer[..<Int(count)] {
      let bits = event.events
      body(
        Event(
          token: event.data.u64, isReadable: bits & (EPOLLIN.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0,
          isWritable: bits & EPOLLOUT.rawValue != 0, isClosed: bits & EPOLLERR.rawValue != 0))
    }
  }
}
