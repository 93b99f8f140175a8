import ArgumentParser
import TrainingLog

struct KeysRevoke: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Ends a key for good.")

  @OptionGroup var data: DataOptions
  @Argument(help: "The id, as `keys list` shows it.") var id: String
  @Flag(help: "The id as JSON.") var json = false

  func run() throws {
    // Nothing is made where nothing is.
    _ = try data.readKeys()
    let wasThere = try data.updateKeys { file in
      let count = file.apiKeys.count
      file.apiKeys.removeAll { $0.id == id }
      return file.apiKeys.count < count
    }
    guard wasThere else { throw fail(.failed, "there is no key of that id; `cerberus keys list` shows them") }
    data.audit(.revokeKey, reference: id)
    if json { return try output("{\"revoked\":\"\(id)\"}\n".utf8) }
    say("cerberus: key \(id) revoked")
  }
}
