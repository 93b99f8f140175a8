import Testing

@testable import TrainingLog

@Suite struct ChecksumTests {
  @Test func `the check value of the polynomial`() {
    #expect(checksum(Array("123456789".utf8)) == 0xCBF4_3926)
  }

  /// Long ones go another way than short ones, sixty-four and sixteen bytes at a time.
  @Test func `any length gives what its definition gives`() {
    let bytes = (0..<400).map { UInt8(truncatingIfNeeded: $0 &* $0 &+ 7 &* $0) }
    for start in [0, 1, 9] {
      for end in start...bytes.count {
        #expect(checksum(Array(bytes[start..<end])) == Self.defined(bytes[start..<end]), "\(start)..<\(end)")
      }
    }
  }

  /// RFC 1952, section 8, bit by bit.
  private static func defined(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
  }
}
