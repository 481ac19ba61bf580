#include "account/account.h"

#include "account/browser.h"
#include "account/limit.h"
#include "account/permissions.h"
#include "account/session.h"
#include "account/tell.h"
#include "store/rows.h"

#define REASON_MAX 1000 /* bytes */

struct str address_folded(struct arena *arena, struct str address)
{
    char *folded = arena_alloc(arena, address.n + 1);

    for (size_t i = 0; i < address.n; i++) {
        char c = address.p[i];
        folded[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (struct str){ folded, address.n };
}

/* ---- reading ---- */

#define ACCOUNTS                                                                                   \
    "SELECT a.id, a.person, a.blocked_at, a.closed_at, a.created_at, a.password, a.totp_since,"    \
    " (SELECT count(*) FROM passkey AS p WHERE p.account = a.id),"                                 \
    " (SELECT count(*) FROM recovery_code AS c WHERE c.account = a.id),"                           \
    " (SELECT d.address FROM account_address AS d WHERE d.account = a.id AND d.main = 1)"          \
    " FROM account AS a"

static void take_row(const struct query *query, struct arena *arena, void *ret)
{
    struct account account = {
        .id = { query_int(query, 0) },
        .person = { query_int_or(query, 1, 0) },
        .state = ACCOUNT_STATE_OPEN,
        .created = query_int(query, 4),
        .has_password = query_kind(query, 5) != DATUM_NULL,
        .has_totp = query_kind(query, 6) != DATUM_NULL,
        .passkeys = query_int(query, 7),
        .codes_left = query_int(query, 8),
        .primary = str_copy(arena, query_text(query, 9)),
    };

    if (query_kind(query, 2) != DATUM_NULL)
        account.state = ACCOUNT_STATE_BLOCKED;
    if (query_kind(query, 3) != DATUM_NULL)
        account.state = ACCOUNT_STATE_CLOSED;
    *(struct account *)ret = account;
}

static struct result read_accounts(struct store *store, struct arena *arena, const char *sql,
                                   struct params params, struct account_list *ret)
{
    struct rows rows;

    TRY(rows_read(store, arena, sql, params, take_row, sizeof(struct account), &rows));
    *ret = (struct account_list){ rows.at, rows.count };
    return OK;
}

static struct result read_account(struct store *store, struct arena *arena, const char *sql,
                                  struct params params, struct account *ret)
{
    struct account_list list;

    TRY(read_accounts(store, arena, sql, params, &list));
    if (list.count == 0)
        return fail(&ACCOUNT_UNKNOWN);
    *ret = list.at[0];
    return OK;
}

struct result account_load(struct store *store, struct arena *arena, struct account_id id,
                           struct account *ret)
{
    return read_account(store, arena, ACCOUNTS " WHERE a.id = $1", PARAMS(datum_int(id.n)), ret);
}

struct result account_by_address(struct store *store, struct arena *arena, struct str address,
                                 struct account *ret)
{
    return read_account(store, arena,
                        ACCOUNTS " JOIN account_address AS x ON x.account = a.id"
                                 " WHERE x.folded = $1 AND x.removed_at IS NULL",
                        PARAMS(datum_text(address_folded(arena, address))), ret);
}

struct result account_of_person(struct store *store, struct arena *arena, struct person_id person,
                                struct account *ret)
{
    return read_account(store, arena, ACCOUNTS " WHERE a.person = $1 AND a.closed_at IS NULL",
                        PARAMS(datum_int(person.n)), ret);
}

struct result accounts_list(struct store *store, struct arena *arena, struct account_id after,
                            size_t max, struct account_list *ret)
{
    return read_accounts(store, arena, ACCOUNTS " WHERE a.id > $1 ORDER BY a.id LIMIT $2",
                         PARAMS(datum_int(after.n), datum_int((int64_t)max)), ret);
}

struct result accounts_of_address(struct store *store, struct arena *arena, struct str address,
                                  struct account_list *ret)
{
    return read_accounts(store, arena,
                         ACCOUNTS " WHERE a.closed_at IS NULL AND EXISTS (SELECT 1 FROM"
                                  " account_address AS x WHERE x.account = a.id AND x.folded = $1)"
                                  " ORDER BY a.id",
                         PARAMS(datum_text(address_folded(arena, address))), ret);
}

static void take_address(const struct query *query, struct arena *arena, void *ret)
{
    *(struct account_address *)ret = (struct account_address){
        .id = query_int(query, 0),
        .address = str_copy(arena, query_text(query, 1)),
        .primary = query_int(query, 2) == 1,
        .confirmed = query_int(query, 3),
    };
}

struct result account_addresses(struct store *store, struct arena *arena, struct account_id account,
                                struct address_list *ret)
{
    struct rows rows;

    TRY(rows_read(store, arena,
                  "SELECT id, address, main, confirmed_at FROM account_address"
                  " WHERE account = $1 AND removed_at IS NULL ORDER BY main DESC, id",
                  PARAMS(datum_int(account.n)), take_address, sizeof(struct account_address),
                  &rows));
    *ret = (struct address_list){ rows.at, rows.count };
    return OK;
}

/* ---- state ---- */

static struct result end_all_sessions(struct store *store, int64_t now, struct account_id account,
                                      const char *why)
{
    int64_t ended;

    return sessions_end(store, now, account, (struct session_id){ 0 }, why, &ended);
}

static struct value *because(struct arena *arena, struct str why)
{
    struct value *payload = value_object(arena);

    value_set_text(arena, payload, "why", why);
    return payload;
}

struct result account_block(struct store *store, struct arena *arena, const struct act *act,
                            struct account_id id, struct str why)
{
    struct account account;

    TRY(act_permitted(store, arena, act, PERMISSION_ACCOUNT_BLOCK, &ABOUT_NOTHING));
    if (str_trim(why).n == 0 || why.n > REASON_MAX)
        return fail(&ACCOUNT_STATEMENT);
    TRY(account_load(store, arena, id, &account));
    TRY(account_is_usable(&account));
    TRY(store_run(store, "UPDATE account SET blocked_at = $2 WHERE id = $1",
                  PARAMS(datum_int(id.n), datum_int(act->now))));
    TRY(end_all_sessions(store, act->now, id, "blocked"));
    TRY(account_letter(store, arena, act, id, "account-blocked", because(arena, why)));
    return account_entry(store, arena, act, "account-blocked", id, because(arena, why));
}

struct result account_unblock(struct store *store, struct arena *arena, const struct act *act,
                              struct account_id id, struct str why)
{
    struct account account;

    TRY(act_permitted(store, arena, act, PERMISSION_ACCOUNT_BLOCK, &ABOUT_NOTHING));
    if (str_trim(why).n == 0 || why.n > REASON_MAX)
        return fail(&ACCOUNT_STATEMENT);
    TRY(account_load(store, arena, id, &account));
    if (account.state != ACCOUNT_STATE_BLOCKED)
        return fail(&ACCOUNT_DECIDED);
    TRY(store_run(store, "UPDATE account SET blocked_at = NULL WHERE id = $1",
                  PARAMS(datum_int(id.n))));
    TRY(account_letter(store, arena, act, id, "account-unblocked", because(arena, why)));
    return account_entry(store, arena, act, "account-unblocked", id, because(arena, why));
}

/* What it was signed in with goes; that it was, and its person, stay. */
struct result account_close(struct store *store, struct arena *arena, const struct act *act,
                            struct account_id id)
{
    struct account account;

    TRY(account_load(store, arena, id, &account));
    if (account.state == ACCOUNT_STATE_CLOSED)
        return fail(&ACCOUNT_CLOSED);
    TRY(account_letter_all(store, arena, act, id, "account-closed", value_object(arena)));
    TRY(end_all_sessions(store, act->now, id, "closed"));
    TRY(links_drop(store, act->now, id));
    TRY(account_forget_keys(store, act->now, id));
    TRY(store_run(store,
                  "UPDATE account_address SET main = 0, removed_at = $2"
                  " WHERE account = $1 AND removed_at IS NULL",
                  PARAMS(datum_int(id.n), datum_int(act->now))));
    TRY(store_run(store, "UPDATE account SET closed_at = $2 WHERE id = $1",
                  PARAMS(datum_int(id.n), datum_int(act->now))));
    return account_entry(store, arena, act, "account-closed", id, NULL);
}

struct result account_forget_keys(struct store *store, int64_t now, struct account_id account)
{
    const struct params id = PARAMS(datum_int(account.n));

    TRY(store_run(store,
                  "UPDATE account SET password = NULL, totp_secret = NULL, totp_since = NULL,"
                  " totp_step = -1 WHERE id = $1",
                  id));
    TRY(store_run(store, "DELETE FROM passkey WHERE account = $1", id));
    TRY(store_run(store, "DELETE FROM recovery_code WHERE account = $1", id));
    TRY(browsers_forget(store, account));
    return store_run(store,
                     "UPDATE api_token SET revoked_at = $2 WHERE revoked_at IS NULL"
                     " AND person = (SELECT a.person FROM account AS a WHERE a.id = $1)",
                     PARAMS(datum_int(account.n), datum_int(now)));
}

/* ---- what nobody asks for any more ---- */

struct result accounts_sweep(struct store *store, int64_t now)
{
    const struct params month_ago = PARAMS(datum_int(now - 30 * DAYS));
    const struct params at = PARAMS(datum_int(now));

    TRY(store_run(store, "DELETE FROM account_link WHERE until < $1", month_ago));
    TRY(store_run(store, "DELETE FROM address_change WHERE until < $1", month_ago));
    TRY(store_run(store, "DELETE FROM passkey_challenge WHERE until <= $1", at));
    TRY(store_run(store, "DELETE FROM session WHERE ended_at < $1",
                  PARAMS(datum_int(now - SESSIONS_KEPT))));
    TRY(store_run(store, "DELETE FROM recovery WHERE confirmed_at IS NULL AND asked_at < $1",
                  month_ago));
    TRY(browsers_sweep(store, now));
    return limits_sweep(store, now);
}
