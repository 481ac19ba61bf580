#include "base/lock.h"
#include "base/version.h"
#include "cli/ask.h"
#include "store/migrate.h"

/* The migrations that this program knows, and which of them the database has. */
struct state {
    size_t count;
    size_t applied;
    int64_t *at; /* of each that was applied: microseconds UTC */
};

static struct result read_state(struct store *store, struct arena *arena, struct state *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct state state = { .count = migrations_of_program().count };

    TRY(migrate_applied(store, migrations_of_program(), &state.applied));
    state.at = ARENA_ARRAY(arena, state.count, int64_t);
    if (state.applied > 0) {
        TRY(query_begin(store, "SELECT number, applied_at FROM migration ORDER BY number",
                        NO_PARAMS, &query));
        while (query_next(&query))
            state.at[query_int(&query, 0) - 1] = query_int(&query, 1);
        TRY(query_end(&query));
    }
    *ret = state;
    return OK;
}

/* "0001-journal.sql" without what every name has. */
static struct str name_of(size_t i)
{
    struct str name = str_from_c(migrations_of_program().at[i].name);

    return str_ends(name, STR(".sql")) ? str_take(name, name.n - 4) : name;
}

static void show_json(const struct invocation *invocation, const struct state *state)
{
    struct arena *arena = invocation->arena;
    struct value *list = value_array(arena);

    for (size_t i = 0; i < state->count; i++) {
        struct value *row = value_object(arena);

        value_set_text(arena, row, "name", name_of(i));
        value_set(arena, row, "applied",
                  i < state->applied ? value_instant(arena, state->at[i]) : value_null(arena));
        value_push(arena, list, row);
    }
    output_json(&invocation->around->out, list);
}

static void show_text(const struct invocation *invocation, const struct state *state)
{
    static const bool right[] = { false, false };
    struct table table;

    table_init(&table, invocation->arena, ARRAY_LEN(right), right);
    for (size_t i = 0; i < state->count; i++) {
        char instant[INSTANT_SIZE];
        bool done = i < state->applied;

        table_cell(&table, TONE_PLAIN, name_of(i));
        table_cell(
            &table, done ? TONE_FAINT : TONE_WAIT,
            done ? str_format(invocation->arena, "applied %s", instant_utc(state->at[i], instant))
                 : STR("to do"));
    }
    table_print(&table, &invocation->around->out, 0);
}

static void show(const struct invocation *invocation, const struct state *state)
{
    if (option_given(invocation, "json"))
        show_json(invocation, state);
    else
        show_text(invocation, state);
}

static enum exit_code complain_of(const struct invocation *invocation, struct result result,
                                  struct str message)
{
    complain(invocation, "%.*s", STR_ARG(message));
    if (result.error == &INSTANCE_LOCKED)
        complain(invocation,
                 "a server brings the database up to date itself when it starts: stop it, and "
                 "start this version of it");
    return result.error->exit_code;
}

static struct result apply(const struct invocation *invocation, struct store *store,
                           struct state *ret)
{
    struct state before;

    TRY(read_state(store, invocation->arena, &before));
    TRY(migrate(store, migrations_of_program(), invocation->around->now, ASSAY_VERSION));
    TRY(read_state(store, invocation->arena, ret));
    if (option_given(invocation, "json"))
        return OK;
    if (before.applied == ret->applied)
        output_c(&invocation->around->out, "The database is up to date; nothing was changed.\n");
    else
        output_format(&invocation->around->out, "Applied %zu of %zu migrations.\n",
                      ret->applied - before.applied, ret->count);
    return OK;
}

/* Works on the database as it is, under the folder's lock unless it is only read. */
static enum exit_code work(const struct invocation *invocation, const struct config *config,
                           enum instance_access access)
{
    struct arena *arena = invocation->arena;
    struct str message = STR_NONE;
    struct store *store = NULL;
    struct state state = { 0 };
    struct result result;

    result = instance_connect(config, access, arena, &store, &message);
    if (failed(result))
        return complain_of(invocation, result, message);
    result = access == INSTANCE_READ ? read_state(store, arena, &state)
                                     : apply(invocation, store, &state);
    if (failed(result))
        message = instance_complaint(arena, config, result, store_fault(store));
    store_close(store);
    if (failed(result))
        return complain_of(invocation, result, message);
    if (access == INSTANCE_READ || option_given(invocation, "json"))
        show(invocation, &state);
    return EXIT_OK;
}

enum exit_code cmd_migrate(struct invocation *invocation)
{
    struct installation installation;
    enum exit_code code = installation_read_well(invocation, &installation);
    struct str message = STR_NONE;
    struct result result;
    int lock;

    if (code != EXIT_OK)
        return code;
    if (option_given(invocation, "list"))
        return work(invocation, &installation.config, INSTANCE_READ);
    result =
        instance_lock(&installation.config, INSTANCE_WRITE, invocation->arena, &lock, &message);
    if (failed(result))
        return complain_of(invocation, result, message);
    code = work(invocation, &installation.config, INSTANCE_WRITE);
    lock_release(lock);
    return code;
}
