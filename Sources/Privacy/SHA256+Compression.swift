import CVector

/// The compression function of FIPS 180-4 section 6.2.2, unrolled sixteen rounds at a time with the message schedule
/// in sixteen locals, so that the compiler keeps everything in registers.
extension SHA256 {
  /// Folds whole 64-byte blocks into `state`. `blocks.count` must be a multiple of 64.
  static func compress(_ state: inout SIMD8<UInt32>, _ blocks: UnsafeRawBufferPointer) {
    precondition(blocks.count.isMultiple(of: 64))
    hasInstructions ? compressByInstructions(&state, blocks) : compressPlainly(&state, blocks)
  }

  /// Of the processor, six times as fast.
  static let hasInstructions = cv_has_sha256() != 0

  static func compressByInstructions(_ state: inout SIMD8<UInt32>, _ blocks: UnsafeRawBufferPointer) {
    // In bounds: `state` has eight words, and of `blocks` all are whole.
    withUnsafeMutableBytes(of: &state) { state in
      cv_sha256(
        state.baseAddress?.assumingMemoryBound(to: UInt32.self),
        blocks.baseAddress?.assumingMemoryBound(to: UInt8.self), blocks.count / 64, roundConstants)
    }
  }

  static func compressPlainly(_ state: inout SIMD8<UInt32>, _ blocks: UnsafeRawBufferPointer) {
    roundConstants.withUnsafeBufferPointer { k in
      var offset = 0
      while offset < blocks.count {
        compress(&state, UnsafeRawBufferPointer(rebasing: blocks[offset..<offset + 64]), k)
        offset += 64
      }
    }
  }

