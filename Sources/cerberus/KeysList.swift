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
    guard !keys.isEmpty else {
      return say("cerberus: no keys; make one with `cerberus keys create --name backend --scope log`")
    }
    var table = TextTable(.left, .left, .left, .left, .left)
    table.add("ID", "MADE", "EXPIRES", "SCOPES", "NAME")
    for key in keys {
      let expiry = key.expires.map { key.isExpired(at: now) ? "expired \($0)" : "\($0)" } ?? "never"
      table.add(key.id, "\(key.created)", expiry, key.scopeNames.joined(separator: ","), key.name)
    }
    try output((table.lines(indent: 0).joined(separator: "\n") + "\n").utf8)
  }
}
