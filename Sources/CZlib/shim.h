#include <zlib.h>

// deflateInit2 and inflateInit2 are macros that Swift cannot import. 15 + 16: the largest window, with a gzip header
// and trailer.
static inline int cerberus_deflate_init_gzip(z_stream *s, int level) {
  return deflateInit2(s, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

static inline int cerberus_inflate_init_gzip(z_stream *s) { return inflateInit2(s, 15 + 16); }
