/*
 * link.h - links that are mailed: each has a purpose, works once and for a time.
 *
 * A page that a link opens shows what it is about (link_look) and changes nothing: programs that
 * look at mail open links too. What it is for is done by the form on that page.
 */
#ifndef ASSAY_ACCOUNT_LINK_H
#define ASSAY_ACCOUNT_LINK_H

#include "account/account.h"

/* link.c has a row for each: its word, path and how long it works. */
enum link_purpose {
    LINK_SIGN_UP,
    LINK_SIGN_IN,         /* in the browser that asked for it */
    LINK_SECOND_STEP,     /* not mailed: between password and code, in a cookie */
    LINK_ADDRESS_NEW,     /* to the address that is to be added */
    LINK_ADDRESS_CURRENT, /* to the primary one */
    LINK_CLAIM,           /* an invitation to claim a person */
    LINK_RECOVERY_ASK,    /* confirms the address that a recovery names */
    LINK_RECOVERY_CANCEL, /* to every old address */
    LINK_RECOVERY,        /* ends the recovery, after the waiting period */
    LINK_PURPOSES,
};

struct link {
    enum link_purpose purpose;
    struct str address;        /* it was sent to */
    struct account_id account; /* 0: none */
    struct person_id person;   /* of LINK_CLAIM */
    int64_t subject;           /* the number of a change of addresses, or of a recovery */
    struct str method;         /* of LINK_SECOND_STEP: the word of the first */
    int64_t from;              /* it works from this instant on, */
    int64_t until;             /* and before this one */
};

/* What a link is about, if it can be used now; for readers. ACCOUNT_LINK, ACCOUNT_LINK_EARLY, and
   ACCOUNT_LINK_BROWSER where `browser` is not that of LINK_SIGN_IN. */
RESULT link_look(struct store *store, struct arena *arena, int64_t now, struct str token,
                 struct str browser, struct link *ret);

/* How long links of a purpose work, in microseconds. */
int64_t link_lasts(enum link_purpose purpose);

/* "/account/link/TOKEN": the page of every link, which then asks link_look. */
struct str link_path(struct arena *arena, struct str token);

/* ---- for operations ---- */

struct link_wish {
    enum link_purpose purpose;
    struct str address;
    struct account_id account;
    struct person_id person;
    int64_t subject;
    struct str browser; /* the secret of the one in which it works; STR_NONE: any */
    struct str method;
    int64_t from;  /* 0: now */
    int64_t until; /* 0: as long as links of its purpose do */
};

RESULT link_make(struct store *store, struct arena *arena, int64_t now,
                 const struct link_wish *wish, struct str *ret_token);

/* Looks for one of that purpose, without using it up. */
RESULT link_peek(struct store *store, struct arena *arena, int64_t now, struct str token,
                 struct str browser, enum link_purpose purpose, struct link *ret);
/* The same, and uses it up. */
RESULT link_use(struct store *store, struct arena *arena, int64_t now, struct str token,
                struct str browser, enum link_purpose purpose, struct link *ret);

/* Make unused ones useless: all of an account, those of a purpose about a subject, the invitations
   of a person. */
RESULT links_drop(struct store *store, int64_t now, struct account_id account);
RESULT links_drop_subject(struct store *store, int64_t now, enum link_purpose purpose,
                          int64_t subject);
RESULT links_drop_person(struct store *store, int64_t now, struct person_id person);

#endif
