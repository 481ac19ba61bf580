#include "account/values.h"
#include "cli/ask.h"
#include "cli/rows.h"

#define PAGE 500
#define OPEN_MAX 10000

static const struct column columns[] = {
    { "id", "recovery" },     { "state", "state" },
    { "asked", "asked" },     { "known_as", "known as" },
    { "account", "account" }, { "until", "waits until" },
    { NULL, NULL },
};

static const struct column whole[] = {
    { "id", "recovery" },
    { "state", "state" },
    { "asked", "asked" },
    { "known_as", "known as" },
    { "address", "new address" },
    { "statement", "statement" },
    { "account", "account" },
    { "approvals", "approved by" },
    { "until", "waits until" },
    { "reason", "reason" },
    { NULL, NULL },
};

static struct result read_all(struct store *store, struct arena *arena, bool all,
                              struct value **ret)
{
    struct value *values = value_array(arena);
    struct recovery_id after = { 0 };
    struct recovery_list list;

    do {
        TRY(all ? recoveries_list(store, arena, after, PAGE, &list)
                : recoveries_open(store, arena, OPEN_MAX, &list));
        for (size_t i = 0; i < list.count; i++) {
            struct value *value;

            TRY(recovery_value(store, arena, &list.at[i], &value));
            value_push(arena, values, value);
            after = list.at[i].id;
        }
    } while (all && list.count == PAGE);
    *ret = values;
    return OK;
}

enum exit_code cmd_recovery_list(struct invocation *invocation)
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
        rows_show(invocation, values, columns, "no recovery waits");
    return code;
}

static struct result read_one(struct store *store, struct arena *arena, struct recovery_id id,
                              struct value **ret)
{
    struct recovery recovery;

    TRY(recovery_load(store, arena, id, &recovery));
    return recovery_value(store, arena, &recovery, ret);
}

enum exit_code cmd_recovery_show(struct invocation *invocation)
{
    struct value *value = NULL;
    struct reading reading;
    struct recovery_id id;
    enum exit_code code;

    if (!operand_number(invocation, 0, "a recovery", &id.n))
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

enum exit_code cmd_recovery_approve(struct invocation *invocation)
{
    struct value *input = value_object(invocation->arena);

    if (!set_operand(invocation, input, 0, "a recovery", "recovery"))
        return EXIT_USAGE;
    set_account(invocation, input, invocation->operands[1]);
    return ask_and_show(invocation, "recovery-approve", input, whole);
}

enum exit_code cmd_recovery_refuse(struct invocation *invocation)
{
    struct value *input = value_object(invocation->arena);

    if (!set_operand(invocation, input, 0, "a recovery", "recovery"))
        return EXIT_USAGE;
    if (!option_given(invocation, "reason"))
        return complain_usage(invocation, "no reason: give --reason TEXT, which is told to whoever"
                                          " asked");
    set_option(invocation, input, "reason", "reason");
    return ask_and_show(invocation, "recovery-refuse", input, whole);
}
