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

  /// Scans the headers.
  package init(_ file: any ReadableFile, cache: MemberCache = MemberCache()) throws(SystemError) {
    self.file = file
    self.cache = cache
    owner = cache.join()
    table = try MemberTable(scanning: file)
  }

  /// Of the text, bytes.
  package func size() -> Int { table.textBytes }

  package func read(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    let end = min(offset + count, table.textBytes)
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
    let bytes = try file.read(at: member.bytes.lowerBound, count: member.bytes.count)
    guard let text = try Self.decompress(bytes, member.text.count) else {
      rotten.withLock { _ = $0.insert(number) }
      return nil
    }
    cache.keep(text, owner, number)
    return text
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

  /// The damaged members that have been met so far, by their places.
  package var damages: [SealedMember] { table.members.indices.filter(isDamaged).map { table.members[$0] } }
}
