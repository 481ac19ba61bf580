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

/* Whom the browser speaks to. */
struct passkey_site {
    struct str rp_id;  /* "assay.example" */
    struct str origin; /* "https://assay.example" */
};

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
/* The ids of its credentials, that another is not made on the same authenticator. */
RESULT passkey_credentials(struct store *store, struct arena *arena, struct account_id account,
                           struct str_list *ret_bytes);

/* *ret_challenge is of 32 bytes. */
RESULT passkey_add_begin(struct store *store, struct arena *arena, const struct act *act,
                         const struct session *session, struct str *ret_challenge);

/* Sensitive. With the first second factor of an account come recovery codes, shown this one time;
   the list is empty otherwise. Refuses with ACCOUNT_PASSKEY. */
struct passkey_answer {
    struct str challenge;          /* that was given */
    struct str client_data;        /* clientDataJSON */
    struct str attestation;        /* to add: attestationObject */
    struct str credential;         /* to sign in: rawId */
    struct str authenticator_data; /* to sign in */
    struct str signature;          /* to sign in */
    struct str user_handle;        /* to sign in */
    struct str_list transports;    /* to add; words */
};
RESULT passkey_add(struct store *store, struct arena *arena, const struct act *act,
                   const struct session *session, const struct passkey_site *site,
                   const struct passkey_answer *answer, struct str name, struct refusal *ret,
                   struct str_list *ret_codes);
RESULT passkey_rename(struct store *store, struct arena *arena, const struct act *act,
                      struct account_id account, int64_t passkey, struct str name);
RESULT passkey_remove(struct store *store, struct arena *arena, const struct act *act,
                      struct account_id account, int64_t passkey);

/* `session` is NULL to sign in, and else to show once more who one is. */
RESULT passkey_sign_in_begin(struct store *store, struct arena *arena, const struct act *act,
                             const struct session *session, const struct visitor *visitor,
                             struct refusal *ret, struct str *ret_challenge);
RESULT passkey_sign_in(struct store *store, struct arena *arena, const struct act *act,
                       const struct session_rules *rules, const struct session *session,
                       const struct passkey_site *site, const struct passkey_answer *answer,
                       const struct visitor *visitor, struct sign_in *ret);

#endif
