import ArgumentParser
import Curation
import FoundationEssentials
import Posix
import Records
import TrainingLog

struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Puts a backup into a new or empty data directory, checked byte by byte.",
    discussion: """
      A backup without the pepper needs --pepper-file, or CERBERUS_PEPPER_FILE where the server is going to have it from \
      there, or --new-pepper. Where the pepper was replaced since, the old ones are taken from `pepper.old` beside that of \
      --pepper-file, or in the folder of --ledgers; --accept-lost-peppers goes on without one that records of the backup \
      need.

      What was erased or refused since the backup was made must not come back: --ledgers names the folder with the \
      erasures.jsonl and consent.jsonl of the present, `state` of the data directory as a rule. Where they are lost, \
      --accept-lost-erasures goes on without them.
      """)

  @OptionGroup var data: DataOptions
  @Argument(help: "The archive of `cerberus backup`.") var archive: String?
  @Option(help: "The same.") var input: String?
  @Option(help: "The pepper of the backup, which is put into the data directory: 32 bytes, or 64 hexadecimal digits.")
  var pepperFile: String?
  @Flag(help: "Begin with a new pepper; the users of the restored records cannot be found by their ids any more.")
  var newPepper = false
  @Flag(help: "Restore although users of older records cannot be found without the old peppers that are not at hand.")
  var acceptLostPeppers = false
  @Option(help: "The folder with the present ledgers of erasures and refusals, which are applied.") var ledgers: String?
  @Flag(help: "Restore although erasures and refusals since the backup are lost by it.")
  var acceptLostErasures = false
  @Flag(help: "The report as JSON.") var json = false

  func validate() throws {
    guard (archive == nil) != (input == nil) else { throw ValidationError("Name one archive.") }
    if newPepper, pepperFile != nil { throw ValidationError("--pepper-file and --new-pepper exclude each other.") }
    if ledgers != nil, acceptLostErasures {
      throw ValidationError("--ledgers and --accept-lost-erasures exclude each other.")
    }
  }

  func run() throws {
    do {
      let restoration = try Restoration(reading: archive ?? input ?? "")
      let pepper = try pepper()
      guard ledgers != nil || acceptLostErasures else { throw Restoration.Failure.needsLedgers }
      if let ledgers, !Directories.exists(ledgers) { throw fail(.inputOutput, "there is no folder at --ledgers") }
      let bar = ProgressBar(label: "restore")
      defer { bar.finish() }
      let report = try restoration.run(
        into: data.directory, pepper, former: try formerPeppers(), acceptsLostPeppers: acceptLostPeppers,
        ledgers.map { .live($0) } ?? .ofBackup
      ) {
        bar.show($0)
      } complete: {
        bar.finish()
        if ledgers != nil { try eraseWhatWasErased() }
        data.audit(.restore, counts: [("records", restoration.manifest.records)])
      }
      for fault in report.faults { say("cerberus: was damaged when it was backed up: \(fault)") }
      say(Self.after(restoration.manifest, hasLedgers: ledgers != nil))
      if newPepper { say(Self.withNewPepper) }
      try restoration.manifest.show(asJSON: json, faults: report.faultCount)
    } catch let failure as Restoration.Failure {
      if case .badBackup = failure { throw fail(.badData, failure.description) }
      throw fail(.configuration, failure.description)
    } catch let failure as Secrets.Failure {
      throw fail(Exit(failure), failure.description)
    } catch let error as SystemError {
      throw fail(.inputOutput, "the backup cannot be restored: \(error)")
    } catch let error as CocoaError {
      throw fail(.inputOutput, "the backup cannot be restored: \(error.code.rawValue)")
    }
  }

  /// Nothing is served from the directory before what was erased since the backup is gone from it again.
  private func eraseWhatWasErased() throws {
    do {
      try Eraser(try data.openLog(isRestoring: true)).resume(now: SystemClock().now) {
        data.audit(.resumeErasure, counts: $0.counts.named, reference: $0.id)
      }
    } catch let error as ExitCode {
      throw error
    } catch {
      throw fail(
        .inputOutput,
        "restored, but what was erased since the backup is only hidden yet (\(StorageFault.reason(error))); "
          + "the next start removes it")
    }
  }

  /// Peppers that were replaced since the backup, where they are at hand: beside the present one, or in the folder of the
  /// present ledgers.
  private func formerPeppers() throws -> [FormerPepper] {
    if newPepper { return [] }
    for path in [pepperFile.map { $0 + ".old" }, ledgers.map { $0 + "/pepper.old" }] {
      if let former = try path.map(FormerPepper.read), !former.isEmpty { return former }
    }
    return []
  }

  private func pepper() throws -> Restoration.Pepper {
    if newPepper { return .new }
    if let pepperFile, let bytes = try Secrets.storedPepper(in: data.directory, file: pepperFile) {
      return .given(bytes)
    }
    guard let path = try OptionSources(config: data.config).text(.pepperFile),
      let bytes = try Secrets.storedPepper(in: data.directory, file: path)
    else { return .ofBackup }
    return .elsewhere(bytes)
  }

  private static func after(_ manifest: BackupManifest, hasLedgers: Bool) -> String {
    let ledgers =
      hasLedgers
      ? "What was erased or refused since then is so here too."
      : "What came later is not in it: repeat the erasures and opt-outs of since then."
    return "cerberus: restored as of \(manifest.made). \(ledgers)"
  }

  private static let withNewPepper = """
    cerberus: with a new pepper every user and session gets another pseudonym from now on. What stops working for the \
    restored records: erasing, exporting and counting a user by id (erase single records by example_id); replays of \
    their Idempotency-Keys and ids, which are answered with 422; keeping all records of one user on one side of the \
    split. Opt-outs, API keys and the sides of what is published stay.
    """
}
