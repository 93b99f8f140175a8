import Posix
import Records

/// How far the run of the curator is that is under way, for whoever waits for it.
final class CurationProgress: Sendable {
  private let share = Mutex<Double?>(nil)

  /// Calls `body` with what it has to call with 0–1. One run at a time.
  func during<Value>(_ body: ((Double) -> Void) throws -> Value) rethrows -> Value {
    share.withLock { $0 = 0 }
    defer { share.withLock { $0 = nil } }
    return try body { share in self.share.withLock { $0 = share } }
  }

  /// - Parameter records: what a run goes through.
  func json(records: Int) -> [UInt8] {
    let share = share.withLock { $0 }
    var writer = JSONWriter()
    writer.object { object in
      object.key("fraction")
      if let share { object.number(share) } else { object.null() }
      object.key("records")
      object.integer(records)
    }
    return writer.bytes
  }
}
