import Records
import Testing

@testable import TrainingLog

@Suite("Looking up a presented key")
struct KeyRingTests {
  private static let now = Timestamp(milliseconds: 1_800_000_000_000)
  private static let expiry = now.advanced(bySeconds: 60)

  private let one = APIKey.make(name: "one", scopes: [.log], created: now, expires: nil)
  private let two = APIKey.make(name: "two", scopes: [.read, .admin], created: now, expires: expiry)

  private func holder(_ text: String, in ring: KeyRing, now: Timestamp = now) -> KeyRing.Holder? {
    ring.holder(of: Array(text.utf8)[...], now: now)
  }

  @Test func `each key is found with its own scopes`() {
    let ring = KeyRing([one.key, two.key])
    #expect(holder(one.text, in: ring) == KeyRing.Holder(keyID: one.key.id, scopes: [.log]))
    #expect(holder(two.text, in: ring) == KeyRing.Holder(keyID: two.key.id, scopes: [.read, .admin]))
  }

  /// `A` and `B` stand for the secrets of the two keys, `a` and `b` for their ids.
  @Test(arguments: [
    "cbk_a_B", "cbk_b_A", "cbk_a_", "cbk_a", "cbk__A", "cbk_", "", "A", "a_A", "cbk_a_A0", "cbk_a_0A", "CBK_a_A",
    "cbk_a_A ", "cbk_ffffffffffff_A", "cbk_a_a_A", "environment", "cbk_environment_A",
    "cbk_a_0000000000000000000000000000000000000000000000000000000000000000",
  ])
  func `anything else is nobody's`(_ pattern: String) throws {
    let secret = try [
      "A": #require(one.text.split(separator: "_").last), "B": #require(two.text.split(separator: "_").last),
    ]
    let ids = ["a": one.key.id, "b": two.key.id]
    let text = pattern.split(separator: "_", omittingEmptySubsequences: false)
      .map { part in ids[String(part)] ?? secret.reduce(String(part)) { $0.replacing($1.key, with: $1.value) } }
      .joined(separator: "_")
    #expect(holder(text, in: KeyRing([one.key, two.key])) == nil)
    #expect(
      holder(text, in: KeyRing([one.key, two.key], master: .init(hex: String(repeating: "0", count: 64)))) == nil)
  }

  @Test func `a key in another case or with a changed digit is nobody's`() {
    let ring = KeyRing([one.key])
    #expect(holder(one.text.uppercased(), in: ring) == nil)
    for at in 0..<one.text.utf8.count {
      var bytes = Array(one.text.utf8)
      bytes[at] ^= 1
      #expect(ring.holder(of: bytes[...], now: Self.now) == nil, "with another byte at \(at)")
    }
  }

  @Test(arguments: [(-1, true), (59_999, true), (60_000, false), (60_001, false)])
  func `a key ends at its expiry`(_ milliseconds: Int, _ isGood: Bool) {
    let moment = Timestamp(milliseconds: Self.now.milliseconds + Int64(milliseconds))
    #expect((holder(two.text, in: KeyRing([two.key]), now: moment) != nil) == isGood)
  }

  @Test func `an expired key still keeps a server closed`() {
    #expect(!KeyRing([two.key]).isEmpty)
    #expect(KeyRing([]).isEmpty)
    #expect(!KeyRing([], master: one.key.digest).isEmpty)
  }

  @Test func `an id is told without its secret, but only a known one`() {
    let ring = KeyRing([one.key])
    #expect(ring.knownID(in: Array("cbk_\(one.key.id)_wrong".utf8)[...]) == one.key.id)
    #expect(ring.knownID(in: Array(two.text.utf8)[...]) == nil)
  }

  @Test func `two keys never look alike`() {
    let texts = (0..<200).map { _ in APIKey.make(name: "", scopes: [], created: Self.now, expires: nil).text }
    #expect(Set(texts).count == texts.count)
    #expect(texts.allSatisfy { $0.utf8.count == 4 + 12 + 1 + 64 })
  }
}
