#include "register/profile_typed.h"

#include "base/attr.h"
#include "criteria/syntax.h"
#include "register/profile_part.h"
#include "register/standing.h"

/* What is wrong with a field: each as a sentence without its full stop. */
static const struct error MISSING = { "profile-missing", 422, EXIT_INPUT, "this is needed" };
static const struct error UNKNOWN = { "profile-member", 422, EXIT_INPUT,
                                      "items of this kind have no such field" };
static const struct error NO_LINE = { "profile-text", 422, EXIT_INPUT,
                                      "this is one line of 300 bytes at most" };
static const struct error NO_YES = { "profile-yes", 422, EXIT_INPUT, "this is yes or no" };
static const struct error NO_CHOICE = { "profile-choice", 422, EXIT_INPUT,
                                        "choose one of the words that there are" };
static const struct error NO_NUMBER = { "profile-number", 422, EXIT_INPUT,
                                        "this is a whole number, in digits alone, as 1000000" };
static const struct error NO_CURRENCY = { "profile-currency", 422, EXIT_INPUT,
                                          "a currency has three letters, as EUR" };
static const struct error NO_COUNTRY = { "profile-country", 422, EXIT_INPUT,
                                         "a country has two letters, as NL" };
static const struct error NO_ADDRESS = { "profile-address", 422, EXIT_INPUT,
                                         "this begins with https://, or is an address of mail" };
static const struct error NO_LANGUAGE = { "profile-language", 422, EXIT_INPUT,
                                          "a language has two or three letters, as nl" };
static const struct error NO_PERSON_NAME = { "profile-name", 422, EXIT_INPUT,
                                             "give a name: one part of it is enough" };
static const struct error NO_DAY = { "profile-day", 422, EXIT_INPUT,
                                     "a day is written as year, month, day: 2026-11-24" };
static const struct error DAY_TO_COME = { "profile-day-to-come", 422, EXIT_INPUT,
                                          "this day is still to come" };
static const struct error END_FIRST = { "profile-end", 422, EXIT_INPUT,
                                        "the end stands before the beginning" };
static const struct error NO_EDITION = { "profile-edition", 422, EXIT_INPUT,
                                         "an edition is a number, as 2 or 2.1" };

struct profile_terms profile_terms_of(const struct scheme *scheme)
{
    const struct vocabulary *vocabulary = spoken_vocabulary(scheme->library);

    return (struct profile_terms){
        .areas = scheme->record.areas,
        .styles = scheme->record.styles,
        .statements = vocabulary ? vocabulary->statements : (struct str_list){ NULL, 0 },
    };
}

struct str profile_typed_text(struct profile_typed_list typed, const char *key)
{
    for (size_t i = 0; i < typed.count; i++) {
        if (str_eq_c(typed.at[i].key, key)) {
            struct str text = str_trim(typed.at[i].text);

            return text.p ? text : STR("");
        }
    }
    return STR("");
}

/* ---- faults ---- */

static void add_fault(struct profile_faults *faults, struct str field, const struct error *error)
{
    for (size_t i = 0; i < faults->count; i++)
        if (str_eq(faults->at[i].field, field))
            return;
    if (faults->count < PROFILE_FAULTS_MAX)
        faults->at[faults->count++] = (struct profile_fault){ field, error };
}

static void fault(struct profile_faults *faults, const char *field, const struct error *error)
{
    add_fault(faults, str_from_c(field), error);
}

/* ---- members of the value ---- */

static const struct error *const member_errors[] = {
    [PROFILE_TEXT] = &NO_LINE,         [PROFILE_YES_NO] = &NO_YES,
    [PROFILE_CHOICE] = &NO_CHOICE,     [PROFILE_NUMBER] = &NO_NUMBER,
    [PROFILE_CURRENCY] = &NO_CURRENCY, [PROFILE_IN_COUNTRY] = &NO_COUNTRY,
    [PROFILE_ADDRESS] = &NO_ADDRESS,
};

static bool is_any(struct str text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_c(text, words[i]))
            return true;
    return false;
}

