/// The rules as tables. Immutable and shared by every session.
///
/// Dispatch is by buckets: 64 bits per byte value for the byte before, the byte itself and the two after it. Only where
/// the four words have a bit in common can a rule of that bucket match.
final class CompiledRules: Sendable {
  /// Four tables of 256 words: before, first, second, third.
  private let dispatch: [UInt64]
  /// Per byte value one bit for each distinct set of the patterns.
  private let members: [UInt64]
  private let tokens: [Token]
  private let steps: [Step]
  /// The rows of each token bucket, one bucket after the other; `ranges[bucket]` is its part.
  private let candidates: [Candidate]
  private let ranges: [Range<Int>]
  /// Key words by their last byte (`keyRanges`), then by their first (`wordRanges`); all their letters in one array.
  private let keys: [KeyWord]
  private let letters: [UInt8]
  /// The words that rows with `near` ask for.
  let contexts: [WordList]
  private let keyRanges: [Range<Int>]
  private let wordRanges: [Range<Int>]

  /// The tables as plain memory: rows are read without counting references. Valid inside `withTables`.
  struct Tables {
    let dispatch: UnsafeBufferPointer<UInt64>
    let members: UnsafeBufferPointer<UInt64>
    let tokens: UnsafeBufferPointer<Token>
    let steps: UnsafeBufferPointer<Step>
    let candidates: UnsafeBufferPointer<Candidate>
    let ranges: UnsafeBufferPointer<Range<Int>>
    let keys: UnsafeBufferPointer<KeyWord>
    let letters: UnsafeBufferPointer<UInt8>
    let keyRanges: UnsafeBufferPointer<Range<Int>>
    let wordRanges: UnsafeBufferPointer<Range<Int>>
    let contexts: [WordList]
  }

  struct Token: Sendable {
    let type: RedactionType
    let check: Rule.Check
    let steps: Range<Int>
    let minimumLength: Int
    /// Bytes before the place where dispatch saw it.
    let lead: Int
    /// The place of its words in `contexts`, if it has some.
    let context: Int?
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

  /// A key word; its letters are `letters[start..<start + count]`.
  struct KeyWord: Sendable {
    let start: Int
    let count: Int
    let type: RedactionType
    let whole: Bool
    let isCommand: Bool
    let lastButOne: UInt8
  }

  /// The bucket that notices escapes (`\n`), so that what follows begins a word.
  static let escapeBucket = Recognizer.allCases.count
  /// The bucket that steps over placeholders.
  static let placeholderBucket = escapeBucket + 1
  /// The bucket that notices full-width letters, zero-width joints and other disguises.
  static let disguiseBucket = escapeBucket + 2
  /// The buckets where a key word begins, by the word's first byte.
  static let firstWordBucket = escapeBucket + 3
  private static let wordBuckets = 12
  static let firstTokenBucket = firstWordBucket + wordBuckets

  /// - Parameter prefilters: whether words and tokens are tried only where their first bytes stand. Without, the same is
  ///   found, slowly: a test compares.
  init(_ rules: [Rule], prefilters: Bool = true) throws(PatternError) {
    var builder = DispatchBuilder(prefilters: prefilters)
    var tokens: [Token] = []
    var steps: [Step] = []
    var buckets = [[Candidate]](repeating: [], count: 64)
    // Rows that begin alike share a bucket.
    var bucketOf: [Int: Int] = [:]
    var keys: [KeyWord] = []
    var letters: [UInt8] = []
    var spoken: [KeyWord] = []
    var wordBucketOf: [UInt8: Int] = [:]
    var sets: [ByteSet] = []
    var contexts: [WordList] = []
    builder.add(CompiledRules.escapeBucket, Trigger(first: ByteSet([0x5C])))
    builder.add(
      CompiledRules.placeholderBucket,
      Trigger(first: ByteSet([0x5B]), second: ByteSet(0x41...0x5A), third: ByteSet(0x41...0x5A)))
    builder.add(CompiledRules.disguiseBucket, Disguise.trigger)
    for rule in rules {
      switch rule.finder {
      case .recognizer(let recognizer):
        builder.add(recognizer.rawValue, recognizer.trigger)
      case .key(let word, _, _), .command(let word):
        let bytes = Array(word.utf8)
        guard let first = bytes.first else { throw PatternError(reason: "an empty key word", offset: 0) }
        // What separates the parts of a word is skipped in the text.
        let plain = bytes.filter { !" _-".utf8.contains($0) }
        let (whole, isSpoken, isCommand) = rule.finder.use
        let key = KeyWord(
          start: letters.count, count: plain.count, type: rule.type, whole: whole, isCommand: isCommand,
          lastButOne: plain.dropLast().last ?? 0)
        letters += plain
        if !isCommand { keys.append(key) }
        guard isSpoken else { continue }
        spoken.append(key)
        let bucket = wordBucketOf[first] ?? wordBucketOf.count % CompiledRules.wordBuckets
        wordBucketOf[first] = bucket
        builder.addFiltered(CompiledRules.firstWordBucket + bucket, Trigger(word: bytes))
      case .token(let text):
        let pattern = try Pattern(text)
        let lead = pattern.leadLength
        let key = pattern.bytes(at: lead).first + (lead > 0 ? 256 : 0)
        let bucket = bucketOf[key] ?? CompiledRules.firstTokenBucket + bucketOf.count % CompiledRules.tokenBuckets
        bucketOf[key] = bucket
        builder.addFiltered(
          bucket,
          Trigger(
            before: lead == 0 ? Trigger.boundary : .all, first: pattern.bytes(at: lead),
            second: pattern.bytes(at: lead + 1), third: pattern.bytes(at: lead + 2)))
        let candidate = CompiledRules.candidate(tokens.count, pattern)
        buckets[bucket].append(prefilters ? candidate : Candidate(row: candidate.row, value: 0, mask: 0))
        if !rule.near.isEmpty { contexts.append(WordList(rule.near)) }
        let context = rule.near.isEmpty ? nil : contexts.count - 1
        tokens.append(try CompiledRules.token(rule, pattern, context, &sets, &steps))
      }
    }
    dispatch = builder.tables
    self.tokens = tokens
    candidates = buckets.flatMap { $0 }
    ranges = buckets.indices.map { bucket in
      let start = buckets[..<bucket].reduce(0) { $0 + $1.count }
      return start..<start + buckets[bucket].count
    }
    self.steps = steps
    self.letters = letters
    self.contexts = contexts
    // The longest first: "secret key" before "secret".
    let byLast = CompiledRules.grouped(keys) { letters[$0.start + $0.count - 1] }
    let byFirst = CompiledRules.grouped(spoken.sorted { $0.count > $1.count }) { letters[$0.start] }
    self.keys = byLast.keys + byFirst.keys
    keyRanges = byLast.ranges
    wordRanges = byFirst.ranges.map { $0.lowerBound + keys.count..<$0.upperBound + keys.count }
    members = (0...255).map { byte in
      sets.enumerated().reduce(into: UInt64(0)) { bits, set in
        if set.element.contains(UInt8(byte)) { bits |= 1 << UInt64(set.offset) }
      }
    }
  }

