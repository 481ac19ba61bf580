/* What may be recorded at all (evidence.h): the same rules for a form, a file and a program. */
#include "criteria/limits.h"
#include "register/cell.h"
#include "register/evidence_part.h"
#include "register/record.h"

#define MINUTES_A_DAY ((int64_t)24 * 60)
#define EARLIEST ((day)-25567) /* 1900-01-01 */

const struct error EVIDENCE_UNKNOWN = { "evidence-unknown", 404, EXIT_NO,
                                        "there is no entry of this number" };
const struct error EVIDENCE_VOCABULARY = {
    "evidence-vocabulary", 422, EXIT_INPUT,
    "the scheme's vocabulary has no such kind, field or value"
};
const struct error EVIDENCE_REFERENCE = {
    "evidence-reference", 422, EXIT_INPUT,
    "a reference has at most 20 characters, no spaces, and names nobody"
};
const struct error EVIDENCE_DATES = {
    "evidence-dates", 422, EXIT_INPUT,
    "an entry has a first and a last day, from 1900 on, and no more days of work than these have"
};
const struct error EVIDENCE_FUTURE = { "evidence-future", 422, EXIT_INPUT,
                                       "a logbook holds what has happened, not what is planned" };
const struct error EVIDENCE_HOURS = { "evidence-hours", 422, EXIT_INPUT,
                                      "no more than 24 hours fit into a day" };
const struct error EVIDENCE_DAY_FULL = {
    "evidence-day-full", 422, EXIT_INPUT,
    "with what is recorded already, that is more than 24 hours on a day; correct the hours or days "
    "of one of them"
};
const struct error EVIDENCE_WHY = { "evidence-why", 422, EXIT_INPUT,
                                    "say why, in at most 1,000 bytes" };
const struct error EVIDENCE_SAME = { "evidence-same", 409, EXIT_NO,
                                     "the correction changes nothing" };
const struct error EVIDENCE_CHANGED = { "evidence-changed", 409, EXIT_NO,
                                        "the entry was corrected meanwhile; look at it again" };
const struct error EVIDENCE_STANDING = { "evidence-standing", 409, EXIT_NO,
                                         "as the entry stands, that cannot be done" };
const struct error EVIDENCE_MANY = { "evidence-many", 409, EXIT_NO,
                                     "a person has at most 20,000 entries" };

struct result why_check(struct str why, bool needed)
{
    if (why.n > EVIDENCE_WHY_MAX || !str_is_utf8(why, NULL) || (needed && str_trim(why).n == 0))
        return fail(&EVIDENCE_WHY);
    return OK;
}

/* ---- words ---- */

static bool is_id(struct str id, size_t most)
{
    struct complaint complaint;

    return id.n > 0 && str_is_utf8(id, NULL) && str_code_points(id) <= most &&
           id_check(id, &complaint);
}

static bool has_value(const struct field *field, struct str value)
{
    int64_t number;

    switch (field->type) {
    case FIELD_OF:
    case FIELD_ORDERED:
        return str_list_has(field->values, value);
    case FIELD_ID:
        return is_id(value, LOGBOOK_ID_MAX);
    case FIELD_INTEGER:
        return str_to_int(value, 0, CELL_NUMBER_MAX, &number);
    case FIELD_MINUTES:
        return hours_parse(value, &number) && is_id(value, LOGBOOK_ID_MAX);
    }
    return false;
}

static bool comes_again(const struct evidence *evidence, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(evidence->facts[i].field, evidence->facts[at].field))
            return true;
    return false;
}

static bool has_facts(const struct kind *kind, const struct evidence *evidence)
{
    for (size_t i = 0; i < evidence->fact_count; i++) {
        const struct fact *fact = &evidence->facts[i];
        const struct field *field = kind_field(kind, fact->field);

        if (!field || field->implicit || !has_value(field, fact->value) || comes_again(evidence, i))
            return false;
    }
    return true;
}

/* ---- days and hours ---- */

static int64_t days_between(day start, day end)
{
    return (int64_t)end - start + 1;
}

static struct result check_times(const struct evidence *evidence, day today)
{
    int64_t days = days_between(evidence->start, evidence->end);

    if (evidence->start < EARLIEST || days < 1 || evidence->days == 0 || evidence->days > days)
        return fail(&EVIDENCE_DATES);
    if (evidence->end > today)
        return fail(&EVIDENCE_FUTURE);
    if (evidence->days > 0)
        days = evidence->days;
    return evidence->hours < -1 || evidence->hours > days * MINUTES_A_DAY ? fail(&EVIDENCE_HOURS)
                                                                          : OK;
}

struct result evidence_check(const struct vocabulary *vocabulary, const struct evidence *evidence,
                             day today)
{
    const struct kind *kind = vocabulary_kind(vocabulary, evidence->kind);

    if (!kind || !has_facts(kind, evidence))
        return fail(&EVIDENCE_VOCABULARY);
    if (evidence->matter.p && !is_id(evidence->matter, LOGBOOK_ID_MAX))
        return fail(&EVIDENCE_REFERENCE);
    if (evidence->programme.p && !is_id(evidence->programme, CRITERIA_WORD_MAX))
        return fail(&EVIDENCE_REFERENCE);
    return check_times(evidence, today);
}

/* ---- beside others ---- */

static bool takes_time(const struct evidence *evidence)
{
    return evidence->hours > 0 &&
           (evidence->standing == STANDING_CLAIMED || evidence->standing == STANDING_VERIFIED);
}

static bool lies_within(const struct evidence *evidence, day start, day end)
{
    return start <= evidence->start && evidence->end <= end;
}

/* Whether all that lies within a period fits into it, this entry among it. */
static bool fits_into(day start, day end, const struct evidence *evidence,
                      const struct evidence *const *others, size_t count)
{
    int64_t left = days_between(start, end) * MINUTES_A_DAY - evidence->hours;

    for (size_t i = 0; i < count; i++)
        if (others[i] && takes_time(others[i]) && lies_within(others[i], start, end))
            left -= others[i]->hours;
    return left >= 0;
}

struct result evidence_fits(const struct evidence *evidence, const struct evidence *const *others,
                            size_t count)
{
    if (!takes_time(evidence))
        return OK;
    if (!fits_into(evidence->start, evidence->end, evidence, others, count))
        return fail(&EVIDENCE_DAY_FULL);
    for (size_t i = 0; i < count; i++) {
        const struct evidence *other = others[i];

        if (other && takes_time(other) && lies_within(evidence, other->start, other->end) &&
            !fits_into(other->start, other->end, evidence, others, count))
            return fail(&EVIDENCE_DAY_FULL);
    }
    return OK;
}
