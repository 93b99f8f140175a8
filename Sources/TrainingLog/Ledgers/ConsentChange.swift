import Privacy
import Records

/// A line of `state/consent.jsonl`: `{"at":…,"subject":…,"user":…,"purpose":"training","state":"refused"}`.
///
/// `subject` is a keyed hash of the id that the backend has for the user, by which a refusal holds whatever the pepper is;
/// `user` one of a pseudonym, by which stored records are known: a user with several, since the pepper was replaced, has a
/// line for each. Neither is a pseudonym that stands in a record. One of the two may be empty: when an old pepper is
/// destroyed, no line may lead from a user's id to a pseudonym any more (`ConsentLedger.untied`).
struct ConsentChange: Hashable, Sendable {
  enum State: String { case refused, granted }

  let at: Timestamp
  let subject: KeyedHash?
  let user: KeyedHash?
  let purpose: Purpose
  let state: State

  func line() -> [UInt8] {
    var writer = JSONWriter(reserving: 192)
    writer.object { object in
      object.key("at")
      object.string(at.description)
      object.key("subject")
      object.string(subject?.hex ?? "")
      object.key("user")
      object.string(user?.hex ?? "")
      object.key("purpose")
      object.string(purpose.rawValue)
      object.key("state")
      object.string(state.rawValue)
    }
    return writer.bytes
  }
}

extension ConsentChange {
  init(_ line: [UInt8]) throws(LineError) {
    guard let root = try? JSONDocument(parsing: line).root, root.kind == .object else { throw .notAnObject }
    guard let at = root["at"]?.string.flatMap({ Timestamp(rfc3339: $0) }) else { throw .badField("at") }
    func hash(_ name: StaticString) throws(LineError) -> KeyedHash? {
      guard let text = root[name]?.string else { throw .badField(name.description) }
      if text.isEmpty { return nil }
      guard let hash = KeyedHash(hex: text) else { throw .badField(name.description) }
      return hash
    }
    let (subject, user) = (try hash("subject"), try hash("user"))
    guard subject != nil || user != nil else { throw .badField("subject") }
    guard let purpose = root["purpose"]?.string.flatMap(Purpose.init(rawValue:)) else { throw .badField("purpose") }
    guard let state = root["state"]?.string.flatMap(State.init(rawValue:)) else { throw .badField("state") }
    self.init(at: at, subject: subject, user: user, purpose: purpose, state: state)
  }
}
