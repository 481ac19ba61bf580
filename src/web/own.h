/*
 * own.h - the pages of one's own account, /account and below: what they have in common.
 *
 * Each page is a view of the whole of its part of the account. Where something can be changed, a
 * POST to the same address names in its field `do` what is to be done, and answers with the same
 * view. What may be changed only by somebody who has lately shown who they are stands on the page
 * when they have (`fresh`); otherwise it shows the way there.
 */
#ifndef ASSAY_WEB_OWN_H
#define ASSAY_WEB_OWN_H

#include "account/account.h"
#include "web/visit.h"

/* The account of whoever is signed in, as it is now, and where to read more. */
struct own {
    struct call *call;
    struct arena *arena;
    struct store *store;
    struct account account;
};

/* The members that all views of these pages have, in the order of own_view. */
#define OWN_MEMBERS                                                                                \
    {                                                                                              \
        "fresh", &shape_bool, false,                                                               \
            "Whether who they are was shown lately enough to change what is sensitive"             \
    }

RESULT own_begin(struct call *call, struct own *ret);
struct value *own_view(const struct own *own);

/* ---- changing ---- */

/* What an operation of a page is given, and gives. */
struct own_change {
    struct call *call;
    struct act act; /* of somebody at their own account */
    struct account_id account;
    struct refusal refusal;
    struct str_list codes; /* recovery codes, to be shown this one time */
    struct str text;       /* of the page's own, as is the next */
    const void *wish;
};

/* A row for each value of the field `do`. */
struct own_deed {
    const char *what;
    struct result (*run)(struct store *store, void *own_change);
    const char *field;  /* that its refusals are about; NULL: none */
    const char *notice; /* of call_see_other; NULL: the answer itself shows what was done */
};

RESULT own_change_begin(struct call *call, enum permission permission, struct own_change *ret);

/*
 * Does what the field `do` says, unless there are faults already. What is wrong becomes faults;
 * once it was done, a browser is sent on to `path`, if the row has a notice, and *ret_done is true.
 */
RESULT own_change_do(struct own_change *change, const struct own_deed *deeds, size_t count,
                     const char *path, bool *ret_done);

/* Whether the field `do` has that value. */
bool own_does(const struct call *call, const char *what);

/* A field without the white space around it; empty if it was not sent. */
struct str own_text(const struct call *call, const char *name);

/* The number of a thing, of a field; 0, which nothing has, for anything else. */
int64_t own_number(const struct call *call, const char *name);

/* `do` is none of those that the page knows. */
extern const struct error OWN_DO;

/* ---- values ---- */

void own_set_instant(const struct own *own, struct value *object, const char *key,
                     int64_t instant); /* 0: null */
void own_set_text(const struct own *own, struct value *object, const char *key,
                  struct str text); /* STR_NONE, or empty: null */
void own_set_texts(const struct own *own, struct value *object, const char *key,
                   struct str_list texts); /* none: null */
void own_set_day(const struct own *own, struct value *object, const char *key,
                 day on); /* DAY_NONE, DAY_LAST: null */

/* { kind, id, title } of what a role is held within. The title is that of the scheme; null for what
   has none, or is not of the scheme. */
struct value *own_scope_value(const struct own *own, struct scope scope);
extern const struct shape own_scope_shape;

/* The words of the roles that people are appointed to. */
extern const struct shape own_role_shape;

/* ---- the pages, each in a file of its own: own_NAME.c ---- */

extern const struct shape own_home_shape, own_addresses_shape, own_password_shape,
    own_authenticator_shape, own_codes_shape, own_passkeys_shape, own_sessions_shape,
    own_tokens_shape, own_history_shape, own_claim_shape, own_appointments_shape, own_close_shape;
extern const struct shape passkey_creation_shape;

extern const struct route_field own_addresses_fields[], own_password_fields[],
    own_authenticator_fields[], own_codes_fields[], own_codes_file_fields[], own_passkeys_fields[],
    own_sessions_fields[], own_tokens_fields[], own_history_fields[], own_claim_fields[],
    own_appointments_fields[], own_close_fields[];

RESULT own_home_answer(struct call *call, struct value **ret);
RESULT own_addresses_answer(struct call *call, struct value **ret);
RESULT own_addresses_change(struct call *call, struct value **ret);
RESULT own_password_answer(struct call *call, struct value **ret);
RESULT own_password_change(struct call *call, struct value **ret);
RESULT own_authenticator_answer(struct call *call, struct value **ret);
RESULT own_authenticator_change(struct call *call, struct value **ret);
RESULT own_codes_answer(struct call *call, struct value **ret);
RESULT own_codes_change(struct call *call, struct value **ret);
RESULT own_codes_file(struct call *call, struct response *response);
RESULT own_passkeys_answer(struct call *call, struct value **ret);
RESULT own_passkeys_change(struct call *call, struct value **ret);
RESULT own_passkeys_options(struct call *call, struct value **ret);
RESULT own_sessions_answer(struct call *call, struct value **ret);
RESULT own_sessions_change(struct call *call, struct value **ret);
RESULT own_tokens_answer(struct call *call, struct value **ret);
RESULT own_tokens_change(struct call *call, struct value **ret);
RESULT own_history_answer(struct call *call, struct value **ret);
RESULT own_claim_answer(struct call *call, struct value **ret);
RESULT own_claim_change(struct call *call, struct value **ret);
RESULT own_appointments_answer(struct call *call, struct value **ret);
RESULT own_appointments_change(struct call *call, struct value **ret);
RESULT own_close_answer(struct call *call, struct value **ret);
RESULT own_close_change(struct call *call, struct value **ret);

#endif