static struct str in_capitals(struct arena *arena, struct str text)
{
    char *copy = ARENA_ARRAY(arena, text.n + 1, char);

    for (size_t i = 0; i < text.n; i++)
        copy[i] = text.p[i] >= 'a' && text.p[i] <= 'z' ? (char)(text.p[i] - 'a' + 'A') : text.p[i];
    return (struct str){ copy, text.n };
}

/* NULL where the text cannot be read as such a member. */
static struct value *member_value(struct arena *arena, const struct profile_member *member,
                                  struct str text)
{
    static const char *const yes[] = { "yes", "true", "on" };
    static const char *const no[] = { "no", "false" };
    int64_t number;

    switch (member->holds) {
    case PROFILE_YES_NO:
        if (is_any(text, yes, ARRAY_LEN(yes)))
            return value_bool(arena, true);
        return is_any(text, no, ARRAY_LEN(no)) ? value_bool(arena, false) : NULL;
    case PROFILE_NUMBER:
        return str_to_int(text, 1, INT64_MAX, &number) ? value_int(arena, number) : NULL;
    case PROFILE_CURRENCY:
    case PROFILE_IN_COUNTRY:
        return value_text(arena, in_capitals(arena, text));
    case PROFILE_TEXT:
    case PROFILE_CHOICE:
    case PROFILE_ADDRESS:
        break;
    }
    return value_text(arena, text);
}

/* False says nothing: it is what no tick means. */
static bool says_nothing(const struct value *value)
{
    return value && value->kind == VALUE_BOOL && !value->boolean;
}

static void read_members(struct arena *arena, enum profile_kind kind,
                         struct profile_typed_list typed, struct profile_faults *faults,
                         struct value *object)
{
    for (const struct profile_member *member = profile_members(kind); member->key; member++) {
        struct str text = profile_typed_text(typed, member->key);
        struct value *value = text.n > 0 ? member_value(arena, member, text) : NULL;

        if (text.n == 0 && member->needed)
            fault(faults, member->key, &MISSING);
        else if (text.n > 0 && (!value || !profile_member_holds(member, value)))
            fault(faults, member->key, member_errors[member->holds]);
        else if (value && !says_nothing(value))
            value_set(arena, object, member->key, value);
    }
}

/* ---- the rest ---- */

static const struct error *name_error(enum profile_named named)
{
    switch (named) {
    case PROFILE_OF_LANGUAGE:
        return &NO_LANGUAGE;
    case PROFILE_OF_COUNTRY:
        return &NO_COUNTRY;
    case PROFILE_OF_AREA:
    case PROFILE_OF_STYLE:
    case PROFILE_OF_STATEMENT:
        return &PROFILE_TERM;
    case PROFILE_OF_PLACE:
    case PROFILE_NOT_NAMED:
        break;
    }
    return &NO_LINE;
}

static void read_name(enum profile_kind kind, struct profile_typed_list typed,
                      const struct profile_terms *terms, struct profile_faults *faults,
                      struct profile_item *item)
{
    if (profile_named(kind) == PROFILE_NOT_NAMED)
        return;
    item->name = profile_typed_text(typed, "name");
    if (item->name.n == 0)
        fault(faults, "name", &MISSING);
    else if (failed(profile_check_name(terms, item)))
        fault(faults, "name", name_error(profile_named(kind)));
}

static void read_day(struct profile_typed_list typed, const char *key,
                     struct profile_faults *faults, day *ret)
{
    struct str text = profile_typed_text(typed, key);

    if (text.n > 0 && !day_parse(text, ret))
        fault(faults, key, &NO_DAY);
}

static void read_days(enum profile_kind kind, struct profile_typed_list typed, day today,
                      struct profile_faults *faults, struct profile_item *item)
{
    if (profile_dated(kind) == PROFILE_NOT_DATED)
        return;
    read_day(typed, "from", faults, &item->from);
    if (profile_dated(kind) == PROFILE_DATED) {
        read_day(typed, "until", faults, &item->until);
        if (item->from > item->until)
            fault(faults, "until", &END_FIRST);
        return;
    }
    if (profile_typed_text(typed, "from").n == 0)
        fault(faults, "from", &MISSING);
    else if (item->from > today)
        fault(faults, "from", &DAY_TO_COME);
}

