/* What the items of a profile look like (profile.h). */
#include "criteria/syntax.h"
#include "register/profile_part.h"
#include "json/read.h"

#define MEMBERS 6 /* the last is a row without a key */

/* To add a kind of item, add it to enum profile_kind and its row here. */
static const struct {
    const char *word;
    bool single;
    enum profile_named named;
    enum profile_dated dated;
    enum visible visible; /* unless the person chooses */
    struct profile_member members[MEMBERS];
} kinds[PROFILE_KINDS] = {
    [PROFILE_NAME] = { "name",
                       true,
                       PROFILE_NOT_NAMED,
                       PROFILE_NOT_DATED,
                       VISIBLE_PUBLIC,
                       { { "given", PROFILE_TEXT, false, NULL },
                         { "family", PROFILE_TEXT, false, NULL },
                         { "family_first", PROFILE_YES_NO, false, NULL },
                         { "latin", PROFILE_TEXT, false, NULL },
                         { "post_nominals", PROFILE_TEXT, false, NULL } } },
    [PROFILE_FORMER_NAME] = { "former-name",
                              false,
                              PROFILE_NOT_NAMED,
                              PROFILE_DATED,
                              VISIBLE_PRIVATE,
                              { { "given", PROFILE_TEXT, false, NULL },
                                { "family", PROFILE_TEXT, false, NULL },
                                { "family_first", PROFILE_YES_NO, false, NULL },
                                { "latin", PROFILE_TEXT, false, NULL } } },
    [PROFILE_BORN] = { "born",
                       true,
                       PROFILE_NOT_NAMED,
                       PROFILE_ON_A_DAY,
                       VISIBLE_PRIVATE,
                       { { .key = NULL } } },
    [PROFILE_LANGUAGE] = { "language",
                           false,
                           PROFILE_OF_LANGUAGE,
                           PROFILE_NOT_DATED,
                           VISIBLE_PUBLIC,
                           { { "level", PROFILE_CHOICE, true, "basic working fluent native" } } },
    [PROFILE_COUNTRY] = { "country",
                          false,
                          PROFILE_OF_COUNTRY,
                          PROFILE_NOT_DATED,
                          VISIBLE_PUBLIC,
                          { { .key = NULL } } },
    [PROFILE_PLACE] = { "place",
                        false,
                        PROFILE_OF_PLACE,
                        PROFILE_NOT_DATED,
                        VISIBLE_PUBLIC,
                        { { "country", PROFILE_IN_COUNTRY, true, NULL } } },
    [PROFILE_AREA] = { "area",
                       false,
                       PROFILE_OF_AREA,
                       PROFILE_NOT_DATED,
                       VISIBLE_PUBLIC,
                       { { .key = NULL } } },
    [PROFILE_STYLE] = { "style",
                        false,
                        PROFILE_OF_STYLE,
                        PROFILE_NOT_DATED,
                        VISIBLE_PUBLIC,
                        { { .key = NULL } } },
    [PROFILE_EDUCATION] = { "education",
                            false,
                            PROFILE_NOT_NAMED,
                            PROFILE_DATED,
                            VISIBLE_PUBLIC,
                            { { "title", PROFILE_TEXT, true, NULL },
                              { "at", PROFILE_TEXT, false, NULL } } },
    [PROFILE_MEMBERSHIP] = { "membership",
                             false,
                             PROFILE_NOT_NAMED,
                             PROFILE_DATED,
                             VISIBLE_PUBLIC,
                             { { "body", PROFILE_TEXT, true, NULL },
                               { "number", PROFILE_TEXT, false, NULL } } },
    [PROFILE_INSURANCE] = { "insurance",
                            false,
                            PROFILE_NOT_NAMED,
                            PROFILE_DATED,
                            VISIBLE_MEMBERS,
                            { { "insurer", PROFILE_TEXT, true, NULL },
                              { "sum", PROFILE_NUMBER, true, NULL },
                              { "currency", PROFILE_CURRENCY, true, NULL } } },
    [PROFILE_DECLARATION] = { "declaration",
                              false,
                              PROFILE_OF_STATEMENT,
                              PROFILE_ON_A_DAY,
                              VISIBLE_PUBLIC,
                              { { "edition", PROFILE_TEXT, false, NULL } } },
    [PROFILE_COMPLAINTS] = { "complaints",
                             true,
                             PROFILE_NOT_NAMED,
                             PROFILE_NOT_DATED,
                             VISIBLE_PUBLIC,
                             { { "body", PROFILE_TEXT, true, NULL },
                               { "address", PROFILE_ADDRESS, false, NULL } } },
};

const char *profile_kind_word(enum profile_kind kind)
{
    return kinds[kind].word;
}

