/// The rules as tables. Immutable and shared by every session.
///
/// Dispatch is by buckets: 64 bits per byte value for the byte before, the byte itself and the two after it. Only where
/// the four words have a bit in common can a rule of that bucket match.
final class CompiledRules: Sendable {
  /// Four tables of 256 words: before, first, second, third.
  let dispatch: [UInt64]
  /// Per byte value one bit for each distinct set of the patterns.
  let members: [UInt64]
  let tokens: [Token]
  /// The rows of each token bucket, one bucket after the other; `ranges[bucket]` is its part.
  let candidates: [Candidate]
  let ranges: [Range<Int>]
  /// Key words by their last byte, and by their first.
  let keys: [[KeyWord]]
  let keysByFirst: [[KeyWord]]

  struct Token: Sendable {
    let type: RedactionType
    let check: Rule.Check
    let steps: [Step]
    let minimumLength: Int
    /// Bytes before the place where dispatch saw it.
    let lead: Int
    /// An AWS key id, which a secret without a shape of its own goes with.
    let paired: Bool
  }

  /// What is compared before a row is tried: the four bytes where dispatch saw it, as far as they are literal.
  struct Candidate: Sendable {
    let row: Int
    let value: UInt32
    let mask: UInt32
  }

  enum Step: Sendable {
    case literal(UInt8)
    case run(set: Int, min: Int, max: Int)
    case open
    case close
  }

  struct KeyWord: Sendable {
    let word: [UInt8]
    let type: RedactionType
    let whole: Bool
  }

  /// The bucket that notices escapes (`\n`), so that what follows begins a word.
  static let escapeBucket = Recognizer.allCases.count
  /// The bucket that steps over placeholders.
  static let placeholderBucket = escapeBucket + 1
  /// The bucket that notices full-width letters, zero-width joints and other disguises.
  static let disguiseBucket = escapeBucket + 2
  /// The buckets where a key word begins, by the word's first byte.
  static let firstWordBucket = escapeBucket + 3
  private static let wordBuckets = 8
  static let firstTokenBucket = firstWordBucket + wordBuckets

  init(_ rules: [Rule]) throws(PatternError) {
    var builder = DispatchBuilder()
    var tokens: [Token] = []
    var buckets = [[Candidate]](repeating: [], count: 64)
    // Rows that begin alike share a bucket; those with a lead have one of their own, made first: it never fills up.
    var bucketOf = [256: 63]
    var keys = [[KeyWord]](repeating: [], count: 256)
    var keysByFirst = keys
    var sets: [ByteSet] = []
    builder.add(CompiledRules.escapeBucket, Trigger(first: ByteSet([0x5C])))
    builder.add(
      CompiledRules.placeholderBucket,
      Trigger(first: ByteSet([0x5B]), second: ByteSet(0x41...0x5A), third: ByteSet(0x41...0x5A)))
    builder.add(CompiledRules.disguiseBucket, Disguise.trigger)
    for rule in rules {
      switch rule.finder {
      case .recognizer(let recognizer):
        builder.add(recognizer.rawValue, recognizer.trigger)
      case .key(let word, let whole):
        let key = KeyWord(word: Array(word.utf8), type: rule.type, whole: whole)
        guard let first = key.word.first, let last = key.word.last else {
          throw PatternError(reason: "an empty key word", offset: 0)
        }
        keys[Int(last)].append(key)
        keysByFirst[Int(first)].append(key)
        builder.add(CompiledRules.firstWordBucket + Int(first) % CompiledRules.wordBuckets, Trigger(word: key.word))
      case .token(let text):
        let pattern = try Pattern(text)
        let lead = pattern.leadLength
        let key = lead > 0 ? 256 : pattern.bytes(at: 0).first
        let bucket = bucketOf[key] ?? CompiledRules.firstTokenBucket + bucketOf.count % CompiledRules.tokenBuckets
        bucketOf[key] = bucket
        builder.add(
          bucket,
          Trigger(
            before: lead == 0 ? Trigger.boundary : .all, first: pattern.bytes(at: lead),
            second: pattern.bytes(at: lead + 1), third: pattern.bytes(at: lead + 2)))
        buckets[bucket].append(CompiledRules.candidate(tokens.count, pattern))
        tokens.append(try CompiledRules.token(rule, pattern, &sets))
      }
    }
    dispatch = builder.tables
    self.tokens = tokens
    candidates = buckets.flatMap { $0 }
    ranges = buckets.indices.map { bucket in
      let start = buckets[..<bucket].reduce(0) { $0 + $1.count }
      return start..<start + buckets[bucket].count
    }
    self.keys = keys
    // The longest first: "secret key" before "secret".
    self.keysByFirst = keysByFirst.map { $0.sorted { $0.word.count > $1.word.count } }
    members = (0...255).map { byte in
      sets.enumerated().reduce(into: UInt64(0)) { bits, set in
        if set.element.contains(UInt8(byte)) { bits |= 1 << UInt64(set.offset) }
      }
    }
  }

  private static let tokenBuckets = 63 - firstTokenBucket

  private static func candidate(_ row: Int, _ pattern: Pattern) -> Candidate {
    var value: UInt32 = 0
    var mask: UInt32 = 0
    for position in 0..<4 {
      guard let byte = pattern.bytes(at: pattern.leadLength + position).only else { continue }
      value |= UInt32(byte) << UInt32(8 * position)
      mask |= 0xFF << UInt32(8 * position)
    }
    return Candidate(row: row, value: value, mask: mask)
  }

  private static func token(
    _ rule: Rule, _ pattern: Pattern, _ sets: inout [ByteSet]
  ) throws(PatternError) -> Token {
    var steps: [Step] = []
    var minimum = 0
    for element in pattern.elements {
      switch element {
      case .open: steps.append(.open)
      case .close: steps.append(.close)
      case .literal(let byte):
        steps.append(.literal(byte))
        minimum += 1
      case .run(let set, let least, let most):
        minimum += least
        if let index = sets.firstIndex(of: set) {
          steps.append(.run(set: index, min: least, max: most))
        } else {
          guard sets.count < Scan.setLimit else { throw PatternError(reason: "over 64 distinct sets", offset: 0) }
          sets.append(set)
          steps.append(.run(set: sets.count - 1, min: least, max: most))
        }
      }
    }
    return Token(
      type: rule.type, check: rule.check, steps: steps, minimumLength: minimum, lead: pattern.leadLength,
      paired: rule.name.hasPrefix("aws-key-id"))
  }
}

/// Gathers the triggers into the four tables.
private struct DispatchBuilder {
  var tables = [UInt64](repeating: 0, count: 1024)

  mutating func add(_ bucket: Int, _ trigger: Trigger) {
    let bit = UInt64(1) << UInt64(bucket)
    for (offset, set) in [trigger.before, trigger.first, trigger.second, trigger.third].enumerated() {
      for byte in 0..<256 where set.contains(UInt8(byte)) { tables[256 * offset + byte] |= bit }
    }
  }
}
