/// What answers begin with that decline, or are the message of an error.
enum RefusalPhrases {
  /// In ASCII, lower-cased, with plain apostrophes.
  static let all = [
    "i'm sorry, but i can", "i am sorry, but i can", "i'm sorry, i can", "sorry, but i can't", "sorry, i can't",
    "i cannot assist", "i can't assist", "i cannot help with", "i can't help with", "i'm unable to", "i am unable to",
    "i'm not able to", "i am not able to", "i won't be able to", "as an ai language model", "as a language model",
    "i must decline", "internal server error", "an error occurred while", "rate limit exceeded",
    "too many requests", "request timed out", "service unavailable", "something went wrong",
    "the model is overloaded", "maximum context length",
  ]

  /// By their first byte.
  private static let byFirst: [[[UInt8]]] = {
    var byFirst = [[[UInt8]]](repeating: [], count: 128)
    for phrase in all { byFirst[Int(Array(phrase.utf8)[0])].append(Array(phrase.utf8)) }
    return byFirst
  }()

  /// Whether one of them stands near the beginning of an answer.
  static func begin(_ answer: String) -> Bool {
    let head = answer.unicodeScalars.prefix(TextFacts.Limits.refusalWithin).map { scalar -> UInt8 in
      switch scalar {
      case "\u{2019}": UInt8(ascii: "'")
      case "A"..."Z": UInt8(scalar.value) | 0x20
      // What is beyond ASCII stands in no phrase.
      default: scalar.isASCII ? UInt8(scalar.value) : 0
      }
    }
    return head.indices.contains { at in byFirst[Int(head[at])].contains { head[at...].starts(with: $0) } }
  }
}
