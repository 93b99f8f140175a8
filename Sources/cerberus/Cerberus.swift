import ArgumentParser
import Posix

@main
struct Cerberus: ParsableCommand {
  static func main() {
    // Before any file is opened, or it could take the number of a stream that was closed.
    StandardStreams.fillClosed()
    main(nil)
  }

  static let configuration = CommandConfiguration(
    commandName: "cerberus",
    abstract: "Gathers conversations and ratings for fine-tuning: scrubbed, durable, curated.",
    version: "0.1.0",
    subcommands: [Serve.self, Stats.self, Progress.self, Curate.self, Export.self, Scrub.self, Keys.self])
}
