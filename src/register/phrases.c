#include "register/phrases.h"

#include <string.h>

#include "base/buf.h"

#define LIST_MAX ((size_t)1024 * 1024)

static const char *const month_names[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

struct str phrase_date(struct arena *arena, day d)
{
    struct civil civil = civil_from_day(d);

    return str_format(arena, "%d %s %d", civil.mday, month_names[civil.month - 1], civil.year);
}

const char *phrase_verdict(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_UNAVAILABLE:
        return "Not open";
    case VERDICT_BARRED:
        return "Barred";
    case VERDICT_NOT_YET:
        return "Not yet";
    case VERDICT_REFER:
        return "A person must look";
    case VERDICT_ELIGIBLE:
        return "Eligible";
    }
    BUG("no verdict %d", (int)verdict);
}

const char *phrase_finding(enum finding finding)
{
    static const char *const names[] = {
        [NOT_YET] = "not yet",
        [REFER] = "a person must look",
        [MET] = "met",
    };

    return names[finding];
}

struct str phrase_count(struct arena *arena, size_t count, const char *noun)
{
    return str_format(arena, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

/* Splits "e16" into "e" and 16. False where it does not end in a number without leading zeros. */
static bool numbered(struct str id, struct str *ret_stem, int64_t *ret_number)
{
    size_t digits = 0;

    while (digits < id.n && id.p[id.n - digits - 1] >= '0' && id.p[id.n - digits - 1] <= '9')
        digits++;
    if (digits == 0 || (digits > 1 && id.p[id.n - digits] == '0') ||
        !str_to_int(str_drop(id, id.n - digits), 0, INT32_MAX, ret_number))
        return false;
    *ret_stem = str_take(id, id.n - digits);
    return true;
}

/* How many ids from the first on follow each other without a gap. */
static size_t run_length(const struct str *ids, size_t count)
{
    struct str stem;
    int64_t number;
    size_t length = 1;

    if (!numbered(ids[0], &stem, &number))
        return 1;
    for (; length < count; length++) {
        struct str next_stem;
        int64_t next;

        if (!numbered(ids[length], &next_stem, &next) || !str_eq(stem, next_stem) ||
            next != number + (int64_t)length)
            break;
    }
    return length;
}

struct str phrase_ids(struct arena *arena, const struct str *ids, size_t count, size_t most)
{
    size_t parts = 0;
    size_t at = 0;
    struct buf list;

    buf_init(&list, LIST_MAX);
    for (; at < count && parts < most; parts++) {
        size_t run = run_length(ids + at, count - at);

        if (run < 3)
            run = 1;
        if (parts > 0)
            buf_add_c(&list, ", ");
        buf_add(&list, ids[at]);
        if (run > 1) {
            buf_byte(&list, '-');
            buf_add(&list, ids[at + run - 1]);
        }
        at += run;
    }
    if (at < count)
        buf_format(&list, " and %zu more", count - at);
    return buf_take(&list, arena);
}

struct str phrase_list(struct arena *arena, const struct str *items, size_t count,
                       const char *between, const char *last)
{
    struct buf list;

    buf_init(&list, LIST_MAX);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_c(&list, i + 1 == count ? last : between);
        buf_add(&list, items[i]);
    }
    return buf_take(&list, arena);
}
