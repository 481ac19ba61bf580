/* Signing in by a password, and setting one (sign_in.h). */
#include "account/browser.h"
#include "account/limit.h"
#include "account/password.h"
#include "account/sign_in_parts.h"
#include "account/tell.h"
#include "hash/secret.h"

/* What is kept of an account's password; STR_NONE for none, or where there is no account. */
static struct result kept_password(struct store *store, struct arena *arena,
                                   struct account_id account, struct str *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct str kept = STR_NONE;

    TRY(query_begin(store, "SELECT password FROM account WHERE id = $1",
                    PARAMS(datum_int(account.n)), &query));
    if (query_next(&query) && query_kind(&query, 0) == DATUM_TEXT)
        kept = str_copy(arena, query_text(&query, 0));
    TRY(query_end(&query));
    *ret = kept;
    return OK;
}

/* Whatever strangers try, a browser that is known to the account has attempts of its own. */
static struct result count_attempt(struct store *store, struct arena *arena, int64_t now,
                                   struct str address, struct account_id account,
                                   const struct visitor *visitor, struct refusal *ret)
{
    struct str folded = address_folded(arena, address);
    char number[8];
    char network[17];
    /* Where there is no account, the same is counted for its address. */
    const struct limit limits[] = {
        { LIMIT_PASSWORD_ADDRESS, limit_address(arena, folded, visitor->network) },
        { LIMIT_PASSWORD_ACCOUNT, account.n ? limit_number(account.n, number) : folded },
        { LIMIT_PASSWORD_NETWORK, limit_network(visitor->network, network) },
    };
    struct limit known = { LIMIT_PASSWORD_BROWSER, STR_NONE };

    TRY(browser_key(store, arena, account, visitor->browser, &known.key));
    if (known.key.p)
        return limits_take(store, now, &known, 1, ret);
    return limits_take(store, now, limits, ARRAY_LEN(limits), ret);
}

struct result password_attempt_begin(struct store *store, struct arena *arena,
                                     const struct act *act, struct str address,
                                     const struct visitor *visitor, struct password_attempt *ret)
{
    struct password_attempt attempt = { 0 };
    struct account account = { 0 };
    struct result found = account_by_address(store, arena, address, &account);

    if (failed(found) && found.error != &ACCOUNT_UNKNOWN)
        return found;
    TRY(count_attempt(store, arena, act->now, address, account.id, visitor, &attempt.refusal));
    attempt.account = account.id;
    TRY(kept_password(store, arena, account.id, &attempt.hash));
    *ret = attempt;
    return OK;
}

struct result password_attempt_again(struct store *store, struct arena *arena,
                                     const struct act *act, const struct session *session,
                                     struct password_attempt *ret)
{
    const struct limit limit = { LIMIT_PASSWORD_BROWSER, browser_session_key(arena, session) };
    struct password_attempt attempt = { .account = session->account, .session = session->id };

    TRY(limits_take(store, act->now, &limit, 1, &attempt.refusal));
    TRY(kept_password(store, arena, session->account, &attempt.hash));
    *ret = attempt;
    return OK;
}

struct result password_attempt_check(struct password_attempt *attempt, struct str password)
{
    BUG_IF(attempt->refusal.error);
    return password_verify(password, attempt->hash, &attempt->fits);
}

/* They are signed in, and have shown once more who they are. */
static struct result step_up(struct store *store, struct arena *arena, const struct act *act,
                             const struct account *account, struct session_id session,
                             struct sign_in *ret)
{
    TRY(account_is_usable(account));
    if (account->has_totp) {
        *ret = (struct sign_in){ .second_step = true, .account = account->id, .session = session };
        return OK;
    }
    TRY(session_mark_strong(store, act->now, session));
    TRY(account_entry(store, arena, act, "shown-again", account->id, NULL));
    *ret = (struct sign_in){ .account = account->id, .session = session };
    return OK;
}

struct result password_attempt_end(struct store *store, struct arena *arena, const struct act *act,
                                   const struct session_rules *rules,
                                   const struct password_attempt *attempt,
                                   const struct visitor *visitor, struct sign_in *ret)
{
    struct account account;
    struct str kept;

    BUG_IF(attempt->refusal.error);
    TRY(kept_password(store, arena, attempt->account, &kept));
    if (!attempt->fits || !kept.p || !secret_equal(kept, attempt->hash)) {
        *ret = (struct sign_in){ .refusal = { .error = &ACCOUNT_SIGN_IN } };
        return OK;
    }
    TRY(account_load(store, arena, attempt->account, &account));
    if (attempt->session.n)
        return step_up(store, arena, act, &account, attempt->session, ret);
    return sign_in_first_step(store, arena, act, rules, &account, METHOD_PASSWORD, visitor, ret);
}

/* ---- setting one ---- */

static struct result change_password(struct store *store, struct arena *arena,
                                     const struct act *act, struct account_id id, struct str hash,
                                     struct session_id keep)
{
    const char *what = hash.p ? "password-set" : "password-removed";
    struct account account;
    int64_t ended;

    TRY(account_load(store, arena, id, &account));
    TRY(account_is_usable(&account));
    TRY(store_run(store, "UPDATE account SET password = $2 WHERE id = $1",
                  PARAMS(datum_int(id.n), datum_text(hash))));
    TRY(sessions_end(store, act->now, id, keep, "password", &ended));
    TRY(account_letter(store, arena, act, id, what, value_object(arena)));
    return account_entry(store, arena, act, what, id, NULL);
}

struct result password_set(struct store *store, struct arena *arena, const struct act *act,
                           struct account_id account, struct str hash, struct session_id keep)
{
    BUG_IF(!hash.p);
    return change_password(store, arena, act, account, hash, keep);
}

struct result password_remove(struct store *store, struct arena *arena, const struct act *act,
                              struct account_id account, struct session_id keep)
{
    return change_password(store, arena, act, account, STR_NONE, keep);
}

struct result password_rehash(struct store *store, const struct password_attempt *attempt,
                              struct str hash)
{
    return store_run(
        store, "UPDATE account SET password = $3 WHERE id = $1 AND password = $2",
        PARAMS(datum_int(attempt->account.n), datum_text(attempt->hash), datum_text(hash)));
}
