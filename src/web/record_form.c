/* The form of an entry (record_entry.h). */
#include "base/attr.h"
#include "base/buf.h"
#include "register/logbook.h"
#include "web/record_entry.h"
#include "web/standing_form.h"

/* ---- the shape ---- */

static const struct shape_member option_members[] = {
    { "value", &shape_text, false, "What is sent" },
    { "title", &shape_text, false, "The same for people" },
    { "chosen", &shape_bool, false, "Whether it is chosen" },
    { 0 },
};
static const struct shape option_shape = { .kind = IS_OBJECT, .members = option_members };
static const struct shape options_shape = { .kind = IS_LIST, .item = &option_shape };

static const char *const sort_words[] = { "choice", "number", "hours", "text", NULL };
static const struct shape sort_shape = { .kind = IS_WORD, .words = sort_words };

static const struct shape_member cell_members[] = {
    { "name", &shape_text, false, "The field" },
    { "title", &shape_text, false, "The same for people" },
    { "is", &sort_shape, false, "How it is filled in" },
    { "value", &shape_text, false, "What stands in it" },
    { "options", &options_shape, false, "What can be chosen" },
    { "message", &shape_text, true, "What is wrong with it" },
    { 0 },
};
static const struct shape cell_shape = { .kind = IS_OBJECT,
                                         .name = "RecordFormField",
                                         .members = cell_members };
static const struct shape cells_shape = { .kind = IS_LIST, .item = &cell_shape };

static const struct shape_member members[] = {
    { "kind", &shape_text, false, "The kind of record" },
    { "title", &shape_text, false, "Its title" },
    { "start", &shape_text, false, "The first day" },
    { "end", &shape_text, false, "The last day; empty: the same" },
    { "hours", &shape_text, false, "How long it took" },
    { "days", &shape_text, false, "Days of work, where these are fewer than the calendar has" },
    { "matter", &shape_text, false, "The private reference" },
    { "programme", &shape_text, false, "The programme" },
    { "last_day", &shape_date, false, "The last day that an entry may have: today" },
    { "more", &shape_bool, false, "Whether something stands in what is folded away" },
    { "fields", &cells_shape, false, "The fields of the kind" },
    { 0 },
};
const struct shape record_form_shape = { .kind = IS_OBJECT,
                                         .name = "RecordForm",
                                         .members = members };

/* ---- what stands in it ---- */

struct form_parts {
    const struct call *call;
    struct arena *arena;
    const struct evidence *says; /* NULL: nothing yet */
    bool sent;
};

static struct str typed(const struct form_parts *parts, struct str name)
{
    struct str text = str_trim(form_get(call_form(parts->call), name));

    return text.p ? text : STR("");
}

/* As it was sent, and else as the entry has it. */
static struct str filled(const struct form_parts *parts, const char *name, struct str has)
{
    if (parts->sent)
        return typed(parts, str_from_c(name));
    return parts->says && has.p ? has : STR("");
}

static struct str fault_of(const struct form_parts *parts, struct str field)
{
    return call_fault_message(parts->call, field);
}

static void add_option(struct arena *arena, struct value *options, struct str value,
                       struct str chosen)
{
    struct value *option = value_object(arena);

    value_set_text(arena, option, "value", value);
    value_set_text(arena, option, "title", plain_words(arena, value));
    value_set_bool(arena, option, "chosen", str_eq(value, chosen));
    value_push(arena, options, option);
}

static const char *sort_of(const struct field *field)
{
    if (field->type == FIELD_OF || field->type == FIELD_ORDERED)
        return "choice";
    if (field->type == FIELD_MINUTES)
        return "hours";
    return field->type == FIELD_INTEGER ? "number" : "text";
}

static struct value *cell_value(const struct form_parts *parts, const struct field *field)
{
    struct arena *arena = parts->arena;
    struct value *options = value_array(arena);
    struct value *cell = value_object(arena);
    struct str value = parts->sent   ? typed(parts, field->name)
                       : parts->says ? evidence_fact(parts->says, field->name)
                                     : STR("");
    struct str message = fault_of(parts, field->name);

    for (size_t i = 0; i < field->values.count; i++)
        add_option(arena, options, field->values.at[i], value);
    value_set_text(arena, cell, "name", field->name);
    value_set_text(arena, cell, "title", plain_title(arena, field->name));
    value_set_text(arena, cell, "is", str_from_c(sort_of(field)));
    value_set_text(arena, cell, "value", value.p ? value : STR(""));
    value_set(arena, cell, "options", options);
    value_set(arena, cell, "message", message.p ? value_text(arena, message) : value_null(arena));
    return cell;
}

static struct value *cells_value(const struct form_parts *parts, const struct kind *kind)
{
    struct value *cells = value_array(parts->arena);

    for (size_t i = FIELD_FIRST_OWN; i < kind->field_count; i++)
        value_push(parts->arena, cells, cell_value(parts, &kind->fields[i]));
    return cells;
}

static struct str text_of_day(struct arena *arena, day on)
{
    return value_day(arena, on)->text;
}

static struct str number_text(struct arena *arena, int64_t number)
{
    return number >= 0 ? str_format(arena, "%lld", (long long)number) : STR("");
}

static struct str hours_text(struct arena *arena, int64_t minutes)
{
    return minutes >= 0 ? str_format(arena, "%lld:%02lld", (long long)(minutes / 60),
                                     (long long)(minutes % 60))
                        : STR("");
}

