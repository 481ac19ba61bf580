#include "criteria/reading_parts.h"

#include <string.h>

/* ---- words ---- */

void add_spaced(struct buf *out, struct str word)
{
    for (size_t i = 0; i < word.n; i++)
        buf_byte(out, word.p[i] == '-' ? ' ' : word.p[i]);
}

void add_alternatives(struct buf *out, struct str_list words)
{
    for (size_t i = 0; i < words.count; i++) {
        if (i > 0)
            buf_add_c(out, i + 1 < words.count ? ", " : " or ");
        buf_add(out, words.at[i]);
    }
}

void add_day(struct buf *out, day d)
{
    static const char *const months[] = { "January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December" };
    struct civil civil = civil_from_day(d);
    buf_format(out, "%d %s %d", (int)civil.mday, months[civil.month - 1], (int)civil.year);
}

void add_months(struct buf *out, int32_t months)
{
    if (months >= 48 && months % 12 == 0)
        buf_format(out, "%d years", (int)months / 12);
    else
        buf_format(out, "%d %s", (int)months, months == 1 ? "month" : "months");
}

void add_short_quantity(struct buf *out, const struct field *measure, int64_t n)
{
    if (!field_is_time(measure)) {
        buf_int(out, n);
        return;
    }
    if (n >= 60 || n == 0)
        buf_format(out, "%lld h", (long long)(n / 60));
    if (n >= 60 && n % 60)
        buf_byte(out, ' ');
    if (n % 60)
        buf_format(out, "%lld min", (long long)(n % 60));
}

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c);
}

static bool is_vowel(char c)
{
    return is_one_of(c, "aeiou");
}

void add_plural(struct buf *out, struct str noun)
{
    char last = noun.n ? noun.p[noun.n - 1] : '\0';
    char before = noun.n > 1 ? noun.p[noun.n - 2] : '\0';
    if (last == 'y' && !is_vowel(before)) {
        buf_add(out, str_take(noun, noun.n - 1));
        buf_add_c(out, "ies");
        return;
    }
    buf_add(out, noun);
    buf_add_c(out, is_one_of(last, "sxz") || (last == 'h' && is_one_of(before, "cs")) ? "es" : "s");
}

/* No English word: at most `most` letters, or without a vowel, or with a q that no u follows. */
static bool part_is_abbreviation(struct str part, size_t most)
{
    bool vowel = false, odd = false;
    for (size_t i = 0; i < part.n; i++) {
        vowel |= is_vowel(part.p[i]) || part.p[i] == 'y';
        odd |= part.p[i] == 'q' && (i + 1 == part.n || part.p[i + 1] != 'u');
    }
    return part.n <= most || !vowel || odd;
}

/* The language knows words only; whether one is an abbreviation must be guessed from its form. */
static bool is_abbreviation(struct str word)
{
    struct str part;
    struct str rest = str_split(word, '-', &part);
    if (!rest.p)
        return part_is_abbreviation(part, 4);
    for (; part.p; rest = str_split(rest, '-', &part))
        if (!part_is_abbreviation(part, 3))
            return false;
    return true;
}

static void add_name(struct buf *out, struct str word)
{
    if (!is_abbreviation(word)) {
        add_spaced(out, word);
        return;
    }
    for (size_t i = 0; i < word.n; i++)
        buf_byte(out, word.p[i] >= 'a' && word.p[i] <= 'z' ? word.p[i] - 'a' + 'A' : word.p[i]);
}

/* By the sound that the word begins with; the letters of an abbreviation are spelled out. */
static const char *article(struct str word, bool spelled)
{
    char first = word.n ? word.p[0] : '\0';
    if (spelled)
        return is_one_of(first, "aefhilmnorsx") ? "an " : "a ";
    bool as_you = str_starts(word, STR("uni")) || str_starts(word, STR("Uni"));
    return is_one_of(first, "aeiouAEIOU") && !as_you ? "an " : "a ";
}

void add_body(struct buf *out, const struct vocabulary *vocabulary, struct str body)
{
    if (str_list_has(vocabulary->programmes, body) && !str_list_has(vocabulary->bodies, body))
        buf_add_c(out, article(body, is_abbreviation(body)));
    else if (!is_abbreviation(body))
        buf_add_c(out, "the ");
    add_name(out, body);
}

/* ---- nouns ---- */

static struct str last_word(struct str text)
{
    size_t at = text.n;
    while (at > 0 && text.p[at - 1] != ' ' && text.p[at - 1] != '-')
        at--;
    return str_drop(text, at);
}

/* Whether a label's word is this one, with a capital or without. */
static bool same_word(struct str word, const char *lower)
{
    struct str expected = str_from_c(lower);
    return word.n == expected.n && (word.p[0] | 0x20) == expected.p[0] &&
           str_eq(str_drop(word, 1), str_drop(expected, 1));
}

