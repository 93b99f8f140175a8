import Posix

/// The members of a sealed day. Those that this program has written are found from their headers alone, with one small
/// read for each MiB of text.
struct MemberTable: Sendable {
  /// In the order of the file, without a gap in bytes or text.
  private(set) var members: [SealedMember] = []

  /// Bytes of text of all members.
  var textBytes: Int { members.last?.text.upperBound ?? 0 }
  var bytes: Int { members.last?.bytes.upperBound ?? 0 }

  /// A member whose header tells nothing, or nothing true, is decompressed. Where that cannot be done, everything up to
  /// the next whole header counts as one damaged member, and its text is what lies between the texts of its neighbours.
  init(scanning file: any ReadableFile) throws(SystemError) {
    let size = try file.size()
    var next = try Self.header(of: file, at: 0)
    while bytes < size {
      let header = next?.text.lowerBound == textBytes ? next : nil
      if let member = header, member.bytes.upperBound <= size {
        next = try Self.header(of: file, at: member.bytes.upperBound)
        var isWhole = next?.text.lowerBound == member.text.upperBound
        if !isWhole { isWhole = try Self.textLength(ofMemberUpTo: member.bytes.upperBound, file) == member.text.count }
        if isWhole {
          members.append(member)
          continue
        }
      }
      if let foreign = try ForeignMember(of: file, at: bytes) {
        members += foreign.members(at: textBytes, isDamaged: false)
        next = try Self.header(of: file, at: bytes)
        continue
      }
      next = try Self.header(of: file, behind: bytes, textBytes, size)
      let range = bytes..<(next?.bytes.lowerBound ?? size)
      let known = next.map { $0.text.lowerBound - textBytes }
      if let foreign = try ForeignMember(damaged: range, of: file, textBytes: known) {
        members += foreign.members(at: textBytes, isDamaged: true)
        continue
      }
      var textEnd = next?.text.lowerBound ?? textBytes
      if next == nil { textEnd += try Self.textLength(ofLast: range, header, file) }
      members.append(SealedMember(text: textBytes..<textEnd, bytes: range, isDamaged: true))
    }
  }

  /// Whether there are members to be written anew in the form of ours.
  var hasForeign: Bool { members.contains { $0.isForeign && !$0.isDamaged } }

  /// The number of the member that holds this byte of the text; nil behind the end.
  func number(at textOffset: Int) -> Int? {
    var (low, high) = (0, members.count)
    while low < high {
      let middle = (low + high) / 2
      if members[middle].text.upperBound <= textOffset { low = middle + 1 } else { high = middle }
    }
    return low < members.count ? low : nil
  }

  private static func header(of file: any ReadableFile, at offset: Int) throws(SystemError) -> SealedMember? {
    SealedMember(header: try file.read(at: offset, count: SealedMember.headerBytes), at: offset)
  }

  /// As the trailer has it, in the last four bytes.
  private static func textLength(ofMemberUpTo end: Int, _ file: any ReadableFile) throws(SystemError) -> Int {
    try file.read(at: max(0, end - 4), count: 4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// Of a damaged member without another one behind it. Header or trailer may be what is damaged, and the end may be
  /// gone; where they disagree, the content decides.
  private static func textLength(
    ofLast range: Range<Int>, _ header: SealedMember?, _ file: any ReadableFile
  ) throws(SystemError) -> Int {
    let inHeader = header?.text.count ?? 0
    let inTrailer = try textLength(ofMemberUpTo: range.upperBound, file)
    guard inTrailer <= GzipWriter.memberBytes, inTrailer != inHeader else {
      return inHeader <= GzipWriter.memberBytes ? inHeader : 0
    }
    guard header != nil else { return inTrailer }
    let text = try? GzipReader.decompress(
      try file.read(at: range.lowerBound, count: range.count), limit: GzipWriter.memberBytes)
    return text?.count ?? (inHeader <= GzipWriter.memberBytes ? inHeader : 0)
  }

  /// The next header that may follow on what is damaged at `start`.
  private static func header(
    of file: any ReadableFile, behind start: Int, _ textOffset: Int, _ size: Int
  ) throws(SystemError) -> SealedMember? {
    var offset = start + 1
    while offset < size {
      let piece = try file.read(at: offset, count: LineReader.chunkBytes)
      if piece.isEmpty { return nil }
      var at = 0
      while let found = piece[at...].firstRange(of: SealedMember.signature)?.lowerBound {
        let member = try header(of: file, at: offset + found)
        if let member, member.text.lowerBound >= textOffset, member.bytes.upperBound <= size { return member }
        at = found + 1
      }
      // A signature may lie across the end of the piece.
      offset += max(1, piece.count - SealedMember.signature.count + 1)
    }
    return nil
  }
}
