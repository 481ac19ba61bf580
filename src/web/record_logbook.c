/* The entries of a logbook, the latest first (record.h). */
#include <stdlib.h>

#include "base/attr.h"
#include "register/standing.h"
#include "web/record_entry.h"
#include "web/standing_form.h"

#define PAGE 50 /* entries */

/* ---- the shape ---- */

static const struct shape_member choice_members[] = {
    { "value", &shape_text, false, "What the query has" },
    { "title", &shape_text, false, "The same for people" },
    { "chosen", &shape_bool, false, "Whether the list is of it" },
    { "count", &shape_int, false, "How many entries there are of it" },
    { 0 },
};
static const struct shape choice_shape = { .kind = IS_OBJECT, .members = choice_members };
static const struct shape choices_shape = { .kind = IS_LIST, .item = &choice_shape };

static const struct shape_member members[] = {
    RECORD_MEMBERS,
    { "count", &shape_int, false, "How many entries there are" },
    { "none", &shape_bool, false, "Whether there are none" },
    { "found", &shape_int, false, "How many are of what was chosen" },
    { "kinds", &choices_shape, false, "The kinds there are entries of" },
    { "standings", &choices_shape, false, "How entries stand" },
    { "years", &choices_shape, false, "The years in which they ended" },
    { "entries", &record_entries_shape, false, "The entries, the latest first" },
    { "older", &shape_text, true, "The address of the entries before these; null: there are none" },
    { "first_page", &shape_bool, false, "Whether these are the latest" },
    { "chosen", &shape_bool, false, "Whether something was chosen" },
    { 0 },
};
const struct shape record_logbook_shape = { .kind = IS_OBJECT,
                                            .name = "RecordLogbook",
                                            .members = members };

const struct route_field record_logbook_fields[] = {
    { "kind", "entries of that kind alone", false, false },
    { "standing", "entries that stand so alone: verified, claimed, ...", false, false },
    { "year", "entries that ended in that year alone", false, false },
    { "from", "how many to pass over", false, false },
    { 0 },
};

/* ---- choosing ---- */

struct chosen {
    struct str kind, standing, year; /* STR(""): any */
    int64_t from;
};

static struct str query_text_of(const struct call *call, const char *name)
{
    struct str text = str_trim(form_get(&call->query, str_from_c(name)));

    return text.p ? text : STR("");
}

static struct str year_text(struct arena *arena, day on)
{
    return str_take(value_day(arena, on)->text, 4);
}

static bool fits(struct str wanted, struct str has)
{
    return wanted.n == 0 || str_eq(wanted, has);
}

static bool is_chosen(struct arena *arena, const struct chosen *chosen,
                      const struct evidence_row *row)
{
    return fits(chosen->kind, row->says.kind) &&
           fits(chosen->standing, str_from_c(standing_name(row->says.standing))) &&
           (chosen->year.n == 0 || str_eq(chosen->year, year_text(arena, row->says.end)));
}

/* The latest first; of a day, the one that was added last. */
static int by_day(const void *a, const void *b)
{
    const struct evidence_row *x = *(const struct evidence_row *const *)a;
    const struct evidence_row *y = *(const struct evidence_row *const *)b;

    if (x->says.end != y->says.end)
        return x->says.end < y->says.end ? 1 : -1;
    return x->id.n < y->id.n ? 1 : -1;
}

/* ---- what there is to choose from ---- */

struct tally_line {
    struct str value, title;
    int64_t count;
};

struct tally {
    struct arena *arena;
    struct tally_line *lines;
    size_t count, room;
};

static void count_in(struct tally *tally, struct str value, struct str title)
{
    for (size_t i = 0; i < tally->count; i++) {
        if (str_eq(tally->lines[i].value, value)) {
            tally->lines[i].count++;
            return;
        }
    }
    *ARENA_PUSH(tally->arena, tally->lines, tally->count, tally->room) =
        (struct tally_line){ value, title, 1 };
}

static struct value *tally_value(const struct tally *tally, struct str chosen)
{
    struct arena *arena = tally->arena;
    struct value *list = value_array(arena);

