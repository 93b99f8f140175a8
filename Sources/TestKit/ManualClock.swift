import Posix
import Records
import TrainingLog

/// A wall clock that stands still until it is told to move.
package final class ManualClock: WallClock {
  private let time: Mutex<Timestamp>

  package init(_ start: Timestamp) { time = Mutex(start) }

  package var now: Timestamp { time.withLock { $0 } }

  package func set(_ now: Timestamp) { time.withLock { $0 = now } }

  package func advance(seconds: Int) { time.withLock { $0 = $0.advanced(bySeconds: seconds) } }
}
