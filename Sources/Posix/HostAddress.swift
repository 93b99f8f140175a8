import Glibc

/// What the kernel makes of the text of an address.
package enum HostAddress {
  /// Whether an IPv4 or IPv6 literal names this machine alone: 127.0.0.0/8 and ::1 (RFC 1122 section 3.2.1.3, RFC 4291
  /// section 2.5.3), also as an IPv4-mapped address. False for what is no literal.
  package static func isLoopback(_ literal: String) -> Bool {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(literal, nil, &hints, &found) == 0, let first = found else { return false }
    defer { freeaddrinfo(found) }
    let bytes = UnsafeRawBufferPointer(start: first.pointee.ai_addr, count: Int(first.pointee.ai_addrlen))
    switch first.pointee.ai_family {
    // The address stands behind family and port (ip(7)).
    case AF_INET: return bytes[4] == 127
    // Behind family, port and flow label (ipv6(7)).
    case AF_INET6:
      let address = Array(bytes[8..<24])
      let mapped = [UInt8](repeating: 0, count: 10) + [0xff, 0xff]
      return address == [UInt8](repeating: 0, count: 15) + [1] || (address.starts(with: mapped) && address[12] == 127)
    default: return false
    }
  }
}
