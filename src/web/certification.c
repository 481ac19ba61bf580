#include "web/scheme_pages.h"

#include "criteria/govern.h"
#include "criteria/library.h"
#include "criteria/rule.h"
#include "web/case_result.h"
#include "web/certification_parts.h"

#define TEXT_MAX ((size_t)16 * 1024 * 1024)

/* ---- shape ---- */

static const struct shape_member group_members[] = {
    { "id", &shape_text, false, "The word of the group" },
    { "title", &shape_text, false, "Its title" },
    { 0 },
};
static const struct shape group_shape = { .kind = IS_OBJECT,
                                          .name = "GroupReference",
                                          .members = group_members };

static const struct shape_member beside_members[] = {
    { "name", &shape_text, false, "The name of the document, as in its address" },
    { "title", &shape_text, false, "Its title" },
    { "ending", &shape_text, false, "What its name adds, such as renewal" },
    { 0 },
};
static const struct shape beside_shape = { .kind = IS_OBJECT,
                                           .name = "DocumentBeside",
                                           .members = beside_members };
static const struct shape beside_list_shape = { .kind = IS_LIST, .item = &beside_shape };

static const struct shape_member tightens_members[] = {
    { "name", &shape_text, false, "The name of the document that this one is stricter than" },
    { "title", &shape_text, false, "Its title" },
    { "edition", &shape_text, false, "The edition it was written against" },
    { 0 },
};
static const struct shape tightens_shape = { .kind = IS_OBJECT,
                                             .name = "TightenedDocument",
                                             .members = tightens_members };

static const struct shape_member members[] = {
    { "name", &shape_text, false, "The name of the document, as in its address" },
    { "title", &shape_text, false, "Its title in the edition shown" },
    { "of", &certification_shape, true,
      "The certification that a document NAME.x belongs to; null: it is one itself" },
    { "ending", &shape_text, true, "What its name adds to that, such as renewal" },
    { "language", &shape_text, false, "The tag of the language that is authoritative" },
    { "edition", &edition_shape, false, "The edition that is shown" },
    { "governing", &shape_text, true, "The edition in force today" },
    { "applications", &applications_shape, false, "Whether applications are taken today" },
    { "group", &group_shape, true, "The group that lists it" },
    { "owner", &body_shape, true, "The body that answers for it" },
    { "drafters", &body_list_shape, false, "The bodies that write its text" },
    { "audience", &shape_text, true, "Who it is for" },
    { "route", &shape_text, true, "How and where to qualify" },
    { "programmes", &programme_list_shape, false, "The types of programme that lead to it" },
    { "notes", &shape_texts, false, "Remarks that the document makes" },
    { "requirements", &requirement_list_shape, false, "What is asked" },
    { "bars", &bar_list_shape, false, "Who is barred" },
    { "definitions", &definition_list_shape, false, "The words that the document defines" },
    { "validity", &validity_shape, true, "How long it lasts; null: the document does not say" },
    { "cycle", &cycle_shape, true, "The cycle that requirements speak of" },
    { "tightens", &tightens_shape, true, "The document that this one is stricter than" },
    { "beside", &beside_list_shape, false, "The documents NAME.x beside it, such as its renewal" },
    { "texts", &whole_text_list_shape, false, "The longer texts about it" },
    { "examples", &case_list_shape, false,
      "The worked examples of the document, run for this page" },
    { "has_cases", &shape_bool, false,
      "Whether the scheme has cases of it on a page of their own" },
    { "editions", &edition_list_shape, false, "All editions, newest first" },
    { "transitions", &transition_list_shape, false, "What holds for the criteria it replaces" },
    { "text", &shape_text, false, "The document in canonical form" },
    { "text_hash", &shape_text, false, "SHA-256 of that text, in hexadecimal" },
    { "rule_hash", &shape_text, false, "SHA-256 of the rule as canonical JSON, in hexadecimal" },
    { 0 },
};
const struct shape certification_page_shape = { .kind = IS_OBJECT,
                                                .name = "CertificationPage",
                                                .members = members };

/* ---- texts whose hashes can be checked ---- */

struct str edition_text(struct arena *arena, const struct edition *edition)
{
    struct buf out;

    buf_init(&out, TEXT_MAX);
    criteria_print_document(edition->document, &out);
    BUG_IF(out.overflow);
    return buf_take(&out, arena);
}

struct str edition_rule(struct arena *arena, const struct edition *edition)
{
    struct buf out;

    buf_init(&out, TEXT_MAX);
    value_write_json(rule_of_edition(arena, edition), JSON_CANONICAL, &out);
    BUG_IF(out.overflow);
    return buf_take(&out, arena);
}

/* ---- parts ---- */

const struct edition *edition_of(const struct scheme_view *v, struct str name, struct str number)
{
    struct edition_number parsed;

    if (!edition_number_parse(number, &parsed))
        return NULL;
    return library_find(v->scheme->library, name, parsed);
}

