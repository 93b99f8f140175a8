import Records

/// The distinct texts that compete or are compared, each once, with what is known of all their copies.
struct TextBook {
  struct Text {
    /// In the survey.
    let row: Int32
    /// Of all copies that were rated, well or badly.
    var scoreSum: Int32 = 0
    var ratings: Int32 = 0
    /// Of the copies that compete.
    var newest: (UInt64, UInt64) = (0, 0)
  }

  private(set) var texts: [Text] = []
  private var numbers = NumberTable<ContentHash>()

  mutating func reserve(_ count: Int) {
    texts.reserveCapacity(count)
    numbers.reserve(count)
  }

  /// - Parameters:
  ///   - hash: of the text.
  ///   - row: where it stands in the survey.
  mutating func number(of hash: ContentHash, at row: Int32) -> Int {
    let number = texts.count
    if let known = numbers.set(hash, Int32(number), replaces: false) { return Int(known) }
    texts.append(Text(row: row))
    return number
  }

  /// nil for a text that is not in the book.
  func number(of hash: ContentHash) -> Int32? { numbers[hash] }

  /// No text is looked up by its hash any more.
  mutating func close() { numbers = NumberTable() }

  mutating func compete(_ entry: Entry) {
    if texts[entry.text].newest < entry.recency { texts[entry.text].newest = entry.recency }
  }

  /// A rating of a copy; copies of texts that are not in the book say nothing.
  mutating func rate(_ hash: ContentHash, _ score: Int) {
    guard score > 0, let number = numbers[hash] else { return }
    texts[Int(number)].scoreSum += Int32(score)
    texts[Int(number)].ratings += 1
  }

  /// Mean of the ratings of all copies, 0 when there is none.
  func rating(of text: Int) -> Double {
    texts[text].ratings == 0 ? 0 : Double(texts[text].scoreSum) / Double(texts[text].ratings)
  }

  /// Characters of the answer; 0 for one that breaks off within a code block.
  func closedLength(of text: Int, _ survey: Survey) -> Int {
    let survey = survey.text(texts[text].row)
    return survey.facts.contains(.unclosedFence) ? 0 : Int(survey.answerCharacters)
  }

  func set(of text: Int, _ survey: Survey) throws -> [UInt32] {
    try survey.set(of: texts[text].row)
  }

  /// The near-duplicates among the texts.
  func clusters(threshold: Double, _ survey: Survey) throws -> UnionFind {
    let comparable = texts.indices.filter { survey.text(texts[$0].row).shinglesCount > 0 }
    let twins = NearTwins(
      threshold: threshold, bands: survey.bands, rows: texts.map(\.row), set: { try set(of: $0, survey) })
    return try twins.groups(of: comparable, count: texts.count)
  }
}
