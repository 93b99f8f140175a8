/// Gathers the rows for `CompiledRules`.
struct RuleTables {
  private var dispatch = DispatchTable()
  private(set) var tokens: [CompiledRules.Token] = []
  private(set) var steps: [CompiledRules.Step] = []
  /// Key words for the end of a name.
  private(set) var named: [CompiledRules.KeyWord] = []
  private(set) var letters: [UInt8] = []
  private(set) var contexts: [WordList] = []
  /// Rows by their wide bucket.
  private(set) var wide = [[CompiledRules.Candidate]](repeating: [], count: Bucket.wide.count)

  private let prefilters: Bool
  private var words: [Word] = []
  private var rows: [Row] = []
  private var sets: [ByteSet] = []
  private var wideRows = 0
  /// Of what is known by its first three bytes.
  private var triggers: (words: [Trigger], tokens: [Trigger], led: [Trigger]) = ([], [], [])

  private struct Word {
    let key: CompiledRules.KeyWord
    let heads: Set<UInt32>
  }

  fileprivate struct Row {
    let candidate: CompiledRules.Candidate
    let isLed: Bool
    let heads: Set<UInt32>
  }

  /// More heads than these, and a row has a bucket of its own.
  private static let headLimit = 400

  init(prefilters: Bool) {
    precondition(Recognizer.allCases.count <= Bucket.escape, "more recognizers than there are bits for")
    self.prefilters = prefilters
    dispatch.add(Bucket.escape, Trigger(first: ByteSet([0x5C])))
    dispatch.add(
      Bucket.placeholder,
      Trigger(first: ByteSet([0x5B]), second: ByteSet(0x41...0x5A), third: ByteSet(0x41...0x5A)))
  }

  mutating func add(_ rule: Rule) throws(PatternError) {
    switch rule.finder {
    case .recognizer(let recognizer): dispatch.add(recognizer.rawValue, recognizer.trigger)
    case .key(let word, _, _), .command(let word): try add(word, rule)
    case .token(let text): try add(try Pattern(text), rule)
    }
  }

  private mutating func add(_ word: String, _ rule: Rule) throws(PatternError) {
    let bytes = Array(word.utf8)
    // What separates the parts of a word is skipped in the text.
    let plain = bytes.filter { !" _-".utf8.contains($0) }
    guard plain.count > 1 else {
      throw PatternError(reason: "a key word of less than two letters", offset: 0)
    }
    let (whole, isSpoken, isCommand) = rule.finder.use
    var (beginning, mask): (UInt64, UInt64) = (0, 0)
    for (index, letter) in plain.prefix(8).enumerated() {
      beginning |= UInt64(letter) << UInt64(8 * index)
      mask |= 0xFF << UInt64(8 * index)
    }
    let key = CompiledRules.KeyWord(
      start: letters.count, count: plain.count,
      key: CompiledRules.Key(type: rule.type, whole: whole, isCommand: isCommand),
      beginning: Bytes.fold(beginning), beginningMask: mask,
      fourth: plain.count > 3 ? plain[3] : 0, fourthLast: plain.count > 3 ? plain[plain.count - 4] : 0,
      thirdLast: plain.count > 2 ? plain[plain.count - 3] : 0)
    letters += plain
    if !isCommand { named.append(key) }
    guard isSpoken else { return }
    let trigger = Trigger(word: bytes, whole: whole)
    triggers.words.append(filtered(trigger))
    words.append(Word(key: key, heads: trigger.heads))
  }

  private mutating func add(_ pattern: Pattern, _ rule: Rule) throws(PatternError) {
    let lead = pattern.leadLength
    let trigger = Trigger(
      before: RuleTables.before(lead, pattern), first: pattern.bytes(at: lead), second: pattern.bytes(at: lead + 1),
      third: pattern.bytes(at: lead + 2))
    let candidate = candidate(tokens.count, pattern)
    if !rule.near.isEmpty { contexts.append(WordList(rule.near)) }
    try addToken(rule, pattern, rule.near.isEmpty ? nil : contexts.count - 1)
    let heads = trigger.combinations <= RuleTables.headLimit ? trigger.heads : []
    if heads.isEmpty {
      wide[wideRows % Bucket.wide.count].append(candidate)
      dispatch.add(Bucket.wide.lowerBound + wideRows % Bucket.wide.count, filtered(trigger))
      wideRows += 1
    } else {
      if lead == 0 { triggers.tokens.append(filtered(trigger)) } else { triggers.led.append(filtered(trigger)) }
      rows.append(Row(candidate: candidate, isLed: lead > 0, heads: heads))
    }
  }

  /// The byte before the place where dispatch sees the row. Behind an escape stands a blank for the scan, though the
  /// escape's last bytes may be what leads.
  private static func before(_ lead: Int, _ pattern: Pattern) -> ByteSet {
    if lead == 0 { return Trigger.boundary }
    return lead > 6 ? pattern.bytes(at: lead - 1) : pattern.bytes(at: lead - 1).union(ByteSet([0x20]))
  }

