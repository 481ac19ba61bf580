/*
 * password.h - passwords: which are taken, how they are kept, how they are compared.
 *
 * A password is UTF-8, its bytes as the browser sent them: nothing is normalised, so that "é" typed
 * as one code point and as two are different. Browsers of one person send the same.
 *
 * Kept is what Argon2id makes of it, with its salt and parameters, as libsodium writes it. That
 * takes about a tenth of a second and PASSWORD_MEMORY on purpose: callers run it on a small pool of
 * threads that says "busy" when it is full, and never inside the writer.
 */
#ifndef ASSAY_ACCOUNT_PASSWORD_H
#define ASSAY_ACCOUNT_PASSWORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"

#define PASSWORD_POINTS_MIN 8
#define PASSWORD_POINTS_MAX 200

/*
 * What one hash costs. OWASP asks for two passes over 19 MiB at least; 64 MiB is what libsodium
 * means for signing in, and takes 0.1 s of a core. Two at once then take 128 MiB, which the
 * smallest machine has. When these change, passwords are hashed anew as their owners sign in.
 */
#define PASSWORD_PASSES 2
#define PASSWORD_MEMORY (64 << 20) /* bytes */

extern const struct error PASSWORD_NOT_TEXT;
extern const struct error PASSWORD_TOO_SHORT;
extern const struct error PASSWORD_TOO_LONG;
extern const struct error PASSWORD_COMMON;    /* others have it too: what is tried first */
extern const struct error PASSWORD_OWN_WORDS; /* the address, the name: what is tried next */
extern const struct error PASSWORD_BUSY;      /* there is not the memory now */

/* Whether somebody may have this password. `own` are the texts that it must not be, in capitals or
   not: their addresses, what stands before the '@' of each, their name, this site's. There are no
   rules about kinds of characters, which make passwords worse. */
RESULT password_check(struct str password, struct str_list own);

/* What is kept of it, in the arena. PASSWORD_BUSY. */
RESULT password_hash(struct arena *arena, struct str password, struct str *ret);

/*
 * Whether `kept` was made of this password. Where there is no account, or it has no password,
 * `kept` is STR_NONE: the answer is no, and takes as long. PASSWORD_BUSY.
 */
RESULT password_verify(struct str password, struct str kept, bool *ret);

/* Whether what is kept was made with other parameters than today's, and is to be made anew from the
   password that was just verified. */
bool password_is_old(struct str kept);

#endif
