import Curation
import Dispatch
import HTTPWire
import Posix
import Records
import TrainingLog
import struct Synchronization.Atomic

/// What every event loop shares: the log, and the work too long for a loop.
final class Collector: Sendable {
  static let version = "0.1.0"
  static let tool = "cerberus " + version

  let log: TrainingLog
  let clock: any WallClock
  let gatekeeper: Gatekeeper
  /// Open at this moment, all loops together.
  let connections = Atomic<Int>(0)
  let refusals = Refusals()
  let silences = SilenceFigures()
  let requests = RequestFigures()
  let outcomes = OutcomeFigures()
  /// One curator at a time.
  let curating = DispatchQueue(label: "cerberus.curate", qos: .utility)
  let curation = CurationProgress()
  /// What reads files for longer than a turn of a loop may take.
  let reading = DispatchQueue(label: "cerberus.read", qos: .utility)
  let exportSlots = ExportSlots()
  /// What people ask for that has to be noted at once, and takes a moment.
  let privacy = DispatchQueue(label: "cerberus.privacy", qos: .userInitiated)
  /// Erasures, which may have to wait for a curator. One queue for all of them: each would hold a thread meanwhile, and
  /// there are not so many that hundreds could wait and the commits go on.
  let erasing = DispatchQueue(label: "cerberus.erase", qos: .userInitiated)
  /// When the daily work last failed; nil once it is done.
  let maintenanceFailure = Mutex<Timestamp?>(nil)

  let eventLog: EventLog
  let crossOrigin: CrossOrigin
  let limits: Limits
  let clientLimits: ClientLimits

  init(
    log: TrainingLog, clock: any WallClock, gatekeeper: Gatekeeper, settings: ServerSettings, eventLog: EventLog
  ) {
    self.log = log
    self.clock = clock
    self.gatekeeper = gatekeeper
    self.eventLog = eventLog
    crossOrigin = settings.crossOrigin
    limits = settings.limits
    clientLimits = ClientLimits(trusted: settings.trustedProxies, settings.limits)
    gatekeeper.observeFaults { eventLog.storageFault($0) }
    let pacer = Mutex(LinePacer(perSecond: 10))
    log.counters.observeFaults { fault in
      // A full disk fails one commit after the other.
      guard pacer.withLock({ $0.allows(now: Clocks.monotonicNanoseconds()) }) else { return }
      eventLog.storageFault(fault)
    }
  }

  var directory: DataDirectory { log.configuration.directory }

  /// - Parameter seesAll: small groups too.
  func statistics(seesAll: Bool) -> [UInt8] {
    StatisticsReport.json(
      tallies: log.counters.tallies, privacy: .init(log), groupSizeMin: seesAll ? 1 : log.configuration.groupSizeMin,
      directory: directory, now: clock.now)
  }

  func progress() -> [UInt8] {
    ProgressReport.json(
      tallies: log.counters.tallies, erasures: log.erasures, directory: directory, now: clock.now)
  }

  /// Writes a privileged act down. Where that fails the act stands, and the event log has the failure.
  func audit(
    _ name: AuditAct.Name, by actor: String, counts: [(String, Int)] = [], reference: String? = nil
  ) {
    do throws(SystemError) {
      let act = AuditAct(name, by: actor, at: clock.now, counts: counts, reference: reference)
      if try !AuditLog(directory).append(act) { eventLog.storageFault(.lostAudit) }
    } catch {
      eventLog.storageFault(StorageFault(work: .audit, reason: StorageFault.reason(error)))
    }
  }

  /// The same of a run of the curator.
  func audit(ran manifest: [UInt8], by actor: String) {
    let dataset = DatasetSummary(manifest)
    audit(.curate, by: actor, counts: dataset.counts, reference: dataset.version)
  }

  /// Of a conversation that was refused. Not on this thread: it may have to wait for the disk.
  func forgetEarlyRating(of id: ExampleID) {
    privacy.async { [self] in
      do { try log.forgetEarlyRating(of: id) } catch { eventLog.privacyFailed(error) }
    }
  }

  var curator: DataCurator { DataCurator(log, tool: Self.tool) }

  /// Removes what is too old; to be called on the curator's queue.
  func retain(by actor: String) -> Response {
    do {
      let counts = try Retainer(log, curator).run(now: clock.now, damaged: { eventLog.curationFailed($0) })
      if counts.days > 0 { audit(.retain, by: actor, counts: counts.named) }
      return .json(counts.json)
    } catch {
      eventLog.maintenanceFailed(error)
      return Problem.curation(
        error, otherwise: .unavailable("Not everything could be removed; it is tried again with the daily work.")
      ).response
    }
  }

  /// A run that is not the usual one; to be called on the curator's queue.
  func curate(_ order: CurationOrder, by actor: String) -> Response {
    do {
      let report = try curation.during { try order.run(log, tool: Self.tool, now: clock.now, progress: $0) }
      if order.isWriting { audit(ran: report, by: actor) }
      return .json(report)
    } catch let failure as CurationOrder.Failure {
      return Problem(
        status: failure == .unknownExample ? 404 : 422, code: "curation_order", title: "Curation Order",
        detail: failure.description
      ).response
    } catch {
      eventLog.curationFailed(error)
      return Problem.curation(error, otherwise: .internalError).response
    }
  }

  /// Runs the curator; to be called on its queue.
  func curate(by actor: String) -> Response {
    do {
      let manifest = try curation.during { try curator.run(now: clock.now, progress: $0) }
      audit(ran: manifest, by: actor)
      return .json(manifest)
    } catch {
      eventLog.curationFailed(error)
      return Problem.curation(error, otherwise: .internalError).response
    }
  }
}
