/* An item of a profile as data (record_profile.h). */
#include "base/attr.h"
#include "register/coded.h"
#include "web/record_profile.h"
#include "web/standing_form.h"

/* ---- the shapes ---- */

static const char *const kind_words[] = { "name",       "former-name", "born",      "language",
                                          "country",    "place",       "area",      "style",
                                          "education",  "membership",  "insurance", "declaration",
                                          "complaints", NULL };
const struct shape profile_kind_shape = { .kind = IS_WORD, .words = kind_words };

static const char *const visible_words[] = { "public", "members", "private", NULL };
const struct shape profile_visible_shape = { .kind = IS_WORD, .words = visible_words };

static const char *const level_words[] = { "basic", "working", "fluent", "native", NULL };
static const struct shape level_shape = { .kind = IS_WORD, .words = level_words };

static const struct shape_member members[] = {
    { "id", &shape_int, false, "The number of the item; a change gives it another" },
    { "kind", &profile_kind_shape, false, "What it is" },
    { "title", &shape_text, false, "What stands first for people" },
    { "name", &shape_text, true, "The code of a language or country, the id of an area or style" },
    { "within", &shape_text, true, "The titles of the areas around an area" },
    { "given", &shape_text, true, "Of a name: the given part" },
    { "family", &shape_text, true, "Of a name: the family part" },
    { "family_first", &shape_bool, true, "Whether the family part stands first" },
    { "latin", &shape_text, true, "How a name is written in Latin letters" },
    { "post_nominals", &shape_text, true, "What stands behind a name" },
    { "level", &level_shape, true, "How well a language is spoken" },
    { "country", &shape_text, true, "The country of a place, its code" },
    { "country_title", &shape_text, true, "The same for people" },
    { "at", &shape_text, true, "Where something was learned" },
    { "number", &shape_text, true, "The number of a membership" },
    { "sum", &shape_int, true, "The sum insured" },
    { "currency", &shape_text, true, "Its currency" },
    { "edition", &shape_text, true,
      "Of what was accepted, or of the list that it was chosen from" },
    { "address", &shape_text, true, "Where complaints go" },
    { "link", &shape_text, true, "The same, to follow" },
    { "from", &shape_date, true, "The first day, or the only one" },
    { "until", &shape_date, true, "The last day" },
    { "visible", &profile_visible_shape, false, "Who sees it" },
    { 0 },
};
const struct shape profile_item_shape = { .kind = IS_OBJECT,
                                          .name = "ProfileItem",
                                          .members = members };
const struct shape profile_items_shape = { .kind = IS_LIST, .item = &profile_item_shape };

static const struct shape_member section_members[] = {
    { "kind", &profile_kind_shape, false, "The kind of its items" },
    { "items", &profile_items_shape, false, "Those that there are" },
    { "none", &shape_bool, false, "Whether there are none" },
    { "more", &shape_bool, false, "Whether one can be added" },
    { 0 },
};
static const struct shape section_shape = { .kind = IS_OBJECT,
                                            .name = "ProfileSection",
                                            .members = section_members };
static const struct shape sections_shape = { .kind = IS_LIST, .item = &section_shape };

static const char *const group_words[] = { "who", "where", "learned", "trust", NULL };
static const struct shape group_word_shape = { .kind = IS_WORD, .words = group_words };
static const struct shape_member group_members[] = {
    { "group", &group_word_shape, false, "What its items tell" },
    { "sections", &sections_shape, false, "Its items, by kind" },
    { 0 },
};
static const struct shape group_shape = { .kind = IS_OBJECT,
                                          .name = "ProfileGroup",
                                          .members = group_members };
const struct shape profile_groups_shape = { .kind = IS_LIST, .item = &group_shape };

/* ---- an item ---- */

static struct value *text_or_null(struct arena *arena, struct str text)
{
    return text.n > 0 ? value_text(arena, text) : value_null(arena);
}

static struct str text_of(const struct value *value, const char *key)
{
    const struct value *member = value && value->kind == VALUE_OBJECT ? value_get(value, key)
                                                                      : NULL;

    return member && member->kind == VALUE_TEXT ? member->text : STR_NONE;
}

static struct str term_title(const struct term_list *terms, struct str id)
{
    const struct term *term = term_of(terms, id);

    return term ? term->title : id;
}

/* "Family" of "Separation and divorce"; "A, B" where it lies deeper. */
static struct str around(struct arena *arena, const struct term_list *terms, struct str id)
{
    const struct term *term = term_of(terms, id);
    struct str text = STR("");

    for (term = term ? term_of(terms, term->parent) : NULL; term;
         term = term_of(terms, term->parent))
        text = str_format(arena, "%.*s%s%.*s", STR_ARG(term->title), text.n > 0 ? ", " : "",
                          STR_ARG(text));
    return text;
}

