#include "CDigest.h"

#if defined(__x86_64__)
#include <immintrin.h>

bool cd_has_sha256(void) { return __builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1"); }

static const uint32_t round_constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

// The instructions do two rounds on the words a, b, e, f of one register and c, d, g, h of another, highest first, and
// make four words of the message schedule of the sixteen before them.
__attribute__((target("sha,sse4.1"))) void cd_sha256_compress(uint32_t *state, const uint8_t *blocks, size_t count) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);         // c d a b
  __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);  // e f g h
  __m128i abef = _mm_alignr_epi8(low, high, 8);
  __m128i cdgh = _mm_blend_epi16(high, low, 0xF0);
  for (; count > 0; count--, blocks += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i words[4];
    for (int four = 0; four < 4; four++) {
      words[four] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(blocks + 16 * four)), big_endian);
    }
#pragma clang loop unroll(full)
    for (int four = 0; four < 16; four++) {
      __m128i now = words[four & 3];
      __m128i input = _mm_add_epi32(now, _mm_load_si128((const __m128i *)(round_constants + 4 * four)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, input);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(input, 0x0E));
      if (four < 12) {
        // W[t] of W[t-16], W[t-15], W[t-7] and W[t-2]; the four oldest words make room for it.
        __m128i last = words[(four + 3) & 3];
        __m128i seven = _mm_alignr_epi8(last, words[(four + 2) & 3], 4);
        __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(now, words[(four + 1) & 3]), seven);
        words[four & 3] = _mm_sha256msg2_epu32(sum, last);
      }
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  low = _mm_shuffle_epi32(abef, 0x1B);   // f e b a, read upwards a b e f
  high = _mm_shuffle_epi32(cdgh, 0xB1);  // g h c d, read upwards d c h g
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(low, high, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(high, low, 8));
}

bool cd_has_crc32(void) { return __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1"); }

// 128 bits, times x to the powers that `by` holds, onto the 128 bits that stand so much further on.
__attribute__((target("pclmul,sse4.1"))) static inline __m128i fold(__m128i sum, __m128i by, __m128i next) {
  __m128i moved = _mm_xor_si128(_mm_clmulepi64_si128(sum, by, 0x00), _mm_clmulepi64_si128(sum, by, 0x11));
  return _mm_xor_si128(moved, next);
}

// V. Gopal et al., Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction, Intel 2009: the message is
// folded onto its last 128 bits by multiplication without carry, and those are reduced as Barrett did. The constants are
// of its section on bit-reflected CRCs, for the polynomial of gzip.
__attribute__((target("pclmul,sse4.1"))) uint32_t cd_crc32(const uint8_t *bytes, size_t count) {
  const __m128i over64 = _mm_set_epi64x(0x1c6e41596, 0x154442bd4);
  const __m128i over16 = _mm_set_epi64x(0x0ccaa009e, 0x1751997d0);
  const __m128i over8 = _mm_set_epi64x(0, 0x163cd6124);
  const __m128i barrett = _mm_set_epi64x(0x1f7011641, 0x1db710641);
  const __m128i words = _mm_setr_epi32(~0, 0, ~0, 0);
  const __m128i *at = (const __m128i *)bytes;
  __m128i sums[4];
  for (int lane = 0; lane < 4; lane++) sums[lane] = _mm_loadu_si128(at + lane);
  sums[0] = _mm_xor_si128(sums[0], _mm_cvtsi32_si128(~0));
  for (at += 4, count -= 64; count >= 64; at += 4, count -= 64) {
    for (int lane = 0; lane < 4; lane++) sums[lane] = fold(sums[lane], over64, _mm_loadu_si128(at + lane));
  }
  __m128i sum = sums[0];
  for (int lane = 1; lane < 4; lane++) sum = fold(sum, over16, sums[lane]);
  for (; count >= 16; at++, count -= 16) sum = fold(sum, over16, _mm_loadu_si128(at));
  sum = _mm_xor_si128(_mm_srli_si128(sum, 8), _mm_clmulepi64_si128(sum, over16, 0x10));
  sum = _mm_xor_si128(_mm_srli_si128(sum, 4), _mm_clmulepi64_si128(_mm_and_si128(sum, words), over8, 0x00));
  __m128i quotient = _mm_and_si128(_mm_clmulepi64_si128(_mm_and_si128(sum, words), barrett, 0x10), words);
  uint32_t crc = (uint32_t)_mm_extract_epi32(_mm_xor_si128(sum, _mm_clmulepi64_si128(quotient, barrett, 0x00)), 1);
  // What is left is less than 16 bytes.
  for (const uint8_t *rest = (const uint8_t *)at; count > 0; rest++, count--) {
    crc ^= *rest;
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (0xEDB88320 & -(crc & 1));
  }
  return ~crc;
}

#else

bool cd_has_sha256(void) { return false; }
bool cd_has_crc32(void) { return false; }
// Never called: the caller asks before.
void cd_sha256_compress(uint32_t *state, const uint8_t *blocks, size_t count) { __builtin_trap(); }
uint32_t cd_crc32(const uint8_t *bytes, size_t count) { __builtin_trap(); }

#endif
