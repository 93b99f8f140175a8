import ArgumentParser
import Posix
import Records
import Service
import TrainingLog

/// The options that name a data directory, and the two ways to reach it: as its writer, or through the server that is.
struct DataOptions: ParsableArguments {
  @Option(help: "The data directory. [env: CERBERUS_DATA_DIR] (default: data)", completion: .directory)
  var dataDir: String?

  @Option(help: "Days that raw records are kept. [env: CERBERUS_RETENTION_DAYS] (default: 90)")
  var retentionDays: Int?

  @Option(help: "Bytes of the disk that stay closed to new records. [env: CERBERUS_DISK_RESERVE] (default: 67108864)")
  var diskReserve: Int?

  @Option(
    help: """
      A JSON file of options, {"port": 8080, "cors-origin": ["https://app.example"], …}, below flags and environment. \
      [env: CERBERUS_CONFIG]
      """, completion: .file(extensions: ["json"]))
  var config: String?

  /// An exbibyte: more than any disk has, and far from where sums overflow.
  private static let reserveMax = 1 << 62

  mutating func validate() throws {
    let sources = try OptionSources(config: config)
    dataDir = try dataDir ?? sources.text(.dataDir) ?? "data"
    retentionDays = try retentionDays ?? sources.number(.retentionDays, in: 1...36_500) ?? 90
    diskReserve = try diskReserve ?? sources.number(.diskReserve, in: 0...Self.reserveMax) ?? 64 << 20
    guard (1...36_500).contains(retentionDays ?? 0) else {
      throw ValidationError("--retention-days must be from 1 to 36500.")
    }
    guard (0...Self.reserveMax).contains(diskReserve ?? 0) else {
      throw ValidationError("--disk-reserve must be from 0 to \(Self.reserveMax).")
    }
  }

  /// Set by `validate`, which runs before any command.
  var path: String { dataDir ?? "data" }

  var directory: DataDirectory { DataDirectory(path) }

  /// The raw and the curated files as they stand on the disk.
  var storedBytes: Int {
    Directories.bytesOfFiles(in: directory.logs) + Directories.bytesOfFiles(in: directory.curated)
  }

  private func configuration() throws -> TrainingLog.Configuration {
    var configuration = TrainingLog.Configuration(directory: directory)
    // No flag: the way to a secret is no business of the list of processes.
    let sources = try OptionSources(config: config)
    configuration.pepperFile = try sources.text(.pepperFile)
    configuration.scrubber = try sources.scrubber()
    if let diskReserve { configuration.diskReserve = diskReserve }
    if let retentionDays { configuration.retentionDays = retentionDays }
    return configuration
  }

  /// Opens the log for writing; ends the program with the contract's exit code where that cannot be.
  ///
  /// - Parameters:
  ///   - queue: records that may wait for the disk; nil for the usual number.
  ///   - groupSizeMin: `TrainingLog.Configuration.groupSizeMin`.
  ///   - replacedPepper: `TrainingLog.Configuration.replacedPepper`.
  ///   - rebuildsIndex: whether the index is made anew first.
  ///   - indexPatience: `TrainingLog.Configuration.indexPatience`.
  ///   - needsIndex: `TrainingLog.Configuration.needsIndex`.
  ///   - isRestoring: `TrainingLog.Configuration.isRestoring`.
  ///   - progress: called with 0–1 while the index is brought in step with the files.
  func openLog(
    queue: Int? = nil, groupSizeMin: Int = 1, rebuildsIndex: Bool = false, replacedPepper: [UInt8]? = nil,
    indexPatience: Double? = nil, needsIndex: Bool = true, isRestoring: Bool = false,
    progress: @Sendable (Double) -> Void = { _ in }
  ) throws -> TrainingLog {
    var configuration = try configuration()
    configuration.rebuildsIndex = rebuildsIndex
    configuration.groupSizeMin = groupSizeMin
    configuration.replacedPepper = replacedPepper
    configuration.indexPatience = indexPatience
    configuration.needsIndex = needsIndex
    configuration.isRestoring = isRestoring
    if let queue { configuration.queuedRecords = queue }
    do throws(TrainingLog.Failure) {
      return try TrainingLog(configuration, progress: progress)
    } catch {
      switch error {
      case .locked: throw fail(.tryLater, error.description)
      case .secrets(let failure): throw fail(Exit(failure), error.description)
      case .ledger, .restoring: throw fail(.configuration, error.description)
      case .storage: throw fail(.inputOutput, error.description)
      }
    }
  }

