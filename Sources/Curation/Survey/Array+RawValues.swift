import Posix
import TrainingLog

/// Values as they lie in memory: for files that no other program and no other machine reads.
extension [UInt8] {
  init<Value: BitwiseCopyable>(raw values: [Value]) { self = values.withUnsafeBytes { Array($0) } }
}

extension Array where Element: BitwiseCopyable {
  /// So many values from a file that has them from that byte on; nil where it ends before.
  init?(_ file: ReadOnlyFile, at offset: Int, count: Int) throws {
    let stride = MemoryLayout<Element>.stride
    var read = 0
    // No more is read than there is room for, and every pattern of bits is a value.
    self = try Array(unsafeUninitializedCapacity: count) { buffer, filled in
      let room = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count * stride)
      read = try file.read(at: offset, into: room)
      filled = read / stride
    }
    guard read == count * stride else { return nil }
  }

  /// CRC-32 of the values, going on from that of what stands before them.
  func checksum(after before: UInt32) -> UInt32 { withUnsafeBytes { extend(checksum: before, by: $0) } }

  private static var bytesPerWrite: Int { 1 << 20 }

  /// A piece at a time, so that there is no copy of all.
  func write(to file: AtomicFileWriter) throws(SystemError) {
    let bytes = count * MemoryLayout<Element>.stride
    var start = 0
    while start < bytes {
      let end = Swift.min(start + Self.bytesPerWrite, bytes)
      try file.write(withUnsafeBytes { [UInt8]($0[start..<end]) })
      start = end
    }
  }
}
