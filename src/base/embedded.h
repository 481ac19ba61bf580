/*
 * embedded.h - files that tools/embed has compiled into the program.
 */
#ifndef ASSAY_BASE_EMBEDDED_H
#define ASSAY_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
    const char *name; /* its path from the folder that was embedded, with '/' */
    const char *bytes;
    size_t size;
    const char *sha256; /* of the bytes, 64 hexadecimal digits in lower case */
    const char *brotli; /* the bytes compressed; NULL where that was not wanted or saves nothing */
    size_t brotli_size;
};

#endif
