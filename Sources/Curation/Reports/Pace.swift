import Records
import TrainingLog

/// High-quality examples a day, from the last seven days, and what it says of the days to come.
struct Pace {
  static let days = 7

  /// Mean of the seven days that end today, days without examples too.
  let mean: Double
  /// Bounds of the mean that hold with 80 % confidence, if one day is like another. The lower one is 0 at least.
  let low: Double
  let high: Double

  /// Student's t for 80 % on both sides together and six degrees of freedom.
  private static let student = 1.440

  init(_ tallies: Tallies, today: Day) {
    let counts = (0..<Self.days).map {
      Double(tallies[.day, today.advanced(by: -$0).description].highQuality)
    }
    let mean = counts.reduce(0, +) / Double(Self.days)
    let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(Self.days - 1)
    let margin = Self.student * (variance / Double(Self.days)).squareRoot()
    self.mean = mean
    low = max(0, mean - margin)
    high = mean + margin
  }

  /// Days until `missing` more examples are there; nil when that is never, or beyond any calendar.
  static func daysUntil(missing: Int, at pace: Double) -> Double? {
    guard missing > 0 else { return 0 }
    let days = Double(missing) / pace
    return pace > 0 && days < 1_000_000 ? days : nil
  }
}
