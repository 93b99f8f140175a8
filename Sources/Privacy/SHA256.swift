/// SHA-256 (FIPS 180-4), streaming: any split of the input gives the digest of the whole.
///
/// Written by hand because the product needs one hash and no cryptography package; checked against the published
/// vectors and against `openssl dgst`.
package struct SHA256: Sendable {
  private var state = SHA256.initialState
  /// Bytes that do not fill a block yet: the first `length % 64` of them.
  private var pending = SIMD64<UInt8>(repeating: 0)
  /// Bytes taken in so far. FIPS 180-4 allows 2^61 - 1 of them; no process lives that long.
  private var length: UInt64 = 0

  package init() {}

  /// What has been taken in so far, to go on from later; nil within a block.
  package var midstate: SIMD8<UInt32>? { length.isMultiple(of: 64) ? state : nil }

  /// Goes on behind `length` bytes, whole blocks, of which `midstate` is what they came to.
  package init(midstate: SIMD8<UInt32>, length: UInt64) {
    precondition(length.isMultiple(of: 64))
    state = midstate
    self.length = length
  }

  /// The digest of `bytes` in one call.
  package static func hash(_ bytes: [UInt8]) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }

  package mutating func update(_ bytes: some Collection<UInt8>) {
    // The storage is only read inside the closure, for as long as the collection lends it.
    let done: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
    if done == nil { update([UInt8](bytes)) }
  }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    let held = Int(length % 64)
    length += UInt64(bytes.count)
    if held > 0 {
      let taken = min(64 - held, rest.count)
      keep(rest.prefix(taken), at: held)
      guard held + taken == 64 else { return }
      compressPending()
      rest = rest.dropFirst(taken)
    }
    let whole = rest.count & ~63
    if whole > 0 { SHA256.compress(&state, UnsafeRawBufferPointer(rebasing: rest.prefix(whole))) }
    keep(rest.dropFirst(whole), at: 0)
  }

  /// The digest. The value is used up: start a new one for the next message.
  package mutating func finalize() -> Digest {
    let bits = length * 8
    let held = Int(length % 64)
    withUnsafeMutableBytes(of: &pending) { block in
      block[held] = 0x80
      // In bounds: 64 bytes, of which fewer than 64 are held.
      UnsafeMutableRawBufferPointer(rebasing: block[(held + 1)...]).initializeMemory(as: UInt8.self, repeating: 0)
    }
    // The 8-byte length must fit behind the 0x80; otherwise it goes into a block of its own (section 5.1.1).
    if held >= 56 {
      compressPending()
      pending = SIMD64(repeating: 0)
    }
    withUnsafeMutableBytes(of: &pending) { $0.storeBytes(of: bits.bigEndian, toByteOffset: 56, as: UInt64.self) }
    compressPending()
    return Digest(words: state)
  }

  /// `bytes` fits behind `position`: the caller takes at most 64 - position of them.
  private mutating func keep(_ bytes: Slice<UnsafeRawBufferPointer>, at position: Int) {
    guard !bytes.isEmpty else { return }
    withUnsafeMutableBytes(of: &pending) { block in
      block[position..<position + bytes.count].copyBytes(from: bytes)
    }
  }

  private mutating func compressPending() {
    var block = pending
    withUnsafeBytes(of: &block) { SHA256.compress(&state, $0) }
  }
}
