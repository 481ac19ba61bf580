/* The form of an item of a profile (record_profile.h). */
#include "base/attr.h"
#include "register/coded.h"
#include "web/record_profile.h"
#include "web/site.h"
#include "web/standing_form.h"

static const struct error NOTHING_CHOSEN = { "profile-missing", 422, EXIT_INPUT,
                                             "choose at least one" };
const struct error PROFILE_NO_VISIBLE = { "profile-visible", 422, EXIT_INPUT,
                                          "choose who sees it: public, members or private" };

/* ---- the shape ---- */

static const struct shape_member option_members[] = {
    { "value", &shape_text, false, "What is sent" },
    { "title", &shape_text, false, "The same for people" },
    { "chosen", &shape_bool, false, "Whether it is chosen" },
    { "depth", &shape_int, false, "How many areas lie around it" },
    { "deep", &shape_bool, false, "Whether any does" },
    { 0 },
};
static const struct shape option_shape = { .kind = IS_OBJECT, .members = option_members };
static const struct shape options_shape = { .kind = IS_LIST, .item = &option_shape };

static const char *const field_words[] = {
    "name",          "given",   "family",  "family_first", "latin",
    "post_nominals", "level",   "country", "title",        "at",
    "body",          "number",  "insurer", "sum",          "currency",
    "edition",       "address", "from",    "until",        NULL
};
static const struct shape field_word_shape = { .kind = IS_WORD, .words = field_words };
static const char *const sort_words[] = { "choice", "ticks", "yes", "number", "day", "text", NULL };
static const struct shape sort_shape = { .kind = IS_WORD, .words = sort_words };

static const struct shape_member cell_members[] = {
    { "name", &field_word_shape, false, "The field" },
    { "is", &sort_shape, false, "How it is filled in; several can be ticked" },
    { "needed", &shape_bool, false, "Whether it has to be" },
    { "value", &shape_text, false, "What stands in it" },
    { "options", &options_shape, false, "What can be chosen" },
    { "message", &shape_text, true, "What is wrong with it" },
    { 0 },
};
static const struct shape cell_shape = { .kind = IS_OBJECT,
                                         .name = "ProfileFormField",
                                         .members = cell_members };
static const struct shape cells_shape = { .kind = IS_LIST, .item = &cell_shape };

static const struct shape_member members[] = {
    { "kind", &profile_kind_shape, false, "The kind of the item" },
    { "fields", &cells_shape, false, "The fields of the kind" },
    { "visible", &profile_visible_shape, true,
      "Who sees it; null: what was sent is none of these" },
    { "today", &shape_date, false, "The last day that is not to come" },
    { "empty", &shape_bool, false, "Whether there is nothing left to choose" },
    { 0 },
};
const struct shape profile_form_shape = { .kind = IS_OBJECT,
                                          .name = "ProfileForm",
                                          .members = members };

/* ---- what stands in it ---- */

struct profile_parts {
    const struct record *record;
    struct arena *arena;
    enum profile_kind kind;
    const struct person_fact *fact; /* NULL: a new item */
    const struct fact_list *has;
    struct profile_typed_list typed; /* of the fact */
    bool sent;
};

bool profile_is_ticked(enum profile_kind kind)
{
    return kind == PROFILE_AREA || kind == PROFILE_STYLE;
}

static struct str filled(const struct profile_parts *parts, const char *key)
{
    struct str text;

    if (!parts->sent)
        return profile_typed_text(parts->typed, key);
    text = str_trim(form_get(call_form(parts->record->call), str_from_c(key)));
    return text.p ? text : STR("");
}

/* What a person has already, but in the item at hand. */
static bool has_name(const struct profile_parts *parts, struct str name)
{
    for (size_t i = 0; i < parts->has->count; i++) {
        const struct person_fact *other = &parts->has->at[i];

        if (str_eq_c(other->kind, profile_kind_word(parts->kind)) && str_eq(other->name, name) &&
            !(parts->fact && parts->fact->id.n == other->id.n))
            return true;
    }
    return false;
}

static bool was_sent(const struct profile_parts *parts, struct str name)
{
    const struct form *form = call_form(parts->record->call);

    for (size_t i = 0; i < form->count; i++)
        if (str_eq_c(form->at[i].name, "name") && str_eq(str_trim(form->at[i].value), name))
            return true;
    return false;
}

static void add_option(struct arena *arena, struct value *options, struct str code,
                       struct str title, bool chosen, int64_t depth)
{
    struct value *option = value_object(arena);

    value_set_text(arena, option, "value", code);
    value_set_text(arena, option, "title", title);
    value_set_bool(arena, option, "chosen", chosen);
    value_set_int(arena, option, "depth", depth);
    value_set_bool(arena, option, "deep", depth > 0);
    value_push(arena, options, option);
}

/* A code that the list does not have, as programs may record it, can be kept. */
static void add_coded(const struct profile_parts *parts, const struct coded_list *list,
                      struct str chosen, bool anew, struct value *options)
{
    bool found = chosen.n == 0;

