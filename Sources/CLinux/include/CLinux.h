#pragma once
// The Glibc module exports neither epoll nor eventfd, accept4 or sync_file_range.
#include <sys/epoll.h>
#include <sys/eventfd.h>

int cerberus_accept4(int fd, int flags);
void cerberus_begin_writing(int fd);
