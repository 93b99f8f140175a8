/// What a scan has gathered, and the decision from it.
struct StackScores: Sendable {
  /// Points from clues in text and in fences without a language, by language.
  var content = [Int](repeating: 0, count: StackLanguage.names.count)
  /// Points from the info strings of fences, by language.
  var fenced = [Int](repeating: 0, count: StackLanguage.names.count)
  /// Points by framework.
  var frameworks = [Int](repeating: 0, count: StackFramework.names.count)
  /// How often each clue has counted; a word repeated all over a text is still one clue.
  var seen = [UInt8](repeating: 0, count: ClueTable.shared.count)

  /// Below this many points nothing is named.
  static let named = 4

  /// Reads as: fences decide; else the best language, if it leads clearly; then the best framework that goes with it.
  func verdict() -> DetectedStack {
    let language = language()
    let framework = framework(with: language)
    let implied = framework.flatMap { $0.languages.count == 1 ? $0.languages[0] : nil }
    let named = language ?? implied
    return DetectedStack(
      language: named.map { StackLanguage.names[$0.rawValue] } ?? "",
      framework: framework.map { StackFramework.names[$0.rawValue] } ?? "")
  }

  private func language() -> StackLanguage? {
    var points = content
    for index in points.indices { points[index] += fenced[index] }
    // A dialect takes the points of the language that it contains.
    absorb(.javascript, into: .typescript, &points)
    absorb(.c, into: .cpp, &points)
    absorb(.c, into: .objectiveC, &points)
    absorb(.html, into: .php, &points)
    for inner in [StackLanguage.css, .javascript] { absorb(inner, into: .html, from: 6, &points) }

    // The first of the best, and the best of the others.
    var best = 0
    for index in points.indices where points[index] > points[best] { best = index }
    let most = points[best]
    guard most >= Self.named, let leader = StackLanguage(rawValue: best) else { return nil }
    points[best] = -1
    let second = points.max() ?? 0
    if most - second >= 2 && most * 4 >= second * 5 { return leader }
    // Commands, queries and configuration give way to the language that they stand beside.
    let main = StackLanguage.allCases.filter { points[$0.rawValue] == second && !$0.isCompanion }
    if leader.isCompanion && main.count == 1 && second >= Self.named { return main[0] }
    if !leader.isCompanion && main.isEmpty { return leader }
    return nil
  }

  /// Moves points from `part` to `whole` if the text shows `whole` and no fence says `part`.
  private func absorb(
    _ part: StackLanguage, into whole: StackLanguage, from least: Int = StackScores.named, _ points: inout [Int]
  ) {
    guard points[whole.rawValue] >= least, fenced[part.rawValue] == 0 || fenced[whole.rawValue] > 0 else { return }
    points[whole.rawValue] += points[part.rawValue]
    points[part.rawValue] = 0
  }

  private func framework(with language: StackLanguage?) -> StackFramework? {
    var points = frameworks
    for index in points.indices where points[index] > 0 {
      guard let language, !language.isCompanion, let framework = StackFramework(rawValue: index) else { continue }
      let languages = framework.languages
      if !languages.isEmpty, !languages.contains(language) { points[index] = 0 }
    }
    for index in points.indices where points[index] >= Self.named {
      guard let framework = StackFramework(rawValue: index) else { continue }
      for lower in framework.outranks { points[lower.rawValue] = 0 }
    }
    guard let most = points.max(), most >= Self.named, let first = points.firstIndex(of: most) else { return nil }
    let ties = points.filter { $0 == most }.count
    return ties == 1 ? StackFramework(rawValue: first) : nil
  }
}