static struct value *group_value(const struct scheme_view *v, const struct edition *edition)
{
    const struct scheme_group *group = edition->group.p ? scheme_group(v->scheme, edition->group)
                                                        : NULL;
    struct value *object;

    if (!group)
        return NULL;
    object = value_object(v->arena);
    value_set_text(v->arena, object, "id", group->id.text);
    value_set_text(v->arena, object, "title", group->title);
    return object;
}

static bool lists_word(struct word_list words, struct str text)
{
    for (size_t i = 0; i < words.count; i++)
        if (str_eq(words.at[i].text, text))
            return true;
    return false;
}

static struct value *drafters_value(const struct scheme_view *v, struct str name)
{
    const struct scheme_bodies *bodies = &v->scheme->bodies;
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < bodies->count; i++)
        if (lists_word(bodies->at[i].drafts, name))
            value_push(v->arena, list, body_value(v, bodies->at[i].id.text));
    return list;
}

static struct value *programmes_value(const struct scheme_view *v, struct str name)
{
    const struct scheme_programmes *programmes = &v->scheme->programmes;
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < programmes->count; i++)
        if (lists_word(programmes->at[i].leads_to, name))
            value_push(v->arena, list, programme_value(v, &programmes->at[i]));
    return list;
}

static struct value *beside_value(const struct scheme_view *v, struct str name)
{
    struct str_list names = names_beside(v, name);
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < names.count; i++) {
        struct value *object = certification_value(v, names.at[i]);

        value_set_text(v->arena, object, "ending", str_drop(names.at[i], name.n + 1));
        value_push(v->arena, list, object);
    }
    return list;
}

static struct value *tightens_value(const struct scheme_view *v, const struct edition *edition)
{
    struct value *object;

    if (!edition->tightens.p)
        return NULL;
    object = certification_value(v, edition->tightens);
    value_set_text(v->arena, object, "edition",
                   edition_number_text(v->arena, edition->tightens_edition));
    return object;
}

static bool has_cases(const struct scheme *scheme, struct str name)
{
    for (size_t i = 0; i < scheme->cases.count; i++)
        if (cases_speak_of(scheme->cases.at[i]->text, name))
            return true;
    return false;
}

/* ---- the page ---- */

static void set_heads(const struct scheme_view *v, const struct edition *edition,
                      struct value *view)
{
    const struct edition *governing = edition_in_force(v->scheme->library, edition->name, v->today);
    struct str of = certification_of(v, edition->name);

    value_set_text(v->arena, view, "name", edition->name);
    value_set_text(v->arena, view, "title", edition->title.p ? edition->title : edition->name);
    set_value(v, view, "of", of.p ? certification_value(v, of) : NULL);
    set_text(v, view, "ending", of.p ? str_drop(edition->name, of.n + 1) : STR_NONE);
    value_set_text(v->arena, view, "language", edition->language);
    value_set(v->arena, view, "edition", edition_value(v, edition));
    set_text(v, view, "governing",
             governing ? edition_number_text(v->arena, governing->number) : STR_NONE);
    value_set(v->arena, view, "applications", applications_value(v, edition->name));
    set_value(v, view, "group", group_value(v, edition));
    set_value(v, view, "owner", edition->owner.p ? body_value(v, edition->owner) : NULL);
    value_set(v->arena, view, "drafters", drafters_value(v, edition->name));
    set_text(v, view, "audience", edition->audience);
    set_text(v, view, "route", edition->route);
    value_set(v->arena, view, "programmes", programmes_value(v, edition->name));
}

static void set_rule(const struct scheme_view *v, const struct edition *edition, struct value *view)
{
    value_set(v->arena, view, "notes", notes_value(v, edition));
    value_set(v->arena, view, "requirements", requirements_value(v, edition));
    value_set(v->arena, view, "bars", bars_value(v, edition));
    value_set(v->arena, view, "definitions", definitions_value(v, edition));
    set_value(v, view, "validity", validity_value(v, edition));
    set_value(v, view, "cycle", cycle_value(v, edition));
    set_value(v, view, "tightens", tightens_value(v, edition));
}

struct value *certification_view(const struct scheme_view *v, struct str name, struct str number)
{
    const struct edition *edition = number.p ? edition_of(v, name, number) : shown_edition(v, name);
    struct value *view;

    if (!edition)
        return NULL;
    view = value_object(v->arena);
    set_heads(v, edition, view);
    set_rule(v, edition, view);
    value_set(v->arena, view, "beside", beside_value(v, name));
    value_set(v->arena, view, "texts", texts_about(v, name, 2));
    value_set(v->arena, view, "examples", examples_value(v, edition));
    value_set_bool(v->arena, view, "has_cases", has_cases(v->scheme, name));
    value_set(v->arena, view, "editions", editions_value(v, edition));
    value_set(v->arena, view, "transitions", transitions_value(v, edition));
    value_set_text(v->arena, view, "text", edition_text(v->arena, edition));
    value_set_text(v->arena, view, "text_hash", edition->text_hash);
    value_set_text(v->arena, view, "rule_hash", edition->rule_hash);
    return view;
}
