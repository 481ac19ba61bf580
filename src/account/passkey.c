#include "account/passkey.h"

#include "account/limit.h"
#include "account/passkey_error.h"
#include "account/sign_in_parts.h"
#include "account/tell.h"
#include "account/token.h"
#include "hash/random.h"
#include "store/rows.h"

#define NAME_MAX_BYTES 200
#define CHALLENGE_LASTS (6 * MINUTES) /* a little longer than browsers are given */

/* ---- reading ---- */

static void take_passkey(const struct query *query, struct arena *arena, void *ret)
{
    *(struct passkey *)ret = (struct passkey){
        .id = query_int(query, 0),
        .name = str_copy(arena, query_text(query, 1)),
        .created = query_int(query, 2),
        .used = query_int_or(query, 3, 0),
        .backed_up = query_int(query, 4) == 1,
    };
}

struct result passkeys_of_account(struct store *store, struct arena *arena,
                                  struct account_id account, struct passkey_list *ret)
{
    struct rows rows;

    TRY(rows_read(store, arena,
                  "SELECT id, name, created_at, used_at, backed_up FROM passkey"
                  " WHERE account = $1 ORDER BY id",
                  PARAMS(datum_int(account.n)), take_passkey, sizeof(struct passkey), &rows));
    *ret = (struct passkey_list){ rows.at, rows.count };
    return OK;
}

struct result passkey_user_handle(struct store *store, struct arena *arena,
                                  struct account_id account, struct str *ret_bytes)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct str handle = STR_NONE;

    TRY(query_begin(store, "SELECT handle FROM account WHERE id = $1", PARAMS(datum_int(account.n)),
                    &query));
    if (query_next(&query))
        handle = str_copy(arena, query_bytes(&query, 0));
    TRY(query_end(&query));
    if (!handle.p)
        return fail(&ACCOUNT_UNKNOWN);
    *ret_bytes = handle;
    return OK;
}

static void take_known(const struct query *query, struct arena *arena, void *ret)
{
    *(struct webauthn_known *)ret = (struct webauthn_known){
        .id = str_copy(arena, query_bytes(query, 0)),
        .transports = (unsigned)query_int(query, 1),
    };
}

struct result passkeys_known(struct store *store, struct arena *arena, struct account_id account,
                             struct webauthn_known_list *ret)
{
    struct rows rows;

    TRY(rows_read(store, arena,
                  "SELECT credential, transports FROM passkey WHERE account = $1 ORDER BY id",
                  PARAMS(datum_int(account.n)), take_known, sizeof(struct webauthn_known), &rows));
    *ret = (struct webauthn_known_list){ rows.at, rows.count };
    return OK;
}

/* ---- challenges ---- */

/* For a session, or for a browser: the other is NULL. */
static struct result challenge_make(struct store *store, struct arena *arena, int64_t now,
                                    const char *purpose, struct datum session, struct datum browser,
                                    struct str *ret)
{
    char *bytes = arena_alloc(arena, WEBAUTHN_CHALLENGE_SIZE);
    struct str challenge = { bytes, WEBAUTHN_CHALLENGE_SIZE };
    struct sha256_digest digest;

    random_bytes(bytes, WEBAUTHN_CHALLENGE_SIZE);
    digest = sha256(challenge);
    TRY(store_run(store,
                  "INSERT INTO passkey_challenge (digest, purpose, session, browser, until)"
                  " VALUES ($1, $2, $3, $4, $5)",
                  PARAMS(datum_bytes(digest_bytes(&digest)), datum_text(str_from_c(purpose)),
                         session, browser, datum_int(now + CHALLENGE_LASTS))));
    *ret = challenge;
    return OK;
}

/* Forgets it, and says whether it was one. */
static struct result challenge_use(struct store *store, int64_t now, const char *purpose,
                                   struct str challenge, const struct session *session,
                                   struct str browser, bool *ret)
{
    struct sha256_digest digest = sha256(challenge);
    struct sha256_digest browser_digest = token_digest(browser);
    struct datum key = datum_bytes(digest_bytes(&digest));
    int64_t deleted;

    if (session)
        TRY(store_change(
            store,
            "DELETE FROM passkey_challenge WHERE digest = $1 AND purpose = $2"
            " AND until > $3 AND session = $4",
            PARAMS(key, datum_text(str_from_c(purpose)), datum_int(now), datum_int(session->id.n)),
            &deleted));
    else
        TRY(store_change(store,
                         "DELETE FROM passkey_challenge WHERE digest = $1 AND purpose = $2"
                         " AND until > $3 AND browser = $4",
                         PARAMS(key, datum_text(str_from_c(purpose)), datum_int(now),
                                datum_bytes(digest_bytes(&browser_digest))),
                         &deleted));
    *ret = deleted == 1;
    return OK;
}

/* ---- adding ---- */

struct result passkey_add_begin(struct store *store, struct arena *arena, const struct act *act,
                                const struct session *session, struct str *ret_challenge)
{
    return challenge_make(store, arena, act->now, "add", datum_int(session->id.n), datum_null(),
                          ret_challenge);
}

