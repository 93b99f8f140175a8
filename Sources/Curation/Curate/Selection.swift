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

  /// By group.
  private var sides: [Side?]
  private let book: TextBook

  init(
    _ contest: Contest, _ candidates: [Candidate], _ survey: Survey, rules: CurationRules, ledger: SplitLedger
  ) throws {
    book = contest.book
    reasons = candidates.map { $0.reason }
    var groups = try book.clusters(threshold: rules.nearDuplicate, survey)
    groupOf = book.texts.indices.map { Int32(groups.find($0)) }
    sides = [Side?](repeating: nil, count: book.texts.count)
    for (number, text) in book.texts.enumerated() {
      let known = contest.publishedSide(ofText: number)
      guard let side = known ?? ledger.side(ofText: survey.text(text.row).hash) else { continue }
      // Groups that grew together after both were published: what is held out must not be trained on.
      if sides[Int(groupOf[number])] != .test { sides[Int(groupOf[number])] = side }
    }
    chooseDataset(contest, survey)
    chooseNegatives(contest.bad)
    try digMoat(Moat(threshold: rules.moat), survey)
    dataset = Self.inOrderOfFile(dataset)
    negatives = Self.inOrderOfFile(negatives)
  }

  /// By date, then by content hash. Entries are moved once, when all is decided on small keys.
  private static func inOrderOfFile(_ entries: [Entry]) -> [Entry] {
    entries.enumerated().map { number, entry in (day: entry.day, hash: entry.hash, number: number) }.sorted { a, b in
      if a.day != b.day { return a.day < b.day }
      return a.hash != b.hash ? a.hash < b.hash : a.number < b.number
    }.map { entries[$0.number] }
  }

  /// One of each group, from its side.
  private mutating func chooseDataset(_ contest: Contest, _ survey: Survey) {
    let good = contest.good
    dataset.reserveCapacity(good.count)
    var order = good.indices.map { UInt64(groupOf[good[$0].text]) << 32 | UInt64($0) }
    var scratch: [UInt64] = []
    RadixSort.sortByUpperHalf(&order, &scratch)
    var start = 0
    while start < order.count {
      let group = order[start] >> 32
      var end = start + 1
      while end < order.count, order[end] >> 32 == group { end += 1 }
      var members = order[start..<end].map { Int(truncatingIfNeeded: $0 & 0xFFFF_FFFF) }
      if members.count > 1 { members.sort { isBetter(good[$0], good[$1], survey) } }
      let side = sides[Int(group)] ?? good[members[0]].side
      sides[Int(group)] = side
      let keeper = members.first { good[$0].side == side }
      if let keeper { dataset.append(good[keeper]) }
      if members.count > 1 || keeper == nil {
        nameReasons(members.map { good[$0] }, keeper.map { good[$0] }, contest)
      }
      start = end
    }
  }

  /// Of a group, best first: copies of a text that is kept, published or named already are exact duplicates, all others
  /// near ones.
  private mutating func nameReasons(_ group: [Entry], _ keeper: Entry?, _ contest: Contest) {
    var seen: Set<Int> = []
    if let keeper { seen.insert(keeper.text) }
    for entry in group where entry.source != keeper?.source {
      let isCopy =
        !seen.insert(entry.text).inserted || (keeper == nil && contest.publishedSide(ofText: entry.text) != nil)
      if case .live(let number) = entry.source { reasons[number] = isCopy ? .exactDuplicate : .nearDuplicate }
    }
  }

  private mutating func chooseNegatives(_ bad: [Entry]) {
    let order = bad.sorted { $0.text != $1.text ? $0.text < $1.text : Self.isWorse($0, $1) }
    var start = 0
    while start < order.count {
      let text = order[start].text
      let end = order[start...].firstIndex { $0.text != text } ?? order.count
      let side = sides[Int(groupOf[text])] ?? order[start].side
      sides[Int(groupOf[text])] = side
      if let keeper = order[start..<end].first(where: { $0.side == side }) { negatives.append(keeper) }
      start = end
    }
  }

  private mutating func digMoat(_ moat: Moat, _ survey: Survey) throws {
    var stands = [Side?](repeating: nil, count: book.texts.count)
    for entries in [dataset, negatives] { for entry in entries { stands[entry.text] = entry.side } }
    func texts(_ side: Side) -> [Int] { stands.indices.filter { stands[$0] == side } }
    tooNear = try moat.tooNear(texts(.train), to: texts(.test)) { [book] isDense in
      let reader = ShingleReader(survey.stores, isDense: isDense)
      return { text in
        let row = book.texts[text].row
        return try reader.set(of: survey.text(row), in: survey.storeOf[Int(row)])
      }
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
        language = try old.language(of: old.rows[row])
      }
      return Balance.Row(
        user: user, language: language, rating: book.rating(of: entry.text),
        length: book.closedLength(of: entry.text, survey),
        hash: entry.hash, isPermanent: !entry.isLive)
    }
    let surplus = balance.surplus(of: rows)
    for index in surplus { if case .live(let number) = dataset[index].source { reasons[number] = .overCap } }
    dataset = dataset.enumerated().filter { !surplus.contains($0.offset) }.map(\.element)
  }

  /// The best rated stays (the ratings of all copies of a text count), then the one with the longest answer that does not
  /// break off, then the newest. An unrated one counts 0, so any rated one is better: what is in question here is good, and
  /// a low score only stands beside a correction, which a human wrote.
  private func isBetter(_ a: Entry, _ b: Entry, _ survey: Survey) -> Bool {
    if a.text != b.text {
      let (ratingA, ratingB) = (book.rating(of: a.text), book.rating(of: b.text))
      if ratingA != ratingB { return ratingA > ratingB }
      let (lengthA, lengthB) = (book.closedLength(of: a.text, survey), book.closedLength(of: b.text, survey))
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
