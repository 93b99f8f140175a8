import Records

/// What an export has written, and what there is to know for whoever trains with it.
package struct ExportOutcome {
  package private(set) var train = 0
  package private(set) var test = 0
  /// Of alpaca: there is a column for system texts.
  var hasSystem = false
  /// Of openai: rows that hold results of tools. There such a turn names the call that it answers, and the call its
  /// function; `POST /v1/log` keeps role and text of a turn alone. nil of other formats.
  package var leftOutWithTools: Int?
  /// Of the formats of preferences: answers that were rated well and badly, which count with their mean.
  var conflicts = 0
  var kto: KTORows?
  var dpo: PreferencePairs?

  package var rows: Int { train + test }

  mutating func count(_ side: Side) {
    switch side {
    case .train: train += 1
    case .test: test += 1
    }
  }

  /// Members of an object that are about one format alone.
  func writeDetails(to object: inout JSONWriter) {
    if let leftOutWithTools {
      object.key("openai")
      object.object { $0.count("left_out_with_tools", leftOutWithTools) }
    }
    if let kto {
      let desirable = kto.rows.count { $0.label }
      object.key("kto")
      object.object { object in
        object.count("desirable", desirable)
        object.count("undesirable", kto.rows.count - desirable)
        object.number("desirable_weight", kto.weights.desirable)
        object.number("undesirable_weight", kto.weights.undesirable)
        object.count("beside_own_session", kto.besideOwnSession)
        object.count("left_out_beside_own_prompt", kto.leftOut)
        object.count("conflicts", conflicts)
      }
    }
    guard let dpo else { return }
    object.key("dpo")
    object.object { object in
      object.count("rated_pairs", dpo.rated)
      object.count("corrected_pairs", dpo.corrected)
      object.number("score_gap", PreferencePairs.scoreGap)
      object.number("jaccard_below", PreferencePairs.jaccardBelow)
      object.count("conflicts", conflicts)
    }
  }
}
