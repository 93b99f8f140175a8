import Posix
import Privacy
import Records
import TrainingLog

/// Makes the dataset from the raw records and their ratings (contract, section 6).
///
/// Two passes, so that memory holds some hundred bytes a record and never its text: the first judges every record and
/// keeps where it stands, the second reads the chosen ones again and writes them. The same records, ratings and keys on
/// top of the same dataset give the same bytes. One curator at a time for a data directory; it may run while records
/// come in, those behind its view go into the next run.
package struct DataCurator: Sendable {
  private let directory: DataDirectory
  private let holdOut: HoldOut
  private let scrubber: Scrubber
  private let rules: QualityRules
  private let tool: String

  /// - Parameters:
  ///   - splitKey: decides which users are held out; another key would mix the sides.
  ///   - tool: name and version for the manifest.
  package init(
    directory: DataDirectory, splitKey: [UInt8], scrubber: Scrubber, rules: QualityRules, tool: String
  ) {
    self.directory = directory
    holdOut = HoldOut(key: splitKey)
    self.scrubber = scrubber
    self.rules = rules
    self.tool = tool
  }

  /// The part of the run that the first pass takes, about (measured at 100,000 records).
  private static let surveyShare = 0.5

  /// Publishes the dataset anew: each file is replaced whole or not at all, the manifest last.
  ///
  /// - Parameter progress: called with 0–1.
  /// - Returns: the manifest, as it stands in `manifest.json`.
  package func run(now: Timestamp, progress: (Double) -> Void) throws -> [UInt8] {
    let ratings = try RatingBook(directory)
    var survey = Survey(ratings: ratings, holdOut: holdOut, scrubber: scrubber, rules: rules)
    try survey.read(directory) { progress($0 * Self.surveyShare) }
    let old = try PublishedFile(directory.trainingData)
    let oldNegatives = try PublishedFile(directory.preferences)
    let selection = Selection(survey.candidates, live: survey.ids, dataset: old, negatives: oldNegatives)

    var source = RowSource(survey: survey, ratings: ratings)
    let dataset = try DatasetWriter(directory.trainingData)
    let negatives = try DatasetWriter(directory.preferences)
    let total = Double(max(selection.dataset.count + selection.negatives.count, 1))
    func report() {
      let rows = dataset.rows + negatives.rows
      if rows.isMultiple(of: 256) { progress(Self.surveyShare + (1 - Self.surveyShare) * Double(rows) / total) }
    }
    for entry in selection.dataset {
      let (line, language) = try source.line(entry, in: old, isNegative: false)
      try dataset.write(line, entry, language: language)
      report()
    }
    for entry in selection.negatives {
      let (line, language) = try source.line(entry, in: oldNegatives, isNegative: true)
      try negatives.write(line, entry, language: language)
      report()
    }
    // Nothing is replaced before both files are written whole.
    let manifest = Manifest(
      at: now, tool: tool, dataset: dataset, negatives: negatives, rejected: selection.rejected,
      rules: rules, damaged: survey.damaged + ratings.damaged + old.damaged + oldNegatives.damaged,
      hashes: (dataset: try dataset.commit(), negatives: try negatives.commit()))
    let bytes = manifest.bytes
    try VersionHistory(directory).append(bytes)
    try AtomicFile.replace(directory.manifest, with: bytes + [UInt8(ascii: "\n")])
    progress(1)
    return bytes
  }
}
