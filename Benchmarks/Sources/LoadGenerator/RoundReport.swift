/// The figures of one round.
package struct RoundReport: Sendable {
  package var round = 0
  package var connections = 0
  package var meanBodyBytes = 0
  /// Length of the measured window as it was, not as it was planned.
  package var seconds = 0.0
  /// Answers within the window, and its latencies in milliseconds.
  package var requests = 0
  package var p50 = 0.0
  package var p99 = 0.0
  package var max = 0.0
  /// At a fixed rate: how late the next request was when the window closed. Much of it means that the server cannot
  /// keep up, and that the latencies leave out what was never sent.
  package var behindSeconds = 0.0
  /// Right answers and wrong ones (lost connections too) of the whole round, warm-up and drain included.
  package var acknowledged = 0
  package var failures = 0
  /// What went wrong first.
  package var firstFailure: String?
  /// CPU microseconds per request in the window: this process in user and kernel mode, and the watched ones if any.
  package var generatorUser = 0.0
  package var generatorKernel = 0.0
  package var watched: Double?

  package init() {}

  package var requestsPerSecond: Double { seconds > 0 ? Double(requests) / seconds : 0 }

  /// One line of JSON. `firstFailure` is made here and holds nothing that needs an escape.
  package var json: String {
    let members: [(String, String)] = [
      ("round", "\(round)"), ("connections", "\(connections)"), ("mean_body_bytes", "\(meanBodyBytes)"),
      ("seconds", "\(seconds)"), ("requests", "\(requests)"), ("requests_per_second", "\(requestsPerSecond)"),
      ("p50_ms", "\(p50)"), ("p99_ms", "\(p99)"), ("max_ms", "\(max)"), ("behind_seconds", "\(behindSeconds)"),
      ("acknowledged", "\(acknowledged)"),
      ("failures", "\(failures)"), ("first_failure", firstFailure.map { "\"\($0)\"" } ?? "null"),
      ("generator_user_us", "\(generatorUser)"), ("generator_kernel_us", "\(generatorKernel)"),
      ("watched_us", watched.map { "\($0)" } ?? "null"),
    ]
    return "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }
}
