/*
 * totp.h - codes of six digits that change every 30 seconds (RFC 6238, with HMAC-SHA-1), as
 * authenticator apps show them.
 *
 * SHA-1 is what every app knows; its collisions do not touch HMAC. A code is good from a step
 * before the present one to a step after it, for clocks that are off by a little, and only once:
 * the caller keeps the step of the last code that was accepted.
 */
#ifndef ASSAY_ACCOUNT_TOTP_H
#define ASSAY_ACCOUNT_TOTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

#define TOTP_SECRET_SIZE 20 /* that of a SHA-1, as RFC 4226 recommends */
#define TOTP_DIGITS 6
#define TOTP_STEP_SECONDS 30
#define TOTP_NEVER (-1) /* the last step of a secret that has not been used */

/* A new secret, of TOTP_SECRET_SIZE random bytes. */
struct str totp_secret_new(struct arena *arena);

/* The secret in groups of four letters and digits, for people who type it into their app. */
struct str totp_secret_text(struct arena *arena, struct str secret);

/* What apps read from a picture: otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=ISSUER. A ':' in the
   issuer or the account becomes a space, because it would divide them. */
struct str totp_uri(struct arena *arena, struct str secret, struct str issuer, struct str account);

/*
 * Whether the typed code is good at `now` (microseconds UTC, not negative) and its step later than
 * last_step. Spaces in it do not matter. *ret_step is the step to keep. The time that this takes
 * does not depend on the digits.
 */
NODISCARD bool totp_check(struct str secret, struct str typed, int64_t now, int64_t last_step,
                          int64_t *ret_step);

#endif
