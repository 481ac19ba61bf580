/* What waits for the office (office.h). */
#include "web/office.h"
#include "web/office_parts.h"

static const struct shape_member members[] = {
    { "people", &shape_int, false, "How many people are in the register" },
    { "accounts", &shape_int, false, "How many accounts there are that are not closed" },
    { "claims", &shape_int, true, "How many claims wait; null: not for whoever asks to see" },
    { "claims_wait", &shape_bool, false, "Whether there are any" },
    { "recoveries", &shape_int, true, "How many recoveries wait; null likewise" },
    { "recoveries_wait", &shape_bool, false, "Whether there are any" },
    { "dead_letters", &shape_int, false, "How many letters were given up" },
    { "letters_died", &shape_bool, false, "Whether there are any" },
    { "may_add", &shape_bool, false, "Whether whoever asks may add people" },
    { "may_decide", &shape_bool, false, "Whether they see claims and recoveries" },
    { 0 },
};
const struct shape office_home_shape = { .kind = IS_OBJECT, .name = "Office", .members = members };

static struct result set_count(const struct office *office, struct value *view, const char *key,
                               const char *any, const char *sql)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t count = 0;

    TRY(query_begin(office->store, sql, NO_PARAMS, &query));
    if (query_next(&query))
        count = query_int(&query, 0);
    TRY(query_end(&query));
    value_set_int(office->arena, view, key, count);
    if (any)
        value_set_bool(office->arena, view, any, count > 0);
    return OK;
}

static void set_hidden(const struct office *office, struct value *view, const char *key,
                       const char *any)
{
    value_set(office->arena, view, key, value_null(office->arena));
    value_set_bool(office->arena, view, any, false);
}

static struct result set_waiting(const struct office *office, struct value *view)
{
    if (office_may(office->call, PERMISSION_CLAIM_SEE, &ABOUT_NOTHING))
        TRY(set_count(office, view, "claims", "claims_wait",
                      "SELECT count(*) FROM claim WHERE decided_at IS NULL"));
    else
        set_hidden(office, view, "claims", "claims_wait");
    if (office_may(office->call, PERMISSION_RECOVERY_SEE, &ABOUT_NOTHING))
        return set_count(office, view, "recoveries", "recoveries_wait",
                         "SELECT count(*) FROM recovery WHERE confirmed_at IS NOT NULL"
                         " AND refused_at IS NULL AND cancelled_at IS NULL AND done_at IS NULL");
    set_hidden(office, view, "recoveries", "recoveries_wait");
    return OK;
}

struct result office_home_answer(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);
    struct office office;

    TRY(office_begin(call, PERMISSION_ACCOUNTS_SEE, &ABOUT_NOTHING, &office));
    TRY(set_count(&office, view, "people", NULL, "SELECT count(*) FROM person"));
    TRY(set_count(&office, view, "accounts", NULL,
                  "SELECT count(*) FROM account WHERE closed_at IS NULL"));
    TRY(set_waiting(&office, view));
    TRY(set_count(&office, view, "dead_letters", "letters_died",
                  "SELECT count(*) FROM mail WHERE state = 'dead'"));
    value_set_bool(call->arena, view, "may_add",
                   office_may(call, PERMISSION_PERSON_ADD, &ABOUT_NOTHING));
    value_set_bool(call->arena, view, "may_decide",
                   office_may(call, PERMISSION_CLAIM_SEE, &ABOUT_NOTHING));
    *ret_view = view;
    return OK;
}
