/*
 * How long a result lasts if nothing happens.
 *
 * As D moves on, a value can only change on days that some date of the dossier and some duration
 * of the edition make together. Those days are marked, over 20 years, and the edition is evaluated
 * on the marked days alone, up to the first on which the person is no longer eligible.
 */
#include "criteria/advise.h"

#define HORIZON_MONTHS 240

struct calendar {
    struct arena *arena;
    const struct evaluator *evaluator;
    day first; /* the day after D */
    day last;
    bool *marked;
    bool every_day;
    int32_t *durations; /* months, each once */
    size_t duration_count, duration_room;
};

static void mark(struct calendar *c, day d)
{
    if (d >= c->first && d <= c->last)
        c->marked[d - c->first] = true;
}

static void add_duration(struct calendar *c, int32_t months)
{
    if (!months)
        return;
    for (size_t i = 0; i < c->duration_count; i++)
        if (c->durations[i] == months)
            return;
    *ARENA_PUSH(c->arena, c->durations, c->duration_count, c->duration_room) = months;
}

/* The days on which something dated x enters or leaves a window of that many months, or has lasted
   for them. Months are of uneven length, so the first days around the obvious one are tried. */
static void mark_after(struct calendar *c, day x, int32_t months)
{
    day around = day_add_months(x, months);
    mark(c, around);
    bool reached = false;
    for (day t = around - 4; t <= around + 4; t++) {
        day back = day_add_months(t, -months);
        if (back >= x && !reached) {
            mark(c, t);
            reached = true;
        }
        if (back > x) {
            mark(c, t);
            return;
        }
    }
}

static void mark_date(struct calendar *c, day x)
{
    if (x == DAY_NONE || x <= DAY_FIRST || x >= DAY_LAST)
        return;
    mark(c, x);
    mark(c, x + 1);
    for (size_t i = 0; i < c->duration_count; i++)
        mark_after(c, x, c->durations[i]);
}

static void note_selection(struct calendar *c, const struct selection *s)
{
    add_duration(c, s->within);
    mark(c, s->from);
    if (s->to < DAY_LAST)
        mark(c, s->to + 1);
    for (size_t i = 0; i < s->after_first_count; i++)
        note_selection(c, &s->after_first[i]);
}

static void note_node(struct calendar *c, const struct edition_node *node)
{
    if (!node)
        return;
    if (node_reads_records(node->kind))
        note_selection(c, &node->selection);
    if (node->also)
        note_selection(c, &node->also->selection);
    switch (node->kind) {
    case NODE_COVERED:
        c->every_day = true; /* a window that moves takes off single days */
        break;
    case NODE_EACH:
        for (int32_t m = node->slice_months; m <= node->last_months; m += node->slice_months)
            add_duration(c, m);
        break;
    case NODE_SINCE:
        add_duration(c, (int32_t)node->need);
        break;
    case NODE_AGE:
        add_duration(c, (int32_t)(12 * node->need));
        break;
    case NODE_HOLDS:
    case NODE_DECLARED:
        add_duration(c, node->months);
        if (node->kind == NODE_HOLDS && node->on != DAY_NONE)
            mark(c, node->on);
        break;
    default:
        break;
    }
    for (size_t i = 0; i < node->child_count; i++)
        note_node(c, &node->children[i]);
}

static void note_requirement(struct calendar *c, const struct requirement *requirement)
{
    note_node(c, requirement->rule);
    for (size_t i = 0; i < requirement->exemption_count; i++) {
        note_node(c, requirement->exemptions[i].when);
        note_node(c, requirement->exemptions[i].instead);
    }
    for (size_t i = 0; i < requirement->referral_count; i++)
        note_node(c, requirement->referrals[i].when);
    for (size_t i = 0; i < requirement->discretion_count; i++) {
        note_node(c, requirement->discretions[i].floor);
        mark_date(c, requirement->discretions[i].extend_until);
    }
}

static void note_cycles(struct calendar *c)
{
    const struct edition *edition = c->evaluator->edition;
    if (!edition->cycle_months)
        return;
    /* Slices divide the cycle, whatever their length, on boundaries a month or more apart. */
    day from, to, on = c->evaluator->on;
    while (on <= c->last &&
           cycle_holding(edition, c->evaluator->bundle->acts, on, &from, &to) == CYCLE_KNOWN) {
        for (int32_t m = 0; m <= edition->cycle_months; m++) {
            day boundary = day_add_months_up(from, m);
            for (day d = boundary - 3; d <= boundary + 3; d++)
                mark(c, d);
        }
        on = to + 1;
    }
}

static void note_dossier(struct calendar *c)
{
    const struct bundle *bundle = c->evaluator->bundle;
    const struct dossier *seen = &bundle->acts->seen;
    for (size_t k = 0; k < bundle->vocabulary->kind_count; k++)
        for (size_t i = 0; i < bundle->kinds[k].count; i++) {
            mark_date(c, bundle->kinds[k].at[i].start);
            mark_date(c, bundle->kinds[k].at[i].end);
        }
    for (size_t i = 0; i < seen->credential_count; i++) {
        const struct credential *credential = &seen->credentials[i];
        mark_date(c, credential->from);
        mark_date(c, credential->to);
        mark_date(c, credential->withdrawn);
        for (size_t k = 0; k < credential->suspension_count; k++) {
            mark_date(c, credential->suspensions[k].from);
            mark_date(c, credential->suspensions[k].to);
            mark_date(c, credential->suspensions[k].to + 1);
        }
    }
    for (size_t i = 0; i < seen->declaration_count; i++)
        mark_date(c, seen->declarations[i].on);
    for (size_t i = 0; i < seen->anchor_count; i++)
        mark_date(c, seen->anchors[i].on);
    for (size_t i = 0; i < seen->decision_count; i++)
        if (seen->decisions[i].kind == DECISION_EXTEND)
            mark_date(c, seen->decisions[i].until);
    mark_date(c, seen->born);
}

static void note_edition(struct calendar *c)
{
    const struct edition *edition = c->evaluator->edition;
    for (size_t i = 0; i < edition->requirement_count; i++)
        note_requirement(c, &edition->requirements[i]);
    for (size_t i = 0; i < edition->bar_count; i++)
        note_node(c, edition->bars[i].rule);
    mark(c, edition->open_from);
    if (edition->open_until < DAY_LAST)
        mark(c, edition->open_until + 1);
}

static bool eligible_on(const struct calendar *c, day on, struct outcome *outcome)
{
    struct evaluator evaluator = *c->evaluator;
    evaluator.on = on;
    evaluate(&evaluator, outcome);
    return outcome->verdict[DECIDE] == VERDICT_ELIGIBLE;
}

day eligible_until(struct arena *arena, const struct evaluator *evaluator)
{
    struct outcome outcome;
    outcome_init(arena, evaluator->edition, &outcome);
    struct calendar c = { .arena = arena,
                          .evaluator = evaluator,
                          .first = evaluator->on + 1,
                          .last = day_add_months(evaluator->on, HORIZON_MONTHS) };
    if (c.last < c.first || !eligible_on(&c, evaluator->on, &outcome))
        return DAY_NONE;
    size_t days = (size_t)(c.last - c.first) + 1;
    c.marked = ARENA_ARRAY(arena, days, bool);
    note_edition(&c);
    note_cycles(&c);
    note_dossier(&c);
    for (size_t i = 0; i < days; i++)
        if ((c.marked[i] || c.every_day) && !eligible_on(&c, c.first + (day)i, &outcome))
            return c.first + (day)i - 1;
    return DAY_NONE;
}
