#include "cli/record_whole.h"

#include "account/merging.h"
#include "account/values.h"
#include "register/record_shown.h"
#include "register/record_standing.h"
#include "register/scheme_texts.h"
#include "register/standing_compare.h"

#define THINGS_MAX 100000 /* of a list: all */

struct showing {
    struct store *store;
    struct arena *arena;
    struct person_id person;
    day at; /* DAY_NONE: now */
    day today;
};

/* Where they stood and stand; an empty list without a scheme. */
static struct result standings_value(const struct showing *showing, int64_t position,
                                     struct value **ret)
{
    struct record_question question = {
        .person = showing->person,
        .at = showing->at,
        .position = position,
        .today = showing->today,
    };
    struct standing_check then;
    struct standing_check now;
    struct scheme_side side;
    struct value *before;
    struct value *after;
    struct diags diags;
    struct result read;

    diags_init(&diags, showing->arena);
    read = scheme_side_at(showing->store, showing->arena, SCHEME_NOW, &diags, &side);
    if (read.error == &SCHEME_MISSING) {
        *ret = value_array(showing->arena);
        return OK;
    }
    TRY(read);
    question.scheme = side.scheme;
    TRY(record_standing(showing->store, showing->arena, &question, &then, &now));
    TRY(standing_summary_value(showing->arena, &now, 0, &after));
    before = after;
    if (showing->at != DAY_NONE)
        TRY(standing_summary_value(showing->arena, &then, 0, &before));
    *ret = standing_compare_value(showing->arena, before, after);
    return OK;
}

static struct result numbers_value(const struct showing *showing, const struct person_group *group,
                                   struct value **ret)
{
    struct value *numbers = value_array(showing->arena);

    for (size_t i = 0; i < group->count; i++) {
        struct value *person;

        TRY(person_value(showing->store, showing->arena, group->at[i], &person));
        value_push(showing->arena, numbers, person);
    }
    *ret = numbers;
    return OK;
}

static const struct {
    const char *key;
    struct result (*read)(struct store *store, struct arena *arena, const struct record_wish *wish,
                          struct value **ret);
} lists[] = {
    { "facts", shown_facts },       { "papers", shown_papers }, { "asked", shown_asked },
    { "opinions", shown_opinions }, { "audits", shown_audits }, { "imports", shown_imports },
};

static struct result read_parts(struct showing *showing, struct value **ret)
{
    struct arena *arena = showing->arena;
    struct record_wish wish = { .position = POSITION_NOW, .most = THINGS_MAX };
    const struct logbook_place from_the_latest = { 0 };
    struct value *value = value_object(arena);
    struct logbook_place next;
    struct person_group group;
    struct person_row row;
    struct value *part;

    TRY(person_load(showing->store, arena, showing->person, &row));
    TRY(person_kept(showing->store, showing->person, &showing->person));
    if (showing->at != DAY_NONE)
        TRY(position_of_day(showing->store, showing->at, &wish.position));
    TRY(person_group(showing->store, showing->person, wish.position, &group));
    wish.person = group.at[0];
    TRY(person_value(showing->store, arena, showing->person, &part));
    value_set(arena, value, "person", part);
    value_set(arena, value, "at",
              showing->at == DAY_NONE ? value_null(arena) : value_day(arena, showing->at));
    TRY(numbers_value(showing, &group, &part));
    value_set(arena, value, "numbers", part);
    TRY(standings_value(showing, wish.position, &part));
    value_set(arena, value, "standings", part);
    TRY(shown_counts(showing->store, arena, &wish, &part));
    value_set(arena, value, "counts", part);
    TRY(shown_entries(showing->store, arena, &wish, from_the_latest, &part, &next));
    value_set(arena, value, "entries", part);
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        TRY(lists[i].read(showing->store, arena, &wish, &part));
        value_set(arena, value, lists[i].key, part);
    }
    *ret = value;
    return OK;
}

struct result record_whole(struct store *store, struct arena *arena, struct person_id person,
                           day at, day today, struct value **ret)
{
    struct showing showing = {
        .store = store,
        .arena = arena,
        .person = person,
        .at = at,
        .today = today,
    };

    return read_parts(&showing, ret);
}
