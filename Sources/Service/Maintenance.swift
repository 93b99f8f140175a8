import Curation
import Posix
import Privacy
import Records
import TrainingLog

/// When the daily work of a server is due: once a day, in the early hours of UTC, each data directory at a minute of its
/// own; at once where that was missed.
struct MaintenanceSchedule {
  /// Seconds of the day from which on it may begin, and the spread behind.
  private static let (earliest, spread): (Int64, UInt64) = (2 * 3600, 2 * 3600)

  /// Milliseconds of the day.
  let offset: Int64

  /// - Parameter key: of the data directory; so that many servers on one machine do not all begin together, and a restart
  ///   does not move the time.
  init(key: [UInt8]) {
    let code = HMACSHA256(key: key).authenticate { $0.update("maintenance".utf8) }
    offset = (Self.earliest + Int64(code.leading64 % Self.spread)) * 1000
  }

  /// - Parameter last: when it was last completed.
  func isDue(now: Timestamp, last: Timestamp) -> Bool {
    let day: Int64 = 86_400_000
    let today = now.milliseconds - now.milliseconds % day + offset
    let latest = now.milliseconds >= today ? today : today - day
    return last.milliseconds < latest
  }
}

/// The daily work: days that are over are sealed, the dataset is made anew, and what is too old goes. Never twice a day,
/// whatever is restarted: what was completed last stands in `state/maintenance.json`.
struct Maintenance: Sendable {
  /// After a failure.
  private static let retryMilliseconds: Int64 = 3_600_000

  private let collector: Collector
  private let schedule: MaintenanceSchedule
  private var path: String { collector.directory.maintenance }

  init(_ collector: Collector) {
    self.collector = collector
    schedule = MaintenanceSchedule(key: collector.log.secrets.journalKey)
  }

  /// Does the work if it is due. Blocks for as long as it takes.
  func runIfDue(now: Timestamp) {
    do {
      guard let last = try lastTime(now) else { return try complete(now) }
      guard schedule.isDue(now: now, last: last), mayRetry(now) else { return }
      let (counts, sealed) = try work(now)
      try complete(now)
      collector.maintenanceFailure.withLock { $0 = nil }
      collector.eventLog.maintained(counts, sealed)
    } catch {
      collector.maintenanceFailure.withLock { $0 = now }
      collector.eventLog.maintenanceFailed(error)
    }
  }

  /// What fails keeps nothing else from being done: a day that the curator cannot read must not keep others beyond their
  /// time. Throws the first failure.
  private func work(_ now: Timestamp) throws -> (ExpiryCounts, SealingCounts) {
    var failure: (any Error)?
    func attempt<Result>(_ step: () throws -> Result) -> Result? {
      do { return try step() } catch {
        failure = failure ?? error
        return nil
      }
    }
    // First, since it makes room.
    let sealed = attempt { try collector.log.sealDays(before: now.day) }
    attempt {
      let manifest = try collector.curation.during { try collector.curator.run(now: now, progress: $0) }
      collector.audit(ran: manifest, by: "maintenance")
    }
    let counts = attempt {
      let counts = try Retainer(collector.log, collector.curator).run(now: now)
      if counts.days > 0 { collector.audit(.retain, by: "maintenance", counts: counts.named) }
      return counts
    }
    if let failure { throw failure }
    return (counts ?? ExpiryCounts(), sealed ?? SealingCounts())
  }

  private func complete(_ now: Timestamp) throws(SystemError) {
    try AtomicFile.replace(path, with: Array("{\"completed\":\"\(now)\"}\n".utf8), mode: 0o600)
  }

  /// When it was last completed. Where that is not known, as after a restore, or lies ahead, since a clock was wrong, all
  /// of it is due; nil for a directory that has just begun and has nothing to make up for.
  private func lastTime(_ now: Timestamp) throws -> Timestamp? {
    if let noted, noted <= now { return noted }
    return try DayFile.before(now.day, in: collector.directory).isEmpty ? nil : Timestamp(milliseconds: 0)
  }

  private var noted: Timestamp? {
    guard let content = try? readFile(path), let root = try? JSONDocument(parsing: content).root else { return nil }
    return root["completed"]?.string.flatMap { Timestamp(rfc3339: $0) }
  }

  private func mayRetry(_ now: Timestamp) -> Bool {
    collector.maintenanceFailure.withLock { failure in
      failure.map { now.milliseconds - $0.milliseconds >= Self.retryMilliseconds } ?? true
    }
  }
}
