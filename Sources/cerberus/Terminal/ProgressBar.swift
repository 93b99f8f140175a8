import Posix
import Synchronization

/// A bar on stderr with rate and time left, on a terminal only.
final class ProgressBar: Sendable {
  private static let width = 30
  /// Between two drawings; a terminal on a slow line must not hold up the work.
  private static let pauseNanoseconds: UInt64 = 100_000_000
  /// What came before says nothing about the time left.
  private static let settledNanoseconds: UInt64 = 500_000_000

  static var isShown: Bool { StandardStreams.errorIsTerminal && environment("TERM") != "dumb" }

  enum Unit { case bytes, records }

  let label: String
  /// How much the whole is; 0 where that is not known.
  let total: Int
  let unit: Unit
  private let isShown = ProgressBar.isShown
  private let start = Clocks.monotonicNanoseconds()
  private let lastDrawn = Mutex<UInt64>(0)

  init(label: String, total: Int = 0, unit: Unit = .bytes) {
    self.label = label
    self.total = total
    self.unit = unit
  }

  /// `fraction` 0–1.
  func show(_ fraction: Double) {
    guard isShown else { return }
    let now = Clocks.monotonicNanoseconds()
    let isDue = lastDrawn.withLock { last in
      guard now - last >= Self.pauseNanoseconds || fraction >= 1 else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let share = max(0, min(1, fraction))
    let filled = Int(share * Double(Self.width))
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: Self.width - filled)
    StandardStreams.writeError("\r\(label) [\(bar)] \(Int(share * 100)) %\(rate(share, now - start))\u{1b}[K")
  }

  /// Ends the line of the bar, once.
  func finish() {
    let wasDrawn = lastDrawn.withLock { last in
      defer { last = 0 }
      return last > 0
    }
    if wasDrawn { StandardStreams.writeError("\n") }
  }

  private func rate(_ share: Double, _ elapsed: UInt64) -> String {
    guard elapsed >= Self.settledNanoseconds, share > 0 else { return "" }
    let seconds = Double(elapsed) / 1e9
    let perSecond = share * Double(total) / seconds
    let rate =
      switch unit {
      case _ where total == 0: ""
      case .bytes: "  \(Figure.bytes(perSecond))/s"
      case .records: "  \(Figure.count(Int(perSecond)))/s"
      }
    return share >= 1 ? rate : "\(rate)  \(Figure.duration(seconds: seconds * (1 - share) / share)) left"
  }
}
