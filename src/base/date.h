/*
 * date.h - civil dates of the proleptic Gregorian calendar, years 1 to 9999.
 *
 * A day is the number of days since 1970-01-01. Arithmetic that would leave the years 1 to 9999
 * stops at DAY_FIRST or DAY_LAST, so that an open end is DAY_LAST and an open beginning DAY_FIRST.
 */
#ifndef ASSAY_BASE_DATE_H
#define ASSAY_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"

typedef int32_t day;

#define DAY_FIRST ((day)-719162) /* 0001-01-01 */
#define DAY_LAST ((day)2932896)  /* 9999-12-31 */
#define DAY_NONE INT32_MIN       /* no date at all; never an argument unless it says so */

struct civil {
    int32_t year;
    int32_t month; /* 1 to 12 */
    int32_t mday;  /* 1 to 31 */
};

struct civil civil_from_day(day d);
day day_from_civil(struct civil civil); /* the date must exist */
bool civil_exists(struct civil civil);
int32_t month_length(int32_t year, int32_t month);

/*
 * d moved by n months in one step, n of either sign. Where the day of the month does not exist,
 * day_add_months gives the last day of that month and day_add_months_up the first day of the
 * next: both favour the person, the one for windows, the other for ends of validity and the
 * boundaries of cycles.
 */
day day_add_months(day d, int32_t n);
day day_add_months_up(day d, int32_t n);

#define DAY_TEXT_SIZE 11 /* "YYYY-MM-DD" and a NUL */
const char *day_text(day d, char out[DAY_TEXT_SIZE]);

/* Reads exactly YYYY-MM-DD, a date that exists. False with *ret untouched otherwise. */
NODISCARD bool day_parse(struct str s, day *ret);

/* ---- instants: microseconds since 1970-01-01 UTC ---- */

#define INSTANT_SIZE 21 /* "YYYY-MM-DDThh:mm:ssZ" and a NUL */
const char *instant_utc(int64_t instant, char out[INSTANT_SIZE]);

struct instant_parts {
    day on;
    int32_t hour;
    int32_t minute;
    int32_t second;
};

/* Reads exactly YYYY-MM-DDThh:mm:ssZ, or the same without seconds. False with *ret untouched
   otherwise. */
NODISCARD bool instant_parse(struct str s, struct instant_parts *ret);

#endif
