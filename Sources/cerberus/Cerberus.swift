import ArgumentParser
import Posix

@main
struct Cerberus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cerberus",
    abstract: "Gathers conversations and ratings for fine-tuning: scrubbed, durable, curated.",
    version: "0.1.0",
    subcommands: [
      Serve.self, Stats.self, Progress.self, Watch.self, Curate.self, Export.self, ValidateExport.self, Import.self,
      Lineage.self,
      Scrub.self,
      Erase.self, OptOut.self, OptIn.self, UserExport.self, Retain.self, Verify.self, Reindex.self,
      MakeBackup.self, Restore.self, Keys.self, Health.self,
    ])

  static func main() {
    // Before any file is opened, or it could take the number of a stream that was closed.
    StandardStreams.fillClosed()
    // A reader that goes away is an error with an exit code of its own, in every command.
    StandardStreams.ignoreFatalSignals()
    main(nil)
  }
}
