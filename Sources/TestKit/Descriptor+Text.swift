import Posix

/// Text in and out of descriptors.
extension Descriptor {
  package borrowing func write(_ text: String) throws(SystemError) {
    var failure: SystemError?
    Array(text.utf8).withUnsafeBytes { bytes in
      do throws(SystemError) { try write(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  package borrowing func read(at offset: Int = 0, count: Int = 1000) throws(SystemError) -> String {
    try text(count) { (buffer) throws(SystemError) in try read(into: buffer, at: offset) } ?? ""
  }

  /// Bytes taken by the kernel; nil when it has no room.
  package borrowing func send(_ text: String) throws(SystemError) -> Int? {
    var failure: SystemError?
    let taken = Array(text.utf8).withUnsafeBytes { bytes in
      do throws(SystemError) { return try send(bytes) } catch {
        failure = error
        return nil
      }
    }
    if let failure { throw failure }
    return taken
  }

  /// nil when nothing is there; "" at the end of the stream.
  package borrowing func receive() throws(SystemError) -> String? {
    try text(4096) { (buffer) throws(SystemError) in try receive(into: buffer) }
  }

  private borrowing func text(
    _ count: Int, _ body: (UnsafeMutableRawBufferPointer) throws(SystemError) -> Int?
  ) throws(SystemError) -> String? {
    var buffer = [UInt8](repeating: 0, count: count)
    var failure: SystemError?
    let got = buffer.withUnsafeMutableBytes { bytes in
      do throws(SystemError) { return try body(bytes) } catch {
        failure = error
        return nil
      }
    }
    if let failure { throw failure }
    return got.map { String(decoding: buffer[..<$0], as: UTF8.self) }
  }
}
