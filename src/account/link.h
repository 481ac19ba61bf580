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
    int64_t subject;           /* of an address: the change's number; of a recovery: its number */
    int64_t from;              /* it works from this instant on, */
    int64_t until;             /* and before this one */
};

/* What a link is about, if it can be used now; for readers. ACCOUNT_LINK, ACCOUNT_LINK_EARLY, and
   ACCOUNT_LINK_BROWSER where `browser` is not that of LINK_SIGN_IN. */
RESULT link_look(struct store *store, struct arena *arena, int64_t now, struct str token,
                 struct str browser, struct link *ret);

/* "/account/link/TOKEN": the page of every link, which then asks link_look. */
struct str link_path(struct arena *arena, struct str token);

/* ---- for operations ---- */

struct link_wish {
    enum link_purpose purpose;
    struct str address;
    struct account_id account;
    struct person_id person;
    int64_t subject;
    struct str browser; /* STR_NONE: any */
    int64_t from;       /* 0: now */
};

RESULT link_make(struct store *store, struct arena *arena, int64_t now,
                 const struct link_wish *wish, struct str *ret_token);

/* Looks and uses it up. */
RESULT link_use(struct store *store, struct arena *arena, int64_t now, struct str token,
                struct str browser, enum link_purpose purpose, struct link *ret);

/* Makes all unused ones of a purpose useless: of an account, or of a subject. */
RESULT links_drop(struct store *store, int64_t now, enum link_purpose purpose,
                  struct account_id account, int64_t subject);

#endif
