import Posix

/// Compresses a log file into a temporary one beside it, and makes sure of every byte before anything depends on it.
struct DaySealing {
  enum Failure: Error, CustomStringConvertible {
    /// What was read back is not what was written, or not what was there before.
    case differs

    var description: String { "a sealed file is not what was to be sealed" }
  }

  let fileSystem: any FileSystem
  let temporary: String

  /// Writes what is sealed already, then the first `end` bytes of the plain file, and reads it all back.
  func write(_ sealed: SealedText?, _ plain: (any ReadableFile)?, upTo end: Int) throws {
    try fileSystem.remove(temporary)
    do {
      var writer = SealedWriter(try fileSystem.openLog(temporary))
      try sealed?.write(without: [], to: &writer)
      var offset = 0
      while offset < end, let plain {
        let piece = try plain.read(at: offset, count: min(LineReader.chunkBytes, end - offset))
        if piece.isEmpty { throw SystemError(call: "pread", code: 5) }
        try writer.append(text: piece)
        offset += piece.count
      }
      try writer.finish()
      try check(sealed, plain, end)
    } catch {
      try? fileSystem.remove(temporary)
      throw error
    }
  }

  /// By another descriptor than the one that wrote it.
  private func check(_ sealed: SealedText?, _ plain: (any ReadableFile)?, _ end: Int) throws {
    let written = try SealedText(try fileSystem.openLog(temporary))
    let start = sealed?.size() ?? 0
    guard written.size() == start + end, written.table.bytes == (try written.file.size()) else { throw Failure.differs }
    let earlier = sealed?.table.members.filter { !$0.text.isEmpty || $0.isDamaged } ?? []
    if let sealed, earlier.contains(where: \.isForeign) {
      try Self.compare(sealed, upTo: start, written, at: 0)
    } else {
      for (old, new) in zip(earlier, written.table.members) {
        guard old.text == new.text, try Self.content(old, sealed?.file) == Self.content(new, written.file) else {
          throw Failure.differs
        }
      }
    }
    if let plain { try Self.compare(plain, upTo: end, written, at: start) }
  }

  private static func compare(
    _ text: any ReadableFile, upTo end: Int, _ written: SealedText, at start: Int
  ) throws {
    var offset = 0
    while offset < end {
      let piece = try text.read(at: offset, count: min(LineReader.chunkBytes, end - offset))
      guard !piece.isEmpty, try written.read(at: start + offset, count: piece.count) == piece else {
        throw Failure.differs
      }
      offset += piece.count
    }
  }

  private static func content(_ member: SealedMember, _ file: (any ReadableFile)?) throws(SystemError) -> [UInt8]? {
    let start = member.bytes.lowerBound + SealedMember.headerBytes
    return try file?.read(at: start, count: member.bytes.upperBound - start)
  }
}
