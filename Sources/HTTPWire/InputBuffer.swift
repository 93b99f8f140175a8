/// Bytes received and not yet consumed. The consumed prefix is erased lazily, so that every byte moves O(1) times.
struct InputBuffer {
  private var bytes: [UInt8] = []
  private var start = 0

  var count: Int { bytes.count - start }
  var isEmpty: Bool { count == 0 }

  mutating func append(_ more: UnsafeRawBufferPointer) {
    if start == bytes.count {
      clear()
    } else if start >= 4096, start >= count {
      // No more bytes move than were consumed since the last move.
      bytes.removeSubrange(0..<start)
      start = 0
    }
    bytes.append(contentsOf: more)
  }

  /// Drops the first `count` unconsumed bytes; there must be so many.
  mutating func consume(_ count: Int) {
    precondition(count >= 0 && count <= self.count, "consumed more than was received")
    start += count
  }

  mutating func clear() {
    start = 0
    // A buffer grown by one large client is given back.
    if bytes.capacity > 64 * 1024 { bytes = [] } else { bytes.removeAll(keepingCapacity: true) }
  }

  @inline(__always)
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try bytes.withUnsafeBufferPointer { (all) throws(Failure) -> Result in
      // Bound: `start` never passes `bytes.count`.
      try body(UnsafeBufferPointer(rebasing: all[start...]))
    }
  }
}
