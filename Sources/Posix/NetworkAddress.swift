import Glibc

/// An IPv4 or IPv6 address as 128 bits; IPv4 is kept as `::ffff:a.b.c.d` (RFC 4291 section 2.5.5.2), so that a client is
/// the same whichever kind of socket it came to.
package struct NetworkAddress: Hashable, Sendable {
  /// The first eight bytes as a number, and the last eight.
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  package init(ipv4: UInt32) { self.init(high: 0, low: 0xffff_0000_0000 | UInt64(ipv4)) }

  /// Reads a literal by the rules of inet_pton(3): four decimal numbers, or the text of RFC 4291 section 2.2. No zones,
  /// no brackets, no ports.
  package init?(_ literal: String) {
    guard !literal.utf8.contains(0) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, literal, &bytes) == 1 {
      self.init(ipv4: UInt32(truncatingIfNeeded: Self.number(bytes[0..<4])))
    } else if inet_pton(AF_INET6, literal, &bytes) == 1 {
      self.init(high: Self.number(bytes[0..<8]), low: Self.number(bytes[8..<16]))
    } else {
      return nil
    }
  }

  package var isIPv4: Bool { high == 0 && low >> 32 == 0xffff }

  fileprivate static func number(_ bytes: some Collection<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension Descriptor {
  /// The address of the other end of a TCP connection; nil for another kind of socket, or when the peer has gone.
  package borrowing func peerAddress() -> NetworkAddress? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = withUnsafeMutablePointer(to: &storage) { pointer in
      // sockaddr_storage is large and aligned enough for every sockaddr (RFC 3493, section 3.10).
      getpeername(raw, UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: sockaddr.self), &length)
    }
    guard result == 0 else { return nil }
    return withUnsafeBytes(of: &storage) { bytes in
      switch Int32(bytes.load(as: sa_family_t.self)) {
      // The address stands behind family and port (ip(7)).
      case AF_INET: NetworkAddress(ipv4: UInt32(truncatingIfNeeded: NetworkAddress.number(bytes[4..<8])))
      // Behind family, port and flow label (ipv6(7)).
      case AF_INET6:
        NetworkAddress(high: NetworkAddress.number(bytes[8..<16]), low: NetworkAddress.number(bytes[16..<24]))
      default: nil
      }
    }
  }
}
