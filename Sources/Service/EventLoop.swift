import HTTPWire
import Posix
import TrainingLog

/// One thread, one poller, its own listening sockets and connections; nothing is shared with other loops but the inbox.
///
/// Each turn handles everything that is ready and hands what it gathered to the committer in one go.
final class EventLoop {
  private static let sweepMilliseconds: Int32 = 250
  /// So many records are worth a sync of their own while the committer has nothing to do.
  private static let eagerRecords = 8
  /// From the order to stop until whatever is left is cut off.
  private static let stopNanoseconds: UInt64 = 8_000_000_000

  let collector: Collector
  let inbox: LoopInbox
  var routes: Routes
  var poller: Poller
  var listeners: [UInt64: Listener] = [:]
  /// Listeners taken out of the poller for a moment, because there is no descriptor left to accept with.
  var paused: Set<UInt64> = []
  /// Connections that have more to ask than one turn answers; they go on in the next.
  var deferred: [UInt64] = []
  var connections: [UInt64: Connection] = [:]
  var nextToken: UInt64 = 16
  var gathered: [CommitBatch.Item] = []
  var buffer = [UInt8](repeating: 0, count: 64 * 1024)
  var date = HTTPDate(unixSeconds: 0)
  /// Lines of a turn go out together at its end.
  let log: EventLog
  /// For the ids of requests.
  let series = UInt32.random(in: .min ... .max)
  var requests: UInt64 = 0
  var failureLines = LinePacer(perSecond: 50)
  var otherLines = LinePacer(perSecond: 50)
  private var dateSeconds: Int64 = -1
  private var lastSweep: UInt64 = 0
  private var stopBy: UInt64?

  private static let inboxToken: UInt64 = 0

  /// Takes over the listening sockets.
  init(collector: Collector, inbox: LoopInbox, listeners: [Listener]) throws(SystemError) {
    self.collector = collector
    self.inbox = inbox
    log = collector.eventLog.forLoop()
    routes = Routes(collector)
    poller = try Poller()
    try poller.add(inbox.wakeup.raw, token: Self.inboxToken)
    for (index, listener) in listeners.enumerated() {
      let token = UInt64(index + 1)
      self.listeners[token] = listener
      try poller.add(listener.socket.raw, token: token)
    }
  }

  /// Returns when it was told to stop and the last connection is gone.
  func run() throws(SystemError) {
    while stopBy == nil || !connections.isEmpty {
      var events: [Poller.Event] = []
      try poller.wait(timeoutMilliseconds: patienceMilliseconds) { events.append($0) }
      let now = Clocks.monotonicNanoseconds()
      refreshDate()
      for event in events {
        handle(event, now)
        // An idle disk need not wait for the rest of the turn.
        if gathered.count >= Self.eagerRecords, collector.log.commit.isIdle { handOver(now) }
      }
      goOnWithDeferred(now)
      sweep(now)
      handOver(now)
      flushLog(now)
      if let stopBy, now > stopBy { connections.removeAll() }
    }
    flushLog(.max)
  }

  /// How long a turn may wait for events; -1 is for ever.
  private var patienceMilliseconds: Int32 {
    if !deferred.isEmpty { return 0 }
    return connections.isEmpty && paused.isEmpty ? -1 : Self.sweepMilliseconds
  }

  private func handle(_ event: Poller.Event, _ now: UInt64) {
    if event.token == Self.inboxToken {
      for delivery in inbox.take() { receive(delivery, now) }
    } else if listeners[event.token] != nil {
      accept(from: event.token, now)
    } else if let connection = connections[event.token] {
      // A reset: nobody is left to read an answer, and epoll would tell it again and again.
      if event.isClosed { return remove(connection) }
      if event.isReadable { read(connection, now) }
      pump(connection, now)
    }
  }

  private func handOver(_ now: UInt64) {
    // A refusal lets the next pipelined request through, which may gather again.
    while !gathered.isEmpty {
      let items = gathered
      gathered.removeAll(keepingCapacity: true)
      let batch = CommitBatch(items: items) { [inbox] in inbox.deliver(.outcomes($0)) }
      for item in collector.log.commit.submit(batch) {
        collector.outcomes.count(item.work.kind, .queueFull, times: item.work.count)
        respond(Problem.busy.response, to: item.token, now, refusal: .busy)
      }
    }
  }

  private func receive(_ delivery: LoopInbox.Delivery, _ now: UInt64) {
    switch delivery {
    case .outcomes(let outcomes):
      for (token, outcome) in outcomes {
        count(outcome, token)
        respond(response(outcome, token), to: token, now)
      }
    case .response(let token, let response, let answered):
      // A client that has only ended its own direction is answered all the same.
      let isThere = connections[token].map { !$0.socket.hasEnded() } ?? false
      respond(response, to: token, now)
      answered(isThere)
    case .export(let token, let event): receive(event, for: token, now)
    case .stop: stop(now)
    }
  }

  private func count(_ outcome: Outcome, _ token: UInt64) {
    let connection = connections[token]
    let lines = connection?.lines.count { if case .committed = $0 { true } else { false } } ?? 0
    collector.outcomes.count(
      outcome, of: connection?.exchange?.route == Routes.feedbackPath ? .rating : .conversation, records: max(1, lines))
  }

  private func response(_ outcome: Outcome, _ token: UInt64) -> Response {
    guard case .several(let outcomes) = outcome, let connection = connections[token] else {
      return Routes.response(outcome)
    }
    defer { connection.lines = [] }
    return LineResult.response(connection.lines, outcomes)
  }

  private func respond(_ response: Response, to token: UInt64, _ now: UInt64, refusal: Refusal? = nil) {
    guard let connection = connections[token] else { return }
    send(response, on: connection, now, refusal: refusal)
    pump(connection, now)
  }

  private func sweep(_ now: UInt64) {
    guard now - lastSweep >= UInt64(Self.sweepMilliseconds) * 1_000_000 else { return }
    lastSweep = now
    for token in paused {
      guard let listener = listeners[token], (try? poller.add(listener.socket.raw, token: token)) != nil else {
        continue
      }
      paused.remove(token)
    }
    for connection in connections.values where connection.wire.deadline.map({ $0 <= now }) == true {
      if let silence = connection.wire.timeOut(now: now) { collector.silences.count(silence) }
      pump(connection, now)
    }
  }

  /// Empties the accept queue, closes the listeners and lets each connection finish. Those who come while the queue is
  /// being emptied cannot make that last: no more are taken than it holds.
  private func stop(_ now: UInt64) {
    guard stopBy == nil else { return }
    stopBy = now + Self.stopNanoseconds
    for token in listeners.keys { accept(from: token, now, atMost: Listener.backlog) }
    for listener in listeners.values { try? poller.remove(listener.socket.raw) }
    listeners.removeAll()
    for connection in connections.values {
      connection.wire.drain(now: now)
      pump(connection, now)
    }
  }

  private func refreshDate() {
    let seconds = Clocks.unixMilliseconds() / 1000
    guard seconds != dateSeconds else { return }
    dateSeconds = seconds
    date = HTTPDate(unixSeconds: Int(seconds))
  }
}

/// A listening socket.
final class Listener: Sendable {
  /// Connections that may wait to be accepted (listen(2)).
  static let backlog = 1024

  let socket: Descriptor
  let isTCP: Bool

  init(_ socket: consuming Descriptor, isTCP: Bool) {
    self.socket = socket
    self.isTCP = isTCP
  }
}
