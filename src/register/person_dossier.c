#include "register/person_dossier.h"

#include "register/evidence.h"

/* The edition in quotes; none where there is none. */
static struct edition_number edition_of(struct str value)
{
    struct edition_number edition;

    if (value.n > 2 && edition_number_parse(str_take(str_drop(value, 1), value.n - 2), &edition))
        return edition;
    return (struct edition_number){ .parts = 0 };
}

/* The facts of a person that a dossier has members for, known at a position. */
#define DOSSIER_FACTS                                                                              \
    "SELECT kind, name, value, from_day FROM fact AS f WHERE person = $1"                          \
    " AND kind IN ('" FACT_BORN "', '" FACT_ANCHOR "', '" FACT_DECLARATION "')"                    \
    " AND from_day IS NOT NULL AND" KNOWN_AT("f", "$2") " ORDER BY id"

/* A dossier has one day of each name: the last one's word counts. */
static void set_anchor(struct arena *arena, struct str name, day on, struct dossier *dossier)
{
    for (size_t i = 0; i < dossier->anchor_count; i++) {
        if (str_eq(dossier->anchors[i].name, name)) {
            dossier->anchors[i].on = on;
            return;
        }
    }
    *ARENA_PUSH(arena, dossier->anchors, dossier->anchor_count, dossier->anchor_room) =
        (struct anchor){ name, on };
}

static void add_fact(const struct query *query, struct arena *arena, struct dossier *dossier)
{
    struct str kind = query_text(query, 0);
    struct str name = str_copy(arena, query_text(query, 1));
    day on = (day)query_int(query, 3);

    if (str_eq_c(kind, FACT_BORN))
        dossier->born = on;
    else if (str_eq_c(kind, FACT_ANCHOR))
        set_anchor(arena, name, on, dossier);
    else
        *ARENA_PUSH(arena, dossier->declarations, dossier->declaration_count,
                    dossier->declaration_room) =
            (struct declaration){ name, on, edition_of(query_text(query, 2)) };
}

static struct result add_facts(struct store *store, struct arena *arena, struct person_id person,
                               int64_t position, struct dossier *dossier)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(store, DOSSIER_FACTS, PARAMS(datum_int(person.n), datum_int(position)),
                    &query));
    while (query_next(&query))
        add_fact(&query, arena, dossier);
    return query_end(&query);
}

struct result person_dossier(struct store *store, struct arena *arena, struct person_id person,
                             int64_t position, day known, struct dossier *dossier)
{
    struct person_group group;

    TRY(evidence_into(store, arena, person, position, dossier));
    TRY(person_group(store, person, position, &group));
    /* Where they say different things, the word of the one who is kept counts, who comes last. */
    for (size_t i = group.count; i-- > 0;)
        TRY(add_facts(store, arena, group.at[i], position, dossier));
    dossier->known = known;
    return OK;
}

struct result person_dossier_on(struct store *store, struct arena *arena, struct person_id person,
                                day known, struct dossier *dossier)
{
    int64_t position;

    TRY(position_of_day(store, known, &position));
    return person_dossier(store, arena, person, position, known, dossier);
}
