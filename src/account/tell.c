#include "account/tell.h"

#include "base/date.h"
#include "register/outbox.h"

struct result account_entry(struct store *store, struct arena *arena, const struct act *act,
                            const char *operation, struct account_id account,
                            const struct value *payload)
{
    return journal_append(store, arena, act, operation,
                          (struct journal_subject){ "account", account.n }, payload, NULL);
}

struct str instant_text(struct arena *arena, int64_t instant)
{
    const struct act at = { .now = instant };
    day on = act_day(&at);
    int64_t minutes = (instant - on * DAYS) / MINUTES;
    char text[DAY_TEXT_SIZE];

    return str_format(arena, "%sT%02d:%02dZ", day_text(on, text), (int)(minutes / 60),
                      (int)(minutes % 60));
}

void letter_link(struct arena *arena, struct value *data, struct str token, int64_t until)
{
    value_set_text(arena, data, "path", link_path(arena, token));
    value_set_text(arena, data, "until", instant_text(arena, until));
}

struct result letter_send(struct store *store, struct arena *arena, const struct act *act,
                          struct str address, struct person_id about, const char *template,
                          const struct value *data)
{
    const struct letter letter = {
        .to = address,
        .about = about,
        .template = template,
        .data = data,
        .urgency = LETTER_NOW,
    };

    return outbox_add(store, arena, act, &letter);
}

static struct result to_primary(struct store *store, struct arena *arena, const struct act *act,
                                struct account_id id, enum letter_urgency urgency,
                                const char *template, const struct value *data)
{
    struct letter letter = { .template = template, .data = data, .urgency = urgency };
    struct account account;

    TRY(account_load(store, arena, id, &account));
    if (account.primary.n == 0)
        return OK;
    letter.to = account.primary;
    letter.about = account.person;
    return outbox_add(store, arena, act, &letter);
}

struct result account_letter(struct store *store, struct arena *arena, const struct act *act,
                             struct account_id id, const char *template, const struct value *data)
{
    return to_primary(store, arena, act, id, LETTER_NOW, template, data);
}

struct result account_news(struct store *store, struct arena *arena, const struct act *act,
                           struct account_id id, const char *template, const struct value *data)
{
    return to_primary(store, arena, act, id, LETTER_DIGEST, template, data);
}

/* Whether the person of a role was found by another one before it. */
static bool is_repeated(const struct appointment_list *held, size_t at, enum permission permission)
{
    for (size_t i = 0; i < at; i++) {
        if (held->at[i].person.n == held->at[at].person.n &&
            appointment_allows(&held->at[i], permission))
            return true;
    }
    return false;
}

struct result office_news(struct store *store, struct arena *arena, const struct act *act,
                          enum permission permission, const char *template,
                          const struct value *data)
{
    struct appointment_list held;

    TRY(appointments_within(store, arena, SCOPE_ALL, act_day(act), &held));
    for (size_t i = 0; i < held.count; i++) {
        struct account account;
        struct result found;

        if (!appointment_allows(&held.at[i], permission) || is_repeated(&held, i, permission))
            continue;
        found = account_of_person(store, arena, held.at[i].person, &account);
        if (failed(found) && found.error != &ACCOUNT_UNKNOWN)
            return found;
        if (!failed(found) && account.state == ACCOUNT_STATE_OPEN)
            TRY(account_news(store, arena, act, account.id, template, data));
    }
    return OK;
}

struct str one_line(struct arena *arena, struct str text)
{
    char *line = arena_alloc(arena, text.n + 1);

    for (size_t i = 0; i < text.n; i++)
        line[i] = (unsigned char)text.p[i] < ' ' || text.p[i] == 0x7f ? ' ' : text.p[i];
    return (struct str){ line, text.n };
}

struct result account_letter_all(struct store *store, struct arena *arena, const struct act *act,
                                 struct account_id id, const char *template,
                                 const struct value *data)
{
    struct account account;
    struct address_list list;

    TRY(account_load(store, arena, id, &account));
    TRY(account_addresses(store, arena, id, &list));
    for (size_t i = 0; i < list.count; i++)
        TRY(letter_send(store, arena, act, list.at[i].address, account.person, template, data));
    return OK;
}

struct result account_is_usable(const struct account *account)
{
    if (account->state == ACCOUNT_STATE_CLOSED)
        return fail(&ACCOUNT_CLOSED);
    return account->state == ACCOUNT_STATE_BLOCKED ? fail(&ACCOUNT_BLOCKED) : OK;
}

struct result query_number(struct store *store, const char *sql, struct params params, int64_t *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t number = 0;

    TRY(query_begin(store, sql, params, &query));
    if (query_next(&query))
        number = query_int(&query, 0);
    TRY(query_end(&query));
    *ret = number;
    return OK;
}
