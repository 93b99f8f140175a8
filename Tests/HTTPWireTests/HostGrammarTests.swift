import Testing

@testable import HTTPWire

/// `uri-host [ ":" port ]`, as a value and through a whole request.
struct HostGrammarTests {
  static let valid: [String] = [
    "a", "A", "localhost", "example.com", "EXAMPLE.com.", "a-b.c_d", "1", "127.0.0.1", "256.1.1.1", "1.2.3.4.5", "-",
    "a.", ".", "xn--bcher-kva.example", "%41%7e", "%C3%A9", "a!$&'()*+,;=b", "~",
    // Ports.
    "a:", "a:0", "a:80", "a:65535", "a:00080", "a:0000000065535", "127.0.0.1:8080",
    // IPv6.
    "[::]", "[::1]", "[1::]", "[::]:80", "[::1]:", "[1:2:3:4:5:6:7:8]", "[0001:ABCD:ef:0:0:0:0:0]", "[fe80::1]:8080",
    "[1:2:3:4:5:6:7::]", "[::2:3:4:5:6:7:8]", "[1::8]", "[1:2::7:8]", "[1:2:3::5:6:7:8]", "[::ffff:1.2.3.4]",
    "[::1.2.3.4]", "[1:2:3:4:5:6:1.2.3.4]", "[1::0.0.0.0]", "[::255.255.255.255]", "[1:2:3:4:5::1.2.3.4]",
    "[64:ff9b::192.0.2.33]", "[2001:db8::a:b]:443",
    // What comes after IPv6.
    "[v1.a]", "[VF.a:b]", "[vabc.!$&'()*+,;=:~-._]", "[v0.:]:9",
  ]

  static let invalid: [String] = [
    "", ":", ":80", "a b", "a/b", "a?b", "a#b", "a@b", "user:pass@a", "http://a", "a\\b", "a\"b", "a<b", "a>b", "a^b",
    "a`b", "a{b", "a|b", "a}b", "a[b", "a]b", "\u{E9}", "a\u{80}", "a\tb", "a, b",
    "%", "%4", "%zz", "a%", "a%4", "%4g", "%%41", "%:80",
    // Ports.
    "a:b", "a:80:80", "a:-1", "a:+80", "a: 80", "a:65536", "a:99999999999999999999", "a:80a", "a:0x50", "a::", "::1",
    "1:2:3:4:5:6:7:8", "a:8%30",
    // IPv6.
    "[]", "[", "]", "[]:80", "[:]", "[:::]", "[1]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1::2::3]", "[::1::]",
    "[1:2:3:4:5:6:7:8::]", "[::1:2:3:4:5:6:7:8]", "[1:2:3:4::5:6:7:8]", "[1:]", "[:1]", "[1:2:3:4:5:6:7:]",
    "[:2:3:4:5:6:7:8]", "[12345::]", "[g::]", "[::1", "::1]", "[::1]]", "[[::1]", "[::1]a", "[::1]80", "[::1]:a",
    "[::1]:65536", "[::1]:80:80", "[::1%25eth0]", "[::1%eth0]", "[::1/64]", "[ ::1]", "[::1 ]", "a[::1]", "[%3A:1]",
    "[1.2.3.4]", "[::1.2.3]", "[::1.2.3.4.5]", "[::1.2.3.256]", "[::01.2.3.4]", "[::1.2.3.04]", "[::1.2.3.]",
    "[::1..2.3]", "[::.1.2.3]", "[::a.2.3.4]", "[::1.2.3.4:5]", "[1.2.3.4::]", "[1:2:3:4:5:6:7:1.2.3.4]",
    "[1:2:3:4:5:1.2.3.4]", "[1:2:3:4:5:6::1.2.3.4:]", "[::1000.2.3.4]", "[::1.2.3.4/8]", "[1:::2]",
    // What comes after IPv6.
    "[v]", "[v.]", "[v1]", "[v1.]", "[v.a]", "[vg.a]", "[v1.%41]", "[v1.a b]", "[v1.[]", "[v1./]", "[w1.a]", "[v1.a",
    "[v1.\u{E9}]", "[v1.a]b",
  ]

  private static func request(_ host: String) -> [UInt8] { bytes("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n") }

  @Test(arguments: valid) func accepted(_ host: String) {
    #expect(bytes(host).withUnsafeBufferPointer { HostGrammar.isValid($0) })
    let trace = Splits.trace(Splits.whole(Self.request(host)))
    #expect(trace.statuses == [200])
    #expect(Splits.trace(Splits.whole(bytes("GET http://\(host)/x HTTP/1.1\r\nHost: b\r\n\r\n"))).statuses == [200])
  }

  @Test(arguments: invalid) func refused(_ host: String) {
    #expect(!bytes(host).withUnsafeBufferPointer { HostGrammar.isValid($0) })
    let trace = Splits.trace(Splits.whole(Self.request(host)))
    #expect(trace.refusal == .hostInvalid)
    #expect(trace.statuses == [400])
    guard !host.contains(where: { "/? \t".contains($0) }) else { return }
    let absolute = Splits.trace(Splits.whole(bytes("GET http://\(host)/x HTTP/1.1\r\nHost: b\r\n\r\n")))
    #expect(absolute.refusal == .targetMalformed)
  }

  @Test("A bad Host is refused in 1.0 as well, no Host is not") func version10() {
    #expect(Splits.trace(Splits.whole(bytes("GET / HTTP/1.0\r\nHost: a b\r\n\r\n"))).refusal == .hostInvalid)
    #expect(Splits.trace(Splits.whole(bytes("GET / HTTP/1.0\r\n\r\n"))).statuses == [200])
  }

  @Test(
    "The authority is that of the target, else that of Host",
    arguments: [
      ("GET / HTTP/1.1\r\nHost: a:1\r\n\r\n", "a:1"), ("GET http://b:2/ HTTP/1.1\r\nHost: a:1\r\n\r\n", "b:2"),
      ("GET HTTPS://[::1]?q HTTP/1.1\r\nHost: a:1\r\n\r\n", "[::1]"), ("GET / HTTP/1.0\r\n\r\n", nil),
    ])
  func authority(_ input: String, _ wanted: String?) throws {
    let head = try #require(Self.head(input))
    #expect(head.authority.map { latin1($0) } == wanted)
  }

  /// The head of a request that is good.
  static func head(_ input: String) -> RequestHead? {
    var connection = ServerConnection(limits: WireLimits(), now: 0)
    bytes(input).withUnsafeBytes { connection.receive($0, now: 0) }
    guard case .head(let head) = connection.nextAction(now: 0) else { return nil }
    return head
  }
}
