#include "account/second_step.h"

#include "account/browser.h"
#include "account/limit.h"
#include "account/recovery_codes.h"
#include "account/sign_in_parts.h"
#include "account/tell.h"
#include "account/totp.h"
#include "hash/encode.h"

/* ---- codes ---- */

/* What an account has to check codes with. */
struct codes {
    struct str handle;
    struct str secret; /* STR_NONE: no authenticator */
    bool in_use;       /* the secret is */
    int64_t step;
};

static struct result load_codes(struct store *store, struct arena *arena, struct account_id account,
                                struct codes *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct codes codes = { 0 };

    TRY(query_begin(store,
                    "SELECT handle, totp_secret, totp_since, totp_step FROM account WHERE id = $1",
                    PARAMS(datum_int(account.n)), &query));
    if (query_next(&query)) {
        codes.handle = str_copy(arena, query_bytes(&query, 0));
        if (query_kind(&query, 1) == DATUM_BYTES)
            codes.secret = str_copy(arena, query_bytes(&query, 1));
        codes.in_use = query_kind(&query, 2) != DATUM_NULL;
        codes.step = query_int(&query, 3);
    }
    TRY(query_end(&query));
    if (!codes.handle.p)
        return fail(&ACCOUNT_UNKNOWN);
    *ret = codes;
    return OK;
}

static struct result keep_step(struct store *store, struct account_id account, int64_t step)
{
    return store_run(store, "UPDATE account SET totp_step = $2 WHERE id = $1",
                     PARAMS(datum_int(account.n), datum_int(step)));
}

struct result code_use(struct store *store, struct arena *arena, int64_t now,
                       struct account_id account, struct str code, bool *ret)
{
    struct codes codes;
    struct sha256_digest digest;
    int64_t step;
    int64_t used = 0;

    TRY(load_codes(store, arena, account, &codes));
    if (codes.in_use && totp_check(codes.secret, code, now, codes.step, &step)) {
        TRY(keep_step(store, account, step));
        *ret = true;
        return OK;
    }
    if (recovery_code_hash(codes.handle, code, &digest))
        TRY(store_change(
            store, "DELETE FROM recovery_code WHERE account = $1 AND digest = $2",
            PARAMS(datum_int(account.n),
                   datum_bytes((struct str){ (const char *)digest.bytes, sizeof(digest.bytes) })),
            &used));
    *ret = used == 1;
    return OK;
}

struct result recovery_codes_make(struct store *store, struct arena *arena,
                                  struct account_id account, struct str_list *ret_codes)
{
    struct recovery_code codes[RECOVERY_CODE_COUNT];
    struct str *texts = ARENA_ARRAY(arena, RECOVERY_CODE_COUNT, struct str);
    struct codes has;

    TRY(load_codes(store, arena, account, &has));
    recovery_codes_new(has.handle, codes);
    TRY(store_run(store, "DELETE FROM recovery_code WHERE account = $1",
                  PARAMS(datum_int(account.n))));
    for (size_t i = 0; i < RECOVERY_CODE_COUNT; i++) {
        texts[i] = str_copy(arena, str_from_c(codes[i].text));
        TRY(store_run(store, "INSERT INTO recovery_code (account, digest) VALUES ($1, $2)",
                      PARAMS(datum_int(account.n),
                             datum_bytes((struct str){ (const char *)codes[i].hash.bytes,
                                                       sizeof(codes[i].hash.bytes) }))));
    }
    *ret_codes = (struct str_list){ texts, RECOVERY_CODE_COUNT };
    return OK;
}

/* ---- signing in ---- */

/* `known` is the key of a browser or session of the account's; STR_NONE: it is another one. */
static struct result take_code(struct store *store, struct arena *arena, int64_t now,
                               struct account_id account, struct str known, struct str code,
                               struct refusal *ret)
{
    char number[8];
    const struct limit limit = { LIMIT_CODE_ACCOUNT, limit_number(account.n, number) };
    const struct limit own = { LIMIT_CODE_BROWSER, known };
    struct refusal refusal;
    bool right = false;

    TRY(limits_take(store, now, known.p ? &own : &limit, 1, &refusal));
    if (!refusal.error) {
        TRY(code_use(store, arena, now, account, code, &right));
        if (!right)
            refusal.error = &ACCOUNT_CODE;
    }
    *ret = refusal;
    return OK;
}

struct result second_step(struct store *store, struct arena *arena, const struct act *act,
                          const struct session_rules *rules, struct str token, struct str code,
                          const struct visitor *visitor, struct sign_in *ret)
{
    struct session_wish wish = { .strong = true, .visitor = visitor };
    struct refusal refusal;
    struct link link;
    struct str known;

    TRY(link_peek(store, arena, act->now, token, visitor->browser, LINK_SECOND_STEP, &link));
    TRY(browser_key(store, arena, link.account, visitor->browser, &known));
    TRY(take_code(store, arena, act->now, link.account, known, code, &refusal));
    if (refusal.error) {
        *ret = (struct sign_in){ .refusal = refusal };
        return OK;
    }
    TRY(link_use(store, arena, act->now, token, visitor->browser, LINK_SECOND_STEP, &link));
    wish.account = link.account;
    wish.method = session_method_of(link.method);
    return sign_in_session(store, arena, act, rules, &wish, ret);
}

