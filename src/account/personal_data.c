#include "account/personal_data.h"

#include "account/error.h"
#include "account/history.h"
#include "base/attr.h"
#include "register/opinion.h"
#include "register/people.h"
#include "register/record_shown.h"
#include "json/read.h"

#define PIECE 500
#define LIST_MOST 100000 /* of lists that are read at once: more than anybody has */

struct gathering {
    struct store *store;
    struct arena *arena;
    struct record_wish wish;
    struct value *data;
};

static struct value *instant_or_null(struct arena *arena, int64_t instant)
{
    return instant ? value_instant(arena, instant) : value_null(arena);
}

static struct value *text_or_null(struct arena *arena, struct str text)
{
    return text.p ? value_text(arena, text) : value_null(arena);
}

/* ---- who ---- */

static struct result add_person(struct gathering *g)
{
    struct value *value = value_object(g->arena);
    struct person_row person;

    TRY(person_load(g->store, g->arena, g->wish.person, &person));
    value_set_int(g->arena, value, "id", person.id.n);
    value_set_text(g->arena, value, "name", person.name);
    value_set(g->arena, value, "since", value_instant(g->arena, person.created));
    value_set(g->arena, g->data, "person", value);
    return OK;
}

static struct result add_account(struct gathering *g)
{
    struct value *addresses = value_array(g->arena);
    struct value *value = value_object(g->arena);
    struct address_list list;
    struct account account;
    struct result found = account_of_person(g->store, g->arena, g->wish.person, &account);

    if (found.error == &ACCOUNT_UNKNOWN) {
        value_set(g->arena, g->data, "account", value_null(g->arena));
        return OK;
    }
    TRY(found);
    TRY(account_addresses(g->store, g->arena, account.id, &list));
    for (size_t i = 0; i < list.count; i++) {
        struct value *address = value_object(g->arena);

        value_set_text(g->arena, address, "address", list.at[i].address);
        value_set_bool(g->arena, address, "primary", list.at[i].primary);
        value_set(g->arena, address, "confirmed", instant_or_null(g->arena, list.at[i].confirmed));
        value_push(g->arena, addresses, address);
    }
    value_set(g->arena, value, "created", value_instant(g->arena, account.created));
    value_set(g->arena, value, "addresses", addresses);
    value_set(g->arena, g->data, "account", value);
    return OK;
}

static struct result add_roles(struct gathering *g)
{
    struct value *list = value_array(g->arena);
    struct appointment_list roles;

    TRY(appointments_of_person(g->store, g->arena, g->wish.person, &roles));
    for (size_t i = 0; i < roles.count; i++) {
        const struct appointment *role = &roles.at[i];
        struct value *value = value_object(g->arena);

        value_set_text(g->arena, value, "role", str_from_c(appointed_role_word(role->role)));
        value_set_text(g->arena, value, "within", str_from_c(scope_kind_word(role->scope.kind)));
        value_set_text(g->arena, value, "of", role->scope.id);
        value_set(g->arena, value, "from", value_day(g->arena, role->from));
        value_set(g->arena, value, "last",
                  role->last == DAY_LAST ? value_null(g->arena) : value_day(g->arena, role->last));
        value_set(g->arena, value, "ended",
                  role->ended == DAY_NONE ? value_null(g->arena)
                                          : value_day(g->arena, role->ended));
        value_push(g->arena, list, value);
    }
    value_set(g->arena, g->data, "roles", list);
    return OK;
}

/* ---- the record ---- */

static struct result add_entries(struct gathering *g)
{
    struct record_wish wish = g->wish;
    struct value *all = value_array(g->arena);
    struct logbook_place place = { 0 };

    wish.most = PIECE;
    do {
        struct value *piece;

        TRY(shown_entries(g->store, g->arena, &wish, place, &piece, &place));
        for (size_t i = 0; i < piece->count; i++)
            value_push(g->arena, all, piece->items[i]);
    } while (place.entry);
    value_set(g->arena, g->data, "entries", all);
    return OK;
}

