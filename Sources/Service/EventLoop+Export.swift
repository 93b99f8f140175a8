import HTTPWire

/// Exports on the wire.
extension EventLoop {
  /// Unsent bytes of a connection up to which more may come.
  private static let pendingMax = ExportStream.chunkBytes

  func stream(_ answer: StreamedAnswer, _ connection: Connection, _ now: UInt64) {
    guard let slot = collector.exportSlots.take() else {
      return send(Problem.exportsBusy.response, on: connection, now, refusal: .exports)
    }
    let stream = ExportStream(slot)
    connection.export = stream
    collector.produce(answer, to: stream) { [inbox, token = connection.token] in
      inbox.deliver(.export(token: token, $0))
    }
  }

  func receive(_ event: ExportStream.Event, for token: UInt64, _ now: UInt64) {
    guard let connection = connections[token] else { return }
    switch event {
    case .refuse(let response): send(response, on: connection, now)
    case .begin(let response):
      connection.owedCredits = 1
      connection.streamed = (response.status, 0)
      connection.wire.beginStream(response, date: date, now: now)
    case .chunk(let bytes):
      connection.owedCredits += 1
      connection.streamed.bytes += bytes.count
      connection.wire.stream(bytes, now: now)
    case .end:
      connection.wire.endStream(now: now)
      recordStream(connection, now)
    case .abort:
      connection.wire.abortStream()
      recordStream(connection, now, refusal: .aborted)
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
