/*
 * api_token.h - how programs come in: "assay_" and 43 letters, made by a person for themself or for
 * an organisation, with scopes of the table of permissions and an end date.
 */
#ifndef ASSAY_ACCOUNT_API_TOKEN_H
#define ASSAY_ACCOUNT_API_TOKEN_H

#include "account/permissions.h"

#define API_TOKEN_PREFIX "assay_"
#define API_TOKEN_LONGEST 366 /* days */

/* A timer of a token that comes to an end, for its owner. */
#define API_TOKEN_REMINDER "token-reminder"
#define API_TOKEN_REMINDED 14 /* days before the last one */

struct api_token {
    int64_t id;
    struct str name;
    struct person_id person; /* 0: it is an organisation's */
    struct str organisation; /* empty: it is a person's */
    const enum permission *scopes;
    size_t scope_count;
    int64_t created;
    day last;        /* the last day on which it works */
    int64_t used;    /* 0: never */
    int64_t revoked; /* 0: it was not */
};

struct api_token_wish {
    struct str name;
    struct person_id person;
    struct str organisation;
    const enum permission *scopes;
    size_t scope_count;
    day last;
};

/* Sensitive. *ret_token is shown this one time. A token can have no more than its maker has. */
RESULT api_token_make(struct store *store, struct arena *arena, const struct act *act,
                      const struct api_token_wish *wish, int64_t *ret_id, struct str *ret_token);
RESULT api_token_revoke(struct store *store, struct arena *arena, const struct act *act,
                        int64_t token);

/* What API_TOKEN_REMINDER does: tells the person whose token it is, or all who speak for the
   organisation, when it ends; unless it was revoked, or that is over. */
RESULT api_token_remind(struct store *store, struct arena *arena, const struct act *act,
                        int64_t token);

struct api_token_list {
    const struct api_token *at;
    size_t count;
};
RESULT api_tokens_of_person(struct store *store, struct arena *arena, struct person_id person,
                            struct api_token_list *ret);
RESULT api_tokens_of_organisation(struct store *store, struct arena *arena, struct str organisation,
                                  struct api_token_list *ret);

/* Everybody's, by number, those after `after`. */
RESULT api_tokens_list(struct store *store, struct arena *arena, int64_t after, size_t max,
                       struct api_token_list *ret);

/* Who comes with a token; for readers. What it may follows from its scopes and from what its owner
   may today. ACCOUNT_TOKEN. */
RESULT who_of_token(struct store *store, struct arena *arena, int64_t now, struct str token,
                    struct who *ret);

/* The same for an act of one. */
RESULT who_of_token_id(struct store *store, struct arena *arena, int64_t now, int64_t id,
                       struct who *ret);

/* Uses that requests have noted; makes no entry in the journal. */
RESULT api_token_seen(struct store *store, int64_t token, int64_t at);

#endif
