/*
 * token.h - secrets that are handed out once and recognised later: of sessions, links, programs.
 *
 * 256 random bits, as letters and digits. Only their SHA-256 is stored: whoever reads the database
 * cannot use them.
 */
#ifndef ASSAY_ACCOUNT_TOKEN_H
#define ASSAY_ACCOUNT_TOKEN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "hash/sha256.h"

#define TOKEN_LENGTH 43 /* without a prefix */

struct str token_new(struct arena *arena, struct str prefix);

/* Whether a text can be a token at all. */
bool token_is_formed(struct str token, struct str prefix);

struct sha256_digest token_digest(struct str token);
struct str digest_bytes(const struct sha256_digest *digest); /* as long as the digest stands */

/*
 * What a form carries to show that it is of this site and session: 32 bytes that follow from the
 * session's token, masked afresh each time, so that a page that is compressed tells nothing.
 */
struct str csrf_token(struct arena *arena, struct str session_token);
bool csrf_token_fits(struct arena *arena, struct str session_token, struct str csrf);

#endif
