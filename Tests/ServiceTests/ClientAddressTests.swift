import HTTPWire
import Posix
import Testing

@testable import Service

@Suite("Whose request it is")
struct ClientAddressTests {
  struct Range: CustomTestStringConvertible, Sendable {
    let text: String
    /// nil: it is no range.
    let holds: [String]?
    var lacks: [String] = []

    var testDescription: String { text }
  }

  @Test(
    "Addresses and CIDR blocks",
    arguments: [
      Range(text: "10.0.0.7", holds: ["10.0.0.7", "::ffff:10.0.0.7"], lacks: ["10.0.0.6", "::10.0.0.7"]),
      Range(text: "10.0.0.0/8", holds: ["10.0.0.0", "10.255.255.255"], lacks: ["9.255.255.255", "11.0.0.0", "::1"]),
      Range(text: "10.1.2.3/8", holds: ["10.9.9.9"], lacks: ["11.1.2.3"]),
      Range(text: "0.0.0.0/0", holds: ["1.2.3.4", "255.255.255.255"], lacks: ["::1", "2001:db8::1"]),
      Range(text: "192.0.2.128/25", holds: ["192.0.2.128", "192.0.2.255"], lacks: ["192.0.2.127"]),
      Range(text: "192.0.2.1/32", holds: ["192.0.2.1"], lacks: ["192.0.2.0"]),
      Range(text: "::/0", holds: ["::", "1.2.3.4", "ffff::"]),
      Range(text: "::1", holds: ["::1", "0:0:0:0:0:0:0:1"], lacks: ["::2", "127.0.0.1"]),
      Range(text: "2001:db8::/32", holds: ["2001:db8::", "2001:db8:ffff::1"], lacks: ["2001:db9::", "10.0.0.1"]),
      Range(text: "2001:db8::/64", holds: ["2001:db8::ffff:0:0:1"], lacks: ["2001:db8:0:1::"]),
      Range(text: "2001:db8::80/121", holds: ["2001:db8::ff"], lacks: ["2001:db8::7f"]),
      Range(text: "::ffff:10.0.0.0/104", holds: ["10.255.0.1"], lacks: ["11.0.0.0"]),
      Range(text: "", holds: nil), Range(text: "/8", holds: nil), Range(text: "10.0.0.0/", holds: nil),
      Range(text: "10.0.0.0/33", holds: nil), Range(text: "::/129", holds: nil), Range(text: "10.0.0.0/08", holds: nil),
      Range(text: "10.0.0.0/+8", holds: nil), Range(text: "10.0.0.0/-1", holds: nil), Range(text: "10.0.0", holds: nil),
      Range(text: "010.0.0.1", holds: nil), Range(text: "10.0.0.256", holds: nil), Range(text: "[::1]", holds: nil),
      Range(text: "10.0.0.0/8/8", holds: nil), Range(text: "localhost", holds: nil),
      Range(text: "fe80::1%lo", holds: nil),
      Range(text: "10.0.0.1 ", holds: nil), Range(text: "*", holds: nil), Range(text: "::1::", holds: nil),
    ])
  func ranges(range: Range) throws {
    let parsed = AddressRange(range.text)
    #expect((parsed != nil) == (range.holds != nil))
    guard let parsed else { return }
    for text in range.holds ?? [] { #expect(parsed.contains(try #require(NetworkAddress(text))), "\(text)") }
    for text in range.lacks { #expect(!parsed.contains(try #require(NetworkAddress(text))), "\(text)") }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let peer: String
    var forwarded: [String] = []
    let client: String

    var testDescription: String { "\(peer) for \(forwarded)" }
  }

  @Test(
    "X-Forwarded-For counts from trusted proxies only, from the right",
    arguments: [
      Case(peer: "203.0.113.9", client: "203.0.113.9"),
      Case(peer: "203.0.113.9", forwarded: ["198.51.100.1"], client: "203.0.113.9"),
      Case(peer: "10.0.0.1", client: "10.0.0.1"),
      Case(peer: "10.0.0.1", forwarded: ["198.51.100.1"], client: "198.51.100.1"),
      Case(peer: "::ffff:10.0.0.1", forwarded: ["198.51.100.1"], client: "198.51.100.1"),
      // What the client wrote itself stands on the left.
      Case(peer: "10.0.0.1", forwarded: ["192.0.2.66, 198.51.100.1"], client: "198.51.100.1"),
      Case(peer: "10.0.0.1", forwarded: ["10.0.0.3, 198.51.100.1"], client: "198.51.100.1"),
      Case(peer: "10.0.0.1", forwarded: ["198.51.100.1, 10.0.0.2"], client: "198.51.100.1"),
      Case(peer: "10.0.0.1", forwarded: ["192.0.2.66", "198.51.100.1", "10.0.0.2"], client: "198.51.100.1"),
      Case(peer: "10.0.0.1", forwarded: ["10.0.0.3, 10.0.0.2"], client: "10.0.0.3"),
      // What is no address ends the search at the last proxy that told the truth.
      Case(peer: "10.0.0.1", forwarded: ["198.51.100.1, unknown, 10.0.0.2"], client: "10.0.0.2"),
      Case(peer: "10.0.0.1", forwarded: ["198.51.100.1, , 10.0.0.2"], client: "10.0.0.2"),
      Case(peer: "10.0.0.1", forwarded: [""], client: "10.0.0.1"),
      Case(peer: "10.0.0.1", forwarded: ["198.51.100.1,"], client: "10.0.0.1"),
      Case(peer: "10.0.0.1", forwarded: ["  198.51.100.1\t"], client: "198.51.100.1"),
      Case(peer: "10.0.0.1", forwarded: ["198.51.100.1:4711"], client: "198.51.100.1"),
      Case(peer: "10.0.0.1", forwarded: ["198.51.100.1:port"], client: "10.0.0.1"),
      Case(peer: "10.0.0.1", forwarded: ["2001:db8::7"], client: "2001:db8::7"),
      Case(peer: "10.0.0.1", forwarded: ["[2001:db8::7]"], client: "2001:db8::7"),
      Case(peer: "10.0.0.1", forwarded: ["[2001:db8::7]:443"], client: "2001:db8::7"),
      Case(peer: "10.0.0.1", forwarded: ["[2001:db8::7"], client: "10.0.0.1"),
      Case(peer: "10.0.0.1", forwarded: ["[2001:db8::7]443"], client: "10.0.0.1"),
      Case(peer: "10.0.0.1", forwarded: ["[198.51.100.1]"], client: "10.0.0.1"),
      Case(peer: "10.0.0.1", forwarded: ["\"198.51.100.1\""], client: "10.0.0.1"),
      Case(peer: "fd00::1", forwarded: ["198.51.100.1, fd00::2"], client: "198.51.100.1"),
    ])
  func client(test: Case) throws {
    let trusted = ["10.0.0.0/8", "fd00::/8"].compactMap(AddressRange.init)
    let head = try makeHead("POST", "/v1/feedback", fields(test.forwarded))
    let peer = try #require(NetworkAddress(test.peer))
    #expect(ClientAddress.of(peer: peer, head.fields, trusted: trusted) == NetworkAddress(test.client))
    #expect(ClientAddress.of(peer: peer, head.fields, trusted: []) == peer, "nobody is trusted unless named")
  }

  private func fields(_ forwarded: [String]) -> [(String, String)] { forwarded.map { ("x-forwarded-for", $0) } }

  @Test("IPv4 is limited by the address, IPv6 by its first 64 bits")
  func network() throws {
    func network(_ text: String) throws -> NetworkAddress {
      ClientAddress.network(of: try #require(NetworkAddress(text)))
    }
    #expect(try network("192.0.2.1") != network("192.0.2.2"))
    #expect(try network("192.0.2.1") == network("::ffff:192.0.2.1"))
    #expect(try network("2001:db8::1") == network("2001:db8::ffff:1:2:3"))
    #expect(try network("2001:db8:0:1::1") != network("2001:db8::1"))
  }
}
