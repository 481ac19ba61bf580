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

struct result account_letter(struct store *store, struct arena *arena, const struct act *act,
                             struct account_id id, const char *template, const struct value *data)
{
    struct account account;

    TRY(account_load(store, arena, id, &account));
    if (account.primary.n == 0)
        return OK;
    return letter_send(store, arena, act, account.primary, account.person, template, data);
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
