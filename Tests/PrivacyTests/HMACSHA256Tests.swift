import Testing

@testable import Privacy

@Suite struct HMACSHA256Tests {
  /// RFC 4231, test cases 1 to 4, 6 and 7.
  static let vectors: [(key: [UInt8], message: [UInt8], code: String)] = [
    (
      [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      Array(1...25), [UInt8](repeating: 0xcd, count: 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131),
      Array(
        "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm."
          .utf8),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    ),
  ]

  @Test(arguments: vectors) func thePublishedVectorsHold(key: [UInt8], message: [UInt8], code: String) {
    let hmac = HMACSHA256(key: key)
    #expect(hmac.authenticate(message).hex == code)
    for split in 0...message.count {
      #expect(hmac.authenticate(Array(message[..<split]), Array(message[split...])).hex == code)
    }
  }

  @Test func everyLengthTo300AgreesWithOpenssl() throws {
    let messages = (0...300).map(SHA256Tests.message)
    let codes = try OpenSSL.digests(of: messages, options: ["-sha256", "-hmac", "pepper"])
    let hmac = HMACSHA256(key: Array("pepper".utf8))
    #expect(messages.map { hmac.authenticate($0).hex } == codes)
  }
}

@Suite struct PseudonymizerTests {
  let pepper = [UInt8](0..<32)

  @Test func aPseudonymIsTheFirst16HexDigitsOfTheKeyedHash() throws {
    let pseudonyms = try Pseudonymizer(pepper: pepper)
    let hmac = HMACSHA256(key: pepper)
    #expect(pseudonyms.user("ann").hex == String(hmac.authenticate(Array("user:ann".utf8)).hex.prefix(16)))
    #expect(
      pseudonyms.session("s1", of: "ann").hex == String(hmac.authenticate(Array("session:ann\ns1".utf8)).hex.prefix(16))
    )
  }

  @Test func aSessionBelongsToOneUser() throws {
    let pseudonyms = try Pseudonymizer(pepper: pepper)
    #expect(pseudonyms.session("s1", of: "ann") != pseudonyms.session("s1", of: "bob"))
  }

  @Test(arguments: [0, 31, 33]) func aPepperOfAnotherSizeIsRefused(count: Int) {
    #expect(throws: PepperError(count: count)) { try Pseudonymizer(pepper: [UInt8](repeating: 1, count: count)) }
  }

  @Test func hexReadsBackAndNothingElseDoes() {
    let pseudonym = Pseudonym(value: 0x00ab_cdef_0123_4567)
    #expect(pseudonym.hex == "00abcdef01234567")
    #expect(Pseudonym(hex: pseudonym.hex) == pseudonym)
    for bad in ["", "00abcdef0123456", "00abcdef012345678", "00ABCDEF01234567", "+0abcdef01234567", "00abcdef0123456g"]
    {
      #expect(Pseudonym(hex: bad) == nil, "\(bad)")
    }
  }
}
