#include "web/health.h"

#include "web/site_parts.h"

static const char *const states[] = { "ok", "no-database", NULL };
static const struct shape state = { .kind = IS_WORD, .words = states };
static const struct shape_member members[] = {
    { "status", &state, false,
      "Whether all is well; no-database, with status 503, while the database does not answer" },
    { NULL, NULL, false, NULL },
};
const struct shape health_shape = { .kind = IS_OBJECT, .name = "Health", .members = members };

static struct result ask(struct store *store)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(store, "SELECT count(*) FROM installation", NO_PARAMS, &query));
    (void)!query_next(&query);
    return query_end(&query);
}

struct result health_of(struct readers *readers, struct store_fault *ret_fault)
{
    struct store *store;
    struct result asked;
    struct result ended;

    TRY(readers_take(readers, &store, ret_fault));
    asked = ask(store);
    if (failed(asked))
        *ret_fault = *store_fault(store);
    ended = readers_give_back(readers, store);
    return failed(asked) ? asked : ended;
}

struct result health_answer(struct call *call, struct value **ret_view)
{
    const struct site_settings *settings = &((const struct site_state *)call->site)->settings;
    struct value *view = value_object(call->arena);
    struct store_fault fault = { 0 };
    struct result result = settings->readers ? health_of(settings->readers, &fault) : OK;

    if (failed(result)) {
        call->status = 503;
        if (settings->trouble)
            settings->trouble(settings->trouble_context, result.error, &fault);
    }
    value_set_text(call->arena, view, "status", failed(result) ? STR("no-database") : STR("ok"));
    *ret_view = view;
    return OK;
}
