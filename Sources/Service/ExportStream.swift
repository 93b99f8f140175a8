import Dispatch
import HTTPWire
import Synchronization

/// The way of one export from the queue that reads the dataset to the event loop that sends it. Each chunk costs a
/// credit, which the loop gives back when the peer has taken enough: a slow reader holds up the reading, not the memory.
final class ExportStream: Sendable {
  static let chunkBytes = 64 * 1024
  /// Chunks on their way to the loop and in its hands.
  static let chunksMax = 4

  enum Event: Sendable {
    /// Nothing was begun: an answer of its own.
    case refuse(Response)
    /// The head of the answer, and its first bytes.
    case begin(Response)
    case chunk([UInt8])
    case end
    /// What was begun cannot be completed.
    case abort
  }

  /// The connection is gone; nobody wants the rest.
  struct Cancelled: Error {}

  // From 0, since a semaphore may not be let go of with less than it began with.
  private let credits = DispatchSemaphore(value: 0)
  private let isCancelled = Atomic<Bool>(false)
  private let slot: ExportSlots.Slot

  init(_ slot: ExportSlots.Slot) {
    self.slot = slot
    for _ in 0..<Self.chunksMax { credits.signal() }
  }

  /// Waits until one more chunk may go.
  func takeCredit() throws(Cancelled) {
    credits.wait()
    try check()
  }

  func giveBackCredit() { credits.signal() }

  func check() throws(Cancelled) {
    if isCancelled.load(ordering: .relaxed) { throw Cancelled() }
  }

  /// Wakes whoever waits for a credit, for good.
  func cancel() {
    isCancelled.store(true, ordering: .relaxed)
    credits.signal()
  }
}
