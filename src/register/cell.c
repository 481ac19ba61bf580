#include "register/cell.h"

#include <string.h>

#include "criteria/dossier.h"
#include "register/words.h"

#define FIRST_YEAR 1900

#define WRITE_ISO "write the date as YYYY-MM-DD, as in 2024-05-31"
#define WRITE_HOURS "write hours as 2.5 or 2:30"

static bool complain(struct complaint *ret, const char *says, const char *hint)
{
    *ret = (struct complaint){ says, hint };
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How many digits s begins with. */
static size_t digits(struct str s)
{
    size_t n = 0;

    while (n < s.n && is_digit(s.p[n]))
        n++;
    return n;
}

static bool only_digits(struct str s)
{
    return s.n > 0 && digits(s) == s.n;
}

/* Takes a number of one to `most` digits off the beginning of s. */
static bool take_number(struct str *s, size_t most, int32_t *ret)
{
    size_t n = digits(*s);
    int64_t number;

    if (n > most || !str_to_int(str_take(*s, n), 0, CELL_NUMBER_MAX, &number))
        return false;
    *s = str_drop(*s, n);
    *ret = (int32_t)number;
    return true;
}

static bool take_char(struct str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_drop(*s, 1);
    return true;
}

/* ---- dates ---- */

/* Whether s is h:mm, h:mm:ss or h:mm:ss with decimals, a time of day. */
static bool is_time_of_day(struct str s)
{
    int32_t hour;
    int32_t minute;
    int32_t second = 0;

    if (!take_number(&s, 2, &hour) || !take_char(&s, ':') || !take_number(&s, 2, &minute))
        return false;
    if (take_char(&s, ':') && !take_number(&s, 2, &second))
        return false;
    if (take_char(&s, '.'))
        s = str_drop(s, digits(s));
    return s.n == 0 && hour < 24 && minute < 60 && second < 60;
}

/* The date of a cell that may have a time of day behind it; *ret_time is the time, or empty. */
static struct str split_time(struct str cell, struct str *ret_time)
{
    size_t at;

    *ret_time = STR("");
    if (!str_find(cell, ':', &at))
        return cell;
    while (at > 0 && is_digit(cell.p[at - 1]))
        at--;
    if (at < 2 || (cell.p[at - 1] != ' ' && cell.p[at - 1] != 'T'))
        return cell;
    *ret_time = str_drop(cell, at);
    return str_trim(str_take(cell, at - 1));
}

/* Three numbers with the same sign between them. */
struct numeric {
    int32_t part[3];
    size_t length[3]; /* in digits */
    char sign;
};

static bool numeric_parse(struct str date, struct numeric *ret)
{
    struct numeric numeric = { .sign = 0 };
    struct str rest = date;

    for (int i = 0; i < 3; i++) {
        if (i == 1 && rest.n > 0)
            numeric.sign = rest.p[0];
        if (i > 0 && !take_char(&rest, numeric.sign))
            return false;
        numeric.length[i] = digits(rest);
        if (!take_number(&rest, 4, &numeric.part[i]))
            return false;
    }
    if (rest.n > 0 || (numeric.sign != '-' && numeric.sign != '/' && numeric.sign != '.'))
        return false;
    *ret = numeric;
    return true;
}

/* DD/MM/YYYY or MM/DD/YYYY, or the same with hyphens. */
static bool is_either(const struct numeric *numeric)
{
    return numeric->sign != '.' && numeric->length[0] <= 2 && numeric->length[1] <= 2 &&
           numeric->length[2] == 4;
}

static bool could_be_either(const struct numeric *numeric)
{
    return is_either(numeric) && numeric->part[0] <= 12 && numeric->part[1] <= 12 &&
           numeric->part[0] != numeric->part[1];
}

void date_survey(struct str cell, uint32_t row, struct date_column *column)
{
    struct numeric numeric;
    struct str time;

    if (!numeric_parse(split_time(cell, &time), &numeric) || !is_either(&numeric))
        return;
    if (numeric.part[0] > 12 && numeric.part[1] <= 12 && column->day_first == 0)
        column->day_first = row;
    if (numeric.part[1] > 12 && numeric.part[0] <= 12 && column->month_first == 0)
        column->month_first = row;
    if (could_be_either(&numeric)) {
        if (column->undecided < UNDECIDED_ROWS)
            column->undecided_rows[column->undecided] = row;
        column->undecided++;
    }
}

bool date_is_undecided(struct str cell, const struct date_column *column)
{
    struct numeric numeric;
    struct str time;

    if ((column->day_first > 0) != (column->month_first > 0))
        return false;
    return numeric_parse(split_time(cell, &time), &numeric) && could_be_either(&numeric);
}

static bool numeric_read(const struct numeric *numeric, const struct date_column *column,
                         struct civil *ret, struct complaint *ret_complaint)
{
    const int32_t *part = numeric->part;
    bool month_first = column->month_first > 0 && column->day_first == 0;

    if (numeric->length[0] == 4 && numeric->length[1] <= 2 && numeric->length[2] <= 2) {
        *ret = (struct civil){ part[0], part[1], part[2] };
        return true;
    }
    if (numeric->length[0] > 2 || numeric->length[1] > 2)
        return complain(ret_complaint, "is no date", WRITE_ISO);
    if (numeric->length[2] != 4)
        return complain(ret_complaint, "has no year of four digits", WRITE_ISO);
    /* In a column that contradicts itself a date may still be certain. */
    if (is_either(numeric) && (month_first || part[1] > 12))
        *ret = (struct civil){ part[2], part[0], part[1] };
    else
        *ret = (struct civil){ part[2], part[1], part[0] };
    return true;
}

/* 1 to 12 for the English name of a month or its abbreviation; 0 for anything else. */
static int32_t month_of(struct str name)
{
    static const char *const names[] = { "january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december" };
    struct folded folded;
    struct str word;

    if (!word_fold(name, &folded))
        return 0;
    word = (struct str){ folded.at, folded.n };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct str month = str_from_c(names[i]);

        if (str_eq(word, month) || str_eq(word, str_take(month, 3)) ||
            (i == 8 && str_eq(word, STR("sept"))))
            return (int32_t)i + 1;
    }
    return 0;
}

