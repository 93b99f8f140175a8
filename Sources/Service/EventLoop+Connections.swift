import HTTPWire
import Posix
import Synchronization
import TrainingLog

/// From the listening socket to the answer on the wire.
extension EventLoop {
  /// So many more are told that there are too many.
  private static let refusedMax = 128
  /// At one go, so that a crowd at the door does not keep those waiting who are inside.
  private static let acceptedMax = 256
  /// Of one connection, before the others have their turn.
  private static let answersPerTurn = 4

  /// Takes what waits at a listener. Beyond the cap a connection is told so with 503 when it has asked; beyond the reserve
  /// behind the cap it is told at once and closed, so that no crowd can hold more than its share of memory. There is always
  /// room for the owner at the control socket.
  func accept(from listenerToken: UInt64, _ now: UInt64, atMost most: Int = acceptedMax) {
    guard let listener = listeners[listenerToken] else { return }
    for _ in 0..<most {
      let accepted: Descriptor?
      do throws(SystemError) { accepted = try listener.socket.accept() } catch { return pause(listenerToken) }
      guard let socket = accepted else { return }
      let open = collector.connections.wrappingAdd(1, ordering: .relaxed).newValue
      let token = nextToken
      nextToken += 1
      let isRefused = listener.isTCP && open > collector.limits.connections
      if isRefused { collector.refusals.count(.connections) }
      if listener.isTCP { try? socket.setNoDelay() }
      let isTurnedAway = isRefused && open > collector.limits.connections + Self.refusedMax
      guard !isTurnedAway, (try? poller.add(socket.raw, token: token)) != nil else {
        collector.connections.wrappingSubtract(1, ordering: .relaxed)
        if isTurnedAway { turnAway(socket) }
        continue
      }
      let connection = Connection(
        token: token, socket: socket, wire: ServerConnection(limits: collector.limits.wire, now: now),
        isRefused: isRefused,
        isLocal: !listener.isTCP)
      connections[token] = connection
      // The request is often there already: one wait less.
      read(connection, now)
      pump(connection, now)
    }
  }

  /// Says 503 to a client of which nothing shall be kept. What it has sent is read, since to close over unread bytes is a
  /// reset, which may overtake the answer; what has no room in the empty send buffer is let go.
  private func turnAway(_ socket: borrowing Descriptor) {
    _ = try? buffer.withUnsafeMutableBufferPointer { (bytes) throws(SystemError) in
      try socket.receive(into: UnsafeMutableRawBufferPointer(bytes))
    }
    _ = try? Problem.crowded.response.lastBytes(date: date).withUnsafeBufferPointer { (bytes) throws(SystemError) in
      try socket.send(UnsafeRawBufferPointer(bytes))
    }
    socket.shutdownSending()
  }

  /// Without free descriptors the client stays in the backlog and the listener would be ready for ever.
  private func pause(_ token: UInt64) {
    guard let listener = listeners[token], (try? poller.remove(listener.socket.raw)) != nil else { return }
    paused.insert(token)
    collector.refusals.count(.descriptors)
  }

  func read(_ connection: Connection, _ now: UInt64) {
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

  func receive(from connection: Connection) throws(SystemError) -> Int? {
    try buffer.withUnsafeMutableBufferPointer { (bytes) throws(SystemError) in
      try connection.socket.receive(into: UnsafeMutableRawBufferPointer(bytes))
    }
  }

  /// Goes on with a connection until it waits for something, or has had its share of the turn: whoever pipelines
  /// thousands of requests shall not keep the others waiting.
  func pump(_ connection: Connection, _ now: UInt64) {
    var answered = 0
    while connections[connection.token] != nil {
      if answered == Self.answersPerTurn { return postpone(connection, now) }
      switch connection.wire.nextAction(now: now) {
      case .wait:
        guard connection.wire.pendingOutput > 0 else { return watch(connection) }
        guard write(connection, now) else { return }
        if connection.wire.pendingOutput > 0 { return watch(connection) }
      case .head(let head):
        answered += 1
        consider(head, connection, now)
      case .request(let request): answer(request, connection, now)
      case .refuse(let error): refuse(error, connection, now)
      case .halfClose: connection.socket.shutdownSending()
      case .close: remove(connection)
      }
    }
  }

  private func postpone(_ connection: Connection, _ now: UInt64) {
    if connection.wire.pendingOutput > 0, !write(connection, now) { return }
    watch(connection)
    guard !connection.isDeferred else { return }
    connection.isDeferred = true
    deferred.append(connection.token)
  }

  func goOnWithDeferred(_ now: UInt64) {
    let tokens = deferred
    deferred.removeAll(keepingCapacity: true)
    for token in tokens {
      guard let connection = connections[token] else { continue }
      connection.isDeferred = false
      pump(connection, now)
    }
  }

  func answer(_ request: Request, _ connection: Connection, _ now: UInt64) {
    let token = connection.token
    connection.exchange?.bytesIn = request.body.count
    switch routes.handle(request, caller: connection.exchange?.caller ?? .keyless) {
    case .now(let response): send(response, on: connection, now)
    case .commitLines(let work, let lines):
      connection.lines = lines
      gathered.append(CommitBatch.Item(token: token, work: work))
    case .commit(let work): gathered.append(CommitBatch.Item(token: token, work: work))
    case .background(let queue, let work, let answered):
      queue.async { [inbox] in inbox.deliver(.response(token: token, work(), answered: answered)) }
    case .stream(let answer): stream(answer, connection, now)
    }
  }

  /// False when the connection is gone.
  func write(_ connection: Connection, _ now: UInt64) -> Bool {
    do throws(SystemError) {
      let sent = try connection.wire.withOutput { (bytes) throws(SystemError) in try connection.socket.send(bytes) }
      connection.wire.didWrite(sent ?? 0, now: now)
      settle(connection)
      return true
    } catch {
      remove(connection)
      return false
    }
  }

  func watch(_ connection: Connection) {
    let (reading, writing) = (connection.wire.wantsInput, connection.wire.pendingOutput > 0)
    guard reading != connection.isReading || writing != connection.isWriting else { return }
    connection.isReading = reading
    connection.isWriting = writing
    try? poller.modify(connection.socket.raw, token: connection.token, reading: reading, writing: writing)
  }

  func remove(_ connection: Connection) {
    // Closing the descriptor takes it out of the poller.
    guard connections.removeValue(forKey: connection.token) != nil else { return }
    collector.connections.wrappingSubtract(1, ordering: .relaxed)
    // The peer has gone before the end of its export.
    if connection.export != nil { recordStream(connection, Clocks.monotonicNanoseconds(), refusal: .aborted) }
  }
}
