import HTTPWire
import Posix
import TrainingLog

/// The way from other threads into an event loop: a list under a lock and a wake-up.
final class LoopInbox: Sendable {
  enum Delivery: Sendable {
    /// Tokens are those of connections.
    case outcomes([(token: UInt64, outcome: Outcome)])
    case response(token: UInt64, Response, answered: @Sendable (_ isReceived: Bool) -> Void)
    case export(token: UInt64, ExportStream.Event)
    case stop
  }

  private let deliveries = Mutex<[Delivery]>([])
  let wakeup: Wakeup

  init() throws(SystemError) { wakeup = try Wakeup() }

  func deliver(_ delivery: Delivery) {
    deliveries.withLock { $0.append(delivery) }
    wakeup.signal()
  }

  func take() -> [Delivery] {
    wakeup.clear()
    return deliveries.withLock { deliveries in
      let taken = deliveries
      deliveries.removeAll(keepingCapacity: true)
      return taken
    }
  }
}
