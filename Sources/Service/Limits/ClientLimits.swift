import HTTPWire
import Posix

/// The rates that clients must keep to, all loops together; in memory alone.
final class ClientLimits: Sendable {
  private let trusted: [AddressRange]
  private let feedback: TokenBuckets<NetworkAddress>
  /// Lines of the log about attempts that failed with a key that is known by its id.
  private let failures = TokenBuckets<String>(perMinute: 6, burst: 3)
  /// By the id of the key; nil when `--rate-limit` is not given.
  private let keys: TokenBuckets<String>?

  init(trusted: [AddressRange], _ limits: Limits) {
    self.trusted = trusted
    feedback = TokenBuckets(perMinute: limits.feedbackPerMinute, burst: 2 * limits.feedbackPerMinute)
    keys = limits.requestsPerKeyMinute.map { TokenBuckets(perMinute: $0, burst: 2 * $0) }
  }

  /// Counts a rating without a key.
  ///
  /// - Parameter peer: nil when it has gone already; all such share a bucket.
  /// - Returns: nil to go on, else seconds to wait.
  func takeFeedback(peer: NetworkAddress?, _ fields: HeaderFields, now: UInt64) -> Int? {
    let unknown = NetworkAddress(high: 0, low: 0)
    let client = peer.map { ClientAddress.of(peer: $0, fields, trusted: trusted) } ?? unknown
    return feedback.take(ClientAddress.network(of: client), now: now)
  }

  /// Counts a request with that key, once it was found to be good.
  ///
  /// - Returns: nil to go on, else seconds to wait.
  func take(keyID: String, now: UInt64) -> Int? { keys?.take(keyID, now: now) }

  /// Counts a line about a failed attempt; nil when it may be written.
  func takeFailureLine(keyID: String, now: UInt64) -> Int? { failures.take(keyID, now: now) }
}
