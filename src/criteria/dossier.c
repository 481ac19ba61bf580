#include "criteria/dossier.h"

#define MEASURE_MAX 1000000000 /* of a record: a thousand million minutes, days, points */

void dossier_init(struct dossier *dossier)
{
    *dossier = (struct dossier){ .born = DAY_NONE, .known = DAY_NONE };
}

static bool digits_only(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

/* The minutes of h:mm. */
static bool clock_parse(struct str hours, struct str minutes, int64_t *ret_minutes)
{
    int64_t h;
    int64_t m;

    if (!digits_only(hours) || !digits_only(minutes) || minutes.n != 2)
        return false;
    if (!str_to_int(hours, 0, MEASURE_MAX, &h) || !str_to_int(minutes, 0, 59, &m))
        return false;
    *ret_minutes = h * 60 + m;
    return true;
}

/* The minutes of whole hours and their decimals. What lies behind the 15th decimal place is far
   below a minute and is not looked at. */
static bool decimal_parse(struct str whole, struct str decimals, int64_t *ret_minutes)
{
    int64_t scale = 1;
    int64_t part;
    int64_t h;

    if (!digits_only(whole) || !digits_only(decimals))
        return false;
    decimals = str_take(decimals, 15);
    for (size_t i = 0; i < decimals.n; i++)
        scale *= 10;
    if (!str_to_int(whole, 0, MEASURE_MAX, &h) || !str_to_int(decimals, 0, scale, &part))
        return false;
    *ret_minutes = h * 60 + (part * 60 + scale / 2) / scale;
    return true;
}

bool hours_parse(struct str s, int64_t *ret_minutes)
{
    int64_t minutes;
    struct str head;
    struct str rest = str_split(s, ':', &head);
    bool read;

    if (rest.p) {
        read = clock_parse(head, rest, &minutes);
    } else {
        rest = str_split(s, '.', &head);
        read = decimal_parse(head, rest.p ? rest : STR("0"), &minutes);
    }
    if (!read || minutes > MEASURE_MAX)
        return false;
    *ret_minutes = minutes;
    return true;
}

struct str evidence_fact(const struct evidence *evidence, struct str field)
{
    for (size_t i = 0; i < evidence->fact_count; i++)
        if (str_eq(evidence->facts[i].field, field))
            return evidence->facts[i].value;
    return STR_NONE;
}

const char *standing_name(enum standing standing)
{
    static const char *const names[] = {
        [STANDING_VERIFIED] = "verified",   [STANDING_CLAIMED] = "claimed",
        [STANDING_REJECTED] = "rejected",   [STANDING_WITHDRAWN] = "withdrawn",
        [STANDING_DUPLICATE] = "duplicate",
    };

    return names[standing];
}

int64_t evidence_measure(const struct evidence *evidence, const struct field *field)
{
    struct str value;
    int64_t n;

    if (str_eq(field->name, STR("hours")))
        return evidence->hours;
    if (str_eq(field->name, STR("days")))
        return evidence->days >= 0 ? evidence->days : (int64_t)evidence->end - evidence->start + 1;
    value = evidence_fact(evidence, field->name);
    if (!value.p)
        return -1;
    if (field->type == FIELD_MINUTES)
        return hours_parse(value, &n) ? n : -1;
    if (field->type == FIELD_INTEGER && digits_only(value))
        return str_to_int(value, 0, MEASURE_MAX, &n) ? n : -1;
    return -1;
}
