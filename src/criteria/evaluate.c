#include "criteria/evaluate.h"

#include "criteria/bounds.h"
#include "criteria/match.h"

const char *finding_name(enum finding finding)
{
    static const char *const names[] = { "not-yet", "refer", "met" };
    return names[finding];
}

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = { "unavailable", "barred", "not-yet", "refer", "eligible" };
    return names[verdict];
}

struct str basis_text(struct arena *arena, enum basis basis, struct str who)
{
    static const char *const names[] = { "-",         "evidence", "exemption", "referral",
                                         "judgement", "waiver",   "unclear" };
    bool with_who = basis == BY_EXEMPTION || basis == BY_REFERRAL || basis == BY_JUDGEMENT ||
                    basis == BY_WAIVER;
    return with_who ? str_format(arena, "%s:%.*s", names[basis], STR_ARG(who))
                    : str_from_c(names[basis]);
}

void outcome_init(struct arena *arena, const struct edition *edition, struct outcome *outcome)
{
    *outcome = (struct outcome){
        .requirements = ARENA_ARRAY(arena, edition->requirement_count, struct requirement_outcome),
        .bars = ARENA_ARRAY(arena, edition->bar_count, enum finding),
    };
}

static enum finding least(enum finding a, enum finding b)
{
    return a < b ? a : b;
}

static struct findings least_of(struct findings a, struct findings b)
{
    return (struct findings){ { least(a.in[DECIDE], b.in[DECIDE]),
                                least(a.in[PREVIEW], b.in[PREVIEW]) } };
}

static struct findings same(enum finding finding)
{
    return (struct findings){ { finding, finding } };
}

/* ---- cycles and slices (S4, S15) ---- */

static day cycle_anchor(const struct edition *edition, const struct acts *acts)
{
    if (!edition->anchor.p)
        return day_from_civil((struct civil){ 2000, edition->anchor_month, edition->anchor_mday });
    day anchor = DAY_NONE;
    for (size_t i = 0; i < acts->seen.anchor_count; i++)
        if (str_eq(acts->seen.anchors[i].name, edition->anchor))
            anchor = acts->seen.anchors[i].on;
    return anchor;
}

static int32_t months_between(day from, day to)
{
    struct civil a = civil_from_day(from), b = civil_from_day(to);
    return (b.year - a.year) * 12 + b.month - a.month;
}

/* The number of the current cycle: b(k) <= on < b(k + 1). */
static int32_t cycle_number(day anchor, int32_t months, day on)
{
    int32_t k = months_between(anchor, on) / months;
    while (day_add_months_up(anchor, k * months) > on)
        k--;
    /* Past the last year there is no further boundary, so the cycle that holds it is the last. */
    for (day next; (next = day_add_months_up(anchor, (k + 1) * months)) <= on && next < DAY_LAST;)
        k++;
    return k;
}

enum cycle_state cycle_holding(const struct edition *edition, const struct acts *acts, day on,
                               day *ret_from, day *ret_to)
{
    day anchor = cycle_anchor(edition, acts);
    if (anchor == DAY_NONE)
        return CYCLE_NO_ANCHOR;
    if (edition->anchor.p && on < anchor)
        return CYCLE_NOT_BEGUN;
    int32_t months = edition->cycle_months, k = cycle_number(anchor, months, on);
    *ret_from = day_add_months_up(anchor, k * months);
    *ret_to = day_add_months_up(anchor, (k + 1) * months) - 1;
    return CYCLE_KNOWN;
}

static int32_t first_slice(const struct evaluator *evaluator, const struct edition_node *each,
                           const struct frame *frame, day anchor)
{
    int32_t months = evaluator->edition->cycle_months;
    return cycle_number(anchor, months, frame->cycle_on) * (months / each->slice_months);
}

size_t slice_count(const struct evaluator *evaluator, const struct edition_node *each,
                   const struct frame *frame, enum cycle_state *ret_state)
{
    *ret_state = CYCLE_KNOWN;
    if (each->last_months)
        return (size_t)(each->last_months / each->slice_months);
    day from, to;
    *ret_state =
        cycle_holding(evaluator->edition, evaluator->bundle->acts, frame->cycle_on, &from, &to);
    if (*ret_state != CYCLE_KNOWN)
        return 0;
    day anchor = cycle_anchor(evaluator->edition, evaluator->bundle->acts);
    int32_t first = first_slice(evaluator, each, frame, anchor);
    size_t most = (size_t)(evaluator->edition->cycle_months / each->slice_months), count = 1;
    while (count < most &&
           day_add_months_up(anchor, (first + (int32_t)count) * each->slice_months) <= frame->on)
        count++;
    return count;
}

