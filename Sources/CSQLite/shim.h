#include <sqlite3.h>

// SQLITE_TRANSIENT and SQLITE_STATIC are casts that Swift cannot import.
static inline int cerberus_bind_text(sqlite3_stmt *s, int i, const char *p, int n) {
  return sqlite3_bind_text(s, i, p, n, SQLITE_TRANSIENT);
}
static inline int cerberus_bind_blob(sqlite3_stmt *s, int i, const void *p, int n) {
  return sqlite3_bind_blob(s, i, p, n, SQLITE_TRANSIENT);
}
