import Posix

/// The text of a sealed day, to be read at any offset as if the file was not compressed: only the members that hold what
/// is asked for are decompressed.
///
/// The text of a damaged member reads as zero bytes, which no line has (see `LineReader`), so that everything else keeps
/// its place. Whoever reads it whole asks for `damages` afterwards: what was passed over is never silent.
package final class SealedText: ReadableFile {
  let file: any ReadableFile
  let table: MemberTable
  private let cache: MemberCache
  private let owner: Int
  /// Members whose content turned out to be damaged.
  private let rotten = Mutex<Set<Int>>([])
  /// The foreign member that was read last.
  private let foreign = Mutex<ForeignText?>(nil)

  /// Scans the headers.
  package init(_ file: any ReadableFile, cache: MemberCache = MemberCache()) throws(SystemError) {
    self.file = file
    self.cache = cache
    owner = cache.join()
    table = try MemberTable(scanning: file)
  }

  /// Of the text, bytes.
  package func size() -> Int { table.textBytes }

  /// Throws for a place before the beginning; what is asked for behind the end is not there.
  package func read(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    guard offset >= 0, count >= 0 else { throw SystemError(call: "pread", code: 22) }
    let end = min(count, max(0, table.textBytes - offset)) + offset
    var bytes: [UInt8] = []
    guard offset < end, var number = table.number(at: offset) else { return bytes }
    bytes.reserveCapacity(end - offset)
    while bytes.count < end - offset {
      let range = table.members[number].text
      let part = max(offset, range.lowerBound)..<min(end, range.upperBound)
      if let text = try text(of: number) {
        bytes += text[part.lowerBound - range.lowerBound..<part.upperBound - range.lowerBound]
      } else {
        bytes += repeatElement(0, count: part.count)
      }
      number += 1
    }
    return bytes
  }

  /// nil for a member that is damaged.
  func text(of number: Int) throws(SystemError) -> [UInt8]? {
    if let known = cache.text(owner, number) { return known }
    let member = table.members[number]
    guard !isDamaged(number) else { return nil }
    guard let text = try decompressed(member) else {
      rotten.withLock { _ = $0.insert(number) }
      return nil
    }
    cache.keep(text, owner, number)
    return text
  }

  private func decompressed(_ member: SealedMember) throws(SystemError) -> [UInt8]? {
    guard member.isForeign else {
      return try Self.decompress(
        try file.read(at: member.bytes.lowerBound, count: member.bytes.count), member.text.count)
    }
    let text = try foreignText(member)
    return text.count == member.text.count ? text : nil
  }

  /// As much as there is.
  private func foreignText(_ member: SealedMember) throws(SystemError) -> [UInt8] {
    let place = member.text.lowerBound - (member.foreignStart ?? 0)
    return try foreign.withLock { (foreign) throws(SystemError) in
      let text = foreign.flatMap { $0.bytes == member.bytes ? $0 : nil } ?? ForeignText(file, member.bytes)
      foreign = text
      return try text.read(at: place, count: member.text.count)
    }
  }

  /// What a damaged member still decompresses to, and zero bytes for the rest. Nothing vouches for any of it.
  func remains(of number: Int) throws(SystemError) -> [UInt8] {
    let member = table.members[number]
    var text: [UInt8] = []
    if member.isForeign {
      text = try foreignText(member)
    } else if member.text.count <= GzipWriter.memberBytes {
      let bytes = try file.read(at: member.bytes.lowerBound, count: member.bytes.count)
      // The header as it should be: where that is damaged, the rest may be whole.
      let whole = member.header + bytes.dropFirst(SealedMember.headerBytes)
      do {
        // With room for a buffer more, which may end in garbage.
        let reader = try GzipReader(limit: member.text.count + GzipReader.bufferBytes) { text += $0 }
        try reader.append(whole[...])
      } catch GzipReader.Failure.outOfMemory {
        throw SystemError(call: "inflateInit2", code: 12)
      } catch {}  // What came before the damage has been handed out.
    }
    return Array(text.prefix(member.text.count)) + repeatElement(0, count: max(0, member.text.count - text.count))
  }

  private func isDamaged(_ number: Int) -> Bool {
    table.members[number].isDamaged || rotten.withLock { $0.contains(number) }
  }

  private static func decompress(_ bytes: [UInt8], _ count: Int) throws(SystemError) -> [UInt8]? {
    guard count <= GzipWriter.memberBytes else { return nil }
    do {
      let text = try GzipReader.decompress(bytes, limit: count)
      return text.count == count ? text : nil
    } catch GzipReader.Failure.outOfMemory {
      throw SystemError(call: "inflateInit2", code: 12)
    } catch { return nil }
  }

  /// The damaged members that have been met so far, by their places; of foreign ones each part.
  package var damages: [SealedMember] { table.members.indices.filter(isDamaged).map { table.members[$0] } }
}