  /// Lends the tables to `body`.
  func withTables<Result>(_ body: (Tables) -> Result) -> Result {
    dispatch.withUnsafeBufferPointer { dispatch in
      members.withUnsafeBufferPointer { members in
        tokens.withUnsafeBufferPointer { tokens in
          steps.withUnsafeBufferPointer { steps in
            candidates.withUnsafeBufferPointer { candidates in
              ranges.withUnsafeBufferPointer { ranges in
                keys.withUnsafeBufferPointer { keys in
                  letters.withUnsafeBufferPointer { letters in
                    keyRanges.withUnsafeBufferPointer { keyRanges in
                      wordRanges.withUnsafeBufferPointer { wordRanges in
                        body(
                          Tables(
                            dispatch: dispatch, members: members, tokens: tokens, steps: steps, candidates: candidates,
                            ranges: ranges, keys: keys, letters: letters, keyRanges: keyRanges, wordRanges: wordRanges,
                            contexts: contexts))
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// The keys in the order of their `byte`, and the part of each byte value.
  private static func grouped(
    _ keys: [KeyWord], by byte: (KeyWord) -> UInt8
  ) -> (keys: [KeyWord], ranges: [Range<Int>]) {
    var sorted: [KeyWord] = []
    let ranges = (0...255).map { value in
      let start = sorted.count
      sorted += keys.filter { byte($0) == UInt8(value) }
      return start..<sorted.count
    }
    return (sorted, ranges)
  }

  private static let tokenBuckets = 64 - firstTokenBucket

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
    _ rule: Rule, _ pattern: Pattern, _ context: Int?, _ sets: inout [ByteSet], _ steps: inout [Step]
  ) throws(PatternError) -> Token {
    let start = steps.count
    for element in pattern.elements {
      switch element {
      case .open: steps.append(.open)
      case .close: steps.append(.close)
      case .literal(let byte):
        steps.append(.literal(byte))
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
    return Token(
      type: rule.type, check: rule.check, steps: start..<steps.count, minimumLength: pattern.minimumLength,
      lead: pattern.leadLength, context: context,
      paired: rule.name.hasPrefix("aws-key-id"))
  }
}

/// Gathers the triggers into the four tables.
private struct DispatchBuilder {
  let prefilters: Bool
  var tables = [UInt64](repeating: 0, count: 1024)

  /// Where the filter is off, only the byte before counts: it is part of what these rules ask for.
  mutating func addFiltered(_ bucket: Int, _ trigger: Trigger) {
    add(
      bucket,
      prefilters ? trigger : Trigger(before: trigger.before, first: .all, second: .all, third: .all))
  }

  mutating func add(_ bucket: Int, _ trigger: Trigger) {
    let bit = UInt64(1) << UInt64(bucket)
    for (offset, set) in [trigger.before, trigger.first, trigger.second, trigger.third].enumerated() {
      for byte in 0..<256 where set.contains(UInt8(byte)) { tables[256 * offset + byte] |= bit }
    }
  }
}
