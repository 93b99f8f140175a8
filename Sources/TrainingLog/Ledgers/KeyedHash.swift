import Privacy
import Records

/// What a ledger has in the place of an id, of an idempotency key or of a pseudonym: 128 bits of a keyed hash. Whoever
/// holds the ledger alone cannot tell whom it speaks of.
struct KeyedHash: Hashable, Sendable {
  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  fileprivate init(_ digest: Digest) {
    high = digest.leading64
    low = digest.bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// 32 lower-case hexadecimal digits.
  init?(hex: String) {
    guard hex.utf8.count == 32, let high = Pseudonym(hex: String(hex.prefix(16))),
      let low = Pseudonym(hex: String(hex.suffix(16)))
    else { return nil }
    self.init(high: high.value, low: low.value)
  }

  var hex: String { Pseudonym(value: high).hex + Pseudonym(value: low).hex }
}

/// Makes the hashes under a ledger's key, each kind in a name space of its own.
struct LedgerHasher: Sendable {
  private let code: HMACSHA256

  init(key: [UInt8]) { code = HMACSHA256(key: key) }

  func hash(_ id: ExampleID) -> KeyedHash {
    KeyedHash(
      code.authenticate { hash in
        hash.update("id:".utf8)
        // In the order of their bytes.
        withUnsafeBytes(of: (id.high.bigEndian, id.low.bigEndian)) { hash.update($0) }
      })
  }

  /// - Parameter key: `ExampleRow.key`.
  func hash(key: UInt64) -> KeyedHash { hash("key:", Pseudonym(value: key).hex) }

  func hash(user: Pseudonym) -> KeyedHash { hash("pseudonym:", user.hex) }

  /// - Parameter userID: as the backend names the user.
  func hash(userID: String) -> KeyedHash { hash("user:", userID) }

  private func hash(_ kind: String, _ value: String) -> KeyedHash {
    KeyedHash(
      code.authenticate { hash in
        hash.update(kind.utf8)
        hash.update(value.utf8)
      })
  }
}
