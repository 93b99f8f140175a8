#pragma once
// The Glibc module exports neither epoll nor eventfd nor accept4.
#include <sys/epoll.h>
#include <sys/eventfd.h>

int cerberus_accept4(int fd, int flags);