  /// Where the filter is off, only the byte before counts: it is part of what these rules ask for.
  private func filtered(_ trigger: Trigger) -> Trigger {
    prefilters ? trigger : Trigger(before: trigger.before, first: .all, second: .all, third: .all)
  }

  private func candidate(_ row: Int, _ pattern: Pattern) -> CompiledRules.Candidate {
    var value: UInt32 = 0
    var mask: UInt32 = 0
    for position in 0..<4 where prefilters {
      guard let byte = pattern.bytes(at: pattern.leadLength + position).only else { continue }
      value |= UInt32(byte) << UInt32(8 * position)
      mask |= 0xFF << UInt32(8 * position)
    }
    return CompiledRules.Candidate(row: row, value: value, mask: mask)
  }

  private mutating func addToken(_ rule: Rule, _ pattern: Pattern, _ context: Int?) throws(PatternError) {
    let start = steps.count
    for element in pattern.elements {
      switch element {
      case .open: steps.append(.open)
      case .close: steps.append(.close)
      case .literal(let byte): steps.append(.literal(byte))
      case .run(let set, let least, let most):
        if let index = sets.firstIndex(of: set) {
          steps.append(.run(set: index, min: least, max: most))
        } else {
          guard sets.count < Scan.setLimit else { throw PatternError(reason: "over 64 distinct sets", offset: 0) }
          sets.append(set)
          steps.append(.run(set: sets.count - 1, min: least, max: most))
        }
      }
    }
    tokens.append(
      CompiledRules.Token(
        type: rule.type, check: rule.check, steps: start..<steps.count, minimumLength: pattern.minimumLength,
        lead: pattern.leadLength, context: context, paired: rule.name.hasPrefix("aws-key-id")))
  }
}

extension RuleTables {
  /// What dispatch leads to, one list after the other.
  struct Lists {
    /// Longest first, "secret key" before "secret"; each as often as it has heads.
    var words: [CompiledRules.KeyWord] = []
    /// Those of the heads in the order of the table, then those of the wide buckets.
    var candidates: [CompiledRules.Candidate] = []
    var heads: [HeadTable.Entry] = []
    /// Where there is no filter: every word and row.
    var everything: HeadTable.Entry?
    var wide: [Range<Int>] = []
  }

  func lists() -> Lists {
    var lists = Lists()
    let words = words.sorted { $0.key.count > $1.key.count }
    if prefilters {
      let wordsOf = RuleTables.byHead(words.map(\.heads))
      let rowsOf = RuleTables.byHead(rows.map(\.heads))
      for head in Set(wordsOf.keys).union(rowsOf.keys).sorted() {
        let rows = (rowsOf[head] ?? []).map { self.rows[$0] }
        lists.heads.append(lists.entry(head, (wordsOf[head] ?? []).map { words[$0].key }, rows))
      }
    } else {
      lists.everything = lists.entry(0, words.map(\.key), rows)
    }
    for bucket in wide {
      lists.wide.append(lists.candidates.count..<lists.candidates.count + bucket.count)
      lists.candidates += bucket
    }
    return lists
  }

  /// The tables of dispatch, once all rules are added.
  func dispatchTable() -> [UInt64] {
    var table = dispatch
    for (triggers, buckets) in [
      (triggers.words, Bucket.words), (triggers.tokens, Bucket.tokens), (triggers.led, Bucket.led),
    ] {
      let spread = TriggerSpread(triggers, over: buckets.count)
      for (trigger, place) in zip(triggers, spread.places) { table.add(buckets.lowerBound + place, trigger) }
    }
    return table.table
  }

  var members: [UInt64] {
    (0...255).map { byte in
      sets.enumerated().reduce(into: UInt64(0)) { bits, set in
        if set.element.contains(UInt8(byte)) { bits |= 1 << UInt64(set.offset) }
      }
    }
  }

  /// For each head the places of the sets that have it.
  private static func byHead(_ heads: [Set<UInt32>]) -> [UInt32: [Int]] {
    heads.enumerated().reduce(into: [:]) { places, set in
      for head in set.element { places[head, default: []].append(set.offset) }
    }
  }
}

extension RuleTables.Lists {
  fileprivate mutating func entry(
    _ head: UInt32, _ words: [CompiledRules.KeyWord], _ rows: [RuleTables.Row]
  ) -> HeadTable.Entry {
    let (tokens, led) = (rows.filter { !$0.isLed }.map(\.candidate), rows.filter(\.isLed).map(\.candidate))
    let (word, token) = (UInt16(self.words.count), UInt16(candidates.count))
    let middle = token + UInt16(tokens.count)
    self.words += words
    candidates += tokens + led
    return HeadTable.Entry(
      head: head, words: word..<word + UInt16(words.count), tokens: token..<middle,
      led: middle..<middle + UInt16(led.count),
      fourths: words.reduce(0) { $0 | ($1.count > 3 ? 1 << UInt32($1.fourth & 31) : .max) })
  }
}