/* The next run of characters other than spaces, commas, hyphens and full stops. */
static struct str take_part(struct str *rest)
{
    static const char between[] = " ,-.";
    struct str part;

    while (rest->n > 0 && strchr(between, rest->p[0]))
        *rest = str_drop(*rest, 1);
    part = *rest;
    part.n = 0;
    while (part.n < rest->n && !strchr(between, rest->p[part.n]))
        part.n++;
    *rest = str_drop(*rest, part.n);
    return part;
}

/* DD Month YYYY, or Month DD, YYYY. */
static bool named_read(struct str date, struct civil *ret, struct complaint *ret_complaint)
{
    struct str first = take_part(&date);
    struct str second = take_part(&date);
    struct str third = take_part(&date);
    bool month_leads = month_of(first) > 0;
    struct str mday = month_leads ? second : first;
    struct str month = month_leads ? first : second;
    struct civil civil = { .month = month_of(month) };

    if (take_part(&date).n > 0 || civil.month == 0 || !only_digits(third) ||
        !take_number(&mday, 2, &civil.mday) || mday.n > 0)
        return complain(ret_complaint, "is no date", WRITE_ISO);
    if (third.n != 4)
        return complain(ret_complaint, "has no year of four digits", WRITE_ISO);
    (void)take_number(&third, 4, &civil.year);
    *ret = civil;
    return true;
}

bool date_read(struct str cell, const struct date_column *column, day *ret,
               struct complaint *ret_complaint)
{
    struct str time;
    struct str date = split_time(cell, &time);
    struct numeric numeric;
    struct civil civil;
    bool read;

    if (time.n > 0 && !is_time_of_day(time))
        return complain(ret_complaint, "has something behind the date that is no time of day",
                        "write the date alone, as it was where the event took place");
    if (only_digits(date))
        return complain(ret_complaint,
                        date.n <= 6 ? "is a spreadsheet's own number of a day, not a date"
                                    : "is no date",
                        date.n <= 6 ? "format the column as a date, best as YYYY-MM-DD, and save "
                                      "the file again"
                                    : WRITE_ISO);
    if (numeric_parse(date, &numeric))
        read = numeric_read(&numeric, column, &civil, ret_complaint);
    else
        read = named_read(date, &civil, ret_complaint);
    if (!read)
        return false;
    if (!civil_exists(civil))
        return complain(ret_complaint, "is no day of the calendar", WRITE_ISO);
    if (civil.year < FIRST_YEAR)
        return complain(ret_complaint, "lies before the year 1900", "correct the year");
    *ret = day_from_civil(civil);
    return true;
}

/* ---- hours ---- */

static bool no_hours(struct complaint *ret)
{
    return complain(ret, "is no time in hours", WRITE_HOURS);
}

/* Digits, and after a point or a comma more digits: hours in minutes. */
static bool decimal_read(struct str number, bool json, int64_t *ret_minutes,
                         struct complaint *ret_complaint)
{
    struct str whole = str_take(number, digits(number));
    struct str decimals = str_drop(number, whole.n + 1);
    char text[32];
    size_t n = 0;