bool profile_kind_parse(struct str word, enum profile_kind *ret)
{
    for (size_t i = 0; i < PROFILE_KINDS; i++) {
        if (str_eq_c(word, kinds[i].word)) {
            *ret = (enum profile_kind)i;
            return true;
        }
    }
    return false;
}

enum visible profile_default(enum profile_kind kind)
{
    return kinds[kind].visible;
}

bool profile_is_single(enum profile_kind kind)
{
    return kinds[kind].single;
}

enum profile_named profile_named(enum profile_kind kind)
{
    return kinds[kind].named;
}

enum profile_dated profile_dated(enum profile_kind kind)
{
    return kinds[kind].dated;
}

const struct profile_member *profile_members(enum profile_kind kind)
{
    return kinds[kind].members;
}

/* ---- values ---- */

#define TEXT_BYTES 300
#define SUM_MAX INT64_C(1000000000000)

static bool is_line(struct str text)
{
    if (str_trim(text).n == 0 || text.n > TEXT_BYTES || !str_is_utf8(text, NULL))
        return false;
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] < ' ' || text.p[i] == 0x7f)
            return false;
    return true;
}

static bool is_letters(struct str text, size_t most, size_t least, char first, char last)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < first || text.p[i] > last)
            return false;
    return text.n >= least && text.n <= most;
}

static bool is_choice(struct str text, const char *choices)
{
    struct str rest = str_from_c(choices);

    while (rest.p) {
        struct str choice;

        rest = str_split(rest, ' ', &choice);
        if (str_eq(choice, text))
            return true;
    }
    return false;
}

static bool is_address(struct str text)
{
    size_t at;

    return is_line(text) && !str_find(text, ' ', &at) &&
           (str_starts(text, STR("https://")) || str_find(text, '@', &at));
}

bool profile_member_holds(const struct profile_member *row, const struct value *value)
{
    struct str text = value->kind == VALUE_TEXT ? value->text : STR_NONE;

    switch (row->holds) {
    case PROFILE_TEXT:
        return is_line(text);
    case PROFILE_YES_NO:
        return value->kind == VALUE_BOOL;
    case PROFILE_CHOICE:
        return is_choice(text, row->choices);
    case PROFILE_NUMBER:
        return value->kind == VALUE_INT && value->integer > 0 && value->integer <= SUM_MAX;
    case PROFILE_CURRENCY:
        return is_letters(text, 3, 3, 'A', 'Z');
    case PROFILE_IN_COUNTRY:
        return is_letters(text, 2, 2, 'A', 'Z');
    case PROFILE_ADDRESS:
        return is_address(text);
    }
    return false;
}

static const struct profile_member *find_member(enum profile_kind kind, struct str key)
{
    for (size_t i = 0; i < MEMBERS && kinds[kind].members[i].key; i++)
        if (str_eq_c(key, kinds[kind].members[i].key))
            return &kinds[kind].members[i];
    return NULL;
}

/* NULL where there is none. */
static const struct value *get(const struct value *value, const char *key)
{
    return value ? value_get(value, key) : NULL;
}

static bool has_members(enum profile_kind kind, const struct value *value)
{
    if (value && value->kind != VALUE_OBJECT)
        return false;
    for (size_t i = 0; value && i < value->count; i++) {
        const struct profile_member *row = find_member(kind, value->members[i].key);

        if (!row || !profile_member_holds(row, value->members[i].value))
            return false;
    }
    for (size_t i = 0; i < MEMBERS && kinds[kind].members[i].key; i++)
        if (kinds[kind].members[i].needed && !get(value, kinds[kind].members[i].key))
            return false;
    return true;
}

/* ---- names of items ---- */

struct result profile_check_name(const struct profile_terms *terms, const struct profile_item *item)
{
    struct str tag;

    switch (kinds[item->kind].named) {
    case PROFILE_NOT_NAMED:
        return item->name.n == 0 ? OK : fail(&PROFILE_VALUE);
    case PROFILE_OF_LANGUAGE: /* nl, pt-BR */
        (void)str_split(item->name, '-', &tag);
        return is_letters(tag, 3, 2, 'a', 'z') && item->name.n <= 12 ? OK : fail(&PROFILE_VALUE);
    case PROFILE_OF_COUNTRY:
        return is_letters(item->name, 2, 2, 'A', 'Z') ? OK : fail(&PROFILE_VALUE);
    case PROFILE_OF_PLACE:
        return is_line(item->name) ? OK : fail(&PROFILE_VALUE);
    case PROFILE_OF_AREA:
        return term_of(&terms->areas, item->name) ? OK : fail(&PROFILE_TERM);
    case PROFILE_OF_STYLE:
        return term_of(&terms->styles, item->name) ? OK : fail(&PROFILE_TERM);
    case PROFILE_OF_STATEMENT:
        return str_list_has(terms->statements, item->name) ? OK : fail(&PROFILE_TERM);
    }
    return fail(&PROFILE_VALUE);
}

