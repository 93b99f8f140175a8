import HTTPWire
import Posix

/// Who a request comes from, as far as the operator trusts the way it came.
enum ClientAddress {
  /// The peer; or, when the peer is a trusted proxy, the right-most address of X-Forwarded-For that is not: whatever
  /// stands left of it was written by the client and may be a lie. An entry that is no address ends the search at the
  /// last proxy that is one.
  static func of(peer: NetworkAddress, _ fields: HeaderFields, trusted: [AddressRange]) -> NetworkAddress {
    func isTrusted(_ address: NetworkAddress) -> Bool { trusted.contains { $0.contains(address) } }
    guard isTrusted(peer) else { return peer }
    var client = peer
    for line in fields.all("X-Forwarded-For").reversed() {
      for entry in line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).reversed() {
        guard let address = parse(entry) else { return client }
        client = address
        if !isTrusted(address) { return address }
      }
    }
    return client
  }

  /// What a limit counts: all of an IPv4 address, the first 64 bits of an IPv6 one, since whoever has one of those has
  /// all addresses behind it.
  static func network(of address: NetworkAddress) -> NetworkAddress {
    address.isIPv4 ? address : NetworkAddress(high: address.high, low: 0)
  }

  /// An address, bare, or with a port as some proxies add it: `192.0.2.1:4711`, `[2001:db8::1]`, `[2001:db8::1]:4711`.
  static func parse(_ entry: ArraySlice<UInt8>) -> NetworkAddress? {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    var text = entry.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    if text.first == UInt8(ascii: "[") {
      guard let close = text.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      guard isPort(text[(close + 1)...]) else { return nil }
      text = text[(text.startIndex + 1)..<close]
      guard text.contains(UInt8(ascii: ":")) else { return nil }
    } else if let colon = text.firstIndex(of: UInt8(ascii: ":")), text.lastIndex(of: UInt8(ascii: ":")) == colon {
      guard isPort(text[colon...]) else { return nil }
      text = text[..<colon]
    }
    // The longest literal has 45 characters.
    guard text.count <= 45 else { return nil }
    return NetworkAddress(String(decoding: text, as: UTF8.self))
  }

  /// Nothing, or a colon and 1 to 5 digits.
  private static func isPort(_ text: ArraySlice<UInt8>) -> Bool {
    text.isEmpty
      || (text.first == UInt8(ascii: ":") && (2...6).contains(text.count)
        && text.dropFirst().allSatisfy { (48...57).contains($0) })
  }
}
