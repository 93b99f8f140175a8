#pragma once
// Classes of bytes as bit masks, 16 or 64 bytes at a time: bit n stands for the byte at `text + n`.
//
// Swift has no way to make a bit mask of a vector comparison, so these few lines are C. SSE2 is part of every x86-64 and
// NEON of every arm64; elsewhere the compiler gets a loop.
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
typedef __m128i cv_bytes;
static inline cv_bytes cv_load(const uint8_t *at) { return _mm_loadu_si128((const __m128i *)at); }
static inline uint64_t cv_bits(cv_bytes marks) { return (uint32_t)_mm_movemask_epi8(marks); }
static inline cv_bytes cv_or(cv_bytes a, cv_bytes b) { return _mm_or_si128(a, b); }
static inline cv_bytes cv_fold(cv_bytes a) { return _mm_or_si128(a, _mm_set1_epi8(0x20)); }
static inline cv_bytes cv_is(cv_bytes a, uint8_t byte) { return _mm_cmpeq_epi8(a, _mm_set1_epi8((char)byte)); }
// low <= a <= high, of unsigned bytes.
static inline cv_bytes cv_within(cv_bytes a, uint8_t low, uint8_t high) {
  cv_bytes over = _mm_subs_epu8(_mm_sub_epi8(a, _mm_set1_epi8((char)low)), _mm_set1_epi8((char)(high - low)));
  return _mm_cmpeq_epi8(over, _mm_setzero_si128());
}
#elif defined(__ARM_NEON)
#include <arm_neon.h>
typedef uint8x16_t cv_bytes;
static inline cv_bytes cv_load(const uint8_t *at) { return vld1q_u8(at); }
static inline uint64_t cv_bits(cv_bytes marks) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t bits = vandq_u8(marks, vld1q_u8(weights));
  return (uint64_t)vaddv_u8(vget_low_u8(bits)) | (uint64_t)vaddv_u8(vget_high_u8(bits)) << 8;
}
static inline cv_bytes cv_or(cv_bytes a, cv_bytes b) { return vorrq_u8(a, b); }
static inline cv_bytes cv_fold(cv_bytes a) { return vorrq_u8(a, vdupq_n_u8(0x20)); }
static inline cv_bytes cv_is(cv_bytes a, uint8_t byte) { return vceqq_u8(a, vdupq_n_u8(byte)); }
static inline cv_bytes cv_within(cv_bytes a, uint8_t low, uint8_t high) {
  return vcleq_u8(vsubq_u8(a, vdupq_n_u8(low)), vdupq_n_u8((uint8_t)(high - low)));
}
#else
typedef struct {
  uint8_t at[16];
} cv_bytes;
#define CV_EACH(expression)                                                                                            \
  cv_bytes result;                                                                                                     \
  for (int i = 0; i < 16; i++) result.at[i] = (expression);                                                            \
  return result
static inline cv_bytes cv_load(const uint8_t *at) { CV_EACH(at[i]); }
static inline uint64_t cv_bits(cv_bytes marks) {
  uint64_t bits = 0;
  for (int i = 0; i < 16; i++) bits |= (uint64_t)(marks.at[i] >> 7) << i;
  return bits;
}
static inline cv_bytes cv_or(cv_bytes a, cv_bytes b) { CV_EACH(a.at[i] | b.at[i]); }
static inline cv_bytes cv_fold(cv_bytes a) { CV_EACH(a.at[i] | 0x20); }
static inline cv_bytes cv_is(cv_bytes a, uint8_t byte) { CV_EACH(a.at[i] == byte ? 0xFF : 0); }
static inline cv_bytes cv_within(cv_bytes a, uint8_t low, uint8_t high) {
  CV_EACH(a.at[i] >= low && a.at[i] <= high ? 0xFF : 0);
}
#undef CV_EACH
#endif

