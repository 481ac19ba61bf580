#include "register/fact.h"

#include "register/fact_part.h"
#include "register/journal_entry.h"

#define DAY_MICROSECONDS INT64_C(86400000000)

static const char *const visible_words[] = {
    [VISIBLE_PRIVATE] = "private",
    [VISIBLE_MEMBERS] = "members",
    [VISIBLE_PUBLIC] = "public",
};

const char *visible_word(enum visible visible)
{
    return visible_words[visible];
}

bool visible_parse(struct str word, enum visible *ret)
{
    for (size_t i = 0; i < ARRAY_LEN(visible_words); i++) {
        if (str_eq_c(word, visible_words[i])) {
            *ret = (enum visible)i;
            return true;
        }
    }
    return false;
}

struct result position_of_day(struct store *store, day on, int64_t *ret)
{
    return journal_position_before(store, ((int64_t)on + 1) * DAY_MICROSECONDS, ret);
}

static struct datum day_or_null(day on, day none)
{
    return on == none ? datum_null() : datum_int(on);
}

struct result fact_record(struct store *store, const struct person_fact *fact, int64_t position,
                          struct fact_id *ret)
{
    return store_insert(
        store,
        "INSERT INTO fact (person, kind, name, value, from_day, until_day, visible,"
        " recorded_position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        PARAMS(datum_int(fact->person.n), datum_text(fact->kind),
               datum_text(fact->name.p ? fact->name : STR("")),
               datum_text(fact->value.p ? fact->value : STR("")),
               day_or_null(fact->from, DAY_FIRST), day_or_null(fact->until, DAY_LAST),
               datum_text(str_from_c(visible_words[fact->visible])), datum_int(position)),
        &ret->n);
}

struct result fact_supersede(struct store *store, struct fact_id id, int64_t position)
{
    return store_run(store, "UPDATE fact SET superseded_position = $2 WHERE id = $1",
                     PARAMS(datum_int(id.n), datum_int(position)));
}

struct person_fact fact_from_row(const struct query *query, struct arena *arena)
{
    struct person_fact fact = {
        .id = { query_int(query, 0) },
        .person = { query_int(query, 1) },
        .kind = str_copy(arena, query_text(query, 2)),
        .name = str_copy(arena, query_text(query, 3)),
        .value = str_copy(arena, query_text(query, 4)),
        .from = (day)query_int_or(query, 5, DAY_FIRST),
        .until = (day)query_int_or(query, 6, DAY_LAST),
        .recorded = query_int(query, 8),
        .superseded = query_int_or(query, 9, 0),
    };

    /* What a later program knows more of is nobody's business. */
    if (!visible_parse(query_text(query, 7), &fact.visible))
        fact.visible = VISIBLE_PRIVATE;
    return fact;
}

#define FACTS "SELECT " FACT_COLUMNS " FROM fact AS f WHERE person = $1 AND" KNOWN_AT("f", "$2")

struct result facts_of(struct store *store, struct arena *arena, struct person_id person,
                       struct str kind, int64_t position, struct fact_list *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct person_fact *list = NULL;
    size_t count = 0;
    size_t room = 0;

    if (kind.p)
        TRY(query_begin(store, FACTS " AND kind = $3 ORDER BY kind, id",
                        PARAMS(datum_int(person.n), datum_int(position), datum_text(kind)),
                        &query));
    else
        TRY(query_begin(store, FACTS " ORDER BY kind, id",
                        PARAMS(datum_int(person.n), datum_int(position)), &query));
    while (query_next(&query))
        *ARENA_PUSH(arena, list, count, room) = fact_from_row(&query, arena);
    TRY(query_end(&query));
    *ret = (struct fact_list){ list, count };
    return OK;
}
