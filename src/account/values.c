#include "account/values.h"

#include "json/read.h"

#define PAYLOAD_MAX ((size_t)64 * 1024)

static const char *const account_states[] = {
    [ACCOUNT_STATE_OPEN] = "open",
    [ACCOUNT_STATE_BLOCKED] = "blocked",
    [ACCOUNT_STATE_CLOSED] = "closed",
};

static const char *const claim_states[] = {
    [CLAIM_ASKED] = "asked",
    [CLAIM_ACCEPTED] = "accepted",
    [CLAIM_REFUSED] = "refused",
};

const char *account_state_word(enum account_state state)
{
    return account_states[state];
}

const char *claim_state_word(enum claim_state state)
{
    return claim_states[state];
}

struct value *instant_or_null(struct arena *arena, int64_t instant)
{
    return instant ? value_instant(arena, instant) : value_null(arena);
}

struct value *text_or_null(struct arena *arena, struct str text)
{
    return text.n > 0 ? value_text(arena, text) : value_null(arena);
}

static struct value *day_or_null(struct arena *arena, day d)
{
    return d == DAY_NONE || d == DAY_LAST ? value_null(arena) : value_day(arena, d);
}

static struct value *id_or_null(struct arena *arena, int64_t id)
{
    return id ? value_int(arena, id) : value_null(arena);
}

/* ---- people and their appointments ---- */

static struct value *named(struct arena *arena, int64_t id, struct str name)
{
    struct value *value = value_object(arena);

    value_set_int(arena, value, "id", id);
    value_set_text(arena, value, "name", name);
    return value;
}

struct result person_value(struct store *store, struct arena *arena, struct person_id person,
                           struct value **ret)
{
    struct person_row row;

    if (!person.n) {
        *ret = value_null(arena);
        return OK;
    }
    TRY(person_load(store, arena, person, &row));
    *ret = named(arena, row.id.n, row.name);
    return OK;
}

struct value *person_row_value(struct arena *arena, const struct person_row *row)
{
    struct value *value = named(arena, row->id.n, row->name);

    value_set(arena, value, "created", value_instant(arena, row->created));
    return value;
}

struct result appointment_value(struct store *store, struct arena *arena,
                                const struct appointment *appointment, day on, struct value **ret)
{
    struct value *value = value_object(arena);
    struct value *person;

    TRY(person_value(store, arena, appointment->person, &person));
    value_set_int(arena, value, "id", appointment->id.n);
    value_set(arena, value, "person", person);
    value_set_text(arena, value, "role", str_from_c(appointed_role_word(appointment->role)));
    value_set_text(arena, value, "scope", scope_text(arena, appointment->scope));
    value_set(arena, value, "from", value_day(arena, appointment->from));
    value_set(arena, value, "last", day_or_null(arena, appointment->last));
    value_set_text(arena, value, "basis", appointment->basis);
    value_set(arena, value, "ended", day_or_null(arena, appointment->ended));
    value_set(arena, value, "why", text_or_null(arena, appointment->why));
    value_set_bool(arena, value, "holds", appointment_holds(appointment, on));
    value_set_bool(arena, value, "to_begin",
                   on < appointment->from &&
                       (appointment->ended == DAY_NONE || appointment->ended > appointment->from));
    *ret = value;
    return OK;
}

struct result appointments_value(struct store *store, struct arena *arena,
                                 const struct appointment_list *list, day on, struct value **ret)
{
    struct value *values = value_array(arena);

    for (size_t i = 0; i < list->count; i++) {
        struct value *value;

        TRY(appointment_value(store, arena, &list->at[i], on, &value));
        value_push(arena, values, value);
    }
    *ret = values;
    return OK;
}

/* ---- accounts ---- */

struct result account_value(struct store *store, struct arena *arena, const struct account *account,
                            struct value **ret)
{
    struct value *value = value_object(arena);
    struct value *person;

    TRY(person_value(store, arena, account->person, &person));
    value_set_int(arena, value, "id", account->id.n);
    value_set_text(arena, value, "state", str_from_c(account_states[account->state]));
    value_set(arena, value, "created", value_instant(arena, account->created));
    value_set(arena, value, "person", person);
    *ret = value;
    return OK;
}

struct result account_whole_value(struct store *store, struct arena *arena,
                                  const struct account *account, struct value **ret)
{
    struct value *addresses = value_array(arena);
    struct address_list list;
    struct value *value;

    TRY(account_value(store, arena, account, &value));
    TRY(account_addresses(store, arena, account->id, &list));
    for (size_t i = 0; i < list.count; i++) {
        struct value *address = value_object(arena);

        value_set_text(arena, address, "address", list.at[i].address);
        value_set_bool(arena, address, "primary", list.at[i].primary);
        value_set(arena, address, "confirmed", value_instant(arena, list.at[i].confirmed));
        value_push(arena, addresses, address);
    }
    value_set(arena, value, "addresses", addresses);
    value_set_bool(arena, value, "password", account->has_password);
    value_set_bool(arena, value, "second_step", account->has_totp);
    value_set_int(arena, value, "passkeys", account->passkeys);
    value_set_int(arena, value, "recovery_codes", account->codes_left);
    *ret = value;
    return OK;
}

