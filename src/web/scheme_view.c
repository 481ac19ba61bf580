#include "web/scheme_view.h"

#include "criteria/govern.h"
#include "criteria/library.h"
#include "markdown/markdown.h"
#include "register/standing.h"
#include "register/standpoint.h"

void set_text(const struct scheme_view *v, struct value *object, const char *key, struct str text)
{
    set_value(v, object, key, text.p ? value_text(v->arena, text) : NULL);
}

void set_day(const struct scheme_view *v, struct value *object, const char *key, day d, day none)
{
    set_value(v, object, key, d == none ? NULL : value_day(v->arena, d));
}

void set_value(const struct scheme_view *v, struct value *object, const char *key,
               struct value *value)
{
    value_set(v->arena, object, key, value ? value : value_null(v->arena));
}

/* ---- certifications ---- */

const struct edition *shown_edition(const struct scheme_view *v, struct str name)
{
    const struct edition *governing = edition_in_force(v->scheme->library, name, v->today);
    size_t count;
    const struct edition *const *editions = library_editions(v->scheme->library, name, &count);

    if (governing || count == 0)
        return governing;
    return editions[count - 1];
}

struct str certification_of(const struct scheme_view *v, struct str name)
{
    struct str rest = name;
    size_t at;

    if (is_certification(v->scheme->library, name))
        return STR_NONE;
    while (str_find(rest, '.', &at)) {
        struct str head;

        rest = str_drop(rest, at + 1);
        head = str_take(name, name.n - rest.n - 1);
        if (is_certification(v->scheme->library, head) && shown_edition(v, head))
            return head;
    }
    return STR_NONE;
}

/* Whether the library's i-th edition is the first of its name. */
static bool is_first_of_name(const struct library *library, size_t i)
{
    return i == 0 || !str_eq(library_at(library, i)->name, library_at(library, i - 1)->name);
}

static bool is_listed(const struct scheme *scheme, struct str name)
{
    for (size_t i = 0; i < scheme->groups.count; i++)
        for (size_t k = 0; k < scheme->groups.at[i].certifications.count; k++)
            if (str_eq(scheme->groups.at[i].certifications.at[k].text, name))
                return true;
    return false;
}

/* The names that are beside `of`, or with STR_NONE the certifications in no group. */
static struct str_list names_that(const struct scheme_view *v, struct str of)
{
    const struct library *library = v->scheme->library;
    struct str *names = ARENA_ARRAY(v->arena, library_count(library), struct str);
    size_t count = 0;

    for (size_t i = 0; i < library_count(library); i++) {
        struct str name = library_at(library, i)->name;
        bool wanted = of.p ? str_eq(certification_of(v, name), of)
                           : is_certification(library, name) && !is_listed(v->scheme, name);

        if (is_first_of_name(library, i) && wanted)
            names[count++] = name;
    }
    return (struct str_list){ names, count };
}

struct str_list ungrouped_names(const struct scheme_view *v)
{
    return names_that(v, STR_NONE);
}

struct str_list names_beside(const struct scheme_view *v, struct str name)
{
    return names_that(v, name);
}

bool is_own_language(const struct edition *edition, struct text text)
{
    return !text.lang.p || str_eq(text.lang, edition->language);
}

static const struct shape_member certification_members[] = {
    { "name", &shape_text, false, "The name of the document, as in its address" },
    { "title", &shape_text, false, "Its title by the newest edition that has one" },
    { 0 },
};
const struct shape certification_shape = { .kind = IS_OBJECT,
                                           .name = "Certification",
                                           .members = certification_members };
const struct shape certification_list_shape = { .kind = IS_LIST, .item = &certification_shape };

struct value *certification_value(const struct scheme_view *v, struct str name)
{
    struct value *object = value_object(v->arena);

    value_set_text(v->arena, object, "name", name);
    value_set_text(v->arena, object, "title", certification_title(v->scheme->library, name));
    return object;
}

struct value *certifications_value(const struct scheme_view *v, struct word_list names)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < names.count; i++)
        value_push(v->arena, list, certification_value(v, names.at[i].text));
    return list;
}

/* ---- bodies and programmes ---- */

static const char *const body_words[] = { "body", "programme", "unknown", NULL };
static const struct shape body_word_shape = { .kind = IS_WORD, .words = body_words };
static const struct shape_member body_members[] = {
    { "id", &shape_text, false, "The word by which standards name it" },
    { "title", &shape_text, false, "Its title; the id where the scheme does not describe it" },
    { "what", &body_word_shape, false,
      "A body of the scheme, a type of programme that acts as one, or neither" },
    { 0 },
};
const struct shape body_shape = { .kind = IS_OBJECT,
                                  .name = "BodyReference",
                                  .members = body_members };
