import Posix

/// The machine's own file system.
package struct PosixFileSystem: FileSystem {
  package init() {}

  package func openLog(_ path: String) throws(SystemError) -> any LogFile {
    PosixLogFile(try Descriptor.appending(path))
  }

  package func openSecret(_ path: String) throws(SystemError) -> any LogFile {
    PosixLogFile(try Descriptor.appending(path, mode: 0o600))
  }

  package func exists(_ path: String) -> Bool { Directories.exists(path) }
  package func identity(_ path: String) -> UInt64? { FileStamp(path)?.inode }
  package func list(_ directory: String) throws(SystemError) -> [String] { try Directories.list(directory) }
  package func synchronizeDirectory(_ path: String) throws(SystemError) { try Directories.synchronize(path) }
  package func rename(_ from: String, to: String) throws(SystemError) { try Directories.rename(from, to: to) }
  package func remove(_ path: String) throws(SystemError) { try Directories.remove(path) }
  package func freeBytes(_ path: String) throws(SystemError) -> Int { try Directories.freeBytes(path) }
}

private final class PosixLogFile: LogFile {
  private let descriptor: Descriptor

  init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

  func append(_ bytes: [UInt8]) throws(SystemError) { try descriptor.write(bytes) }

  func synchronizeData() throws(SystemError) { try descriptor.synchronizeData() }
  func truncate(to size: Int) throws(SystemError) { try descriptor.truncate(to: size) }
  func size() throws(SystemError) -> Int { try descriptor.size() }

  func read(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    try descriptor.bytes(at: offset, count: count)
  }
}
