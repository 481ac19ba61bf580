#include "web/standing_form.h"

#include <string.h>

#include "base/buf.h"
#include "register/standing.h"
#include "register/standpoint.h"

#define KEPT_MAX ((size_t)2 * 1024 * 1024) /* letters of a packed file in a page */

struct form_view {
    struct arena *arena;
    const struct scheme *scheme;
    const struct asked *asked;
    const struct sent *sent;
    const struct standing_facts *facts; /* NULL: nothing was sent */
    day today;
    bool plan_alone; /* nothing else is asked */
};

/* ---- words ---- */

struct str plain_words(struct arena *arena, struct str name)
{
    char *p = arena_alloc(arena, name.n + 1);

    for (size_t i = 0; i < name.n; i++)
        p[i] = name.p[i];
    for (size_t i = 0; i < name.n; i++)
        if (p[i] == '-')
            p[i] = ' ';
    return (struct str){ p, name.n };
}

struct str plain_title(struct arena *arena, struct str name)
{
    struct str words = plain_words(arena, name);

    if (words.n > 0 && words.p[0] >= 'a' && words.p[0] <= 'z')
        *(char *)words.p -= 'a' - 'A';
    return words;
}

static struct str type_title(const struct form_view *v, struct str type)
{
    const struct scheme_programme *programme = scheme_programme(v->scheme, type);

    if (!programme)
        return plain_title(v->arena, type);
    if (!programme->short_name.p)
        return programme->title;
    return str_format(v->arena, "%.*s (%.*s)", STR_ARG(programme->title),
                      STR_ARG(programme->short_name));
}

/* ---- fields ---- */

static void set_faults(const struct form_view *v, struct value *cell, struct str name)
{
    struct value *list = value_array(v->arena);
    const struct faults *faults = v->facts ? &v->facts->form : NULL;

    for (size_t i = 0; faults && i < faults->count; i++) {
        const struct fault *fault = &faults->list[i];
        struct value *one;

        if (fault->severity != SEVERITY_ERROR || !str_eq(fault->place.heading, name))
            continue;
        one = value_object(v->arena);
        value_set_text(v->arena, one, "message", fault->message);
        value_set(v->arena, one, "hint",
                  fault->hint.n > 0 ? value_text(v->arena, fault->hint) : value_null(v->arena));
        value_push(v->arena, list, one);
    }
    value_set_bool(v->arena, cell, "faulty", list->count > 0);
    value_set(v->arena, cell, "faults", list);
}

static struct str typed(const struct form_view *v, struct str name)
{
    return v->sent ? sent_text(v->sent, name) : STR("");
}

static bool has_options(const char *is)
{
    return strcmp(is, "at") == 0 || strcmp(is, "choice") == 0;
}

/* A field. `is` says which label and hint the template gives it: its own name, or "own" and
   "choice" for fields of the vocabulary, which have a label. */
static struct value *cell_value(const struct form_view *v, struct str name, const char *is,
                                struct str label)
{
    struct value *cell = value_object(v->arena);

    value_set_text(v->arena, cell, "name", name);
    value_set_text(v->arena, cell, "is", str_from_c(is));
    value_set_text(v->arena, cell, "label", label);
    value_set_text(v->arena, cell, "value", typed(v, name));
    value_set_bool(v->arena, cell, "choice", has_options(is));
    value_set(v->arena, cell, "options", value_array(v->arena));
    set_faults(v, cell, name);
    return cell;
}

static void add_option(const struct form_view *v, struct value *cell, struct str value,
                       struct str label)
{
    struct value *option = value_object(v->arena);
    const struct value *options = value_get(cell, "options");

    value_set_text(v->arena, option, "value", value);
    value_set_text(v->arena, option, "label", label);
    value_set_bool(v->arena, option, "chosen", str_eq(value, value_get(cell, "value")->text));
    value_push(v->arena, (struct value *)options, option);
}

/* ---- rows ---- */

static struct value *field_cell(const struct form_view *v, const struct field *field,
                                struct str prefix)
{
    struct str name = str_format(v->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(field->name));
    bool choice = field->type == FIELD_OF || field->type == FIELD_ORDERED;
    struct value *cell =
        cell_value(v, name, choice ? "choice" : "own", plain_title(v->arena, field->name));

    for (size_t i = 0; choice && i < field->values.count; i++)
        add_option(v, cell, field->values.at[i], plain_words(v->arena, field->values.at[i]));
    return cell;
}

