#pragma once
#define _GNU_SOURCE 1
#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// The Glibc module exports neither epoll nor accept4.
static inline int cerberus_accept4(int fd, int flags) { return accept4(fd, 0, 0, flags); }
