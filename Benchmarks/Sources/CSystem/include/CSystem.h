#pragma once
// The Glibc module exports neither epoll nor statfs.
#include <sys/epoll.h>
#include <sys/vfs.h>
