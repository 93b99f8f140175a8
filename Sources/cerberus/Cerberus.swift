import ArgumentParser
import Posix
import Records

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
    if let word = CommandLine.arguments.dropFirst().first, let nearest = nearest(to: word) {
      say("cerberus: there is no such command; did you mean `cerberus \(nearest)`? See `cerberus --help`.")
      exit(withError: ExitCode.validationFailure)
    }
    main(nil)
  }

  /// The command that was most likely meant; nil for one that is there, and for options. (The parser does this for options
  /// alone.)
  private static func nearest(to word: String) -> String? {
    let names = configuration.subcommands.map { $0._commandName } + ["help"]
    return word.hasPrefix("-") || names.contains(word) ? nil : NearestName.find(for: word, among: names)
  }
}
