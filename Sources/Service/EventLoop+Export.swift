import HTTPWire

/// Exports on the wire.
extension EventLoop {
  /// Unsent bytes of a connection up to which more may come.
  private static let pendingMax = ExportStream.chunkBytes

  func export(_ order: ExportOrder, _ connection: Connection, _ now: UInt64) {
    guard let slot = collector.exportSlots.take() else {
      collector.refusals.exports.wrappingAdd(1, ordering: .relaxed)
      return connection.wire.respond(Problem.exportsBusy.response, date: date, now: now)
    }
    let stream = ExportStream(slot)
    connection.export = stream
    collector.export(order, to: stream) { [inbox, token = connection.token] in
      inbox.deliver(.export(token: token, $0))
    }
  }

  func receive(_ event: ExportStream.Event, for token: UInt64, _ now: UInt64) {
    guard let connection = connections[token] else { return }
    switch event {
    case .refuse(let response): connection.wire.respond(response, date: date, now: now)
    case .begin(let response):
      connection.owedCredits = 1
      connection.wire.beginStream(response, date: date, now: now)
    case .chunk(let bytes):
      connection.owedCredits += 1
      connection.wire.stream(bytes, now: now)
    case .end: connection.wire.endStream(now: now)
    case .abort: connection.wire.abortStream()
    }
    switch event {
    case .begin, .chunk: settle(connection)
    case .refuse, .end, .abort: connection.export = nil
    }
    pump(connection, now)
  }

  /// Asks for more once the peer has taken enough of what it was sent.
  func settle(_ connection: Connection) {
    guard let stream = connection.export, connection.wire.pendingOutput <= Self.pendingMax else { return }
    for _ in 0..<connection.owedCredits { stream.giveBackCredit() }
    connection.owedCredits = 0
  }
}
