import Posix
import TestKit
import Testing

@Suite("Addresses of the network")
struct NetworkAddressTests {
  @Test(
    "Literals by the rules of inet_pton(3)",
    arguments: [
      ("127.0.0.1", UInt64(0), UInt64(0xffff_7f00_0001)), ("255.255.255.255", 0, 0xffff_ffff_ffff),
      ("0.0.0.0", 0, 0xffff_0000_0000), ("::ffff:127.0.0.1", 0, 0xffff_7f00_0001), ("::", 0, 0), ("::1", 0, 1),
      ("2001:db8::7", 0x2001_0db8_0000_0000, 7), ("1:2:3:4:5:6:7:8", 0x0001_0002_0003_0004, 0x0005_0006_0007_0008),
      ("FE80::A", 0xfe80_0000_0000_0000, 10),
    ])
  func literals(text: String, high: UInt64, low: UInt64) {
    let address = NetworkAddress(text)
    #expect(address == NetworkAddress(high: high, low: low))
    #expect(address?.isIPv4 == text.contains("."))
  }

  @Test(
    "What is no literal",
    arguments: [
      "", " ", "127.0.0.1 ", "127.0.0", "127.1", "0x7f.0.0.1", "127.0.0.01", "256.0.0.1", "1.2.3.4.5", ":::", "1::2::3",
      "[::1]", "::1%lo", "12345::", "localhost", "127.0.0.1\0", "::1\0x", "*",
    ])
  func noLiterals(text: String) { #expect(NetworkAddress(text) == nil) }

  @Test("The other end of a connection", arguments: ["127.0.0.1", "::1"])
  func peer(host: String) throws {
    let listener = try Descriptor.listening(host: host, port: 0)
    let client = try Loopback.connect(host: host, port: try listener.localPort())
    var poller = try Poller()
    try poller.add(listener.raw, token: 0)
    try poller.wait(timeoutMilliseconds: 5000) { _ in }
    let accepted = try listener.accept()
    #expect(accepted?.peerAddress() == NetworkAddress(host))
    #expect(client.peerAddress() == NetworkAddress(host))
    #expect(listener.peerAddress() == nil, "a listener has no other end")
  }

  @Test("Another kind of socket has no address")
  func unix() throws {
    let folder = try TemporaryDirectory()
    let listener = try Descriptor.listening(path: folder("s"))
    let client = try Descriptor.connected(path: folder("s"), patience: 60_000)
    #expect(client.peerAddress() == nil)
    _ = consume listener
  }
}
