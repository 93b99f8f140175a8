import Records
import TrainingLog

extension CurationRules {
  /// What a Jaccard means here.
  func writeSimilarity(to writer: inout JSONWriter) {
    writer.object { near in
      near.key("tokens")
      near.string(ShingleDefinition.tokens)
      near.key("text")
      near.string(ShingleDefinition.text)
      near.count("n", ShingleDefinition.words)
      near.number("jaccard", nearDuplicate)
    }
  }

  /// Each rule with its threshold, and the definitions behind the numbers.
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.count("good_score", quality.goodScore)
      object.count("answer_characters_min", quality.answerCharactersMin)
      object.key("exact_duplicates")
      object.string("question and published answer, white space folded, 128-bit hash")
      object.key("near_duplicates")
      writeSimilarity(to: &object)
      object.key("hold_out")
      object.string("by user, one in \(HoldOut.oneIn), keyed hash")
      object.key("moat")
      object.object { object in
        object.number("jaccard", moat)
        object.number("boilerplate_share", Moat.boilerplateShare)
        object.count("boilerplate_min", Moat.boilerplateMin)
      }
      object.key("optional")
      object.object { object in
        for rule in optional {
          object.key(rule.rawValue)
          object.object { $0.thresholds(of: rule) }
        }
        if let exclusion {
          object.key(LeftOut.contaminated.rawValue)
          object.object { object in
            object.count("words", Exclusion.words)
            object.key("files")
            object.array { list in for file in exclusion.files { list.string(file) } }
          }
        }
        guard !balance.isOff else { return }
        object.key(LeftOut.overCap.rawValue)
        object.object { balance.write(to: &$0) }
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func thresholds(of rule: LeftOut) {
    switch rule {
    case .repetition:
      number("share_max", TextFacts.Limits.repeatedShare)
      number("share_max_code", TextFacts.Limits.repeatedShareOfCode)
      count("shingles_min", TextFacts.Limits.repetitionShinglesMin)
    case .refusal:
      count("within", TextFacts.Limits.refusalWithin)
      count("answer_characters_max", TextFacts.Limits.refusalCharactersMax)
    default: break
    }
  }
}
