import Curation
import Dispatch
import HTTPWire
import Posix
import Records
import Synchronization
import TrainingLog

/// What every event loop shares: the log, and the work too long for a loop.
final class Collector: Sendable {
  static let tool = "cerberus 0.1.0"

  let log: TrainingLog
  let clock: any WallClock
  let gatekeeper: Gatekeeper
  /// Open at this moment, all loops together.
  let connections = Atomic<Int>(0)
  let refusals = Refusals()
  /// One curator at a time.
  let curating = DispatchQueue(label: "cerberus.curate", qos: .utility)
  /// What reads files for longer than a turn of a loop may take.
  let reading = DispatchQueue(label: "cerberus.read", qos: .utility)
  let exportSlots = ExportSlots()

  let eventLog: EventLog
  let crossOrigin: CrossOrigin
  let limits: ClientLimits

  init(
    log: TrainingLog, clock: any WallClock, gatekeeper: Gatekeeper, settings: ServerSettings, eventLog: EventLog
  ) {
    self.log = log
    self.clock = clock
    self.gatekeeper = gatekeeper
    self.eventLog = eventLog
    crossOrigin = settings.crossOrigin
    limits = ClientLimits(trusted: settings.trustedProxies, perKeyMinute: settings.requestsPerKeyMinute)
    let pacer = Mutex(LinePacer(perSecond: 10))
    log.counters.observeFaults { fault in
      // A full disk fails one commit after the other.
      guard pacer.withLock({ $0.allows(now: Clocks.monotonicNanoseconds()) }) else { return }
      eventLog.storageFault(fault)
    }
  }

  var directory: DataDirectory { log.configuration.directory }

  func statistics() -> [UInt8] {
    StatisticsReport.json(tallies: log.counters.tallies, directory: directory, now: clock.now)
  }

  func progress() -> [UInt8] {
    ProgressReport.json(tallies: log.counters.tallies, directory: directory, now: clock.now)
  }

  /// Runs the curator; to be called on its queue.
  func curate() -> Response {
    let curator = DataCurator(
      directory: directory, splitKey: log.secrets.splitKey, scrubber: log.scrubber, tool: Self.tool)
    do {
      return .json(try curator.run(now: clock.now) { _ in })
    } catch {
      eventLog.curationFailed(error)
      return Problem.internalError.response
    }
  }

  func metrics() -> String {
    let work = log.counters.work
    let rows: [(name: String, help: String, value: Int)] = [
      ("cerberus_commits_total", "Batches made durable.", work.commits),
      ("cerberus_commit_syncs_total", "Calls of fdatasync.", work.syncs),
      ("cerberus_commit_records_total", "Records and ratings decided on.", work.records),
      ("cerberus_commit_failures_total", "Batches that could not be made durable.", work.failures),
      ("cerberus_index_failures_total", "Index transactions that failed.", work.indexFailures),
      ("cerberus_refused_connections_total", "Connections beyond the limit.", refusals.count(of: .connections)),
      ("cerberus_refused_exports_total", "Exports beyond the limit.", refusals.count(of: .exports)),
      ("cerberus_log_lines_dropped_total", "Lines of the event log that nobody took.", eventLog.sink.dropped),
    ]
    return rows.map { "# HELP \($0.name) \($0.help)\n# TYPE \($0.name) counter\n\($0.name) \($0.value)\n" }.joined()
      + refusals.metrics()
  }
}
