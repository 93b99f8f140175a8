import CZlib

/// Decompresses a row of gzip members (RFC 1952) whose bytes come in pieces, cut anywhere, and never holds more than one
/// buffer of text.
///
/// Strict: the header, the length and the CRC-32 of each member are checked, and nothing but a further member may follow
/// one. Text is handed out before the trailer that vouches for it has come: it counts only once `finish` has returned.
package final class GzipReader {
  package enum Failure: Error, Equatable, Sendable {
    /// No gzip, or damaged.
    case corrupt
    /// The end came inside a member, or before the first one.
    case truncated
    /// More text than the limit. Said as soon as the first byte too many has been made.
    case tooLarge
    case outOfMemory
  }

  /// The largest piece handed out, bytes.
  package static let bufferBytes = 32 * 1024

  private let write: (ArraySlice<UInt8>) throws -> Void
  private let onlyFirst: Bool
  /// Of the input; once the first member is over, where that is all that is read.
  private(set) var firstMemberBytes: Int?
  /// Text that may still come, bytes.
  private var allowance: Int
  /// On the heap because zlib keeps the address.
  private let stream: UnsafeMutablePointer<z_stream>
  private var buffer = [UInt8](repeating: 0, count: bufferBytes)
  private var state = State.beforeFirst

  private enum State {
    case beforeFirst
    case inMember
    case afterMember
    case failed(any Error)
  }

  /// - Parameters:
  ///   - limit: bytes of text of all members together.
  ///   - onlyFirst: what follows upon the first member is left alone, whatever it is.
  ///   - write: takes text; at most `limit` bytes in all, `bufferBytes` at a time.
  package init(
    limit: Int = .max, onlyFirst: Bool = false, _ write: @escaping (ArraySlice<UInt8>) throws -> Void
  ) throws(Failure) {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard cerberus_inflate_init_gzip(stream) == Z_OK else {
      stream.deallocate()
      throw .outOfMemory
    }
    self.stream = stream
    self.write = write
    self.onlyFirst = onlyFirst
    allowance = limit
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Takes the next compressed bytes. After an error, and after one thrown by `write`, every further call throws it again.
  package func append(_ bytes: ArraySlice<UInt8>) throws {
    if case .failed(let error) = state { throw error }
    do {
      // zlib counts the input in 32 bits.
      var rest = bytes
      while !rest.isEmpty, firstMemberBytes == nil {
        let piece = rest.prefix(1 << 30)
        try piece.withUnsafeBufferPointer { try decompress($0) }
        rest = rest[piece.endIndex...]
      }
    } catch {
      state = .failed(error)
      throw error
    }
  }

  /// The input is over: throws unless it was a whole row of members.
  package func finish() throws {
    switch state {
    case .afterMember: return
    case .beforeFirst, .inMember: throw Failure.truncated
    case .failed(let error): throw error
    }
  }

  private func decompress(_ input: UnsafeBufferPointer<UInt8>) throws {
    // zlib's input pointer lacks `const` but is only read.
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    stream.pointee.avail_in = uInt(input.count)
    defer { stream.pointee.next_in = nil }
    // A full buffer may have left a match inside zlib; left there, it would depend on the cuts whether the limit is hit
    // before the input ends.
    var isFull = false
    while stream.pointee.avail_in > 0 || isFull {
      if case .afterMember = state, inflateReset(stream) != Z_OK { throw Failure.corrupt }
      state = .inMember
      let code = buffer.withUnsafeMutableBufferPointer { room in
        stream.pointee.next_out = room.baseAddress
        stream.pointee.avail_out = uInt(room.count)
        return inflate(stream, Z_NO_FLUSH)
      }
      let count = Self.bufferBytes - Int(stream.pointee.avail_out)
      guard count <= allowance else { throw Failure.tooLarge }
      allowance -= count
      if count > 0 { try write(buffer[..<count]) }
      isFull = stream.pointee.avail_out == 0
      switch code {
      case Z_OK: break
      // The buffer was full, but nothing was left.
      case Z_BUF_ERROR: return
      case Z_STREAM_END:
        state = .afterMember
        isFull = false
        if onlyFirst {
          firstMemberBytes = Int(stream.pointee.total_in)
          return
        }
      case Z_MEM_ERROR: throw Failure.outOfMemory
      default: throw Failure.corrupt
      }
    }
  }
}

extension GzipReader {
  /// All text of `bytes`. Costs no more memory than `limit` and one buffer, whatever the bytes claim to be.
  package static func decompress(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
    var text: [UInt8] = []
    // Reserved at once, so that no growing array stands beside its successor; untouched pages cost nothing.
    text.reserveCapacity(limit)
    let reader = try GzipReader(limit: limit) { text += $0 }
    try reader.append(bytes[...])
    try reader.finish()
    return text
  }
}
