#include "account/sign_in_parts.h"

#include "account/browser.h"
#include "account/limit.h"
#include "account/tell.h"
#include "account/token.h"
#include "hash/random.h"
#include "register/outbox.h"

#define HANDLE_SIZE 32

/* ---- what all ways end in ---- */

static struct value *session_payload(struct arena *arena, const struct session_wish *wish)
{
    struct value *payload = value_object(arena);

    value_set_text(arena, payload, "method", str_from_c(session_method_word(wish->method)));
    value_set_text(arena, payload, "agent", agent_family(arena, wish->visitor->agent));
    value_set_bool(arena, payload, "strong", wish->strong);
    return payload;
}

struct result sign_in_session(struct store *store, struct arena *arena, const struct act *act,
                              const struct session_rules *rules, const struct session_wish *wish,
                              struct sign_in *ret)
{
    struct sign_in done = { .account = wish->account, .until = act->now + rules->absolute };
    struct account account;

    TRY(account_load(store, arena, wish->account, &account));
    TRY(account_is_usable(&account));
    TRY(session_begin(store, arena, act->now, wish, &done.token, &done.session));
    TRY(account_entry(store, arena, act, "signed-in", wish->account, session_payload(arena, wish)));
    *ret = done;
    return OK;
}

static struct result ask_for_code(struct store *store, struct arena *arena, const struct act *act,
                                  const struct account *account, enum session_method method,
                                  const struct visitor *visitor, struct sign_in *ret)
{
    const struct link_wish wish = {
        .purpose = LINK_SECOND_STEP,
        .address = account->primary,
        .account = account->id,
        .browser = visitor->browser,
        .method = str_from_c(session_method_word(method)),
    };
    struct sign_in asked = { .account = account->id, .second_step = true };

    TRY(link_make(store, arena, act->now, &wish, &asked.token));
    asked.until = act->now + 10 * MINUTES;
    *ret = asked;
    return OK;
}

struct result sign_in_first_step(struct store *store, struct arena *arena, const struct act *act,
                                 const struct session_rules *rules, const struct account *account,
                                 enum session_method method, const struct visitor *visitor,
                                 struct sign_in *ret)
{
    const struct session_wish wish = {
        .account = account->id,
        .method = method,
        .strong = method == METHOD_PASSWORD || (!account->has_password && account->passkeys == 0),
        .visitor = visitor,
    };

    TRY(account_is_usable(account));
    if (account->has_totp)
        return ask_for_code(store, arena, act, account, method, visitor, ret);
    return sign_in_session(store, arena, act, rules, &wish, ret);
}

/* ---- links ---- */

/* What goes out for a request: decided by whether there is an account, not by what was asked. */
struct reply {
    enum link_purpose purpose;
    const char *template;
    bool useless; /* the letter leaves the link out */
};

static struct reply reply_to(enum link_request request, const struct account *account)
{
    if (account->id.n == 0)
        return (struct reply){ LINK_SIGN_UP, request == REQUEST_SIGN_UP ? "sign-up" : "no-account",
                               false };
    if (account->state == ACCOUNT_STATE_BLOCKED)
        return (struct reply){ LINK_SIGN_IN, "account-is-blocked", true };
    return (struct reply){ LINK_SIGN_IN, request == REQUEST_SIGN_IN ? "sign-in" : "account-exists",
                           false };
}

/* The same rows whether there is an account or not. */
static struct result send_link(struct store *store, struct arena *arena, const struct act *act,
                               enum link_request request, struct str address,
                               const struct visitor *visitor)
{
    struct account account = { 0 };
    struct result found = account_by_address(store, arena, address, &account);
    struct reply reply = reply_to(request, &account);
    struct link_wish wish = { .purpose = reply.purpose, .address = address, .account = account.id };
    struct value *data = value_object(arena);
    struct str token;

    if (failed(found) && found.error != &ACCOUNT_UNKNOWN)
        return found;
    if (reply.purpose == LINK_SIGN_IN)
        wish.browser = visitor->browser;
    TRY(link_make(store, arena, act->now, &wish, &token));
    if (!reply.useless)
        letter_link(arena, data, token,
                    act->now + (reply.purpose == LINK_SIGN_IN ? 15 * MINUTES : DAYS));
    value_set_text(arena, data, "address", address);
    TRY(letter_send(store, arena, act, address, account.person, reply.template, data));
    return journal_append(store, arena, act, "link-asked",
                          (struct journal_subject){ account.id.n ? "account" : NULL, account.id.n },
                          NULL, NULL);
}

