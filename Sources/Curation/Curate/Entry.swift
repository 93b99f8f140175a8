import Records

/// What competes for a place in a file of the dataset: a live record, or a row whose record has expired.
struct Entry {
  enum Source {
    /// Index of a candidate.
    case live(Int)
    /// Index of a row of the file that the last run wrote.
    case expired(Int)
  }

  let source: Source
  let hash: ContentHash
  let side: Side
  let score: Int
  let day: Day
  /// Greater is newer. A live record's is its id, which begins with milliseconds; an expired row's is its day and place,
  /// so that any live one is newer.
  let recency: (UInt64, UInt64)

  var isLive: Bool { if case .live = source { true } else { false } }

  init(_ candidate: Candidate, number: Int, hash: ContentHash) {
    source = .live(number)
    self.hash = hash
    side = candidate.side
    score = candidate.score
    day = candidate.day
    recency = (candidate.id.high, candidate.id.low)
  }

  init(_ row: PublishedRow, number: Int) {
    source = .expired(number)
    hash = row.hash
    side = row.side
    score = row.score
    day = row.day
    recency = (UInt64(row.day.number.magnitude), UInt64(number))
  }

  static func isNewer(_ a: Entry, _ b: Entry) -> Bool { a.recency > b.recency }
}
