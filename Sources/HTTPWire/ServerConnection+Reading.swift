/// From bytes to heads and bodies.
extension ServerConnection {
  /// Steps over one empty line (RFC 9112 section 2.2) and begins a head with the first byte of a request; false while
  /// there is none, or while unsent answers pile up.
  mutating func leaveIdle(_ now: Nanoseconds) -> Bool {
    guard pendingOutput <= limits.outputBytes else { return false }
    if !emptyLineSkipped {
      let begins = input.withBytes { $0.count < 2 ? nil : $0[0] == ASCII.cr && $0[1] == ASCII.lf }
      if begins == true {
        input.consume(2)
        emptyLineSkipped = true
      } else if begins == nil, input.withBytes({ $0.first == ASCII.cr }), !inputEnded {
        return false
      }
    }
    guard !input.isEmpty else {
      if inputEnded { beginClosing(lingers: false) }
      return inputEnded
    }
    phase = .head
    phaseDeadline = firstHeadDeadline ?? (now + WireLimits.nanoseconds(limits.headSeconds))
    firstHeadDeadline = nil
    parser = HeadParser()
    isHead = false
    return true
  }

  /// The head, once it is complete and valid; the state is then `deciding`.
  mutating func readHead() throws(WireError) -> RequestHead? {
    let limits = limits
    let result = try input.withBytes { (bytes) throws(WireError) -> (RequestHead, Int)? in
      guard let end = try parser.advance(bytes, limits: limits) else { return nil }
      return (try parser.makeHead(bytes.part(0..<end)), end)
    }
    guard let (head, end) = result else {
      if inputEnded { throw .endedEarly }
      return nil
    }
    isHead = head.method == .head
    versionMinor = head.versionMinor
    keepAlive = head.keepAlive
    framing = head.framing
    if case .length(let bytes) = framing {
      guard bytes <= limits.bodyBytes else {
        // Whoever answers has to know what was asked.
        self.head = head
        throw .bodyTooLong
      }
    }
    input.consume(end)
    expectsContinue = head.expectsContinue
    self.head = head
    phase = .deciding
    phaseDeadline = .max
    return head
  }

  /// Starts the time and the state of a body.
  mutating func beginBody(_ phase: Phase, now: Nanoseconds) {
    self.phase = phase
    switch framing {
    case .none:
      bodyPending = 0
      phaseDeadline = .max
    case .length(let bytes):
      bodyPending = bytes
      phaseDeadline = now + limits.bodyTime(bytes: bytes)
      // A declared length is no reason to trust it with more than this before its bytes come.
      if phase == .body { body.reserveCapacity(min(bytes, 64 * 1024)) }
    case .chunked:
      chunks = ChunkedDecoder()
      phaseDeadline = now + limits.bodyTime(bytes: limits.bodyBytes)
    }
  }

  /// The request, once its body is complete; the state is then `answering`.
  mutating func readBody() throws(WireError) -> Request? {
    guard try takeBody(keeping: true) else {
      if inputEnded { throw .endedEarly }
      return nil
    }
    guard let head else { preconditionFailure("no head in state \(phase)") }
    let request = Request(head: head, body: body)
    body = []
    phase = .answering
    phaseDeadline = .max
    return request
  }

  /// Drops the rest of a body that was answered early; true when the state has changed.
  mutating func discardBody(_ now: Nanoseconds) -> Bool {
    do {
      if try takeBody(keeping: false) {
        finishAnswer(closes: false, now: now)
      } else if inputEnded {
        beginClosing(lingers: false)
      } else {
        return false
      }
    } catch {
      // Its answer has begun, so there is nothing left to say.
      beginClosing(lingers: true)
    }
    return true
  }

  /// Consumes what has come of the body; true at its end.
  private mutating func takeBody(keeping: Bool) throws(WireError) -> Bool {
    switch framing {
    case .none: return true
    case .length:
      let count = min(bodyPending, input.count)
      if count > 0 {
        // Bound: `count` is at most what the buffer holds.
        if keeping { input.withBytes { body.append(contentsOf: $0.part(0..<count)) } }
        input.consume(count)
        bodyPending -= count
      }
      return bodyPending == 0
    case .chunked:
      let limits = limits
      let used = try input.withBytes { (bytes) throws(WireError) -> Int in
        try chunks.decode(bytes, into: &body, keeping: keeping, limits: limits)
      }
      input.consume(used)
      return chunks.isFinished
    }
  }
}
