/*
 * limit.h - how often something may be tried: by address, by account, by network. The counts stand
 * in the database, so a restart forgets none.
 *
 * Each is a bucket that holds so many attempts and fills evenly over a time. The table in limit.c
 * has a row for each kind; to add one, add it here and there.
 */
#ifndef ASSAY_ACCOUNT_LIMIT_H
#define ASSAY_ACCOUNT_LIMIT_H

#include <stdint.h>

#include "account/error.h"
#include "base/address.h"
#include "base/arena.h"
#include "base/str.h"
#include "store/store.h"

enum limit_kind {
    LIMIT_PASSWORD_BROWSER, /* one known to the account, or a session */
    LIMIT_PASSWORD_ADDRESS, /* from one network, as is LIMIT_LINK_ADDRESS */
    LIMIT_PASSWORD_ACCOUNT,
    LIMIT_PASSWORD_NETWORK,
    LIMIT_LINK_BROWSER,
    LIMIT_LINK_ADDRESS,
    LIMIT_LINK_TOTAL, /* to an address from all networks */
    LIMIT_LINK_NETWORK,
    LIMIT_CODE_BROWSER,
    LIMIT_CODE_ACCOUNT,
    LIMIT_PASSKEY_NETWORK,
    LIMIT_RECOVERY_ADDRESS,
    LIMIT_RECOVERY_NETWORK,
    LIMIT_CLAIM_ACCOUNT,
    LIMIT_ADDRESS_ACCOUNT, /* changes of addresses */
    LIMIT_KINDS,
};

/* What is counted: an attempt of a kind, by what it is counted. */
struct limit {
    enum limit_kind kind;
    struct str key; /* any bytes; only their hash is stored */
};

/* The key of a network, in 17 bytes. */
struct str limit_network(struct address network, char bytes[17]);
struct str limit_number(int64_t n, char bytes[8]);
/* The key of an address as it is tried from one network. */
struct str limit_address(struct arena *arena, struct str folded, struct address network);

/* Counts an attempt against all of them, or, where one is used up, against none and writes the
   refusal. */
RESULT limits_take(struct store *store, int64_t now, const struct limit *limits, size_t count,
                   struct refusal *ret);

/* Forgets the counts that hold nobody back any more. */
RESULT limits_sweep(struct store *store, int64_t now);

#endif
