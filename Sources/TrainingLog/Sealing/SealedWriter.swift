import Posix

/// Writes a sealed day: members of other files as they are, and text as new ones of at most 1 MiB, cut behind a line
/// wherever a line has not more.
struct SealedWriter {
  private let file: any LogFile
  private var textBytes = 0
  private var gathered: [UInt8] = []
  private var hasWritten = false

  /// - Parameter file: empty.
  init(_ file: any LogFile) { self.file = file }

  /// Nothing but its header, which tells where its text lies, is made anew.
  mutating func append(_ member: SealedMember, of other: any ReadableFile) throws(SystemError) {
    try flush()
    let bytes = try other.read(at: member.bytes.lowerBound, count: member.bytes.count)
    guard bytes.count == member.bytes.count else { throw SystemError(call: "pread", code: 5) }
    let text = textBytes..<textBytes + member.text.count
    try file.append(SealedMember(text: text, bytes: member.bytes).header + bytes.dropFirst(SealedMember.headerBytes))
    textBytes = text.upperBound
    hasWritten = true
  }

  /// As it is, without a look at it.
  mutating func append(damaged bytes: Range<Int>, of other: any ReadableFile, textBytes count: Int) throws(SystemError)
  {
    try flush()
    try LineSieve.copy(other, bytes, to: file)
    textBytes += count
    hasWritten = true
  }

  mutating func append(text: [UInt8]) throws(SystemError) {
    gathered += text
    while gathered.count > GzipWriter.memberBytes {
      let lastLine = gathered[..<GzipWriter.memberBytes].lastIndex(of: UInt8(ascii: "\n"))
      try write(lastLine.map { $0 + 1 } ?? GzipWriter.memberBytes)
    }
  }

  /// What has gathered becomes a member; what comes next begins another.
  mutating func flush() throws(SystemError) {
    if !gathered.isEmpty { try write(gathered.count) }
  }

  /// Writes what is left. A file without text has one empty member, since an empty file is no gzip.
  mutating func finish() throws(SystemError) {
    try flush()
    if !hasWritten { try write(0) }
    try file.synchronizeData()
  }

  private mutating func write(_ count: Int) throws(SystemError) {
    try file.append(try SealedMember.encode(Array(gathered[..<count]), textOffset: textBytes))
    gathered.removeSubrange(..<count)
    textBytes += count
    hasWritten = true
  }
}

extension SealedText {
  /// Writes the file without parts of its text. Of ours only the members that hold them are made anew, the others are
  /// copied; foreign ones become some of ours.
  ///
  /// - Parameter removed: ranges of the text, in order. A damaged member stays as it is where nothing of it is to go;
  ///   else what stays is of its remains.
  func write(without removed: [Range<Int>], to writer: inout SealedWriter) throws(SystemError) {
    var rest = removed[...]
    for (number, member) in table.members.enumerated() where !member.text.isEmpty || member.isDamaged {
      rest = rest.drop { $0.upperBound <= member.text.lowerBound }
      let touching = rest.prefix { $0.lowerBound < member.text.upperBound }.map { $0.clamped(to: member.text) }
      if touching == [member.text] { continue }
      if member.isForeign, member.isDamaged, !removed.contains(where: { $0.overlaps(range(of: member)) }) {
        guard !member.isLaterPart else { continue }
        try writer.append(damaged: member.bytes, of: file, textBytes: range(of: member).count)
        continue
      }
      if touching.isEmpty, !member.isForeign {
        try writer.append(member, of: file)
        continue
      }
      let text: [UInt8]
      if let whole = try self.text(of: number) { text = whole } else { text = try remains(of: number) }
      var kept = member.text.lowerBound
      for range in touching + [member.text.upperBound..<member.text.upperBound] {
        try writer.append(text: Array(text[kept - member.text.lowerBound..<range.lowerBound - member.text.lowerBound]))
        kept = range.upperBound
      }
      if !member.isForeign { try writer.flush() }
    }
  }

  /// The text of all parts of a foreign member.
  private func range(of part: SealedMember) -> Range<Int> {
    let last = table.members.last { $0.bytes == part.bytes }
    return (part.foreignStart ?? 0)..<(last?.text.upperBound ?? 0)
  }
}
