import Posix
import TrainingLog

/// Answers by route and status, and how long they took, since the start and all loops together. Both labels are bounded:
/// templates of the table, and the statuses that the program has.
final class RequestFigures: Sendable {
  private struct Answers: Hashable {
    let route: String
    let status: Int
  }

  private struct State {
    var answers: [Answers: Int] = [:]
    var times: [String: DurationHistogram] = [:]
  }

  private let state = Mutex(State())

  /// - Parameter nanoseconds: from the complete head to the answer.
  func count(route: String, status: Int, nanoseconds: UInt64) {
    state.withLock { state in
      state.answers[Answers(route: route, status: status), default: 0] += 1
      state.times[route, default: DurationHistogram()].record(nanoseconds)
    }
  }

  func write(to metrics: inout MetricsText) {
    let state = state.withLock { $0 }
    metrics.add(
      "cerberus_requests_total", .counter, "Answers by route and status.",
      state.answers.sorted { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }
        .map { ([("route", $0.key.route), ("status", String($0.key.status))], $0.value) })
    metrics.add(
      "cerberus_request_duration_seconds", "From the complete head of a request to its answer.",
      state.times.sorted { $0.key < $1.key }.map { ([("route", $0.key)], $0.value) })
  }
}
