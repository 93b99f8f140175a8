/// HMAC-SHA256 (RFC 2104, vectors in RFC 4231) under one key.
///
/// The two key blocks are hashed once, here; a message of up to 55 bytes then costs two compressions, not four.
package struct HMACSHA256: Sendable {
  private let inner: SHA256
  private let outer: SHA256

  /// Any length of key; one over 64 bytes is hashed first (RFC 2104 section 2).
  package init(key: [UInt8]) {
    var block = key.count > 64 ? SHA256.hash(key).bytes : key
    block.append(contentsOf: repeatElement(0, count: 64 - block.count))
    var inner = SHA256()
    inner.update(block.map { $0 ^ 0x36 })
    var outer = SHA256()
    outer.update(block.map { $0 ^ 0x5c })
    self.inner = inner
    self.outer = outer
  }

  /// The code of the parts, one after the other with nothing between them.
  package func authenticate(_ parts: [UInt8]...) -> Digest {
    authenticate { hash in
      for part in parts { hash.update(part) }
    }
  }

  /// The code of whatever `feed` puts in, without gathering it in an array first.
  package func authenticate(_ feed: (inout SHA256) -> Void) -> Digest {
    var hash = inner
    feed(&hash)
    let digest = hash.finalize()
    var result = outer
    withUnsafeBytes(of: digest.bigEndianWords) { result.update($0) }
    return result.finalize()
  }
}

extension Digest {
  /// The words laid out so that memory order is the order of `bytes`.
  fileprivate var bigEndianWords: SIMD8<UInt32> {
    var swapped = words
    for index in 0..<8 { swapped[index] = words[index].bigEndian }
    return swapped
  }
}