/* Of words for evidence that English does not count, so that a reading counts records of them. */
static bool is_uncountable(struct str noun)
{
    static const char *const words[] = {
        "advice",     "coaching",    "development", "education", "employment", "evidence",
        "experience", "feedback",    "intervision", "learning",  "mentoring",  "practice",
        "research",   "supervision", "teaching",    "training",  "work",
    };
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (same_word(last_word(noun), words[i]))
            return true;
    return false;
}

/* Of words that are counted and yet stand for the thing done too: hours of mediation, where it
   is hours of sessions. */
static bool is_mass(struct str noun)
{
    return is_uncountable(noun) || str_ends(noun, STR("ation")) || str_ends(noun, STR("ment"));
}

static struct str kind_noun(const struct kind *kind)
{
    return kind->label.n ? kind->label : kind->name;
}

/* A label as it stands within a sentence: it keeps capitals that are not its first letter alone. */
static void add_noun(struct buf *out, const struct kind *kind, bool plural)
{
    struct str noun = kind_noun(kind);
    size_t at = out->n;
    bool capital = noun.p[0] >= 'A' && noun.p[0] <= 'Z';
    bool alone = noun.n < 2 || noun.p[1] < 'A' || noun.p[1] > 'Z';
    if (plural)
        add_plural(out, noun);
    else
        buf_add(out, noun);
    for (size_t i = at; !kind->label.n && i < out->n; i++)
        if (out->p[i] == '-')
            out->p[i] = ' ';
    if (capital && alone && at < out->n)
        out->p[at] = (char)(out->p[at] - 'A' + 'a');
}

/* ---- what a record must be ---- */

static const struct field *test_field(const struct kind *kind, const struct own_test *test)
{
    return &kind->fields[test->field];
}

/* For a field of yes and no: whether the test asks for one of them, and for which. */
static bool asks_yes_or_no(const struct kind *kind, const struct own_test *test, bool *ret_yes)
{
    const struct field *field = test_field(kind, test);
    if (field->type != FIELD_OF || test->at_least || test->values.count != 1)
        return false;
    bool yes = str_eq_c(test->values.at[0], "yes");
    if (!yes && !str_eq_c(test->values.at[0], "no"))
        return false;
    for (size_t i = 0; i < field->values.count; i++)
        if (!str_eq_c(field->values.at[i], "yes") && !str_eq_c(field->values.at[i], "no"))
            return false;
    *ret_yes = yes != test->negated;
    return true;
}

static bool is_role(const struct kind *kind, const struct own_test *test)
{
    return !test->at_least && str_eq_c(test_field(kind, test)->name, "role");
}

static bool is_length(const struct own_test *test)
{
    return test->at_least && (test->field == FIELD_HOURS || test->field == FIELD_DAYS);
}

static void add_adjectives(struct buf *out, const struct selection *selection)
{
    for (size_t i = 0; i < selection->own_count; i++) {
        bool yes;
        if (!asks_yes_or_no(selection->kind, &selection->own[i], &yes) || !yes)
            continue;
        add_spaced(out, test_field(selection->kind, &selection->own[i])->name);
        buf_byte(out, ' ');
    }
}

static void add_role(struct buf *out, const struct own_test *test)
{
    buf_add_c(out, test->negated ? " not as " : " as ");
    add_alternatives(out, test->values);
}

static void add_length(struct buf *out, const struct own_test *test)
{
    long long n = test->least;
    buf_add_c(out, " lasting at least ");
    if (test->field == FIELD_DAYS)
        buf_format(out, "%lld %s", n, n == 1 ? "day" : "days");
    else if (n % 60 == 0)
        buf_format(out, "%lld %s", n / 60, n == 60 ? "hour" : "hours");
    else if (n < 60)
        buf_format(out, "%lld %s", n, n == 1 ? "minute" : "minutes");
    else
        buf_format(out, "%lld h %lld min", n / 60, n % 60);
}

/* "mode online", "mode other than online", "level bachelor or higher", "points of at least 3" */
static void add_field_phrase(struct buf *out, const struct kind *kind, const struct own_test *test)
{
    const struct field *field = test_field(kind, test);
    add_spaced(out, field->name);
    if (!test->at_least) {
        buf_add_c(out, test->negated ? " other than " : " ");
        add_alternatives(out, test->values);
    } else if (field->type == FIELD_ORDERED) {
        buf_byte(out, ' ');
        buf_add(out, field->values.at[test->least]);
        buf_add_c(out, " or higher");
    } else {
        buf_add_c(out, " of at least ");
        add_short_quantity(out, field, test->least);
    }
}

void add_picked(struct buf *out, const struct kind *kind, const struct own_test *test)
{
    bool yes;
    if (is_role(kind, test)) {
        add_role(out, test);
    } else if (is_length(test)) {
        add_length(out, test);
    } else if (asks_yes_or_no(kind, test, &yes)) {
        buf_add_c(out, yes ? " that are " : " that are not ");
        add_spaced(out, test_field(kind, test)->name);
    } else {
        buf_add_c(out, " with ");
        add_field_phrase(out, kind, test);
    }
}