struct result second_step_again(struct store *store, struct arena *arena, const struct act *act,
                                const struct session *session, struct str code, struct refusal *ret)
{
    struct refusal refusal;

    TRY(take_code(store, arena, act->now, session->account, browser_session_key(arena, session),
                  code, &refusal));
    if (!refusal.error) {
        TRY(session_mark_strong(store, act->now, session->id));
        TRY(account_entry(store, arena, act, "shown-again", session->account, NULL));
    }
    *ret = refusal;
    return OK;
}

/* ---- setting up ---- */

struct result totp_begin(struct store *store, struct arena *arena, const struct act *act,
                         struct account_id id, struct str *ret_secret)
{
    struct str secret = totp_secret_new(arena);
    struct account account;

    TRY(account_load(store, arena, id, &account));
    TRY(account_is_usable(&account));
    if (account.has_totp)
        return fail(&ACCOUNT_SECOND_STEP);
    TRY(store_run(store, "UPDATE account SET totp_secret = $2, totp_step = -1 WHERE id = $1",
                  PARAMS(datum_int(id.n), datum_bytes(secret))));
    TRY(account_entry(store, arena, act, "authenticator-begun", id, NULL));
    *ret_secret = secret;
    return OK;
}

struct result totp_begun(struct store *store, struct arena *arena, struct account_id account,
                         struct str *ret_secret)
{
    struct codes codes;

    TRY(load_codes(store, arena, account, &codes));
    *ret_secret = codes.in_use ? STR_NONE : codes.secret;
    return OK;
}

struct result totp_confirm(struct store *store, struct arena *arena, const struct act *act,
                           struct account_id id, struct str code, struct refusal *ret,
                           struct str_list *ret_codes)
{
    char number[8];
    const struct limit limit = { LIMIT_CODE_ACCOUNT, limit_number(id.n, number) };
    struct str_list list = { 0 };
    struct refusal refusal;
    struct codes codes;
    int64_t step;

    TRY(load_codes(store, arena, id, &codes));
    if (!codes.secret.p || codes.in_use)
        return fail(&ACCOUNT_SECOND_STEP);
    TRY(limits_take(store, act->now, &limit, 1, &refusal));
    if (!refusal.error && !totp_check(codes.secret, code, act->now, codes.step, &step))
        refusal.error = &ACCOUNT_CODE;
    if (!refusal.error) {
        TRY(store_run(store, "UPDATE account SET totp_since = $2 WHERE id = $1",
                      PARAMS(datum_int(id.n), datum_int(act->now))));
        TRY(keep_step(store, id, step));
        TRY(recovery_codes_make(store, arena, id, &list));
        TRY(account_letter(store, arena, act, id, "authenticator-added", value_object(arena)));
        TRY(account_entry(store, arena, act, "authenticator-added", id, NULL));
    }
    *ret = refusal;
    *ret_codes = list;
    return OK;
}

struct result totp_remove(struct store *store, struct arena *arena, const struct act *act,
                          struct account_id id)
{
    struct account account;

    TRY(account_load(store, arena, id, &account));
    if (!account.has_totp)
        return fail(&ACCOUNT_SECOND_STEP);
    TRY(store_run(store,
                  "UPDATE account SET totp_secret = NULL, totp_since = NULL, totp_step = -1"
                  " WHERE id = $1",
                  PARAMS(datum_int(id.n))));
    if (account.passkeys == 0)
        TRY(store_run(store, "DELETE FROM recovery_code WHERE account = $1",
                      PARAMS(datum_int(id.n))));
    TRY(account_letter(store, arena, act, id, "authenticator-removed", value_object(arena)));
    return account_entry(store, arena, act, "authenticator-removed", id, NULL);
}

struct result recovery_codes_renew(struct store *store, struct arena *arena, const struct act *act,
                                   struct account_id id, struct str_list *ret_codes)
{
    struct str_list codes;
    struct account account;

    TRY(account_load(store, arena, id, &account));
    if (!account.has_totp && account.passkeys == 0)
        return fail(&ACCOUNT_SECOND_STEP);
    TRY(recovery_codes_make(store, arena, id, &codes));
    TRY(account_letter(store, arena, act, id, "recovery-codes-renewed", value_object(arena)));
    TRY(account_entry(store, arena, act, "recovery-codes-renewed", id, NULL));
    *ret_codes = codes;
    return OK;
}
