import Records

/// The part of a log file that is durable; what is being written behind it may yet be cut off.
struct SyncedLines: Sendable {
  let file: any ReadableFile
  let end: Int

  private static let lead = Array("{\"example_id\":\"".utf8)

  /// The text of the last line of an example. Lines that are none of theirs are passed over, damaged ones too.
  func last(
    of id: ExampleID, _ read: ([UInt8]) throws(LineError) -> (id: ExampleID, text: String)
  ) throws -> String? {
    let wanted = Array(id.description.utf8)
    var last: String?
    try LineReader().read(file) { line, offset in
      guard offset < end, mayBe(line, of: wanted), let (lineID, text) = try? read(line), lineID == id else { return }
      last = text
    }
    return last
  }

  func forEach(_ body: ([UInt8]) throws -> Void) throws {
    try LineReader().read(file) { line, offset in if offset < end { try body(line) } }
  }

  /// Rules out what needs no parsing: the service's own lines begin with the id. Letters may be of either case.
  private func mayBe(_ line: [UInt8], of id: [UInt8]) -> Bool {
    guard line.starts(with: Self.lead) else { return true }
    return line.dropFirst(Self.lead.count).prefix(id.count).elementsEqual(id) { $0 | 0x20 == $1 }
  }
}
