import Records

/// What the index knows of one example.
package struct ExampleRow: Equatable, Sendable {
  package var id: ExampleID
  /// Which day file holds the line, and where: logical offset (`RemovedRanges`) and length without the LF, in bytes, and
  /// CRC-32 (zlib's) of the line.
  package var day: Day
  package var offset: Int
  package var length: Int
  package var crc: UInt32
  /// Pseudonyms as numbers.
  package var user: UInt64
  package var session: UInt64
  package var labels: Labels
  package var redactions: [RedactionCount]
  /// The head of the hashed idempotency key as a number, 0 for none.
  package var key: UInt64
  /// Fingerprint of the normalised question and published answer. 64 of its 128 bits are enough for a live count: at a
  /// million records a false twin has a chance of 1 in 30 million, and the curator looks again at the full hash.
  package var twin: UInt64
  /// Why the text alone keeps the example out, if it does.
  package var textReason: LeftOut?
  /// The last rating, 0 when there is none.
  package var score = 0
  package var hasComment = false
  package var isCorrected = false
  /// The user refuses that it is used for training.
  package var isRefused = false

  /// The names a record is counted under.
  package struct Labels: Hashable, Sendable {
    package var language: String
    package var framework: String
    package var complexity: String
    package var model: String
    package var variant: String

    /// By bytes, as the index file and the tallies compare: `==` on String is canonical equivalence.
    package static func == (a: Labels, b: Labels) -> Bool {
      a.language.hasSameBytes(as: b.language) && a.framework.hasSameBytes(as: b.framework)
        && a.complexity.hasSameBytes(as: b.complexity) && a.model.hasSameBytes(as: b.model)
        && a.variant.hasSameBytes(as: b.variant)
    }
  }

  /// Why the example is out, twins apart.
  func reason(_ rules: QualityRules) -> LeftOut? {
    if isRefused { return .optedOut }
    if score > 0, score < rules.goodScore, !isCorrected { return .lowScore }
    return textReason
  }
}

extension String {
  /// `==` on String is canonical equivalence.
  func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    let isSame = utf8.withContiguousStorageIfAvailable { mine in
      other.utf8.withContiguousStorageIfAvailable { theirs in
        // In bounds: both have as many bytes.
        for index in 0..<mine.count where mine[index] != theirs[index] { return false }
        return true
      }
    }
    return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
  }
}
