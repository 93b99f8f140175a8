import Testing

@testable import HTTPWire

/// The bit sets against the grammar, written out character by character.
struct ByteSetTests {
  static let alpha = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
  static let digit = "0123456789"
  static let unreserved = alpha + digit + "-._~"
  static let subDelims = "!$&'()*+,;="

  @Test(arguments: [
    (ByteSet.token, alpha + digit + "!#$%&'*+-.^_`|~"), (ByteSet.regName, unreserved + subDelims),
    (ByteSet.path, unreserved + subDelims + ":@/"), (ByteSet.query, unreserved + subDelims + ":@/?"),
  ])
  func holds(_ set: ByteSet, _ members: String) {
    let wanted = Set(members.utf8)
    for byte in UInt8.min...UInt8.max {
      #expect(set.contains(byte) == wanted.contains(byte), "\(byte)")
    }
  }

  @Test func textIsAllButControls() {
    for byte in UInt8.min...UInt8.max {
      #expect(ASCII.isText(byte) == (byte == 9 || (byte >= 32 && byte != 127)), "\(byte)")
    }
  }

  @Test func hexValues() {
    for byte in UInt8.min...UInt8.max {
      let digits = Array("0123456789abcdef".utf8)
      let capitals = Array("0123456789ABCDEF".utf8)
      let wanted = digits.firstIndex(of: byte) ?? capitals.firstIndex(of: byte)
      #expect(ASCII.hexValue(byte).map { Int($0) } == wanted, "\(byte)")
    }
  }

  @Test func lowerCase() {
    for byte in UInt8.min...UInt8.max {
      #expect(ASCII.lower(byte) == (byte >= 65 && byte <= 90 ? byte + 32 : byte), "\(byte)")
    }
  }
}