  /// One block. `block` holds 64 bytes (sliced above) and `k` the 64 constants, which bounds every index below.
  private static func compress(
    _ state: inout SIMD8<UInt32>, _ block: UnsafeRawBufferPointer, _ k: UnsafeBufferPointer<UInt32>
  ) {
    var w0 = word(block, 0)
    var w1 = word(block, 1)
    var w2 = word(block, 2)
    var w3 = word(block, 3)
    var w4 = word(block, 4)
    var w5 = word(block, 5)
    var w6 = word(block, 6)
    var w7 = word(block, 7)
    var w8 = word(block, 8)
    var w9 = word(block, 9)
    var w10 = word(block, 10)
    var w11 = word(block, 11)
    var w12 = word(block, 12)
    var w13 = word(block, 13)
    var w14 = word(block, 14)
    var w15 = word(block, 15)
    var a = state[0]
    var b = state[1]
    var c = state[2]
    var d = state[3]
    var e = state[4]
    var f = state[5]
    var g = state[6]
    var h = state[7]
    step(a, b, c, &d, e, f, g, &h, k[0] &+ w0)
    step(h, a, b, &c, d, e, f, &g, k[1] &+ w1)
    step(g, h, a, &b, c, d, e, &f, k[2] &+ w2)
    step(f, g, h, &a, b, c, d, &e, k[3] &+ w3)
    step(e, f, g, &h, a, b, c, &d, k[4] &+ w4)
    step(d, e, f, &g, h, a, b, &c, k[5] &+ w5)
    step(c, d, e, &f, g, h, a, &b, k[6] &+ w6)
    step(b, c, d, &e, f, g, h, &a, k[7] &+ w7)
    step(a, b, c, &d, e, f, g, &h, k[8] &+ w8)
    step(h, a, b, &c, d, e, f, &g, k[9] &+ w9)
    step(g, h, a, &b, c, d, e, &f, k[10] &+ w10)
    step(f, g, h, &a, b, c, d, &e, k[11] &+ w11)
    step(e, f, g, &h, a, b, c, &d, k[12] &+ w12)
    step(d, e, f, &g, h, a, b, &c, k[13] &+ w13)
    step(c, d, e, &f, g, h, a, &b, k[14] &+ w14)
    step(b, c, d, &e, f, g, h, &a, k[15] &+ w15)
    var t = 16
    while t < 64 {
      w0 = w0 &+ small0(w1) &+ w9 &+ small1(w14)
      step(a, b, c, &d, e, f, g, &h, k[t &+ 0] &+ w0)
      w1 = w1 &+ small0(w2) &+ w10 &+ small1(w15)
      step(h, a, b, &c, d, e, f, &g, k[t &+ 1] &+ w1)
      w2 = w2 &+ small0(w3) &+ w11 &+ small1(w0)
      step(g, h, a, &b, c, d, e, &f, k[t &+ 2] &+ w2)
      w3 = w3 &+ small0(w4) &+ w12 &+ small1(w1)
      step(f, g, h, &a, b, c, d, &e, k[t &+ 3] &+ w3)
      w4 = w4 &+ small0(w5) &+ w13 &+ small1(w2)
      step(e, f, g, &h, a, b, c, &d, k[t &+ 4] &+ w4)
      w5 = w5 &+ small0(w6) &+ w14 &+ small1(w3)
      step(d, e, f, &g, h, a, b, &c, k[t &+ 5] &+ w5)
      w6 = w6 &+ small0(w7) &+ w15 &+ small1(w4)
      step(c, d, e, &f, g, h, a, &b, k[t &+ 6] &+ w6)
      w7 = w7 &+ small0(w8) &+ w0 &+ small1(w5)
      step(b, c, d, &e, f, g, h, &a, k[t &+ 7] &+ w7)
      w8 = w8 &+ small0(w9) &+ w1 &+ small1(w6)
      step(a, b, c, &d, e, f, g, &h, k[t &+ 8] &+ w8)
      w9 = w9 &+ small0(w10) &+ w2 &+ small1(w7)
      step(h, a, b, &c, d, e, f, &g, k[t &+ 9] &+ w9)
      w10 = w10 &+ small0(w11) &+ w3 &+ small1(w8)
      step(g, h, a, &b, c, d, e, &f, k[t &+ 10] &+ w10)
      w11 = w11 &+ small0(w12) &+ w4 &+ small1(w9)
      step(f, g, h, &a, b, c, d, &e, k[t &+ 11] &+ w11)
      w12 = w12 &+ small0(w13) &+ w5 &+ small1(w10)
      step(e, f, g, &h, a, b, c, &d, k[t &+ 12] &+ w12)
      w13 = w13 &+ small0(w14) &+ w6 &+ small1(w11)
      step(d, e, f, &g, h, a, b, &c, k[t &+ 13] &+ w13)
      w14 = w14 &+ small0(w15) &+ w7 &+ small1(w12)
      step(c, d, e, &f, g, h, a, &b, k[t &+ 14] &+ w14)
      w15 = w15 &+ small0(w0) &+ w8 &+ small1(w13)
      step(b, c, d, &e, f, g, h, &a, k[t &+ 15] &+ w15)
      t &+= 16
    }
    state = state &+ SIMD8(a, b, c, d, e, f, g, h)
  }

  @inline(__always)
  private static func word(_ block: UnsafeRawBufferPointer, _ index: Int) -> UInt32 {
    UInt32(bigEndian: block.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self))
  }

  @inline(__always)
  private static func step(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
    _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ input: UInt32
  ) {
    let choice = g ^ (e & (f ^ g))
    let majority = (a & b) | (c & (a | b))
    let t1 = h &+ (right(e, 6) ^ right(e, 11) ^ right(e, 25)) &+ choice &+ input
    d = d &+ t1
    h = t1 &+ (right(a, 2) ^ right(a, 13) ^ right(a, 22)) &+ majority
  }

  @inline(__always)
  private static func small0(_ x: UInt32) -> UInt32 { right(x, 7) ^ right(x, 18) ^ (x &>> 3) }

  @inline(__always)
  private static func small1(_ x: UInt32) -> UInt32 { right(x, 17) ^ right(x, 19) ^ (x &>> 10) }

  @inline(__always)
  private static func right(_ x: UInt32, _ n: UInt32) -> UInt32 { (x &>> n) | (x &<< (32 &- n)) }

  /// Section 5.3.3: the first 32 bits of the fractional parts of the square roots of the first eight primes.
  static let initialState = SIMD8<UInt32>(
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19)

  /// Section 4.2.2: the same of the cube roots of the first sixty-four primes.
  private static let roundConstants: [UInt32] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
  ]
}
