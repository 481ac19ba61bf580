/*
 * second_step.h - setting up codes: of an authenticator (TOTP), and recovery codes on paper.
 */
#ifndef ASSAY_ACCOUNT_SECOND_STEP_H
#define ASSAY_ACCOUNT_SECOND_STEP_H

#include "account/session.h"

/*
 * Draws a secret that is not in use until a code of it was typed. *ret_secret are its bytes, which
 * totp.h shows to people and their apps. Sensitive, as all of these.
 */
RESULT totp_begin(struct store *store, struct arena *arena, const struct act *act,
                  struct account_id account, struct str *ret_secret);

/* The secret that was drawn and no code of it typed yet; STR_NONE: there is none. For readers. */
RESULT totp_begun(struct store *store, struct arena *arena, struct account_id account,
                  struct str *ret_secret);

/* Refuses with ACCOUNT_CODE. From now on sign-in asks for a code. The recovery codes are shown this
   one time; those of before are useless. */
RESULT totp_confirm(struct store *store, struct arena *arena, const struct act *act,
                    struct account_id account, struct str code, struct refusal *ret,
                    struct str_list *ret_codes);

/* Recovery codes go with it unless there is a passkey. */
RESULT totp_remove(struct store *store, struct arena *arena, const struct act *act,
                   struct account_id account);

/* New ones; those of before are useless. ACCOUNT_SECOND_STEP without passkey and authenticator. */
RESULT recovery_codes_renew(struct store *store, struct arena *arena, const struct act *act,
                            struct account_id account, struct str_list *ret_codes);

#endif
