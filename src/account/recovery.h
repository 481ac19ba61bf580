/*
 * recovery.h - how somebody comes back who has lost their addresses and keys.
 *
 * They name themselves, a new address and what proves who they are. Two different officers approve
 * it, for the same account. Then a waiting period runs, and every address that the account ever had
 * is told, with a link that cancels it. After it the link that went to the new address gives the
 * account over: what it was signed in with before is gone.
 */
#ifndef ASSAY_ACCOUNT_RECOVERY_H
#define ASSAY_ACCOUNT_RECOVERY_H

#include "account/sign_in.h"

#define RECOVERY_WAITING_USUAL (7 * DAYS)

/* A timer of a recovery whose waiting period is over. */
#define RECOVERY_READY "recovery-ready"
#define STATEMENT_MAX 4000 /* bytes */

struct recovery_id {
    int64_t n;
};

enum recovery_state {
    RECOVERY_UNCONFIRMED, /* the new address was not shown to be theirs yet */
    RECOVERY_ASKED,
    RECOVERY_ONE_APPROVED,
    RECOVERY_WAITING,
    RECOVERY_REFUSED,
    RECOVERY_CANCELLED,
    RECOVERY_DONE,
};
const char *recovery_state_word(enum recovery_state state);

struct recovery {
    struct recovery_id id;
    enum recovery_state state;
    struct str known_as;  /* a name or an old address, as they gave it */
    struct str address;   /* the new one */
    struct str statement; /* what proves who they are */
    int64_t asked;
    struct account_id account; /* 0 until the first approval */
    struct person_id first;    /* officers; 0: not yet, or the command line */
    struct person_id second;
    int64_t until;     /* of RECOVERY_WAITING: the period ends */
    struct str reason; /* of RECOVERY_REFUSED */
};

/* Sends a link to the new address. The same answer whether there is such an account or not. */
RESULT recovery_ask(struct store *store, struct arena *arena, const struct act *act,
                    struct str known_as, struct str address, struct str statement,
                    const struct visitor *visitor, struct refusal *ret);
/* With the token of LINK_RECOVERY_ASK: now it waits for the office. */
RESULT recovery_confirm(struct store *store, struct arena *arena, const struct act *act,
                        struct str token, struct recovery_id *ret);

/* By an officer, for an account; nobody for their own. The second approval starts the waiting
   period, of so many microseconds. */
RESULT recovery_approve(struct store *store, struct arena *arena, const struct act *act,
                        struct recovery_id recovery, struct account_id account, int64_t waiting);
/* By an officer, but not for their own account. */
RESULT recovery_refuse(struct store *store, struct arena *arena, const struct act *act,
                       struct recovery_id recovery, struct str reason);

/* What RECOVERY_READY does: sends the new address a link that works at once, as the one that it got
   a waiting period ago may be lost; unless the recovery has ended, or its time is over. */
RESULT recovery_remind(struct store *store, struct arena *arena, const struct act *act,
                       struct recovery_id recovery);

/* With a token of LINK_RECOVERY_CANCEL. */
RESULT recovery_cancel(struct store *store, struct arena *arena, const struct act *act,
                       struct str token);
/* With the token of LINK_RECOVERY, after the waiting period. */
RESULT recovery_finish(struct store *store, struct arena *arena, const struct act *act,
                       const struct session_rules *rules, struct str token,
                       const struct visitor *visitor, struct sign_in *ret);

RESULT recovery_load(struct store *store, struct arena *arena, struct recovery_id id,
                     struct recovery *ret);

struct recovery_list {
    const struct recovery *at;
    size_t count;
};
/* Those that wait for an officer or for time, the oldest first. */
RESULT recoveries_open(struct store *store, struct arena *arena, size_t max,
                       struct recovery_list *ret);
/* All that are kept, by number, those after `after`. */
RESULT recoveries_list(struct store *store, struct arena *arena, struct recovery_id after,
                       size_t max, struct recovery_list *ret);

#endif
