import ArgumentParser
import Records
import TrainingLog

struct KeysCreate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Makes a key and shows it, this once, on stdout.")

  @OptionGroup var data: DataOptions
  @Option(help: "What the key is for, to know it again in the list.") var name: String
  @Option(help: "What it may do; repeatable.") var scope: [Scope]
  @Option(help: "Days until it ends; never when absent.") var expiresInDays: Int?
  @Flag(help: "The key with its id and the rest as JSON.") var json = false

  func validate() throws {
    let hasControls = name.unicodeScalars.contains { $0.properties.generalCategory == .control }
    guard !name.allSatisfy(\.isWhitespace), !hasControls, name.unicodeScalars.count <= APIKey.nameMax else {
      throw ValidationError("--name must have 1 to \(APIKey.nameMax) characters on one line.")
    }
    guard !scope.isEmpty else { throw ValidationError("At least one --scope is needed.") }
    guard (1...36_500).contains(expiresInDays ?? 1) else {
      throw ValidationError("--expires-in-days must be from 1 to 36500.")
    }
  }

  func run() throws {
    let now = SystemClock().now
    let expires = expiresInDays.map { now.advanced(bySeconds: $0 * 86_400) }
    let (key, text) = try data.updateKeys { file in
      var made: (key: APIKey, text: String)
      repeat {
        made = APIKey.make(name: name, scopes: Set(scope), created: now, expires: expires)
      } while file.apiKeys.contains { $0.id == made.key.id }
      file.apiKeys.append(made.key)
      return made
    }
    data.audit(.createKey, reference: key.id)
    guard json else {
      try output((text + "\n").utf8)
      return say("cerberus: key \(key.id) made, for the data in \(data.path); it is shown only this once")
    }
    var writer = JSONWriter()
    writer.object { object in
      key.writeMembers(to: &object)
      object.key("key")
      object.string(text)
    }
    try output(writer.bytes + [UInt8(ascii: "\n")])
  }
}
