import Posix
import Privacy
import Records
import TrainingLog

/// The first pass: reads every raw record once, judges it by the rules for one record, and keeps a candidate of it.
///
/// Of several lines with one id the first counts. Lines that are no records are counted and passed over.
struct Survey {
  private(set) var candidates: [Candidate] = []
  private(set) var ids: Set<ExampleID> = []
  private(set) var damaged = 0
  private(set) var files: [ReadOnlyFile] = []

  private let ratings: RatingBook
  private let holdOut: HoldOut
  private let scrubber: Scrubber
  private let rules: QualityRules

  init(ratings: RatingBook, holdOut: HoldOut, scrubber: Scrubber, rules: QualityRules) {
    self.ratings = ratings
    self.holdOut = holdOut
    self.scrubber = scrubber
    self.rules = rules
  }

  /// Reads the day files in the order of their names. `progress` gets 0–1 of their bytes.
  mutating func read(_ directory: DataDirectory, progress: (Double) -> Void) throws {
    guard Directories.exists(directory.logs) else { return }
    let names = try Directories.list(directory.logs)
    if let sealed = names.first(where: { $0.hasPrefix("conversations_") && $0.hasSuffix(".gz") }) {
      // Read as if it were not there, its rows would be taken for expired and cut loose from their records for ever.
      throw CurationError.sealedDay(sealed)
    }
    for name in names {
      guard let name = LogFileName(name), case .conversations = name else { continue }
      files.append(try ReadOnlyFile(directory.path(of: name)))
    }
    let total = try files.reduce(0) { $0 + (try $1.size()) }
    var before = 0
    for (number, file) in files.enumerated() {
      var lines = 0
      before += try LineReader().read(file) { line, offset in
        try take(line, LinePlace(offset: offset, length: line.count), file: number)
        lines += 1
        if lines.isMultiple(of: 256) { progress(Double(before + offset) / Double(max(total, 1))) }
      }
    }
    progress(1)
  }

  private mutating func take(_ line: [UInt8], _ place: LinePlace, file: Int) throws {
    let conversation: Conversation
    do throws(LineError) {
      conversation = try Conversation(line: line)
    } catch {
      damaged += 1
      return
    }
    guard ids.insert(conversation.exampleID).inserted else { return }
    let correction = try ratings.correction(of: conversation.exampleID)
    candidates.append(judge(conversation, correction, place, file: file))
  }

  private func judge(
    _ conversation: Conversation, _ correction: Correction?, _ place: LinePlace, file: Int
  ) -> Candidate {
    let question = conversation.userMessage
    let answer = correction?.correctedMessage ?? conversation.assistantMessage
    let score = ratings.score(of: conversation.exampleID)
    // The scrub costs more than all the rest, so it is left out where nothing depends on it.
    let plain = rules.reason(
      score: score, isCorrected: correction != nil, question: question, answer: answer, hasPII: false)
    let mayBeNegative =
      (plain == .lowScore || correction != nil) && !question.isBlank && !conversation.assistantMessage.isBlank
    let hasPII = (plain == nil || mayBeNegative) && !scrubber.scrub(conversation).redactions.isEmpty
    let correctionHasPII = plain == nil && correction.map { !scrubber.scrub($0).redactions.isEmpty } ?? false
    let hash = ContentHash(question: question, answer: answer)
    let original =
      correction == nil ? hash : ContentHash(question: question, answer: conversation.assistantMessage)
    var negative: Candidate.Negative?
    // A correction that changes nothing but white space corrects nothing.
    if mayBeNegative, !hasPII, correction == nil || original != hash {
      negative = .init(reason: correction == nil ? .lowScore : .corrected, hash: original)
    }
    return Candidate(
      id: conversation.exampleID, file: file, place: place, day: conversation.timestamp.day,
      side: holdOut.side(ofUser: conversation.userID), score: score, hash: hash,
      reason: plain ?? (hasPII || correctionHasPII ? .pii : nil), negative: negative)
  }
}
