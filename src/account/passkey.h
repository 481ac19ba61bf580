/*
 * passkey.h - the passkeys of accounts: kept, listed, and used to sign in. What stands in their
 * answers is for webauthn.h.
 *
 * A challenge is drawn before, kept as a hash, and answered once within five minutes by the browser
 * that was given it.
 */
#ifndef ASSAY_ACCOUNT_PASSKEY_H
#define ASSAY_ACCOUNT_PASSKEY_H

#include "account/sign_in.h"
#include "account/webauthn.h"

struct passkey {
    int64_t id;
    struct str name;
    int64_t created;
    int64_t used; /* 0: never */
    bool backed_up;
};

struct passkey_list {
    const struct passkey *at;
    size_t count;
};

RESULT passkeys_of_account(struct store *store, struct arena *arena, struct account_id account,
                           struct passkey_list *ret);

/* The handle of an account for authenticators: random bytes, drawn with the account. */
RESULT passkey_user_handle(struct store *store, struct arena *arena, struct account_id account,
                           struct str *ret_bytes);
/* Its credentials, so that another is not made on the same authenticator. */
RESULT passkeys_known(struct store *store, struct arena *arena, struct account_id account,
                      struct webauthn_known_list *ret);

/* *ret_challenge is of 32 bytes. */
RESULT passkey_add_begin(struct store *store, struct arena *arena, const struct act *act,
                         const struct session *session, struct str *ret_challenge);

/* Sensitive. With the first passkey or authenticator of an account come recovery codes, shown this
   one time; the list is empty otherwise. Refuses with the errors of passkey_error.h. The challenge
   is the one that was given, whatever comes of it; it cannot be answered again. */
RESULT passkey_add(struct store *store, struct arena *arena, const struct act *act,
                   const struct session *session, const struct webauthn_site *site,
                   struct str challenge, const struct webauthn_registration *registration,
                   struct str name, struct refusal *ret, struct str_list *ret_codes);
RESULT passkey_rename(struct store *store, struct arena *arena, const struct act *act,
                      struct account_id account, int64_t passkey, struct str name);
RESULT passkey_remove(struct store *store, struct arena *arena, const struct act *act,
                      struct account_id account, int64_t passkey);

/* `session` is NULL to sign in, and else to show once more who one is. Of the visitor, the
   browser's secret must be there to sign in. */
RESULT passkey_sign_in_begin(struct store *store, struct arena *arena, const struct act *act,
                             const struct session *session, const struct visitor *visitor,
                             struct refusal *ret, struct str *ret_challenge);
/* Refuses with ACCOUNT_PASSKEY, whatever is wrong. */
RESULT passkey_sign_in(struct store *store, struct arena *arena, const struct act *act,
                       const struct session_rules *rules, const struct session *session,
                       const struct webauthn_site *site, struct str challenge,
                       const struct webauthn_assertion *assertion, const struct visitor *visitor,
                       struct sign_in *ret);

#endif
