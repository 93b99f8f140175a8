import Posix
import Privacy
import Records
import TrainingLog

/// Makes the dataset from the raw records and their ratings (contract, section 6).
///
/// Two passes, so that memory holds some hundred bytes a record and never its text: the first surveys what is new since
/// the last run, the second reads the chosen records again and writes them. The same records, ratings and keys on top of
/// the same dataset give the same bytes, whatever was surveyed when. One curator at a time for a data directory; it may
/// run while records come in, those behind its view go into the next run.
package struct DataCurator: Sendable {
  let directory: DataDirectory
  let splitKey: [UInt8]
  let scrubber: Scrubber
  let rules: CurationRules
  let tool: String
  let erasures: ErasureJournal?
  let consent: ConsentLedger?
  /// Makes the ids of rows whose record has expired.
  let random: @Sendable () -> any RandomNumberGenerator
  /// Writes down what the erasures that wait have in the dataset.
  private var noteWaitingErasures: @Sendable () throws -> Void = {}

  /// - Parameters:
  ///   - splitKey: decides which users are held out; another key would mix the sides.
  ///   - tool: name and version for the manifest.
  ///   - consent: users who refuse to be trained on
  ///   - erasures: records that must not get in, though they may still be in a file.
  package init(
    directory: DataDirectory, splitKey: [UInt8], scrubber: Scrubber, rules: CurationRules = CurationRules(),
    tool: String, erasures: ErasureJournal? = nil, consent: ConsentLedger? = nil,
    random: @escaping @Sendable () -> any RandomNumberGenerator = { SystemRandomNumberGenerator() }
  ) {
    self.directory = directory
    self.splitKey = splitKey
    self.scrubber = scrubber
    self.rules = rules
    self.tool = tool
    self.erasures = erasures
    self.consent = consent
    self.random = random
  }

  /// For an open log, with what its ledgers forbid.
  package init(_ log: TrainingLog, tool: String, rules: CurationRules = CurationRules()) {
    self.init(
      directory: log.configuration.directory, splitKey: log.secrets.splitKey, scrubber: log.scrubber, rules: rules,
      tool: tool, erasures: log.erasures, consent: log.consent)
    noteWaitingErasures = { try Eraser(log).noteWaiting() }
  }

  /// The part of the run that the first pass takes, about (measured at 100,000 records).
  private static let surveyShare = 0.5

  /// Publishes the dataset anew: each file is replaced whole or not at all, the manifest last.
  ///
  /// - Parameter progress: called with 0–1.
  /// - Returns: the manifest, as it stands in `manifest.json`.
  package func run(now: Timestamp, progress: (Double) -> Void) throws -> [UInt8] {
    let lock = try directory.lockCuration()
    let run = try publish(now: now, progress: progress)
    _ = consume lock
    return run.manifest
  }

  /// The same for who has the lock; also which day files the run has seen, and how far.
  ///
  /// - Parameter limit: what is damaged in days before it is passed over: they are about to expire, and their records with
  ///   them.
  func publish(
    now: Timestamp, expiring limit: Day? = nil, progress: (Double) -> Void
  ) throws -> (manifest: [UInt8], seen: [String: Int]) {
    let copy = PrefixCopy(directory.trainingData)
    defer { copy.discard() }
    var state = try decide(keepsSurveys: true, expiring: limit, copy: copy) { progress($0 * Self.surveyShare) }
    // The new files and the lineage are without the records that are hidden by now, and the receipts have to count their
    // rows and name their versions. What is hidden from here on is still in both.
    try noteWaitingErasures()
    var pass = SecondPass(
      RowSource(
        LiveRows(survey: state.survey, candidates: state.candidates, ratings: state.ratings), random: random()))
    let dataset = try DatasetWriter(directory.trainingData, over: state.old, copy: copy)
    let negatives = try DatasetWriter(directory.preferences, over: state.oldNegatives)
    let total = Double(max(state.selection.dataset.count + state.selection.negatives.count, 1))
    var rows = 0
    func report(_ more: Int) {
      rows += more
      progress(Self.surveyShare + (1 - Self.surveyShare) * Double(rows) / total)
    }
    try pass.write(state.selection.dataset, from: state.old, isNegative: false, to: dataset, report: report)
    try pass.write(state.selection.negatives, from: state.oldNegatives, isNegative: true, to: negatives, report: report)
    state.rememberTextsThatLeave()
    try state.ledger.commit()
    // Nothing is replaced before both files are written whole.
    for file in [dataset, negatives] { try file.finish() }
    let publication = Manifest.Publication(at: now, dataset: dataset, negatives: negatives)
    // Ahead of the files: a version that never came to be harms nobody, one that is not named in a receipt does.
    try noteLineage(publication, state.survey)
    for file in [dataset, negatives] { try file.commit(state.folder) }
    try state.keepExpired(dataset.known.rows, negatives.known.rows)
    let bytes = manifest(state, publication).bytes
    try DurableLines(directory.versions).append([bytes])
    try AtomicFile.replace(directory.manifest, with: bytes + [UInt8(ascii: "\n")])
    try DataCard(manifest: bytes).write(to: directory)
    progress(1)
    let seen = Dictionary(state.survey.files.map { ($0.name, $0.seen) }) { first, _ in first }
    return (bytes, seen)
  }

  func manifest(_ state: CurationState, _ publication: Manifest.Publication? = nil) -> Manifest {
    Manifest(
      tool: tool, rules: rules, rows: Manifest.Rows(state.selection), outcome: state.outcome(rules),
      publication: publication)
  }

  private func noteLineage(_ publication: Manifest.Publication, _ survey: Survey) throws {
    var lineage = try Lineage(directory)
    let (dataset, negatives) = (publication.dataset.known.rows, publication.negatives.known.rows)
    var rows: [Lineage.RowID] = []
    rows.reserveCapacity(dataset.count + negatives.count)
    for list in [dataset, negatives] { rows += list.lazy.map(\.id) }
    lineage.publish(publication.version, rows: rows) { survey.numbers[$0] != nil }
    try lineage.write(to: directory)
  }

  /// Everything but the writing. Changes nothing but, where they are kept, the surveys.
  ///
  /// - Parameters:
  ///   - limit: see `publish`.
  ///   - copy: to be begun where the dataset is going to change.
  func decide(
    keepsSurveys: Bool, expiring limit: Day? = nil, copy: PrefixCopy? = nil, progress: (Double) -> Void
  ) throws -> CurationState {
    let folder = try SurveyFolder(directory, tool: tool + scrubber.edition, keeps: keepsSurveys)
    var (survey, (ratings, ledger)) = try Cores.both(
      {
        try Survey(
          directory, scrubber: scrubber, folder: folder, erasures: erasures, expiring: limit, progress: progress)
      },
      { (try RatingBook(directory), try SplitLedger(directory, key: splitKey)) })
    let isNews = survey.files.contains { $0.read > 0 }
    // The dataset behind the records: of an erasure that begins in between, the rows are hidden with their records still
    // there. The other way round they would be taken for rows whose record has expired.
    let (judgement, (old, oldNegatives)) = try Cores.both(
      {
        try Judgement(&survey, ratings: ratings, consent: consent, rules: rules, ledger: &ledger, scrubber: scrubber)
      },
      {
        let old = try PublishedFile(directory.trainingData, folder, erasures: erasures)
        if isNews, old.known != nil, let file = old.file { try copy?.begin(of: file) }
        return (old, try PublishedFile(directory.preferences, folder, erasures: erasures))
      })
    var contest = try Contest(
      judgement.candidates, &survey, dataset: old, negatives: oldNegatives, exclusion: rules.exclusion,
      folder: folder)
    var selection = try Selection(contest, judgement.candidates, survey, rules: rules, ledger: ledger)
    if !rules.balance.isOff { try selection.thin(by: rules.balance, survey, old) }
    // Only who explains asks for them.
    if keepsSurveys { contest.forgetEntries() }
    return CurationState(
      folder: folder, ratings: ratings, survey: survey, candidates: judgement.candidates, old: old,
      oldNegatives: oldNegatives,
      contest: contest, selection: selection, ledger: ledger)
  }
}
