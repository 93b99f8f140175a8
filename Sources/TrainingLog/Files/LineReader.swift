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
  /// - Returns: the offset behind the last LF; what lies beyond is a tail that was never acknowledged.
  @discardableResult
  package func read(
    _ file: any ReadableFile, from start: Int = 0, _ body: (_ line: [UInt8], _ offset: Int) throws -> Void
  ) throws -> Int {
    var rest: [UInt8] = []
    var restOffset = start
    var offset = start
    while true {
      let chunk = try file.read(at: offset, count: Self.chunkBytes)
      if chunk.isEmpty { return restOffset }
      offset += chunk.count
      var lineStart = 0
      while let end = chunk.position(of: UInt8(ascii: "\n"), in: lineStart..<chunk.count) {
        let line = rest.isEmpty ? Array(chunk[lineStart..<end]) : rest + chunk[lineStart..<end]
        try deliver(line, restOffset, body)
        restOffset += line.count + 1
        rest.removeAll()
        lineStart = end + 1
      }
      rest += chunk[lineStart...]
    }
  }

  private func deliver(_ line: [UInt8], _ offset: Int, _ body: ([UInt8], Int) throws -> Void) throws {
    guard line.position(of: 0, in: line.indices) != nil else {
      if !line.isEmpty { try body(line, offset) }
      return
    }
    for part in line.split(separator: 0) { try body(Array(part), offset + part.startIndex) }
  }
}