static void add_own(struct buf *out, const struct selection *selection)
{
    const struct kind *kind = selection->kind;
    bool yes, with = false;
    for (size_t i = 0; i < selection->own_count; i++)
        if (is_role(kind, &selection->own[i]))
            add_role(out, &selection->own[i]);
    for (size_t i = 0; i < selection->own_count; i++)
        if (is_length(&selection->own[i]))
            add_length(out, &selection->own[i]);
    for (size_t i = 0; i < selection->own_count; i++) {
        const struct own_test *test = &selection->own[i];
        if (is_role(kind, test) || is_length(test) || asks_yes_or_no(kind, test, &yes))
            continue;
        buf_add_c(out, with ? " and " : " with ");
        add_field_phrase(out, kind, test);
        with = true;
    }
    for (size_t i = 0; i < selection->own_count; i++) {
        if (!asks_yes_or_no(kind, &selection->own[i], &yes) || yes)
            continue;
        buf_add_c(out, ", not ");
        add_spaced(out, test_field(kind, &selection->own[i])->name);
    }
}

static void add_programme(struct buf *out, const struct programme_test *test)
{
    buf_add_c(out, " at ");
    for (size_t i = 0; i < test->types.count; i++) {
        struct str type = test->types.at[i];
        if (i == 0)
            buf_add_c(out, article(type, is_abbreviation(type)));
        else
            buf_add_c(out, i + 1 < test->types.count ? ", " : " or ");
        add_name(out, type);
    }
    switch (test->when) {
    case ACCREDITED_AT_END:
        buf_add_c(out, " accredited on the day it ended");
        break;
    case ACCREDITED_AT_START:
        buf_add_c(out, " accredited on the day it began");
        break;
    case ACCREDITED_THROUGHOUT:
        buf_add_c(out, " accredited from the day it began to the day it ended");
        break;
    }
}

bool selection_is_dated(const struct selection *selection)
{
    return selection->from != DAY_FIRST || selection->to != DAY_LAST || selection->within ||
           selection->in_cycle;
}

static void add_windows(struct buf *out, const struct selection *selection)
{
    bool from = selection->from != DAY_FIRST;
    if (from) {
        buf_add_c(out, " from ");
        add_day(out, selection->from);
        buf_add_c(out, selection->to == DAY_LAST ? " on" : " to ");
    } else if (selection->to != DAY_LAST) {
        buf_add_c(out, " up to ");
    }
    if (selection->to != DAY_LAST)
        add_day(out, selection->to);
    if (selection->within) {
        buf_add_c(out, " in the ");
        add_months(out, selection->within);
        buf_add_c(out, " up to the application");
    }
    if (selection->in_cycle)
        buf_add_c(out, " in the current cycle");
}

/* Everything that stands behind the noun. What comes first stands last, because it has conditions
   of its own. */
static void add_conditions(struct buf *out, const struct selection *selection)
{
    add_own(out, selection);
    add_windows(out, selection);
    for (size_t i = 0; i < selection->programme_count; i++)
        add_programme(out, &selection->programmes[i]);
    for (size_t i = 0; i < selection->after_first_count; i++) {
        buf_add_c(out, ", begun no earlier than the first ");
        add_first(out, &selection->after_first[i]);
    }
}

static void add_counted(struct buf *out, const struct selection *selection, bool plural)
{
    bool records = is_uncountable(kind_noun(selection->kind));
    if (records)
        buf_add_c(out, plural ? "records of " : "record of ");
    add_adjectives(out, selection);
    add_noun(out, selection->kind, plural && !records);
    add_conditions(out, selection);
}

void add_records(struct buf *out, const struct selection *selection, int64_t n)
{
    buf_format(out, "%lld ", (long long)n);
    add_counted(out, selection, n != 1);
}

void add_all_records(struct buf *out, const struct selection *selection)
{
    add_counted(out, selection, true);
}

/* The word that a phrase of one record begins with. */
static struct str first_word(const struct selection *selection)
{
    bool yes;
    for (size_t i = 0; i < selection->own_count; i++)
        if (asks_yes_or_no(selection->kind, &selection->own[i], &yes) && yes)
            return test_field(selection->kind, &selection->own[i])->name;
    return kind_noun(selection->kind);
}

void add_one_record(struct buf *out, const struct selection *selection)
{
    if (is_uncountable(kind_noun(selection->kind))) {
        add_first(out, selection);
        return;
    }
    buf_add_c(out, article(first_word(selection), false));
    add_counted(out, selection, false);
}

void add_first(struct buf *out, const struct selection *selection)
{
    add_adjectives(out, selection);
    add_noun(out, selection->kind, false);
    add_conditions(out, selection);
}

void add_mass(struct buf *out, const struct selection *selection)
{
    add_adjectives(out, selection);
    add_noun(out, selection->kind, !is_mass(kind_noun(selection->kind)));
    add_conditions(out, selection);
}
