import Records
import TrainingLog

/// A run of the curator that is not the usual one: with rules that are off by default, only to see what would be, or to
/// tell of one example. As the command line gives it, also over the control socket.
package struct CurationOrder: Sendable {
  /// The id of an example whose story is wanted; nothing is written then.
  package var explain: String?
  /// Nothing is written, and the answer says what would be.
  package var isDryRun = false
  /// Only to ask what if: the thresholds of what is published are the contract's.
  package var minScore: Int?
  package var minLength: Int?
  /// Jaccard from which texts are near-duplicates, and from which a training text is too near to a held-out one.
  package var nearDuplicate: Double?
  package var moat: Double?
  /// Rules that are off unless asked for.
  package var rules: [LeftOut] = []
  /// Evaluation sets, by absolute paths.
  package var exclude: [String] = []
  package var balance = Balance()

  package enum Failure: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case unknownExample
    case badOrder

    package var description: String {
      switch self {
      case .unreadable(let name): "\(name) cannot be read by whoever runs the server, which opens it itself"
      case .unknownExample: "no record and no row of that id is held; it may be erased or expired, or never have been"
      case .badOrder: "the order of the run has a member that is not one of its own, or a value out of range"
      }
    }
  }

  package init() {}

  /// Whether it is the run that everybody gets who asks for none in particular.
  package var isUsual: Bool {
    explain == nil && !isDryRun && minScore == nil && minLength == nil && nearDuplicate == nil && moat == nil
      && rules.isEmpty && exclude.isEmpty && balance == Balance()
  }

  /// Whether the dataset is written anew. Thresholds that are not the contract's must never be published.
  package var isWriting: Bool { explain == nil && !isDryRun && minScore == nil && minLength == nil }

  package static let scores = 1...5
  package static let lengths = 1...65_536
  /// Below it the sketches would no longer bring all near-duplicates together.
  package static let nearDuplicates = 0.7...1.0
  package static let moats = 0.1...1.0

  /// - Returns: the manifest, what would be in it, or the story of the example.
  package func run(_ log: TrainingLog, tool: String, now: Timestamp, progress: (Double) -> Void) throws -> [UInt8] {
    var rules = CurationRules()
    if let minScore { rules.quality.goodScore = minScore }
    if let minLength { rules.quality.answerCharactersMin = minLength }
    if let nearDuplicate { rules.nearDuplicate = nearDuplicate }
    if let moat { rules.moat = moat }
    rules.optional = CurationRules.optionalRules.filter(self.rules.contains)
    if !exclude.isEmpty { rules.exclusion = try Exclusion(exclude) }
    rules.balance = balance
    let curator = DataCurator(log, tool: tool, rules: rules)
    if let explain { return try curator.explain(explain, progress: progress) }
    return isWriting ? try curator.run(now: now, progress: progress) : try curator.preview(progress: progress)
  }
}

extension CurationOrder {
  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      if let explain {
        object.key("explain")
        object.string(explain)
      }
      object.key("dry_run")
      object.bool(isDryRun)
      if let minScore { object.count("min_score", minScore) }
      if let minLength { object.count("min_length", minLength) }
      if let nearDuplicate { object.number("near_duplicate", nearDuplicate) }
      if let moat { object.number("moat", moat) }
      for (name, texts) in [("rules", rules.map(\.rawValue)), ("exclude", exclude)] {
        object.key(name)
        object.array { list in for text in texts { list.string(text) } }
      }
      balance.write(to: &object)
    }
    return writer.bytes
  }

  package init(_ root: JSONElement) throws(Failure) {
    for (key, value) in root.members {
      switch key.string ?? "" {
      case "explain": explain = value.string
      case "dry_run": isDryRun = value.value == .bool(true)
      case "min_score": minScore = value.integer.flatMap { Self.scores.contains($0) ? $0 : nil }
      case "min_length": minLength = value.integer.flatMap { Self.lengths.contains($0) ? $0 : nil }
      case "near_duplicate": nearDuplicate = Self.number(value, Self.nearDuplicates)
      case "moat": moat = Self.number(value, Self.moats)
      case "rules": rules = value.items.compactMap { $0.string.flatMap(LeftOut.init(rawValue:)) }
      case "exclude": exclude = value.items.compactMap(\.string)
      case let name: guard balance.read(name, value) else { throw .badOrder }
      }
    }
  }

  private static func number(_ value: JSONElement, _ range: ClosedRange<Double>) -> Double? {
    value.numberText.flatMap { Double($0) }.flatMap { range.contains($0) ? $0 : nil }
  }
}
