#include "account/merging.h"
#include "account/values.h"
#include "cli/ask.h"
#include "cli/rows.h"

#define PAGE 500
#define HISTORY_MAX 50

static const struct column named[] = { { "id", "person" }, { "name", "name" }, { NULL, NULL } };

static const struct column brief[] = {
    { "id", "person" }, { "name", "name" }, { "created", "since" }, { NULL, NULL }
};

static const struct column whole[] = {
    { "id", "person" },       { "name", "name" },   { "created", "since" },
    { "account", "account" }, { "state", "state" }, { "merged_into", "merged into" },
    { NULL, NULL },
};

static const struct column appointments[] = {
    { "id", "appointment" }, { "role", "role" },   { "scope", "within" }, { "from", "from" },
    { "last", "last" },      { "ended", "ended" }, { NULL, NULL },
};

static const struct column merges[] = {
    { "id", "merge" },      { "kept", "kept" }, { "other", "with" }, { "merged", "merged" },
    { "undone", "undone" }, { "why", "why" },   { NULL, NULL },
};

static const struct column history[] = {
    { "at", "at" }, { "operation", "operation" }, { "actor", "by" }, { "authority", "authority" },
    { NULL, NULL },
};

/* ---- changing ---- */

enum exit_code cmd_person_add(struct invocation *invocation)
{
    struct value *input = value_object(invocation->arena);

    value_set_text(invocation->arena, input, "name", str_from_c(invocation->operands[0]));
    return ask_and_show(invocation, "person-add", input, named);
}

enum exit_code cmd_person_rename(struct invocation *invocation)
{
    struct value *input = value_object(invocation->arena);

    if (!set_operand(invocation, input, 0, "a person", "person"))
        return EXIT_USAGE;
    value_set_text(invocation->arena, input, "name", str_from_c(invocation->operands[1]));
    return ask_and_show(invocation, "person-rename", input, named);
}

/* ---- reading ---- */

static struct result find_all(struct store *store, struct arena *arena, struct str words,
                              struct value **ret)
{
    struct value *values = value_array(arena);
    struct person_id after = { 0 };
    struct person_list list;

    do {
        TRY(people_find(store, arena, words, after, PAGE, &list));
        for (size_t i = 0; i < list.count; i++) {
            value_push(arena, values, person_row_value(arena, &list.at[i]));
            after = list.at[i].id;
        }
    } while (list.count == PAGE);
    *ret = values;
    return OK;
}

enum exit_code cmd_person_list(struct invocation *invocation)
{
    struct str words = invocation->operand_count > 0 ? str_from_c(invocation->operands[0])
                                                     : STR("");
    struct value *values = NULL;
    struct reading reading;
    enum exit_code code = reading_begin(invocation, &reading);

    if (code != EXIT_OK)
        return code;
    code = reading_end(invocation, &reading,
                       find_all(reading.store, invocation->arena, words, &values));
    if (code == EXIT_OK)
        rows_show(invocation, values, brief, "nobody has this name");
    return code;
}

static struct result read_one(struct store *store, struct arena *arena, struct person_id id, day on,
                              struct value **ret)
{
    struct person_row row;
    struct account account;
    struct appointment_list list;
    struct history_list entries;
    struct person_id kept;
    struct value *merged;
    struct value *roles;
    struct value *value;
    struct result found;

    TRY(person_load(store, arena, id, &row));
    TRY(appointments_of_person(store, arena, id, &list));
    TRY(appointments_value(store, arena, &list, on, &roles));
    TRY(history_of_person(store, arena, id, 0, HISTORY_MAX, &entries));
    TRY(person_kept(store, id, &kept));
    TRY(merges_value(store, arena, id, &merged));
    found = account_of_person(store, arena, id, &account);
    if (failed(found) && found.error != &ACCOUNT_UNKNOWN)
        return found;
    value = person_row_value(arena, &row);
    value_set(arena, value, "account",
              failed(found) ? value_null(arena) : value_int(arena, account.id.n));
    value_set(arena, value, "state",
              failed(found) ? value_null(arena)
                            : value_text(arena, str_from_c(account_state_word(account.state))));
    value_set(arena, value, "merged_into",
              kept.n == id.n ? value_null(arena) : value_int(arena, kept.n));
    value_set(arena, value, "merges", merged);
    value_set(arena, value, "appointments", roles);
    value_set(arena, value, "history", history_value(arena, &entries));
    *ret = value;
    return OK;
}

enum exit_code cmd_person_show(struct invocation *invocation)
{
    struct output *out = &invocation->around->out;
    struct value *value = NULL;
    struct reading reading;
    struct person_id id;
    enum exit_code code;

    if (!operand_number(invocation, 0, "a person", &id.n))
        return EXIT_USAGE;
    code = reading_begin(invocation, &reading);
    if (code != EXIT_OK)
        return code;
    code = reading_end(
        invocation, &reading,
        read_one(reading.store, invocation->arena, id, invocation->around->today, &value));
    if (code != EXIT_OK)
        return code;
    row_show(invocation, value, whole);
    if (option_given(invocation, "json"))
        return EXIT_OK;
    if (value_get(value, "merges")->count > 0) {
        output_line(out);
        rows_show(invocation, value_get(value, "merges"), merges, "no merges");
    }
    output_line(out);
    rows_show(invocation, value_get(value, "appointments"), appointments, "no appointments");
    output_line(out);
    rows_show(invocation, value_get(value, "history"), history, "no history");
    return EXIT_OK;
}