/* The day is today until somebody says otherwise: it is filled in between two meetings. */
static void set_days(const struct form_parts *parts, struct value *form)
{
    const struct evidence *says = parts->says;
    struct arena *arena = parts->arena;
    struct str start = text_of_day(arena, says ? says->start : parts->call->today);
    struct str end = says && says->end != says->start ? text_of_day(arena, says->end) : STR("");

    if (parts->sent) {
        start = typed(parts, STR("start"));
        if (start.n == 0)
            start = typed(parts, STR("date"));
        end = typed(parts, STR("end"));
    }
    value_set_text(arena, form, "start", start);
    value_set_text(arena, form, "end", end);
}

/* Several days, days of work and a programme are folded away until something stands there. */
static bool has_more(const struct call *call, const struct value *form)
{
    static const char *const names[] = { "end", "days", "programme" };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (value_get(form, names[i])->text.n > 0 ||
            call_fault_message(call, str_from_c(names[i])).p)
            return true;
    return false;
}

struct value *record_form_value(const struct call *call, const struct vocabulary *vocabulary,
                                struct str kind, const struct evidence *says)
{
    const struct form_parts parts = { call, call->arena, says, call_form(call)->count > 0 };
    const struct kind *known = vocabulary ? vocabulary_kind(vocabulary, kind) : NULL;
    struct arena *arena = call->arena;
    struct value *form = value_object(arena);

    if (!known)
        return value_null(arena);
    value_set_text(arena, form, "kind", known->name);
    value_set_text(arena, form, "title", record_kind_title(arena, vocabulary, known->name));
    set_days(&parts, form);
    value_set_text(arena, form, "hours",
                   filled(&parts, "hours", hours_text(arena, says ? says->hours : -1)));
    value_set_text(arena, form, "days",
                   filled(&parts, "days", number_text(arena, says ? says->days : -1)));
    value_set_text(arena, form, "matter", filled(&parts, "matter", says ? says->matter : STR_NONE));
    value_set_text(arena, form, "programme",
                   filled(&parts, "programme", says ? says->programme : STR_NONE));
    value_set_bool(arena, form, "more", has_more(call, form));
    value_set(arena, form, "last_day", value_day(arena, call->today));
    value_set(arena, form, "fields", cells_value(&parts, known));
    return form;
}

/* ---- reading ---- */

/* Fields of the form that are not of the record. */
static bool is_of_record(struct str name)
{
    static const char *const others[] = { "token", "do", "why", "version", "anyway", "next" };

    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (str_eq_c(name, others[i]))
            return false;
    return true;
}

static bool has_member(const struct value *object, struct str key)
{
    for (size_t i = 0; i < object->count; i++)
        if (str_eq(object->members[i].key, key))
            return true;
    return false;
}

/* One record of a logbook in JSON. A day alone is the date, in the words of logbooks. Of a field
   that was sent twice the first counts, as everywhere. */
static struct str record_text(const struct call *call)
{
    const struct form *form = call_form(call);
    const bool one_day = str_trim(form_get(form, STR("end"))).n == 0;
    struct arena *arena = call->arena;
    struct value *record = value_object(arena);
    struct value *records = value_array(arena);
    struct buf out;

    for (size_t i = 0; i < form->count; i++) {
        struct str name = form->at[i].name;
        struct str value = str_trim(form->at[i].value);

        if (value.n == 0 || !is_of_record(name))
            continue;
        if (one_day && str_eq_c(name, "start"))
            name = STR("date");
        if (!has_member(record, name))
            value_set_str(arena, record, name, value_text(arena, value));
    }
    value_push(arena, records, record);
    buf_init(&out, 1000);
    value_write_json(records, JSON_COMPACT, &out);
    return buf_take(&out, arena);
}

/* What the reader of logbooks found, at the field of the form. */
static void tell(struct call *call, const struct fault *fault)
{
    struct arena *arena = call->arena;
    struct error *error = ARENA_NEW(arena, struct error);
    struct str heading = fault->place.heading;
    struct str words = fault->message;

    if (fault->severity != SEVERITY_ERROR)
        return;
    if (fault->hint.p)
        words = str_format(arena, "%.*s: %.*s", STR_ARG(words), STR_ARG(fault->hint));
    *error = (struct error){ "value", 422, EXIT_INPUT, str_to_c(arena, words) };
    if (str_eq_c(heading, "date") && form_get(call_form(call), STR("date")).n == 0)
        heading = STR("start");
    call_fault(call, heading.p ? str_to_c(arena, heading) : NULL, error);
}

bool record_form_read(struct call *call, const struct vocabulary *vocabulary, struct evidence *ret)
{
    struct dossier registers;
    struct logbook_rows rows;
    struct faults faults;

    dossier_init(&registers);
    faults_init(&faults, call->arena);
    if (failed(logbook_read_rows(call->arena, record_text(call), vocabulary, &logbook_limits,
                                 call->today, &faults, &registers, &rows)) ||
        faults.errors > 0 || rows.count != 1) {
        for (size_t i = 0; i < faults.count; i++)
            tell(call, &faults.list[i]);
        if (!call_is_faulty(call))
            call_fault(call, NULL, &EVIDENCE_VOCABULARY);
        return false;
    }
    *ret = rows.at[0].says;
    return true;
}
