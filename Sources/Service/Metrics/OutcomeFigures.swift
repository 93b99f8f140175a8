import Posix
import TrainingLog

/// What became of each conversation and each rating since the start, all loops together. The status of an answer does not
/// say it of the lines of a batch. Both labels are bounded by the names below.
final class OutcomeFigures: Sendable {
  enum Kind: String, CaseIterable { case conversation, rating }

  enum Name: String, CaseIterable {
    case stored, replayed, pending, invalid, conflict, erased
    case optedOut = "opted_out"
    case unknownExample = "unknown_example"
    case queueFull = "queue_full"
    case notIndexed = "not_indexed"
    case storageFailed = "storage_failed"
    case outOfSpace = "out_of_space"
  }

  private static let families: [Kind: [Name]] = [
    .conversation: [
      .stored, .replayed, .optedOut, .invalid, .conflict, .erased, .queueFull, .notIndexed, .storageFailed, .outOfSpace,
    ],
    .rating: [
      .stored, .pending, .optedOut, .invalid, .unknownExample, .queueFull, .notIndexed, .storageFailed, .outOfSpace,
    ],
  ]

  private let counts = Mutex<[Kind: [Name: Int]]>([:])

  func count(_ kind: Kind, _ name: Name, times: Int = 1) {
    counts.withLock { $0[kind, default: [:]][name, default: 0] += times }
  }

  /// - Parameters:
  ///   - kind: of an outcome that may be of either.
  ///   - records: how many shared it.
  func count(_ outcome: Outcome, of kind: Kind, records: Int) {
    switch outcome {
    case .several(let outcomes): for outcome in outcomes { count(outcome, of: .conversation, records: 1) }
    case .stored: count(.conversation, .stored, times: records)
    case .replayed: count(.conversation, .replayed, times: records)
    case .conflict: count(.conversation, .conflict, times: records)
    case .invalid: count(.conversation, .invalid, times: records)
    case .erased: count(.conversation, .erased, times: records)
    case .optedOut: count(.conversation, .optedOut, times: records)
    case .rated: count(.rating, .stored, times: records)
    case .pending: count(.rating, .pending, times: records)
    case .ratingOptedOut: count(.rating, .optedOut, times: records)
    case .unknownExample: count(.rating, .unknownExample, times: records)
    case .notIndexed: count(kind, .notIndexed, times: records)
    case .storageFailed: count(kind, .storageFailed, times: records)
    case .outOfSpace: count(kind, .outOfSpace, times: records)
    }
  }

  /// Outcomes never met are there with 0, so that a rate can be taken of them.
  func write(to metrics: inout MetricsText) {
    let counts = counts.withLock { $0 }
    for kind in Kind.allCases {
      metrics.add(
        "cerberus_\(kind.rawValue)_outcomes_total", .counter,
        "What became of \(kind.rawValue)s that were sent, also of each line of a batch.",
        (Self.families[kind] ?? []).map { ([("outcome", $0.rawValue)], counts[kind]?[$0] ?? 0) })
    }
  }
}

extension Work {
  var kind: OutcomeFigures.Kind { if case .rating = self { .rating } else { .conversation } }
}
