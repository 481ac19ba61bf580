/* People of the register who are likely one, and saying so. */
#include "account/merging.h"
#include "cli/ask.h"
#include "cli/rows.h"

#define PAIRS_PAGE 200
#define NEARLY_MAX 1000

static const struct column pair_columns[] = {
    { "one", "person" }, { "other", "and" }, { "because", "because" }, { NULL, NULL }
};

static const struct column like_columns[] = {
    { "id", "person" }, { "name", "name" }, { "because", "because" }, { NULL, NULL }
};

static const struct column side_columns[] = {
    { "id", "person" },
    { "name", "name" },
    { "former_names", "names of before" },
    { "created", "since" },
    { "merged_into", "merged into" },
    { "born", "born" },
    { "account", "account" },
    { "addresses", "addresses" },
    { "records", "entries" },
    { "first", "from" },
    { "last", "to" },
    { "verified", "verified" },
    { "claimed", "claimed" },
    { "papers", "papers" },
    { "imports", "files brought in" },
    { "items", "items of the profile" },
    { "appointments", "appointments" },
    { NULL, NULL },
};

static const struct column conflict_columns[] = { { "kind", "does not agree" },
                                                  { "count", "how many" },
                                                  { NULL, NULL } };

static const struct column merge_columns[] = {
    { "id", "merge" },      { "kept", "kept" }, { "other", "with" },    { "why", "why" },
    { "merged", "merged" }, { "by", "by" },     { "undone", "undone" }, { NULL, NULL },
};

static const struct column apart_columns[] = {
    { "one", "person" }, { "other", "is not" }, { "why", "why" }, { NULL, NULL }
};

/* ---- who is likely who ---- */

/* The reasons in words, as a member for people to read. */
static void set_because(struct arena *arena, struct value *row)
{
    static const struct {
        const char *key;
        const char *words;
    } reasons[] = {
        { "same_name", "same name" },
        { "same_initial", "same last word and first letter" },
        { "same_birth", "born on the same day" },
        { "same_entry", "an entry of the same matter" },
    };
    const struct value *given = value_get(row, "reasons");
    struct str text = STR("");

    for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
        if (value_get(given, reasons[i].key)->boolean)
            text = str_format(arena, "%.*s%s%s", STR_ARG(text), text.n > 0 ? ", " : "",
                              reasons[i].words);
    value_set_text(arena, row, "because", text);
}

static void show_likely(const struct invocation *invocation, struct value *list,
                        const struct column *columns)
{
    if (!option_given(invocation, "json"))
        for (size_t i = 0; i < list->count; i++)
            set_because(invocation->arena, list->items[i]);
    rows_show(invocation, list, columns, "nobody is likely the same person");
}

static struct result read_pairs(struct store *store, struct arena *arena, struct value **ret)
{
    struct value *values = value_array(arena);
    struct alike_pair *pairs = NULL;
    struct person_id from = { 0 };
    struct person_id to = { 0 };
    size_t count;

    do {
        TRY(people_alike_named(store, arena, from, to, PAIRS_PAGE, &pairs, &count));
        for (size_t i = 0; i < count; i++)
            value_push(arena, values, alike_pair_value(arena, &pairs[i]));
        if (count > 0) {
            from = pairs[count - 1].from;
            to = pairs[count - 1].to;
        }
    } while (count > 0);
    TRY(people_alike_nearly(store, arena, NEARLY_MAX, &pairs, &count));
    for (size_t i = 0; i < count; i++)
        value_push(arena, values, alike_pair_value(arena, &pairs[i]));
    *ret = values;
    return OK;
}

static void show_preview(const struct invocation *invocation, const struct value *preview)
{
    struct output *out = &invocation->around->out;

    if (option_given(invocation, "json")) {
        output_json(out, preview);
        return;
    }
    row_show(invocation, value_get(preview, "one"), side_columns);
    output_line(out);
    row_show(invocation, value_get(preview, "other"), side_columns);
    output_line(out);
    rows_show(invocation, value_get(preview, "conflicts"), conflict_columns,
              value_get(preview, "merged")->boolean ? "they are one person already"
                                                    : "nothing that is recorded disagrees");
}

enum exit_code cmd_person_alike(struct invocation *invocation)
{
    struct value *value = value_array(invocation->arena);
    struct person_id person = { 0 };
    struct person_id other = { 0 };
    struct reading reading;
    struct result read;
    enum exit_code code;

    if ((invocation->operand_count > 0 && !operand_number(invocation, 0, "a person", &person.n)) ||
        (invocation->operand_count > 1 && !operand_number(invocation, 1, "a person", &other.n)))
        return EXIT_USAGE;
    code = reading_begin(invocation, &reading);
    if (code != EXIT_OK)
        return code;
    if (other.n)
        read = merge_preview_value(reading.store, invocation->arena, person, other, &value);
    else if (person.n)
        read = alike_people_value(reading.store, invocation->arena, person, &value);
    else
        read = read_pairs(reading.store, invocation->arena, &value);
    code = reading_end(invocation, &reading, read);
    if (code != EXIT_OK)
        return code;
    if (other.n)
        show_preview(invocation, value);
    else
        show_likely(invocation, value, person.n ? like_columns : pair_columns);
    return EXIT_OK;
}

/* ---- saying so ---- */

/* The reason stands in the histories of people, and is asked for. */
static bool set_why(const struct invocation *invocation, struct value *input)
{
    if (!option_given(invocation, "why")) {
        (void)complain_usage(invocation, "give the reason with --why TEXT");
        return false;
    }
    set_option(invocation, input, "why", "why");
    return true;
}

enum exit_code cmd_person_merge(struct invocation *invocation)
{
    struct value *input = value_object(invocation->arena);

    if (!set_operand(invocation, input, 0, "a person", "person") ||
        !set_operand(invocation, input, 1, "a person", "other") || !set_why(invocation, input))
        return EXIT_USAGE;
    return ask_and_show(invocation, "person-merge", input, merge_columns);
}

enum exit_code cmd_person_unmerge(struct invocation *invocation)
{
    struct value *input = value_object(invocation->arena);

    if (!set_operand(invocation, input, 0, "a merge", "merge") || !set_why(invocation, input))
        return EXIT_USAGE;
    return ask_and_show(invocation, "person-unmerge", input, merge_columns);
}

enum exit_code cmd_person_apart(struct invocation *invocation)
{
    struct value *input = value_object(invocation->arena);

    if (!set_operand(invocation, input, 0, "a person", "person") ||
        !set_operand(invocation, input, 1, "a person", "other") || !set_why(invocation, input))
        return EXIT_USAGE;
    return ask_and_show(invocation, "person-apart", input, apart_columns);
}
