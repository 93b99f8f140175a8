import Posix

/// The file system as the log uses it. One of three seams for tests: the real one is `PosixFileSystem`, the other the
/// simulated disk of the tests, which crashes and fails on command.
package protocol FileSystem: Sendable {
  /// Opens for appending and reading; creates the file where it is missing.
  func openLog(_ path: String) throws(SystemError) -> any LogFile
  /// The same of a file that nobody but its owner may read.
  func openSecret(_ path: String) throws(SystemError) -> any LogFile
  func exists(_ path: String) -> Bool
  /// Tells the file at a path from every other that is there or open; nil where there is none.
  func identity(_ path: String) -> UInt64?
  /// Names in the directory, sorted by bytes.
  func list(_ directory: String) throws(SystemError) -> [String]
  /// Makes names made or changed in the directory durable.
  func synchronizeDirectory(_ path: String) throws(SystemError)
  func rename(_ from: String, to: String) throws(SystemError)
  func remove(_ path: String) throws(SystemError)
  /// Bytes that may still be written below `path`.
  func freeBytes(_ path: String) throws(SystemError) -> Int
}

/// A file that can be read at any offset. Closed when the last owner lets go of it.
package protocol ReadableFile: AnyObject, Sendable {
  func size() throws(SystemError) -> Int
  /// At most `count` bytes from `offset`; fewer only at the end of the file.
  func read(at offset: Int, count: Int) throws(SystemError) -> [UInt8]
}

/// A file that is only appended to.
package protocol LogFile: ReadableFile {
  func append(_ bytes: [UInt8]) throws(SystemError)
  /// `fdatasync`. After an error the file must not be synced again: the kernel may have dropped the data and forgotten
  /// the error (PostgreSQL's "fsync gate", 2018).
  func synchronizeData() throws(SystemError)
  func truncate(to size: Int) throws(SystemError)
}

extension FileSystem {
  /// Replaces a whole file that nobody but its owner may read, durably: after a crash the old or the new one is there.
  func replaceSecret(_ path: String, with bytes: [UInt8]) throws(SystemError) {
    let temporary = path + AtomicFile.suffix
    let folder = Directories.parent(of: path)
    try remove(temporary)
    do throws(SystemError) {
      let file = try openSecret(temporary)
      try file.append(bytes)
      try file.synchronizeData()
      try rename(temporary, to: path)
    } catch {
      try? remove(temporary)
      throw error
    }
    try synchronizeDirectory(folder)
  }
}
