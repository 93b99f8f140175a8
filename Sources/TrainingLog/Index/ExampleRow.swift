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
      func same(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }
      return same(a.language, b.language) && same(a.framework, b.framework) && same(a.complexity, b.complexity)
        && same(a.model, b.model) && same(a.variant, b.variant)
    }
  }

  /// Why the example is out, twins apart.
  func reason(_ rules: QualityRules) -> LeftOut? {
    if isRefused { return .optedOut }
    if score > 0, score < rules.goodScore, !isCorrected { return .lowScore }
    return textReason
  }
}
