import Privacy
import Records

/// Draws the hold-out: a keyed hash of the user decides, so that all that a user said stands on one side, for ever, and
/// nobody without the key can tell which.
package struct HoldOut: Sendable {
  /// One user in this many is held out.
  package static let oneIn: UInt64 = 10

  private let code: HMACSHA256

  package init(key: [UInt8]) { code = HMACSHA256(key: key) }

  /// `user`: the pseudonym as it stands in the record, 16 hexadecimal digits.
  package func side(ofUser user: String) -> Side {
    code.authenticate { $0.update(user.utf8) }.leading64 % Self.oneIn == 0 ? .test : .train
  }

  package func side(of group: UInt64) -> Side { side(ofUser: Pseudonym(value: group).hex) }

  /// What stands for a group in the ledger: nobody can go from there to a pseudonym.
  package func key(ofGroup group: UInt64) -> UInt64 {
    code.authenticate {
      $0.update("group:".utf8)
      $0.update(Pseudonym(value: group).hex.utf8)
    }.leading64
  }

  /// The same for a text, by its hash.
  package func key(ofText high: UInt64, _ low: UInt64) -> UInt64 {
    code.authenticate {
      $0.update("text:".utf8)
      $0.update(Pseudonym(value: high).hex.utf8)
      $0.update(Pseudonym(value: low).hex.utf8)
    }.leading64
  }
}
