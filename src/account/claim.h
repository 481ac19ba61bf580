/*
 * claim.h - how an account becomes that of a person: by an invitation that was mailed, by a request
 * that the office decides on what is stated as proof, or by beginning a record anew. An account is
 * of one person, and a person has one account.
 */
#ifndef ASSAY_ACCOUNT_CLAIM_H
#define ASSAY_ACCOUNT_CLAIM_H

#include "account/recovery.h"

/* Sends an invitation for a person to an address, which works for 14 days. One that was sent before
   is useless from then on. *ret_token, which may be NULL, is for the command line to show. */
RESULT person_invite(struct store *store, struct arena *arena, const struct act *act,
                     struct person_id person, struct str address, struct str *ret_token);

/* With the token of LINK_CLAIM. Signed in, `session` is that of the account that claims; NULL:
   an account is made with the address of the link, and signed in. ACCOUNT_SIGN_IN_FIRST where that
   address has one. With a session, *ret has its account and no token. */
RESULT claim_by_link(struct store *store, struct arena *arena, const struct act *act,
                     const struct session_rules *rules, const struct session *session,
                     struct str token, const struct visitor *visitor, struct sign_in *ret);

/* The account becomes that of a new person of that name: somebody whom the register does not have
   yet begins a record of their own. Whether the register has them after all, people_alike tells the
   office. ACCOUNT_NAME, ACCOUNT_HAS_PERSON, ACCOUNT_CLAIM_OPEN. */
RESULT claim_new_person(struct store *store, struct arena *arena, const struct act *act,
                        struct account_id account, struct str name, struct person_id *ret);

/*
 * The first administrator, or a further one, from the command line alone: a person of that name,
 * the appointment, and an invitation that is not mailed; *ret_token is for its link.
 */
RESULT administrator_create(struct store *store, struct arena *arena, const struct act *act,
                            struct str name, struct str address, struct person_id *ret_person,
                            struct str *ret_token);

struct claim_id {
    int64_t n;
};

enum claim_state { CLAIM_ASKED, CLAIM_ACCEPTED, CLAIM_REFUSED };

struct claim {
    struct claim_id id;
    enum claim_state state;
    struct account_id account;
    struct str address; /* the account's primary one */
    struct str name;    /* as they gave it */
    struct str statement;
    int64_t asked;
    struct person_id person; /* of CLAIM_ACCEPTED */
    struct str reason;       /* of CLAIM_REFUSED */
};

RESULT claim_ask(struct store *store, struct arena *arena, const struct act *act,
                 struct account_id account, struct str name, struct str statement,
                 struct refusal *ret, struct claim_id *ret_claim);

/* By an officer. For a person that is in the register, or with 0 for a new one of the name that was
   given. */
RESULT claim_accept(struct store *store, struct arena *arena, const struct act *act,
                    struct claim_id claim, struct person_id person, struct person_id *ret_person);
RESULT claim_refuse(struct store *store, struct arena *arena, const struct act *act,
                    struct claim_id claim, struct str reason);

RESULT claim_load(struct store *store, struct arena *arena, struct claim_id id, struct claim *ret);

struct claim_list {
    const struct claim *at;
    size_t count;
};
/* Those that wait for a decision, the oldest first. */
RESULT claims_open(struct store *store, struct arena *arena, size_t max, struct claim_list *ret);
/* All that there ever were, by number, those after `after`. */
RESULT claims_list(struct store *store, struct arena *arena, struct claim_id after, size_t max,
                   struct claim_list *ret);
/* The latest of an account; ACCOUNT_CLAIM_UNKNOWN if there was none. */
RESULT claim_of_account(struct store *store, struct arena *arena, struct account_id account,
                        struct claim *ret);

#endif