    for (size_t i = 0; i < list->count; i++) {
        const struct coded *coded = &list->at[i];

        found = found || str_eq(coded->code, chosen);
        if (!anew || !has_name(parts, coded->code))
            add_option(parts->arena, options, coded->code, coded->title,
                       str_eq(coded->code, chosen), 0);
    }
    if (!found)
        add_option(parts->arena, options, chosen, chosen, true, 0);
}

static int64_t depth_of(const struct term_list *terms, const struct term *term)
{
    int64_t depth = 0;

    for (term = term_of(terms, term->parent); term; term = term_of(terms, term->parent))
        depth++;
    return depth;
}

static void add_terms(const struct profile_parts *parts, const struct term_list *terms,
                      struct str chosen, struct value *options)
{
    for (size_t i = 0; i < terms->count; i++) {
        const struct term *term = &terms->at[i];

        if (!has_name(parts, term->id))
            add_option(parts->arena, options, term->id, term->title,
                       parts->sent ? was_sent(parts, term->id) : str_eq(term->id, chosen),
                       depth_of(terms, term));
    }
}

static void add_statements(const struct profile_parts *parts, struct str chosen,
                           struct value *options)
{
    const struct profile_terms terms = profile_terms_of(parts->record->scheme);

    for (size_t i = 0; i < terms.statements.count; i++)
        add_option(parts->arena, options, terms.statements.at[i],
                   plain_title(parts->arena, terms.statements.at[i]),
                   str_eq(terms.statements.at[i], chosen), 0);
}

static void add_words(struct arena *arena, const char *words, struct str chosen,
                      struct value *options)
{
    struct str rest = str_from_c(words);

    while (rest.p) {
        struct str word;

        rest = str_split(rest, ' ', &word);
        add_option(arena, options, word, plain_title(arena, word), str_eq(word, chosen), 0);
    }
}

/* ---- fields ---- */

static struct value *add_cell(const struct profile_parts *parts, const char *name, const char *is,
                              bool needed, struct value *cells)
{
    struct str message = call_fault_message(parts->record->call, str_from_c(name));
    struct arena *arena = parts->arena;
    struct value *options = value_array(arena);
    struct value *cell = value_object(arena);

    value_set_text(arena, cell, "name", str_from_c(name));
    value_set_text(arena, cell, "is", str_from_c(is));
    value_set_bool(arena, cell, "needed", needed);
    value_set_text(arena, cell, "value", filled(parts, name));
    value_set(arena, cell, "options", options);
    value_set(arena, cell, "message", message.p ? value_text(arena, message) : value_null(arena));
    value_push(arena, cells, cell);
    return options;
}

static const char *name_sort(const struct profile_parts *parts)
{
    if (profile_named(parts->kind) == PROFILE_OF_PLACE)
        return "text";
    return profile_is_ticked(parts->kind) && !parts->fact ? "ticks" : "choice";
}

static void add_name_cell(const struct profile_parts *parts, struct value *cells)
{
    const struct scheme *scheme = parts->record->scheme;
    struct str chosen = filled(parts, "name");
    struct value *options;

    if (profile_named(parts->kind) == PROFILE_NOT_NAMED)
        return;
    options = add_cell(parts, "name", name_sort(parts), true, cells);
    switch (profile_named(parts->kind)) {
    case PROFILE_OF_LANGUAGE:
        add_coded(parts, &coded_languages, chosen, true, options);
        break;
    case PROFILE_OF_COUNTRY:
        add_coded(parts, &coded_countries, chosen, true, options);
        break;
    case PROFILE_OF_AREA:
        add_terms(parts, &scheme->record.areas, chosen, options);
        break;
    case PROFILE_OF_STYLE:
        add_terms(parts, &scheme->record.styles, chosen, options);
        break;
    case PROFILE_OF_STATEMENT:
        add_statements(parts, chosen, options);
        break;
    case PROFILE_OF_PLACE:
    case PROFILE_NOT_NAMED:
        break;
    }
}

static const char *sort_of(const struct profile_member *member)
{
    if (member->holds == PROFILE_CHOICE || member->holds == PROFILE_IN_COUNTRY)
        return "choice";
    if (member->holds == PROFILE_YES_NO)
        return "yes";
    return member->holds == PROFILE_NUMBER ? "number" : "text";
}

static void add_member_cells(const struct profile_parts *parts, struct value *cells)
{
    for (const struct profile_member *member = profile_members(parts->kind); member->key;
         member++) {
        struct str chosen = filled(parts, member->key);
        struct value *options =
            add_cell(parts, member->key, sort_of(member), member->needed, cells);

        if (member->holds == PROFILE_CHOICE)
            add_words(parts->arena, member->choices, chosen, options);
        else if (member->holds == PROFILE_IN_COUNTRY)
            add_coded(parts, &coded_countries, chosen, false, options);
    }
}

static struct value *cells_value(const struct profile_parts *parts)
{
    enum profile_dated dated = profile_dated(parts->kind);
    struct value *cells = value_array(parts->arena);

