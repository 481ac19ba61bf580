/*
 * account.h - accounts and their addresses.
 *
 * An account belongs to one person or, until it claims one, to none. It has one or more confirmed
 * addresses, one of them primary. All functions that change something are operations of the writer;
 * each makes one entry in the journal.
 */
#ifndef ASSAY_ACCOUNT_ACCOUNT_H
#define ASSAY_ACCOUNT_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/error.h"
#include "base/address.h"
#include "base/arena.h"
#include "base/str.h"
#include "register/act.h"
#include "store/store.h"

#define SECONDS INT64_C(1000000) /* microseconds */
#define MINUTES (60 * SECONDS)
#define HOURS (60 * MINUTES)
#define DAYS (24 * HOURS)

#define SESSIONS_KEPT (90 * DAYS) /* after they ended */

struct account_id {
    int64_t n;
};

/* Whoever sends a request, as far as operations want to know. */
struct visitor {
    struct address network; /* the address it came from */
    struct str agent;       /* the header User-Agent; STR_NONE: none */
    struct str browser;     /* the secret of this browser's cookie; STR_NONE: it has none */
};

enum account_state { ACCOUNT_STATE_OPEN, ACCOUNT_STATE_BLOCKED, ACCOUNT_STATE_CLOSED };

struct account {
    struct account_id id;
    struct person_id person; /* 0: none yet */
    enum account_state state;
    int64_t created; /* microseconds UTC */
    bool has_password;
    bool has_totp; /* a second step after password or link */
    int64_t passkeys;
    int64_t codes_left; /* recovery codes */
    struct str primary; /* address */
};

/* ACCOUNT_UNKNOWN. */
RESULT account_load(struct store *store, struct arena *arena, struct account_id id,
                    struct account *ret);
RESULT account_by_address(struct store *store, struct arena *arena, struct str address,
                          struct account *ret);
RESULT account_of_person(struct store *store, struct arena *arena, struct person_id person,
                         struct account *ret);

struct account_list {
    const struct account *at;
    size_t count;
};

/* Those that have the address or had it, without closed ones. */
RESULT accounts_of_address(struct store *store, struct arena *arena, struct str address,
                           struct account_list *ret);

/* By number, those after `after`. */
RESULT accounts_list(struct store *store, struct arena *arena, struct account_id after, size_t max,
                     struct account_list *ret);

/* An address as it is compared: ASCII letters in lower case. */
struct str address_folded(struct arena *arena, struct str address);

/* ---- addresses ---- */

struct account_address {
    int64_t id;
    struct str address;
    bool primary;
    int64_t confirmed; /* microseconds UTC */
};

struct address_list {
    const struct account_address *at;
    size_t count;
};

/* Those that it has now, the primary one first. */
RESULT account_addresses(struct store *store, struct arena *arena, struct account_id account,
                         struct address_list *ret);

/*
 * Asks to add an address: a link goes to it, and another to the primary one. The account has the
 * address once both were opened (address_confirm), in any order, within a day. Whether another
 * account has it is not told; that one then gets a letter instead. Sensitive.
 */
RESULT address_add_begin(struct store *store, struct arena *arena, const struct act *act,
                         struct account_id account, struct str address, struct refusal *ret);

/* With the token of either link; *ret_done says whether it was the second. */
RESULT address_confirm(struct store *store, struct arena *arena, const struct act *act,
                       struct str token, bool *ret_done);

/* One that is to be added, as far as it has come. */
struct address_change {
    struct str address;
    int64_t until;   /* both links work before this */
    bool at_new;     /* the link to it was opened, */
    bool at_current; /* and the one to the primary address */
};

struct address_change_list {
    const struct address_change *at;
    size_t count;
};

/* Those of an account that can still be confirmed, the latest first. */
RESULT address_changes(struct store *store, struct arena *arena, int64_t now,
                       struct account_id account, struct address_change_list *ret);

/* The address that the change of a link adds. ACCOUNT_LINK. */
RESULT address_of_change(struct store *store, struct arena *arena, int64_t change, struct str *ret);

/* Both are sensitive, and all addresses are told. */
RESULT address_make_primary(struct store *store, struct arena *arena, const struct act *act,
                            struct account_id account, int64_t address);
RESULT address_remove(struct store *store, struct arena *arena, const struct act *act,
                      struct account_id account, int64_t address);

/* ---- state ---- */

/* PERMISSION_ACCOUNT_BLOCK: sessions end, and nobody can sign in. */
RESULT account_block(struct store *store, struct arena *arena, const struct act *act,
                     struct account_id account, struct str why);
RESULT account_unblock(struct store *store, struct arena *arena, const struct act *act,
                       struct account_id account, struct str why);
/* Also one that is blocked. The person stays in the register, and the account is kept closed. */
RESULT account_close(struct store *store, struct arena *arena, const struct act *act,
                     struct account_id account);

/* For operations: password, authenticator, passkeys and recovery codes go, and the tokens of the
   person's programs are revoked. */
RESULT account_forget_keys(struct store *store, int64_t now, struct account_id account);

/* Deletes what has ended and nobody asks for any more: used and late links, challenges, sessions
   that ended SESSIONS_KEPT ago, rate limits. For a timer, once an hour. Makes no entry. */
RESULT accounts_sweep(struct store *store, int64_t now);

#endif