static bool has_field(enum profile_kind kind, struct str key)
{
    for (const struct profile_member *member = profile_members(kind); member->key; member++)
        if (str_eq_c(key, member->key))
            return true;
    return (str_eq_c(key, "name") && profile_named(kind) != PROFILE_NOT_NAMED) ||
           (str_eq_c(key, "from") && profile_dated(kind) != PROFILE_NOT_DATED) ||
           (str_eq_c(key, "until") && profile_dated(kind) == PROFILE_DATED);
}

/* What the kind asks of its value as a whole. */
static void check_whole(const struct profile_item *item, struct profile_faults *faults)
{
    const struct value *edition = value_get(item->value, "edition");
    struct edition_number number;
    struct person_name name;

    if ((item->kind == PROFILE_NAME || item->kind == PROFILE_FORMER_NAME) &&
        !person_name_read(item->value, &name))
        fault(faults, "given", &NO_PERSON_NAME);
    if (item->kind == PROFILE_DECLARATION && edition &&
        !edition_number_parse(edition->text, &number))
        fault(faults, "edition", &NO_EDITION);
}

bool profile_typed_read(struct arena *arena, enum profile_kind kind,
                        const struct profile_terms *terms, struct profile_typed_list typed,
                        day today, struct profile_faults *faults, struct profile_item *ret)
{
    struct value *object = value_object(arena);
    struct profile_item item = {
        .kind = kind,
        .name = STR(""),
        .value = object,
        .from = DAY_FIRST,
        .until = DAY_LAST,
        .visible = profile_default(kind),
    };

    faults->count = 0;
    for (size_t i = 0; i < typed.count; i++)
        if (!has_field(kind, typed.at[i].key))
            add_fault(faults, typed.at[i].key, &UNKNOWN);
    read_name(kind, typed, terms, faults, &item);
    read_members(arena, kind, typed, faults, object);
    read_days(kind, typed, today, faults, &item);
    check_whole(&item, faults);
    if (faults->count > 0)
        return false;
    *ret = item;
    return true;
}

/* ---- of what is recorded ---- */

struct typed_rows {
    struct arena *arena;
    struct profile_typed *at;
    size_t count, room;
};

static void add_text(struct typed_rows *rows, const char *key, struct str text)
{
    if (text.n > 0)
        *ARENA_PUSH(rows->arena, rows->at, rows->count, rows->room) =
            (struct profile_typed){ str_from_c(key), text };
}

static struct str text_of(struct arena *arena, const struct value *value)
{
    switch (value->kind) {
    case VALUE_TEXT:
        return value->text;
    case VALUE_BOOL:
        return value->boolean ? STR("yes") : STR("");
    case VALUE_INT:
        return str_format(arena, "%lld", (long long)value->integer);
    default:
        return STR("");
    }
}

struct profile_typed_list profile_typed_of(struct arena *arena, const struct person_fact *fact)
{
    const struct value *value = profile_value(arena, fact);
    struct typed_rows rows = { .arena = arena };
    enum profile_kind kind;

    if (!profile_kind_parse(fact->kind, &kind))
        return (struct profile_typed_list){ NULL, 0 };
    add_text(&rows, "name", fact->name);
    if (value && value->kind == VALUE_TEXT) /* of a declaration */
        add_text(&rows, "edition", value->text);
    for (const struct profile_member *member = profile_members(kind); value && member->key;
         member++)
        if (value_get(value, member->key))
            add_text(&rows, member->key, text_of(arena, value_get(value, member->key)));
    if (fact->from != DAY_FIRST)
        add_text(&rows, "from", value_day(arena, fact->from)->text);
    if (fact->until != DAY_LAST)
        add_text(&rows, "until", value_day(arena, fact->until)->text);
    return (struct profile_typed_list){ rows.at, rows.count };
}
