/* The overview: who one is here, what is set up, and what to add next. */
#include "account/api_token.h"
#include "account/claim.h"
#include "web/own.h"

#define FEW_CODES 3 /* as many as there should be left */

/* ---- the shape ---- */

static const char *const advice_words[] = { "passkey", "recovery-codes", "address", "claim", NULL };
static const struct shape advice_shape = { .kind = IS_WORD, .words = advice_words };

static const struct shape_member person_members[] = {
    { "id", &shape_int, false, "Their number in the register" },
    { "name", &shape_text, false, "Their name there" },
    { 0 },
};
static const struct shape person_shape = { .kind = IS_OBJECT,
                                           .name = "OwnPerson",
                                           .members = person_members };

static const struct shape_member members[] = {
    OWN_MEMBERS,
    { "address", &shape_text, false, "The primary address of the account" },
    { "created", &shape_instant, false, "When the account was made" },
    { "person", &person_shape, true, "Whose account it is; null until it claims somebody" },
    { "claim_waits", &shape_bool, false, "Whether a request to claim a person waits" },
    { "next", &advice_shape, true, "What is best set up next; null: all is well" },
    { "password", &shape_bool, false, "Whether it has a password" },
    { "authenticator", &shape_bool, false, "Whether codes of an authenticator are asked for" },
    { "passkeys", &shape_int, false, "How many passkeys it has" },
    { "recovery_codes", &shape_int, false, "How many recovery codes are left" },
    { "addresses", &shape_int, false, "How many addresses it has" },
    { "sessions", &shape_int, false, "In how many browsers it is signed in, this one included" },
    { "tokens", &shape_int, false, "How many tokens of own programs work" },
    { "roles", &shape_int, false, "How many roles are held today" },
    { 0 },
};
const struct shape own_home_shape = { .kind = IS_OBJECT, .name = "OwnAccount", .members = members };

/* ---- the view ---- */

static struct result set_person(const struct own *own, struct value *view)
{
    struct value *value = value_object(own->arena);
    struct person_row person;

    if (own->account.person.n == 0) {
        value_set(own->arena, view, "person", value_null(own->arena));
        return OK;
    }
    TRY(person_load(own->store, own->arena, own->account.person, &person));
    value_set_int(own->arena, value, "id", person.id.n);
    value_set_text(own->arena, value, "name", person.name);
    value_set(own->arena, view, "person", value);
    return OK;
}

static struct result claim_waits(const struct own *own, bool *ret)
{
    struct claim claim;
    struct result found = claim_of_account(own->store, own->arena, own->account.id, &claim);

    if (found.error == &ACCOUNT_CLAIM_UNKNOWN) {
        *ret = false;
        return OK;
    }
    TRY(found);
    *ret = claim.state == CLAIM_ASKED;
    return OK;
}

static struct result count_tokens(const struct own *own, int64_t *ret)
{
    struct act at = { .now = call_now(own->call) };
    struct api_token_list list = { 0 };
    int64_t count = 0;

    if (own->account.person.n)
        TRY(api_tokens_of_person(own->store, own->arena, own->account.person, &list));
    for (size_t i = 0; i < list.count; i++)
        count += !list.at[i].revoked && list.at[i].last >= act_day(&at);
    *ret = count;
    return OK;
}

/* What keeps somebody from being locked out comes first. */
static struct value *next_value(const struct own *own, size_t addresses, bool waits)
{
    const struct account *account = &own->account;
    const bool wanted[] = {
        account->passkeys == 0,
        (account->passkeys > 0 || account->has_totp) && account->codes_left < FEW_CODES,
        addresses == 1,
        account->person.n == 0 && !waits,
    };

    for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
        if (wanted[i])
            return value_text(own->arena, str_from_c(advice_words[i]));
    }
    return value_null(own->arena);
}

struct result own_home_answer(struct call *call, struct value **ret)
{
    struct session_list sessions;
    struct address_list addresses;
    struct value *view;
    struct own own;
    int64_t tokens;
    bool waits;

    TRY(own_begin(call, &own));
    TRY(account_addresses(own.store, own.arena, own.account.id, &addresses));
    TRY(sessions_of_account(own.store, own.arena, call_session_rules(call), call_now(call),
                            own.account.id, &sessions));
    TRY(count_tokens(&own, &tokens));
    TRY(claim_waits(&own, &waits));
    view = own_view(&own);
    value_set_text(own.arena, view, "address", own.account.primary);
    own_set_instant(&own, view, "created", own.account.created);
    TRY(set_person(&own, view));
    value_set_bool(own.arena, view, "claim_waits", waits);
    value_set(own.arena, view, "next", next_value(&own, addresses.count, waits));
    value_set_bool(own.arena, view, "password", own.account.has_password);
    value_set_bool(own.arena, view, "authenticator", own.account.has_totp);
    value_set_int(own.arena, view, "passkeys", own.account.passkeys);
    value_set_int(own.arena, view, "recovery_codes", own.account.codes_left);
    value_set_int(own.arena, view, "addresses", (int64_t)addresses.count);
    value_set_int(own.arena, view, "sessions", (int64_t)sessions.count);
    value_set_int(own.arena, view, "tokens", tokens);
    value_set_int(own.arena, view, "roles", (int64_t)call_who(call)->roles.count);
    *ret = view;
    return OK;
}
