import Posix
import Records

/// What stands at the end of a file of lines and is none: what a crash has left of a write that was not acknowledged.
///
/// Mostly that is part of a line. But a file system may bring back any bytes where a write was lost, and those may end with
/// an LF by chance: at the end of a file, what is no JSON object is no line, whatever it ends with.
struct TornTail {
  enum Kind: Equatable {
    case none
    /// A line that only misses its LF.
    case whole
    case garbage([UInt8])
  }

  let kind: Kind
  let start: Int

  /// - Parameters:
  ///   - first: nothing before it is looked at.
  ///   - isWhole: whether that is a line of this file, without its LF.
  init(of file: any ReadableFile, from first: Int, isWhole: ([UInt8]) -> Bool) throws(SystemError) {
    let size = try file.size()
    let end = max(first, try file.endOfLines(before: size, from: first))
    let isMissingItsEnd = end < size ? isWhole(try file.read(at: end, count: size - end)) : false
    let garbage = isMissingItsEnd || size <= first ? size : try Self.startOfGarbage(file, before: end, from: first)
    if garbage < size {
      (kind, start) = (.garbage(try file.read(at: garbage, count: size - garbage)), garbage)
    } else {
      (kind, start) = (isMissingItsEnd ? .whole : .none, isMissingItsEnd ? end : size)
    }
  }

  /// Of the lines before `end`, which is behind an LF, where those begin at the end that are none. Blank ones belong to the
  /// garbage that they are between.
  private static func startOfGarbage(
    _ file: any ReadableFile, before end: Int, from first: Int
  ) throws(SystemError) -> Int {
    var start = end
    var lineEnd = end
    while lineEnd > first {
      let lineStart = try file.endOfLines(before: lineEnd - 1, from: first)
      let line = try file.read(at: lineStart, count: lineEnd - 1 - lineStart)
      guard line.isEmpty || isGarbage(line) else { break }
      if !line.isEmpty { start = lineStart }
      lineEnd = lineStart
    }
    return start
  }

  /// Behind a hole of zeros a line may stand that is whole (`LineReader`).
  private static func isGarbage(_ line: [UInt8]) -> Bool {
    let behindHole = line.lastIndex(of: 0).map { Array(line[($0 + 1)...]) } ?? line
    return (try? JSONDocument(parsing: behindHole).root.kind) != .object
  }
}