const struct shape body_list_shape = { .kind = IS_LIST, .item = &body_shape };

struct value *body_value(const struct scheme_view *v, struct str id)
{
    struct value *object = value_object(v->arena);
    struct str what = STR("unknown");

    if (scheme_body(v->scheme, id))
        what = STR("body");
    else if (scheme_programme(v->scheme, id))
        what = STR("programme");
    value_set_text(v->arena, object, "id", id);
    value_set_text(v->arena, object, "title", body_title(v->scheme, id));
    value_set_text(v->arena, object, "what", what);
    return object;
}

static const char *const programme_words[] = { "assessment", "training", NULL };
static const struct shape programme_word_shape = { .kind = IS_WORD, .words = programme_words };
static const struct shape_member programme_members[] = {
    { "id", &shape_text, false, "The word by which standards name this type of programme" },
    { "title", &shape_text, false, "Its title" },
    { "short_name", &shape_text, false, "Its abbreviation" },
    { "kind", &programme_word_shape, false, "Whether such programmes assess or train" },
    { "purpose", &shape_text, false, "What such a programme does" },
    { "route", &shape_text, false, "How to go about it" },
    { "note", &shape_text, true, "A remark on it" },
    { "leads_to", &certification_list_shape, false, "The certifications that it leads to" },
    { 0 },
};
const struct shape programme_shape = { .kind = IS_OBJECT,
                                       .name = "ProgrammeType",
                                       .members = programme_members };
const struct shape programme_list_shape = { .kind = IS_LIST, .item = &programme_shape };

struct value *programme_value(const struct scheme_view *v, const struct scheme_programme *programme)
{
    struct value *object = value_object(v->arena);

    value_set_text(v->arena, object, "id", programme->id.text);
    value_set_text(v->arena, object, "title", programme->title);
    value_set_text(v->arena, object, "short_name", programme->short_name);
    value_set_text(v->arena, object, "kind",
                   str_from_c(programme_words[programme->kind == PROGRAMME_TRAINING]));
    value_set_text(v->arena, object, "purpose", programme->purpose);
    value_set_text(v->arena, object, "route", programme->route);
    set_text(v, object, "note", programme->note);
    value_set(v->arena, object, "leads_to", certifications_value(v, programme->leads_to));
    return object;
}

/* ---- longer texts ---- */

static const struct shape_member text_members[] = {
    { "id", &shape_text, false, "The name of the text, as in its address" },
    { "title", &shape_text, false, "Its title" },
    { 0 },
};
const struct shape text_shape = { .kind = IS_OBJECT,
                                  .name = "TextReference",
                                  .members = text_members };
const struct shape text_list_shape = { .kind = IS_LIST, .item = &text_shape };

static const struct shape_member whole_text_members[] = {
    { "id", &shape_text, false, "The name of the text, as in its address" },
    { "title", &shape_text, false, "Its title" },
    { "html", &shape_html, false, "The text without its title, as HTML that is safe to show" },
    { 0 },
};
const struct shape whole_text_shape = { .kind = IS_OBJECT,
                                        .name = "Text",
                                        .members = whole_text_members };
const struct shape whole_text_list_shape = { .kind = IS_LIST, .item = &whole_text_shape };

struct value *text_value(const struct scheme_view *v, const struct scheme_text *text)
{
    struct value *object = value_object(v->arena);

    value_set_text(v->arena, object, "id", text->id.text);
    value_set_text(v->arena, object, "title", text->title);
    return object;
}

struct value *whole_text_value(const struct scheme_view *v, const struct scheme_text *text, int n)
{
    struct value *object = text_value(v, text);

    value_set(v->arena, object, "html",
              value_html(v->arena, markdown_html(v->arena, text->source->text, n)));
    return object;
}

struct value *texts_about(const struct scheme_view *v, struct str subject, int n)
{
    const struct scheme_texts *texts = &v->scheme->texts;
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < texts->count; i++)
        for (size_t k = 0; k < texts->at[i].subjects.count; k++)
            if (str_eq(texts->at[i].subjects.at[k].text, subject))
                value_push(v->arena, list, whole_text_value(v, &texts->at[i], n));
    return list;
}

/* ---- what a document says ---- */

static const struct shape_member wording_members[] = {
    { "language", &shape_text, false, "The tag of its language, such as en" },
    { "text", &shape_text, false, "The wording" },
    { 0 },
};
static const struct shape wording_shape = { .kind = IS_OBJECT,
                                            .name = "Wording",
                                            .members = wording_members };
const struct shape wording_list_shape = { .kind = IS_LIST, .item = &wording_shape };

