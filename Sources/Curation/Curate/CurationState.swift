import Records

/// A run when all is decided and nothing written.
struct CurationState {
  let folder: SurveyFolder
  let ratings: RatingBook
  let survey: Survey
  let candidates: [Candidate]
  /// What the last run published.
  let old: PublishedFile
  let oldNegatives: PublishedFile
  let contest: Contest
  let selection: Selection
  var ledger: SplitLedger

  /// A text that was published and is in neither file from now on keeps its side through the ledger.
  mutating func rememberTextsThatLeave() {
    var staying = [Bool](repeating: false, count: contest.book.texts.count)
    for entries in [selection.dataset, selection.negatives] { for entry in entries { staying[entry.text] = true } }
    for (rows, texts) in [(old.rows, contest.texts.dataset), (oldNegatives.rows, contest.texts.negatives)] {
      for (row, text) in zip(rows, texts) where text.map({ !staying[Int($0)] }) ?? true {
        ledger.remember(row.hash, row.side)
      }
    }
  }

  /// Of the rows of both files, as they were written.
  func keepExpired(_ dataset: [PublishedRow], _ negatives: [PublishedRow]) throws {
    try contest.expired.dataset.keep(selection.dataset, dataset, of: old.path, survey, in: folder)
    try contest.expired.negatives.keep(selection.negatives, negatives, of: oldNegatives.path, survey, in: folder)
  }

  func outcome(_ rules: CurationRules) -> Manifest.Outcome {
    var outcome = Manifest.Outcome()
    outcome.rejected = RejectionCounts(reasons: rules.reasons)
    for reason in selection.reasons { if let reason { outcome.rejected[reason] += 1 } }
    var overlaps: [String: Int] = [:]
    for candidate in candidates where candidate.broken.count > 1 {
      let broken = candidate.broken.all
      for (index, first) in broken.enumerated() {
        for second in broken[(index + 1)...] {
          overlaps["\(first.rawValue)+\(second.rawValue)", default: 0] += 1
        }
      }
    }
    outcome.overlaps = overlaps.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    outcome.damaged = survey.damaged.count + ratings.damaged + old.damaged + oldNegatives.damaged
    outcome.damagedLines = survey.damaged
    outcome.inputs = survey.inputs + ratings.inputs + (rules.exclusion?.inputs ?? [])
    return outcome
  }
}
