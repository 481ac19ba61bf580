#include "http/filter.h"

#include "base/date.h"
#include "http/escape.h"

struct filter {
    const char *name;
    bool for_addresses;
    size_t words_min;
    size_t words_max;
    const char *takes;
    bool (*write)(const struct filter_use *use, const struct value *value,
                  const struct language *language, struct buf *out);
};

/* Reads a date as exactly as it is known: what is not known is 0. */
static bool read_date(struct str text, struct civil *ret)
{
    struct str rest = text;
    int64_t year;
    int64_t month = 0;
    day d;

    if (day_parse(text, &d)) {
        *ret = civil_from_day(d);
        return true;
    }
    if ((text.n != 4 && text.n != 7) || !str_to_int(str_take(text, 4), 1, 9999, &year))
        return false;
    rest = str_drop(rest, 4);
    if (rest.n > 0 && (rest.p[0] != '-' || !str_to_int(str_drop(rest, 1), 1, 12, &month)))
        return false;
    *ret = (struct civil){ (int32_t)year, (int32_t)month, 0 };
    return true;
}

/* 23 November 2026, of the text 2026-11-23. */
static bool write_date(const struct filter_use *use, const struct value *value,
                       const struct language *language, struct buf *out)
{
    static const struct str months[] = {
        STR("January"),   STR("February"), STR("March"),    STR("April"),
        STR("May"),       STR("June"),     STR("July"),     STR("August"),
        STR("September"), STR("October"),  STR("November"), STR("December"),
    };
    struct civil civil;

    (void)use;
    if (value->kind != VALUE_TEXT || !read_date(value->text, &civil))
        return false;
    if (civil.mday > 0) {
        buf_int(out, civil.mday);
        buf_byte(out, ' ');
    }
    if (civil.month > 0) {
        buf_add(out, language_text(language, months[civil.month - 1]));
        buf_byte(out, ' ');
    }
    buf_int(out, civil.year);
    return true;
}

/* 23 November 2026, 14:05 UTC, of the text 2026-11-23T14:05:09Z. */
static bool write_instant(const struct filter_use *use, const struct value *value,
                          const struct language *language, struct buf *out)
{
    struct instant_parts parts;
    struct value on;

    if (value->kind != VALUE_TEXT || !instant_parse(value->text, &parts))
        return false;
    on = (struct value){ .kind = VALUE_TEXT, .text = str_take(value->text, DAY_TEXT_SIZE - 1) };
    (void)write_date(use, &on, language, out);
    buf_format(out, ", %02d:%02d UTC", (int)parts.hour, (int)parts.minute);
    return true;
}

/* 12,345 */
static bool write_number(const struct filter_use *use, const struct value *value,
                         const struct language *language, struct buf *out)
{
    uint64_t rest;
    uint64_t unit = 1;

    (void)use;
    if (value->kind != VALUE_INT)
        return false;
    rest = value->integer < 0 ? -(uint64_t)value->integer : (uint64_t)value->integer;
    if (value->integer < 0)
        buf_byte(out, '-');
    while (rest / unit >= 1000)
        unit *= 1000;
    buf_int(out, (int64_t)(rest / unit));
    while (unit > 1) {
        rest %= unit;
        unit /= 1000;
        buf_add(out, language_text(language, STR(",")));
        buf_format(out, "%03d", (int)(rest / unit));
    }
    return true;
}

/* 2 h 30 min, of a number of minutes. */
static bool write_duration(const struct filter_use *use, const struct value *value,
                           const struct language *language, struct buf *out)
{
    uint64_t minutes;

    (void)use;
    if (value->kind != VALUE_INT)
        return false;
    minutes = value->integer < 0 ? -(uint64_t)value->integer : (uint64_t)value->integer;
    if (value->integer < 0)
        buf_byte(out, '-');
    if (minutes >= 60) {
        buf_int(out, (int64_t)(minutes / 60));
        buf_byte(out, ' ');
        buf_add(out, language_text(language, STR("h")));
    }
    if (minutes >= 60 && minutes % 60 > 0)
        buf_byte(out, ' ');
    if (minutes < 60 || minutes % 60 > 0) {
        buf_int(out, (int64_t)(minutes % 60));
        buf_byte(out, ' ');
        buf_add(out, language_text(language, STR("min")));
    }
    return true;
}

/* The word that goes with a number, without the number. */
static bool write_plural(const struct filter_use *use, const struct value *value,
                         const struct language *language, struct buf *out)
{
    size_t form;

    if (value->kind != VALUE_INT)
        return false;
    form = language_form(language, value->integer);
    buf_add(out, use->words[form < use->count ? form : use->count - 1]);
    return true;
}

static bool write_url(const struct filter_use *use, const struct value *value,
                      const struct language *language, struct buf *out)
{
    (void)use;
    (void)language;
    if (value->kind != VALUE_TEXT)
        return false;
    escape_url(value->text, out);
    return true;
}

static bool write_part(const struct filter_use *use, const struct value *value,
                       const struct language *language, struct buf *out)
{
    (void)use;
    (void)language;
    if (value->kind == VALUE_INT)
        buf_int(out, value->integer);
    else if (value->kind == VALUE_TEXT)
        escape_url_part(value->text, out);
    else
        return false;
    return true;
}

/*
 * To add a filter: write a function above that writes plain text, or gives false before it has
 * written anything when the value is not of the kind that it takes; add its row, in the order of
 * the names; say in docs/templates.md what it takes and shows; test it in test_filter.c.
 */
static const struct filter filters[] = {
    /* name, for addresses, least and most words, what it takes, function */
    { "date", false, 0, 0, "no words after date", write_date },
    { "duration", false, 0, 0, "no words after duration", write_duration },
    { "instant", false, 0, 0, "no words after instant", write_instant },
    { "number", false, 0, 0, "no words after number", write_number },
    { "part", true, 0, 0, "no words after part", write_part },
    { "plural", false, 2, FILTER_WORDS_MAX,
      "two words or more, such as plural:mediation,mediations", write_plural },
    { "url", true, 0, 0, "no words after url", write_url },
};

const struct filter *filter_find(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(filters); i++)
        if (str_eq_c(name, filters[i].name))
            return &filters[i];
    return NULL;
}

struct str_list filter_names(struct arena *arena)
{
    struct str *names = ARENA_ARRAY(arena, ARRAY_LEN(filters), struct str);

    for (size_t i = 0; i < ARRAY_LEN(filters); i++)
        names[i] = str_from_c(filters[i].name);
    return (struct str_list){ names, ARRAY_LEN(filters) };
}

bool filter_is_for_addresses(const struct filter *filter)
{
    return filter->for_addresses;
}

bool filter_accepts(const struct filter *filter, size_t words, const char **ret_takes)
{
    *ret_takes = filter->takes;
    return words >= filter->words_min && words <= filter->words_max;
}

bool filter_write(const struct filter_use *use, const struct value *value,
                  const struct language *language, struct buf *out)
{
    return use->filter->write(use, value, language, out);
}
