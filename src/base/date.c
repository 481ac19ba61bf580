#include "base/date.h"

/*
 * Both conversions count from 1 March of the year 0, so that the leap day is the last day of a
 * year and the months repeat in groups of five with 153 days.
 */
#define EPOCH_SHIFT 719468 /* days from 0000-03-01 to 1970-01-01 */
#define DAYS_400_YEARS 146097

static bool is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int32_t month_length(int32_t year, int32_t month)
{
    static const int8_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    BUG_IF(month < 1 || month > 12);
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

bool civil_exists(struct civil civil)
{
    return civil.year >= 1 && civil.year <= 9999 && civil.month >= 1 && civil.month <= 12 &&
           civil.mday >= 1 && civil.mday <= month_length(civil.year, civil.month);
}

struct civil civil_from_day(day d)
{
    int32_t days;
    int32_t era;
    int32_t day_of_era;
    int32_t year_of_era;
    int32_t day_of_year;
    int32_t month; /* 0 is March */
    struct civil civil;

    BUG_IF(d < DAY_FIRST || d > DAY_LAST);
    days = d + EPOCH_SHIFT;
    era = days / DAYS_400_YEARS;
    day_of_era = days % DAYS_400_YEARS;
    year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    month = (5 * day_of_year + 2) / 153;
    civil.mday = day_of_year - (153 * month + 2) / 5 + 1;
    civil.month = month < 10 ? month + 3 : month - 9;
    civil.year = era * 400 + year_of_era + (civil.month <= 2 ? 1 : 0);
    return civil;
}

day day_from_civil(struct civil civil)
{
    int32_t year;
    int32_t month;

    BUG_IF(!civil_exists(civil));
    year = civil.month <= 2 ? civil.year - 1 : civil.year;
    month = civil.month <= 2 ? civil.month + 9 : civil.month - 3;
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + civil.mday -
           1 - EPOCH_SHIFT;
}

/*
 * The year and month n months from d, with d's day of the month, which may not exist there.
 * False when that is outside the years 1 to 9999, with *ret_limit the end that was passed.
 */
static bool shift_months(day d, int32_t n, struct civil *ret, day *ret_limit)
{
    struct civil civil = civil_from_day(d);
    int64_t months = (int64_t)civil.year * 12 + civil.month - 1 + n;

    if (months < 12) {
        *ret_limit = DAY_FIRST;
        return false;
    }
    if (months >= (int64_t)10000 * 12) {
        *ret_limit = DAY_LAST;
        return false;
    }
    civil.year = (int32_t)(months / 12);
    civil.month = (int32_t)(months % 12) + 1;
    *ret = civil;
    return true;
}

day day_add_months(day d, int32_t n)
{
    struct civil civil;
    day limit;

    if (!shift_months(d, n, &civil, &limit))
        return limit;
    if (!civil_exists(civil))
        civil.mday = month_length(civil.year, civil.month);
    return day_from_civil(civil);
}

day day_add_months_up(day d, int32_t n)
{
    struct civil civil;
    day limit;

    if (!shift_months(d, n, &civil, &limit))
        return limit;
    if (!civil_exists(civil)) {
        /* December has 31 days, so the next month is always of the same year. */
        civil.month++;
        civil.mday = 1;
    }
    return day_from_civil(civil);
}

static void write_digits(char *out, int32_t number, int count)
{
    while (count-- > 0) {
        out[count] = (char)('0' + number % 10);
        number /= 10;
    }
}

const char *day_text(day d, char out[DAY_TEXT_SIZE])
{
    struct civil civil = civil_from_day(d);

    write_digits(out, civil.year, 4);
    out[4] = '-';
    write_digits(out + 5, civil.month, 2);
    out[7] = '-';
    write_digits(out + 8, civil.mday, 2);
    out[10] = '\0';
    return out;
}

/* Digits only: str_to_int would take a sign. */
static bool read_digits(struct str s, int32_t *ret)
{
    int32_t number = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        number = number * 10 + (s.p[i] - '0');
    }
    *ret = number;
    return true;
}

bool day_parse(struct str s, day *ret)
{
    struct civil civil;

    if (s.n != DAY_TEXT_SIZE - 1 || s.p[4] != '-' || s.p[7] != '-')
        return false;
    if (!read_digits(str_take(s, 4), &civil.year) ||
        !read_digits(str_take(str_drop(s, 5), 2), &civil.month) ||
        !read_digits(str_drop(s, 8), &civil.mday))
        return false;
    if (!civil_exists(civil))
        return false;
    *ret = day_from_civil(civil);
    return true;
}

/* ---- instants ---- */

#define SECOND INT64_C(1000000)
#define DAY_SECONDS 86400

const char *instant_utc(int64_t instant, char out[INSTANT_SIZE])
{
    int64_t seconds = (instant - (instant < 0 ? SECOND - 1 : 0)) / SECOND;
    int64_t on = (seconds - (seconds < 0 ? DAY_SECONDS - 1 : 0)) / DAY_SECONDS;
    int32_t rest = (int32_t)(seconds - on * DAY_SECONDS);

    (void)day_text((day)on, out);
    out[10] = 'T';
    write_digits(out + 11, rest / 3600, 2);
    out[13] = ':';
    write_digits(out + 14, rest / 60 % 60, 2);
    out[16] = ':';
    write_digits(out + 17, rest % 60, 2);
    out[19] = 'Z';
    out[20] = '\0';
    return out;
}

bool instant_parse(struct str s, struct instant_parts *ret)
{
    struct instant_parts parts = { .second = 0 };
    bool seconds = s.n == INSTANT_SIZE - 1;

    if ((!seconds && s.n != INSTANT_SIZE - 4) || s.p[10] != 'T' || s.p[13] != ':' ||
        s.p[s.n - 1] != 'Z' || (seconds && s.p[16] != ':'))
        return false;
    if (!day_parse(str_take(s, 10), &parts.on) ||
        !read_digits(str_take(str_drop(s, 11), 2), &parts.hour) ||
        !read_digits(str_take(str_drop(s, 14), 2), &parts.minute) ||
        (seconds && !read_digits(str_take(str_drop(s, 17), 2), &parts.second)))
        return false;
    if (parts.hour > 23 || parts.minute > 59 || parts.second > 59)
        return false;
    *ret = parts;
    return true;
}
