import Posix

/// A file opened for reading alone: it is never created, and a data directory that may not be written can be read.
package final class ReadOnlyFile: ReadableFile {
  private let descriptor: Descriptor

  package init(_ path: String) throws(SystemError) { descriptor = try Descriptor.reading(path) }

  /// nil where there is no such file.
  package static func open(ifPresent path: String) throws(SystemError) -> ReadOnlyFile? {
    Directories.exists(path) ? try ReadOnlyFile(path) : nil
  }

  package func size() throws(SystemError) -> Int { try descriptor.size() }

  package func read(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    try descriptor.bytes(at: offset, count: count)
  }

  /// Fills the buffer from there on, as far as the file goes; returns the bytes that were read.
  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    try descriptor.fill(buffer, at: offset)
  }
}

extension Descriptor {
  /// At most `count` bytes from `offset`; fewer only at the end of the file.
  borrowing func bytes(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(SystemError) {
        filled = try fill(UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count), at: offset)
      } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }

  /// The same into a buffer; returns the bytes that were read.
  fileprivate borrowing func fill(
    _ buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(SystemError) -> Int {
    var filled = 0
    while filled < buffer.count {
      // In bounds: filled is below the size of the buffer.
      let read = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]), at: offset + filled)
      if read == 0 { break }
      filled += read
    }
    return filled
  }
}
