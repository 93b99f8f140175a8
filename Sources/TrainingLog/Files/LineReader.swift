import Posix

/// Walks the lines of a JSONL file from an offset, in pieces, so that memory stays flat whatever the file's size.
package struct LineReader {
  package static let chunkBytes = 1 << 20

  package init() {}

  /// Calls `body` with each line that ends in LF (without it) and the offset of its first byte. Blank lines are passed over.
  ///
  /// So are holes: zero bytes, which no JSON text has, and which a power failure leaves where a sync had failed. What
  /// stands behind a hole is a line of its own, since the LF before it may have been in the hole.
  ///
  /// - Parameters:
  ///   - hole: called with the place of each; where nothing may be lost unseen.
  ///   - skip: whether the line in this part of these bytes is of no interest; it is not copied then. Not asked of every
  ///     line: never of one with a hole in it.
  /// - Returns: the offset behind the last LF, or behind a hole of the size of a piece; what lies beyond is a tail that
  ///   was never acknowledged.
  @discardableResult
  package func read(
    _ file: any ReadableFile, from start: Int = 0, hole: (Range<Int>) throws -> Void = { _ in },
    skipping skip: (([UInt8], Range<Int>) -> Bool)? = nil, _ body: (_ line: [UInt8], _ offset: Int) throws -> Void
  ) throws -> Int {
    var rest: [UInt8] = []
    var restOffset = start
    var offset = start
    while true {
      let chunk = try file.read(at: offset, count: Self.chunkBytes)
      if chunk.isEmpty { return restOffset }
      offset += chunk.count
      // A hole of any size needs no more memory.
      if chunk.count == Self.chunkBytes, Self.isHole(chunk), Self.isHole(rest) {
        try hole(restOffset..<offset)
        (rest, restOffset) = ([], offset)
        continue
      }
      var lineStart = 0
      let skip = chunk.position(of: 0, in: chunk.indices) == nil ? skip : nil
      while let end = chunk.position(of: UInt8(ascii: "\n"), in: lineStart..<chunk.count) {
        if rest.isEmpty, let skip, skip(chunk, lineStart..<end) {
          restOffset += end + 1 - lineStart
          lineStart = end + 1
          continue
        }
        let line = rest.isEmpty ? Array(chunk[lineStart..<end]) : rest + chunk[lineStart..<end]
        try deliver(line, restOffset, hole, body)
        restOffset += line.count + 1
        rest.removeAll()
        lineStart = end + 1
      }
      rest += chunk[lineStart...]
    }
  }

  private static func isHole(_ bytes: [UInt8]) -> Bool {
    (bytes.first ?? 0) == 0 && (bytes.last ?? 0) == 0 && bytes.allSatisfy { $0 == 0 }
  }

  private func deliver(
    _ line: [UInt8], _ offset: Int, _ hole: (Range<Int>) throws -> Void, _ body: ([UInt8], Int) throws -> Void
  ) throws {
    guard line.position(of: 0, in: line.indices) != nil else {
      if !line.isEmpty { try body(line, offset) }
      return
    }
    var at = 0
    while at < line.count {
      let end = line[at...].firstIndex { $0 != 0 } ?? line.count
      if end > at { try hole(offset + at..<offset + end) }
      let next = line.position(of: 0, in: end..<line.count) ?? line.count
      if next > end { try body(Array(line[end..<next]), offset + end) }
      at = next
    }
  }
}
