import CDigest
import CZlib

/// CRC-32 as zlib and gzip compute it (RFC 1952, section 8), by the processor's instructions where it has them.
package func checksum(_ bytes: [UInt8]) -> UInt32 {
  guard bytes.count >= cd_crc32_bytes_min, hasInstructions else {
    return UInt32(truncatingIfNeeded: crc32_z(0, bytes, bytes.count))
  }
  return cd_crc32(bytes, bytes.count)
}

private let hasInstructions = cd_has_crc32()
