/// What a start has put right.
package struct Repairs: Equatable, Sendable {
  /// Of tails that were never acknowledged; they lie in `state/quarantine`.
  package let cutBytes: Int
  /// Records were read anew, since the index was missing, damaged, older, or not of these files.
  package let rebuiltIndex: Bool

  package var isWorthTelling: Bool { cutBytes > 0 || rebuiltIndex }
}
