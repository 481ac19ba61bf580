#include "register/likeness.h"

#include <stdlib.h>

static const struct {
    const char *word;
    const char *text;
} likenesses[] = {
    [LIKE_NOT] = { "not", "nothing alike" },
    [LIKE_OVERLAP] = { "overlap", "on the same days" },
    [LIKE_TIME] = { "time", "the same kind on the same days, and nothing that differs" },
    [LIKE_MATTER] = { "matter", "the same kind and reference on days that overlap" },
    [LIKE_SAME] = { "same", "the same in everything" },
};

const char *likeness_word(enum likeness likeness)
{
    return likenesses[likeness].word;
}

const char *likeness_text(enum likeness likeness)
{
    return likenesses[likeness].text;
}

/* ---- two records ---- */

/* Whether both say something, and not the same. */
static bool texts_differ(struct str a, struct str b)
{
    return a.p && b.p && !str_eq(a, b);
}

static bool measures_differ(int64_t a, int64_t b)
{
    return a >= 0 && b >= 0 && a != b;
}

static bool facts_differ(const struct evidence *a, const struct evidence *b)
{
    for (size_t i = 0; i < a->fact_count; i++)
        if (texts_differ(a->facts[i].value, evidence_fact(b, a->facts[i].field)))
            return true;
    return false;
}

static bool anything_differs(const struct evidence *a, const struct evidence *b)
{
    return texts_differ(a->matter, b->matter) || texts_differ(a->programme, b->programme) ||
           measures_differ(a->hours, b->hours) || measures_differ(a->days, b->days) ||
           facts_differ(a, b);
}

/* Both say all that the other says. */
static bool says_as_much(const struct evidence *a, const struct evidence *b)
{
    return (a->matter.p != NULL) == (b->matter.p != NULL) &&
           (a->programme.p != NULL) == (b->programme.p != NULL) && a->hours == b->hours &&
           a->days == b->days && a->fact_count == b->fact_count;
}

static bool is_short(const struct evidence *evidence)
{
    return (int64_t)evidence->end - evidence->start < OVERLAP_DAYS;
}

enum likeness likeness_of(const struct evidence *a, const struct evidence *b)
{
    bool overlap = a->start <= b->end && b->start <= a->end;

    if (!overlap)
        return LIKE_NOT;
    if (str_eq(a->kind, b->kind)) {
        if (a->start == b->start && a->end == b->end && !anything_differs(a, b))
            return says_as_much(a, b) ? LIKE_SAME : LIKE_TIME;
        if (a->matter.p && b->matter.p && str_eq(a->matter, b->matter) && !facts_differ(a, b))
            return LIKE_MATTER;
    }
    return is_short(a) && is_short(b) ? LIKE_OVERLAP : LIKE_NOT;
}

/* ---- many ---- */

struct dated {
    const struct evidence *evidence;
    size_t index;
};

static int by_start(const void *a, const void *b)
{
    const struct dated *x = a;
    const struct dated *y = b;
    int order =
        (x->evidence->start > y->evidence->start) - (x->evidence->start < y->evidence->start);

    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static bool counts(const struct evidence *evidence)
{
    return evidence->standing == STANDING_CLAIMED || evidence->standing == STANDING_VERIFIED;
}

/* The later of the two is like the earlier, unless it is more like another already. */
static void note(struct alike *alike, size_t a, size_t b, enum likeness likeness)
{
    size_t later = a > b ? a : b;
    size_t earlier = a > b ? b : a;
    struct alike *it = &alike[later];

    if (likeness > it->likeness || (likeness == it->likeness && likeness && earlier < it->other))
        *it = (struct alike){ likeness, earlier };
}

/*
 * Records that last are compared with all that begin while they do, so many long ones would be
 * compared with each other; a record is compared with so many after it at most.
 */
#define COMPARED_MAX 500

void likeness_find(struct arena *arena, const struct evidence *const *records, size_t count,
                   struct alike *ret_alike)
{
    struct dated *sorted = ARENA_ARRAY(arena, count, struct dated);
    size_t sorted_count = 0;

    for (size_t i = 0; i < count; i++) {
        ret_alike[i] = (struct alike){ .likeness = LIKE_NOT };
        if (counts(records[i]))
            sorted[sorted_count++] = (struct dated){ records[i], i };
    }
    if (sorted_count > 1)
        qsort(sorted, sorted_count, sizeof(*sorted), by_start);
    for (size_t i = 0; i < sorted_count; i++) {
        const struct evidence *a = sorted[i].evidence;

        for (size_t k = i + 1; k < sorted_count && k - i <= COMPARED_MAX; k++) {
            const struct evidence *b = sorted[k].evidence;

            if (b->start > a->end)
                break;
            note(ret_alike, sorted[i].index, sorted[k].index, likeness_of(a, b));
        }
    }
}