static struct value *row_value(const struct form_view *v, const struct asked_kind *kind,
                               bool planned, int number)
{
    static const char *const plain[] = { "count", "from", "to", "hours" };
    size_t shown = ARRAY_LEN(plain) - (kind->fields[FIELD_HOURS] ? 0 : 1);
    struct str prefix = str_format(v->arena, "%s%.*s.%d.", planned ? "plan." : "",
                                   STR_ARG(kind->kind->name), number);
    struct value *row = value_object(v->arena);
    struct value *cells = value_array(v->arena);

    value_set_int(v->arena, row, "number", number);
    for (size_t i = 0; i < shown; i++)
        value_push(v->arena, cells,
                   cell_value(v, str_format(v->arena, "%.*s%s", STR_ARG(prefix), plain[i]),
                              plain[i], STR("")));
    for (size_t i = FIELD_FIRST_OWN; i < kind->kind->field_count; i++)
        if (kind->fields[i])
            value_push(v->arena, cells, field_cell(v, &kind->kind->fields[i], prefix));
    if (kind->types.count > 0) {
        struct value *cell =
            cell_value(v, str_format(v->arena, "%.*sat", STR_ARG(prefix)), "at", STR(""));

        for (size_t i = 0; i < kind->types.count; i++)
            add_option(v, cell, kind->types.at[i], type_title(v, kind->types.at[i]));
        value_push(v->arena, cells, cell);
    }
    value_set(v->arena, row, "cells", cells);
    return row;
}

/* The highest number of a row of the kind in which something stands. */
static int last_row(const struct form_view *v, const struct asked_kind *kind, bool planned)
{
    int last = 0;

    for (size_t i = 0; v->sent && i < v->sent->fields.count; i++) {
        const struct form_field *field = &v->sent->fields.at[i];
        struct sent_row_name name;

        if (sent_row_name(field->name, &name) && name.planned == planned && name.number > last &&
            str_eq(name.kind, kind->kind->name))
            last = (int)name.number;
    }
    return last;
}

/* Whether something stands in a row of the kind. */
static bool is_filled(const struct form_view *v, const struct asked_kind *kind, bool planned)
{
    for (size_t i = 0; v->sent && i < v->sent->fields.count; i++) {
        const struct form_field *field = &v->sent->fields.at[i];
        struct sent_row_name name;

        if (sent_row_name(field->name, &name) && name.planned == planned &&
            str_eq(name.kind, kind->kind->name) && str_trim(field->value).n > 0)
            return true;
    }
    return false;
}

static struct value *kind_value(const struct form_view *v, const struct asked_kind *kind,
                                bool planned)
{
    struct value *object = value_object(v->arena);
    struct value *rows = value_array(v->arena);
    struct str add =
        str_format(v->arena, "add.%s%.*s", planned ? "plan." : "", STR_ARG(kind->kind->name));
    int count = last_row(v, kind, planned);

    value_set_bool(
        v->arena, object, "filled",
        ((!v->sent || v->plan_alone) && planned == v->plan_alone && kind == v->asked->kinds) ||
            is_filled(v, kind, planned) || str_eq(typed(v, STR("action")), add));
    if (count == 0 || str_eq(typed(v, STR("action")), add))
        count++;
    if (count > SENT_ROWS_MAX)
        count = SENT_ROWS_MAX;
    value_set_text(v->arena, object, "name", kind->kind->name);
    value_set_text(v->arena, object, "title",
                   kind->kind->label.p ? kind->kind->label
                                       : plain_title(v->arena, kind->kind->name));
    value_set(v->arena, object, "add",
              count < SENT_ROWS_MAX ? value_text(v->arena, add) : value_null(v->arena));
    for (int number = 1; number <= count; number++)
        value_push(v->arena, rows, row_value(v, kind, planned, number));
    value_set(v->arena, object, "rows", rows);
    return object;
}

static struct value *kinds_value(const struct form_view *v, bool planned)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < v->asked->kind_count; i++)
        value_push(v->arena, list, kind_value(v, &v->asked->kinds[i], planned));
    return list;
}

/* ---- the rest of what is asked ---- */

static struct value *credentials_value(const struct form_view *v)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < v->asked->credentials.count; i++) {
        struct str name = v->asked->credentials.at[i];
        struct str title = certification_title(v->scheme->library, name);
        struct value *one = value_object(v->arena);

        if (str_eq(title, name))
            title = plain_title(v->arena, name);
        value_set_text(v->arena, one, "title", title);
        value_set(v->arena, one, "from",
                  cell_value(v, str_format(v->arena, "held.from.%.*s", STR_ARG(name)), "held-from",
                             title));
        value_set(
            v->arena, one, "to",
            cell_value(v, str_format(v->arena, "held.to.%.*s", STR_ARG(name)), "held-to", title));
        value_push(v->arena, list, one);
    }
    return list;
}

static struct value *days_value(const struct form_view *v, const struct asked_names *names,
                                const char *prefix)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < names->count; i++)
        value_push(v->arena, list,
                   cell_value(v, str_format(v->arena, "%s.%.*s", prefix, STR_ARG(names->at[i])),
                              prefix, plain_title(v->arena, names->at[i])));
    return list;
}

static void add_choice(const struct form_view *v, struct value *list, struct str name)
{
    struct value *one = value_object(v->arena);

    value_set_text(v->arena, one, "name", name);
    value_set_text(v->arena, one, "title", certification_title(v->scheme->library, name));
    value_set_bool(v->arena, one, "chosen", str_eq(typed(v, STR("only")), name));
    value_push(v->arena, list, one);
}

