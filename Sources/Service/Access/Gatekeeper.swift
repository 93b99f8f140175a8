import HTTPWire
import Posix
import Records
import TrainingLog

/// Decides by its key whether a request may go on (contract, section 2, Auth).
package struct Gatekeeper: Sendable {
  /// Who sends a request, as far as keys tell.
  enum Caller: Equatable {
    /// On a route that needs no key.
    case keyless
    /// Anybody on this machine, since no key is configured.
    case open
    /// Through the control socket, which only the owner of the data can reach.
    case owner
    /// By the id of the key, which is no secret.
    case key(String)

    /// For the audit log.
    var actor: String {
      switch self {
      case .keyless: "anybody"
      case .open: "open"
      case .owner: "owner"
      case .key(let id): "key:" + id
      }
    }
  }

  enum Decision {
    case admitted(Caller)
    /// With the id of the key that it was about, if there is such a key: all that a log may say of a failed attempt.
    case refused(Problem, keyID: String?)
  }

  private let keys: LiveKeys
  /// Without any key everything is open on loopback, and everything that needs a key closed elsewhere.
  private let isLoopback: Bool
  private let feedbackNeedsKey: Bool

  /// - Parameter host: the IPv4 or IPv6 literal that the server listens on.
  package init(keys: LiveKeys, host: String, feedbackNeedsKey: Bool) {
    self.keys = keys
    self.isLoopback = HostAddress.isLoopback(host)
    self.feedbackNeedsKey = feedbackNeedsKey
  }

  /// Whether the server is closed to those without a key at this moment.
  package var needsKeys: Bool { !isLoopback || !keys.ring(now: Clocks.monotonicNanoseconds()).isEmpty }

  /// See `LiveKeys.observeFaults`.
  func observeFaults(_ body: @escaping @Sendable (StorageFault) -> Void) { keys.observeFaults(body) }

  /// Whether a client can send these bytes as its key.
  package static func canBePresented(_ key: [UInt8]) -> Bool { Credentials.isToken(key) }

  /// Whether an admitted caller may see everything.
  func isAdmin(_ caller: Caller, _ head: RequestHead, now: Timestamp) -> Bool {
    switch caller {
    case .owner, .open: return true
    case .keyless: return false
    case .key:
      guard case .bearer(let text) = Credentials(head.fields) else { return false }
      return keys.ring(now: Clocks.monotonicNanoseconds()).holder(of: text, now: now)?.scopes.contains(.admin) ?? false
    }
  }

  /// - Parameters:
  ///   - scope: what the route asks for; nil for nothing.
  ///   - isLocal: it came through the control socket.
  ///   - now: decides on expiry.
  ///   - tick: nanoseconds of the monotonic clock.
  func decide(_ head: RequestHead, scope: Scope?, isLocal: Bool, now: Timestamp, tick: UInt64) -> Decision {
    let ring = keys.ring(now: tick)
    let needed = scope == .feedback && !feedbackNeedsKey ? nil : scope
    switch Credentials(head.fields) {
    case .none:
      if isLocal { return .admitted(.owner) }
      if isLoopback && ring.isEmpty { return .admitted(.open) }
      return needed == nil ? .admitted(.keyless) : .refused(.keyMissing, keyID: nil)
    case .malformed: return .refused(.keyInvalid, keyID: nil)
    case .bearer(let text):
      guard let holder = ring.holder(of: text, now: now) else {
        return .refused(.keyInvalid, keyID: ring.knownID(in: text))
      }
      guard isLocal || needed.map(holder.scopes.contains) ?? true else {
        return .refused(.scopeMissing(needed), keyID: holder.keyID)
      }
      return .admitted(.key(holder.keyID))
    }
  }
}

extension Problem {
  private static let realm = #"Bearer realm="cerberus""#

  /// No error code: the client may not have known that a key is needed (RFC 6750 section 3.1).
  static let keyMissing = unauthorized("A key is needed here: Authorization: Bearer <key>.", challenge: realm)
  static let keyInvalid = unauthorized(
    "The key is not valid: unknown, revoked, expired or misspelt.", challenge: realm + #", error="invalid_token""#)

  private static func unauthorized(_ detail: String, challenge: String) -> Problem {
    Problem(
      status: 401, code: "unauthorized", title: "Unauthorized", detail: detail,
      fields: [("WWW-Authenticate", challenge)])
  }

  static func scopeMissing(_ scope: Scope?) -> Problem {
    let name = scope?.rawValue ?? ""
    return Problem(
      status: 403, code: "insufficient_scope", title: "Forbidden",
      detail: "The key is good, but does not have the scope \(name).",
      fields: [("WWW-Authenticate", realm + #", error="insufficient_scope", scope="\#(name)""#)])
  }
}
