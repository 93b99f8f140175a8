import CSystem
import Glibc

/// An epoll instance, level-triggered: a descriptor with unread bytes is reported again.
struct Epoll: ~Copyable {
  private let descriptor: Int32
  private let events: UnsafeMutableBufferPointer<epoll_event>

  static let readable = UInt32(EPOLLIN.rawValue)
  static let writable = UInt32(EPOLLOUT.rawValue)

  /// `batch` is the largest number of events that one wait returns.
  init(batch: Int) throws(BenchError) {
    descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard descriptor >= 0 else { throw .system("epoll_create1", errno: errno) }
    events = .allocate(capacity: batch)
    events.initialize(repeating: epoll_event())
  }

  deinit {
    events.deallocate()
    close(descriptor)
  }

  func add(_ socket: Int32, token: Int) throws(BenchError) {
    try control(EPOLL_CTL_ADD, socket, token: token, interest: Self.readable)
  }

  func change(_ socket: Int32, token: Int, interest: UInt32) throws(BenchError) {
    try control(EPOLL_CTL_MOD, socket, token: token, interest: interest)
  }

  /// Waits at most `nanoseconds`; gives the number of events to read with `token(at:)`. A signal counts as none.
  func wait(nanoseconds: UInt64) throws(BenchError) -> Int {
    var limit = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    let ready = epoll_pwait2(descriptor, events.baseAddress, Int32(events.count), &limit, nil)
    if ready < 0, errno != EINTR { throw .system("epoll_pwait2", errno: errno) }
    return max(0, Int(ready))
  }

  func token(at index: Int) -> Int { Int(events[index].data.u32) }

  private func control(_ operation: Int32, _ socket: Int32, token: Int, interest: UInt32) throws(BenchError) {
    var event = epoll_event()
    event.events = interest
    event.data.u32 = UInt32(token)
    guard epoll_ctl(descriptor, operation, socket, &event) == 0 else { throw .system("epoll_ctl", errno: errno) }
  }
}
