import Privacy
import Records
import TrainingLog

/// Surveys texts and lines; one for each thread, since it keeps its buffers.
struct LineJudge {
  let scrubber: Scrubber
  private var maker = ShingleMaker()

  init(scrubber: Scrubber) { self.scrubber = scrubber }

  /// Of a whole record, with all that is free text in it scrubbed again.
  mutating func survey(
    _ line: [UInt8], at place: LinePlace, into part: inout SurveyPart
  ) throws(LineError) {
    let conversation = try Conversation(line: line)
    let text = survey(
      question: conversation.userMessage, answer: conversation.assistantMessage,
      hasPII: !scrubber.scrub(conversation).redactions.isEmpty, into: &part)
    part.records.append(
      SurveyedRecord(
        id: conversation.exampleID, offset: place.offset, length: Int32(place.length),
        day: Int32(conversation.timestamp.day.number), user: Self.number(conversation.userID),
        session: Self.number(conversation.sessionID), text: text))
  }

  /// Appends one row to the bands, and the shingles to those of the part.
  mutating func survey(question: String, answer: String, hasPII: Bool, into part: inout SurveyPart) -> TextSurvey {
    let shingles = maker.make(question: question, answer: answer)
    let characters = answer.trimmedCharacters()
    var facts = TextFacts.of(question: question, answer: answer, shingles, characters: characters)
    if hasPII { facts.insert(.hasPII) }
    let start = part.shingles.count
    part.shingles += shingles.set
    if shingles.set.isEmpty {
      part.bands.append(contentsOf: repeatElement(0, count: MinHash.bands))
    } else {
      MinHash.appendBands(of: shingles.set, to: &part.bands)
    }
    return TextSurvey(
      hash: ContentHash(question: question, answer: answer), answerCharacters: Int32(clamping: characters),
      facts: facts, shinglesStart: start, shinglesCount: Int32(shingles.set.count))
  }

  /// A pseudonym as a number. What is none, in a file that another program wrote, gets a number of its own.
  private static func number(_ pseudonym: String) -> UInt64 {
    if pseudonym.isEmpty { return 0 }
    return Pseudonym(hex: pseudonym)?.value ?? ContentHash(question: "", answer: pseudonym).high
  }
}

/// What one stretch of lines gives.
struct SurveyPart: Sendable {
  var records: [SurveyedRecord] = []
  /// 32 keys a record.
  var bands: [UInt32] = []
  /// The sets of the records, one behind the other.
  var shingles: [UInt32] = []
  var damaged: [DamagedPlace] = []
  /// Lines seen, damaged ones too.
  var lines = 0

  /// Takes over what comes behind.
  mutating func append(_ next: SurveyPart) {
    let (shift, lines) = (shingles.count, self.lines)
    records += next.records.map { record in
      SurveyedRecord(
        id: record.id, offset: record.offset, length: record.length, day: record.day, user: record.user,
        session: record.session, text: record.text.moved(by: shift))
    }
    bands += next.bands
    shingles += next.shingles
    damaged += next.damaged.map { DamagedPlace(line: $0.line + lines, place: $0.place) }
    self.lines += next.lines
  }
}

/// A line that is no record: its number in the stretch, from 0, and where it stands.
struct DamagedPlace: BitwiseCopyable, Sendable {
  let line: Int
  let place: LinePlace
}
