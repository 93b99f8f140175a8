import ArgumentParser
import Records
import TrainingLog

struct KeysList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the keys, without their secrets, which nobody has.")

  @OptionGroup var data: DataOptions
  @Flag(help: "An object with an array keys.") var json = false

  func run() throws {
    let keys = try data.readKeys().apiKeys
    if json {
      var writer = JSONWriter()
      writer.object { object in
        object.key("keys")
        object.array { list in
          for key in keys { list.object { key.writeMembers(to: &$0) } }
        }
      }
      return try output(writer.bytes + [UInt8(ascii: "\n")])
    }
    let now = SystemClock().now
    let rows = keys.map { key in
      let expiry = key.expires.map { key.isExpired(at: now) ? "expired \($0)" : "until \($0)" } ?? "-"
      return "\(key.id)  \(key.created)  \(expiry)  \(key.scopeNames.joined(separator: ","))  \(key.name)\n"
    }
    try output(rows.joined().utf8)
    if rows.isEmpty { say("cerberus: no keys") }
  }
}
