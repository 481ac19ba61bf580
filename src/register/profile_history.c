/* What stood in a profile (profile.h). */
#include "register/fact_part.h"
#include "register/profile.h"

static struct profile_version version_from_row(const struct query *query, struct arena *arena)
{
    return (struct profile_version){
        .fact = fact_from_row(query, arena),
        .since = query_int(query, FACT_COLUMN_COUNT),
        .until = query_int_or(query, FACT_COLUMN_COUNT + 1, 0),
        .actor = str_copy(arena, query_text(query, FACT_COLUMN_COUNT + 2)),
        .by = { query_int_or(query, FACT_COLUMN_COUNT + 3, 0) },
        .by_name = str_copy(arena, query_text(query, FACT_COLUMN_COUNT + 4)),
    };
}

struct result profile_history(struct store *store, struct arena *arena, struct person_id person,
                              int64_t before, size_t max, struct profile_versions *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct profile_version *list = NULL;
    enum profile_kind kind;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store,
                    "SELECT " FACT_COLUMNS ", j.at, e.at, j.actor_kind, p.id, p.name"
                    " FROM fact AS f JOIN journal AS j ON j.position = f.recorded_position"
                    " LEFT JOIN journal AS e ON e.position = f.superseded_position"
                    " LEFT JOIN person AS p ON j.actor_kind = 'person' AND p.id = j.actor_id"
                    " WHERE (f.person = $1 OR f.person IN (SELECT m.other FROM person_merge AS m"
                    " WHERE m.kept = $1 AND m.superseded_position IS NULL))"
                    " AND f.id < $2 ORDER BY f.id DESC LIMIT $3",
                    PARAMS(datum_int(person.n), datum_int(before), datum_int((int64_t)max)),
                    &query));
    while (query_next(&query)) {
        struct profile_version version = version_from_row(&query, arena);

        if (profile_kind_parse(version.fact.kind, &kind))
            *ARENA_PUSH(arena, list, count, room) = version;
    }
    TRY(query_end(&query));
    *ret = (struct profile_versions){ list, count };
    return OK;
}
