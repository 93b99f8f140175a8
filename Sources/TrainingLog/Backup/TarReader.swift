import Posix

/// The members of a tar archive, as `TarHeader` writes them. Every other kind of member is refused.
struct TarReader {
  struct Member {
    let header: TarHeader
    /// Of the first byte of content.
    let offset: Int
  }

  let file: any ReadableFile
  private(set) var members: [Member] = []

  /// Reads all headers. Throws `Restoration.Failure.badBackup` unless the archive is whole to its end.
  init(_ file: any ReadableFile) throws {
    self.file = file
    let size = try file.size()
    var offset = 0
    while true {
      let block = try file.read(at: offset, count: TarHeader.blockBytes)
      guard block.count == TarHeader.blockBytes else { throw Restoration.Failure.badBackup("it is cut short") }
      if block.allSatisfy({ $0 == 0 }) { return }
      guard let header = TarHeader(block) else {
        throw Restoration.Failure.badBackup("it is no archive of `cerberus backup`, or damaged")
      }
      offset += TarHeader.blockBytes
      guard header.size <= size - offset else { throw Restoration.Failure.badBackup("it is cut short") }
      members.append(Member(header: header, offset: offset))
      offset += header.size + TarHeader.padding(header.size)
    }
  }

  /// Calls `body` with the content, in pieces.
  func read(_ member: Member, _ body: ([UInt8]) throws -> Void) throws {
    var done = 0
    while done < member.header.size {
      let piece = try file.read(
        at: member.offset + done, count: min(LineReader.chunkBytes, member.header.size - done))
      guard !piece.isEmpty else { throw Restoration.Failure.badBackup("it is cut short") }
      try body(piece)
      done += piece.count
    }
  }
}
