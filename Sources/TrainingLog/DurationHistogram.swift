import Posix

/// How long things took, in fixed classes, so that a scrape has the same lines whatever happened.
package struct DurationHistogram: Sendable {
  /// Upper bounds of the classes in nanoseconds, each included: 50 µs to 10 s, three to a decade. A last class takes the
  /// rest.
  package static let bounds: [UInt64] = [
    50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
    100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000,
  ]

  /// Of each class alone, in the order of `bounds`, and the rest.
  package private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
  /// Of all together.
  package private(set) var nanoseconds: UInt64 = 0

  package init() {}

  package mutating func record(_ nanoseconds: UInt64) {
    counts[Self.bounds.firstIndex { nanoseconds <= $0 } ?? Self.bounds.count] += 1
    self.nanoseconds &+= nanoseconds
  }
}

/// A histogram that several threads record into.
package final class SharedHistogram: Sendable {
  private let state = Mutex(DurationHistogram())

  package var histogram: DurationHistogram { state.withLock { $0 } }

  package func record(_ nanoseconds: UInt64) { state.withLock { $0.record(nanoseconds) } }
}
