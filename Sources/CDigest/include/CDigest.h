#pragma once
// SHA-256 and CRC-32 by the instructions that x86-64 processors have for them: Swift has no way to name these. Where the
// processor has none, `cd_has_…` is false and the caller does without.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Whether `cd_sha256_compress` may be called.
bool cd_has_sha256(void);

// Folds `count` blocks of 64 bytes into the eight words of `state` (FIPS 180-4, section 6.2.2).
void cd_sha256_compress(uint32_t *state, const uint8_t *blocks, size_t count);

// Whether `cd_crc32` may be called.
bool cd_has_crc32(void);

// It needs so many.
enum { cd_crc32_bytes_min = 64 };

// CRC-32 as zlib and gzip compute it (RFC 1952, section 8), of `cd_crc32_bytes_min` bytes or more.
uint32_t cd_crc32(const uint8_t *bytes, size_t count);
