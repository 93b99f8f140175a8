import Posix

/// An address or a CIDR block (RFC 4632, RFC 4291 section 2.3): `10.0.0.7`, `10.0.0.0/8`, `2001:db8::/32`.
package struct AddressRange: Hashable, Sendable {
  private let base: NetworkAddress
  /// Leading bits of the 128 that count.
  private let bits: Int

  /// nil for what is neither; bits behind the prefix are passed over.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = NetworkAddress(String(parts[0])) else { return nil }
    // The text tells the family: `::ffff:10.0.0.0/104` counts its bits as IPv6 does.
    let isIPv4 = !parts[0].utf8.contains(UInt8(ascii: ":"))
    let most = isIPv4 ? 32 : 128
    var length = most
    if parts.count == 2 {
      guard let given = Self.decimal(parts[1]), given <= most else { return nil }
      length = given
    }
    bits = isIPv4 ? 96 + length : length
    base = Self.masked(address, bits)
  }

  func contains(_ address: NetworkAddress) -> Bool { Self.masked(address, bits) == base }

  private static func masked(_ address: NetworkAddress, _ bits: Int) -> NetworkAddress {
    // A shift by all 64 bits gives 0 with `<<` on integers of Swift.
    let high = bits >= 64 ? UInt64.max : ~(UInt64.max >> UInt64(bits))
    let low = bits <= 64 ? 0 : ~(UInt64.max >> UInt64(bits - 64))
    return NetworkAddress(high: address.high & high, low: address.low & low)
  }

  /// One to three digits without a leading zero.
  private static func decimal(_ text: Substring) -> Int? {
    guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
      text.utf8.count == 1 || text.utf8.first != 48
    else { return nil }
    return text.utf8.reduce(0) { $0 * 10 + Int($1 - 48) }
  }
}
