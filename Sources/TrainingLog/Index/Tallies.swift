import Records

/// What the statistics are counted by.
package struct TallyKey: Hashable, Sendable {
  package enum Kind: Int, Sendable {
    /// Names: `all`, `users`, `sessions`, `comments`, `corrections`, `eligible`.
    case total = 0
    case score, leftOut, language, framework, complexity, model, variant, redaction
    /// Name: the day as `YYYY-MM-DD`.
    case day
  }

  package let kind: Kind
  package let name: String

  package init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  /// By bytes, as the index file compares: `==` on String is canonical equivalence.
  package static func == (a: TallyKey, b: TallyKey) -> Bool {
    a.kind == b.kind && a.name.hasSameBytes(as: b.name)
  }
}

/// One line of the books. What a kind has no use for stays 0.
package struct Tally: Equatable, Sendable {
  package var conversations = 0
  package var rated = 0
  package var scoreSum = 0
  package var highQuality = 0

  package init(conversations: Int = 0, rated: Int = 0, scoreSum: Int = 0, highQuality: Int = 0) {
    self.conversations = conversations
    self.rated = rated
    self.scoreSum = scoreSum
    self.highQuality = highQuality
  }

  package static func += (a: inout Tally, b: Tally) {
    a.conversations += b.conversations
    a.rated += b.rated
    a.scoreSum += b.scoreSum
    a.highQuality += b.highQuality
  }

  var isZero: Bool { self == Tally() }

  /// Whether adding it may leave nothing.
  var isNegative: Bool { conversations < 0 || rated < 0 || scoreSum < 0 || highQuality < 0 }

  func times(_ sign: Int) -> Tally {
    Tally(
      conversations: conversations * sign, rated: rated * sign, scoreSum: scoreSum * sign,
      highQuality: highQuality * sign)
  }
}

/// All counters, kept in step with every record and rating, so that no statistic ever needs a scan.
package struct Tallies: Equatable, Sendable {
  package private(set) var lines: [TallyKey: Tally] = [:]
  /// Users behind a language, framework or variant; empty unless small groups are to be folded.
  package var users: [TallyKey: Int] = [:]
  /// Lines that differ from what the index file holds.
  var changed: Set<TallyKey> = []

  package init() {}

  package static func == (a: Tallies, b: Tallies) -> Bool { a.lines == b.lines }

  package subscript(kind: TallyKey.Kind, name: String) -> Tally { lines[TallyKey(kind, name)] ?? Tally() }

  /// Lines of one kind, by name in byte order.
  package func all(_ kind: TallyKey.Kind) -> [(name: String, tally: Tally)] {
    lines.compactMap { $0.key.kind == kind ? ($0.key.name, $0.value) : nil }
      .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
  }

  mutating func load(_ key: TallyKey, _ tally: Tally) { lines[key] = tally }

  mutating func add(_ tally: Tally, to kind: TallyKey.Kind, _ name: String) {
    guard !tally.isZero else { return }
    let key = TallyKey(kind, name)
    lines[key, default: Tally()] += tally
    if tally.isNegative, lines[key]?.isZero == true { lines[key] = nil }
    changed.insert(key)
  }
}
