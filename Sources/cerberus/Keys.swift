import ArgumentParser
import Posix
import Records
import TrainingLog

struct Keys: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes, lists and revokes the keys of clients, and replaces the pepper of the pseudonyms.",
    discussion: """
      A running server follows within a second with the keys of clients; for the pepper it has to be stopped.
      """,
    subcommands: [
      KeysCreate.self, KeysList.self, KeysRevoke.self, KeysRotatePepper.self, KeysDestroyPepper.self,
    ])
}

extension Scope: ExpressibleByArgument {}

extension DataOptions {
  func readKeys() throws -> KeyFile {
    try requireDirectory()
    do throws(Secrets.Failure) { return try KeyFile.read(directory) } catch { throw ended(by: error) }
  }

  /// Makes the data directory where there is none: keys come before the first start of a server that others reach.
  func updateKeys<Result>(_ change: (inout KeyFile) -> Result) throws -> Result {
    do throws(SystemError) {
      try directory.create()
    } catch { throw fail(.inputOutput, TrainingLog.Failure.storage(error).description) }
    do throws(Secrets.Failure) {
      return try KeyFile.update(directory) { change(&$0) }
    } catch { throw ended(by: error) }
  }

  private func ended(by failure: Secrets.Failure) -> ExitCode {
    if case .system = failure { return fail(.inputOutput, failure.description) }
    return fail(.configuration, failure.description)
  }
}

extension APIKey {
  func writeMembers(to object: inout JSONWriter) {
    object.key("id")
    object.string(id)
    object.key("name")
    object.string(name)
    object.key("scopes")
    object.array { list in for name in scopeNames { list.string(name) } }
    object.key("created")
    object.string(created.description)
    object.key("expires")
    if let expires { object.string(expires.description) } else { object.null() }
  }
}