struct result api_token_value(struct store *store, struct arena *arena,
                              const struct api_token *token, struct value **ret)
{
    struct value *value = value_object(arena);
    struct value *scopes = value_array(arena);
    struct value *person;

    TRY(person_value(store, arena, token->person, &person));
    for (size_t i = 0; i < token->scope_count; i++)
        value_push(arena, scopes,
                   value_text(arena, str_from_c(permission_row(token->scopes[i])->name)));
    value_set_int(arena, value, "id", token->id);
    value_set_text(arena, value, "name", token->name);
    value_set(arena, value, "person", person);
    value_set(arena, value, "organisation", text_or_null(arena, token->organisation));
    value_set(arena, value, "scopes", scopes);
    value_set(arena, value, "created", value_instant(arena, token->created));
    value_set(arena, value, "last", value_day(arena, token->last));
    value_set(arena, value, "used", instant_or_null(arena, token->used));
    value_set(arena, value, "revoked", instant_or_null(arena, token->revoked));
    *ret = value;
    return OK;
}

/* ---- what waits for the office ---- */

struct result claim_value(struct store *store, struct arena *arena, const struct claim *claim,
                          struct value **ret)
{
    struct value *value = value_object(arena);
    struct value *person;

    TRY(person_value(store, arena, claim->person, &person));
    value_set_int(arena, value, "id", claim->id.n);
    value_set_text(arena, value, "state", str_from_c(claim_states[claim->state]));
    value_set_int(arena, value, "account", claim->account.n);
    value_set(arena, value, "address", text_or_null(arena, claim->address));
    value_set_text(arena, value, "name", claim->name);
    value_set_text(arena, value, "statement", claim->statement);
    value_set(arena, value, "asked", value_instant(arena, claim->asked));
    value_set(arena, value, "person", person);
    value_set(arena, value, "reason", text_or_null(arena, claim->reason));
    *ret = value;
    return OK;
}

/* How many officers have approved it: the first is known by the account, the second by the end of
   the waiting period. */
static size_t approval_count(const struct recovery *recovery)
{
    if (!recovery->account.n)
        return 0;
    return recovery->until ? 2 : 1;
}

struct result recovery_value(struct store *store, struct arena *arena,
                             const struct recovery *recovery, struct value **ret)
{
    const struct person_id officers[] = { recovery->first, recovery->second };
    struct value *value = value_object(arena);
    struct value *approvals = value_array(arena);

    for (size_t i = 0; i < approval_count(recovery); i++) {
        struct value *approval = value_object(arena);
        struct value *officer;

        TRY(person_value(store, arena, officers[i], &officer));
        value_set(arena, approval, "officer", officer);
        value_push(arena, approvals, approval);
    }
    value_set_int(arena, value, "id", recovery->id.n);
    value_set_text(arena, value, "state", str_from_c(recovery_state_word(recovery->state)));
    value_set_text(arena, value, "known_as", recovery->known_as);
    value_set_text(arena, value, "address", recovery->address);
    value_set_text(arena, value, "statement", recovery->statement);
    value_set(arena, value, "asked", value_instant(arena, recovery->asked));
    value_set(arena, value, "account", id_or_null(arena, recovery->account.n));
    value_set(arena, value, "approvals", approvals);
    value_set(arena, value, "until", instant_or_null(arena, recovery->until));
    value_set(arena, value, "reason", text_or_null(arena, recovery->reason));
    *ret = value;
    return OK;
}

/* ---- history ---- */

static struct value *details_value(struct arena *arena, struct str payload)
{
    const struct json_limits limits = { .bytes = PAYLOAD_MAX, .depth = 16 };
    struct json_fault fault;
    struct value *value;

    if (!payload.p || failed(json_read(arena, payload, &limits, &fault, &value)))
        return value_null(arena);
    return value;
}

struct value *history_entry_value(struct arena *arena, const struct history_entry *entry)
{
    struct value *value = value_object(arena);

    value_set_int(arena, value, "position", entry->position);
    value_set(arena, value, "at", value_instant(arena, entry->at));
    value_set_text(arena, value, "operation", entry->operation);
    value_set(arena, value, "by", text_or_null(arena, entry->actor_kind));
    value_set(arena, value, "actor",
              entry->actor_name.p ? named(arena, entry->actor.n, entry->actor_name)
                                  : value_null(arena));
    value_set_bool(arena, value, "themself", entry->by_themself);
    value_set_text(arena, value, "authority", entry->authority);
    value_set(arena, value, "details", details_value(arena, entry->payload));
    return value;
}

struct value *history_value(struct arena *arena, const struct history_list *list)
{
    struct value *values = value_array(arena);

    for (size_t i = 0; i < list->count; i++)
        value_push(arena, values, history_entry_value(arena, &list->at[i]));
    return values;
}
