/// A value whose text can be scrubbed. Conformances live where the types meet the scrubber, not in the types' module.
package protocol Scrubbable: Sendable {
  /// The same value with every free text passed through `session`, in a fixed order (the numbering depends on it).
  func scrubbed(by session: inout ScrubSession) -> Self
}

/// Proof that a value went through the scrubber. Only `Scrubber.scrub` makes one: what takes a `Scrubbed` cannot be given
/// raw text.
package struct Scrubbed<Value: Sendable>: Sendable {
  package let value: Value
  /// Distinct values removed from this value, by type.
  package let redactions: Redactions

  fileprivate init(value: Value, redactions: Redactions) {
    self.value = value
    self.redactions = redactions
  }
}

extension Scrubbed: Equatable where Value: Equatable {}

extension Scrubber {
  /// `startingAbove`: the counts of the record this value belongs to; none for a record itself.
  package func scrub<Value: Scrubbable>(
    _ value: Value, startingAbove counts: Redactions = .none
  ) -> Scrubbed<Value> {
    var session = begin(startingAbove: counts)
    let clean = value.scrubbed(by: &session)
    return Scrubbed(value: clean, redactions: session.redactions)
  }
}
