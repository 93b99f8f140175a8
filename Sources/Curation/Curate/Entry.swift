import Records

/// What competes for a place in a file of the dataset: a live record, or a row whose record has expired.
struct Entry {
  enum Source: Equatable {
    /// Number of a candidate.
    case live(Int)
    /// Index of a row of the file that the last run wrote.
    case expired(Int)
  }

  let hash: ContentHash
  /// Greater is newer. A live record's is its id, which begins with milliseconds; an expired row's is its day and place,
  /// so that any live one is newer.
  let recency: (UInt64, UInt64)
  // There is one for each record, so they are small.
  private let number: Int32
  private let textNumber: Int32
  private let dayNumber: Int32
  private let rating: UInt8
  let side: Side
  let isLive: Bool

  var source: Source { isLive ? .live(Int(number)) : .expired(Int(number)) }
  /// Number in the book.
  var text: Int { Int(textNumber) }
  var score: Int { Int(rating) }
  var day: Day { Day(number: Int(dayNumber)) }

  init(_ candidate: Candidate, _ record: SurveyedRecord, number: Int, text: Int, hash: ContentHash) {
    isLive = true
    self.number = Int32(number)
    textNumber = Int32(text)
    self.hash = hash
    side = candidate.side
    rating = candidate.score
    dayNumber = record.day
    recency = (record.id.high, record.id.low)
  }

  init(_ row: PublishedRow, number: Int, text: Int) {
    isLive = false
    self.number = Int32(number)
    textNumber = Int32(text)
    hash = row.hash
    side = row.side
    rating = UInt8(row.score)
    dayNumber = Int32(row.day.number)
    recency = (UInt64(row.day.number.magnitude), UInt64(number))
  }
}
