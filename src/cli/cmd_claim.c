#include "account/values.h"
#include "cli/ask.h"
#include "cli/rows.h"

#define PAGE 500
#define OPEN_MAX 10000

static const struct column columns[] = {
    { "id", "claim" },        { "state", "state" }, { "asked", "asked" }, { "account", "account" },
    { "address", "address" }, { "name", "name" },   { NULL, NULL },
};

static const struct column whole[] = {
    { "id", "claim" },
    { "state", "state" },
    { "asked", "asked" },
    { "account", "account" },
    { "address", "address" },
    { "name", "name" },
    { "statement", "statement" },
    { "person", "person" },
    { "reason", "reason" },
    { NULL, NULL },
};

static struct result read_all(struct store *store, struct arena *arena, bool all,
                              struct value **ret)
{
    struct value *values = value_array(arena);
    struct claim_id after = { 0 };
    struct claim_list list;

    do {
        TRY(all ? claims_list(store, arena, after, PAGE, &list)
                : claims_open(store, arena, OPEN_MAX, &list));
        for (size_t i = 0; i < list.count; i++) {
            struct value *value;

            TRY(claim_value(store, arena, &list.at[i], &value));
            value_push(arena, values, value);
            after = list.at[i].id;
        }
    } while (all && list.count == PAGE);
    *ret = values;
    return OK;
}

enum exit_code cmd_claim_list(struct invocation *invocation)
{
    bool all = option_given(invocation, "all");
    struct value *values = NULL;
    struct reading reading;
    enum exit_code code = reading_begin(invocation, &reading);

    if (code != EXIT_OK)
        return code;
    code =
        reading_end(invocation, &reading, read_all(reading.store, invocation->arena, all, &values));
    if (code == EXIT_OK)
        rows_show(invocation, values, columns, "no claim waits for a decision");
    return code;
}

static struct result read_one(struct store *store, struct arena *arena, struct claim_id id,
                              struct value **ret)
{
    struct claim claim;

    TRY(claim_load(store, arena, id, &claim));
    return claim_value(store, arena, &claim, ret);
}

enum exit_code cmd_claim_show(struct invocation *invocation)
{
    struct value *value = NULL;
    struct reading reading;
    struct claim_id id;
    enum exit_code code;

    if (!operand_number(invocation, 0, "a claim", &id.n))
        return EXIT_USAGE;
    code = reading_begin(invocation, &reading);
    if (code != EXIT_OK)
        return code;
    code =
        reading_end(invocation, &reading, read_one(reading.store, invocation->arena, id, &value));
    if (code == EXIT_OK)
        row_show(invocation, value, whole);
    return code;
}

enum exit_code cmd_claim_decide(struct invocation *invocation)
{
    struct value *input = value_object(invocation->arena);
    bool refuse = option_given(invocation, "refuse");
    bool new = option_given(invocation, "new");
    int64_t person = 0;
    int64_t claim;

    if (!operand_number(invocation, 0, "a claim", &claim) ||
        !option_number(invocation, "person", &person))
        return EXIT_USAGE;
    if ((int)refuse + (int)new + (int)(person > 0) != 1)
        return complain_usage(invocation,
                              "give one of --person N, --new and --refuse REASON, no two of them");
    value_set_int(invocation->arena, input, "claim", claim);
    value_set_int(invocation->arena, input, "person", person);
    set_option(invocation, input, "refuse", "reason");
    return ask_and_show(invocation, refuse ? "claim-refuse" : "claim-accept", input, whole);
}
