import Posix

/// How a report is set off: colours on a terminal alone and never under `NO_COLOR` (https://no-color.org), bars of blocks
/// where the locale has them.
struct Style {
  private let hasColor: Bool
  private let hasBlocks: Bool

  /// That of stdout.
  static var output: Style {
    Style(
      hasColor: StandardStreams.outputIsTerminal && environment("NO_COLOR") == nil && environment("TERM") != "dumb",
      hasBlocks: isUTF8)
  }

  /// The first of these that is set decides (locale(7)). Without any, as in most services and containers, text is taken
  /// for UTF-8, which is what the data are.
  private static var isUTF8: Bool {
    guard let locale = environment("LC_ALL") ?? environment("LC_CTYPE") ?? environment("LANG") else { return true }
    return locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8")
  }

  func heading(_ text: String) -> String { hasColor ? "\u{1b}[1m\(text)\u{1b}[0m" : text }

  /// - Parameters:
  ///   - fraction: 0–1. What is more than nothing shows.
  ///   - hasTrack: whether what is missing to 1 is drawn too.
  func bar(_ fraction: Double, width: Int, hasTrack: Bool = false) -> String {
    let share = max(0, min(1, fraction.isFinite ? fraction : 0))
    let filled = share > 0 ? max(1, Int(share * Double(width))) : 0
    let (full, track) = hasBlocks ? ("█", "░") : ("#", "-")
    let rest = hasTrack ? String(repeating: track, count: width - filled) : ""
    let bar = String(repeating: full, count: filled)
    return (hasColor && filled > 0 ? "\u{1b}[36m\(bar)\u{1b}[0m" : bar) + rest
  }

  var star: String { hasBlocks ? "★" : "*" }
}

/// Numbers as people read them.
enum Figure {
  /// 12,345.
  static func count(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return number < 0 ? "-" + text : text
  }

  /// 1 row, 2 rows.
  static func count(_ number: Int, _ noun: String) -> String { count(number) + " " + noun + (number == 1 ? "" : "s") }

  /// With so many digits behind the point, 0–3; rounded to the nearest, ties to the even digit.
  static func fixed(_ number: Double, digits: Int) -> String {
    let scale = [1, 10, 100, 1000][digits]
    guard let scaled = Int(exactly: (number.magnitude * Double(scale)).rounded(.toNearestOrEven)) else {
      return number.description
    }
    let whole = (number < 0 && scaled > 0 ? "-" : "") + String(scaled / scale)
    // The leading one keeps the zeros behind the point.
    return digits == 0 ? whole : whole + "." + String(scaled % scale + scale).dropFirst()
  }

  /// - Parameter fraction: 0–1.
  static func percent(_ fraction: Double) -> String { fixed(fraction * 100, digits: 1) + " %" }

  static func score(_ number: Double) -> String { fixed(number, digits: 2) }

  /// In powers of 1000, three digits.
  static func bytes(_ number: Double) -> String {
    var (value, units) = (number, ["B", "kB", "MB", "GB", "TB", "PB"][...])
    while value >= 1000, units.count > 1 {
      value /= 1000
      units = units.dropFirst()
    }
    let digits = units.first == "B" || value >= 100 ? 0 : value >= 10 ? 1 : 2
    return fixed(value, digits: digits) + " " + (units.first ?? "")
  }

  static func duration(seconds: Double) -> String {
    switch seconds {
    case ..<90: "\(Int(seconds.rounded(.up))) s"
    case ..<5400: "\(Int((seconds / 60).rounded(.up))) min"
    default: "\(Int((seconds / 3600).rounded(.up))) h"
    }
  }
}
