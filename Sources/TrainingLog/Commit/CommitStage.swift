import Records

/// What a batch is going to do, before any byte of it is written.
struct CommitStage {
  enum Change {
    case insert(ExampleRow)
    case rate(Feedback, hasComment: Bool, correction: Correction?)
    case wait(PendingRating)
    /// The conversation has come.
    case join(ExampleID)
  }

  /// What is appended to a file.
  struct Part {
    let name: LogFileName
    var bytes: [UInt8] = []
    /// Of lines that get no row of their own, by their offsets in `bytes`.
    var lines: [LineChecksum] = []
    /// Where the file ended before (logical offset), once that was asked for.
    var start: Int?
  }

  /// A batch goes into one file or two, late records into one for each day: found faster by looking than by hashing.
  private(set) var parts: [Part] = []
  var changes: [Change] = []
  var outcomes: [Outcome] = []
  /// Records of this batch, which the index does not know yet, as far as they were sorted out.
  private var rows: [ExampleID: ExampleRow] = [:]
  private var sorted = 0
  private(set) var conversations: [ExampleID: Conversation] = [:]
  private(set) var keys: [UInt64: ExampleID] = [:]
  /// By pseudonym: what has to be durable before any of the records is written (`LogWriter.writeAhead`).
  var refusals: [UInt64: ConsentChange] = [:]
  var inheritances: [UInt64: SideLine] = [:]
  var pending: [ExampleID: PendingRating] = [:]
  /// Storage for the first file.
  private var spare: [UInt8]

  /// - Parameter spare: storage to use again.
  init(reusing spare: consuming [UInt8] = []) { self.spare = spare }

  var bytes: Int { parts.reduce(0) { $0 + $1.bytes.count } }

  /// In the order in which they are written and synced. Scores come last: after a crash an example that has one has all
  /// that came with it, and of one that has none the rating can be made up for.
  var writes: [(name: LogFileName, bytes: [UInt8])] {
    let written = parts.filter { !$0.bytes.isEmpty }
    let scoresLast = written.filter { $0.name != .feedback } + written.filter { $0.name == .feedback }
    return scoresLast.map { ($0.name, $0.bytes) }
  }

  private mutating func part(_ name: LogFileName) -> Int {
    if let index = parts.firstIndex(where: { $0.name == name }) { return index }
    parts.append(Part(name: name, bytes: spare))
    spare = []
    return parts.count - 1
  }

  /// Where the next line of the file will stand.
  ///
  /// - Parameter start: tells where the file ends so far; asked for once.
  mutating func end(of name: LogFileName, _ start: () throws -> Int) rethrows -> Int {
    let index = part(name)
    if let known = parts[index].start { return known + parts[index].bytes.count }
    let asked = try start()
    parts[index].start = asked
    return asked + parts[index].bytes.count
  }

  mutating func append(_ line: [UInt8], to name: LogFileName) {
    let index = part(name)
    if name.numberInIndex != nil {
      parts[index].lines.append(LineChecksum(offset: parts[index].bytes.count, crc: checksum(line)))
    }
    parts[index].bytes.append(contentsOf: line)
    parts[index].bytes.append(UInt8(ascii: "\n"))
  }

  /// The record of this batch with that id. Most batches are never asked.
  mutating func row(_ id: ExampleID) -> ExampleRow? {
    while sorted < changes.count {
      if case .insert(let row) = changes[sorted] { rows[row.id] = row }
      sorted += 1
    }
    return rows[id]
  }

  /// Takes storage for the next batch out of this one, which is over.
  mutating func takeSpare() -> [UInt8] {
    guard let first = parts.indices.max(by: { parts[$0].bytes.capacity < parts[$1].bytes.capacity }) else {
      return spare
    }
    var bytes: [UInt8] = []
    swap(&bytes, &parts[first].bytes)
    bytes.removeAll(keepingCapacity: true)
    return bytes
  }

  mutating func rate(_ lines: FeedbackCollector.Lines) {
    append(lines.feedback.line(), to: .feedback)
    if let comment = lines.comment { append(comment.value.line(), to: .comments) }
    if let correction = lines.correction { append(correction.value.line(), to: .corrections) }
    changes.append(.rate(lines.feedback, hasComment: lines.comment != nil, correction: lines.correction?.value))
  }

  /// - Parameters:
  ///   - offset: logical.
  ///   - isRefused: for training.
  mutating func insert(_ stored: StoredConversation, offset: Int, isRefused: Bool) {
    var row = stored.row
    row.offset = offset
    row.isRefused = isRefused
    append(stored.line, to: .conversations(stored.day))
    changes.append(.insert(row))
    if row.key != 0 { keys[row.key] = row.id }
    if let conversation = stored.repeatable { conversations[row.id] = conversation }
  }
}
