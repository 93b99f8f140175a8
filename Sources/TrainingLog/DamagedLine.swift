/// A stored line that is not what it should be: where it stands and which rule it breaks, never its content.
package struct DamagedLine: Error, Equatable, Sendable, CustomStringConvertible {
  package let file: String
  /// Byte offset of the line in its file.
  package let offset: Int
  package let reason: String
  /// From 1; nil where the whole file is meant, or nobody has counted.
  package var line: Int?

  package init(file: String, offset: Int, reason: String) {
    self.file = file
    self.offset = offset
    self.reason = reason
  }

  /// Zero bytes in a file that has none, unless a disk has lost something of it.
  init(hole: Range<Int>, in file: String) {
    self.init(file: file, offset: hole.lowerBound, reason: "\(hole.count) zero bytes: what stood there is lost")
  }

  package var description: String { "\(place): damaged: \(reason)" }

  package var place: String { line.map { "\(file):\($0)" } ?? "\(file), byte \(offset)" }
}
