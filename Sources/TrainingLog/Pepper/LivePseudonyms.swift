import Privacy

/// The pseudonyms that a user or a session has: the present one, and those under peppers that were replaced and live.
package struct LivePseudonyms: Sendable {
  let present: Pseudonymizer
  /// The newest first.
  private let former: [Pseudonymizer]

  init(_ secrets: Secrets) throws(PepperError) {
    present = try Pseudonymizer(pepper: secrets.pepper)
    var former: [Pseudonymizer] = []
    for pepper in secrets.formerPeppers.reversed() { former.append(try Pseudonymizer(pepper: pepper.pepper)) }
    self.former = former
  }

  var hasFormer: Bool { !former.isEmpty }

  /// Of a user, as the backend names the user; the present one first.
  package func users(_ id: String) -> [Pseudonym] { [present.user(id)] + former.map { $0.user(id) } }

  /// A user and a session under one pepper.
  struct Identity: Sendable {
    let user: Pseudonym
    let session: Pseudonym
  }

  /// Under the peppers that were replaced, the newest first.
  func formerIdentities(user: String, session: String) -> [Identity] {
    former.map { Identity(user: $0.user(user), session: $0.session(session, of: user)) }
  }
}