static struct str title_of(struct arena *arena, const struct scheme *scheme,
                           const struct person_fact *fact, enum profile_kind kind,
                           const struct value *value)
{
    struct person_name name;

    switch (kind) {
    case PROFILE_NAME:
    case PROFILE_FORMER_NAME:
        return value && person_name_read(value, &name) ? person_name_formal(arena, &name) : STR("");
    case PROFILE_BORN:
        return value_day(arena, fact->from)->text;
    case PROFILE_LANGUAGE:
        return coded_title(&coded_languages, fact->name);
    case PROFILE_COUNTRY:
        return coded_title(&coded_countries, fact->name);
    case PROFILE_AREA:
        return term_title(&scheme->record.areas, fact->name);
    case PROFILE_STYLE:
        return term_title(&scheme->record.styles, fact->name);
    case PROFILE_DECLARATION:
        return plain_title(arena, fact->name);
    case PROFILE_EDUCATION:
        return text_of(value, "title");
    case PROFILE_MEMBERSHIP:
    case PROFILE_COMPLAINTS:
        return text_of(value, "body");
    case PROFILE_INSURANCE:
        return text_of(value, "insurer");
    case PROFILE_PLACE:
    case PROFILE_KINDS:
        break;
    }
    return fact->name;
}

static void set_members(struct arena *arena, const struct value *value, struct value *item)
{
    static const char *const texts[] = { "given",   "family", "latin",  "post_nominals", "level",
                                         "country", "at",     "number", "currency" };
    const bool is_object = value && value->kind == VALUE_OBJECT;
    const struct value *first = is_object ? value_get(value, "family_first") : NULL;
    const struct value *sum = is_object ? value_get(value, "sum") : NULL;
    struct str country = text_of(value, "country");

    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        value_set(arena, item, texts[i], text_or_null(arena, text_of(value, texts[i])));
    value_set(arena, item, "family_first",
              first ? value_bool(arena, first->boolean) : value_null(arena));
    value_set(
        arena, item, "country_title",
        text_or_null(arena, country.n > 0 ? coded_title(&coded_countries, country) : STR("")));
    value_set(arena, item, "sum", sum ? value_int(arena, sum->integer) : value_null(arena));
}

static void set_edition_and_address(struct arena *arena, const struct value *value,
                                    struct value *item)
{
    struct str edition = value && value->kind == VALUE_TEXT ? value->text
                                                            : text_of(value, "edition");
    struct str address = text_of(value, "address");
    struct str link = address;

    if (address.n > 0 && !str_starts(address, STR("https://")))
        link = str_format(arena, "mailto:%.*s", STR_ARG(address));
    value_set(arena, item, "edition", text_or_null(arena, edition));
    value_set(arena, item, "address", text_or_null(arena, address));
    value_set(arena, item, "link", text_or_null(arena, link));
}

struct value *profile_item_value(struct arena *arena, const struct scheme *scheme,
                                 const struct person_fact *fact)
{
    const struct value *value = profile_value(arena, fact);
    struct value *item = value_object(arena);
    enum profile_kind kind;

    if (!profile_kind_parse(fact->kind, &kind))
        BUG("%.*s is no item of a profile", STR_ARG(fact->kind));
    value_set_int(arena, item, "id", fact->id.n);
    value_set_text(arena, item, "kind", fact->kind);
    value_set_text(arena, item, "title", title_of(arena, scheme, fact, kind, value));
    value_set(arena, item, "name", text_or_null(arena, fact->name));
    value_set(arena, item, "within",
              text_or_null(arena, kind == PROFILE_AREA
                                      ? around(arena, &scheme->record.areas, fact->name)
                                      : STR("")));
    set_members(arena, value, item);
    set_edition_and_address(arena, value, item);
    value_set(arena, item, "from",
              fact->from != DAY_FIRST ? value_day(arena, fact->from) : value_null(arena));
    value_set(arena, item, "until",
              fact->until != DAY_LAST ? value_day(arena, fact->until) : value_null(arena));
    value_set_text(arena, item, "visible", str_from_c(visible_word(fact->visible)));
    return item;
}

/* ---- by what they tell ---- */

static struct value *section_value(struct arena *arena, const struct scheme *scheme,
                                   const struct fact_list *facts, enum profile_kind kind)
{
    struct value *section = value_object(arena);
    struct value *items = value_array(arena);

    for (size_t i = 0; i < facts->count; i++)
        if (str_eq_c(facts->at[i].kind, profile_kind_word(kind)))
            value_push(arena, items, profile_item_value(arena, scheme, &facts->at[i]));
    value_set_text(arena, section, "kind", str_from_c(profile_kind_word(kind)));
    value_set(arena, section, "items", items);
    value_set_bool(arena, section, "none", items->count == 0);
    value_set_bool(arena, section, "more", items->count == 0 || !profile_is_single(kind));
    return section;
}

struct value *profile_groups_value(struct arena *arena, const struct scheme *scheme,
                                   const struct fact_list *facts, bool all)
{
    static const struct {
        const char *word;
        enum profile_kind first, last;
    } groups[] = {
        { "who", PROFILE_NAME, PROFILE_BORN },
        { "where", PROFILE_LANGUAGE, PROFILE_STYLE },
        { "learned", PROFILE_EDUCATION, PROFILE_MEMBERSHIP },
        { "trust", PROFILE_INSURANCE, PROFILE_COMPLAINTS },
    };
    struct value *list = value_array(arena);

    for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
        struct value *sections = value_array(arena);
        struct value *group = value_object(arena);

        for (enum profile_kind kind = groups[i].first; kind <= groups[i].last; kind++) {
            struct value *section = section_value(arena, scheme, facts, kind);

            if (all || value_get(section, "items")->count > 0)
                value_push(arena, sections, section);
        }
        value_set_text(arena, group, "group", str_from_c(groups[i].word));
        value_set(arena, group, "sections", sections);
        if (sections->count > 0)
            value_push(arena, list, group);
    }
    return list;
}
