/// A stored line that is not what it should be: where it stands and which rule it breaks, never its content.
package struct DamagedLine: Error, Equatable, Sendable, CustomStringConvertible {
  package let file: String
  /// Byte offset of the line in its file.
  package let offset: Int
  package let reason: String

  package var description: String { "\(file) has a damaged line at byte \(offset): \(reason)" }
}
