#include "http/negotiate.h"

#include <stdio.h>

#include "base/attr.h"
#include "base/date.h"
#include "http/grammar.h"

#define SECONDS_PER_DAY 86400

/* A qvalue of RFC 9110, section 12.4.2: 0 or 1 with up to three decimals, in thousandths. */
static bool read_quality(struct str s, int *ret)
{
    int quality = 0;
    int weight = 100;

    if (s.n == 0 || s.n > 5 || (s.p[0] != '0' && s.p[0] != '1') || (s.n > 1 && s.p[1] != '.'))
        return false;
    if (s.n > 2 && !is_digits(str_drop(s, 2)))
        return false;
    quality = (s.p[0] - '0') * QUALITY_MAX;
    for (size_t i = 2; i < s.n; i++) {
        quality += (s.p[i] - '0') * weight;
        weight /= 10;
    }
    if (quality > QUALITY_MAX)
        return false;
    *ret = quality;
    return true;
}

struct choice {
    struct str name;
    int quality;
    bool exact; /* without a parameter other than q */
};

/* An element `name;parameter=value;q=0.5`. */
static bool read_choice(struct str element, struct choice *ret)
{
    struct choice choice = { .quality = QUALITY_MAX, .exact = true };
    struct str rest = str_split(element, ';', &choice.name);

    choice.name = trim_blanks(choice.name);
    while (rest.p) {
        struct str parameter;
        struct str name;
        struct str value;

        rest = str_split(rest, ';', &parameter);
        value = str_split(trim_blanks(parameter), '=', &name);
        if (!str_eq_any_case(name, STR("q")))
            choice.exact = false;
        else if (!read_quality(value, &choice.quality))
            return false;
    }
    *ret = choice;
    return choice.name.n > 0;
}

/* How exactly a range names a type: 3 for the type itself, 2 for its kind, 1 for anything, 0 not.
 */
static int range_rank(struct str range, struct str type)
{
    struct str range_main;
    struct str type_main;
    struct str range_sub = str_split(range, '/', &range_main);

    (void)str_split(type, '/', &type_main);
    if (str_eq_any_case(range, type))
        return 3;
    if (!str_eq(range_sub, STR("*")))
        return 0;
    if (str_eq_any_case(range_main, type_main))
        return 2;
    return str_eq(range_main, STR("*")) ? 1 : 0;
}

int accept_quality(struct str accept, struct str type)
{
    int quality = 0;
    int best = 0;
    struct str element;

    if (trim_blanks(accept).n == 0)
        return QUALITY_MAX;
    while (list_next(&accept, &element)) {
        struct choice choice;
        int rank;

        if (!read_choice(element, &choice) || !choice.exact)
            continue;
        rank = range_rank(choice.name, type);
        if (rank > best) {
            best = rank;
            quality = choice.quality;
        }
    }
    return quality;
}

size_t accept_choose(struct str accept, const struct str *offers, size_t count)
{
    size_t chosen = count;
    int best = 0;

    for (size_t i = 0; i < count; i++) {
        int quality = accept_quality(accept, offers[i]);

        if (quality > best) {
            best = quality;
            chosen = i;
        }
    }
    return chosen;
}

static int encoding_quality(struct str accept, struct str name)
{
    int any = 0;
    struct str element;

    while (list_next(&accept, &element)) {
        struct choice choice;

        if (!read_choice(element, &choice))
            continue;
        if (str_eq_any_case(choice.name, name))
            return choice.quality;
        if (str_eq(choice.name, STR("*")))
            any = choice.quality;
    }
    return any;
}

enum encoding encoding_choose(struct str accept_encoding, bool has_gzip, bool has_brotli)
{
    int gzip = has_gzip ? encoding_quality(accept_encoding, STR("gzip")) : 0;
    int brotli = has_brotli ? encoding_quality(accept_encoding, STR("br")) : 0;

    if (brotli > 0 && brotli >= gzip)
        return ENCODING_BROTLI;
    return gzip > 0 ? ENCODING_GZIP : ENCODING_IDENTITY;
}

static struct str without_weak(struct str etag)
{
    return str_starts(etag, STR("W/")) ? str_drop(etag, 2) : etag;
}

bool is_etag(struct str s)
{
    s = without_weak(s);
    if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
        return false;
    for (size_t i = 1; i + 1 < s.n; i++) {
        if (s.p[i] <= 0x20 || s.p[i] == '"' || s.p[i] == 0x7f)
            return false;
    }
    return true;
}

bool etag_listed(struct str if_none_match, struct str etag)
{
    struct str element;

    if (str_eq(trim_blanks(if_none_match), STR("*")))
        return true;
    while (list_next(&if_none_match, &element)) {
        if (is_etag(element) && str_eq(without_weak(element), without_weak(etag)))
            return true;
    }
    return false;
}

const char *http_date(int64_t seconds, char out[HTTP_DATE_SIZE])
{
    static const char days[7][4] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
    static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int64_t number = seconds / SECONDS_PER_DAY;
    unsigned of_day = (unsigned)(seconds % SECONDS_PER_DAY);
    struct civil civil;

    BUG_IF(seconds < 0 || number > DAY_LAST);
    civil = civil_from_day((day)number);
    snprintf(out, HTTP_DATE_SIZE, "%s, %02u %s %04u %02u:%02u:%02u GMT", days[number % 7],
             (unsigned)civil.mday % 100, months[civil.month - 1], (unsigned)civil.year % 10000,
             of_day / 3600 % 24, of_day / 60 % 60, of_day % 60);
    return out;
}