static struct value *certifications_value(const struct form_view *v)
{
    const struct scheme_groups *groups = &v->scheme->groups;
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < groups->count; i++)
        for (size_t j = 0; j < groups->at[i].certifications.count; j++)
            add_choice(v, list, groups->at[i].certifications.at[j].text);
    return list;
}

/* ---- files ---- */

/* A file that was sent, for the form to carry on; null if there is none. */
static struct value *file_value(const struct form_view *v, struct str name, struct str bytes)
{
    struct value *object;
    struct str packed;

    if (!name.p)
        return value_null(v->arena);
    object = value_object(v->arena);
    packed = sent_pack(v->arena, bytes);
    value_set_text(v->arena, object, "name", name);
    value_set_int(v->arena, object, "bytes", (int64_t)bytes.n);
    value_set(v->arena, object, "packed",
              packed.p && packed.n <= KEPT_MAX ? value_text(v->arena, packed)
                                               : value_null(v->arena));
    return object;
}

/* A long text is carried on as a file: a page would grow with it. */
static void set_log(const struct form_view *v, struct value *form)
{
    struct str text = v->sent ? form_get(&v->sent->fields, STR("text")) : STR_NONE;
    bool pasted = v->sent && text.n > SENT_PASTED_MAX && !v->sent->log.name.p;

    value_set_text(v->arena, form, "text", text.p && text.n <= SENT_PASTED_MAX ? text : STR(""));
    if (pasted)
        value_set(v->arena, form, "log", file_value(v, STR("pasted.csv"), text));
    else
        value_set(v->arena, form, "log",
                  v->sent ? file_value(v, v->sent->log.name, v->sent->log.bytes)
                          : value_null(v->arena));
    value_set(v->arena, form, "person",
              v->sent ? file_value(v, v->sent->person.name, v->sent->person.bytes)
                      : value_null(v->arena));
}

static bool is_planned(const struct form_view *v)
{
    if (typed(v, STR("then")).n > 0 || str_starts(typed(v, STR("action")), STR("add.plan.")))
        return true;
    for (size_t i = 0; i < v->asked->kind_count; i++)
        if (is_filled(v, &v->asked->kinds[i], true))
            return true;
    return false;
}

/* Whether something stands in the fields of what else is known of a person. */
static bool has_more(const struct form_view *v)
{
    if (v->sent && v->sent->person.name.p)
        return true;
    for (size_t i = 0; v->sent && i < v->sent->fields.count; i++) {
        struct str name = v->sent->fields.at[i].name;

        if (v->sent->fields.at[i].value.n > 0 &&
            (str_eq(name, STR("born")) || str_starts(name, STR("held.")) ||
             str_starts(name, STR("declared.")) || str_starts(name, STR("anchor."))))
            return true;
    }
    return false;
}

static struct str chosen_marks(const struct form_view *v)
{
    struct str marks = typed(v, STR("marks"));

    if (str_eq(typed(v, STR("action")), STR("assume")) || str_eq(marks, STR("assume")))
        return STR("assume");
    return str_eq(marks, STR("claims")) ? marks : STR("stand");
}

static void set_plan(const struct form_view *v, struct value *form)
{
    value_set(v->arena, form, "plan", kinds_value(v, true));
    value_set_bool(v->arena, form, "planned", is_planned(v));
}

struct value *standing_plan_form_value(struct arena *arena, const struct scheme *scheme,
                                       const struct asked *asked, const struct sent *sent,
                                       const struct standing_facts *facts, day today)
{
    const struct form_view view = { arena, scheme, asked, sent, facts, today, true };
    struct value *form = value_object(arena);

    value_set(arena, form, "then", cell_value(&view, STR("then"), "then", STR("")));
    set_plan(&view, form);
    return form;
}

struct value *standing_form_value(struct arena *arena, const struct scheme *scheme,
                                  const struct asked *asked, const struct sent *sent,
                                  const struct standing_facts *facts, day today)
{
    const struct form_view view = { arena, scheme, asked, sent, facts, today, false };
    struct value *form = value_object(arena);

    value_set(arena, form, "on", cell_value(&view, STR("on"), "on", STR("")));
    value_set(arena, form, "then", cell_value(&view, STR("then"), "then", STR("")));
    value_set_text(arena, form, "marks", chosen_marks(&view));
    value_set(arena, form, "certifications", certifications_value(&view));
    set_log(&view, form);
    value_set(arena, form, "kinds", kinds_value(&view, false));
    set_plan(&view, form);
    value_set_bool(arena, form, "more_filled", has_more(&view));
    value_set(arena, form, "born",
              asked->born ? cell_value(&view, STR("born"), "born", STR("")) : value_null(arena));
    value_set(arena, form, "credentials", credentials_value(&view));
    value_set(arena, form, "declarations", days_value(&view, &asked->statements, "declared"));
    value_set(arena, form, "anchors", days_value(&view, &asked->anchors, "anchor"));
    return form;
}