static struct result add_opinions(struct gathering *g)
{
    struct value *asked = value_array(g->arena);
    struct value *given = value_array(g->arena);
    struct opinion_request *requests;
    struct opinion *opinions;
    size_t count;

    TRY(opinions_asked(g->store, g->arena, g->wish.person, OPINION_SUBJECT, LIST_MOST, &requests,
                       &count));
    for (size_t i = 0; i < count; i++) {
        struct value *value = value_object(g->arena);

        value_set_text(g->arena, value, "kind", requests[i].kind);
        value_set_text(g->arena, value, "name", requests[i].name);
        value_set_text(g->arena, value, "address", requests[i].address);
        value_set_bool(g->arena, value, "confidential", requests[i].confidential);
        value_set(g->arena, value, "asked", value_instant(g->arena, requests[i].asked));
        value_push(g->arena, asked, value);
    }
    TRY(opinions_given(g->store, g->arena, g->wish.person, OPINION_SUBJECT, LIST_MOST, &opinions,
                       &count));
    for (size_t i = 0; i < count; i++) {
        struct value *value = value_object(g->arena);

        value_set_text(g->arena, value, "kind", opinions[i].kind);
        value_set(g->arena, value, "name", text_or_null(g->arena, opinions[i].name));
        value_set_text(g->arena, value, "text", opinions[i].text);
        value_set_int(g->arena, value, "entry", opinions[i].evidence.n);
        value_push(g->arena, given, value);
    }
    value_set(g->arena, g->data, "opinions_asked", asked);
    value_set(g->arena, g->data, "opinions", given);
    return OK;
}

/* ---- what was done ---- */

/* The payload as the object that it is; null once it was erased. */
static struct value *payload_value(struct arena *arena, struct str payload)
{
    const struct json_limits limits = { .bytes = (size_t)1 << 20, .depth = 16 };
    struct json_fault fault;
    struct value *value;

    if (!payload.p || failed(json_read(arena, payload, &limits, &fault, &value)))
        return value_null(arena);
    return value;
}

static struct value *done_value(struct arena *arena, const struct history_entry *entry)
{
    struct value *value = value_object(arena);

    value_set(arena, value, "at", value_instant(arena, entry->at));
    value_set_text(arena, value, "operation", entry->operation);
    value_set(arena, value, "by",
              entry->by_themself ? value_text(arena, STR("yourself"))
                                 : text_or_null(arena, entry->actor_name.p ? entry->actor_name
                                                                           : entry->actor_kind));
    value_set_text(arena, value, "right", entry->authority);
    value_set(arena, value, "details", payload_value(arena, entry->payload));
    return value;
}

static struct result add_history(struct gathering *g)
{
    struct value *all = value_array(g->arena);
    struct history_list list;
    int64_t before = 0;

    do {
        TRY(history_of_person(g->store, g->arena, g->wish.person, before, PIECE, &list));
        for (size_t i = 0; i < list.count; i++) {
            value_push(g->arena, all, done_value(g->arena, &list.at[i]));
            before = list.at[i].position;
        }
    } while (list.count == PIECE);
    value_set(g->arena, g->data, "history", all);
    return OK;
}

struct result personal_data(struct store *store, struct arena *arena, struct person_id person,
                            struct value **ret)
{
    static const struct {
        const char *key;
        struct result (*read)(struct store *store, struct arena *arena,
                              const struct record_wish *wish, struct value **ret);
    } lists[] = {
        { "facts", shown_facts },
        { "papers", shown_papers },
        { "confirmations", shown_asked },
        { "imports", shown_imports },
    };
    struct gathering g = {
        .store = store,
        .arena = arena,
        .wish = { .person = person, .position = POSITION_NOW, .most = LIST_MOST },
        .data = value_object(arena),
    };

    TRY(add_person(&g));
    TRY(add_account(&g));
    TRY(add_roles(&g));
    TRY(add_entries(&g));
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        struct value *list;

        TRY(lists[i].read(store, arena, &g.wish, &list));
        value_set(arena, g.data, lists[i].key, list);
    }
    TRY(add_opinions(&g));
    TRY(add_history(&g));
    *ret = g.data;
    return OK;
}
