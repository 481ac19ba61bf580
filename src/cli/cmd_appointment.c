#include "account/values.h"
#include "cli/ask.h"
#include "cli/rows.h"

#define PAGE 500

static const struct column columns[] = {
    { "id", "appointment" }, { "person", "person" }, { "role", "role" },   { "scope", "within" },
    { "from", "from" },      { "last", "last" },     { "ended", "ended" }, { NULL, NULL },
};

static const struct column whole[] = {
    { "id", "appointment" }, { "person", "person" }, { "role", "role" },   { "scope", "within" },
    { "from", "from" },      { "last", "last" },     { "basis", "basis" }, { "ended", "ended" },
    { "why", "why" },        { "holds", "holds" },   { NULL, NULL },
};

/* ---- changing ---- */

enum exit_code cmd_appointment_make(struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct value *input = value_object(arena);

    if (!set_operand(invocation, input, 0, "a person", "person"))
        return EXIT_USAGE;
    value_set_text(arena, input, "role", str_from_c(invocation->operands[1]));
    if (invocation->operand_count > 2)
        value_set_text(arena, input, "scope", str_from_c(invocation->operands[2]));
    set_option(invocation, input, "from", "from");
    set_option(invocation, input, "last", "last");
    set_option(invocation, input, "basis", "basis");
    return ask_and_show(invocation, "appointment-make", input, whole);
}

enum exit_code cmd_appointment_end(struct invocation *invocation)
{
    struct value *input = value_object(invocation->arena);

    if (!set_operand(invocation, input, 0, "an appointment", "appointment"))
        return EXIT_USAGE;
    set_option(invocation, input, "on", "on");
    set_option(invocation, input, "why", "why");
    return ask_and_show(invocation, "appointment-end", input, whole);
}

/* ---- reading ---- */

/* Which appointments are asked for. */
struct asked {
    day on;                  /* DAY_NONE: all that ever were */
    struct person_id person; /* 0: anybody's */
    struct scope scope;
    bool within; /* the scope alone */
};

static bool passes(const struct asked *asked, const struct appointment *appointment)
{
    return (!asked->person.n || appointment->person.n == asked->person.n) &&
           (!asked->within || scope_eq(appointment->scope, asked->scope)) &&
           (asked->on == DAY_NONE || appointment_holds(appointment, asked->on));
}

static struct result read_all(struct store *store, struct arena *arena, const struct asked *asked,
                              day today, struct value **ret)
{
    struct value *values = value_array(arena);
    struct appointment_id after = { 0 };
    struct appointment_list list;

    do {
        TRY(appointments_all(store, arena, asked->on, after, PAGE, &list));
        for (size_t i = 0; i < list.count; i++) {
            struct value *value;

            after = list.at[i].id;
            if (!passes(asked, &list.at[i]))
                continue;
            TRY(appointment_value(store, arena, &list.at[i], today, &value));
            value_push(arena, values, value);
        }
    } while (list.count == PAGE);
    *ret = values;
    return OK;
}

static bool take_asked(const struct invocation *invocation, struct asked *ret)
{
    const char *within = option_value(invocation, "within");
    struct asked asked = { .on = invocation->around->today };

    if (!option_day(invocation, "on", &asked.on) ||
        !option_number(invocation, "person", &asked.person.n))
        return false;
    if (option_given(invocation, "all"))
        asked.on = DAY_NONE;
    if (within && !scope_parse(str_from_c(within), &asked.scope)) {
        (void)complain_usage(invocation,
                             "option '--within' expects installation, body:WORD, organisation:N or"
                             " programme:N, but got '%s'",
                             within);
        return false;
    }
    asked.within = within != NULL;
    *ret = asked;
    return true;
}

enum exit_code cmd_appointment_list(struct invocation *invocation)
{
    struct value *values = NULL;
    struct reading reading;
    struct asked asked;
    enum exit_code code;

    if (!take_asked(invocation, &asked))
        return EXIT_USAGE;
    code = reading_begin(invocation, &reading);
    if (code != EXIT_OK)
        return code;
    code = reading_end(
        invocation, &reading,
        read_all(reading.store, invocation->arena, &asked, invocation->around->today, &values));
    if (code == EXIT_OK)
        rows_show(invocation, values, columns, "there are no such appointments");
    return code;
}
