/* The record of a person as the office sees it, now or as known on an earlier day. */
#include "cli/ask.h"
#include "cli/record_whole.h"
#include "cli/rows.h"

static const struct column facts[] = {
    { "kind", "fact" }, { "name", "name" },       { "value", "value" },       { "from", "from" },
    { "until", "to" },  { "visible", "visible" }, { "recorded", "recorded" }, { NULL, NULL },
};

static const struct column entries[] = {
    { "id", "entry" },
    { "kind", "kind" },
    { "from", "from" },
    { "to", "to" },
    { "minutes", "minutes" },
    { "standing", "standing" },
    { "verified", "verified" },
    { "how", "how" },
    { "role", "role" },
    { "by", "by" },
    { "since", "since" },
    { "papers", "papers" },
    { NULL, NULL },
};

static const struct column papers[] = {
    { "id", "paper" },    { "entry", "entry" }, { "name", "name" }, { "type", "type" },
    { "bytes", "bytes" }, { "added", "added" }, { NULL, NULL },
};

static const struct column asked[] = {
    { "id", "asked" },        { "name", "name" },         { "address", "address" },
    { "role", "role" },       { "asked", "when" },        { "state", "state" },
    { "entries", "entries" }, { "verified", "verified" }, { "rejected", "rejected" },
    { NULL, NULL },
};

static const struct column opinions[] = {
    { "id", "opinion" }, { "kind", "kind" },   { "name", "name" }, { "address", "address" },
    { "asked", "when" }, { "state", "state" }, { "text", "said" }, { NULL, NULL },
};

static const struct column audits[] = {
    { "audit", "audit" },   { "place", "place" }, { "entry", "entry" }, { "drawn", "drawn" },
    { "result", "result" }, { "note", "note" },   { NULL, NULL },
};

static const struct column imports[] = {
    { "id", "import" },   { "name", "file" },   { "basis", "basis" }, { "rows", "rows" },
    { "begun", "begun" }, { "state", "state" }, { NULL, NULL },
};

static const struct {
    const char *key;
    const struct column *columns;
    const char *none;
} lists[] = {
    { "facts", facts, "no facts" },
    { "papers", papers, "no papers" },
    { "asked", asked, "nobody was asked to confirm anything" },
    { "opinions", opinions, "nobody was asked for a reference" },
    { "audits", audits, "no audits" },
    { "imports", imports, "no imports" },
};

/* ---- printing ---- */

static const struct column whose[] = {
    { "person", "person" }, { "numbers", "read from" }, { "at", "as known on" }, { NULL, NULL }
};

static const struct column standings[] = {
    { "title", "certification" }, { "then_words", "then" }, { "now_words", "now" },
    { "differs", "differs" },     { NULL, NULL },
};

static const struct column standings_now[] = { { "title", "certification" },
                                               { "now_words", "where they stand" },
                                               { NULL, NULL } };

/* "eligible by edition 2, 3 of 3 met": one side of a comparison for people. */
static struct value *side_words(struct arena *arena, const struct value *side)
{
    const struct value *edition;

    if (side->kind == VALUE_NULL)
        return value_null(arena);
    edition = value_get(side, "edition");
    if (edition->kind == VALUE_NULL)
        return value_text(arena, value_get(side, "decide")->text);
    return value_text(arena,
                      str_format(arena, "%.*s by edition %.*s, %lld of %lld met",
                                 STR_ARG(value_get(side, "decide")->text), STR_ARG(edition->text),
                                 (long long)value_get(side, "met")->integer,
                                 (long long)value_get(side, "of")->integer));
}

static void print(const struct invocation *invocation, const struct value *record)
{
    const struct value *compared = value_get(record, "standings");
    struct output *out = &invocation->around->out;
    bool then = value_get(record, "at")->kind != VALUE_NULL;

    for (size_t i = 0; i < compared->count; i++) {
        struct value *one = compared->items[i];

        value_set(invocation->arena, one, "then_words",
                  side_words(invocation->arena, value_get(one, "then")));
        value_set(invocation->arena, one, "now_words",
                  side_words(invocation->arena, value_get(one, "now")));
    }
    row_show(invocation, record, whose);
    output_line(out);
    rows_show(invocation, compared, then ? standings : standings_now, "no scheme was loaded");
    output_line(out);
    rows_show(invocation, value_get(record, "entries"), entries, "nothing in the logbook");
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        output_line(out);
        rows_show(invocation, value_get(record, lists[i].key), lists[i].columns, lists[i].none);
    }
}

enum exit_code cmd_record_show(struct invocation *invocation)
{
    day today = invocation->around->today;
    struct value *record = NULL;
    struct person_id person;
    day at = DAY_NONE;
    struct reading reading;
    enum exit_code code;

    if (!operand_number(invocation, 0, "a person", &person.n) || !option_day(invocation, "at", &at))
        return EXIT_USAGE;
    if (at != DAY_NONE && at > today)
        return complain_usage(invocation, "'--at' is today or a day before");
    code = reading_begin(invocation, &reading);
    if (code != EXIT_OK)
        return code;
    code = reading_end(invocation, &reading,
                       record_whole(reading.store, invocation->arena, person, at, today, &record));
    if (code != EXIT_OK)
        return code;
    if (option_given(invocation, "json"))
        output_json(&invocation->around->out, record);
    else
        print(invocation, record);
    return EXIT_OK;
}
