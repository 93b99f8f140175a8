import Posix
import Privacy
import Records

/// An API key as it is kept: everything but the secret, of which there is the hash alone.
///
/// The text that a client presents is `cbk_ID_SECRET`: 12 and 64 lower-case hex digits. The secret has 256 random bits,
/// so that a plain hash of it cannot be searched through and needs neither salt nor stretching.
package struct APIKey: Equatable, Sendable {
  /// Names the key in lists and logs; no secret.
  package let id: String
  package let name: String
  package let scopes: Set<Scope>
  /// Of the secret as text.
  package let digest: Digest
  package let created: Timestamp
  /// The first moment at which the key is no longer good; nil for never.
  package let expires: Timestamp?

  package static let nameMax = 128
  private static let prefix = "cbk_"
  private static let idBytes = 6
  private static let secretBytes = 32

  /// A new key, and the text that is shown this once.
  package static func make(
    name: String, scopes: Set<Scope>, created: Timestamp, expires: Timestamp?
  ) -> (key: APIKey, text: String) {
    let id = hex(Clocks.randomBytes(idBytes))
    let secret = hex(Clocks.randomBytes(secretBytes))
    let key = APIKey(
      id: id, name: name, scopes: scopes, digest: SHA256.hash(Array(secret.utf8)), created: created, expires: expires)
    return (key, prefix + id + "_" + secret)
  }

  /// Both parts of a presented text; of one that is no such key something that fits no key, so that the caller has the
  /// same work to do.
  package static func parts(of text: ArraySlice<UInt8>) -> (id: String, secret: ArraySlice<UInt8>) {
    guard text.starts(with: prefix.utf8) else { return ("", text) }
    let rest = text.dropFirst(prefix.utf8.count)
    guard let end = rest.firstIndex(of: UInt8(ascii: "_")) else { return ("", rest) }
    return (String(decoding: rest[..<end], as: UTF8.self), rest[(end + 1)...])
  }

  package func isExpired(at now: Timestamp) -> Bool { expires.map { $0 <= now } ?? false }

  /// In the order of the contract, not of the set.
  package var scopeNames: [String] { Scope.allCases.filter(scopes.contains).map(\.rawValue) }
}

/// In `state/keys`.
extension APIKey {
  var json: JSONValue {
    .object([
      .init(name: "id", value: .string(id)),
      .init(name: "name", value: .string(name)),
      .init(name: "scopes", value: .array(scopeNames.map { .string($0) })),
      .init(name: "sha256", value: .string(digest.hex)),
      .init(name: "created", value: .string(created.description)),
      .init(name: "expires", value: expires.map { .string($0.description) } ?? .null),
    ])
  }

  /// nil for anything but what `json` gives: a key that is only half understood must not open anything.
  init?(_ element: JSONElement) {
    guard let id = element["id"]?.string, !id.isEmpty, let name = element["name"]?.string,
      let digest = element["sha256"]?.string.flatMap(Digest.init(hex:)),
      let created = element["created"]?.string.flatMap(Timestamp.init(rfc3339:)),
      let list = element["scopes"], list.kind == .array, let expiry = element["expires"]
    else { return nil }
    let scopes = list.items.map { $0.string.flatMap(Scope.init(rawValue:)) }
    let expires = expiry.string.flatMap(Timestamp.init(rfc3339:))
    guard !scopes.contains(nil), expiry.isNull || expires != nil else { return nil }
    self.init(
      id: id, name: name, scopes: Set(scopes.compactMap(\.self)), digest: digest, created: created, expires: expires)
  }
}