// `text` must have 64 bytes in each of these.
#define CV_MASK64(marks)                                                                                               \
  uint64_t mask = 0;                                                                                                   \
  for (int part = 0; part < 4; part++) {                                                                               \
    cv_bytes bytes = cv_load(text + 16 * part);                                                                        \
    mask |= cv_bits(marks) << 16 * part;                                                                               \
  }                                                                                                                    \
  return mask

// ASCII letters, digits and the underscore.
static inline uint64_t cv_word_bytes(const uint8_t *text) {
  CV_MASK64(cv_or(cv_or(cv_within(cv_fold(bytes), 'a', 'z'), cv_within(bytes, '0', '9')), cv_is(bytes, '_')));
}

// Line feeds.
static inline uint64_t cv_line_feeds(const uint8_t *text) { CV_MASK64(cv_is(bytes, '\n')); }

// `:`, `;`, `<`, `=` and `|`.
static inline uint64_t cv_operators(const uint8_t *text) { CV_MASK64(cv_or(cv_within(bytes, ':', '='), cv_is(bytes, '|'))); }

#undef CV_MASK64

// `text` must have 16 bytes in each of these.

// Bytes above ASCII.
static inline uint32_t cv_wide(const uint8_t *text) { return (uint32_t)cv_bits(cv_within(cv_load(text), 0x80, 0xFF)); }

// What JSON writes as an escape (RFC 8259, section 7).
static inline uint32_t cv_json_escapes(const uint8_t *text) {
  cv_bytes bytes = cv_load(text);
  return (uint32_t)cv_bits(cv_or(cv_within(bytes, 0, 0x1F), cv_or(cv_is(bytes, '"'), cv_is(bytes, '\\'))));
}

// The same, and bytes above ASCII.
static inline uint32_t cv_json_stops(const uint8_t *text) {
  return cv_json_escapes(text) | cv_wide(text);
}

static inline uint32_t cv_backslashes(const uint8_t *text) { return (uint32_t)cv_bits(cv_is(cv_load(text), '\\')); }

// Backslashes and bytes above ASCII.
static inline uint32_t cv_disguises(const uint8_t *text) {
  return cv_backslashes(text) | cv_wide(text);
}

// Line feeds, and the `n` of escaped ones. `behind` is 1 where a backslash stands before the sixteen.
static inline uint32_t cv_line_ends(const uint8_t *text, uint32_t behind) {
  cv_bytes bytes = cv_load(text);
  uint32_t backslashes = (uint32_t)cv_bits(cv_is(bytes, '\\'));
  return (uint32_t)cv_bits(cv_is(bytes, '\n')) | ((uint32_t)cv_bits(cv_is(bytes, 'n')) & (backslashes << 1 | behind));
}

// What may end a word of prose: controls and spaces, quotes, backslashes.
static inline uint32_t cv_word_stops(const uint8_t *text) {
  cv_bytes bytes = cv_load(text);
  cv_bytes quotes = cv_or(cv_or(cv_is(bytes, '"'), cv_is(bytes, '\'')), cv_is(bytes, '`'));
  return (uint32_t)cv_bits(cv_or(cv_or(cv_within(bytes, 0, 0x20), cv_is(bytes, '\\')), quotes));
}

// What ends a literal without blanks in `quote`s: that, a backslash, controls, spaces, and bytes above ASCII.
static inline uint32_t cv_literal_stops(const uint8_t *text, uint8_t quote) {
  cv_bytes bytes = cv_load(text);
  cv_bytes ends = cv_or(cv_is(bytes, quote), cv_is(bytes, '\\'));
  return (uint32_t)cv_bits(cv_or(ends, cv_or(cv_within(bytes, 0, 0x20), cv_within(bytes, 0x80, 0xFF))));
}

static inline uint32_t cv_spaces(const uint8_t *text) { return (uint32_t)cv_bits(cv_is(cv_load(text), ' ')); }

// ASCII white space: 0x09 to 0x0D, and 0x20.
static inline uint32_t cv_white(const uint8_t *text) {
  return cv_spaces(text) | (uint32_t)cv_bits(cv_within(cv_load(text), 0x09, 0x0D));
}

