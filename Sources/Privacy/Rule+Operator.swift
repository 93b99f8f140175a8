import Records

/// Rows that an operator adds in the config file: `{"name": "badge", "type": "NATIONAL_ID", "pattern": "EMP-[0-9]{6}"}`
/// or `{"name": "pin", "type": "PASSWORD", "key": "doorpin"}`.
extension Rule {
  /// Why a row cannot be used, and which one. Names members and rules, never values.
  package struct RowError: Error, Equatable, CustomStringConvertible {
    /// From 0; nil where the list as a whole is wrong.
    let row: Int?
    let reason: String

    package var description: String { row.map { "[\($0)] \(reason)" } ?? " \(reason)" }
  }

  static let operatorRowsMax = 200
  /// Shorter patterns would take words out of any text.
  private static let shortestMatch = 4

  /// The rows of the array, each checked; they come on top of the built-in ones.
  package static func operatorRows(_ json: JSONValue) throws(RowError) -> [Rule] {
    guard case .array(let items) = json else { throw RowError(row: nil, reason: "must be an array of rows") }
    guard items.count <= operatorRowsMax else {
      throw RowError(row: nil, reason: "must have at most \(operatorRowsMax) rows")
    }
    var names = Set(standard.map(\.name))
    var rules: [Rule] = []
    for (index, item) in items.enumerated() {
      do throws(PatternError) {
        let rule = try operatorRow(item)
        guard names.insert(rule.name).inserted else {
          throw PatternError(reason: "\"name\" is one that another row has", offset: nil)
        }
        rules.append(rule)
      } catch {
        throw RowError(row: index, reason: error.description)
      }
    }
    return rules
  }

  private static func operatorRow(_ json: JSONValue) throws(PatternError) -> Rule {
    guard case .object(let members) = json else { throw fault("must be an object") }
    let known = ["name", "type", "pattern", "key", "check", "near"]
    guard members.allSatisfy({ known.contains($0.name) }) else {
      throw fault("has an unknown member; known are " + known.joined(separator: ", "))
    }
    guard let name = try text("name", members), let typeName = try text("type", members) else {
      throw fault("must have a \"name\" and a \"type\"")
    }
    guard let type = RedactionType(rawValue: typeName) else {
      throw fault("\"type\" must be one of " + RedactionType.allCases.map(\.rawValue).joined(separator: ", "))
    }
    switch (try text("pattern", members), try text("key", members)) {
    case (let pattern?, nil):
      let minimum = try Pattern(pattern).minimumLength
      guard minimum >= shortestMatch else {
        throw fault("\"pattern\" must match no less than \(shortestMatch) bytes")
      }
      return Rule(
        name: name, type: type, finder: .token(pattern), check: try check(members), near: try near(members))
    case (nil, let key?):
      guard key.utf8.count >= 3, key.utf8.allSatisfy({ Ascii.isLower($0) || Ascii.isDigit($0) || $0 >= 0x80 }) else {
        throw fault("\"key\" must be a word of three and more lower-case letters and digits")
      }
      return Rule(name: name, type: type, finder: .key(key, whole: false, spoken: false), check: .none)
    default: throw fault("must have either a \"pattern\" or a \"key\"")
    }
  }

  private static func check(_ members: [JSONValue.Member]) throws(PatternError) -> Check {
    switch try text("check", members) {
    case nil, "made": .made
    case "none": Check.none
    case "mixed": .mixed
    case "luhn": .luhn
    default: throw fault("\"check\" must be made, mixed, luhn or none")
    }
  }

  private static func near(_ members: [JSONValue.Member]) throws(PatternError) -> [String] {
    guard let member = members.first(where: { $0.name == "near" }) else { return [] }
    guard case .array(let items) = member.value else { throw fault("\"near\" must be an array of words") }
    var words: [String] = []
    for item in items {
      guard case .string(let word) = item, !word.isEmpty, word.utf8.allSatisfy({ !Ascii.isUpper($0) }) else {
        throw fault("\"near\" must be an array of lower-case words")
      }
      words.append(word)
    }
    return words
  }

  private static func text(_ name: String, _ members: [JSONValue.Member]) throws(PatternError) -> String? {
    guard let member = members.first(where: { $0.name == name }) else { return nil }
    guard case .string(let text) = member.value, !text.isEmpty else { throw fault("\"\(name)\" must be a text") }
    return text
  }

  private static func fault(_ reason: String) -> PatternError { PatternError(reason: reason, offset: nil) }
}
