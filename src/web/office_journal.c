/* The journal, as far as it is for whoever asks to see (office.h). */
#include "base/attr.h"
#include "register/journal_read.h"
#include "web/office.h"
#include "web/office_parts.h"

static const struct error NO_FILTER = {
    "no-filter", 422, EXIT_INPUT, "who or what is a kind and a number: person:4, account:2, command"
};

static const struct shape_member ref_members[] = {
    { "kind", &shape_text, false,
      "person, account, recovery, ... for what; person, token, command,"
      " system for who" },
    { "id", &shape_int, false, "The number; 0: none" },
    { 0 },
};
static const struct shape ref_shape = { .kind = IS_OBJECT,
                                        .name = "JournalReference",
                                        .members = ref_members };

static const struct shape_member line_members[] = {
    { "position", &shape_int, false, "From 1" },
    { "at", &shape_instant, false, "When" },
    { "operation", &shape_text, false, "What was done" },
    { "subject", &ref_shape, true, "To what or whom" },
    { "actor", &ref_shape, true, "By whom" },
    { "authority", &shape_text, false, "By what right" },
    { "payload", &shape_text, true,
      "What else is known, as JSON; null: erased, or not for whoever asks to see" },
    { 0 },
};
static const struct shape line_shape = { .kind = IS_OBJECT,
                                         .name = "JournalLine",
                                         .members = line_members };
static const struct shape lines_shape = { .kind = IS_LIST, .item = &line_shape };

static const struct shape_member members[] = {
    { "entries", &lines_shape, false, "In the order in which things happened" },
    { "operation", &shape_text, false, "The operation that was looked for; empty: any" },
    { "subject", &shape_text, false, "What was looked for; empty: anything" },
    { "actor", &shape_text, false, "Who was looked for; empty: anybody" },
    { "after", &shape_int, true, "The position after which to go on; null: these were the last" },
    { "payloads", &shape_bool, false, "Whether payloads are for whoever asks to see" },
    { 0 },
};
const struct shape office_journal_shape = { .kind = IS_OBJECT,
                                            .name = "OfficeJournal",
                                            .members = members };
const struct route_field office_journal_fields[] = {
    { "operation", "entries of that operation", false, false },
    { "subject", "entries about that: person:4, account:2, recovery:1", false, false },
    { "actor", "entries by that: person:4, token:2, command, system", false, false },
    { "after", "entries after that position", false, false },
    { 0 },
};

/* "person:4", or "command" for any of its kind. */
static struct result take_sought(const struct call *call, const char *field,
                                 struct journal_sought *ret)
{
    struct str text = form_get(&call->query, str_from_c(field));
    struct journal_sought sought = { .kind = STR_NONE };
    struct str number;

    if (text.n == 0) {
        *ret = sought;
        return OK;
    }
    number = str_split(str_trim(text), ':', &sought.kind);
    sought.any_id = !number.p;
    if (sought.kind.n == 0 || (number.p && !str_to_int(number, 0, INT64_MAX, &sought.id)))
        return fail(&NO_FILTER);
    *ret = sought;
    return OK;
}

static struct value *ref_value(struct arena *arena, struct journal_ref ref)
{
    struct value *value;

    if (!ref.kind.p)
        return value_null(arena);
    value = value_object(arena);
    value_set_text(arena, value, "kind", ref.kind);
    value_set_int(arena, value, "id", ref.id);
    return value;
}

static struct value *line_value(struct arena *arena, const struct journal_line *line,
                                bool with_payload)
{
    struct value *value = value_object(arena);

    value_set_int(arena, value, "position", line->entry.position);
    value_set(arena, value, "at", value_instant(arena, line->entry.at));
    value_set_text(arena, value, "operation", line->entry.operation);
    value_set(arena, value, "subject", ref_value(arena, line->entry.subject));
    value_set(arena, value, "actor", ref_value(arena, line->entry.actor));
    value_set_text(arena, value, "authority", line->entry.authority);
    value_set(arena, value, "payload",
              with_payload ? text_or_null(arena, line->payload) : value_null(arena));
    return value;
}

static void set_query(const struct call *call, struct value *view, const char *name)
{
    struct str text = form_get(&call->query, str_from_c(name));

    value_set_text(call->arena, view, name, text.p ? text : STR(""));
}

struct result office_journal_answer(struct call *call, struct value **ret_view)
{
    bool payloads = office_may(call, PERMISSION_HISTORY_SEE, &ABOUT_NOTHING);
    struct value *view = value_object(call->arena);
    struct value *values = value_array(call->arena);
    struct journal_filter filter = JOURNAL_ALL;
    struct str operation = form_get(&call->query, STR("operation"));
    struct journal_line *lines;
    struct office office;
    size_t count;

    TRY(office_begin(call, PERMISSION_JOURNAL_SEE, &ABOUT_NOTHING, &office));
    TRY(take_sought(call, "subject", &filter.subject));
    TRY(take_sought(call, "actor", &filter.actor));
    filter.operation = operation.n > 0 ? str_trim(operation) : STR_NONE;
    filter.after = office_query(call, "after");
    TRY(journal_read(office.store, office.arena, &filter, OFFICE_PAGE, &lines, &count));
    for (size_t i = 0; i < count; i++)
        value_push(call->arena, values, line_value(call->arena, &lines[i], payloads));
    value_set(call->arena, view, "entries", values);
    set_query(call, view, "operation");
    set_query(call, view, "subject");
    set_query(call, view, "actor");
    value_set(call->arena, view, "after",
              count == OFFICE_PAGE ? value_int(call->arena, lines[count - 1].entry.position)
                                   : value_null(call->arena));
    value_set_bool(call->arena, view, "payloads", payloads);
    *ret_view = view;
    return OK;
}
