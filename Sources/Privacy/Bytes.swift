/// The bytes of a text: 0 outside of it. One comparison a read buys that no rule, however wrong, reads foreign memory.
struct Bytes {
  let base: UnsafePointer<UInt8>
  let count: Int

  /// Valid as long as `buffer` is.
  init(_ buffer: UnsafeBufferPointer<UInt8>) {
    // Of a text without bytes none is read: any address will do.
    base = buffer.baseAddress ?? UnsafePointer(bitPattern: 1)!
    count = buffer.count
  }

  /// Four bytes as one word, the first lowest; 0 beyond the end.
  @inline(__always)
  func quad(at index: Int) -> UInt32 {
    guard index >= 0, index + 4 <= count else {
      return UInt32(self[index]) | UInt32(self[index + 1]) << 8 | UInt32(self[index + 2]) << 16
        | UInt32(self[index + 3]) << 24
    }
    return UInt32(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt32.self))
  }

  /// Eight bytes as one word, the first lowest; 0 beyond the end.
  @inline(__always)
  func octet(at index: Int) -> UInt64 {
    guard index >= 0, index + 8 <= count else {
      return UInt64(quad(at: index)) | UInt64(quad(at: index + 4)) << 32
    }
    return UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
  }

  /// Letters in one case; other bytes may fall together.
  @inline(__always)
  static func fold(_ octet: UInt64) -> UInt64 { octet | (octet & 0x4040_4040_4040_4040) >> 1 }

  @inline(__always)
  subscript(index: Int) -> UInt8 {
    guard UInt(bitPattern: index) < UInt(bitPattern: count) else { return 0 }
    return base[index]
  }
}
