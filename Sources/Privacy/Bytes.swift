/// The bytes of a text: 0 outside of it. One comparison a read buys that no rule, however wrong, reads foreign memory.
struct Bytes {
  private let base: UnsafePointer<UInt8>?
  let count: Int

  /// Valid as long as `buffer` is.
  init(_ buffer: UnsafeBufferPointer<UInt8>) {
    base = buffer.baseAddress
    count = buffer.count
  }

  @inline(__always)
  subscript(index: Int) -> UInt8 {
    guard let base, UInt(bitPattern: index) < UInt(bitPattern: count) else { return 0 }
    return base[index]
  }
}