    if (whole.n == 0 || whole.n > 7 || (decimals.n == 0 && number.n > whole.n) ||
        digits(decimals) != decimals.n)
        return no_hours(ret_complaint);
    if (!json && decimals.n == 3 && whole.n <= 3 && whole.p[0] != '0')
        return complain(ret_complaint, "may be thousands or decimals",
                        "write two decimals, as in 1.25, or hours and minutes, as in 1:15; "
                        "thousands stand without a sign");
    memcpy(text, whole.p, whole.n);
    n = whole.n;
    if (decimals.n > 0) {
        decimals = str_take(decimals, 15);
        text[n++] = '.';
        memcpy(text + n, decimals.p, decimals.n);
        n += decimals.n;
    }
    return hours_parse((struct str){ text, n }, ret_minutes) || no_hours(ret_complaint);
}

/* h:mm or h:mm:00 */
static bool clock_read(struct str cell, int64_t *ret_minutes, struct complaint *ret_complaint)
{
    struct str text = cell;

    if (str_ends(text, STR(":00")) && digits(text) + 6 == text.n)
        text = str_take(text, text.n - 3);
    if (digits(text) > 7 || digits(text) + 3 != text.n || !hours_parse(text, ret_minutes))
        return no_hours(ret_complaint);
    return true;
}

/* How much of s is a number as people write it, with points and commas. */
static struct str take_figures(struct str *s)
{
    struct str figures = *s;

    figures.n = 0;
    while (figures.n < s->n &&
           (is_digit(s->p[figures.n]) || s->p[figures.n] == '.' || s->p[figures.n] == ','))
        figures.n++;
    *s = str_trim(str_drop(*s, figures.n));
    return figures;
}

/* The word before the next digit, as the table of words knows it. A sign is part of no unit. */
static struct str take_unit(struct str *s)
{
    struct str word = *s;
    bool sign = false;

    for (word.n = 0; word.n < s->n && !is_digit(s->p[word.n]); word.n++)
        sign = sign || s->p[word.n] == '-';
    *s = str_drop(*s, word.n);
    return sign ? STR_NONE : word_meaning(WORD_UNIT, STR_NONE, word);
}

/* N h, and what may follow: N or N min. */
static bool units_read(struct str figures, struct str rest, int64_t *ret_minutes,
                       struct complaint *ret_complaint)
{
    int64_t minutes = 0;
    int64_t hours;

    if (!decimal_read(figures, false, &hours, ret_complaint))
        return false;
    if (rest.n > 0) {
        struct str more = take_figures(&rest);

        if (!only_digits(figures) || !str_to_int(more, 0, 59, &minutes))
            return no_hours(ret_complaint);
        if (rest.n > 0 && (!str_eq(take_unit(&rest), STR("min")) || rest.n > 0))
            return no_hours(ret_complaint);
    }
    *ret_minutes = hours + minutes;
    return true;
}

bool hours_read(struct str cell, bool number, int64_t *ret_minutes, struct complaint *ret_complaint)
{
    struct str rest = cell;
    struct str figures;
    struct str unit;
    size_t at;

    if (str_find(cell, ':', &at))
        return clock_read(cell, ret_minutes, ret_complaint);
    figures = take_figures(&rest);
    if (rest.n == 0)
        return decimal_read(figures, number, ret_minutes, ret_complaint);
    unit = take_unit(&rest);
    if (str_eq(unit, STR("h")))
        return units_read(figures, rest, ret_minutes, ret_complaint);
    if (!str_eq(unit, STR("min")) || rest.n > 0 || !only_digits(figures) ||
        !str_to_int(figures, 0, CELL_NUMBER_MAX, ret_minutes))
        return no_hours(ret_complaint);
    return true;
}

/* ---- the rest ---- */

bool whole_read(struct str cell, int64_t *ret, struct complaint *ret_complaint)
{
    if (only_digits(cell) && str_to_int(cell, 0, CELL_NUMBER_MAX, ret))
        return true;
    return complain(ret_complaint, "is no whole number", "write digits only, as in 12");
}

/* White space, control characters and characters without a shape of their own. */
static bool is_unseen(uint32_t point)
{
    return point <= ' ' || (point >= 0x7f && point <= 0xa0) ||
           (point >= 0x2000 && point <= 0x200f) || (point >= 0x2028 && point <= 0x202f) ||
           (point >= 0x205f && point <= 0x206f) || point == 0x3000 || point == 0xfeff;
}

bool id_check(struct str cell, struct complaint *ret_complaint)
{
    while (cell.n > 0) {
        uint32_t point = 0;
        size_t length = str_code_point(cell, &point);

        if (length == 0 || is_unseen(point))
            return complain(ret_complaint, "holds a space or a character that is not seen",
                            "write it in one piece, with hyphens instead of spaces");
        cell = str_drop(cell, length);
    }
    return true;
}
