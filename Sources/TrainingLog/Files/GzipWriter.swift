import CZlib
import Posix

/// Compresses a stream as a row of gzip members (RFC 1952) of at most 1 MiB of text each: one file for every gzip reader,
/// and a reader that knows can skip and decompress them one by one.
package final class GzipWriter {
  package static let memberBytes = 1 << 20

  package enum Effort: Sendable {
    /// For answers on their way: about three times as fast, a tenth larger.
    case fast
    /// For files.
    case thorough
  }

  private let effort: Effort
  private let write: (ArraySlice<UInt8>) throws -> Void
  private var gathered: [UInt8] = []
  private var hasWritten = false

  /// - Parameter write: takes compressed bytes.
  package init(_ effort: Effort = .thorough, _ write: @escaping (ArraySlice<UInt8>) throws -> Void) {
    self.effort = effort
    self.write = write
  }

  package func append(_ bytes: ArraySlice<UInt8>) throws {
    var rest = bytes
    while gathered.count + rest.count >= Self.memberBytes {
      let piece = rest.prefix(Self.memberBytes - gathered.count)
      gathered += piece
      rest = rest[piece.endIndex...]
      try flush()
    }
    gathered += rest
  }

  /// Writes what is left. A stream without a byte becomes one empty member, since an empty file is no gzip.
  package func finish() throws {
    if !gathered.isEmpty || !hasWritten { try flush() }
  }

  private func flush() throws {
    try write(try Self.member(gathered, effort)[...])
    gathered.removeAll(keepingCapacity: true)
    hasWritten = true
  }

  /// One member with all of `text`: at most 1 GiB, perhaps nothing.
  package static func member(_ text: [UInt8], _ effort: Effort = .thorough) throws(SystemError) -> [UInt8] {
    var stream = z_stream()
    let level = effort == .fast ? Z_BEST_SPEED : Z_DEFAULT_COMPRESSION
    guard cerberus_deflate_init_gzip(&stream, level) == Z_OK else { throw SystemError(call: "deflateInit2", code: 12) }
    defer { deflateEnd(&stream) }
    // Room for the worst case, so that one call is enough.
    let capacity = Int(deflateBound(&stream, uLong(text.count)))
    var code = Z_OK
    let member = [UInt8](unsafeUninitializedCapacity: capacity) { out, count in
      text.withUnsafeBufferPointer { text in
        // zlib's input pointer lacks `const` but is only read.
        stream.next_in = UnsafeMutablePointer(mutating: text.baseAddress)
        stream.avail_in = uInt(text.count)
        stream.next_out = out.baseAddress
        stream.avail_out = uInt(out.count)
        code = deflate(&stream, Z_FINISH)
        count = Int(stream.total_out)
      }
    }
    guard code == Z_STREAM_END else { throw SystemError(call: "deflate", code: 5) }
    return member
  }
}