struct frame slice_frame(const struct evaluator *evaluator, const struct edition_node *each,
                         const struct frame *frame, size_t j)
{
    struct frame slice = *frame;
    slice.sliced = true;
    int32_t months = each->slice_months;
    if (each->last_months) {
        int32_t back = each->last_months / months - 1 - (int32_t)j; /* 0: the newest */
        slice.slice_from = day_add_months(window_day(frame), -(back + 1) * months);
        slice.slice_to = back ? day_add_months(frame->on, -back * months) - 1 : frame->on;
        return slice;
    }
    day anchor = cycle_anchor(evaluator->edition, evaluator->bundle->acts);
    int32_t number = first_slice(evaluator, each, frame, anchor) + (int32_t)j;
    slice.slice_from = day_add_months_up(anchor, number * months);
    slice.slice_to = day_add_months_up(anchor, (number + 1) * months) - 1;
    return slice;
}

static struct findings each_findings(const struct evaluator *evaluator,
                                     const struct edition_node *node, const struct frame *frame)
{
    enum cycle_state state;
    size_t slices = slice_count(evaluator, node, frame, &state);
    if (state != CYCLE_KNOWN)
        return same(state == CYCLE_NO_ANCHOR ? REFER : NOT_YET);
    struct findings all = same(MET);
    for (size_t j = 0; j < slices; j++) {
        struct frame slice = slice_frame(evaluator, node, frame, j);
        for (size_t i = 0; i < node->child_count; i++)
            all = least_of(all, evaluate_node(evaluator, &node->children[i], &slice));
    }
    return all;
}

/* ---- nodes ---- */

static struct findings aggregate_findings(const struct evaluator *evaluator,
                                          const struct edition_node *node,
                                          const struct frame *frame)
{
    struct bounds bounds = aggregate_bounds(evaluator, node, frame);
    struct findings findings;
    for (int reading = 0; reading < READINGS; reading++)
        findings.in[reading] = bounds.lo[reading] >= bounds.need   ? MET
                               : bounds.hi[reading] >= bounds.need ? REFER
                                                                   : NOT_YET;
    return findings;
}

static struct findings since_findings(const struct evaluator *evaluator,
                                      const struct edition_node *node, const struct frame *frame)
{
    struct findings findings;
    struct arena_mark mark = arena_mark(evaluator->scratch);
    for (int reading = 0; reading < READINGS; reading++) {
        struct matcher m;
        const struct picked *picked;
        size_t count = pick_rows(evaluator, &node->selection, frame, (enum reading)reading, false,
                                 &picked, &m);
        enum finding best = NOT_YET;
        for (size_t i = 0; i < count; i++) {
            day start = m.rows->at[picked[i].row].start;
            enum finding found = picked[i].sure ? MET : REFER;
            if (found > best && day_add_months(start, (int32_t)node->need) <= frame->on)
                best = found;
        }
        findings.in[reading] = best;
    }
    arena_rewind(evaluator->scratch, mark);
    return findings;
}

const struct current_edition *current_edition_on(const struct acts *acts, struct str statement,
                                                 day on)
{
    const struct current_edition *current = NULL;
    for (size_t i = 0; i < acts->seen.current_count; i++) {
        const struct current_edition *c = &acts->seen.currents[i];
        if (str_eq(c->statement, statement) && c->from <= on &&
            (!current || c->from >= current->from))
            current = c;
    }
    return current;
}

static enum finding declaration_serves(const struct edition_node *node, const struct acts *acts,
                                       const struct declaration *declaration,
                                       const struct frame *frame)
{
    if (!str_eq(declaration->statement, node->statement) || declaration->on > frame->on ||
        (node->months && declaration->on < day_add_months(window_day(frame), -node->months)))
        return NOT_YET;
    struct edition_number asked = node->edition;
    if (node->edition_current) {
        const struct current_edition *current =
            current_edition_on(acts, node->statement, declaration->on);
        if (!current)
            return REFER;
        asked = current->edition;
    }
    if (!asked.parts)
        return MET;
    if (!declaration->edition.parts)
        return REFER;
    return edition_number_eq(declaration->edition, asked) ? MET : NOT_YET;
}

