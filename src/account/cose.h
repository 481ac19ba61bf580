/*
 * cose.h - public keys as authenticators write them (RFC 9052, RFC 9053), and signatures by them.
 *
 * A key holds exactly what its kind needs, and is one that can be relied on: a point on P-256, a
 * point of Ed25519 that is in the main subgroup, an RSA modulus of 2048 to 4096 bits with the
 * exponent 65537, which is the only one in use.
 */
#ifndef ASSAY_ACCOUNT_COSE_H
#define ASSAY_ACCOUNT_COSE_H

#include <stdbool.h>

#include "base/result.h"
#include "base/str.h"

/* As COSE numbers them. */
enum cose_algorithm {
    COSE_ES256 = -7,   /* ECDSA on P-256 with SHA-256 */
    COSE_EDDSA = -8,   /* on Ed25519 */
    COSE_RS256 = -257, /* RSASSA-PKCS1-v1_5 with SHA-256 */
};

/* Those that are offered, the one most wished for first. */
extern const enum cose_algorithm COSE_ALGORITHMS[];
extern const size_t COSE_ALGORITHM_COUNT;

struct cose_key {
    enum cose_algorithm algorithm;
    struct str first;  /* x; of RSA the modulus. Slices of what was read */
    struct str second; /* y of ES256, else empty */
};

/* Reads the key that the bytes begin with and checks it. PASSKEY_KEY, PASSKEY_ALGORITHM. */
RESULT cose_read_first(struct str bytes, struct cose_key *ret, struct str *ret_rest);

/* Reads the one key that the bytes are. */
RESULT cose_read(struct str bytes, struct cose_key *ret);

/* Whether the key made this signature of this message. */
NODISCARD bool cose_verify(const struct cose_key *key, struct str message, struct str signature);

#endif