    for (size_t i = 0; i < tally->count; i++) {
        const struct tally_line *line = &tally->lines[i];
        struct value *choice = value_object(arena);

        value_set_text(arena, choice, "value", line->value);
        value_set_text(arena, choice, "title", line->title);
        value_set_bool(arena, choice, "chosen", str_eq(line->value, chosen));
        value_set_int(arena, choice, "count", line->count);
        value_push(arena, list, choice);
    }
    return list;
}

static void set_choices(const struct record *record, const struct chosen *chosen,
                        const struct evidence_row *const *rows, size_t count, struct value *view)
{
    struct arena *arena = record->arena;
    struct tally kinds = { .arena = arena };
    struct tally standings = { .arena = arena };
    struct tally years = { .arena = arena };

    for (size_t i = 0; i < count; i++) {
        const struct evidence *says = &rows[i]->says;
        struct str standing = str_from_c(standing_name(says->standing));
        struct str year = year_text(arena, says->end);

        count_in(&kinds, says->kind, record_kind_title(arena, record->vocabulary, says->kind));
        count_in(&standings, standing, plain_title(arena, standing));
        count_in(&years, year, year);
    }
    value_set(arena, view, "kinds", tally_value(&kinds, chosen->kind));
    value_set(arena, view, "standings", tally_value(&standings, chosen->standing));
    value_set(arena, view, "years", tally_value(&years, chosen->year));
}

/* ---- the list ---- */

static void set_entries(const struct record *record, const struct chosen *chosen,
                        const struct evidence_row *const *rows, size_t count, struct value *view)
{
    struct arena *arena = record->arena;
    struct value *list = value_array(arena);
    int64_t found = 0;

    for (size_t i = 0; i < count; i++) {
        if (!is_chosen(arena, chosen, rows[i]))
            continue;
        if (found >= chosen->from && found < chosen->from + PAGE)
            value_push(arena, list, record_entry_value(arena, record->vocabulary, rows[i]));
        found++;
    }
    value_set_int(arena, view, "found", found);
    value_set(arena, view, "entries", list);
    value_set(
        arena, view, "older",
        found > chosen->from + PAGE
            ? value_text(arena,
                         str_format(arena,
                                    "/record/logbook?kind=%.*s&standing=%.*s&year=%.*s&from=%lld",
                                    STR_ARG(chosen->kind), STR_ARG(chosen->standing),
                                    STR_ARG(chosen->year), (long long)(chosen->from + PAGE)))
            : value_null(arena));
}

/* Words alone go into the query of the next page. */
static bool is_word(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
            return false;
    }
    return text.n <= 64;
}

static struct chosen chosen_of(const struct call *call)
{
    struct chosen chosen = {
        .kind = query_text_of(call, "kind"),
        .standing = query_text_of(call, "standing"),
        .year = query_text_of(call, "year"),
    };

    if (!is_word(chosen.kind) || !is_word(chosen.standing) || !is_word(chosen.year))
        chosen.kind = STR("-"), chosen.standing = STR("-"), chosen.year = STR("-");
    if (!str_to_int(query_text_of(call, "from"), 0, EVIDENCE_MAX, &chosen.from))
        chosen.from = 0;
    return chosen;
}

struct result record_logbook_answer(struct call *call, struct value **ret)
{
    struct chosen chosen = chosen_of(call);
    const struct evidence_row **sorted;
    struct evidence_rows rows;
    struct record record;
    struct value *view;

    TRY(record_begin(call, &record));
    TRY(evidence_of(record.store, call->arena, record.person, POSITION_NOW, &rows));
    sorted = ARENA_ARRAY(call->arena, rows.count + 1, const struct evidence_row *);
    for (size_t i = 0; i < rows.count; i++)
        sorted[i] = &rows.at[i];
    qsort(sorted, rows.count, sizeof(*sorted), by_day);
    view = record_view(&record, "logbook");
    value_set_int(call->arena, view, "count", (int64_t)rows.count);
    value_set_bool(call->arena, view, "none", rows.count == 0);
    set_choices(&record, &chosen, sorted, rows.count, view);
    set_entries(&record, &chosen, sorted, rows.count, view);
    value_set_bool(call->arena, view, "first_page", chosen.from == 0);
    value_set_bool(call->arena, view, "chosen",
                   chosen.kind.n + chosen.standing.n + chosen.year.n > 0);
    *ret = view;
    return OK;
}
