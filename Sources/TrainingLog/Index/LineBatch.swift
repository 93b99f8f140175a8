import Posix
import Records

/// What goes into the index in one transaction: lines of a log file, read and worked out.
struct LineBatch: Sendable {
  let piece: LinePiece
  /// Of records.
  let rows: [Result<ExampleRow, LineError>]
}

/// The next lines of a log file.
struct LinePiece: Sendable {
  private(set) var lines: [(line: [UInt8], offset: Int)] = []
  /// Zero bytes, where something stood that is lost.
  private(set) var holes: [Range<Int>] = []
  let start: Int
  /// Behind the last line; `start` where no whole line is left.
  private(set) var end: Int

  /// Large enough to be fast; small enough for memory.
  private static let linesMax = 1_024
  private static let bytesMax = 2 << 20

  private struct EnoughLines: Error { let end: Int }

  init(reading text: LogText, from start: Int) throws {
    self.start = start
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
  }
}

/// The batches of a log file in order, a few of them under way at once: while one goes into the index, the rows of the
/// next two are worked out, so that no core waits at their ends, and the lines behind them are read.
struct LineBatches {
  private let text: LogText
  private let size: Int
  private let reader: RowReader?
  private var reading: Ahead<LinePiece>?
  private var working: [Ahead<LineBatch>] = []

  private static let workingMax = 2

  /// - Parameter reader: for the rows of records; nil for a file that has none.
  init(of text: LogText, from start: Int, upTo size: Int, _ reader: RowReader?) {
    self.text = text
    self.size = size
    self.reader = reader
    read(from: start)
  }

  /// nil where no whole line is left.
  mutating func next() throws -> LineBatch? {
    // One more than are to be under way when this one has been given out.
    while working.count <= Self.workingMax, let piece = try reading?.value() {
      reading = nil
      guard piece.end > piece.start else { break }
      working.append(
        Ahead { [reader] in LineBatch(piece: piece, rows: reader?.rows(of: piece.lines.map(\.line)) ?? []) })
      read(from: piece.end)
    }
    return working.isEmpty ? nil : try working.removeFirst().value()
  }

  private mutating func read(from start: Int) {
    reading = start < size ? Ahead { [text] in try LinePiece(reading: text, from: start) } : nil
  }
}
