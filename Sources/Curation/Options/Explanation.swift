import Records

/// What the curator thinks of one live example.
struct Explanation {
  private let state: CurationState
  private let rules: CurationRules
  private let number: Int

  /// More would only make the story long.
  private static let twinsMax = 20

  private struct Twin {
    let id: String
    let jaccard: Double
    let isKept: Bool
  }

  private let twins: [Twin]
  private let heldOut: String?
  private let hit: Exclusion.Hit?

  init(_ state: CurationState, _ rules: CurationRules, number: Int) throws {
    self.state = state
    self.rules = rules
    self.number = number
    let (contest, selection) = (state.contest, state.selection)
    let kept = Set(selection.dataset.map { Key($0.source) })
    func id(_ entry: Entry) throws -> String {
      switch entry.source {
      case .live(let number): return state.survey.records[number].id.description
      case .expired(let row):
        let line = try state.old.line(of: state.old.rows[row])
        return CuratedLine.uuid(of: line).map { UUIDText.format(high: $0.high, low: $0.low) } ?? ""
      }
    }
    let own = contest.good.first { $0.source == .live(number) }
    let set = try own.map { try contest.book.set(of: $0.text, state.survey) } ?? []
    twins = try contest.good.filter { entry in
      own.map { entry.source != $0.source && selection.groupOf[entry.text] == selection.groupOf[$0.text] } ?? false
    }.prefix(Self.twinsMax).map { entry in
      let jaccard =
        entry.text == own?.text ? 1 : Jaccard.of(set, try contest.book.set(of: entry.text, state.survey))
      return Twin(id: try id(entry), jaccard: jaccard, isKept: kept.contains(Key(entry.source)))
    }
    heldOut = try own.flatMap { selection.tooNear[$0.text] }.flatMap { text in
      try (contest.good + contest.bad).first { $0.text == text && $0.side == .test }.map(id)
    }
    let conversation = try state.survey.conversation(number)
    hit = rules.exclusion?.hit(
      in: conversation, correction: try state.ratings.correction(of: conversation.exampleID)?.correctedMessage)
  }

  private struct Key: Hashable {
    let number: Int
    let isLive: Bool

    init(_ source: Entry.Source) {
      switch source {
      case .live(let number): (self.number, isLive) = (number, true)
      case .expired(let number): (self.number, isLive) = (number, false)
      }
    }
  }

  var json: [UInt8] {
    let candidate = state.candidates[number]
    let record = state.survey.records[number]
    let reason = state.selection.reasons[number]
    var writer = JSONWriter()
    writer.object { object in
      object.key("example_id")
      object.string(record.id.description)
      object.key("in_dataset")
      object.bool(reason == nil)
      object.key("reason")
      object.string(reason?.rawValue ?? "")
      object.key("file")
      object.string(state.survey.files[Int(state.survey.fileOf[number])].name)
      object.count("score", Int(candidate.score))
      object.count("answer_characters", Int(state.survey.text(candidate.text).answerCharacters))
      object.key("split")
      object.string(candidate.side.rawValue)
      object.key("negative")
      object.string(candidate.negative?.rawValue ?? "")
      // In the order in which they are looked at; a later rule is not asked once an earlier one is broken.
      object.key("rules")
      object.object { object in
        for rule in rules.reasons {
          object.key(rule.rawValue)
          object.string(verdict(on: rule, candidate, reason))
        }
      }
      object.key("near_duplicates")
      rules.writeSimilarity(to: &object)
      object.key("twins")
      object.array { list in for twin in twins { list.twin(twin.id, twin.jaccard, isKept: twin.isKept) } }
      if let heldOut {
        object.key("too_near_to")
        object.string(heldOut)
      }
      if let hit {
        object.key("contaminated_by")
        object.object { object in
          object.key("file")
          object.string(rules.exclusion?.files[Int(hit.place.file)] ?? "")
          object.count("line", Int(hit.place.line))
          object.key("span")
          object.string(hit.span)
        }
      }
    }
    return writer.bytes
  }

  private func verdict(on rule: LeftOut, _ candidate: Candidate, _ reason: LeftOut?) -> String {
    if candidate.broken.contains(rule) || reason == rule { return "broken" }
    // The rules for groups of texts, and the caps, ask only of what each record's own rules have let through.
    let isOfGroups = [.exactDuplicate, .nearDuplicate, .moat, .overCap].contains(rule)
    return isOfGroups && candidate.reason != nil ? "not asked" : "kept"
  }
}

extension JSONWriter {
  fileprivate mutating func twin(_ id: String, _ jaccard: Double, isKept: Bool) {
    object { object in
      object.key("example_id")
      object.string(id)
      object.number("jaccard", (jaccard * 1000).rounded() / 1000)
      object.key("in_dataset")
      object.bool(isKept)
    }
  }
}
