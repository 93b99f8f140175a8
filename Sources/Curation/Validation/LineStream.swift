import Posix
import TrainingLog

/// The lines of a file, plain or a row of gzip members, with flat memory. Told apart by the first bytes, not by the name.
package struct LineStream {
  private static let pieceBytes = 1 << 20
  private static let gzipMark: [UInt8] = [0x1F, 0x8B]

  private let file: ReadOnlyFile

  package init(file: ReadOnlyFile) { self.file = file }

  /// Calls `body` with each line without its LF, the last one also where it has none, and its number from 1.
  package func read(_ body: @escaping (_ line: [UInt8], _ number: Int) throws -> Void) throws {
    var rest: [UInt8] = []
    var number = 0
    func take(_ piece: ArraySlice<UInt8>) throws {
      var start = piece.startIndex
      while let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) {
        number += 1
        try body(rest + piece[start..<end], number)
        rest.removeAll(keepingCapacity: true)
        start = end + 1
      }
      rest += piece[start...]
    }
    var offset = 0
    let isGzip = try file.read(at: 0, count: 2) == Self.gzipMark
    let gzip = isGzip ? try GzipReader { try take($0) } : nil
    while true {
      let piece = try file.read(at: offset, count: Self.pieceBytes)
      if piece.isEmpty { break }
      offset += piece.count
      if let gzip { try gzip.append(piece[...]) } else { try take(piece[...]) }
    }
    try gzip?.finish()
    if !rest.isEmpty { try body(rest, number + 1) }
  }
}