// Where words may begin: letters and bytes above ASCII, but for small letters behind a letter. A letter behind a backslash
// is an escape's, and begins nothing and ends nothing. `state` is what the bytes before were: bit 0 a letter that words go
// on behind, bit 1 a backslash; it is brought up to the last of the sixteen.
static inline uint32_t cv_word_beginnings(const uint8_t *text, uint32_t *state) {
  cv_bytes bytes = cv_load(text);
  uint32_t letters = (uint32_t)cv_bits(cv_within(cv_fold(bytes), 'a', 'z'));
  uint32_t small = (uint32_t)cv_bits(cv_within(bytes, 'a', 'z'));
  uint32_t wide = (uint32_t)cv_bits(cv_within(bytes, 0x80, 0xFF));
  uint32_t backslashes = (uint32_t)cv_bits(cv_is(bytes, '\\'));
  uint32_t inner = letters & ~(backslashes << 1 | *state >> 1);
  uint32_t beginnings = (letters | wide) & ~(small & (inner << 1 | (*state & 1)));
  *state = inner >> 15 | backslashes >> 15 << 1;
  return beginnings;
}

// Where rules may match. `rows` are four tables of 256 words: the rules that go with a byte before the place, with the byte
// at it, with the next one and with the one after that.

// Three bytes, the first lowest, in one case of letters; other bytes may fall together.
static inline uint32_t cv_fold_head(uint32_t head) { return (head | (head & 0x404040) >> 1) & 0xFFFFFF; }

// The place of a folded head among 16,384.
static inline uint32_t cv_head_place(uint32_t head) { return head * 0x9E3779B1u >> 18; }

// Whether the bit of these three bytes is set; the fourth does not count.
static inline uint32_t cv_may_begin(const uint64_t *bitmap, uint32_t quad) {
  uint32_t place = cv_head_place(cv_fold_head(quad));
  return (uint32_t)(bitmap[place >> 6] >> (place & 63)) & 1;
}

typedef struct {
  intptr_t place;
  uint64_t mask;
} cv_match;

// The first place in `start..<end` where the four tables have rules in common, and these; a mask of 0 where none is. The
// rules in `headed` alone count only where `bitmap` has the three bytes. `before` stands for the byte before `start`; the
// text must have three bytes behind `end`.
static inline cv_match cv_next(const uint64_t *rows, const uint64_t *bitmap, uint64_t headed, const uint8_t *text,
                               intptr_t start, intptr_t end, uint32_t before) {
  const uint64_t *first = rows + 256, *second = rows + 512, *third = rows + 768;
  // Each byte is read once, when it is the third. What it says as the second, the first and the byte before is for the
  // places that follow: the three words take turns, so that none is ever moved.
  uint64_t two = rows[before] & first[text[start]] & second[text[start + 1]];
  uint64_t one = rows[text[start]] & first[text[start + 1]];
  uint64_t none = rows[text[start + 1]];
  intptr_t place = start;
#define CV_STEP(two, one, none)                                                                                        \
  {                                                                                                                    \
    uint8_t byte = text[place + 2];                                                                                    \
    two &= third[byte];                                                                                                \
    if (__builtin_expect(two != 0, 0)) {                                                                               \
      uint32_t quad;                                                                                                   \
      __builtin_memcpy(&quad, text + place, 4);                                                                        \
      if ((two & ~headed) != 0 || cv_may_begin(bitmap, quad)) return (cv_match){place, two};                           \
    }                                                                                                                  \
    one &= second[byte];                                                                                               \
    none &= first[byte];                                                                                               \
    two = rows[byte];                                                                                                  \
    place++;                                                                                                           \
  }
  while (place + 3 <= end) {
    CV_STEP(two, one, none)
    CV_STEP(one, none, two)
    CV_STEP(none, two, one)
  }
  if (place < end) CV_STEP(two, one, none)
  if (place < end) CV_STEP(one, none, two)
#undef CV_STEP
  return (cv_match){end, 0};
}
