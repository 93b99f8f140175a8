import Dispatch
import Posix
import Testing

@testable import Curation

@Suite("Work on all cores")
struct CoresTests {
  /// Whoever holds all threads of the shared queues, as somebody who waits for a disk may, holds up nobody else.
  @Test("Two things at once are done though the shared queues have no thread left")
  func starved() throws {
    let (end, began) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    for _ in 0..<Cores.count {
      DispatchQueue.global().async {
        began.signal()
        end.wait()
      }
    }
    for _ in 0..<Cores.count { began.wait() }
    defer { for _ in 0..<Cores.count { end.signal() } }
    for number in 0..<100 {
      let (here, there) = try Cores.both({ number }, { Cores.map(8) { $0 * number }.reduce(0, +) })
      #expect((here, there) == (number, 28 * number))
    }
  }
}
