/*
 * sign_in.h - signing up, signing in, and showing once more who one is.
 *
 * Every way in ends in a struct sign_in. Whether an address has an account is told to nobody but
 * the address: requests for links write the same rows and send one letter either way, and a
 * password is hashed once whether there is one to compare with or not.
 *
 * Strong is a passkey, or all that the account has besides: a password, with the code of the second
 * step where there is one. A link that was mailed is strong for an account that has nothing else,
 * or together with a code.
 */
#ifndef ASSAY_ACCOUNT_SIGN_IN_H
#define ASSAY_ACCOUNT_SIGN_IN_H

#include "account/link.h"
#include "account/session.h"

struct sign_in {
    struct refusal refusal;
    bool second_step; /* the code is still needed: `token` is for second_step */
    struct str token; /* of the session, for its cookie; a new one at each sign-in */
    int64_t until;    /* when the cookie's token ends at the latest */
    struct account_id account;
    struct session_id session;
};

/* ---- by a link ---- */

enum link_request { REQUEST_SIGN_UP, REQUEST_SIGN_IN };

/*
 * Sends a link to an address. Whichever was asked for, it signs in where there is an account and
 * signs up where there is none, and the letter says so. ACCOUNT_ADDRESS; ACCOUNT_LINK_BROWSER where
 * the browser has no secret, which is a token_new; ACCOUNT_TOO_OFTEN as a refusal. A blocked
 * account gets a letter without a link.
 */
RESULT link_request(struct store *store, struct arena *arena, const struct act *act,
                    enum link_request request, struct str address, const struct visitor *visitor,
                    struct refusal *ret);

/* For operations: a new account, with an address that is known to be theirs. ACCOUNT_ADDRESS_TAKEN.
 */
RESULT account_make(struct store *store, struct arena *arena, const struct act *act,
                    struct str address, struct account_id *ret);

/* With a token of LINK_SIGN_UP: the account is made, and signed in. */
RESULT sign_up(struct store *store, struct arena *arena, const struct act *act,
               const struct session_rules *rules, struct str token, const struct visitor *visitor,
               struct sign_in *ret);

/* With a token of LINK_SIGN_IN, in the browser that asked. */
RESULT sign_in_by_link(struct store *store, struct arena *arena, const struct act *act,
                       const struct session_rules *rules, struct str token,
                       const struct visitor *visitor, struct sign_in *ret);

/* ---- by a password, in three steps ---- */

/* What is compared with, and for whom. */
struct password_attempt {
    struct refusal refusal;
    struct account_id account; /* 0: there is none */
    struct str hash;           /* of the account's password; STR_NONE: there is none */
    bool fits;                 /* after password_attempt_check */
    struct session_id session; /* 0: to sign in; else to show once more who one is */
};

/* An operation: counts the attempt and finds the hash. */
RESULT password_attempt_begin(struct store *store, struct arena *arena, const struct act *act,
                              struct str address, const struct visitor *visitor,
                              struct password_attempt *ret);
/* The same for somebody who is signed in. */
RESULT password_attempt_again(struct store *store, struct arena *arena, const struct act *act,
                              const struct session *session, struct password_attempt *ret);

/* On a worker, not the writer: hashes once, for about a tenth of a second, whether there is a hash
   to compare with or not. PASSWORD_BUSY (password.h). */
RESULT password_attempt_check(struct password_attempt *attempt, struct str password);

/* An operation: signs in, or marks the session as strong. Refuses with ACCOUNT_SIGN_IN; also when
   the password was changed meanwhile. */
RESULT password_attempt_end(struct store *store, struct arena *arena, const struct act *act,
                            const struct session_rules *rules,
                            const struct password_attempt *attempt, const struct visitor *visitor,
                            struct sign_in *ret);

/* `hash` is of password_hash (password.h), made on a worker. Ends all sessions but `keep`, and
   tells the primary address. Sensitive. */
RESULT password_set(struct store *store, struct arena *arena, const struct act *act,
                    struct account_id account, struct str hash, struct session_id keep);
RESULT password_remove(struct store *store, struct arena *arena, const struct act *act,
                       struct account_id account, struct session_id keep);

/* After a password that fits and password_is_old: keeps it as it is hashed now. Makes no entry. */
RESULT password_rehash(struct store *store, const struct password_attempt *attempt,
                       struct str hash);

/* ---- the second step ---- */

/* With the token of the first step and a code of six digits, or a recovery code. Refuses with
   ACCOUNT_CODE and ACCOUNT_TOO_OFTEN; the token stays usable for its ten minutes. */
RESULT second_step(struct store *store, struct arena *arena, const struct act *act,
                   const struct session_rules *rules, struct str token, struct str code,
                   const struct visitor *visitor, struct sign_in *ret);
/* For somebody who is signed in, who becomes strong: with a code of either kind. */
RESULT second_step_again(struct store *store, struct arena *arena, const struct act *act,
                         const struct session *session, struct str code, struct refusal *ret);

#endif
