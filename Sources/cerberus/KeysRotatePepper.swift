import ArgumentParser
import Posix
import Privacy
import Records
import TrainingLog

struct KeysRotatePepper: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate-pepper",
    abstract: "Replaces the secret that makes the pseudonyms; the old one still finds the records of its time.",
    discussion: """
      A server that runs has to be stopped first (75). From the next start on new records get other pseudonyms. Erasing, \
      exporting and refusing by the id of a user reach the records under the old ones too, until `cerberus keys \
      destroy-pepper`. The old pepper is kept in state/pepper.old.

      Where CERBERUS_PEPPER_FILE names the pepper, put another one in its place, keep the old, and name that by \
      --old-pepper-file.
      """)

  @OptionGroup var data: DataOptions
  @Option(help: "What the file of CERBERUS_PEPPER_FILE was before: 32 bytes, or 64 hexadecimal digits.")
  var oldPepperFile: String?
  @Flag(help: "The id of the old pepper as JSON.") var json = false

  func run() throws {
    try data.requireDirectory()
    let hasFile = try OptionSources(config: data.config).text(.pepperFile) != nil
    guard hasFile == (oldPepperFile != nil) else {
      throw fail(
        .configuration,
        hasFile
          ? "the pepper is in a file of your own: put a new one there, and name the old by --old-pepper-file"
          : "--old-pepper-file is for a pepper that CERBERUS_PEPPER_FILE names; here it is in state, and made by this")
    }
    if !hasFile, !Directories.exists(data.directory.pepper) {
      throw fail(
        .configuration, "there is no pepper in state: the first start makes it; put a lost one back")
    }
    let now = SystemClock().now
    let log: TrainingLog
    let kept: FormerPepper
    do {
      let old = try oldPepperFile.flatMap { try Secrets.storedPepper(in: data.directory, file: $0) }
      log = try data.openLog(replacedPepper: old)
      if let old {
        guard old != log.secrets.pepper else {
          throw fail(.configuration, "both files have the same pepper; put a new one in that of CERBERUS_PEPPER_FILE")
        }
        kept = try log.keepFormerPepper(old, now: now)
      } else {
        kept = try log.rotatePepper(now: now)
      }
    } catch let error as ExitCode { throw error } catch let failure as Secrets.Failure {
      if case .system = failure { throw fail(.inputOutput, failure.description) }
      throw fail(.configuration, failure.description)
    } catch {
      throw fail(.inputOutput, "the pepper could not be replaced: \(StorageFault.reason(error))")
    }
    let tallies = log.counters.tallies
    data.audit(
      .rotatePepper,
      counts: [
        ("records", tallies[.total, "all"].conversations), ("pseudonyms", tallies[.total, "users"].conversations),
      ], reference: kept.id)
    if json { return try output("{\"id\":\"\(kept.id)\",\"replaced\":\"\(kept.replaced)\"}\n".utf8) }
    say("cerberus: the old pepper is kept as \(kept.id), and still finds the records under it until it is destroyed")
  }
}
