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

  private(set) var buffers: [LogFileName: [UInt8]] = [:]
  /// Of lines that get no row of their own, by their offsets in the buffer.
  private(set) var lines: [LogFileName: [LineChecksum]] = [:]
  var changes: [Change] = []
  var outcomes: [Outcome] = []
  /// Records of this batch, which the index does not know yet.
  private(set) var rows: [ExampleID: ExampleRow] = [:]
  private(set) var conversations: [ExampleID: Conversation] = [:]
  private(set) var keys: [UInt64: ExampleID] = [:]
  /// By pseudonym: what has to be durable before any of the records is written (`LogWriter.writeAhead`).
  var refusals: [UInt64: ConsentChange] = [:]
  var inheritances: [UInt64: SideLine] = [:]
  var pending: [ExampleID: PendingRating] = [:]

  /// In the order in which they are written and synced. Scores come last: after a crash an example that has one has all
  /// that came with it, and of one that has none the rating can be made up for.
  var writes: [(name: LogFileName, bytes: [UInt8])] {
    buffers.filter { $0.key != .feedback }.map { ($0.key, $0.value) }
      + (buffers[.feedback].map { [(.feedback, $0)] } ?? [])
  }

  var bytes: Int { buffers.values.reduce(0) { $0 + $1.count } }

  mutating func append(_ line: [UInt8], to name: LogFileName) {
    if name.numberInIndex != nil {
      lines[name, default: []].append(LineChecksum(offset: buffers[name]?.count ?? 0, crc: checksum(line)))
    }
    buffers[name, default: []].append(contentsOf: line)
    buffers[name, default: []].append(UInt8(ascii: "\n"))
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
    rows[row.id] = row
    // Only what a client can name may be sent again.
    if row.key != 0 { keys[row.key] = row.id }
    if row.key != 0 || stored.sent.contains(.exampleID) { conversations[row.id] = stored.conversation }
  }
}