static struct result insert_passkey(struct store *store, int64_t now, struct account_id account,
                                    const struct webauthn_credential *credential, struct str name)
{
    return store_run(store,
                     "INSERT INTO passkey (account, credential, public_key, sign_count, transports,"
                     " backup_eligible, backed_up, aaguid, name, created_at)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                     PARAMS(datum_int(account.n), datum_bytes(credential->id),
                            datum_bytes(credential->public_key), datum_int(credential->sign_count),
                            datum_int(credential->transports),
                            datum_int(credential->backup_eligible),
                            datum_int(credential->backed_up), datum_bytes(credential->aaguid),
                            datum_text(name), datum_int(now)));
}

/* What is new about the account is told, and its first second factor brings recovery codes. */
static struct result added(struct store *store, struct arena *arena, const struct act *act,
                           const struct account *account, struct str name,
                           struct str_list *ret_codes)
{
    struct value *data = value_object(arena);

    if (account->passkeys == 0 && !account->has_totp)
        TRY(recovery_codes_make(store, arena, account->id, ret_codes));
    value_set_text(arena, data, "name", name);
    TRY(account_letter(store, arena, act, account->id, "passkey-added", data));
    return account_entry(store, arena, act, "passkey-added", account->id, data);
}

static struct result check_new(struct store *store, struct arena *arena,
                               const struct webauthn_site *site, struct str challenge,
                               const struct webauthn_registration *registration,
                               struct webauthn_credential *ret, struct refusal *ret_refusal)
{
    const struct webauthn_ceremony ceremony = { site, challenge, WEBAUTHN_REQUIRED };
    struct refusal refusal = { 0 };
    int64_t known = 0;

    refusal.error = webauthn_verify_registration(arena, &ceremony, registration, ret).error;
    if (!refusal.error)
        TRY(query_number(store, "SELECT count(*) FROM passkey WHERE credential = $1",
                         PARAMS(datum_bytes(ret->id)), &known));
    if (known > 0)
        refusal.error = &ACCOUNT_PASSKEY_TWICE;
    *ret_refusal = refusal;
    return OK;
}

static bool is_name(struct str name)
{
    return str_trim(name).n > 0 && name.n <= NAME_MAX_BYTES;
}

struct result passkey_add(struct store *store, struct arena *arena, const struct act *act,
                          const struct session *session, const struct webauthn_site *site,
                          struct str challenge, const struct webauthn_registration *registration,
                          struct str name, struct refusal *ret, struct str_list *ret_codes)
{
    struct webauthn_credential credential;
    struct str_list codes = { 0 };
    struct refusal refusal = { .error = &PASSKEY_CHALLENGE };
    struct account account;
    bool asked;

    if (!is_name(name))
        return fail(&ACCOUNT_NAME);
    TRY(account_load(store, arena, session->account, &account));
    TRY(account_is_usable(&account));
    TRY(challenge_use(store, act->now, "add", challenge, session, STR_NONE, &asked));
    if (asked)
        TRY(check_new(store, arena, site, challenge, registration, &credential, &refusal));
    if (!refusal.error) {
        TRY(insert_passkey(store, act->now, account.id, &credential, str_trim(name)));
        TRY(added(store, arena, act, &account, str_trim(name), &codes));
    }
    *ret = refusal;
    *ret_codes = codes;
    return OK;
}

/* ---- changing ---- */

static struct result passkey_name(struct store *store, struct arena *arena,
                                  struct account_id account, int64_t id, struct str *ret)
{
    struct passkey_list list;

    TRY(passkeys_of_account(store, arena, account, &list));
    for (size_t i = 0; i < list.count; i++) {
        if (list.at[i].id == id) {
            *ret = list.at[i].name;
            return OK;
        }
    }
    return fail(&ACCOUNT_PASSKEY_UNKNOWN);
}

struct result passkey_rename(struct store *store, struct arena *arena, const struct act *act,
                             struct account_id account, int64_t passkey, struct str name)
{
    struct value *payload = value_object(arena);
    struct str before;

    if (!is_name(name))
        return fail(&ACCOUNT_NAME);
    TRY(passkey_name(store, arena, account, passkey, &before));
    TRY(store_run(store, "UPDATE passkey SET name = $2 WHERE id = $1",
                  PARAMS(datum_int(passkey), datum_text(str_trim(name)))));
    value_set_text(arena, payload, "name", str_trim(name));
    value_set_text(arena, payload, "before", before);
    return account_entry(store, arena, act, "passkey-renamed", account, payload);
}

struct result passkey_remove(struct store *store, struct arena *arena, const struct act *act,
                             struct account_id id, int64_t passkey)
{
    struct value *data = value_object(arena);
    struct account account;
    struct str name;

    TRY(account_load(store, arena, id, &account));
    TRY(passkey_name(store, arena, id, passkey, &name));
    TRY(store_run(store, "DELETE FROM passkey WHERE id = $1", PARAMS(datum_int(passkey))));
    if (account.passkeys == 1 && !account.has_totp)
        TRY(store_run(store, "DELETE FROM recovery_code WHERE account = $1",
                      PARAMS(datum_int(id.n))));
    value_set_text(arena, data, "name", name);
    TRY(account_letter(store, arena, act, id, "passkey-removed", data));
    return account_entry(store, arena, act, "passkey-removed", id, data);
}

