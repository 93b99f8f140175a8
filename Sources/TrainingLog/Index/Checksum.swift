import CDigest
import CZlib

/// CRC-32 as zlib and gzip compute it (RFC 1952, section 8), by the processor's instructions where it has them.
package func checksum(_ bytes: [UInt8]) -> UInt32 {
  guard bytes.count >= cd_crc32_bytes_min, hasInstructions else {
    return UInt32(truncatingIfNeeded: crc32_z(0, bytes, bytes.count))
  }
  return cd_crc32(bytes, bytes.count)
}

/// The same of more bytes, going on from that of what stands before them.
package func extend(checksum before: UInt32, by bytes: UnsafeRawBufferPointer) -> UInt32 {
  // Without a place zlib would begin anew.
  guard let start = bytes.baseAddress, !bytes.isEmpty else { return before }
  return UInt32(truncatingIfNeeded: crc32_z(UInt(before), start.assumingMemoryBound(to: UInt8.self), bytes.count))
}

private let hasInstructions = cd_has_crc32()
