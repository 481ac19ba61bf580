/*
 * recovery_codes.h - codes on paper, for those who have lost what they sign in with.
 *
 * Each is 80 random bits in 16 letters and digits of which no two look alike: 7Q2M-K0XD-93TB-HVF4.
 * Whoever types one may use small letters, leave the hyphens out, and write O for 0, I or L for 1.
 * Only hashes are kept, each used once. A slow hash, as passwords need, would add nothing: nobody
 * tries 2^80 of them. They hold the account's salt, so that nobody tries those of all accounts at
 * once either.
 */
#ifndef ASSAY_ACCOUNT_RECOVERY_CODES_H
#define ASSAY_ACCOUNT_RECOVERY_CODES_H

#include <stdbool.h>

#include "base/str.h"
#include "hash/sha256.h"

#define RECOVERY_CODE_COUNT 10
#define RECOVERY_CODE_SALT_MIN 16
#define RECOVERY_CODE_TEXT_SIZE 20 /* with hyphens and a NUL */

struct recovery_code {
    char text[RECOVERY_CODE_TEXT_SIZE]; /* to be shown once and forgotten */
    struct sha256_digest hash;          /* to be kept */
};

/* New codes. The salt is at least RECOVERY_CODE_SALT_MIN random bytes of the account's own, and
   stays the same: its user handle serves. */
void recovery_codes_new(struct str salt, struct recovery_code codes[RECOVERY_CODE_COUNT]);

/* What a typed code would have been kept as. False, with *ret untouched, if it is not in the form
   of one. */
NODISCARD bool recovery_code_hash(struct str salt, struct str typed, struct sha256_digest *ret);

#endif
