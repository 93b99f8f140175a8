/// The rules as tables. Immutable and shared by every session.
///
/// Dispatch is by buckets: 32 bits per byte value for the byte before, the byte itself and the two after it. Only where
/// the four words have a bit in common can a rule of that bucket match.
final class CompiledRules: Sendable {
  /// Four tables of 256 words: before, first, second, third.
  let dispatch: [UInt32]
  /// Per byte value one bit for each distinct set of the patterns.
  let members: [UInt32]
  let tokens: [Token]
  /// Bucket of a token row: the indices into `tokens`. The buckets below belong to the recognizers.
  let buckets: [[Int]]
  /// Key words by their last byte.
  let keys: [[KeyWord]]

  struct Token: Sendable {
    let type: RedactionType
    let check: Rule.Check
    let steps: [Step]
    let minimumLength: Int
    /// Bytes before the place where dispatch saw it.
    let lead: Int
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
  private static let firstTokenBucket = escapeBucket + 1

  init(_ rules: [Rule]) throws(PatternError) {
    var builder = DispatchBuilder()
    var tokens: [Token] = []
    var buckets = [[Int]](repeating: [], count: 32)
    var keys = [[KeyWord]](repeating: [], count: 256)
    var sets: [ByteSet] = []
    builder.add(
      bucket: CompiledRules.escapeBucket, first: ByteSet([0x5C]), second: .all, third: .all, word: false)
    for rule in rules {
      switch rule.finder {
      case .recognizer(let recognizer):
        let trigger = recognizer.trigger
        builder.add(
          bucket: recognizer.rawValue, first: trigger.0, second: trigger.1, third: trigger.2, word: trigger.word)
      case .key(let word, let whole):
        let bytes = Array(word.utf8)
        guard let last = bytes.last else { throw PatternError(reason: "an empty key word", offset: 0) }
        keys[Int(last)].append(KeyWord(word: bytes, type: rule.type, whole: whole))
      case .token(let text):
        let pattern = try Pattern(text)
        let lead = pattern.leadLength
        let bucket = CompiledRules.bucket(of: pattern)
        builder.add(
          bucket: bucket, first: pattern.bytes(at: lead), second: pattern.bytes(at: lead + 1),
          third: pattern.bytes(at: lead + 2), word: lead == 0)
        buckets[bucket].append(tokens.count)
        tokens.append(try CompiledRules.token(rule, pattern, &sets))
      }
    }
    dispatch = builder.tables
    self.tokens = tokens
    self.buckets = buckets
    self.keys = keys
    members = (0...255).map { byte in
      sets.enumerated().reduce(into: UInt32(0)) { bits, set in
        if set.element.contains(UInt8(byte)) { bits |= 1 << UInt32(set.offset) }
      }
    }
  }

  /// Rows that begin alike share a bucket: fewer false alarms.
  private static func bucket(of pattern: Pattern) -> Int {
    let free = 32 - firstTokenBucket
    guard case .literal(let byte) = pattern.elements.first(where: { $0 != .open }) else { return 31 }
    return firstTokenBucket + Int(byte) % (free - 1)
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
          guard sets.count < Scan.setLimit else { throw PatternError(reason: "over 32 distinct sets", offset: 0) }
          sets.append(set)
          steps.append(.run(set: sets.count - 1, min: least, max: most))
        }
      }
    }
    return Token(type: rule.type, check: rule.check, steps: steps, minimumLength: minimum, lead: pattern.leadLength)
  }
}

/// Gathers the triggers into the four tables.
private struct DispatchBuilder {
  var tables = [UInt32](repeating: 0, count: 1024)

  mutating func add(bucket: Int, first: ByteSet, second: ByteSet, third: ByteSet, word: Bool) {
    let bit = UInt32(1) << UInt32(bucket)
    for value in 0..<256 {
      let byte = UInt8(value)
      if !word || !Ascii.isWord(byte) { tables[value] |= bit }
      if first.contains(byte) { tables[256 + value] |= bit }
      if second.contains(byte) { tables[512 + value] |= bit }
      if third.contains(byte) { tables[768 + value] |= bit }
    }
  }
}
