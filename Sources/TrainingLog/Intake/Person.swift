import Privacy
import Records

/// What is known of whoever a conversation is of, beside the pseudonyms in its line. Never stored.
struct Person: Sendable {
  /// Under peppers that were replaced and live, the newest first.
  var former: [LivePseudonyms.Identity] = []
  /// As the ledger of refusals names the person; nil where nobody refuses anything.
  var subject: KeyedHash?
}

extension StoredConversation {
  /// Whether this is `earlier` sent once more, be it that the pepper was replaced since.
  func repeats(_ earlier: Conversation) -> Bool {
    guard let conversation = repeatable else { return false }
    if conversation.repeats(earlier, sent: sent) { return true }
    guard let identity = person.former.first(where: { $0.user.hex == earlier.userID }) else { return false }
    var again = conversation
    (again.userID, again.sessionID) = (identity.user.hex, identity.session.hex)
    return again.repeats(earlier, sent: sent)
  }
}
