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
  private static let connectionsMax = 1024
  /// From the order to stop until whatever is left is cut off.
  private static let stopNanoseconds: UInt64 = 8_000_000_000

  private let collector: Collector
  private let inbox: LoopInbox
  private var routes: Routes
  private var poller: Poller
  private var listeners: [UInt64: Listener] = [:]
  private var connections: [UInt64: Connection] = [:]
  private var nextToken: UInt64 = 16
  private var gathered: [CommitBatch.Item] = []
  private var buffer = [UInt8](repeating: 0, count: 64 * 1024)
  private var date = HTTPDate(unixSeconds: 0)
  private var dateSeconds: Int64 = -1
  private var lastSweep: UInt64 = 0
  private var stopBy: UInt64?

  private static let inboxToken: UInt64 = 0

  /// Takes over the listening sockets.
  init(collector: Collector, inbox: LoopInbox, listeners: [Listener]) throws(SystemError) {
    self.collector = collector
    self.inbox = inbox
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
      try poller.wait(timeoutMilliseconds: connections.isEmpty ? -1 : Self.sweepMilliseconds) { events.append($0) }
      let now = Clocks.monotonicNanoseconds()
      refreshDate()
      for event in events {
        handle(event, now)
        // An idle disk need not wait for the rest of the turn.
        if gathered.count >= Self.eagerRecords, collector.log.commit.isIdle { handOver(now) }
      }
      sweep(now)
      handOver(now)
      if let stopBy, now > stopBy { connections.removeAll() }
    }
  }

  private func handle(_ event: Poller.Event, _ now: UInt64) {
    if event.token == Self.inboxToken {
      for delivery in inbox.take() { receive(delivery, now) }
    } else if let listener = listeners[event.token] {
      accept(from: listener, now)
    } else if let connection = connections[event.token] {
      if event.isReadable { read(connection, now) }
      pump(connection, now)
    }
  }

  private func accept(from listener: Listener, _ now: UInt64) {
    // A failed accept (no descriptors left, say) leaves the client in the backlog until the next turn.
    while connections.count < Self.connectionsMax, let socket = try? listener.socket.accept() {
      let token = nextToken
      nextToken += 1
      if listener.isTCP { try? socket.setNoDelay() }
      let raw = socket.raw
      let wire = ServerConnection(limits: WireLimits(), now: now)
      guard (try? poller.add(raw, token: token)) != nil else { continue }
      let connection = Connection(token: token, socket: socket, wire: wire)
      connections[token] = connection
      // The request is often there already: one wait less.
      read(connection, now)
      pump(connection, now)
    }
  }

  private func read(_ connection: Connection, _ now: UInt64) {
    while connection.wire.wantsInput {
      let count: Int?
      do throws(SystemError) {
        count = try receive(from: connection)
      } catch { return remove(connection) }
      guard let count else { return }
      if count == 0 { return connection.wire.receiveEnd() }
      // In bounds: recv(2) returns at most the buffer's size.
      buffer.withUnsafeBytes { connection.wire.receive(UnsafeRawBufferPointer(rebasing: $0[..<count]), now: now) }
      if count < buffer.count { return }
    }
  }

  private func receive(from connection: Connection) throws(SystemError) -> Int? {
    try buffer.withUnsafeMutableBufferPointer { (bytes) throws(SystemError) in
      try connection.socket.receive(into: UnsafeMutableRawBufferPointer(bytes))
    }
  }

  /// Goes on with a connection until it waits for something.
  private func pump(_ connection: Connection, _ now: UInt64) {
    while connections[connection.token] != nil {
      switch connection.wire.nextAction(now: now) {
      case .wait:
        guard connection.wire.pendingOutput > 0 else { return watch(connection) }
        guard write(connection, now) else { return }
        if connection.wire.pendingOutput > 0 { return watch(connection) }
      case .head(let head):
        if let refusal = routes.refusal(head) {
          connection.wire.respond(refusal, date: date, now: now)
        } else {
          connection.wire.accept(now: now)
        }
      case .request(let request): answer(request, connection, now)
      case .refuse(let error): connection.wire.respond(error.response, date: date, now: now)
      case .halfClose: connection.socket.shutdownSending()
      case .close: remove(connection)
      }
    }
  }

  private func answer(_ request: Request, _ connection: Connection, _ now: UInt64) {
    let token = connection.token
    switch routes.handle(request) {
    case .now(let response): connection.wire.respond(response, date: date, now: now)
    case .commit(let work): gathered.append(CommitBatch.Item(token: token, work: work))
    case .curate: collector.curate { [inbox] in inbox.deliver(.response(token: token, $0)) }
    }
  }

  private func handOver(_ now: UInt64) {
    guard !gathered.isEmpty else { return }
    let items = gathered
    gathered.removeAll(keepingCapacity: true)
    let batch = CommitBatch(items: items) { [inbox] in inbox.deliver(.outcomes($0)) }
    if !collector.log.commit.submit(batch) {
      for item in items { respond(Problem.busy.response, to: item.token, now) }
    }
  }

  private func receive(_ delivery: LoopInbox.Delivery, _ now: UInt64) {
    switch delivery {
    case .outcomes(let outcomes):
      for (token, outcome) in outcomes { respond(Routes.response(outcome), to: token, now) }
    case .response(let token, let response): respond(response, to: token, now)
    case .stop: stop(now)
    }
  }

  private func respond(_ response: Response, to token: UInt64, _ now: UInt64) {
    guard let connection = connections[token] else { return }
    connection.wire.respond(response, date: date, now: now)
    pump(connection, now)
  }

  /// False when the connection is gone.
  private func write(_ connection: Connection, _ now: UInt64) -> Bool {
    do throws(SystemError) {
      let sent = try connection.wire.withOutput { (bytes) throws(SystemError) in try connection.socket.send(bytes) }
      connection.wire.didWrite(sent ?? 0, now: now)
      return true
    } catch {
      remove(connection)
      return false
    }
  }

  private func watch(_ connection: Connection) {
    let (reading, writing) = (connection.wire.wantsInput, connection.wire.pendingOutput > 0)
    guard reading != connection.isReading || writing != connection.isWriting else { return }
    connection.isReading = reading
    connection.isWriting = writing
    try? poller.modify(connection.socket.raw, token: connection.token, reading: reading, writing: writing)
  }

  private func remove(_ connection: Connection) {
    // Closing the descriptor takes it out of the poller.
    connections[connection.token] = nil
  }

  private func sweep(_ now: UInt64) {
    guard now - lastSweep >= UInt64(Self.sweepMilliseconds) * 1_000_000 else { return }
    lastSweep = now
    for connection in connections.values where connection.wire.deadline.map({ $0 <= now }) == true {
      connection.wire.timeOut(now: now)
      pump(connection, now)
    }
  }

  /// Empties the accept queue, closes the listeners and lets each connection finish.
  private func stop(_ now: UInt64) {
    guard stopBy == nil else { return }
    stopBy = now + Self.stopNanoseconds
    for listener in listeners.values { accept(from: listener, now) }
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
  let socket: Descriptor
  let isTCP: Bool

  init(_ socket: consuming Descriptor, isTCP: Bool) {
    self.socket = socket
    self.isTCP = isTCP
  }
}
