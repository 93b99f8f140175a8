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
      let bytes = try file.read(at: offset + start * size, count: (count + ahead) * size)
      guard bytes.count >= count * size else { throw CurationError.derivedFileDamaged }
      return [UInt32](raw: bytes, count: bytes.count / size)[...]
    }
  }
}

/// Reads sets that stand behind each other in their stores: what comes behind one is read along with it. For one thread.
final class ShingleReader {
  private static let ahead = 1 << 16

  private let stores: [ShingleStore]
  private var store = -1
  private var start = 0
  private var window: ArraySlice<UInt32> = []

  init(_ stores: [ShingleStore]) { self.stores = stores }

  func set(of text: TextSurvey, in store: Int32) throws -> ArraySlice<UInt32> {
    let count = Int(text.shinglesCount)
    if self.store != Int(store) || text.shinglesStart < start || text.shinglesStart + count > start + window.count {
      window = try stores[Int(store)].shingles(from: text.shinglesStart, count: count, ahead: Self.ahead)
      (self.store, start) = (Int(store), text.shinglesStart)
    }
    let at = window.startIndex + text.shinglesStart - start
    return window[at..<at + count]
  }
}
