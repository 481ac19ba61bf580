/*
 * disk.c - a full disk, for a program that is started with this library loaded before all others:
 * while the file that ASSAY_TEST_FULL names exists, files in folders under one called base, where
 * PostgreSQL has its tables, cannot grow, nor be written to. ASSAY_TEST_ERRNO is the number of
 * another error than that of a full disk.
 */
#undef _FILE_OFFSET_BITS /* it makes one of pwrite and pwrite64, and a server may use either */

#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static bool refuses(int file)
{
    const char *full = getenv("ASSAY_TEST_FULL");
    const char *error = getenv("ASSAY_TEST_ERRNO");
    char link[40];
    char path[512];
    ssize_t length;

    if (!full || access(full, F_OK) != 0)
        return false;
    snprintf(link, sizeof(link), "/proc/self/fd/%d", file);
    length = readlink(link, path, sizeof(path) - 1);
    if (length < 0)
        return false;
    path[length] = '\0';
    if (!strstr(path, "/base/"))
        return false;
    errno = error ? atoi(error) : ENOSPC;
    return true;
}

#define PASS_ON(name, file, ...)                                                                   \
    do {                                                                                           \
        __typeof__(name) *next = (__typeof__(name) *)dlsym(RTLD_NEXT, #name);                      \
        return refuses(file) ? -1 : next((file), __VA_ARGS__);                                     \
    } while (0)

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset)
{
    PASS_ON(pwrite, file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset)
{
    PASS_ON(pwrite64, file, bytes, count, offset);
}

ssize_t pwritev(int file, const struct iovec *parts, int count, off_t offset)
{
    PASS_ON(pwritev, file, parts, count, offset);
}

ssize_t pwritev64(int file, const struct iovec *parts, int count, off64_t offset)
{
    PASS_ON(pwritev64, file, parts, count, offset);
}
