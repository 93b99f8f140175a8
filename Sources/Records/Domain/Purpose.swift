/// What a user can object to (GDPR article 21): that conversations are stored at all, or that stored ones are used for
/// training.
package enum Purpose: String, CaseIterable, Sendable {
  case logging, training
}
