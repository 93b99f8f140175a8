/// Turns raw ids into pseudonyms by a keyed hash (contract section 1). Without the pepper nobody can go back, not even
/// with a list of all ids; a bare hash could be reversed from such a list.
package struct Pseudonymizer: Sendable {
  package static let pepperBytes = 32

  private let hmac: HMACSHA256

  /// `pepper`: 32 random bytes that never leave the machine.
  package init(pepper: [UInt8]) throws(PepperError) {
    guard pepper.count == Pseudonymizer.pepperBytes else { throw PepperError(count: pepper.count) }
    hmac = HMACSHA256(key: pepper)
  }

  /// HMAC-SHA256(pepper, "user:" + id).
  package func user(_ id: String) -> Pseudonym {
    Pseudonym(
      value: hmac.authenticate { hash in
        hash.update("user:".utf8)
        hash.update(id.utf8)
      }.leading64)
  }

  /// HMAC-SHA256(pepper, "session:" + raw user id + LF + session id), so that a session belongs to one user.
  package func session(_ session: String, of user: String) -> Pseudonym {
    Pseudonym(
      value: hmac.authenticate { hash in
        hash.update("session:".utf8)
        hash.update(user.utf8)
        hash.update("\n".utf8)
        hash.update(session.utf8)
      }.leading64)
  }
}

/// A pepper of the wrong size. Holds the size, never the bytes.
package struct PepperError: Error, Equatable, CustomStringConvertible {
  package let count: Int

  package var description: String {
    "the pepper has \(count) bytes; make one of exactly \(Pseudonymizer.pepperBytes) random bytes"
  }
}
