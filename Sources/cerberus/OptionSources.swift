import ArgumentParser
import FoundationEssentials
import Posix
import Privacy
import Records

/// Where an option comes from when no flag gives it: the environment first, then the file of `--config`, a JSON object.
///
/// What is wrong with either ends the program with 78 and names the option, never its value.
struct OptionSources {
  private static let bytesMax = 1 << 20

  private let members: [OptionName: JSONValue]

  /// - Parameter config: the path of `--config`; nil for none, then `CERBERUS_CONFIG` is asked.
  init(config: String?) throws {
    guard let path = config ?? environment("CERBERUS_CONFIG") else {
      members = [:]
      return
    }
    guard let content = FileManager.default.contents(atPath: path) else {
      throw fail(.configuration, "the config file cannot be read" + Self.obstacle(to: path))
    }
    guard content.count <= Self.bytesMax else { throw fail(.configuration, "the config file is over 1 MiB") }
    members = try Self.members(of: [UInt8](content))
  }

  /// Why a file cannot be opened, for the end of a message.
  static func obstacle(to path: String) -> String {
    do throws(SystemError) { _ = try Descriptor.reading(path) } catch { return ": \(error)" }
    return ""
  }

  /// Variables that look like options and are none, each with the option that it may have been meant to be. They end
  /// nothing: others use the prefix too.
  static var strangers: [(name: String, nearest: String)] {
    let known = OptionName.allCases.map(\.variable) + ["CERBERUS_CONFIG", "CERBERUS_API_KEY"]
    // Of the clients.
    let others: Set = ["CERBERUS_ENDPOINT"]
    return ProcessInfo.processInfo.environment.keys.sorted()
      .filter { $0.hasPrefix("CERBERUS_") && !known.contains($0) && !others.contains($0) }
      .map { ($0, NearestName.find(for: $0, among: known)) }
  }

  private static func members(of text: [UInt8]) throws -> [OptionName: JSONValue] {
    let root: JSONElement
    do throws(JSONError) {
      root = try JSONDocument(parsing: text).root
    } catch { throw fail(.configuration, "the config file is no JSON: \(error)") }
    guard root.kind == .object else { throw fail(.configuration, "the config file must be a JSON object of options") }
    var members: [OptionName: JSONValue] = [:]
    for (key, value) in root.members {
      let name = key.string ?? ""
      guard let option = OptionName(member: name) else {
        let nearest = NearestName.find(for: name, among: OptionName.allCases.map(\.rawValue))
        throw fail(.configuration, "the config file has an unknown option; the nearest known one is \"\(nearest)\"")
      }
      guard members[option] == nil else {
        throw fail(.configuration, "the config file gives \"\(option.rawValue)\" twice, in both spellings")
      }
      if !value.isNull { members[option] = value.value }
    }
    return members
  }

  func text(_ name: OptionName) throws -> String? {
    if let value = environment(name.variable) { return value }
    return try textOfFile(name)
  }

  /// From the file alone, for what has rules of its own in the environment.
  func textOfFile(_ name: OptionName) throws -> String? {
    guard let value = members[name] else { return nil }
    guard case .string(let text) = value, !text.isEmpty, !text.utf8.contains(0) else {
      throw bad(name, "must be a text")
    }
    return text
  }

  func flag(_ name: OptionName) throws -> Bool {
    if environment(name.variable) != nil { return try environmentFlag(name.variable) }
    guard let value = members[name] else { return false }
    guard case .bool(let flag) = value else { throw bad(name, "must be true or false") }
    return flag
  }

  func number(_ name: OptionName, in range: ClosedRange<Int>) throws -> Int? {
    if let number = try environmentNumber(name.variable, in: range) { return number }
    guard let value = members[name] else { return nil }
    // Digits only, as in the environment: no sign, no fraction, no exponent.
    guard case .number(let text) = value, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text),
      range.contains(number)
    else { throw bad(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)") }
    return number
  }

  /// A list: separated by commas in the environment; an array of texts, or one text, in the file.
  func list(_ name: OptionName) throws -> [String]? {
    if let value = environment(name.variable) {
      return value.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
    }
    switch members[name] {
    case nil: return nil
    case .string(let text): return [text]
    case .array(let items):
      return try items.map { item in
        guard case .string(let text) = item else { throw bad(name, "must be a text or an array of texts") }
        return text
      }
    default: throw bad(name, "must be a text or an array of texts")
    }
  }

  /// The scrubber with the rows of the file, which alone can hold them.
  func scrubber() throws -> Scrubber {
    guard let rows = members[.scrubRules] else { return .standard }
    do throws(Rule.RowError) {
      return try Scrubber(adding: rows)
    } catch { throw fail(.configuration, "\"\(OptionName.scrubRules.rawValue)\"\(error) in the config file") }
  }

  /// Ends the program because of that option; `rule` says what it must be.
  func bad(_ name: OptionName, _ rule: String) -> ExitCode {
    let place = environment(name.variable) == nil ? "\"\(name.rawValue)\" in the config file" : name.variable
    return fail(.configuration, "\(place) \(rule)")
  }
}
