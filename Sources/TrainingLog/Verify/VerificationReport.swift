import Records

/// What `Verification` found.
package struct VerificationReport: Sendable {
  /// Something that is not as it was stored: where, and which rule it breaks, never its content.
  package struct Fault: Equatable, Sendable, CustomStringConvertible {
    /// Below the data directory.
    package internal(set) var file: String
    /// From 1; nil where the whole file is meant.
    package internal(set) var line: Int?
    package let reason: String
    /// Of the line's first byte, until `line` is known.
    var offset: Int?

    package var description: String { file + (line.map { ":\($0)" } ?? "") + ": " + reason }
  }

  package enum Index: String, Sendable {
    /// The log was checked against it.
    case checked
    /// There is none yet; the next start makes it.
    case missing
    /// It is there and cannot be read.
    case unreadable
  }

  /// More would help nobody; `faultCount` goes on.
  static let faultsMax = 10_000

  package internal(set) var faults: [Fault] = []
  package internal(set) var faultCount = 0
  package internal(set) var index = Index.missing
  package internal(set) var files = 0
  package internal(set) var lines = 0
  package internal(set) var bytes = 0
  /// Lines of conversations.
  package internal(set) var records = 0
  /// Those that the index has not seen yet: their form was checked, not their CRC-32.
  package internal(set) var recordsBeyondIndex = 0
  /// Bytes of last lines that have no end: being written at the moment, or left by a crash and cut off by the next start.
  /// Nothing in them was acknowledged.
  package internal(set) var tailBytes = 0

  /// Erasures that had begun when the journal was read, and were not done by its end: index and files are not in step
  /// before they are.
  package internal(set) var unfinishedErasures = 0

  package var isClean: Bool { faultCount == 0 }

  mutating func add(_ file: String, at offset: Int?, _ reason: String) {
    faultCount += 1
    if faults.count < Self.faultsMax { faults.append(Fault(file: file, line: nil, reason: reason, offset: offset)) }
  }
}