static struct findings declared_findings(const struct evaluator *evaluator,
                                         const struct edition_node *node, const struct frame *frame)
{
    const struct acts *acts = evaluator->bundle->acts;
    enum finding best = NOT_YET;
    for (size_t i = 0; i < acts->seen.declaration_count; i++) {
        enum finding found = declaration_serves(node, acts, &acts->seen.declarations[i], frame);
        if (found > best)
            best = found;
    }
    return same(best);
}

static struct findings holds_findings(const struct evaluator *evaluator,
                                      const struct edition_node *node, const struct frame *frame)
{
    const struct dossier *seen = &evaluator->bundle->acts->seen;
    struct findings findings;
    for (int reading = 0; reading < READINGS; reading++)
        findings.in[reading] = holds_met(node, seen->credentials, seen->credential_count, frame->on,
                                         (enum reading)reading)
                                   ? MET
                                   : NOT_YET;
    return findings;
}

static struct findings age_findings(const struct evaluator *evaluator,
                                    const struct edition_node *node, const struct frame *frame)
{
    day born = evaluator->bundle->acts->seen.born;
    if (born == DAY_NONE)
        return same(REFER);
    return same(day_add_months(born, (int32_t)(12 * node->need)) <= frame->on ? MET : NOT_YET);
}

const struct judgement *latest_judgement(const struct acts *acts, struct str requirement,
                                         struct str body)
{
    const struct judgement *latest = NULL;
    for (size_t i = 0; i < acts->seen.judgement_count; i++) {
        const struct judgement *judgement = &acts->seen.judgements[i];
        if (str_eq(judgement->requirement, requirement) &&
            (!latest || judgement->on >= latest->on) &&
            body_speaks(acts, body, judgement->by, judgement->on))
            latest = judgement;
    }
    return latest;
}

/* What a body says of a requirement: REFER as long as it has said nothing. */
static enum finding judged_by(const struct evaluator *evaluator,
                              const struct requirement *requirement, struct str body)
{
    const struct judgement *judgement =
        latest_judgement(evaluator->bundle->acts, requirement->id, body);
    return !judgement ? REFER : judgement->satisfied ? MET : NOT_YET;
}

/* all: the least; any: the greatest; at least n: the n-th greatest (S15). */
static struct findings combine(const struct evaluator *evaluator, const struct edition_node *node,
                               const struct frame *frame)
{
    size_t met[READINGS] = { 0 }, open[READINGS] = { 0 };
    for (size_t i = 0; i < node->child_count; i++) {
        struct findings child = evaluate_node(evaluator, &node->children[i], frame);
        for (int reading = 0; reading < READINGS; reading++) {
            met[reading] += child.in[reading] == MET;
            open[reading] += child.in[reading] != NOT_YET;
        }
    }
    size_t need = node->kind == NODE_ALL   ? node->child_count
                  : node->kind == NODE_ANY ? 1
                                           : (size_t)node->need;
    struct findings findings;
    for (int reading = 0; reading < READINGS; reading++)
        findings.in[reading] = met[reading] >= need ? MET : open[reading] >= need ? REFER : NOT_YET;
    return findings;
}

static void ask_to_go_on(const struct evaluator *evaluator)
{
    struct watch *watch = evaluator->watch;
    if (!watch || watch->go_on(watch->context))
        return;
    watch->stopped = true;
    arena_exit_full(evaluator->scratch);
}

struct findings evaluate_node(const struct evaluator *evaluator, const struct edition_node *node,
                              const struct frame *frame)
{
    ask_to_go_on(evaluator);
    switch (node->kind) {
    case NODE_ALL:
    case NODE_ANY:
    case NODE_AT_LEAST:
        return combine(evaluator, node, frame);
    case NODE_SEPARATELY:
        return separately_findings(evaluator, node, frame);
    case NODE_EACH:
        return each_findings(evaluator, node, frame);
    case NODE_COUNT:
    case NODE_DISTINCT:
    case NODE_SUM:
    case NODE_COVERED:
        return aggregate_findings(evaluator, node, frame);
    case NODE_SINCE:
        return since_findings(evaluator, node, frame);
    case NODE_HOLDS:
        return holds_findings(evaluator, node, frame);
    case NODE_DECLARED:
        return declared_findings(evaluator, node, frame);
    case NODE_AGE:
        return age_findings(evaluator, node, frame);
    case NODE_JUDGED:
        BUG_IF(!frame->requirement); /* the checker keeps it out of bars */
        return same(judged_by(evaluator, frame->requirement, node->body));
    }
    BUG("node of kind %d", (int)node->kind);
}

