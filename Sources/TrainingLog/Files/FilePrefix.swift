import Posix

/// The first bytes of a file to which somebody may be appending meanwhile.
final class FilePrefix: ReadableFile {
  private let file: any ReadableFile
  private let bytes: Int

  init(_ file: any ReadableFile, bytes: Int) {
    self.file = file
    self.bytes = bytes
  }

  func size() throws(SystemError) -> Int { min(bytes, try file.size()) }

  func read(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    offset < bytes ? try file.read(at: offset, count: min(count, bytes - offset)) : []
  }
}
