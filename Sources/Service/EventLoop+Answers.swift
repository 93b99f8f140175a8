import HTTPWire
import Logging
import Posix
import TrainingLog

/// The one gate through which heads come in and answers go out: what is counted, added and logged stands here.
extension EventLoop {
  /// Decides on a head: an early answer, or its body is read.
  func consider(_ head: RequestHead, _ connection: Connection, _ now: UInt64) {
    let route = begin(head, connection, now)
    if connection.isRefused {
      send(Problem.crowded.response, on: connection, now, refusal: .connections)
    } else if route == Routes.feedbackPath, let answer = preflight(head, connection) {
      send(answer, on: connection, now)
    } else if collector.crossOrigin.forbids(head, isRating: route == Routes.feedbackPath) {
      send(Problem.originNotAllowed.response, on: connection, now)
    } else if let refusal = refusal(head, connection, now) {
      send(refusal, on: connection, now)
    } else {
      connection.wire.accept(now: now)
    }
  }

  /// Returns the route.
  private func begin(_ head: RequestHead, _ connection: Connection, _ now: UInt64) -> String {
    let route = routes.template(head)
    requests += 1
    connection.exchange = Exchange(
      series: series, number: requests, route: route, method: head.method, started: now)
    return route
  }

  /// What is no request, or one with a body that is larger than allowed.
  func refuse(_ error: WireError, _ connection: Connection, _ now: UInt64) {
    if connection.exchange == nil, let head = connection.wire.head, begin(head, connection, now) == Routes.feedbackPath
    {
      connection.exchange?.origin = collector.crossOrigin.allowedOrigin(head.fields)
    }
    send(error.response(under: collector.limits.wire), on: connection, now, refusal: .wire(error))
  }

  /// What pages of other origins ask first, without a key; nil for anything else.
  private func preflight(_ head: RequestHead, _ connection: Connection) -> Response? {
    let origin = collector.crossOrigin.allowedOrigin(head.fields)
    connection.exchange?.origin = origin
    guard collector.crossOrigin.isPreflight(head) else { return nil }
    return origin == nil ? Problem.originNotAllowed.response : CrossOrigin.preflight
  }

  /// What the routes refuse, and what goes beyond a rate; nil to go on.
  private func refusal(_ head: RequestHead, _ connection: Connection, _ now: UInt64) -> Response? {
    var caller: Gatekeeper.Caller?
    let refusal = routes.refusal(head, isLocal: connection.isLocal, tick: now) { decision in
      switch decision {
      case .admitted(let admitted): caller = admitted
      case .refused(_, let keyID): connection.exchange?.refusedKeyID = keyID
      }
    }
    if let refusal { return refusal }
    if let caller { connection.exchange?.caller = caller }
    let seconds: Int? =
      switch caller {
      case .keyless where connection.exchange?.route == Routes.feedbackPath:
        collector.clientLimits.takeFeedback(peer: connection.peer, head.fields, now: now)
      case .key(let id): collector.clientLimits.take(keyID: id, now: now)
      default: nil
      }
    return seconds.map { Problem.tooManyRequests(retryAfter: $0).response }
  }

  /// Answers what the connection has asked. Every answer goes this way.
  func send(_ answer: Response, on connection: Connection, _ now: UInt64, refusal: Refusal? = nil) {
    var response = answer
    let exchange = connection.exchange
    connection.exchange = nil
    if let exchange {
      if response.status >= 400 { response.fields.append(("X-Request-Id", exchange.id)) }
      if exchange.route == Routes.feedbackPath { collector.crossOrigin.addFields(for: exchange.origin, to: &response) }
    }
    response = response.coded(for: connection.wire.head)
    connection.wire.respond(response, date: date, now: now)
    let bytesOut = exchange?.method == .head ? 0 : response.body.count
    record(exchange, status: response.status, bytesOut: bytesOut, refusal ?? Refusal(status: response.status), now)
  }

  /// The end of a streamed answer.
  func recordStream(_ connection: Connection, _ now: UInt64, refusal: Refusal? = nil) {
    guard let exchange = connection.exchange else { return }
    connection.exchange = nil
    record(exchange, status: connection.streamed.status, bytesOut: connection.streamed.bytes, refusal, now)
  }

  /// Counts and logs an answer.
  private func record(_ exchange: Exchange?, status: Int, bytesOut: Int, _ refusal: Refusal?, _ now: UInt64) {
    // One too many was counted when it was accepted, whether or not it got as far as a request.
    if let refusal, refusal != .connections { collector.refusals.count(refusal) }
    guard let exchange else {
      if let refusal, log.isEnabled(.info), mayWrite(status, now) { log.refused(refusal) }
      return
    }
    // The turn's `now` is as old as the turn.
    let end = Clocks.monotonicNanoseconds()
    collector.requests.count(
      route: exchange.route, status: status, nanoseconds: end > exchange.started ? end - exchange.started : 0)
    let level = Self.level(status, exchange.route)
    guard log.isEnabled(level), mayWrite(status, now, keyID: exchange.refusedKeyID) else { return }
    let answer = Exchange.Answer(status: status, bytesOut: bytesOut, refusal: refusal, at: end)
    log.answered(exchange, answer, at: level)
  }

  /// Successes of the routes that are called all the time are for `debug`: at 30,000 a second a line of 200 bytes for
  /// each would be 6 MB a second, half a terabyte a day, and one to six microseconds of CPU each, to say what the
  /// counters of `/metrics` and the data themselves say better. Sampling them would answer no question about any one
  /// request. What people did (curate, export, erase) and what went wrong is told at the usual level.
  private static func level(_ status: Int, _ route: String) -> Logger.Level {
    switch status {
    case 500: .error
    case 501...: .warning
    case 400...: .info
    default: Routes.isBusy(route) ? .debug : .info
    }
  }

  /// Failures of the server have a share of their own, so that a flood of bad requests does not hide them; so has each
  /// key with which an attempt failed, so that neither hides the other. Whoever asked for `debug` gets every line.
  private func mayWrite(_ status: Int, _ now: UInt64, keyID: String? = nil) -> Bool {
    if log.isEnabled(.debug) { return true }
    if status >= 500 { return failureLines.allows(now: now) }
    if let keyID, collector.clientLimits.takeFailureLine(keyID: keyID, now: now) != nil { return false }
    return otherLines.allows(now: now)
  }

  /// At the end of a turn.
  func flushLog(_ now: UInt64) {
    let held = failureLines.takeHeld(now: now) + otherLines.takeHeld(now: now)
    if held > 0 { log.unlogged(held) }
    log.flush()
  }
}
