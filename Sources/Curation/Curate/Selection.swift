import Records

/// Decides which rows the two files hold: one of each group of twins, never twins on both sides of the split, and no
/// training row near a held-out one.
///
/// Twins are texts that are equal or near-duplicates, directly or over others. The side of a group is the one on which any
/// of it was first published, for ever; before that, the side of the best of it. Its members from the other side are left
/// out, better or not: swapped in they would carry text that was trained on into the hold-out, or the other way round.
/// Of negatives every different text stays.
struct Selection {
  /// In the order of the file: by date, then by content hash.
  private(set) var dataset: [Entry] = []
  private(set) var negatives: [Entry] = []
  /// For each candidate the one reason why it is not in the dataset; nil for those that are.
  private(set) var reasons: [LeftOut?]
  /// Text → the held-out text that it is too near to.
  private(set) var tooNear: [Int: Int] = [:]
  /// Text → number of its group of twins.
  let groupOf: [Int32]

  private var sides: [Int32: Side] = [:]
  private let book: TextBook

  init(
    _ contest: Contest, _ candidates: [Candidate], _ survey: Survey, rules: CurationRules, ledger: SplitLedger
  ) throws {
    book = contest.book
    reasons = candidates.map { $0.reason }
    var groups = try book.clusters(threshold: rules.nearDuplicate, survey)
    groupOf = book.texts.indices.map { Int32(groups.find($0)) }
    for (number, text) in book.texts.enumerated() {
      guard let side = contest.published[text.hash] ?? ledger.side(ofText: text.hash) else { continue }
      // Groups that grew together after both were published: what is held out must not be trained on.
      if sides[groupOf[number]] != .test { sides[groupOf[number]] = side }
    }
    chooseDataset(contest)
    chooseNegatives(contest.bad)
    try digMoat(Moat(threshold: rules.moat), survey)
    dataset.sort(by: Self.precedes)
    negatives.sort(by: Self.precedes)
  }

  private static func precedes(_ a: Entry, _ b: Entry) -> Bool { a.day != b.day ? a.day < b.day : a.hash < b.hash }

  /// One of each group, from its side.
  private mutating func chooseDataset(_ contest: Contest) {
    let good = contest.good
    let order = good.indices.sorted { a, b in
      let (a, b) = (good[a], good[b])
      let (groupA, groupB) = (groupOf[a.text], groupOf[b.text])
      return groupA != groupB ? groupA < groupB : isBetter(a, b)
    }
    var start = 0
    while start < order.count {
      let group = groupOf[good[order[start]].text]
      let end = order[start...].firstIndex { groupOf[good[$0].text] != group } ?? order.count
      let side = sides[group] ?? good[order[start]].side
      sides[group] = side
      let keeper = order[start..<end].first { good[$0].side == side }
      if let keeper { dataset.append(good[keeper]) }
      nameReasons(order[start..<end].map { good[$0] }, keeper.map { good[$0] }, contest)
      start = end
    }
  }

  /// Of a group, best first: copies of a text that is kept, published or named already are exact duplicates, all others
  /// near ones.
  private mutating func nameReasons(_ group: [Entry], _ keeper: Entry?, _ contest: Contest) {
    var seen: Set<Int> = []
    if let keeper { seen.insert(keeper.text) }
    for entry in group where entry.source != keeper?.source {
      let isCopy = !seen.insert(entry.text).inserted || (keeper == nil && contest.published[entry.hash] != nil)
      if case .live(let number) = entry.source { reasons[number] = isCopy ? .exactDuplicate : .nearDuplicate }
    }
  }

  private mutating func chooseNegatives(_ bad: [Entry]) {
    let order = bad.sorted { $0.text != $1.text ? $0.text < $1.text : Self.isWorse($0, $1) }
    var start = 0
    while start < order.count {
      let text = order[start].text
      let end = order[start...].firstIndex { $0.text != text } ?? order.count
      let side = sides[groupOf[text]] ?? order[start].side
      sides[groupOf[text]] = side
      if let keeper = order[start..<end].first(where: { $0.side == side }) { negatives.append(keeper) }
      start = end
    }
  }

  private mutating func digMoat(_ moat: Moat, _ survey: Survey) throws {
    let rows = dataset + negatives
    func texts(_ side: Side) -> [Int] { Set(rows.filter { $0.side == side }.map { $0.text }).sorted() }
    tooNear = try moat.tooNear(texts(.train), to: texts(.test)) { [book] in
      let reader = ShingleReader(survey.stores)
      return { text in try reader.set(of: book.texts[text].survey, in: book.texts[text].place.store) }
    }
    guard !tooNear.isEmpty else { return }
    func isTooNear(_ entry: Entry) -> Bool { entry.side == .train && tooNear[entry.text] != nil }
    for entry in dataset where isTooNear(entry) {
      if case .live(let number) = entry.source { reasons[number] = .moat }
    }
    dataset.removeAll(where: isTooNear)
    negatives.removeAll(where: isTooNear)
  }

  /// Thins the dataset out. Negatives stay: what is over a cap is none.
  mutating func thin(by balance: Balance, _ survey: Survey, _ old: PublishedFile) throws {
    let rows = try dataset.map { entry in
      var (user, language) = (UInt64?.none, "")
      switch entry.source {
      case .live(let number):
        user = survey.records[number].group
        language = try survey.conversation(number).language
      case .expired(let row):
        language = try JSONDocument(parsing: old.line(of: old.rows[row])).root["language"]?.string ?? ""
      }
      return Balance.Row(
        user: user, language: language, rating: book.rating(of: entry.text), length: book.closedLength(of: entry.text),
        hash: entry.hash, isPermanent: !entry.isLive)
    }
    let surplus = balance.surplus(of: rows)
    for index in surplus { if case .live(let number) = dataset[index].source { reasons[number] = .overCap } }
    dataset = dataset.enumerated().filter { !surplus.contains($0.offset) }.map(\.element)
  }

  /// The best rated stays (the ratings of all copies of a text count), then the one with the longest answer that does not
  /// break off, then the newest. An unrated one counts 0, so any rated one is better: what is in question here is good, and
  /// a low score only stands beside a correction, which a human wrote.
  private func isBetter(_ a: Entry, _ b: Entry) -> Bool {
    if a.text != b.text {
      let (ratingA, ratingB) = (book.rating(of: a.text), book.rating(of: b.text))
      if ratingA != ratingB { return ratingA > ratingB }
      let (lengthA, lengthB) = (book.closedLength(of: a.text), book.closedLength(of: b.text))
      if lengthA != lengthB { return lengthA > lengthB }
      return book.texts[a.text].newest > book.texts[b.text].newest
    }
    return a.score != b.score ? a.score > b.score : a.recency > b.recency
  }

  /// Of negatives the worst rated stays, then the newest.
  private static func isWorse(_ a: Entry, _ b: Entry) -> Bool {
    a.score != b.score ? a.score < b.score : a.recency > b.recency
  }
}