    add_name_cell(parts, cells);
    add_member_cells(parts, cells);
    if (dated != PROFILE_NOT_DATED)
        (void)add_cell(parts, "from", "day", dated == PROFILE_ON_A_DAY, cells);
    if (dated == PROFILE_DATED)
        (void)add_cell(parts, "until", "day", false, cells);
    return cells;
}

static struct value *visible_value(const struct profile_parts *parts)
{
    enum visible visible = parts->fact ? parts->fact->visible : profile_default(parts->kind);

    if (parts->sent && filled(parts, "visible").n > 0 &&
        !visible_parse(filled(parts, "visible"), &visible))
        return value_null(parts->arena);
    return value_text(parts->arena, str_from_c(visible_word(visible)));
}

static bool is_empty(const struct value *cells)
{
    const struct value *first = cells->count > 0 ? cells->items[0] : NULL;

    return first && str_eq_c(value_get(first, "name")->text, "name") &&
           !str_eq_c(value_get(first, "is")->text, "text") &&
           value_get(first, "options")->count == 0;
}

struct value *profile_form_value(const struct record *record, enum profile_kind kind,
                                 const struct person_fact *fact, const struct fact_list *has)
{
    const struct profile_parts parts = {
        .record = record,
        .arena = record->arena,
        .kind = kind,
        .fact = fact,
        .has = has,
        .typed = fact ? profile_typed_of(record->arena, fact)
                      : (struct profile_typed_list){ NULL, 0 },
        .sent = call_is_faulty(record->call),
    };
    struct value *cells = cells_value(&parts);
    struct value *form = value_object(record->arena);

    value_set_text(record->arena, form, "kind", str_from_c(profile_kind_word(kind)));
    value_set(record->arena, form, "fields", cells);
    value_set(record->arena, form, "visible", visible_value(&parts));
    value_set(record->arena, form, "today", value_day(record->arena, record->call->today));
    value_set_bool(record->arena, form, "empty", is_empty(cells));
    return form;
}

/* ---- reading ---- */

struct reading {
    struct call *call;
    enum profile_kind kind;
    struct profile_terms terms;
    enum visible visible;
    struct profile_item *items;
    size_t count, room;
};

/* What was sent of the fields of the kind. */
static struct profile_typed_list typed_of(const struct reading *reading, struct str name)
{
    struct arena *arena = reading->call->arena;
    struct profile_typed *list = ARENA_ARRAY(arena, ARRAY_LEN(field_words), struct profile_typed);
    size_t count = 0;

    for (size_t i = 0; field_words[i]; i++) {
        struct str key = str_from_c(field_words[i]);
        struct str text = str_eq_c(key, "name") ? name : form_get(call_form(reading->call), key);

        if (str_trim(text).n > 0)
            list[count++] = (struct profile_typed){ key, text };
    }
    return (struct profile_typed_list){ list, count };
}

static void read_one(struct reading *reading, struct str name)
{
    struct call *call = reading->call;
    struct profile_faults faults;
    struct profile_item item;

    if (!profile_typed_read(call->arena, reading->kind, &reading->terms, typed_of(reading, name),
                            call->today, &faults, &item)) {
        for (size_t i = 0; i < faults.count; i++)
            call_fault(call, str_to_c(call->arena, faults.at[i].field), faults.at[i].error);
        return;
    }
    item.visible = reading->visible;
    *ARENA_PUSH(call->arena, reading->items, reading->count, reading->room) = item;
}

/* Those ticked in a form, or in the array that a program sent. */
static void read_ticked(struct reading *reading)
{
    const struct form *form = call_form(reading->call);
    const struct value *sent = call_sent(reading->call);
    const struct value *names = sent ? value_get(sent, "name") : NULL;

    for (size_t i = 0; i < form->count; i++)
        if (str_eq_c(form->at[i].name, "name"))
            read_one(reading, form->at[i].value);
    for (size_t i = 0; names && names->kind == VALUE_ARRAY && i < names->count; i++)
        if (names->items[i]->kind == VALUE_TEXT)
            read_one(reading, names->items[i]->text);
    if (reading->count == 0 && !call_is_faulty(reading->call))
        call_fault(reading->call, "name", &NOTHING_CHOSEN);
}

bool profile_form_read(struct call *call, enum profile_kind kind, const struct person_fact *fact,
                       struct profile_wish *ret)
{
    struct reading reading = {
        .call = call,
        .kind = kind,
        .terms = profile_terms_of(call_scheme(call)),
        .visible = fact ? fact->visible : profile_default(kind),
    };
    struct str visible = own_text(call, "visible");

    if (visible.n > 0 && !visible_parse(visible, &reading.visible))
        call_fault(call, "visible", &PROFILE_NO_VISIBLE);
    if (profile_is_ticked(kind) && !fact)
        read_ticked(&reading);
    else
        read_one(&reading, own_text(call, "name"));
    *ret = (struct profile_wish){ reading.items, reading.count };
    return !call_is_faulty(call);
}
