import Posix

/// A bar on stderr, on a terminal only.
struct ProgressBar {
  private static let width = 40

  let label: String
  private let isShown = StandardStreams.errorIsTerminal
  private var last = -1

  init(label: String) { self.label = label }

  /// `fraction` 0–1.
  mutating func show(_ fraction: Double) {
    let percent = Int(max(0, min(1, fraction)) * 100)
    guard isShown, percent != last else { return }
    last = percent
    let filled = percent * Self.width / 100
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: Self.width - filled)
    StandardStreams.writeError("\r\(label) [\(bar)] \(percent) %")
  }

  func finish() { if isShown, last >= 0 { StandardStreams.writeError("\n") } }
}
