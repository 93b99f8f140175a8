import HTTPWire
import Logging
import Posix
import TrainingLog

/// The one gate through which heads come in and answers go out: what is counted, added and logged stands here.
extension EventLoop {
  /// Decides on a head: an early answer, or its body is read.
  func consider(_ head: RequestHead, _ connection: Connection, _ now: UInt64) {
    let route = routes.template(head)
    requests += 1
    connection.exchange = Exchange(
      series: series, number: requests, route: route, method: head.method, started: now)
    if connection.isRefused {
      send(Problem.crowded.response, on: connection, now, refusal: .connections)
    } else if route == Routes.feedbackPath, let answer = admitFeedback(head, connection, now) {
      send(answer, on: connection, now)
    } else if let refusal = routes.refusal(head) {
      send(refusal, on: connection, now)
    } else {
      connection.wire.accept(now: now)
    }
  }

  /// What browsers of other origins and clients without a key have to pass; nil to go on.
  private func admitFeedback(_ head: RequestHead, _ connection: Connection, _ now: UInt64) -> Response? {
    let origin = collector.crossOrigin.allowedOrigin(head.fields)
    connection.exchange?.origin = origin
    if collector.crossOrigin.isPreflight(head) {
      return origin == nil ? Problem.originNotAllowed.response : CrossOrigin.preflight
    }
    guard head.method == .post, connection.isTCP, head.fields.first("Authorization") == nil,
      !collector.limits.isOpen.load(ordering: .relaxed),
      let seconds = collector.limits.takeFeedback(peer: connection.peer, head.fields, now: now)
    else { return nil }
    return Problem.tooManyRequests(retryAfter: seconds).response
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
    connection.wire.respond(response, date: date, now: now)
    let bytesOut = exchange?.method == .head ? 0 : response.body.count
    record(exchange, status: response.status, bytesOut: bytesOut, refusal ?? Refusal(status: response.status), now)
  }

  /// Counts and logs an answer; for a streamed one, when its end is known.
  func record(_ exchange: Exchange?, status: Int, bytesOut: Int, _ refusal: Refusal?, _ now: UInt64) {
    // One too many was counted when it was accepted, whether or not it got as far as a request.
    if let refusal, refusal != .connections { collector.refusals.count(refusal) }
    guard let exchange else {
      if let refusal, log.isEnabled(.info), mayWrite(status, now) { log.refused(refusal) }
      return
    }
    let level = Self.level(status, exchange.route)
    guard log.isEnabled(level), mayWrite(status, now) else { return }
    // The turn's `now` is as old as the turn; here, where it is rarely asked for, the clock is worth its price.
    let answer = Exchange.Answer(
      status: status, bytesOut: bytesOut, refusal: refusal, at: Clocks.monotonicNanoseconds())
    log.answered(exchange, answer, at: level)
  }

  /// Successes of the routes that are called all the time are for `debug`: at 30,000 a second a line of 200 bytes for
  /// each would be 6 MB a second, half a terabyte a day, and several microseconds of a request that takes thirty, to say
  /// what the counters of `/metrics` and the data themselves say better. Sampling them would answer no question about
  /// any one request. What people did (curate, export, erase) and what went wrong is told at the usual level.
  private static func level(_ status: Int, _ route: String) -> Logger.Level {
    switch status {
    case 500: .error
    case 501...: .warning
    case 400...: .info
    default: Routes.isBusy(route) ? .debug : .info
    }
  }

  /// Failures of the server have a share of their own, so that a flood of bad requests does not hide them. Whoever asked
  /// for `debug` gets every line.
  private func mayWrite(_ status: Int, _ now: UInt64) -> Bool {
    log.isEnabled(.debug) || (status >= 500 ? failureLines.allows(now: now) : otherLines.allows(now: now))
  }

  /// At the end of a turn.
  func flushLog(_ now: UInt64) {
    let held = failureLines.takeHeld(now: now) + otherLines.takeHeld(now: now)
    if held > 0 { log.unlogged(held) }
    log.flush()
  }
}
