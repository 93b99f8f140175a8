#include <zlib.h>

// deflateInit2 is a macro that Swift cannot import. 15 + 16: the largest window, with a gzip header and trailer.
static inline int cerberus_deflate_init_gzip(z_stream *s) {
  return deflateInit2(s, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
