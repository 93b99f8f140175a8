import TrainingLog

/// Shingle sets one behind the other, in memory or in a file: a set is read when somebody asks for it.
final class ShingleStore: Sendable {
  private enum Place {
    case memory([UInt32])
    /// From that byte on.
    case file(ReadOnlyFile, offset: Int)
  }

  private let place: Place

  init(_ shingles: [UInt32]) { place = .memory(shingles) }
  init(_ file: ReadOnlyFile, offset: Int) { place = .file(file, offset: offset) }

  func set(of text: TextSurvey) throws -> [UInt32] {
    try shingles(from: text.shinglesStart, count: Int(text.shinglesCount))
  }

  func shingles(from start: Int, count: Int) throws -> [UInt32] {
    let found = try shingles(from: start, count: count, ahead: 0)
    return Array(found)
  }

  /// - Parameter ahead: so many may be read beyond.
  fileprivate func shingles(from start: Int, count: Int, ahead: Int) throws -> ArraySlice<UInt32> {
    switch place {
    case .memory(let shingles): return shingles[start..<start + count]
    case .file(let file, let offset):
      let size = MemoryLayout<UInt32>.size
      // No more is read than there is room for, and every pattern of bits is a value.
      let shingles = try [UInt32](unsafeUninitializedCapacity: count + ahead) { buffer, filled in
        let room = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: (count + ahead) * size)
        filled = try file.read(at: offset + start * size, into: room) / size
      }
      guard shingles.count >= count else { throw CurationError.derivedFileDamaged }
      return shingles[...]
    }
  }
}

/// Reads sets that stand behind each other in their stores: what comes behind one may be read along with it. For one
/// thread.
final class ShingleReader {
  /// Below what the allocator asks the kernel for anew each time.
  private static let ahead = 24 << 10

  private let stores: [ShingleStore]
  private let ahead: Int
  private var store = -1
  private var start = 0
  private var window: ArraySlice<UInt32> = []

  /// - Parameter isDense: nearly all sets are wanted, in their order.
  init(_ stores: [ShingleStore], isDense: Bool) {
    self.stores = stores
    ahead = isDense ? Self.ahead : 0
  }

  func set(of text: TextSurvey, in store: Int32) throws -> ArraySlice<UInt32> {
    let count = Int(text.shinglesCount)
    if self.store != Int(store) || text.shinglesStart < start || text.shinglesStart + count > start + window.count {
      // Let go first, so that its memory is used again.
      window = []
      window = try stores[Int(store)].shingles(from: text.shinglesStart, count: count, ahead: ahead)
      (self.store, start) = (Int(store), text.shinglesStart)
    }
    let at = window.startIndex + text.shinglesStart - start
    return window[at..<at + count]
  }
}
