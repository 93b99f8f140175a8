import Records

/// Which rows of the dataset an export takes.
package struct ExportFilter: Sendable {
  package static let splits = ["train", "test", "all"]
  package static let scores = 0...5

  /// nil for both.
  private let side: Side?
  /// As bytes, since `==` on String is canonical equivalence; nil for any.
  private let language: [UInt8]?
  private var minScore: Int

  init(split: String, language: String?, minScore: Int) throws(DatasetExport.Failure) {
    guard Self.splits.contains(split) else { throw .unknownSplit }
    guard Self.scores.contains(minScore) else { throw .unknownScore }
    side = Side(rawValue: split)
    self.language = language.map { Array($0.utf8) }
    self.minScore = minScore
  }

  /// The same for negatives, whose scores are low by nature.
  var ofNegatives: ExportFilter {
    var filter = self
    filter.minScore = 0
    return filter
  }

  func takes(_ row: ExportRow) -> Bool {
    row.score >= minScore && (side == nil || side == row.side)
      && (language.map { row.language.utf8.elementsEqual($0) } ?? true)
  }
}
