import Testing

@testable import Records

@Suite("Order of the turns of a stored conversation")
struct TurnOrderTests {
  /// The history by the first letters of its roles, `b` for a blank turn of the assistant; and the row before its answer,
  /// with `Q` for the question.
  static let histories: [(String, String)] = [
    ("", "Q"), ("ua", "uaQ"), ("sua", "suaQ"), ("a", "aQ"), ("aa", "aaQ"), ("uba", "ubaQ"), ("sd", "sdQ"),
    // Between the question and the answer.
    ("t", "Qt"), ("at", "Qat"), ("bt", "Qt"), ("stt", "sQtt"), ("sat", "sQat"), ("aat", "aQat"), ("uaat", "uaQat"),
    ("uabt", "uaQt"), ("uaatat", "uaQatat"), ("uaattbtat", "uaQatttat"), ("uataat", "uataQat"), ("sats", "sQats"),
    ("uasat", "uasQat"), ("ata", "Qata"), ("bta", "Qta"), ("uabtab", "uabtabQ"),
    // Before the question.
    ("uat", "uatQ"), ("sdut", "sdutQ"), ("uatat", "uatatQ"), ("uata", "uataQ"), ("usat", "usatQ"), ("utua", "utuaQ"),
    ("ubt", "ubtQ"), ("uatu", "uatuQ"),
    // Answering nothing.
    ("tu", "uQ"), ("tua", "uaQ"), ("satua", "sauaQ"), ("tuaat", "uaQat"),
  ]

  @Test(arguments: histories)
  func `the question stands where it was asked`(_ history: String, _ row: String) {
    let letters = Array(history)
    let roles = letters.map { letter -> Message.Role in
      switch letter {
      case "u": .user
      case "s": .system
      case "d": .developer
      case "t": .tool
      default: .assistant
      }
    }
    let order = TurnOrder(roles) { letters[$0] == "b" }
    #expect(String(order.before.map { letters[$0] } + ["Q"] + order.after.map { letters[$0] }) == row)
  }
}
