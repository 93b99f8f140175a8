/// What the driver answers. Every call here after the connection has closed does nothing; in any other state than the
/// one named it is a bug of the driver and traps.
extension ServerConnection {
  /// Takes the request of `.head`: its body is read, with an interim 100 if that was asked for and no byte of the body
  /// has come yet (RFC 9110 section 10.1.1).
  package mutating func accept(now: Nanoseconds) {
    guard phase != .closed else { return }
    precondition(phase == .deciding, "accept in state \(phase)")
    if expectsContinue, input.isEmpty {
      write(now) { ResponseWriter.append("HTTP/1.1 100 Continue\r\n\r\n", to: &$0) }
    }
    beginBody(.body, now: now)
  }

  /// Answers `.head` (early), `.request` or `.refuse`.
  ///
  /// After an early answer the body is dropped within its limit and the connection stays; if the client asked for a
  /// 100, it closes, because nobody could say whether the body will come. That a part of it may be here already does
  /// not count, or the outcome would depend on how the bytes were split.
  package mutating func respond(_ response: Response, date: HTTPDate, now: Nanoseconds) {
    let unread: Bool
    switch phase {
    case .closed: return
    case .answering, .refusing: unread = false
    case .deciding: unread = framing != .none
    default: preconditionFailure("respond in state \(phase)")
    }
    let closes = phase == .refusing || response.closes || mustClose || (unread && expectsContinue)
    let hasBody = StatusLine.hasBody(response.status)
    let persistence = persistence(closes: closes)
    write(now) { output in
      ResponseWriter.appendHead(
        status: response.status, fields: response.fields, date: date,
        framing: hasBody ? .length(response.body.count) : .unmarked, persistence: persistence, to: &output)
    }
    if hasBody, !isHead { outputBuffer.append(contentsOf: response.body) }
    if unread, !closes {
      head = nil
      beginBody(.discarding, now: now)
    } else {
      finishAnswer(closes: closes, now: now)
    }
  }

  /// Begins the answer to `.request` with a body of unknown length: chunked, or ended by the close in HTTP/1.0.
  ///
  /// `response.body` is its first piece. Follow with `stream` and one of `endStream` and `abortStream`; watch
  /// `pendingOutput` so as not to run ahead of the peer.
  package mutating func beginStream(_ response: Response, date: HTTPDate, now: Nanoseconds) {
    guard phase != .closed else { return }
    precondition(phase == .answering, "beginStream in state \(phase)")
    precondition(StatusLine.hasBody(response.status), "status \(response.status) has no body")
    streamIsChunked = versionMinor == 1
    keepAlive = !(response.closes || mustClose || !streamIsChunked)
    let persistence = persistence(closes: !keepAlive)
    let framing: ResponseWriter.Framing = streamIsChunked ? .chunked : .unmarked
    write(now) { output in
      ResponseWriter.appendHead(
        status: response.status, fields: response.fields, date: date, framing: framing, persistence: persistence,
        to: &output)
    }
    phase = .streaming
    stream(response.body, now: now)
  }

  /// Adds bytes to the streamed answer.
  package mutating func stream(_ bytes: [UInt8], now: Nanoseconds) {
    guard phase != .closed else { return }
    precondition(phase == .streaming, "stream in state \(phase)")
    guard !isHead, !bytes.isEmpty else { return }
    let chunked = streamIsChunked
    write(now) { output in
      if chunked { ResponseWriter.appendChunk(bytes, to: &output) } else { output.append(contentsOf: bytes) }
    }
  }

  /// The streamed answer is complete.
  package mutating func endStream(now: Nanoseconds) {
    guard phase != .closed else { return }
    precondition(phase == .streaming, "endStream in state \(phase)")
    if streamIsChunked, !isHead { write(now) { ResponseWriter.append("0\r\n\r\n", to: &$0) } }
    finishAnswer(closes: !keepAlive, now: now)
  }

  /// The streamed answer cannot be completed: the peer sees a chunked body without its end.
  package mutating func abortStream() {
    guard phase != .closed else { return }
    precondition(phase == .streaming, "abortStream in state \(phase)")
    beginClosing(lingers: false)
  }

  /// The answer and the request are both over.
  mutating func finishAnswer(closes: Bool, now: Nanoseconds) {
    guard !closes else { return beginClosing(lingers: true) }
    phase = .idle
    phaseDeadline = min(now + WireLimits.nanoseconds(limits.idleSeconds), drainDeadline ?? .max)
    emptyLineSkipped = false
    head = nil
  }

  /// Closing is due whatever the answer says: asked for, stopping, or nobody left to send another request.
  private var mustClose: Bool { !keepAlive || draining || (inputEnded && input.isEmpty) }

  private func persistence(closes: Bool) -> ResponseWriter.Persistence {
    closes ? .close : versionMinor == 0 ? .keepAlive : .implied
  }

  /// Appends to the output; the time of a write stall begins when there was none.
  private mutating func write(_ now: Nanoseconds, _ append: (inout [UInt8]) -> Void) {
    if pendingOutput == 0 { writeDeadline = now + WireLimits.nanoseconds(limits.writeStallSeconds) }
    append(&outputBuffer)
  }
}
