#include "account/session.h"

#include "account/browser.h"
#include "account/tell.h"
#include "account/token.h"
#include "store/rows.h"

static const char *const methods[] = {
    [METHOD_LINK] = "link",
    [METHOD_PASSWORD] = "password",
    [METHOD_PASSKEY] = "passkey",
    [METHOD_RECOVERY] = "recovery",
};

const char *session_method_word(enum session_method method)
{
    return methods[method];
}

enum session_method session_method_of(struct str word)
{
    for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
        if (str_eq_c(word, methods[i]))
            return (enum session_method)i;
    }
    return METHOD_LINK;
}

/* ---- reading ---- */

/* What makes a session alive is said here alone: it has not ended, and is within both times. */
#define ALIVE                                                                                      \
    " s.ended_at IS NULL AND s.seen_at > $1 AND s.created_at > $2"                                 \
    " AND a.blocked_at IS NULL AND a.closed_at IS NULL"
#define SESSIONS                                                                                   \
    "SELECT s.id, s.account, a.person, s.created_at, s.seen_at, s.strong_at, s.method, s.agent,"   \
    " s.network FROM session AS s JOIN account AS a ON a.id = s.account WHERE" ALIVE

static void take_row(const struct query *query, struct arena *arena, void *ret)
{
    *(struct session *)ret = (struct session){
        .id = { query_int(query, 0) },
        .account = { query_int(query, 1) },
        .person = { query_int_or(query, 2, 0) },
        .created = query_int(query, 3),
        .seen = query_int(query, 4),
        .strong = query_int_or(query, 5, 0),
        .method = session_method_of(query_text(query, 6)),
        .agent = str_copy(arena, query_text(query, 7)),
        .network = str_copy(arena, query_text(query, 8)),
    };
}

static struct result read_sessions(struct store *store, struct arena *arena,
                                   const struct session_rules *rules, const char *sql,
                                   struct params params, struct session_list *ret)
{
    struct session *list;
    struct rows rows;

    TRY(rows_read(store, arena, sql, params, take_row, sizeof(*list), &rows));
    list = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        list[i].until = list[i].created + rules->absolute;
    *ret = (struct session_list){ list, rows.count };
    return OK;
}

struct result session_find(struct store *store, struct arena *arena,
                           const struct session_rules *rules, int64_t now, struct str token,
                           struct session *ret)
{
    struct sha256_digest digest = token_digest(token);
    struct session_list list;

    if (!token_is_formed(token, STR("")))
        return fail(&ACCOUNT_SESSION);
    TRY(read_sessions(store, arena, rules, SESSIONS " AND s.digest = $3",
                      PARAMS(datum_int(now - rules->idle), datum_int(now - rules->absolute),
                             datum_bytes(digest_bytes(&digest))),
                      &list));
    if (list.count == 0)
        return fail(&ACCOUNT_SESSION);
    *ret = list.at[0];
    return OK;
}

bool session_is_fresh(const struct session *session, int64_t now)
{
    return session->strong > 0 && now < session->strong + STEP_UP_WITHIN;
}

struct result sessions_of_account(struct store *store, struct arena *arena,
                                  const struct session_rules *rules, int64_t now,
                                  struct account_id account, struct session_list *ret)
{
    return read_sessions(store, arena, rules,
                         SESSIONS " AND s.account = $3 ORDER BY s.seen_at DESC, s.id DESC",
                         PARAMS(datum_int(now - rules->idle), datum_int(now - rules->absolute),
                                datum_int(account.n)),
                         ret);
}

/* ---- beginning and use ---- */

struct result session_begin(struct store *store, struct arena *arena, int64_t now,
                            const struct session_wish *wish, struct str *ret_token,
                            struct session_id *ret)
{
    struct str token = token_new(arena, STR(""));
    struct sha256_digest digest = token_digest(token);
    char network[ADDRESS_TEXT_SIZE];
    struct session_id id;

    address_text(address_blurred(wish->visitor->network), network);
    TRY(store_insert(store,
                     "INSERT INTO session (account, digest, method, created_at, seen_at, strong_at,"
                     " agent, network) VALUES ($1, $2, $3, $4, $4, $5, $6, $7) RETURNING id",
                     PARAMS(datum_int(wish->account.n), datum_bytes(digest_bytes(&digest)),
                            datum_text(str_from_c(methods[wish->method])), datum_int(now),
                            wish->strong ? datum_int(now) : datum_null(),
                            datum_text(agent_family(arena, wish->visitor->agent)),
                            datum_text(str_from_c(network))),
                     &id.n));
    TRY(browser_remember(store, now, wish->account, wish->visitor->browser));
    *ret_token = token;
    *ret = id;
    return OK;
}

struct result session_mark_strong(struct store *store, int64_t now, struct session_id session)
{
    return store_run(store, "UPDATE session SET strong_at = $2 WHERE id = $1 AND ended_at IS NULL",
                     PARAMS(datum_int(session.n), datum_int(now)));
}

struct result sessions_seen(struct store *store, const struct session_rules *rules,
                            const struct session_use *uses, size_t count)
{
    /* A use that reaches the writer late must not wake a session that was idle for too long. */
    for (size_t i = 0; i < count; i++)
        TRY(store_run(store,
                      "UPDATE session SET seen_at = $2"
                      " WHERE id = $1 AND ended_at IS NULL AND seen_at < $2 AND seen_at > $3"
                      " AND created_at > $4",
                      PARAMS(datum_int(uses[i].session.n), datum_int(uses[i].at),
                             datum_int(uses[i].at - rules->idle),
                             datum_int(uses[i].at - rules->absolute))));
    return OK;
}

/* ---- ending ---- */

struct result sessions_end(struct store *store, int64_t now, struct account_id account,
                           struct session_id keep, const char *why, int64_t *ret_ended)
{
    return store_change(store,
                        "UPDATE session SET ended_at = $3, ended_why = $4"
                        " WHERE account = $1 AND id <> $2 AND ended_at IS NULL",
                        PARAMS(datum_int(account.n), datum_int(keep.n), datum_int(now),
                               datum_text(str_from_c(why))),
                        ret_ended);
}

struct result session_revoke(struct store *store, struct arena *arena, const struct act *act,
                             struct account_id account, struct session_id session)
{
    struct value *payload = value_object(arena);
    int64_t ended;

    TRY(store_change(store,
                     "UPDATE session SET ended_at = $3, ended_why = 'revoked'"
                     " WHERE account = $1 AND id = $2 AND ended_at IS NULL",
                     PARAMS(datum_int(account.n), datum_int(session.n), datum_int(act->now)),
                     &ended));
    if (ended == 0)
        return fail(&ACCOUNT_SESSION);
    value_set_int(arena, payload, "session", session.n);
    return account_entry(store, arena, act, "session-ended", account, payload);
}

struct result sessions_revoke_all(struct store *store, struct arena *arena, const struct act *act,
                                  struct account_id account, struct session_id keep,
                                  int64_t *ret_ended)
{
    struct value *payload = value_object(arena);
    struct account known;
    int64_t ended;

    TRY(account_load(store, arena, account, &known));
    TRY(sessions_end(store, act->now, account, keep, "revoked", &ended));
    value_set_int(arena, payload, "sessions", ended);
    TRY(account_entry(store, arena, act, "sessions-ended", account, payload));
    *ret_ended = ended;
    return OK;
}
