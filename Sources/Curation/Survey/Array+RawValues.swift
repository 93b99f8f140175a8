/// Values as they lie in memory: for files that no other program and no other machine reads.
extension [UInt8] {
  init<Value: BitwiseCopyable>(raw values: [Value]) { self = values.withUnsafeBytes { Array($0) } }
}

extension Array where Element: BitwiseCopyable {
  /// So many values from bytes that `[UInt8](raw:)` has made, which must hold them.
  init(raw bytes: [UInt8], from start: Int = 0, count: Int) {
    precondition(start >= 0 && count >= 0 && count <= (bytes.count - start) / MemoryLayout<Element>.stride)
    // In bounds: checked above. Every pattern of bits is a value.
    self.init(unsafeUninitializedCapacity: count) { out, filled in
      let size = count * MemoryLayout<Element>.stride
      bytes.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(out).copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + size]))
      }
      filled = count
    }
  }
}
