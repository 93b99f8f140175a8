import HTTPWire
import Posix

/// How many connections were closed without a word since the start, all loops together.
final class SilenceFigures: Sendable {
  private let counts = Mutex<[ServerConnection.Silence: Int]>([:])

  func count(_ silence: ServerConnection.Silence) { counts.withLock { $0[silence, default: 0] += 1 } }

  func write(to metrics: inout MetricsText) {
    let counts = counts.withLock { $0 }
    metrics.add(
      "cerberus_silent_closes_total", .counter, "Connections closed without an answer because nothing moved in time.",
      ServerConnection.Silence.allCases.map { ([("reason", $0.rawValue)], counts[$0] ?? 0) })
  }
}
