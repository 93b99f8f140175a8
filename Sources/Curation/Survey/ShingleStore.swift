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
    switch place {
    case .memory(let shingles): return Array(shingles[start..<start + count])
    case .file(let file, let offset):
      let size = MemoryLayout<UInt32>.size
      let bytes = try file.read(at: offset + start * size, count: count * size)
      guard bytes.count == count * size else { throw CurationError.derivedFileDamaged }
      return [UInt32](raw: bytes, count: count)
    }
  }
}
