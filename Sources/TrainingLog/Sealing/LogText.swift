import Posix

/// The text of a log file, wherever it lies: what is sealed of it, and the plain file with what has come since. Offsets
/// are those of the whole text, so that sealing moves no line.
package final class LogText: ReadableFile {
  package enum Part: CaseIterable, Sendable { case sealed, plain }

  package let sealed: SealedText?
  /// nil where there is none, or where all of it has been sealed already.
  package let plain: (any ReadableFile)?
  /// A crash came between the two steps of a sealing: the plain file is there, and its text is the end of the sealed one.
  let isHalfSealed: Bool

  /// Bytes of text before the plain file's.
  package var sealedBytes: Int { sealed?.size() ?? 0 }

  /// - Parameter isHalfSealed: see there; then the plain file counts for nothing.
  init(sealed: SealedText?, plain: (any ReadableFile)?, isHalfSealed: Bool = false) {
    self.sealed = sealed
    self.plain = isHalfSealed ? nil : plain
    self.isHalfSealed = isHalfSealed
  }

  private static func joining(
    _ sealed: SealedText?, _ plain: (any ReadableFile)?
  ) throws(SystemError) -> LogText {
    LogText(sealed: sealed, plain: plain, isHalfSealed: try isSealed(plain, in: sealed))
  }

  /// Opens a log file for a process that does not write it; nil where there is nothing of it.
  package static func open(
    _ name: LogFileName, in directory: DataDirectory, cache: MemberCache = MemberCache()
  ) throws(SystemError) -> LogText? {
    let path = directory.path(of: name)
    guard let sealedPath = directory.sealedPath(of: name) else {
      guard let plain = try ReadOnlyFile.open(ifPresent: path) else { return nil }
      return LogText(sealed: nil, plain: plain)
    }
    while true {
      let stamp = FileStamp(sealedPath)
      let plain = try ReadOnlyFile.open(ifPresent: path)
      let sealed = try ReadOnlyFile.open(ifPresent: sealedPath)
      // Where it was sealed in between, the two do not belong together.
      guard FileStamp(sealedPath) == stamp else { continue }
      guard plain != nil || sealed != nil else { return nil }
      return try joining(
        sealed.map { file throws(SystemError) in try SealedText(file, cache: cache) }, plain)
    }
  }

  /// The same for the process that writes it; makes a plain file where there is nothing.
  static func open(
    _ name: LogFileName, in directory: DataDirectory, on fileSystem: any FileSystem, cache: MemberCache = MemberCache()
  ) throws(SystemError) -> (text: LogText, plain: (any LogFile)?) {
    var sealed: SealedText?
    if let path = directory.sealedPath(of: name), fileSystem.exists(path) {
      sealed = try SealedText(try fileSystem.openLog(path), cache: cache)
    }
    let path = directory.path(of: name)
    let plain = sealed == nil || fileSystem.exists(path) ? try fileSystem.openLog(path) : nil
    return (try joining(sealed, plain), plain)
  }

  /// Without what stands behind so many bytes of the plain file.
  func upTo(_ plainBytes: Int) -> LogText {
    LogText(sealed: sealed, plain: plain.map { FilePrefix($0, bytes: plainBytes) })
  }

  package func size() throws(SystemError) -> Int { sealedBytes + (try plain?.size() ?? 0) }

  package func read(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    if let sealed, offset < sealedBytes { bytes = try sealed.read(at: offset, count: count) }
    guard bytes.count < count, let plain else { return bytes }
    let rest = try plain.read(at: offset + bytes.count - sealedBytes, count: count - bytes.count)
    return bytes.isEmpty ? rest : bytes + rest
  }

  /// Which file a byte of the text stands in, and where in the text of that.
  func place(of offset: Int, in name: LogFileName) -> (file: String, offset: Int) {
    if offset < sealedBytes, let sealedName = name.sealedName { return (sealedName, offset) }
    return (name.name, offset - sealedBytes)
  }

  /// Members that were met and are damaged.
  package var damages: [SealedMember] { sealed?.damages ?? [] }

  private static func isSealed(_ plain: (any ReadableFile)?, in sealed: SealedText?) throws(SystemError) -> Bool {
    guard let plain, let sealed else { return false }
    let size = try plain.size()
    guard size <= sealed.size() else { return false }
    let start = sealed.size() - size
    var offset = 0
    // Short at first: mostly the very first line tells.
    var pieceBytes = 4096
    while offset < size {
      let piece = try plain.read(at: offset, count: min(pieceBytes, size - offset))
      guard !piece.isEmpty, try sealed.read(at: start + offset, count: piece.count) == piece else { return false }
      offset += piece.count
      pieceBytes = LineReader.chunkBytes
    }
    return true
  }
}