/* ---- requirements (S16, S17) ---- */

struct frame frame_of_rule(const struct evaluator *evaluator, const struct requirement *requirement,
                           day at)
{
    return (struct frame){
        .on = at,
        .cycle_on = evaluator->on,
        .span = at == evaluator->on ? evaluator->span : 0, /* a day that was granted stays */
        .requirement = requirement,
        .admits = true,
    };
}

struct frame frame_of_condition(const struct evaluator *evaluator,
                                const struct requirement *requirement, day at)
{
    struct frame frame = frame_of_rule(evaluator, requirement, at);
    frame.admits = false;
    return frame;
}

/* Step 1: the rule, then each exemption; the greatest. */
static void by_rule(const struct evaluator *evaluator, const struct requirement *requirement,
                    day at, struct requirement_outcome *ret)
{
    struct frame rule = frame_of_rule(evaluator, requirement, at);
    struct frame condition = frame_of_condition(evaluator, requirement, at);
    struct findings best = evaluate_node(evaluator, requirement->rule, &rule);
    for (int reading = 0; reading < READINGS; reading++)
        if (best.in[reading] == MET)
            ret->by[reading].basis = BY_EVIDENCE;
    for (size_t i = 0; i < requirement->exemption_count; i++) {
        if (best.in[DECIDE] == MET && best.in[PREVIEW] == MET)
            break;
        const struct exemption *exemption = &requirement->exemptions[i];
        struct findings found = evaluate_node(evaluator, exemption->when, &condition);
        if (exemption->instead)
            found = least_of(found, evaluate_node(evaluator, exemption->instead, &rule));
        for (int reading = 0; reading < READINGS; reading++) {
            if (found.in[reading] <= best.in[reading])
                continue;
            best.in[reading] = found.in[reading];
            if (found.in[reading] == MET)
                ret->by[reading] = (struct basis_text){ BY_EXEMPTION, exemption->id };
        }
    }
    for (int reading = 0; reading < READINGS; reading++)
        ret->value[reading] = best.in[reading];
}

struct candidate {
    bool found;
    enum finding worth;
    struct basis_text by;
};

static void propose(struct candidate *best, enum finding worth, enum basis open, struct str body)
{
    if (best->found && best->worth >= worth)
        return;
    best->found = true;
    best->worth = worth;
    best->by = (struct basis_text){ worth == REFER ? open : BY_JUDGEMENT, body };
}

/* Step 2: what missing facts leave open is the owner's to settle, a `refer` clause its body's. */
static void by_people(const struct evaluator *evaluator, const struct requirement *requirement,
                      day at, struct requirement_outcome *ret)
{
    struct candidate best[READINGS] = { 0 };
    struct str owner = evaluator->edition->owner;
    for (int reading = 0; reading < READINGS; reading++) {
        if (ret->value[reading] != REFER)
            continue;
        bool settles = owner.p && !requirement->judged;
        propose(&best[reading], settles ? judged_by(evaluator, requirement, owner) : REFER,
                BY_UNCLEAR, owner);
    }
    struct frame condition = frame_of_condition(evaluator, requirement, at);
    for (size_t i = 0; i < requirement->referral_count; i++) {
        const struct referral *referral = &requirement->referrals[i];
        struct findings when = evaluate_node(evaluator, referral->when, &condition);
        if (when.in[DECIDE] == NOT_YET && when.in[PREVIEW] == NOT_YET)
            continue;
        enum finding worth = judged_by(evaluator, requirement, referral->body);
        for (int reading = 0; reading < READINGS; reading++)
            if (ret->value[reading] != MET && when.in[reading] != NOT_YET)
                propose(&best[reading], worth, BY_REFERRAL, referral->body);
    }
    for (int reading = 0; reading < READINGS; reading++) {
        if (ret->value[reading] == MET || !best[reading].found)
            continue;
        ret->value[reading] = best[reading].worth;
        ret->by[reading] = best[reading].by;
    }
}

