import Privacy

/// The side of the split on which a row stands.
enum Side: String, Sendable {
  case train, test
}

/// Draws the hold-out: a keyed hash of the user decides, so that all that a user said stands on one side, for ever, and
/// nobody without the key can tell which.
struct HoldOut: Sendable {
  /// One user in this many is held out.
  static let oneIn: UInt64 = 10

  private let code: HMACSHA256

  init(key: [UInt8]) { code = HMACSHA256(key: key) }

  /// `user`: the pseudonym as it stands in the record, 16 hexadecimal digits.
  func side(ofUser user: String) -> Side {
    code.authenticate { $0.update(user.utf8) }.leading64 % Self.oneIn == 0 ? .test : .train
  }
}
