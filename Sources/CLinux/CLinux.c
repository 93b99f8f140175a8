// accept4 and sync_file_range need the macro, which would change other system headers if it stood in the module's own header.
#define _GNU_SOURCE 1
#include "CLinux.h"
#include <fcntl.h>
#include <sys/socket.h>

int cerberus_accept4(int fd, int flags) { return accept4(fd, 0, 0, flags); }

void cerberus_begin_writing(int fd) { (void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE); }
