import Posix
import Privacy
import Records

/// `state/audit.jsonl`: one line for each privileged act, who did what when and to how much, each with the SHA-256 of the
/// line before. Whoever changes or removes a line without making all later ones anew is found out by `fault`.
///
/// Any process may append, under a lock of the file. No line names a person, a record or a text.
package struct AuditLog: Sendable {
  private let path: String
  private let directory: DataDirectory
  var folder: String { directory.state }

  package init(_ directory: DataDirectory) {
    path = directory.audit
    self.directory = directory
  }

  /// Durable when it returns.
  ///
  /// - Returns: false where acts that were noted before are not there any more; this one is noted all the same.
  @discardableResult
  package func append(_ act: AuditAct) throws(SystemError) -> Bool {
    let isNew = !Directories.exists(path)
    let file = try Descriptor.appending(path, mode: 0o600)
    try file.lock()
    // Where lines are lost the mark stays as it is: it shows that they are.
    let isWhole = (try? loss()) == .some(nil)
    let reader = try ReadOnlyFile(path)
    _ = try cutTail(of: file, reader, isWhole: isWhole)
    let (last, end) = try Self.lastLine(of: reader, before: reader.size())
    let line = act.line(after: last.map(Self.hash) ?? Self.beginning) + [UInt8(ascii: "\n")]
    do throws(SystemError) { try file.write(line) } catch {
      try file.truncate(to: end)
      throw error
    }
    try file.synchronizeData()
    if isNew { try Directories.synchronize(folder) }
    if isWhole { mark(Array(line.dropLast()), end: end + line.count) }
    return isWhole
  }

  /// Sets aside what a crash has left behind the last act. Returns its bytes.
  func repair() throws -> Int {
    guard Directories.exists(path) else { return 0 }
    let file = try Descriptor.appending(path, mode: 0o600)
    try file.lock()
    return try cutTail(of: file, ReadOnlyFile(path), isWhole: try loss() == nil)
  }

  /// Nothing of it was ever finished: behind what the mark vouches for nobody has been told of any line. Where nothing
  /// vouches, a line that has its end stays.
  private func cutTail(
    of file: borrowing Descriptor, _ reader: ReadOnlyFile, isWhole: Bool
  ) throws(SystemError) -> Int {
    let mark = isWhole ? try? LedgerMark.read(Self.name, in: folder) : nil
    let first = if let mark { mark.states.map(\.bytes).min() ?? 0 } else { try reader.endOfLines() }
    let tail = try TornTail(of: reader, from: first) { Self.isAct($0) }
    switch tail.kind {
    case .none: return 0
    case .whole:
      try file.write([UInt8(ascii: "\n")])
      return 0
    case .garbage(let bytes):
      try Quarantine(directory).keep(bytes, of: Self.name, at: tail.start, "tail")
      try file.truncate(to: tail.start)
      try file.synchronizeData()
      return bytes.count
    }
  }

  private static func isAct(_ line: [UInt8]) -> Bool {
    let root = try? JSONDocument(parsing: line).root
    return root?["act"]?.string != nil && root?["at"]?.string != nil
  }

  /// What the first line has in the place of a hash.
  private static let beginning = String(repeating: "0", count: 64)

  static func hash(_ line: [UInt8]) -> String { SHA256.hash(line).hex }

  /// The last whole line before an offset, and the offset behind it.
  static func lastLine(
    of file: any ReadableFile, before limit: Int
  ) throws(SystemError) -> (line: [UInt8]?, end: Int) {
    var start = limit
    var tail: [UInt8] = []
    while start > 0 {
      let piece = min(start, 4096)
      start -= piece
      tail = try file.read(at: start, count: piece) + tail
      guard let last = tail.lastIndex(of: UInt8(ascii: "\n")) else { continue }
      guard let before = tail[..<last].lastIndex(of: UInt8(ascii: "\n")) else {
        if start == 0 { return (Array(tail[..<last]), last + 1) }
        continue
      }
      return (Array(tail[(before + 1)..<last]), start + last + 1)
    }
    return (nil, 0)
  }

  /// The first line that does not fit to the one before or is no act, and why; nil where the chain is whole.
  ///
  /// - Parameter first: where a line begins; the one before it is taken for granted.
  static func fault(
    in file: any ReadableFile, from first: Int = 0, upTo end: Int
  ) throws -> (offset: Int, reason: String)? {
    var previous = try lastLine(of: file, before: first).line.map(hash) ?? beginning
    var fault: (Int, String)?
    var expected = first
    let reason = "damaged: there is something between the lines"
    let read = try LineReader().read(file, from: first) { line, offset in
      guard fault == nil, offset < end else { return }
      // Blank lines are passed over by who reads.
      if offset != expected { return fault = (expected, reason) }
      expected += line.count + 1
      let root = try? JSONDocument(parsing: line).root
      if !isAct(line) {
        fault = (offset, "damaged: the line is no act")
      } else if root?["previous"]?.string != previous {
        fault = (offset, "the line does not follow on the one before it: one of them was changed, or one is gone")
      }
      previous = hash(line)
    }
    if fault == nil, expected < min(read, end) { fault = (expected, reason) }
    return fault
  }
}

/// A privileged act.
package struct AuditAct: Sendable {
  package enum Name: String, Sendable {
    case eraseUser = "erase_user"
    case eraseExample = "erase_example"
    case resumeErasure = "resume_erasure"
    case optOut = "opt_out"
    case optIn = "opt_in"
    case exportUser = "export_user"
    case exportDataset = "export_dataset"
    /// Of the export with the same reference.
    case endExport = "end_export"
    /// Of an erasure that was noted when it was completed, to who asked again.
    case giveReceipt = "give_receipt"
    case readExample = "read_example"
    case curate, retain, backup, restore
    case importLogs = "import_logs"
    case createKey = "create_key"
    case revokeKey = "revoke_key"
    case rotatePepper = "rotate_pepper"
    case destroyPepper = "destroy_pepper"
  }

  let at: Timestamp
  let actor: String
  let name: Name
  let counts: [(String, Int)]
  let reference: String?

  /// - Parameters:
  ///   - actor: `key:` and the id of an API key; `owner` through the control socket; `open` where no key is configured;
  ///     `command` for the command line without a server; `maintenance` for what the server does by itself; `unknown` where
  ///     the process ended before it could note it.
  ///   - counts: how much it was about, by name.
  ///   - reference: the id of a receipt, of a version or of a key, the moment of a backup; nothing that names a person.
  package init(
    _ name: Name, by actor: String, at: Timestamp, counts: [(String, Int)] = [], reference: String? = nil
  ) {
    self.name = name
    self.actor = actor
    self.at = at
    self.counts = counts
    self.reference = reference
  }

  fileprivate func line(after previous: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("at")
      object.string(at.description)
      object.key("actor")
      object.string(actor)
      object.key("act")
      object.string(name.rawValue)
      object.key("counts")
      object.object { object in
        for (name, count) in counts {
          object.key(name)
          object.integer(count)
        }
      }
      object.key("reference")
      object.string(reference ?? "")
      object.key("previous")
      object.string(previous)
    }
    return writer.bytes
  }
}
