import Testing

/// A rule of the house that can be seen in one file, and what to do where it is broken.
struct HouseRule: CustomTestStringConvertible, Sendable {
  let name: String
  let check: @Sendable (SourceFile) -> [Finding]

  struct Finding: Equatable, CustomStringConvertible, Sendable {
    let path: String
    /// From 1.
    let line: Int
    let advice: String

    var description: String { "\(path):\(line): \(advice)" }
  }

  static let all = [imports, length, noPublic, reasons]

  static let linesMax = 300

  static let length = HouseRule(name: "a file has at most \(linesMax) lines") { file in
    guard file.lines.count > linesMax else { return [] }
    return [Finding(path: file.path, line: linesMax + 1, advice: "split the file: \(file.lines.count) lines")]
  }

  static let noPublic = HouseRule(name: "nothing is public") { file in
    findings(in: file) {
      $0.words.contains("public")
    } advice: { _ in
      "write `package` in place of `public`"
    }
  }

  /// How far above the code its reason may begin to be looked for: an attribute or the head of a call may stand between.
  private static let reasonLines = 3
  private static let reasonWords = 4

  /// The compiler takes our word for it, so the word has to be given.
  static let reasons = HouseRule(name: "what the compiler cannot check has a reason above it") { file in
    findings(in: file) { line in
      line.contains("@unchecked") || line.words.contains { $0.hasPrefix("unsafe") }
    } advice: { index in
      let above = file.lines[max(0, index - reasonLines)..<index]
      let hasReason = above.contains { line in
        let text = line.drop { $0 == " " }
        return text.hasPrefix("//") && String(text).words.count >= reasonWords
      }
      return hasReason ? nil : "say above in a comment what makes it true: the queue, the lock or the bound"
    }
  }

  /// A finding for each line of code that `isSuspect` names and for which there is advice. `advice` gets the index.
  static func findings(
    in file: SourceFile, where isSuspect: (String) -> Bool, advice: (Int) -> String?
  ) -> [Finding] {
    file.code.indices.compactMap { index in
      guard isSuspect(file.code[index]), let advice = advice(index) else { return nil }
      return Finding(path: file.path, line: index + 1, advice: advice)
    }
  }

  var testDescription: String { name }
}
