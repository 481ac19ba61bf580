/*
 * sign_in_parts.h - what all ways to sign in end in. Only the room itself includes this.
 */
#ifndef ASSAY_ACCOUNT_SIGN_IN_PARTS_H
#define ASSAY_ACCOUNT_SIGN_IN_PARTS_H

#include "account/sign_in.h"

/* Somebody has shown who they are. ACCOUNT_BLOCKED, ACCOUNT_CLOSED. */
RESULT sign_in_session(struct store *store, struct arena *arena, const struct act *act,
                       const struct session_rules *rules, const struct session_wish *wish,
                       struct sign_in *ret);

/* They have, by link or password; an account with an authenticator asks for the code first. */
RESULT sign_in_first_step(struct store *store, struct arena *arena, const struct act *act,
                          const struct session_rules *rules, const struct account *account,
                          enum session_method method, const struct visitor *visitor,
                          struct sign_in *ret);

/* Whether a code of the authenticator or a recovery code is right; then it cannot be used again. */
RESULT code_use(struct store *store, struct arena *arena, int64_t now, struct account_id account,
                struct str code, bool *ret);

/* New recovery codes instead of those that there are. */
RESULT recovery_codes_make(struct store *store, struct arena *arena, struct account_id account,
                           struct str_list *ret_codes);

#endif
