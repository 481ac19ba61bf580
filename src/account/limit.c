#include "account/limit.h"

#include <string.h>

#include "account/account.h"
#include "account/token.h"

/*
 * To add a kind, add it to enum limit_kind and its row here: its word in the database, how many
 * attempts a full bucket holds, and in which time an empty one fills.
 */
static const struct {
    const char *word;
    int64_t attempts;
    int64_t window;
} kinds[LIMIT_KINDS] = {
    [LIMIT_PASSWORD_BROWSER] = { "password-browser", 10, 15 * MINUTES },
    [LIMIT_PASSWORD_ADDRESS] = { "password-address", 10, 15 * MINUTES },
    [LIMIT_PASSWORD_ACCOUNT] = { "password-account", 30, 15 * MINUTES },
    [LIMIT_PASSWORD_NETWORK] = { "password-network", 100, 15 * MINUTES },
    [LIMIT_LINK_BROWSER] = { "link-browser", 5, HOURS },
    [LIMIT_LINK_ADDRESS] = { "link-address", 5, HOURS },
    [LIMIT_LINK_TOTAL] = { "link-total", 20, HOURS },
    [LIMIT_LINK_NETWORK] = { "link-network", 30, HOURS },
    [LIMIT_CODE_BROWSER] = { "code-browser", 5, 15 * MINUTES },
    [LIMIT_CODE_ACCOUNT] = { "code-account", 5, 15 * MINUTES },
    [LIMIT_PASSKEY_NETWORK] = { "passkey-network", 100, 15 * MINUTES },
    [LIMIT_RECOVERY_ADDRESS] = { "recovery-address", 3, DAYS },
    [LIMIT_RECOVERY_NETWORK] = { "recovery-network", 10, DAYS },
    [LIMIT_CLAIM_ACCOUNT] = { "claim-account", 3, DAYS },
    [LIMIT_ADDRESS_ACCOUNT] = { "address-account", 5, DAYS },
};

struct str limit_network(struct address network, char bytes[17])
{
    network = address_network(network);
    bytes[0] = (char)network.family;
    memcpy(bytes + 1, network.bytes, sizeof(network.bytes));
    return (struct str){ bytes, 17 };
}

struct str limit_number(int64_t n, char bytes[8])
{
    memcpy(bytes, &n, sizeof(n));
    return (struct str){ bytes, sizeof(n) };
}

struct str limit_address(struct arena *arena, struct str folded, struct address network)
{
    char bytes[17];
    char *key = ARENA_ARRAY(arena, sizeof(bytes) + folded.n, char);

    (void)limit_network(network, bytes);
    memcpy(key, bytes, sizeof(bytes));
    memcpy(key + sizeof(bytes), folded.p, folded.n);
    return (struct str){ key, sizeof(bytes) + folded.n };
}

/* When the bucket is full again; 0 for one that nothing was taken from. */
static struct result full_at(struct store *store, const struct limit *limit,
                             const struct sha256_digest *digest, int64_t *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t full = 0;

    TRY(query_begin(
        store, "SELECT full_at FROM rate_limit WHERE kind = $1 AND digest = $2",
        PARAMS(datum_text(str_from_c(kinds[limit->kind].word)), datum_bytes(digest_bytes(digest))),
        &query));
    if (query_next(&query))
        full = query_int(&query, 0);
    TRY(query_end(&query));
    *ret = full;
    return OK;
}

struct result limits_take(struct store *store, int64_t now, const struct limit *limits,
                          size_t count, struct refusal *ret)
{
    struct sha256_digest digests[LIMIT_KINDS];
    int64_t full[LIMIT_KINDS];
    struct refusal refusal = { 0 };

    BUG_IF(count > LIMIT_KINDS);
    for (size_t i = 0; i < count; i++) {
        const int64_t window = kinds[limits[i].kind].window;

        digests[i] = sha256(limits[i].key);
        TRY(full_at(store, &limits[i], &digests[i], &full[i]));
        /* A clock that was put back must not make a bucket emptier than empty. */
        if (full[i] > now + window)
            full[i] = now + window;
        full[i] = (full[i] > now ? full[i] : now) + window / kinds[limits[i].kind].attempts;
        if (full[i] - now > window) {
            refusal.error = &ACCOUNT_TOO_OFTEN;
            refusal.again = full[i] - window > refusal.again ? full[i] - window : refusal.again;
        }
    }
    for (size_t i = 0; i < count && !refusal.error; i++)
        TRY(store_run(store,
                      "INSERT INTO rate_limit (kind, digest, full_at) VALUES ($1, $2, $3)"
                      " ON CONFLICT (kind, digest) DO UPDATE SET full_at = EXCLUDED.full_at",
                      PARAMS(datum_text(str_from_c(kinds[limits[i].kind].word)),
                             datum_bytes(digest_bytes(&digests[i])), datum_int(full[i]))));
    *ret = refusal;
    return OK;
}

struct result limits_sweep(struct store *store, int64_t now)
{
    return store_run(store, "DELETE FROM rate_limit WHERE full_at <= $1", PARAMS(datum_int(now)));
}
