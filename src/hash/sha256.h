/*
 * sha256.h - SHA-256, of one text or of bytes that come in pieces.
 *
 * The algorithm is looked up once a process and its contexts are reused, because OpenSSL spends
 * more time on finding it than on hashing a short text. A machine that cannot hash (no memory,
 * or OpenSSL set up without SHA-256) ends the program.
 */
#ifndef ASSAY_HASH_SHA256_H
#define ASSAY_HASH_SHA256_H

#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"

#define SHA256_SIZE 32
#define SHA256_HEX_SIZE 65 /* two digits a byte and a NUL */

struct sha256_digest {
    uint8_t bytes[SHA256_SIZE];
};

struct sha256_digest sha256(struct str bytes);

/* Lower-case hexadecimal. */
const char *sha256_hex(struct sha256_digest digest, char out[SHA256_HEX_SIZE]);

/* Reads exactly 64 lower-case hexadecimal digits. */
NODISCARD bool sha256_from_hex(struct str hex, struct sha256_digest *ret);

/* A hash in the making. One thread at a time. */
struct sha256 {
    struct evp_md_ctx_st *context;
};

void sha256_init(struct sha256 *hash);
void sha256_release(struct sha256 *hash);
void sha256_add(struct sha256 *hash, struct str bytes);

/* The digest of what was added since the last one; begins anew. */
struct sha256_digest sha256_end(struct sha256 *hash);

#endif
