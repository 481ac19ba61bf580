#include "cli/rows.h"

#include "cli/ask.h"

#define ROW_COLUMNS_MAX 12

/* ---- members ---- */

static struct str list_text(struct arena *arena, const struct value *list)
{
    struct str text = STR("");

    for (size_t i = 0; i < list->count; i++)
        text = str_format(arena, "%.*s%s%.*s", STR_ARG(text), i > 0 ? ", " : "",
                          STR_ARG(member_text(arena, list->items[i])));
    return list->count > 0 ? text : STR("-");
}

/* What stands for an object: a person's number and name, an address, or its number. */
static struct str object_text(struct arena *arena, const struct value *object)
{
    const struct value *id = value_get(object, "id");
    const struct value *name = value_get(object, "name");
    const struct value *address = value_get(object, "address");
    const struct value *officer = value_get(object, "officer");

    if (officer)
        return officer->kind == VALUE_NULL ? STR("the command line") : member_text(arena, officer);
    if (address)
        return member_text(arena, address);
    if (id && name)
        return str_format(arena, "%lld %.*s", (long long)id->integer, STR_ARG(name->text));
    return id ? member_text(arena, id) : STR("-");
}

struct str member_text(struct arena *arena, const struct value *value)
{
    switch (value->kind) {
    case VALUE_BOOL:
        return value->boolean ? STR("yes") : STR("no");
    case VALUE_INT:
        return str_format(arena, "%lld", (long long)value->integer);
    case VALUE_TEXT:
    case VALUE_HTML:
        return value->text.n > 0 ? value->text : STR("-");
    case VALUE_ARRAY:
        return list_text(arena, value);
    case VALUE_OBJECT:
        return object_text(arena, value);
    case VALUE_NULL:
    case VALUE_REAL:
        break;
    }
    return STR("-");
}

static struct str text_of(struct arena *arena, const struct value *object, const char *key)
{
    const struct value *member = value_get(object, key);

    return member ? member_text(arena, member) : STR("-");
}

/* ---- printing ---- */

static bool as_json(const struct invocation *invocation, const struct value *value)
{
    if (!option_given(invocation, "json"))
        return false;
    output_json(&invocation->around->out, value);
    return true;
}

void rows_show(const struct invocation *invocation, const struct value *list,
               const struct column *columns, const char *none)
{
    static const bool right[ROW_COLUMNS_MAX];
    struct arena *arena = invocation->arena;
    struct table table;
    size_t count = 0;

    if (as_json(invocation, list))
        return;
    if (list->count == 0) {
        output_format(&invocation->around->out, "%s\n", none);
        return;
    }
    while (columns[count].key)
        count++;
    BUG_IF(count > ROW_COLUMNS_MAX);
    table_init(&table, arena, count, right);
    for (size_t i = 0; i < count; i++)
        table_cell(&table, TONE_FAINT, str_from_c(columns[i].title));
    for (size_t i = 0; i < list->count; i++)
        for (size_t c = 0; c < count; c++)
            table_cell(&table, TONE_PLAIN, text_of(arena, list->items[i], columns[c].key));
    table_print(&table, &invocation->around->out, 0);
}

void row_show(const struct invocation *invocation, const struct value *object,
              const struct column *columns)
{
    static const bool right[2];
    struct arena *arena = invocation->arena;
    struct table table;

    if (as_json(invocation, object))
        return;
    table_init(&table, arena, ARRAY_LEN(right), right);
    for (; columns->key; columns++) {
        table_cell(&table, TONE_FAINT, str_from_c(columns->title));
        table_cell(&table, TONE_PLAIN, text_of(arena, object, columns->key));
    }
    table_print(&table, &invocation->around->out, 0);
}

enum exit_code ask_and_show(const struct invocation *invocation, const char *operation,
                            const struct value *input, const struct column *columns)
{
    struct value *output;
    enum exit_code code = ask(invocation, operation, input, &output);

    if (code == EXIT_OK)
        row_show(invocation, output, columns);
    return code;
}

/* ---- what was given ---- */

bool operand_number(const struct invocation *invocation, size_t operand, const char *what,
                    int64_t *ret)
{
    const char *given = invocation->operands[operand];

    if (str_to_int(str_from_c(given), 1, INT64_MAX, ret))
        return true;
    (void)complain_usage(invocation, "'%s' is not the number of %s", given, what);
    return false;
}

bool option_number(const struct invocation *invocation, const char *name, int64_t *ret)
{
    const char *given = option_value(invocation, name);

    if (!given || str_to_int(str_from_c(given), 1, INT64_MAX, ret))
        return true;
    (void)complain_usage(invocation, "option '--%s' expects a number, but got '%s'", name, given);
    return false;
}

bool option_day(const struct invocation *invocation, const char *name, day *ret)
{
    const char *given = option_value(invocation, name);

    if (!given || day_parse(str_from_c(given), ret))
        return true;
    (void)complain_usage(invocation, "option '--%s' expects YYYY-MM-DD, but got '%s'", name, given);
    return false;
}

void set_option(const struct invocation *invocation, struct value *input, const char *option,
                const char *key)
{
    const char *given = option_value(invocation, option);

    if (given)
        value_set_text(invocation->arena, input, key, str_from_c(given));
}

bool set_operand(const struct invocation *invocation, struct value *input, size_t operand,
                 const char *what, const char *key)
{
    int64_t number;

    if (!operand_number(invocation, operand, what, &number))
        return false;
    value_set_int(invocation->arena, input, key, number);
    return true;
}

void set_account(const struct invocation *invocation, struct value *input, const char *given)
{
    int64_t number;

    if (str_to_int(str_from_c(given), 1, INT64_MAX, &number))
        value_set_int(invocation->arena, input, "account", number);
    else
        value_set_text(invocation->arena, input, "account", str_from_c(given));
}