static const struct discretion *waiver_stands(const struct evaluator *evaluator,
                                              const struct requirement *requirement,
                                              const struct decision *decision,
                                              const struct frame *condition, enum reading reading)
{
    for (size_t i = 0; i < requirement->discretion_count; i++) {
        const struct discretion *discretion = &requirement->discretions[i];
        bool reasoned = !discretion->reasons.count ||
                        (decision->reason.p && str_list_has(discretion->reasons, decision->reason));
        if (!discretion->waive || !reasoned ||
            !body_speaks(evaluator->bundle->acts, discretion->body, decision->by, decision->on))
            continue;
        if (!discretion->floor ||
            evaluate_node(evaluator, discretion->floor, condition).in[reading] == MET)
            return discretion;
    }
    return NULL;
}

/* Step 3: a waiver that stands. */
static void by_waiver(const struct evaluator *evaluator, const struct requirement *requirement,
                      day at, struct requirement_outcome *ret)
{
    const struct dossier *seen = &evaluator->bundle->acts->seen;
    struct frame condition = frame_of_condition(evaluator, requirement, at);
    for (size_t i = 0; i < seen->decision_count; i++) {
        const struct decision *decision = &seen->decisions[i];
        if (decision->kind != DECISION_WAIVE || !str_eq(decision->requirement, requirement->id))
            continue;
        for (int reading = 0; reading < READINGS; reading++) {
            if (ret->value[reading] == MET)
                continue;
            const struct discretion *discretion =
                waiver_stands(evaluator, requirement, decision, &condition, (enum reading)reading);
            if (!discretion)
                continue;
            ret->value[reading] = MET;
            ret->by[reading] = (struct basis_text){ BY_WAIVER, discretion->body };
        }
    }
}

static void evaluate_at(const struct evaluator *evaluator, const struct requirement *requirement,
                        day at, struct requirement_outcome *ret)
{
    *ret = (struct requirement_outcome){ .at = { at, at } };
    by_rule(evaluator, requirement, at, ret);
    if (ret->value[DECIDE] == MET && ret->value[PREVIEW] == MET)
        return;
    by_people(evaluator, requirement, at, ret);
    by_waiver(evaluator, requirement, at, ret);
}

/* The later day that a decision to extend allows: the earliest of T, what was decided, and what
   the edition grants. DAY_NONE where it is not later than D or not granted. */
static day extended_to(const struct evaluator *evaluator, const struct requirement *requirement,
                       const struct decision *decision)
{
    const struct acts *acts = evaluator->bundle->acts;
    for (size_t i = 0; i < requirement->discretion_count; i++) {
        const struct discretion *discretion = &requirement->discretions[i];
        if (discretion->extend_until == DAY_NONE ||
            !body_speaks(acts, discretion->body, decision->by, decision->on))
            continue;
        day to = decision->until < discretion->extend_until ? decision->until
                                                            : discretion->extend_until;
        if (acts->known != DAY_NONE && acts->known < to)
            to = acts->known;
        return to > evaluator->on ? to : DAY_NONE;
    }
    return DAY_NONE;
}

void evaluate_requirement(const struct evaluator *evaluator, const struct requirement *requirement,
                          struct requirement_outcome *ret)
{
    evaluate_at(evaluator, requirement, evaluator->on, ret);
    const struct dossier *seen = &evaluator->bundle->acts->seen;
    for (size_t i = 0; i < seen->decision_count; i++) {
        const struct decision *decision = &seen->decisions[i];
        if (decision->kind != DECISION_EXTEND || !str_eq(decision->requirement, requirement->id))
            continue;
        day at = extended_to(evaluator, requirement, decision);
        if (at == DAY_NONE)
            continue;
        struct requirement_outcome later;
        evaluate_at(evaluator, requirement, at, &later);
        for (int reading = 0; reading < READINGS; reading++) {
            if (later.value[reading] <= ret->value[reading])
                continue;
            ret->value[reading] = later.value[reading];
            ret->by[reading] = later.by[reading];
            ret->at[reading] = at;
        }
    }
}

/* ---- the result (S20, S21) ---- */

static enum finding evaluate_bar(const struct evaluator *evaluator, const struct bar *bar)
{
    struct frame frame = { .on = evaluator->on + evaluator->span,
                           .cycle_on = evaluator->on,
                           .span = -evaluator->span };
    return evaluate_node(evaluator, bar->rule, &frame).in[DECIDE];
}

