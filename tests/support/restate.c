#include "restate.h"

#include "sample.h"

#define WORDS_MAX 40

struct words {
    struct str at[WORDS_MAX];
    size_t count;
};

static struct words split(struct str line)
{
    struct words words = { .count = 0 };

    while (line.n > 0) {
        BUG_IF(words.count == WORDS_MAX);
        line = str_split(line, ' ', &words.at[words.count++]);
    }
    return words;
}

static struct str join(struct arena *arena, const struct words *words)
{
    struct buf line;

    buf_init(&line, 10000);
    for (size_t i = 0; i < words->count; i++) {
        if (words->at[i].n == 0)
            continue;
        if (line.n > 0)
            buf_byte(&line, ' ');
        buf_add(&line, words->at[i]);
    }
    return buf_take(&line, arena);
}

/* Whether the date that a text begins with comes after the day. */
static bool begins_after(struct str text, day known)
{
    day d = DAY_NONE;

    BUG_IF(!day_parse(str_take(text, 10), &d));
    return d > known;
}

static bool is(const struct words *words, const char *word)
{
    return str_eq_c(words->at[0], word);
}

/* The value of KEY=VALUE or KEY@VALUE; STR_NONE for another word. */
static struct str value_after(struct str word, struct str key)
{
    return str_starts(word, key) ? str_drop(word, key.n) : STR_NONE;
}

/* The number of the word that is a record's date; 0: the line is no record. */
static size_t record_date(const struct words *words)
{
    size_t kind = words->at[0].p[0] >= '0' && words->at[0].p[0] <= '9' ? 2 : 0;

    for (size_t i = 0; i < SAMPLE_KINDS; i++)
        if (str_eq_c(words->at[kind], sample_kinds[i].name))
            return kind + 1;
    return 0;
}

static void restate_standing(struct words *words, day known)
{
    for (size_t i = 0; i < words->count; i++) {
        struct str date = value_after(words->at[i], STR("verified@"));

        if (date.p)
            words->at[i] = begins_after(date, known) ? STR("claimed") : STR("");
    }
}

static void restate_credential(struct words *words, day known)
{
    for (size_t i = 3; i < words->count; i++) {
        struct str suspended = value_after(words->at[i], STR("suspended="));
        struct str withdrawn = value_after(words->at[i], STR("withdrawn="));
        struct str annulled = value_after(words->at[i], STR("annulled@"));

        if ((suspended.p && begins_after(suspended, known)) ||
            (withdrawn.p && begins_after(withdrawn, known)) ||
            (annulled.p && begins_after(annulled, known)))
            words->at[i] = STR("");
        else if (annulled.p)
            words->at[i] = STR("annulled");
    }
}

/* Whether the line was there by the day, changed into what it then said. */
static bool was_known(struct words *words, day known)
{
    size_t date = record_date(words);

    if (date > 0) {
        restate_standing(words, known);
        return !begins_after(words->at[date], known);
    }
    if (is(words, "credential"))
        restate_credential(words, known);
    if (is(words, "credential") || is(words, "declared"))
        return !begins_after(words->at[2], known);
    if (is(words, "programme") || (is(words, "current") && words->count > 3))
        return !begins_after(words->at[3], known);
    for (size_t i = 0; i < words->count; i++) {
        struct str on = value_after(words->at[i], STR("on="));

        if (on.p && begins_after(on, known))
            return false;
    }
    return !is(words, "known");
}

void restate_known(struct arena *arena, const struct lines *lines, day known, struct lines *ret)
{
    *ret = (struct lines){ .count = 0 };
    for (size_t i = 0; i < lines->count; i++) {
        struct words words = split(lines->at[i]);

        if (is(&words, "decision") && str_eq(words.at[1], STR("extend")))
            continue;
        if (was_known(&words, known))
            lines_add(arena, ret, join(arena, &words));
    }
}

/* ---- one fact more ---- */

static bool states(const struct words *words, const char *field)
{
    for (size_t i = 0; i < words->count; i++) {
        struct str key;
        struct str value = str_split(words->at[i], '=', &key);

        if (value.p && str_eq_c(key, field))
            return true;
    }
    return false;
}

static const struct sample_kind *kind_of(const struct words *words)
{
    size_t date = record_date(words);

    for (size_t i = 0; date > 0 && i < SAMPLE_KINDS; i++)
        if (str_eq_c(words->at[date - 1], sample_kinds[i].name))
            return &sample_kinds[i];
    return NULL;
}

/* FIELD=VALUE for a field that the record does not state; STR_NONE where it states them all. */
static struct str fact_for(struct arena *arena, struct dice *dice, const struct words *words)
{
    static const char *const programmes[] = { "p1", "p2", "always-qap", "elsewhere" };
    const struct sample_kind *kind = kind_of(words);

    if (!kind)
        return STR_NONE;
    for (size_t i = 0; i < kind->field_count; i++) {
        const struct sample_field *field = &kind->fields[i];

        if (states(words, field->name) || dice_chance(dice, 30))
            continue;
        if (field->value_count > 0)
            return str_format(arena, "%s=%s", field->name,
                              field->values[dice_below(dice, (uint32_t)field->value_count)]);
        return str_format(arena, "%s=%u", field->name, dice_below(dice, 5));
    }
    if (!states(words, "hours"))
        return str_format(arena, "hours=%u", dice_below(dice, 24));
    if (!states(words, "programme"))
        return str_format(arena, "programme=%s", DICE_PICK(dice, programmes));
    return STR_NONE;
}

bool restate_with_fact(struct arena *arena, struct dice *dice, const struct lines *lines,
                       struct lines *ret)
{
    size_t first = lines->count > 0 ? dice_below(dice, (uint32_t)lines->count) : 0;

    for (size_t k = 0; k < lines->count; k++) {
        size_t i = (first + k) % lines->count;
        struct words words = split(lines->at[i]);
        struct str fact = fact_for(arena, dice, &words);

        if (!fact.p)
            continue;
        *ret = lines_copy(arena, lines);
        ret->at[i] = str_format(arena, "%.*s %.*s", STR_ARG(lines->at[i]), STR_ARG(fact));
        return true;
    }
    return false;
}
