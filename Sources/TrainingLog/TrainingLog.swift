import Posix
import Privacy
import Records

/// The training log of one data directory, open for writing: the narrow face that everything above it talks to.
///
/// `commit` appends and rates; `counters` counts. One process at a time holds it.
package final class TrainingLog: Sendable {
  package struct Configuration: Sendable {
    package var directory: DataDirectory
    package var pepperFile: String?
    /// What the present pepper has replaced, for who opens the log to keep it.
    package var replacedPepper: [UInt8]?
    /// Bytes that stay free on the disk: a full one would stop more than this service.
    package var diskReserve = 64 << 20
    package var retentionDays = 90
    package var scrubber = Scrubber.standard
    /// Records that may wait for the disk.
    package var queuedRecords = 2048
    /// Users that a language, framework or variant must have to be named to who may only read; 1 names them all.
    package var groupSizeMin = 1
    /// Whether the index is made anew from the files, however good it is.
    package var rebuildsIndex = false
    /// Whether it is opened by a restore that is under way.
    package var isRestoring = false
    /// Seconds that opening waits for the index to be in step with the files; nil waits until it is. Without the index
    /// records of which no key and no id was sent are taken all the same.
    package var indexPatience: Double?
    /// false for who only reads the files. The index stays as it is then, unless ratings wait for their records, which it
    /// has to find.
    package var needsIndex = true

    package init(directory: DataDirectory) { self.directory = directory }
  }

  package enum Failure: Error, CustomStringConvertible {
    case locked
    /// The directory is not whole.
    case restoring
    case secrets(Secrets.Failure)
    case storage(any Error)
    /// Erasures or refusals are lost.
    case ledger(LedgerFault)

    package var description: String {
      switch self {
      case .locked: "another cerberus holds this data directory; stop it, or name another --data-dir"
      case .restoring: DataDirectory.restoringAdvice
      case .secrets(let failure): failure.description
      case .storage(let error as SystemError) where error.isOfPermission:
        "the data directory cannot be used: \(error); it and all in it must belong to the user that runs this"
      case .storage(let error): "the data directory cannot be used: \(error)"
      case .ledger(let fault): fault.description
      }
    }
  }

  package let configuration: Configuration
  package let secrets: Secrets
  package let commit: GroupCommit
  package let counters = LiveCounters()
  package let scrubTimes = SharedHistogram()
  package let rules = QualityRules()
  package let scrubber: Scrubber
  package let erasures: ErasureJournal
  package let consent: ConsentLedger
  /// Erasures that this process has begun and not completed, by the ids of their receipts.
  let begun = Mutex<[String: Erasure]>([:])
  package let pseudonyms: LivePseudonyms
  let fileSystem: any FileSystem
  private let indexing: Indexing

  /// - Parameter progress: called with 0–1 while the index is brought in step with the files.
  package init(
    _ configuration: Configuration, fileSystem: any FileSystem = PosixFileSystem(),
    clock: any WallClock = SystemClock(), progress: @Sendable (Double) -> Void = { _ in }
  ) throws(Failure) {
    self.configuration = configuration
    scrubber = configuration.scrubber
    self.fileSystem = fileSystem
    let directory = configuration.directory
    guard configuration.isRestoring || !directory.isBeingRestored else { throw .restoring }
    let lock: Descriptor
    do throws(SystemError) {
      try directory.create()
      guard let taken = try directory.lock() else { throw SystemError(call: "flock", code: 0) }
      lock = taken
    } catch { throw error.call == "flock" ? .locked : .storage(error) }
    do throws(Secrets.Failure) {
      secrets = try Secrets(
        in: directory, pepperFile: configuration.pepperFile, replaced: configuration.replacedPepper)
    } catch { throw .secrets(error) }
    do {
      pseudonyms = try LivePseudonyms(secrets)
      erasures = ErasureJournal(key: secrets.journalKey)
      consent = ConsentLedger(key: secrets.consentKey)
      let inherited = InheritedSides(key: secrets.splitKey)
      // Nobody inherits but under a pepper that was replaced.
      if pseudonyms.hasFormer { try inherited.readLedger(of: directory) }
      var report = try Recovery(
        directory: directory, fileSystem: fileSystem, journal: erasures, consent: consent, inherited: inherited
      ).run()
      let collector = FeedbackCollector(scrubber: scrubber, rules: rules)
      let writer = LogWriter(
        directory: directory, fileSystem: fileSystem, collector: collector, clock: clock,
        diskReserve: configuration.diskReserve, journal: erasures, consent: consent, inherited: inherited,
        live: counters)
      let pending = try writer.readPending()
      report.damagedLines += pending.damagedLines
      report.cutBytes += pending.cutBytes
      try writer.files.takeUpState()
      report.cutBytes += try AuditLog(directory).repair() + SplitTail(directory).repair()
      report.damagedLines += try Verification(directory).faultsOfOtherLedgers()
      let needsIndex = configuration.needsIndex || !writer.pending.isEmpty
      commit = GroupCommit(writer: writer, waitingMax: configuration.queuedRecords, lock: lock)
      let settings = Indexing.Settings(
        directory: directory, fileSystem: fileSystem, collector: collector, journal: erasures, consent: consent,
        countsGroups: configuration.groupSizeMin > 1, rebuilds: configuration.rebuildsIndex, report: report)
      indexing = Indexing(settings, commit, counters, clock: clock)
      guard needsIndex else { return }
      if let patience = configuration.indexPatience {
        indexing.begin(waiting: patience)
      } else {
        try indexing.run(progress)
      }
    } catch let fault as LedgerFault {
      throw .ledger(fault)
    } catch { throw .storage(error) }
  }

  deinit { indexing.cancel() }

  /// Whether the index is in step with the files; from then on it stays so.
  package var isIndexed: Bool { indexing.isComplete }

  /// `body` is called when the index is in step with the files, or now if it is; it must not wait for anything.
  package func whenIndexed(_ body: @escaping @Sendable () -> Void) { indexing.whenComplete(body) }

  /// Gives up bringing the index in step, for a process that is going to end; the next start takes it up.
  package func cancelIndexing() { indexing.cancel() }

  /// The same; nothing of it is under way when this returns.
  package func endIndexing() { indexing.end() }

  /// Complete when the index is.
  package var damagedLines: [DamagedLine] { indexing.report.damagedLines }

  package var repairs: Repairs {
    let report = indexing.report
    return Repairs(cutBytes: report.cutBytes, rebuiltIndex: report.rebuiltIndex && report.records > 0)
  }

  /// Lets go of the log files and opens them anew, each when it is next used.
  package func reopenFiles() throws { try commit.withWriter { try $0.reopenFiles() } }

  /// A logger for one event loop.
  package func makeLogger() -> ConversationLogger {
    ConversationLogger(
      pseudonyms: pseudonyms, consent: consent, scrubber: scrubber, rules: rules, journalKey: secrets.journalKey,
      scrubTimes: scrubTimes)
  }

  package func window(now: Timestamp) -> AcceptanceWindow {
    AcceptanceWindow(now: now, retentionDays: configuration.retentionDays)
  }

  /// Whether the next record can be made durable: the reason why not, or nil.
  package func unreadiness(now: Timestamp) -> String? {
    guard let free = try? Directories.freeBytes(configuration.directory.root) else {
      return "the data directory cannot be read"
    }
    if free < configuration.diskReserve { return "the disk has less than the reserve left" }
    guard let most = ProcessFigures.fileBytesMax else { return nil }
    // All that may have to grow for one record or one rating.
    let today = LogFileName.conversations(now.day)
    let sizes = [today, .feedback, .comments, .corrections].map {
      FileStamp(configuration.directory.path(of: $0))?.size
    }
    let isFull = sizes.contains { most - ($0 ?? 0) < Self.recordBytesMin }
    return isFull ? "the limit of file sizes lets no log file grow" : nil
  }

  private static let recordBytesMin = 1 << 10
}
