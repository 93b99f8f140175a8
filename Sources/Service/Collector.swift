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
  /// Open at this moment, all loops together.
  let connections = Atomic<Int>(0)
  let refusals = Refusals()
  /// One curator at a time.
  private let curating = DispatchQueue(label: "cerberus.curate", qos: .utility)

  let eventLog: EventLog
  let crossOrigin: CrossOrigin
  let limits: ClientLimits

  init(log: TrainingLog, clock: any WallClock, settings: ServerSettings, eventLog: EventLog) {
    self.log = log
    self.clock = clock
    self.eventLog = eventLog
    crossOrigin = settings.crossOrigin
    limits = ClientLimits(
      isOpen: settings.isOpen, trusted: settings.trustedProxies, perKeyMinute: settings.requestsPerKeyMinute)
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

  /// Runs the curator off the loops and hands the answer over.
  func curate(_ deliver: @escaping @Sendable (Response) -> Void) {
    curating.async {
      let curator = DataCurator(
        directory: self.directory, splitKey: self.log.secrets.splitKey, scrubber: self.log.scrubber,
        rules: self.log.rules, tool: Self.tool)
      do {
        deliver(.json(try curator.run(now: self.clock.now) { _ in }))
      } catch {
        self.eventLog.curationFailed(error)
        deliver(Problem.internalError.response)
      }
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
      ("cerberus_log_lines_dropped_total", "Lines of the event log that nobody took.", eventLog.sink.dropped),
    ]
    return rows.map { "# HELP \($0.name) \($0.help)\n# TYPE \($0.name) counter\n\($0.name) \($0.value)\n" }.joined()
      + refusals.metrics()
  }
}