static struct result check_days(const struct profile_item *item, day today)
{
    bool open = item->from == DAY_FIRST && item->until == DAY_LAST;

    switch (kinds[item->kind].dated) {
    case PROFILE_NOT_DATED:
        return open ? OK : fail(&PROFILE_DAYS);
    case PROFILE_DATED:
        return item->from <= item->until ? OK : fail(&PROFILE_DAYS);
    case PROFILE_ON_A_DAY:
        return item->from != DAY_FIRST && item->from <= today && item->until == DAY_LAST
                   ? OK
                   : fail(&PROFILE_DAYS);
    }
    return fail(&PROFILE_DAYS);
}

static bool is_edition(const struct value *value)
{
    struct edition_number edition;

    return !value || edition_number_parse(value->text, &edition);
}

struct result profile_check(const struct profile_terms *terms, const struct profile_item *item,
                            day today)
{
    struct person_name name;

    if (item->kind >= PROFILE_KINDS)
        return fail(&PROFILE_KIND);
    if (!has_members(item->kind, item->value))
        return fail(&PROFILE_VALUE);
    if ((item->kind == PROFILE_NAME || item->kind == PROFILE_FORMER_NAME) &&
        !person_name_read(item->value, &name))
        return fail(&PROFILE_VALUE);
    if (item->kind == PROFILE_DECLARATION && !is_edition(get(item->value, "edition")))
        return fail(&PROFILE_VALUE);
    TRY(profile_check_name(terms, item));
    return check_days(item, today);
}

/* ---- as it is stored ---- */

#define JSON_MAX ((size_t)16 * 1024)

static struct str canonical(struct arena *arena, const struct value *value)
{
    struct buf json;

    buf_init(&json, JSON_MAX);
    value_write_json(value, JSON_CANONICAL, &json);
    return buf_take(&json, arena);
}

struct result profile_finish_value(struct arena *arena, const struct profile_terms *terms,
                                   const struct profile_item *item, struct str *ret)
{
    const struct value *edition = get(item->value, "edition");
    struct value *object = value_object(arena);

    if (item->kind == PROFILE_DECLARATION) {
        *ret = edition ? canonical(arena, edition) : STR("");
        return OK;
    }
    if (item->kind != PROFILE_AREA && item->kind != PROFILE_STYLE) {
        *ret = item->value && item->value->count > 0 ? canonical(arena, item->value) : STR("");
        return OK;
    }
    value_set_text(arena, object, "edition",
                   item->kind == PROFILE_AREA ? terms->areas.edition : terms->styles.edition);
    *ret = canonical(arena, object);
    return OK;
}

const struct value *profile_value(struct arena *arena, const struct person_fact *fact)
{
    const struct json_limits limits = { .bytes = JSON_MAX, .depth = 4 };
    struct json_fault fault;
    struct value *value;

    if (fact->value.n == 0 || failed(json_read(arena, fact->value, &limits, &fault, &value)))
        return NULL;
    return value;
}

/* ---- names of people ---- */

static struct str text_of(const struct value *value, const char *key)
{
    const struct value *member = get(value, key);

    return member && member->kind == VALUE_TEXT ? str_trim(member->text) : STR_NONE;
}

bool person_name_read(const struct value *value, struct person_name *ret)
{
    const struct value *first = get(value, "family_first");
    struct person_name name = {
        .given = text_of(value, "given"),
        .family = text_of(value, "family"),
        .family_first = first && first->kind == VALUE_BOOL && first->boolean,
        .latin = text_of(value, "latin"),
        .post_nominals = text_of(value, "post_nominals"),
    };

    if (name.given.n + name.family.n == 0 || name.given.n + name.family.n + 1 > PERSON_NAME_MAX)
        return false;
    *ret = name;
    return true;
}

struct str person_name_display(struct arena *arena, const struct person_name *name)
{
    struct str first = name->family_first ? name->family : name->given;
    struct str last = name->family_first ? name->given : name->family;

    if (first.n == 0 || last.n == 0)
        return first.n > 0 ? first : last;
    return str_format(arena, "%.*s %.*s", STR_ARG(first), STR_ARG(last));
}

struct str person_name_formal(struct arena *arena, const struct person_name *name)
{
    struct str display = person_name_display(arena, name);

    if (name->post_nominals.n == 0)
        return display;
    return str_format(arena, "%.*s, %.*s", STR_ARG(display), STR_ARG(name->post_nominals));
}

struct str person_name_sort(struct arena *arena, const struct person_name *name)
{
    if (name->latin.n > 0)
        return name->latin;
    if (name->family.n == 0 || name->given.n == 0)
        return name->family.n > 0 ? name->family : name->given;
    return str_format(arena, "%.*s, %.*s", STR_ARG(name->family), STR_ARG(name->given));
}
