import Records

/// What goes into the index in one transaction: lines of a log file, read and worked out.
struct LineBatch: Sendable {
  private(set) var lines: [(line: [UInt8], offset: Int)] = []
  /// Zero bytes, where something stood that is lost.
  private(set) var holes: [Range<Int>] = []
  /// Of records.
  private(set) var rows: [Result<ExampleRow, LineError>] = []
  /// Behind the last line.
  private(set) var end: Int

  /// Large enough to be fast; small enough for memory, and because at both ends of a file one core waits for the other.
  private static let linesMax = 1_024
  private static let bytesMax = 2 << 20

  private struct EnoughLines: Error { let end: Int }

  init(reading text: LogText, of name: LogFileName, from start: Int, _ reader: RowReader) throws {
    end = start
    var lines: [(line: [UInt8], offset: Int)] = []
    var holes: [Range<Int>] = []
    do {
      end = try LineReader().read(text, from: start, hole: { holes.append($0) }) { line, offset in
        lines.append((line, offset))
        let end = offset + line.count + 1
        if lines.count >= Self.linesMax || end - start >= Self.bytesMax { throw EnoughLines(end: end) }
      }
    } catch let enough as EnoughLines { end = enough.end }
    self.lines = lines
    self.holes = holes
    if case .conversations = name { rows = reader.rows(of: lines.map(\.line)) }
  }
}
