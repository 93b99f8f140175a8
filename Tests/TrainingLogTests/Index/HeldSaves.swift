import Posix

@testable import TrainingLog

/// Saves that run when a test says so, or when somebody waits for them.
final class HeldSaves: Sendable {
  private let held = Mutex<[@Sendable () -> Void]>([])

  var queue: SaveQueue {
    SaveQueue(run: { work in self.held.withLock { $0.append(work) } }, wait: { self.run() })
  }

  var isHolding: Bool { held.withLock { !$0.isEmpty } }

  /// What is held is over when this returns.
  func run() {
    let works = held.withLock { held in
      defer { held = [] }
      return held
    }
    for work in works { work() }
  }
}
