import Privacy
import Records

/// What the erasure journal has in the place of an id, of an idempotency key or of a pseudonym: 128 bits of a keyed hash.
/// Whoever holds the journal alone cannot tell whom it speaks of.
struct ErasureHash: Hashable, Sendable {
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

/// Makes the hashes, under the journal's key; each kind in a name space of its own.
struct ErasureHasher: Sendable {
  private let code: HMACSHA256

  init(key: [UInt8]) { code = HMACSHA256(key: key) }

  func hash(_ id: ExampleID) -> ErasureHash {
    ErasureHash(
      code.authenticate { hash in
        hash.update("id:".utf8)
        // The two words as they lie in memory: the same on every machine that this runs on.
        withUnsafeBytes(of: (id.high.bigEndian, id.low.bigEndian)) { hash.update($0) }
      })
  }

  /// - Parameter key: `ExampleRow.key`.
  func hash(key: UInt64) -> ErasureHash { hash("key:", Pseudonym(value: key)) }

  func hash(user: Pseudonym) -> ErasureHash { hash("user:", user) }

  private func hash(_ kind: String, _ value: Pseudonym) -> ErasureHash {
    ErasureHash(
      code.authenticate { hash in
        hash.update(kind.utf8)
        hash.update(value.hex.utf8)
      })
  }
}
