import Records

/// What competes for a place in a file of the dataset: a live record, or a row whose record has expired.
struct Entry {
  enum Source: Equatable {
    /// Number of a candidate.
    case live(Int)
    /// Index of a row of the file that the last run wrote.
    case expired(Int)
  }

  let source: Source
  /// Number in the book.
  let text: Int
  let hash: ContentHash
  let side: Side
  let score: Int
  let day: Day
  /// Greater is newer. A live record's is its id, which begins with milliseconds; an expired row's is its day and place,
  /// so that any live one is newer.
  let recency: (UInt64, UInt64)

  var isLive: Bool { if case .live = source { true } else { false } }

  init(_ candidate: Candidate, _ record: SurveyedRecord, number: Int, text: Int, hash: ContentHash) {
    source = .live(number)
    self.text = text
    self.hash = hash
    side = candidate.side
    score = Int(candidate.score)
    day = Day(number: Int(record.day))
    recency = (record.id.high, record.id.low)
  }

  init(_ row: PublishedRow, number: Int, text: Int) {
    source = .expired(number)
    self.text = text
    hash = row.hash
    side = row.side
    score = row.score
    day = row.day
    recency = (UInt64(row.day.number.magnitude), UInt64(number))
  }
}