/* Whatever strangers ask for, links go out to a browser that is known to the account. */
static struct result count_request(struct store *store, struct arena *arena, int64_t now,
                                   struct str address, const struct visitor *visitor,
                                   struct refusal *ret)
{
    struct str folded = address_folded(arena, address);
    char network[17];
    const struct limit limits[] = {
        { LIMIT_LINK_ADDRESS, limit_address(arena, folded, visitor->network) },
        { LIMIT_LINK_TOTAL, folded },
        { LIMIT_LINK_NETWORK, limit_network(visitor->network, network) },
    };
    struct limit known = { LIMIT_LINK_BROWSER, STR_NONE };
    struct account account = { 0 };
    struct result found = account_by_address(store, arena, address, &account);

    if (failed(found) && found.error != &ACCOUNT_UNKNOWN)
        return found;
    TRY(browser_key(store, arena, account.id, visitor->browser, &known.key));
    if (known.key.p)
        return limits_take(store, now, &known, 1, ret);
    return limits_take(store, now, limits, ARRAY_LEN(limits), ret);
}

struct result link_request(struct store *store, struct arena *arena, const struct act *act,
                           enum link_request request, struct str address,
                           const struct visitor *visitor, struct refusal *ret)
{
    struct refusal refusal;

    if (!mail_address_is_valid(address))
        return fail(&ACCOUNT_ADDRESS);
    if (!token_is_formed(visitor->browser, STR("")))
        return fail(&ACCOUNT_LINK_BROWSER);
    TRY(count_request(store, arena, act->now, address, visitor, &refusal));
    if (!refusal.error)
        TRY(send_link(store, arena, act, request, address, visitor));
    *ret = refusal;
    return OK;
}

struct result account_make(struct store *store, struct arena *arena, const struct act *act,
                           struct str address, struct account_id *ret)
{
    char handle[HANDLE_SIZE];
    struct value *payload = value_object(arena);
    struct account other;
    struct account_id id;
    struct result found = account_by_address(store, arena, address, &other);

    if (!failed(found))
        return fail(&ACCOUNT_ADDRESS_TAKEN);
    if (found.error != &ACCOUNT_UNKNOWN)
        return found;
    random_bytes(handle, sizeof(handle));
    TRY(store_insert(
        store,
        "INSERT INTO account (created_at, handle, totp_step) VALUES ($1, $2, -1)"
        " RETURNING id",
        PARAMS(datum_int(act->now), datum_bytes((struct str){ handle, sizeof(handle) })), &id.n));
    TRY(store_run(store,
                  "INSERT INTO account_address (account, address, folded, main, confirmed_at)"
                  " VALUES ($1, $2, $3, 1, $4)",
                  PARAMS(datum_int(id.n), datum_text(address),
                         datum_text(address_folded(arena, address)), datum_int(act->now))));
    value_set_text(arena, payload, "address", address);
    TRY(account_entry(store, arena, act, "account-made", id, payload));
    *ret = id;
    return OK;
}

struct result sign_up(struct store *store, struct arena *arena, const struct act *act,
                      const struct session_rules *rules, struct str token,
                      const struct visitor *visitor, struct sign_in *ret)
{
    struct session_wish wish = { .method = METHOD_LINK, .strong = true, .visitor = visitor };
    struct link link;

    TRY(link_use(store, arena, act->now, token, STR_NONE, LINK_SIGN_UP, &link));
    TRY(account_make(store, arena, act, link.address, &wish.account));
    return sign_in_session(store, arena, act, rules, &wish, ret);
}

struct result sign_in_by_link(struct store *store, struct arena *arena, const struct act *act,
                              const struct session_rules *rules, struct str token,
                              const struct visitor *visitor, struct sign_in *ret)
{
    struct link link;
    struct account account;

    TRY(link_use(store, arena, act->now, token, visitor->browser, LINK_SIGN_IN, &link));
    TRY(account_load(store, arena, link.account, &account));
    return sign_in_first_step(store, arena, act, rules, &account, METHOD_LINK, visitor, ret);
}