/* ---- signing in ---- */

struct result passkey_sign_in_begin(struct store *store, struct arena *arena, const struct act *act,
                                    const struct session *session, const struct visitor *visitor,
                                    struct refusal *ret, struct str *ret_challenge)
{
    struct sha256_digest browser = token_digest(visitor->browser);
    char network[17];
    const struct limit limit = { LIMIT_PASSKEY_NETWORK, limit_network(visitor->network, network) };
    struct str challenge = STR_NONE;
    struct refusal refusal = { 0 };

    if (session) {
        TRY(challenge_make(store, arena, act->now, "step-up", datum_int(session->id.n),
                           datum_null(), &challenge));
    } else {
        if (!token_is_formed(visitor->browser, STR("")))
            return fail(&ACCOUNT_LINK_BROWSER);
        TRY(limits_take(store, act->now, &limit, 1, &refusal));
        if (!refusal.error)
            TRY(challenge_make(store, arena, act->now, "sign-in", datum_null(),
                               datum_bytes(digest_bytes(&browser)), &challenge));
    }
    *ret = refusal;
    *ret_challenge = challenge;
    return OK;
}

/* A passkey that an answer names. */
struct named {
    int64_t id; /* 0: there is none */
    struct account_id account;
    struct webauthn_stored stored;
};

static struct result find_named(struct store *store, struct arena *arena, struct str credential,
                                struct named *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct named named = { 0 };

    TRY(query_begin(store,
                    "SELECT p.id, p.account, p.public_key, p.sign_count, p.backup_eligible,"
                    " a.handle FROM passkey AS p JOIN account AS a ON a.id = p.account"
                    " WHERE p.credential = $1",
                    PARAMS(datum_bytes(credential)), &query));
    if (query_next(&query)) {
        named.id = query_int(&query, 0);
        named.account.n = query_int(&query, 1);
        named.stored = (struct webauthn_stored){
            .id = credential,
            .public_key = str_copy(arena, query_bytes(&query, 2)),
            .user_handle = str_copy(arena, query_bytes(&query, 5)),
            .sign_count = (uint32_t)query_int(&query, 3),
            .backup_eligible = query_int(&query, 4) == 1,
        };
    }
    TRY(query_end(&query));
    *ret = named;
    return OK;
}

static struct result keep_use(struct store *store, int64_t now, int64_t passkey,
                              const struct webauthn_use *use)
{
    return store_run(store,
                     "UPDATE passkey SET sign_count = $2, backed_up = $3, used_at = $4"
                     " WHERE id = $1",
                     PARAMS(datum_int(passkey), datum_int(use->sign_count),
                            datum_int(use->backed_up), datum_int(now)));
}

/* Whose passkey signed. *ret is left alone where none did that may sign in here. */
static struct result who_signed(struct store *store, struct arena *arena, const struct act *act,
                                const struct session *session, const struct webauthn_site *site,
                                struct str challenge, const struct webauthn_assertion *assertion,
                                struct account_id *ret)
{
    const struct webauthn_ceremony ceremony = { site, challenge, WEBAUTHN_REQUIRED };
    struct webauthn_use use;
    struct named named;
    struct result signature;

    TRY(find_named(store, arena, assertion->id, &named));
    if (named.id == 0 || (session && session->account.n != named.account.n))
        return OK;
    signature = webauthn_verify_assertion(arena, &ceremony, &named.stored, session != NULL,
                                          assertion, &use);
    if (signature.error == &PASSKEY_COUNTED_BACK) {
        TRY(account_letter(store, arena, act, named.account, "passkey-copied",
                           value_object(arena)));
        return account_entry(store, arena, act, "passkey-counted-back", named.account, NULL);
    }
    if (failed(signature))
        return OK;
    TRY(keep_use(store, act->now, named.id, &use));
    *ret = named.account;
    return OK;
}

struct result passkey_sign_in(struct store *store, struct arena *arena, const struct act *act,
                              const struct session_rules *rules, const struct session *session,
                              const struct webauthn_site *site, struct str challenge,
                              const struct webauthn_assertion *assertion,
                              const struct visitor *visitor, struct sign_in *ret)
{
    struct session_wish wish = { .method = METHOD_PASSKEY, .strong = true, .visitor = visitor };
    bool asked;

    TRY(challenge_use(store, act->now, session ? "step-up" : "sign-in", challenge, session,
                      visitor->browser, &asked));
    if (asked)
        TRY(who_signed(store, arena, act, session, site, challenge, assertion, &wish.account));
    if (wish.account.n == 0) {
        *ret = (struct sign_in){ .refusal = { .error = &ACCOUNT_PASSKEY } };
        return OK;
    }
    if (!session)
        return sign_in_session(store, arena, act, rules, &wish, ret);
    TRY(session_mark_strong(store, act->now, session->id));
    TRY(account_entry(store, arena, act, "shown-again", session->account, NULL));
    *ret = (struct sign_in){ .account = session->account, .session = session->id };
    return OK;
}
