#include "account/browser.h"

#include "account/token.h"

struct result browser_remember(struct store *store, int64_t now, struct account_id account,
                               struct str secret)
{
    const struct sha256_digest digest = token_digest(secret);

    if (!token_is_formed(secret, STR("")))
        return OK;
    TRY(store_run(
        store,
        "INSERT INTO account_browser (account, digest, seen_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (account, digest) DO UPDATE SET seen_at = EXCLUDED.seen_at",
        PARAMS(datum_int(account.n), datum_bytes(digest_bytes(&digest)), datum_int(now))));
    return store_run(store,
                     "DELETE FROM account_browser WHERE account = $1 AND digest NOT IN"
                     " (SELECT digest FROM account_browser WHERE account = $1"
                     " ORDER BY seen_at DESC, digest LIMIT $2)",
                     PARAMS(datum_int(account.n), datum_int(BROWSERS_MAX)));
}

struct result browsers_forget(struct store *store, struct account_id account)
{
    return store_run(store, "DELETE FROM account_browser WHERE account = $1",
                     PARAMS(datum_int(account.n)));
}

struct result browsers_sweep(struct store *store, int64_t now)
{
    return store_run(store, "DELETE FROM account_browser WHERE seen_at < $1",
                     PARAMS(datum_int(now - BROWSER_KNOWN)));
}

struct result browser_key(struct store *store, struct arena *arena, struct account_id account,
                          struct str secret, struct str *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    const struct sha256_digest digest = token_digest(secret);
    struct str key = STR_NONE;

    TRY(query_begin(store, "SELECT 1 FROM account_browser WHERE account = $1 AND digest = $2",
                    PARAMS(datum_int(account.n), datum_bytes(digest_bytes(&digest))), &query));
    if (query_next(&query))
        key = str_format(arena, "browser %lld %.*s", (long long)account.n, STR_ARG(secret));
    TRY(query_end(&query));
    *ret = key;
    return OK;
}

struct str browser_session_key(struct arena *arena, const struct session *session)
{
    return str_format(arena, "session %lld", (long long)session->id.n);
}
