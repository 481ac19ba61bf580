/*
 * How long a result lasts if nothing happens.
 *
 * As D moves on, records leave their windows one by one, and few other things happen: credentials
 * begin and end, cycles and slices do, time that was granted runs out. The days of those are
 * marked, over 20 years. From one mark to the next all days are looked at together (struct
 * evaluator); where the person is not eligible over all of them they are halved, down to single
 * days. So the first day on which the person is no longer eligible is found in few steps, however
 * many records there are.
 */
#include "criteria/advise.h"

#define HORIZON_MONTHS 240

struct calendar {
    const struct evaluator *evaluator;
    day first; /* the day after D */
    day last;
    bool *marked; /* by day: something changes on it */
    struct outcome outcome;
};

static void mark(struct calendar *c, day d)
{
    if (d >= c->first && d <= c->last)
        c->marked[d - c->first] = true;
}

static void mark_after(struct calendar *c, day d)
{
    if (d < DAY_LAST)
        mark(c, d + 1);
}

/* ---- cycles ---- */

/* Whether a slice of the cycle may begin so many months after the cycle. */
static bool is_boundary(const struct edition_node *node, int32_t months)
{
    if (!node)
        return false;
    if (node->kind == NODE_EACH && !node->last_months && months % node->slice_months == 0)
        return true;
    for (size_t i = 0; i < node->child_count; i++)
        if (is_boundary(&node->children[i], months))
            return true;
    return false;
}

static bool is_boundary_of(const struct requirement *requirement, int32_t months)
{
    if (is_boundary(requirement->rule, months))
        return true;
    for (size_t i = 0; i < requirement->exemption_count; i++)
        if (is_boundary(requirement->exemptions[i].when, months) ||
            is_boundary(requirement->exemptions[i].instead, months))
            return true;
    for (size_t i = 0; i < requirement->referral_count; i++)
        if (is_boundary(requirement->referrals[i].when, months))
            return true;
    for (size_t i = 0; i < requirement->discretion_count; i++)
        if (is_boundary(requirement->discretions[i].floor, months))
            return true;
    return false;
}

static bool begins_slice(const struct edition *edition, int32_t months)
{
    for (size_t i = 0; i < edition->requirement_count; i++)
        if (is_boundary_of(&edition->requirements[i], months))
            return true;
    for (size_t i = 0; i < edition->bar_count; i++)
        if (is_boundary(edition->bars[i].rule, months))
            return true;
    return false;
}

/* Slices are counted from the anchor, and months are of uneven length: the days around the obvious
   one are marked too. */
static void mark_cycle(struct calendar *c, day from)
{
    const struct edition *edition = c->evaluator->edition;
    for (int32_t m = 0; m <= edition->cycle_months; m++) {
        if (m && m < edition->cycle_months && !begins_slice(edition, m))
            continue;
        day boundary = day_add_months_up(from, m);
        for (day d = boundary - 3; d <= boundary + 3; d++)
            mark(c, d);
    }
}

static void mark_cycles(struct calendar *c)
{
    const struct edition *edition = c->evaluator->edition;
    const struct acts *acts = c->evaluator->bundle->acts;
    if (!edition->cycle_months)
        return;
    day from, to, on = c->evaluator->on;
    for (size_t i = 0; i < acts->seen.anchor_count; i++) {
        day anchor = acts->seen.anchors[i].on;
        mark(c, anchor);
        /* Before the first cycle, the one that will begin. */
        if (cycle_holding(edition, acts, on, &from, &to) == CYCLE_NOT_BEGUN && anchor > on)
            on = anchor;
    }
    while (on <= c->last && cycle_holding(edition, acts, on, &from, &to) == CYCLE_KNOWN) {
        mark_cycle(c, from);
        on = to + 1;
    }
}

/* ---- acts ---- */

static void mark_credentials(struct calendar *c)
{
    const struct dossier *seen = &c->evaluator->bundle->acts->seen;
    for (size_t i = 0; i < seen->credential_count; i++) {
        const struct credential *credential = &seen->credentials[i];
        mark(c, credential->from);
        mark_after(c, credential->to);
        mark(c, credential->withdrawn);
        for (size_t k = 0; k < credential->suspension_count; k++) {
            mark(c, credential->suspensions[k].from);
            mark_after(c, credential->suspensions[k].to);
        }
    }
}

/* Time that was granted runs to the earliest of these. */
static void mark_extensions(struct calendar *c)
{
    const struct edition *edition = c->evaluator->edition;
    const struct acts *acts = c->evaluator->bundle->acts;
    mark(c, acts->known);
    for (size_t i = 0; i < acts->seen.decision_count; i++)
        if (acts->seen.decisions[i].kind == DECISION_EXTEND)
            mark(c, acts->seen.decisions[i].until);
    for (size_t i = 0; i < edition->requirement_count; i++)
        for (size_t k = 0; k < edition->requirements[i].discretion_count; k++)
            mark(c, edition->requirements[i].discretions[k].extend_until);
}

/* ---- the search ---- */

static bool eligible_over(struct calendar *c, day from, day to)
{
    struct evaluator evaluator = *c->evaluator;
    evaluator.on = from;
    evaluator.span = to - from;
    evaluate(&evaluator, &c->outcome);
    return c->outcome.verdict[DECIDE] == VERDICT_ELIGIBLE;
}

/* The first day of them on which the person is not eligible, or DAY_NONE. */
static day first_failure(struct calendar *c, day from, day to)
{
    if (eligible_over(c, from, to))
        return DAY_NONE;
    if (from == to)
        return from;
    day middle = from + (to - from) / 2;
    day failure = first_failure(c, from, middle);
    return failure != DAY_NONE ? failure : first_failure(c, middle + 1, to);
}

day eligible_until(struct arena *arena, const struct evaluator *evaluator)
{
    const struct edition *edition = evaluator->edition;
    struct calendar c = { .evaluator = evaluator,
                          .first = evaluator->on + 1,
                          .last = day_add_months(evaluator->on, HORIZON_MONTHS) };
    outcome_init(arena, edition, &c.outcome);
    if (c.last < c.first || !eligible_over(&c, evaluator->on, evaluator->on))
        return DAY_NONE;
    c.marked = ARENA_ARRAY(arena, (size_t)(c.last - c.first) + 1, bool);
    mark(&c, edition->open_from);
    mark_after(&c, edition->open_until);
    mark_cycles(&c);
    mark_credentials(&c);
    mark_extensions(&c);
    for (day from = c.first, next; from <= c.last; from = next) {
        for (next = from + 1; next <= c.last && !c.marked[next - c.first];)
            next++;
        day failure = first_failure(&c, from, next - 1);
        if (failure != DAY_NONE)
            return failure - 1;
    }
    return DAY_NONE;
}