static enum verdict verdict_of(const struct evaluator *evaluator, const struct outcome *outcome,
                               enum reading reading)
{
    const struct edition *edition = evaluator->edition;
    if (!outcome->available)
        return VERDICT_UNAVAILABLE;
    enum finding value = MET;
    for (size_t i = 0; i < edition->bar_count; i++) {
        if (outcome->bars[i] == MET && edition->bars[i].refuse)
            return VERDICT_BARRED;
        if (outcome->bars[i] != NOT_YET)
            value = REFER;
    }
    for (size_t i = 0; i < edition->requirement_count; i++)
        value = least(value, outcome->requirements[i].value[reading]);
    return value == MET ? VERDICT_ELIGIBLE : value == REFER ? VERDICT_REFER : VERDICT_NOT_YET;
}

void evaluate(const struct evaluator *evaluator, struct outcome *ret)
{
    const struct edition *edition = evaluator->edition;
    ret->available = evaluator->on >= edition->open_from && evaluator->on <= edition->open_until;
    for (size_t i = 0; i < edition->requirement_count; i++)
        evaluate_requirement(evaluator, &edition->requirements[i], &ret->requirements[i]);
    for (size_t i = 0; i < edition->bar_count; i++)
        ret->bars[i] = evaluate_bar(evaluator, &edition->bars[i]);
    ret->verdict[DECIDE] = verdict_of(evaluator, ret, DECIDE);
    ret->verdict[PREVIEW] = verdict_of(evaluator, ret, PREVIEW);
}

/* ---- bounds of an aggregate, wherever it stands ---- */

/* Whether the aggregate stands below the node; *ret_each is the EACH around it, if any. */
static bool stands_below(const struct edition_node *node, const struct edition_node *aggregate,
                         const struct edition_node **ret_each)
{
    if (!node)
        return false;
    if (node == aggregate)
        return true;
    for (size_t i = 0; i < node->child_count; i++) {
        if (!stands_below(&node->children[i], aggregate, ret_each))
            continue;
        if (node->kind == NODE_EACH)
            *ret_each = node;
        return true;
    }
    return false;
}

static bool stands_in_rule(const struct requirement *requirement,
                           const struct edition_node *aggregate,
                           const struct edition_node **ret_each)
{
    if (stands_below(requirement->rule, aggregate, ret_each))
        return true;
    for (size_t i = 0; i < requirement->exemption_count; i++)
        if (stands_below(requirement->exemptions[i].instead, aggregate, ret_each))
            return true;
    return false;
}

static void find_each(const struct requirement *requirement, const struct edition_node *aggregate,
                      const struct edition_node **ret_each)
{
    for (size_t i = 0; i < requirement->exemption_count; i++)
        stands_below(requirement->exemptions[i].when, aggregate, ret_each);
    for (size_t i = 0; i < requirement->referral_count; i++)
        stands_below(requirement->referrals[i].when, aggregate, ret_each);
    for (size_t i = 0; i < requirement->discretion_count; i++)
        stands_below(requirement->discretions[i].floor, aggregate, ret_each);
}

struct bounds evaluate_aggregate(const struct evaluator *evaluator,
                                 const struct requirement *requirement,
                                 const struct edition_node *aggregate, day at, enum reading reading)
{
    const struct edition_node *each = NULL;
    struct frame frame;
    if (stands_in_rule(requirement, aggregate, &each)) {
        frame = frame_of_rule(evaluator, requirement, at);
    } else {
        frame = frame_of_condition(evaluator, requirement, at);
        find_each(requirement, aggregate, &each);
    }
    if (!each)
        return aggregate_bounds(evaluator, aggregate, &frame);

    enum cycle_state state;
    size_t slices = slice_count(evaluator, each, &frame, &state);
    struct bounds lowest = { 0 };
    if (state != CYCLE_KNOWN) {
        /* With no anchor any record may lie in some slice; before the anchor none does. */
        lowest = aggregate_bounds(evaluator, aggregate, &frame);
        for (int r = 0; r < READINGS; r++) {
            lowest.lo[r] = 0;
            lowest.hi[r] = state == CYCLE_NO_ANCHOR ? lowest.hi[r] : 0;
        }
    }
    for (size_t j = 0; j < slices; j++) {
        struct frame slice = slice_frame(evaluator, each, &frame, j);
        struct bounds bounds = aggregate_bounds(evaluator, aggregate, &slice);
        if (j == 0 || bounds.lo[reading] < lowest.lo[reading])
            lowest = bounds;
    }
    return lowest;
}
