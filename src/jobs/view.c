/* What jobs.h tells of how it goes. */
#include "jobs/jobs.h"

static void set_instant(struct arena *arena, struct value *object, const char *key,
                        const struct query *query, size_t column)
{
    char text[INSTANT_SIZE];

    if (query_kind(query, column) == DATUM_NULL)
        value_set(arena, object, key, value_null(arena));
    else
        value_set_text(arena, object, key,
                       str_copy(arena, str_from_c(instant_utc(query_int(query, column), text))));
}

static void set_text(struct arena *arena, struct value *object, const char *key,
                     const struct query *query, size_t column)
{
    struct str text = query_text(query, column);

    value_set(arena, object, key,
              text.p ? value_text(arena, str_copy(arena, text)) : value_null(arena));
}

static struct result add_consumers(struct store *store, struct arena *arena, struct value *view)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct value *list = value_array(arena);

    TRY(query_begin(store,
                    "SELECT name, position, moved_at, failures, failure,"
                    " CASE WHEN failures > 0 THEN next_at END FROM consumer ORDER BY name",
                    NO_PARAMS, &query));
    while (query_next(&query)) {
        struct value *row = value_object(arena);

        set_text(arena, row, "name", &query, 0);
        value_set_int(arena, row, "position", query_int(&query, 1));
        set_instant(arena, row, "moved_at", &query, 2);
        value_set_int(arena, row, "failures", query_int(&query, 3));
        set_text(arena, row, "failure", &query, 4);
        set_instant(arena, row, "next_at", &query, 5);
        value_push(arena, list, row);
    }
    value_set(arena, view, "consumers", list);
    return query_end(&query);
}

static struct result add_timers(struct store *store, struct arena *arena, int64_t max,
                                struct value *view)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct value *list = value_array(arena);

    TRY(query_begin(store,
                    "SELECT kind, subject, due_at, next_at, ran_at, failures, failure FROM timer"
                    " ORDER BY next_at, kind, subject LIMIT $1",
                    PARAMS(datum_int(max)), &query));
    while (query_next(&query)) {
        struct value *row = value_object(arena);

        set_text(arena, row, "kind", &query, 0);
        value_set_int(arena, row, "subject", query_int(&query, 1));
        set_instant(arena, row, "due_at", &query, 2);
        set_instant(arena, row, "next_at", &query, 3);
        set_instant(arena, row, "ran_at", &query, 4);
        value_set_int(arena, row, "failures", query_int(&query, 5));
        set_text(arena, row, "failure", &query, 6);
        value_push(arena, list, row);
    }
    value_set(arena, view, "timers", list);
    return query_end(&query);
}

static struct result add_journal(struct store *store, struct arena *arena, struct value *view)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(store, "SELECT coalesce(max(position), 0) FROM journal", NO_PARAMS, &query));
    if (query_next(&query))
        value_set_int(arena, view, "journal", query_int(&query, 0));
    return query_end(&query);
}

struct result jobs_view(struct store *store, struct arena *arena, int64_t timers_max,
                        struct value **ret_view)
{
    struct value *view = value_object(arena);

    TRY(add_journal(store, arena, view));
    TRY(add_consumers(store, arena, view));
    TRY(add_timers(store, arena, timers_max, view));
    *ret_view = view;
    return OK;
}
