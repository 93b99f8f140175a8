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
    let staying = Set(selection.dataset.map(\.hash)).union(selection.negatives.map(\.hash))
    for row in old.rows + oldNegatives.rows where !staying.contains(row.hash) { ledger.remember(row.hash, row.side) }
  }

  func outcome(_ rules: CurationRules) -> Manifest.Outcome {
    var outcome = Manifest.Outcome()
    outcome.rejected = RejectionCounts(reasons: rules.reasons)
    for reason in selection.reasons { if let reason { outcome.rejected[reason] += 1 } }
    var overlaps: [String: Int] = [:]
    for candidate in candidates where candidate.broken.count > 1 {
      for (index, first) in candidate.broken.enumerated() {
        for second in candidate.broken[(index + 1)...] {
          overlaps["\(first.rawValue)+\(second.rawValue)", default: 0] += 1
        }
      }
    }
    outcome.overlaps = overlaps.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    outcome.damaged = survey.damaged.count + ratings.damaged + old.damaged.count + oldNegatives.damaged.count
    outcome.damagedLines = survey.damaged
    outcome.inputs = survey.inputs + ratings.inputs + (rules.exclusion?.inputs ?? [])
    return outcome
  }
}