  func requireDirectory() throws {
    guard !directory.isBeingRestored else { throw fail(.configuration, DataDirectory.restoringAdvice) }
    guard !directory.exists else { return }
    throw fail(.configuration, "there is no data directory at that path yet; start `cerberus serve` or name --data-dir")
  }

  /// Where the file goes that --output names: a link is followed, so that it stays one. What is there and no file stays
  /// what it is: a new file takes the place of the old one once it is whole, and root would do that to a device, too.
  ///
  /// What the service keeps itself is no place for a copy: it could take the place of what is true, and no erasure would
  /// find it.
  func place(of output: String) throws -> String {
    let place = Directories.resolved(output) ?? output
    guard !Directories.exists(place) || Directories.isFile(place) else {
      throw ValidationError("--output must be a file, and what is there is none.")
    }
    guard let folder = Directories.resolved(Directories.parent(of: place)) else { return place }
    func isInside(_ path: String) -> Bool {
      Directories.resolved(path).map { folder == $0 || folder.hasPrefix($0 + "/") } ?? false
    }
    if [directory.logs, directory.curated, directory.state].contains(where: isInside) {
      throw ValidationError("--output must not be in training_logs, curated or state of the data directory.")
    }
    if isInside(path) { say("cerberus: no erasure reaches that file; keep it outside of the data directory") }
    return place
  }

  /// Asks the running server, or does the work here when there is none.
  ///
  /// - Parameter needsIndex: whether `here` asks the index, which takes its time to open.
  func answer(
    _ method: String, _ path: String, _ body: [UInt8]? = nil, needsIndex: Bool = true,
    here: (TrainingLog) throws -> [UInt8]
  ) throws -> [UInt8] {
    try requireDirectory()
    do {
      if let (status, body) = try server().send(method, path, body) {
        guard status == 200 else { throw Self.failure(status, body) }
        return body
      }
    } catch let error as SystemError { throw Self.silence(error, changes: method != "GET") }
    return try here(try openLog(needsIndex: needsIndex))
  }

  /// The way to the server of this data directory, if there is one. No flag: who waits for how long is a matter of the
  /// machine, not of a command.
  func server() throws -> ControlClient {
    let seconds = try OptionSources(config: config).number(.serverTimeout, in: 1...86_400)
    return ControlClient(directory, patience: seconds.map { $0 * 1000 } ?? ControlClient.patience)
  }

  /// Whether a server answers; ends the program where one is silent.
  func isServed() throws -> Bool {
    do { return try server().isAlive() } catch let error as SystemError { throw Self.silence(error) }
  }

  /// The end of a command whose server is there and gives no answer.
  ///
  /// - Parameter changes: whether what was asked for changes something.
  static func silence(_ error: SystemError, changes: Bool = false) -> ExitCode {
    let advice =
      error.isOfSilence
      ? "; it is stopped, or stuck" + (changes ? ", and may still do what was asked for when it goes on" : "") : ""
    return fail(.unreachable, "the server of this data directory does not answer: \(error)\(advice)")
  }

  /// What is being erased must not be shown, though a full disk may still hold it. nil for a directory without keys.
  func erasures() throws -> ErasureJournal? {
    do {
      guard let key = try Secrets.journalKey(in: directory) else { return nil }
      return try ErasureJournal(reading: directory, key: key)
    } catch { throw fail(.inputOutput, "state/erasures.jsonl cannot be read: \(StorageFault.reason(error))") }
  }

  /// Writes a privileged act of the command line down. Where that fails the act stands, and is told.
  func audit(
    _ name: AuditAct.Name, by actor: String = "command", counts: [(String, Int)] = [], reference: String? = nil
  ) {
    let act = AuditAct(name, by: actor, at: SystemClock().now, counts: counts, reference: reference)
    do throws(SystemError) {
      if try !AuditLog(directory).append(act) { say("cerberus: \(StorageFault.lostAudit.reason)") }
    } catch {
      say("cerberus: this could not be noted in state/audit.jsonl: \(error)")
    }
  }

  func auditedExport(_ name: AuditAct.Name, counting unit: String) -> ExportAudit {
    ExportAudit(name, counting: unit) { audit($0, counts: $1, reference: $2) }
  }

  /// What the server says, which repeats no input.
  private static func failure(_ status: Int, _ body: [UInt8]) -> ExitCode {
    let problem = try? JSONDocument(parsing: body).root
    let detail = problem?["detail"]?.string
    let exit: Exit =
      switch status {
      case 500 where ControlClient.isBlocked(problem?["code"]?.string): .configuration
      case 503: .tryLater
      case 507: .inputOutput
      default: .failed
      }
    return fail(exit, "the server answered \(status)" + (detail.map { ": \($0)" } ?? ""))
  }
}
