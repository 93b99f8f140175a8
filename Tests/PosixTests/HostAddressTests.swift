import Posix
import Testing

@Suite("Host addresses")
struct HostAddressTests {
  @Test(
    "Loopback is what names this machine alone",
    arguments: [
      ("127.0.0.1", true), ("127.255.255.254", true), ("127.1", true), ("::1", true), ("0:0:0:0:0:0:0:1", true),
      ("::ffff:127.0.0.1", true), ("::ffff:7f00:1", true), ("0.0.0.0", false), ("::", false), ("10.0.0.1", false),
      ("128.0.0.1", false), ("::ffff:10.0.0.1", false), ("::ffff:0:0", false), ("::127.0.0.1", false),
      ("fe80::1", false),
      ("::2", false), ("", false), ("127.evil.example", false), ("127.0.0.1.example", false), ("localhost", false),
    ])
  func loopback(_ literal: String, _ isLoopback: Bool) { #expect(HostAddress.isLoopback(literal) == isLoopback) }
}
