import Posix

/// A member of a sealed day, or a part of one, and where it and its text lie.
///
/// Gzip (RFC 1952) whose extra field (section 2.3.1.1) has one subfield, "CS", of 16 bytes, little-endian: the offset of
/// its text in the text of the whole file (64 bits), the length of its text, and its own length in bytes, header and
/// trailer included (32 bits each). So whoever scans a file finds every member without decompressing any, and again
/// behind a damaged one; every other reader of gzip passes over it.
package struct SealedMember: Equatable, Sendable {
  /// Bytes of the text of the file.
  package let text: Range<Int>
  /// Bytes of the file.
  package let bytes: Range<Int>
  /// The header is not as it was written: where the text lies was found out from the members around it.
  package var isDamaged = false
  /// Where the text of a member begins that somebody else has written, and of which this is a part (`ForeignMember`).
  var foreignStart: Int?

  var isForeign: Bool { foreignStart != nil }
  /// It has nothing of its own in the file: what of its member there is belongs to the first part.
  var isLaterPart: Bool { foreignStart.map { $0 < text.lowerBound } ?? false }
}

extension [SealedMember] {
  /// With one for all parts of a foreign member that follow upon each other.
  var joined: [SealedMember] {
    reduce(into: []) { joined, member in
      if member.isForeign, let last = joined.last, last.bytes == member.bytes,
        last.text.upperBound == member.text.lowerBound
      {
        joined[joined.count - 1] = SealedMember(
          text: last.text.lowerBound..<member.text.upperBound, bytes: last.bytes, isDamaged: last.isDamaged,
          foreignStart: last.foreignStart)
      } else {
        joined.append(member)
      }
    }
  }
}

extension SealedMember {
  static let headerBytes = 32
  /// A header, an empty deflate stream and a trailer.
  private static let leastBytes = headerBytes + 2 + 8

  /// What every header begins with: no time, no hint about the compression, system unknown; then the length of the extra
  /// field, and name and length of its subfield. Longer than chance: no text in UTF-8 has it, nor will other data.
  static let signature: [UInt8] = [
    0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 255, 20, 0, UInt8(ascii: "C"), UInt8(ascii: "S"), 16, 0,
  ]

  var header: [UInt8] {
    Self.signature + Self.number(text.lowerBound, bytes: 8) + Self.number(text.count, bytes: 4)
      + Self.number(bytes.count, bytes: 4)
  }

  /// nil for what is no header of a sealed day.
  ///
  /// - Parameter offset: of the header in its file.
  init?(header: [UInt8], at offset: Int) {
    guard header.count == Self.headerBytes, header.starts(with: Self.signature) else { return nil }
    let textOffset = Self.number(header[16..<24])
    let (textLength, length) = (Self.number(header[24..<28]), Self.number(header[28..<32]))
    guard textOffset < 1 << 48, length >= Self.leastBytes else { return nil }
    self.init(text: Int(textOffset)..<Int(textOffset + textLength), bytes: offset..<offset + Int(length))
  }

  /// A whole member.
  ///
  /// - Parameters:
  ///   - text: at most 1 MiB (`GzipWriter.memberBytes`).
  ///   - textOffset: of its first byte in the text of the file.
  static func encode(_ text: [UInt8], textOffset: Int) throws(SystemError) -> [UInt8] {
    // zlib's own header has ten bytes and says nothing of use.
    let body = try GzipWriter.member(text).dropFirst(10)
    let member = SealedMember(
      text: textOffset..<textOffset + text.count, bytes: 0..<headerBytes + body.count)
    return member.header + body
  }

  private static func number(_ value: Int, bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func number(_ field: ArraySlice<UInt8>) -> UInt64 {
    field.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
