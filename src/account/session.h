/*
 * session.h - somebody signed in, in one browser.
 *
 * The browser holds the token, in a cookie; the database holds its hash. A session ends when it is
 * revoked, when it was not used for a time, at a fixed time after it began, and with its account.
 */
#ifndef ASSAY_ACCOUNT_SESSION_H
#define ASSAY_ACCOUNT_SESSION_H

#include "account/account.h"

struct session_id {
    int64_t n;
};

struct session_rules {
    int64_t idle;     /* microseconds without use */
    int64_t absolute; /* microseconds from its beginning */
};
#define SESSION_RULES_USUAL ((struct session_rules){ .idle = 14 * DAYS, .absolute = 90 * DAYS })

#define STEP_UP_WITHIN (10 * MINUTES)

/* How somebody signed in. */
enum session_method { METHOD_LINK, METHOD_PASSWORD, METHOD_PASSKEY, METHOD_RECOVERY };
const char *session_method_word(enum session_method method);
enum session_method session_method_of(struct str word); /* METHOD_LINK for one that is not known */

struct session {
    struct session_id id;
    struct account_id account;
    struct person_id person; /* 0: none */
    int64_t created;
    int64_t seen;
    int64_t strong; /* when they last showed who they are, as strongly as the account can; 0 */
    int64_t until;  /* it ends then, if not before */
    enum session_method method;
    struct str agent;   /* "Firefox on Linux" */
    struct str network; /* blurred: "192.0.2.0" */
};

/* The session of a token, if it is alive; for readers. ACCOUNT_SESSION. */
RESULT session_find(struct store *store, struct arena *arena, const struct session_rules *rules,
                    int64_t now, struct str token, struct session *ret);

/* Whether it showed lately enough who it is, for a sensitive act. */
bool session_is_fresh(const struct session *session, int64_t now);

struct session_list {
    const struct session *at;
    size_t count;
};

/* Those of an account that are alive, the latest used first. */
RESULT sessions_of_account(struct store *store, struct arena *arena,
                           const struct session_rules *rules, int64_t now,
                           struct account_id account, struct session_list *ret);

/* Uses that requests have noted, for the writer to drain; makes no entry in the journal. A session
   that has ended stays so. */
struct session_use {
    struct session_id session;
    int64_t at;
};
RESULT sessions_seen(struct store *store, const struct session_rules *rules,
                     const struct session_use *uses, size_t count);

/* ACCOUNT_SESSION if it is not one of the account's that are alive. */
RESULT session_revoke(struct store *store, struct arena *arena, const struct act *act,
                      struct account_id account, struct session_id session);

/* Ends all of them but `keep` (0: none is kept); *ret_ended is how many were alive. */
RESULT sessions_revoke_all(struct store *store, struct arena *arena, const struct act *act,
                           struct account_id account, struct session_id keep, int64_t *ret_ended);

/* ---- for operations ---- */

struct session_wish {
    struct account_id account;
    enum session_method method;
    bool strong;
    const struct visitor *visitor;
};
RESULT session_begin(struct store *store, struct arena *arena, int64_t now,
                     const struct session_wish *wish, struct str *ret_token,
                     struct session_id *ret);
RESULT session_mark_strong(struct store *store, int64_t now, struct session_id session);
/* Ends them without an entry of its own. */
RESULT sessions_end(struct store *store, int64_t now, struct account_id account,
                    struct session_id keep, const char *why, int64_t *ret_ended);

/* "Firefox on Linux", of the header User-Agent; "an unknown browser". */
struct str agent_family(struct arena *arena, struct str agent);

#endif
