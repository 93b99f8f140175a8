import Posix

/// A gzip member that this program has not written, as `gzip` makes one of a day: it has any amount of text and tells
/// nothing of its place, so all of it is decompressed to learn that. The text is divided into parts, cut behind lines like
/// members of ours, so that nobody needs more memory for it.
struct ForeignMember {
  /// Of the file.
  let bytes: Range<Int>
  /// Where its parts end, from its first byte of text on.
  let parts: [Int]

  /// Every gzip member begins so.
  private static let magic: [UInt8] = [0x1F, 0x8B, 8]
  private static let chunkBytes = 64 << 10
  /// Deflate makes no more of one byte.
  private static let expansionMax = 1032

  /// nil for what is no whole member.
  init?(of file: any ReadableFile, at start: Int) throws(SystemError) {
    guard try file.read(at: start, count: 3) == Self.magic else { return nil }
    let (length, cutter) = try Self.scan(file, start)
    guard let length else { return nil }
    bytes = start..<start + length
    parts = cutter.ends
  }

  /// One that is damaged; nil for what does not look like a foreign one.
  ///
  /// - Parameters:
  ///   - range: up to the next member, or to the end of the file.
  ///   - textBytes: of all of it; nil where nobody knows, and its trailer and what is left of it have to tell.
  init?(damaged range: Range<Int>, of file: any ReadableFile, textBytes: Int?) throws(SystemError) {
    let head = try file.read(at: range.lowerBound, count: 4)
    // No extra field, and nothing that is reserved.
    guard head.starts(with: Self.magic), head.count == 4, head[3] & 0xE4 == 0 else { return nil }
    var (_, cutter) = try Self.scan(file, range.lowerBound)
    let told = try file.read(at: range.upperBound - 4, count: 4).reversed().reduce(0) { $0 << 8 | Int($1) }
    let isPlausible = told > cutter.count && told <= range.count * Self.expansionMax
    cutter.end(at: textBytes ?? (isPlausible ? told : cutter.count))
    bytes = range
    parts = cutter.ends
  }

  /// - Returns: bytes of the member, nil where it is no whole one, and the parts of the text that it has.
  private static func scan(
    _ file: any ReadableFile, _ start: Int
  ) throws(SystemError) -> (length: Int?, parts: PartCutter) {
    var cutter = PartCutter()
    do {
      let reader = try GzipReader(onlyFirst: true) { cutter.add($0) }
      var offset = start
      while reader.firstMemberBytes == nil {
        let piece = try file.read(at: offset, count: chunkBytes)
        if piece.isEmpty { break }
        try reader.append(piece[...])
        offset += piece.count
      }
      cutter.finish()
      return (reader.firstMemberBytes, cutter)
    } catch GzipReader.Failure.outOfMemory {
      throw SystemError(call: "inflateInit2", code: 12)
    } catch let error as SystemError {
      throw error
    } catch {
      cutter.finish()
      return (nil, cutter)
    }
  }

  /// - Parameter textStart: where its text begins in the text of the file.
  func members(at textStart: Int, isDamaged: Bool) -> [SealedMember] {
    var start = textStart
    return (parts.isEmpty ? [0] : parts).map { end in
      defer { start = textStart + end }
      return SealedMember(
        text: start..<textStart + end, bytes: bytes, isDamaged: isDamaged, foreignStart: textStart)
    }
  }
}

/// Divides a text that streams by.
private struct PartCutter {
  private(set) var ends: [Int] = []
  private(set) var count = 0
  /// Behind the last LF.
  private var lineEnd = 0
  private var start: Int { ends.last ?? 0 }

  mutating func add(_ text: ArraySlice<UInt8>) {
    var rest = text
    while true {
      let fitting = rest.prefix(start + GzipWriter.memberBytes - count)
      if let last = fitting.lastIndex(of: UInt8(ascii: "\n")) { lineEnd = count + last - fitting.startIndex + 1 }
      count += fitting.count
      rest = rest[fitting.endIndex...]
      if rest.isEmpty { return }
      ends.append(lineEnd > start ? lineEnd : count)
    }
  }

  mutating func finish() { if count > start { ends.append(count) } }

  /// There is more text than was seen, or less.
  mutating func end(at total: Int) {
    ends.removeAll { $0 >= total }
    while start + GzipWriter.memberBytes < total { ends.append(start + GzipWriter.memberBytes) }
    if start < total { ends.append(total) }
  }
}

/// The text of a foreign member, decompressed from its beginning on; who asks for one part after the other has it
/// decompressed once.
final class ForeignText {
  let bytes: Range<Int>
  private let file: any ReadableFile
  private var reader: GzipReader?
  /// Text that was decompressed last, and where in the text of the member it begins.
  private var text: [UInt8] = []
  private var start = 0
  /// Of the file, what comes next.
  private var offset = 0

  /// So few that what comes of them is not much.
  private static let chunkBytes = 4096

  init(_ file: any ReadableFile, _ bytes: Range<Int>) {
    self.file = file
    self.bytes = bytes
  }

  /// Fewer bytes where it is damaged.
  func read(at place: Int, count: Int) throws(SystemError) -> [UInt8] {
    if reader == nil || place < start { try begin() }
    while start + text.count < place + count, try readOn() {
      let passed = min(text.count, place - start)
      guard passed > 0 else { continue }
      text.removeFirst(passed)
      start += passed
    }
    return Array(text.dropFirst(max(0, place - start)).prefix(count))
  }

  private func begin() throws(SystemError) {
    (text, start, offset) = ([], 0, bytes.lowerBound)
    do { reader = try GzipReader(onlyFirst: true) { [unowned self] in text += $0 } } catch {
      throw SystemError(call: "inflateInit2", code: 12)
    }
  }

  /// False at the end, or where it is damaged.
  private func readOn() throws(SystemError) -> Bool {
    let piece = try file.read(at: offset, count: min(Self.chunkBytes, bytes.upperBound - offset))
    guard !piece.isEmpty, let reader, reader.firstMemberBytes == nil else { return false }
    offset += piece.count
    // What came before the damage has been handed out.
    do { try reader.append(piece[...]) } catch { offset = bytes.upperBound }
    return true
  }
}
