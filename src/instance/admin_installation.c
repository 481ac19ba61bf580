#include "instance/admin_operations.h"
#include "store/installation.h"

/* Tables whose rows are counted. The statements are whole, so that they can be found. */
static const struct {
    const char *name;
    const char *sql;
} counts[] = {
    { "people", "SELECT count(*) FROM person" },
    { "accounts", "SELECT count(*) FROM account WHERE closed_at IS NULL" },
    { "appointments", "SELECT count(*) FROM appointment" },
    { "journal", "SELECT count(*) FROM journal" },
};

static struct result count(struct store *store, const char *sql, int64_t *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t n = 0;

    TRY(query_begin(store, sql, NO_PARAMS, &query));
    if (query_next(&query))
        n = query_int(&query, 0);
    TRY(query_end(&query));
    *ret = n;
    return OK;
}

static struct result about(struct store *store, struct arena *arena, struct value *output)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(store, "SELECT id, created_at, program FROM installation WHERE one = 1",
                    NO_PARAMS, &query));
    if (query_next(&query)) {
        value_set_text(arena, output, "id", str_copy(arena, query_text(&query, 0)));
        value_set_int(arena, output, "created", query_int(&query, 1));
        value_set_text(arena, output, "program", str_copy(arena, query_text(&query, 2)));
    }
    return query_end(&query);
}

/* {} gives {"id", "created": microseconds UTC, "program": that made it, "engine", "counts": {...}}
 */
struct result admin_installation_show(struct admin_call *call, struct value **ret_output)
{
    struct value *output = value_object(call->arena);
    struct value *numbers = value_object(call->arena);

    TRY(about(call->store, call->arena, output));
    value_set_text(call->arena, output, "engine",
                   store_engine(call->store) == STORE_SQLITE ? STR("SQLite") : STR("PostgreSQL"));
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        int64_t n;

        TRY(count(call->store, counts[i].sql, &n));
        value_set_int(call->arena, numbers, counts[i].name, n);
    }
    value_set(call->arena, output, "counts", numbers);
    *ret_output = output;
    return OK;
}
