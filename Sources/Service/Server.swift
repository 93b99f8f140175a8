import Curation
import Dispatch
import Posix
import Records
import TrainingLog

/// The running service: one event loop per core on the address, and the control socket on the first of them.
package final class Server: Sendable {
  package let port: UInt16
  private let log: TrainingLog
  private let eventLog: EventLog
  private let isMaintained: Bool
  private let clockWatch = Mutex(ClockWatch())
  private let inboxes: [LoopInbox]
  private let running = DispatchGroup()
  private static let housekeepingSeconds = 60.0

  /// Listens when it returns.
  ///
  /// - Parameters:
  ///   - host: an IPv4 or IPv6 literal, the one that `gatekeeper` knows.
  package convenience init(
    log: TrainingLog, host: String, port: UInt16, loops: Int, gatekeeper: Gatekeeper,
    settings: ServerSettings = ServerSettings(), eventLog: EventLog
  ) throws(SystemError) {
    // Refuses a port that another process listens on, which SO_REUSEPORT would silently share.
    let probe = try Descriptor.listening(host: host, port: port, sharing: false)
    let bound = try probe.localPort()
    _ = consume probe
    var doors: [Listener] = []
    for _ in 0..<max(1, loops) {
      let socket = try Descriptor.listening(host: host, port: bound, backlog: Int32(Listener.backlog))
      doors.append(Listener(socket, isTCP: true))
    }
    try self.init(
      log: log, doors: doors, port: bound, gatekeeper: gatekeeper, settings: settings, eventLog: eventLog)
  }

  /// Takes what comes to a socket that listens already; all loops share it. Whoever else has it keeps it, also when this
  /// server has stopped.
  ///
  /// - Parameters:
  ///   - socket: a TCP socket; `gatekeeper` knows its address.
  package convenience init(
    log: TrainingLog, socket: consuming Descriptor, loops: Int, gatekeeper: Gatekeeper,
    settings: ServerSettings = ServerSettings(), eventLog: EventLog
  ) throws(SystemError) {
    let port = try socket.localPort()
    var doors: [Listener] = []
    for _ in 1..<max(1, loops) { doors.append(Listener(try socket.duplicated(), isTCP: true)) }
    doors.append(Listener(socket, isTCP: true))
    try self.init(
      log: log, doors: doors, port: port, gatekeeper: gatekeeper, settings: settings, eventLog: eventLog)
  }

  /// - Parameter doors: a listening TCP socket for each event loop.
  private init(
    log: TrainingLog, doors: [Listener], port: UInt16, gatekeeper: Gatekeeper, settings: ServerSettings,
    eventLog: EventLog
  ) throws(SystemError) {
    self.log = log
    self.eventLog = eventLog
    isMaintained = settings.isMaintained
    self.port = port
    let collector = Collector(
      log: log, clock: SystemClock(), gatekeeper: gatekeeper, settings: settings, eventLog: eventLog)
    var inboxes: [LoopInbox] = []
    var starts: [@Sendable () -> Void] = []
    for (index, door) in doors.enumerated() {
      let inbox = try LoopInbox()
      var listeners = [door]
      if index == 0 { listeners.append(try Self.controlListener(log.configuration.directory)) }
      inboxes.append(inbox)
      // Made before the first of them accepts: a crowd at the door may take every descriptor.
      let handover = Handover(try EventLoop(collector: collector, inbox: inbox, listeners: listeners))
      starts.append {
        do { try handover.take()?.run() } catch { preconditionFailure("event loop: \(error)") }
      }
    }
    self.inboxes = inboxes
    do { try Eraser(log).countHiddenRows() } catch { eventLog.privacyFailed(error) }
    // Ahead of all erasures of this process, which are completed on the same queue.
    collector.erasing.async { collector.auditUnnotedErasures() }
    for (number, start) in starts.enumerated() {
      // Each a queue of its own: the shared ones have as many threads as there are cores, and a loop never gives one back.
      DispatchQueue(label: "cerberus.loop.\(number)").async(group: running, execute: start)
    }
    log.whenIndexed { [weak self] in self?.resumeErasures(collector) }
    _ = clockWatch.withLock { $0.look(wall: collector.clock.now, monotonic: Clocks.bootNanoseconds()) }
    keepHouse(collector, after: Double(settings.maintenanceDelaySeconds))
  }

  /// Lets go of the log files and opens them anew (SIGHUP): what somebody else has done to them is taken up at once.
  package func reopen() {
    do {
      try log.reopenFiles()
      eventLog.reopened()
    } catch { eventLog.reopenFailed(error) }
  }

  /// Again and again for as long as the server lives.
  private func keepHouse(_ collector: Collector, after seconds: Double) {
    DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + seconds) { [weak self] in
      guard let self else { return }
      let now = collector.clock.now
      log.commit.housekeep(now: now)
      if log.isIndexed { resumeErasures(collector) }
      let jump = clockWatch.withLock { $0.look(wall: now, monotonic: Clocks.bootNanoseconds()) }
      if let jump { eventLog.clockJumped(seconds: jump) }
      if isMaintained, log.isIndexed, clockWatch.withLock(\.isSteady) {
        collector.curating.async { Maintenance(collector).runIfDue(now: now) }
      }
      keepHouse(collector, after: Self.housekeepingSeconds)
    }
  }

  /// What was interrupted, or had no room on the disk.
  private func resumeErasures(_ collector: Collector) {
    guard !log.unfinishedErasures().isEmpty else { return }
    collector.erasing.async { [log, eventLog] in
      do {
        try Eraser(log).resume(now: collector.clock.now) { collector.audit(.resumeErasure, $0, by: "maintenance") }
      } catch { eventLog.privacyFailed(error) }
    }
  }

  private static func controlListener(_ directory: DataDirectory) throws(SystemError) -> Listener {
    // Left behind by a server that was killed: this process holds the lock, so nobody listens there.
    try Directories.remove(directory.controlSocket)
    let listener = Listener(try Descriptor.listening(path: directory.controlSocket), isTCP: false)
    try Directories.restrict(directory.controlSocket, to: 0o600)
    return listener
  }

  /// Answers what is on its way, syncs everything and returns.
  package func stop() {
    eventLog.stopping()
    log.cancelIndexing()
    for inbox in inboxes { inbox.deliver(.stop) }
    running.wait()
    log.endIndexing()
    log.commit.flush()
    try? Directories.remove(log.configuration.directory.controlSocket)
    eventLog.stopped()
    eventLog.sink.flush(seconds: 1)
  }
}

/// A loop on its way to its thread. It closes its listening sockets when it ends: whoever else kept it would leave clients
/// waiting in their backlog until the process ends.
private final class Handover: Sendable {
  private let loop: Mutex<EventLoop?>

  init(_ loop: sending EventLoop) { self.loop = Mutex(loop) }

  func take() -> sending EventLoop? {
    loop.withLock { loop in
      defer { loop = nil }
      return loop
    }
  }
}
