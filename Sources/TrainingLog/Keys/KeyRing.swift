import Privacy
import Records

/// The keys in force, made for looking them up.
package struct KeyRing: Sendable {
  /// Whose key it is and what it may do.
  package struct Holder: Equatable, Sendable {
    package let keyID: String
    package let scopes: Set<Scope>
  }

  /// The id of the key that comes from the environment; no key of the file can have it.
  package static let masterID = "environment"
  /// Stands in for the hash of a key that is not there: no text is known with this hash.
  private static let nobody = Digest(hex: String(repeating: "0", count: 64))

  private let keys: [String: APIKey]
  /// Of the whole text of the key that may do everything.
  private let master: Digest?

  package init(_ keys: [APIKey], master: Digest? = nil) {
    self.keys = Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.master = master
  }

  /// No key was ever configured or all were revoked. Expired keys count: a server does not open because time goes by.
  package var isEmpty: Bool { keys.isEmpty && master == nil }

  /// The holder of a presented key; nil for an unknown id, a wrong secret and an expired key alike, after the same hashing
  /// and comparing.
  package func holder(of text: ArraySlice<UInt8>, now: Timestamp) -> Holder? {
    let (id, secret) = APIKey.parts(of: text)
    let key = keys[id]
    let isSecret = Self.hash(secret) == key?.digest ?? Self.nobody
    let isMaster = Self.hash(text) == master ?? Self.nobody
    if isMaster { return Holder(keyID: Self.masterID, scopes: Set(Scope.allCases)) }
    guard let key, isSecret, !key.isExpired(at: now) else { return nil }
    return Holder(keyID: key.id, scopes: key.scopes)
  }

  /// The id of a key that is known, whatever the secret says: for the log of failed attempts.
  package func knownID(in text: ArraySlice<UInt8>) -> String? { keys[APIKey.parts(of: text).id]?.id }

  private static func hash(_ text: ArraySlice<UInt8>) -> Digest {
    var hash = SHA256()
    hash.update(text)
    return hash.finalize()
  }
}
