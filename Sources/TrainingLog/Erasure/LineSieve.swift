import Posix

/// Finds the lines of a file that have to go, and copies the rest: in pieces, so that memory stays flat.
struct LineSieve {
  /// Whole lines with their LF, in the order of the file; the parts of a line with a hole each for itself, as
  /// `LineReader` reads them.
  private(set) var removed: [Range<Int>] = []
  private(set) var lines = 0

  var removedBytes: Int { removed.reduce(0) { $0 + $1.count } }

  /// Of a file that is not there.
  init() {}

  /// Looks at all lines before `end`.
  ///
  /// - Parameter isPlainlyOther: `LineReader.read`'s `skipping`.
  init(
    _ file: any ReadableFile, upTo end: Int, skipping isPlainlyOther: (([UInt8], Range<Int>) -> Bool)? = nil,
    removing isGone: ([UInt8]) throws -> Bool
  ) throws {
    try LineReader().read(file, skipping: isPlainlyOther) { line, offset in
      guard offset < end, try isGone(line) else { return }
      lines += 1
      // The byte behind a line is its LF, or the first of a hole, which holds nothing and may stay.
      let next = try file.read(at: offset + line.count, count: 1)
      let range = offset..<offset + line.count + (next == [UInt8(ascii: "\n")] ? 1 : 0)
      if let last = removed.last, last.upperBound == range.lowerBound {
        removed[removed.count - 1] = last.lowerBound..<range.upperBound
      } else {
        removed.append(range)
      }
    }
  }

  /// Also removes parts without lines that can be read.
  mutating func remove(_ ranges: [Range<Int>]) {
    let sorted = (removed + ranges.filter { !$0.isEmpty }).sorted { $0.lowerBound < $1.lowerBound }
    removed = []
    for range in sorted {
      if let last = removed.last, last.upperBound >= range.lowerBound {
        removed[removed.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        removed.append(range)
      }
    }
  }

  /// What is removed before this place and from it on, the latter as seen from there.
  func split(at border: Int) -> ([Range<Int>], [Range<Int>]) {
    let before = removed.filter { $0.lowerBound < border }.map { $0.clamped(to: 0..<border) }
    let behind = removed.filter { $0.upperBound > border }
      .map { max($0.lowerBound, border) - border..<$0.upperBound - border }
    return (before, behind)
  }

  /// Appends what stays of the first `end` bytes.
  static func copy(
    _ file: any ReadableFile, upTo end: Int, without removed: [Range<Int>], to copy: any LogFile
  ) throws(SystemError) {
    var start = 0
    for range in removed {
      try Self.copy(file, start..<range.lowerBound, to: copy)
      start = range.upperBound
    }
    try Self.copy(file, start..<end, to: copy)
  }

  private static let pieceBytes = 4 << 20

  static func copy(_ file: any ReadableFile, _ range: Range<Int>, to copy: any LogFile) throws(SystemError) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let piece = try file.read(at: offset, count: min(pieceBytes, range.upperBound - offset))
      if piece.isEmpty { throw SystemError(call: "pread", code: 5) }
      try copy.append(piece)
      offset += piece.count
    }
  }
}
