/// One server-side HTTP/1.1 connection as a value: bytes and times in, actions and output bytes out.
///
/// The only type that changes the state of a connection. It reads no socket and no clock; the driver does:
///
/// 1. `receive` what was read (while `wantsInput`), `receiveEnd` at end of file.
/// 2. `nextAction` until `.wait`, answering `.head` with `accept` or `respond`, `.request` with `respond` (now or
///    later) or a stream, `.refuse` with `respond`.
/// 3. Write `output`, report it with `didWrite`, and go to 2 if all of it went out.
/// 4. Call `timeOut` when `deadline` has come, then go to 2.
///
/// The next request is not looked at before the current one is answered, so pipelined answers keep their order. The
/// sequence of actions does not depend on how the bytes were split.
package struct ServerConnection: Sendable {
  /// What the driver has to do next.
  package enum Action: Sendable {
    /// Nothing until more bytes, an answer, written output or the deadline.
    case wait
    /// Decide on the head alone: `accept` it, or `respond` at once.
    case head(RequestHead)
    /// `respond` to it, or `beginStream`.
    case request(Request)
    /// The request broke a rule of the wire: count it and `respond(error.response, …)`.
    case refuse(WireError)
    /// All output is written: shut the sending side down, and keep reading so that the peer can read the answer.
    case halfClose
    /// Close the descriptor. Said again at every call.
    case close
  }

  /// Every state, with its legal successors. From each of them `closed` may follow by a write stall.
  enum Phase: Equatable {
    /// No byte of a request yet. → head, closing
    case idle
    /// Part of a head. → deciding, failed
    case head
    /// `.head` is out. → body, discarding, idle, closing
    case deciding
    /// Accepted; perhaps part of a body, which may be empty. → answering, failed
    case body
    /// `.request` is out. → idle, streaming, closing
    case answering
    /// The answer is being streamed. → idle, closing
    case streaming
    /// Answered early; the rest of the body is dropped. → idle, closing
    case discarding
    /// `.refuse` is due. → refusing
    case failed
    /// `.refuse` is out. → closing
    case refusing
    /// Nothing more is read; output is being written. → lingering, closed
    case closing
    /// Half-closed; input is dropped until the peer closes, its time or its bytes are over. → closed
    case lingering
    /// The end.
    case closed
  }

  let limits: WireLimits
  var phase = Phase.idle
  /// When the current phase times out; `.max` for never.
  var phaseDeadline: Nanoseconds
  /// When unsent output has stalled for too long; `.max` without output.
  var writeDeadline = Nanoseconds.max
  /// Of the first request, whose time begins at accept.
  var firstHeadDeadline: Nanoseconds?

  var input = InputBuffer()
  var inputEnded = false
  var parser = HeadParser()
  /// Of the request that is being decided on, read or answered.
  package internal(set) var head: RequestHead?
  var framing = BodyFraming.none
  var body: [UInt8] = []
  /// Bytes of a Content-Length body still to come.
  var bodyPending = 0
  var chunks = ChunkedDecoder()
  var error = WireError.endedEarly

  var outputBuffer: [UInt8] = []
  var outputStart = 0

  /// What the answer has to know of the request.
  var isHead = false
  var keepAlive = true
  var versionMinor = 1
  var expectsContinue = false
  var streamIsChunked = false

  var emptyLineSkipped = false
  /// While the server stops: when an idle connection goes.
  var drainDeadline: Nanoseconds?
  var draining: Bool { drainDeadline != nil }
  var lingers = true
  /// Bytes dropped since the last request was read or refused.
  var lingerBytes = 0

  /// A connection accepted at `now`.
  package init(limits: WireLimits, now: Nanoseconds) {
    self.limits = limits
    let deadline = now + WireLimits.nanoseconds(limits.headSeconds)
    firstHeadDeadline = deadline
    phaseDeadline = deadline
  }

  /// Takes bytes read from the peer. They are kept, decoded or dropped as the state asks for.
  package mutating func receive(_ bytes: UnsafeRawBufferPointer, now: Nanoseconds) {
    guard !bytes.isEmpty, !inputEnded else { return }
    switch phase {
    case .closed: break
    case .failed, .refusing, .closing, .lingering: lingerBytes += bytes.count
    case .body where framing != .chunked && input.isEmpty:
      // The short way for large bodies: past the input buffer.
      let count = min(bodyPending, bytes.count)
      // Bound: `count` is at most `bytes.count`.
      body.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      bodyPending -= count
      if count < bytes.count { input.append(UnsafeRawBufferPointer(rebasing: bytes[count...])) }
    default: input.append(bytes)
    }
  }

  /// The peer has half-closed: nothing more will come. Complete requests are still answered.
  package mutating func receiveEnd() { inputEnded = true }

  /// False while the driver should leave bytes in the kernel: a request is still unanswered, or enough was dropped.
  package var wantsInput: Bool {
    !inputEnded && phase != .closed && input.count < limits.inputBytes && lingerBytes <= limits.lingerBytes
  }

  /// The next thing to do; to be called until `.wait` or `.close`.
  package mutating func nextAction(now: Nanoseconds) -> Action {
    while true {
      switch phase {
      case .deciding, .answering, .streaming, .refusing: return .wait
      case .idle: guard leaveIdle(now) else { return .wait }
      case .head:
        do {
          guard let head = try readHead() else { return .wait }
          return .head(head)
        } catch { fail(error) }
      case .body:
        do {
          guard let request = try readBody() else { return .wait }
          return .request(request)
        } catch { fail(error) }
      case .discarding: guard discardBody(now) else { return .wait }
      case .failed:
        phase = .refusing
        return .refuse(error)
      case .closing:
        guard pendingOutput == 0 else { return .wait }
        guard lingers, !inputEnded else {
          close()
          return .close
        }
        phase = .lingering
        phaseDeadline = now + WireLimits.nanoseconds(limits.lingerSeconds)
        return .halfClose
      case .lingering:
        guard inputEnded || lingerBytes > limits.lingerBytes else { return .wait }
        close()
      case .closed: return .close
      }
    }
  }

  /// Ends the reading; closes once the output is written, in stages if it `lingers` (RFC 9112 section 9.6).
  mutating func beginClosing(lingers: Bool) {
    phase = .closing
    phaseDeadline = .max
    self.lingers = lingers
    input.clear()
    body = []
    head = nil
  }

  mutating func close() {
    phase = .closed
    phaseDeadline = .max
    writeDeadline = .max
    input.clear()
    body = []
    head = nil
    outputBuffer = []
    outputStart = 0
  }

  /// The request cannot be served; nothing more of it is read.
  mutating func fail(_ error: WireError) {
    // The answer to a HEAD never has a body, not even when the head is no good or not complete.
    if phase == .head { isHead = input.withBytes { $0.count >= 5 && $0.part(0..<5).equals("HEAD ") } }
    self.error = error
    if phase != .head { head = nil }
    phase = .failed
    phaseDeadline = .max
    input.clear()
    body = []
  }
}