static void push_wordings(const struct scheme_view *v, const struct edition *edition,
                          const struct requirement *requirement, bool own, struct value *list)
{
    const struct part_list *parts = &requirement->source->parts;

    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->at[i];
        struct value *object;

        if (part->kind != PART_WORDING || is_own_language(edition, part->text) != own)
            continue;
        object = value_object(v->arena);
        value_set_text(v->arena, object, "language",
                       part->text.lang.p ? part->text.lang : edition->language);
        value_set_text(v->arena, object, "text", part->text.text);
        value_push(v->arena, list, object);
    }
}

struct value *wordings_value(const struct scheme_view *v, const struct edition *edition,
                             const struct requirement *requirement)
{
    struct value *list = value_array(v->arena);

    push_wordings(v, edition, requirement, true, list);
    push_wordings(v, edition, requirement, false, list);
    return list;
}

struct value *notes_value(const struct scheme_view *v, const struct edition *edition)
{
    const struct item_list *items = &edition->document->items;
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < items->count; i++)
        if (items->at[i].kind == ITEM_NOTE && is_own_language(edition, items->at[i].text))
            value_push(v->arena, list, value_text(v->arena, items->at[i].text.text));
    return list;
}

/* ---- editions ---- */

static const char *const state_words[] = { "in-force", "coming", "superseded", NULL };
static const struct shape state_shape = { .kind = IS_WORD, .words = state_words };
static const struct shape_member edition_members[] = {
    { "edition", &shape_text, false, "Its number" },
    { "in_force_from", &shape_date, true,
      "The first day it is in force; null: from the beginning" },
    { "in_force_until", &shape_date, true,
      "The last day it is in force; null: until another is adopted, or, superseded, on no day" },
    { "state", &state_shape, false, "Whether it is in force today, will be, or no longer is" },
    { 0 },
};
const struct shape edition_shape = { .kind = IS_OBJECT,
                                     .name = "Edition",
                                     .members = edition_members };

/* The first day after it came into force on which another edition of the name governs; DAY_NONE if
   there is none. */
static day superseded_on(const struct scheme_view *v, const struct edition *edition)
{
    size_t count;
    const struct edition *const *editions =
        library_editions(v->scheme->library, edition->name, &count);
    day first = DAY_NONE;
    bool later = false; /* in the list: of two that begin on one day the later one governs */

    for (size_t i = 0; i < count; i++) {
        day from = editions[i]->in_force_from;

        if (editions[i] == edition)
            later = true;
        else if ((from > edition->in_force_from || (later && from == edition->in_force_from)) &&
                 (first == DAY_NONE || from < first))
            first = from;
    }
    return first;
}

struct value *edition_value(const struct scheme_view *v, const struct edition *edition)
{
    struct value *object = value_object(v->arena);
    day end = superseded_on(v, edition);
    struct str state = STR("superseded");

    if (edition == edition_in_force(v->scheme->library, edition->name, v->today))
        state = STR("in-force");
    else if (edition->in_force_from > v->today)
        state = STR("coming");
    value_set_text(v->arena, object, "edition", edition_number_text(v->arena, edition->number));
    set_day(v, object, "in_force_from", edition->in_force_from, DAY_FIRST);
    /* Another that has been in force from the beginning leaves it no day. */
    set_day(v, object, "in_force_until", end == DAY_NONE || end == DAY_FIRST ? DAY_NONE : end - 1,
            DAY_NONE);
    value_set_text(v->arena, object, "state", state);
    return object;
}

/* ---- changes ---- */

static const char *const change_words[] = {
    [CHANGE_EQUAL] = "equal",     [CHANGE_WORDING] = "wording", [CHANGE_LOOSER] = "looser",
    [CHANGE_TIGHTER] = "tighter", [CHANGE_MIXED] = "mixed",     NULL,
};
const struct shape change_shape = { .kind = IS_WORD, .words = change_words };

struct str change_word(enum change change)
{
    return str_from_c(change_words[change]);
}

static const struct shape_member detail_members[] = {
    { "where", &shape_text, false, "The place in the rule, or the name of an item" },
    { "what", &shape_text, false, "What differs" },
    { "change", &change_shape, false, "What that means for people" },
    { 0 },
};
static const struct shape detail_shape = { .kind = IS_OBJECT,
                                           .name = "ChangeDetail",
                                           .members = detail_members };
const struct shape detail_list_shape = { .kind = IS_LIST, .item = &detail_shape };

struct value *details_value(const struct scheme_view *v, const struct change_detail *details,
                            size_t count)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < count; i++) {
        struct value *object = value_object(v->arena);

        value_set_text(v->arena, object, "where", details[i].where);
        value_set_text(v->arena, object, "what", details[i].what);
        value_set_text(v->arena, object, "change", change_word(details[i].change));
        value_push(v->arena, list, object);
    }
    return list;
}
