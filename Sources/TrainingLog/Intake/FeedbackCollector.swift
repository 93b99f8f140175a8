import Privacy
import Records

/// Turns a rating into the lines that may be stored: the score, and the scrubbed comment and correction.
///
/// Comment and correction are numbered on their own, above the counts of the record they belong to, so that a number
/// never means one value in the record and another beside it.
struct FeedbackCollector: Sendable {
  let scrubber: Scrubber
  let rules: QualityRules

  struct Lines {
    let feedback: Feedback
    let comment: Scrubbed<Comment>?
    let correction: Scrubbed<Correction>?
  }

  func prepare(_ rating: Rating, for row: ExampleRow, now: Timestamp) -> Lines {
    let base = Redactions(row.redactions)
    let comment = rating.comment.map { Comment(exampleID: row.id, comment: $0, timestamp: now) }
    let correction = rating.correctedMessage.map { Correction(exampleID: row.id, correctedMessage: $0, timestamp: now) }
    return Lines(
      feedback: Feedback(exampleID: row.id, score: rating.score, timestamp: now),
      comment: comment.map { scrubber.scrub($0, startingAbove: base) },
      correction: correction.map { scrubber.scrub($0, startingAbove: base) })
  }

  /// A rating whose record is not known yet: numbered on its own from 1.
  func prepareEarly(_ rating: Rating, for id: ExampleID, now: Timestamp) -> PendingRating {
    let comment = rating.comment.map { scrubber.scrub(Comment(exampleID: id, comment: $0, timestamp: now)) }
    let correction = rating.correctedMessage.map {
      scrubber.scrub(Correction(exampleID: id, correctedMessage: $0, timestamp: now))
    }
    return PendingRating(
      id: id, score: rating.score,
      comment: comment.map { .init(text: $0.value.comment, redactions: $0.redactions) },
      correction: correction.map { .init(text: $0.value.correctedMessage, redactions: $0.redactions) }, timestamp: now)
  }

  /// The lines of a rating that has waited, its numbers moved above those of the record.
  func lines(of early: PendingRating, for row: ExampleRow) -> Lines {
    let base = Redactions(row.redactions)
    func above(_ text: PendingRating.Text) -> (text: String, counts: Redactions) {
      var counts = base
      counts.add(text.redactions)
      return (text.text.renumbered(text.redactions, above: base), counts)
    }
    // The scrubber finds nothing more; only it can say that the text is clean.
    let comment = early.comment.map(above).map { text, counts in
      scrubber.scrub(
        Comment(exampleID: early.id, comment: text, timestamp: early.timestamp), startingAbove: counts)
    }
    let correction = early.correction.map(above).map { text, counts in
      scrubber.scrub(
        Correction(exampleID: early.id, correctedMessage: text, timestamp: early.timestamp), startingAbove: counts)
    }
    return Lines(
      feedback: Feedback(exampleID: early.id, score: early.score, timestamp: early.timestamp), comment: comment,
      correction: correction)
  }

  /// The row after a correction: the answer that will be published is another one. What today's rules find in the stored
  /// record still keeps it out.
  func corrected(_ row: ExampleRow, _ conversation: Conversation, by correction: Correction) -> ExampleRow {
    var row = row
    let (question, answer) = (conversation.userMessage, correction.correctedMessage)
    row.isCorrected = true
    row.twin = ContentHash(question: question, answer: answer).high
    row.textReason = rules.textReason(
      question: question, answer: answer,
      hasPII: !scrubber.scrub(conversation).redactions.isEmpty || !scrubber.scrub(correction).redactions.isEmpty)
    return row
  }
}
