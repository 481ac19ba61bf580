#include "register/measure.h"

#include "criteria/reading.h"

#define WHOLE 1000

const struct edition_node *node_without_shell(const struct edition_node *node)
{
    while ((node->kind == NODE_ALL || node->kind == NODE_ANY) && node->child_count == 1)
        node = &node->children[0];
    return node;
}

/* ---- shares ---- */

int measure_done(const struct bounds *bounds, enum reading reading)
{
    if (bounds->need <= 0 || bounds->lo[reading] >= bounds->need)
        return WHOLE;
    return (int)(bounds->lo[reading] * WHOLE / bounds->need);
}

static int measure_aggregate(const struct standpoint *from, const struct edition_node *node,
                             const struct frame *frame, enum reading reading)
{
    struct bounds bounds = aggregate_bounds(&from->evaluator, node, frame);

    return measure_done(&bounds, reading);
}

/* The mean of the `most` greatest. */
static int mean_of_best(int *shares, size_t count, size_t most)
{
    int sum = 0;

    if (most == 0)
        return WHOLE;
    for (size_t i = 0; i < most && i < count; i++) {
        size_t best = i;
        int share;

        for (size_t j = i + 1; j < count; j++)
            if (shares[j] > shares[best])
                best = j;
        share = shares[best];
        shares[best] = shares[i];
        shares[i] = share;
        sum += share;
    }
    return sum / (int)most;
}

static int measure_children(const struct standpoint *from, const struct edition_node *node,
                            const struct frame *frame, size_t most, enum reading reading)
{
    int *shares = ARENA_ARRAY(from->arena, node->child_count + 1, int);

    for (size_t i = 0; i < node->child_count; i++)
        shares[i] = measure_node(from, &node->children[i], frame, reading);
    return mean_of_best(shares, node->child_count, most);
}

static int measure_slices(const struct standpoint *from, const struct edition_node *node,
                          const struct frame *frame, enum reading reading)
{
    enum cycle_state state;
    size_t count = slice_count(&from->evaluator, node, frame, &state);
    int sum = 0;

    for (size_t i = 0; i < count; i++) {
        struct frame slice = slice_frame(&from->evaluator, node, frame, i);

        sum += measure_children(from, node, &slice, node->child_count, reading);
    }
    return count > 0 ? sum / (int)count : 0;
}

static int measure_part(const struct standpoint *from, const struct edition_node *node,
                        const struct frame *frame, enum reading reading)
{
    switch (node->kind) {
    case NODE_ALL:
    case NODE_SEPARATELY:
        return measure_children(from, node, frame, node->child_count, reading);
    case NODE_ANY:
        return measure_children(from, node, frame, 1, reading);
    case NODE_AT_LEAST:
        return measure_children(from, node, frame, (size_t)node->need, reading);
    case NODE_EACH:
        return measure_slices(from, node, frame, reading);
    case NODE_COUNT:
    case NODE_DISTINCT:
    case NODE_SUM:
    case NODE_COVERED:
        return measure_aggregate(from, node, frame, reading);
    case NODE_SINCE:
    case NODE_HOLDS:
    case NODE_DECLARED:
    case NODE_AGE:
    case NODE_JUDGED:
        break;
    }
    return 0;
}

int measure_node(const struct standpoint *from, const struct edition_node *node,
                 const struct frame *frame, enum reading reading)
{
    int share;

    if (evaluate_node(&from->evaluator, node, frame).in[reading] == MET)
        return WHOLE;
    share = measure_part(from, node, frame, reading);
    return share < WHOLE ? share : WHOLE - 1;
}

int measure_requirement(const struct standpoint *from, const struct requirement *requirement,
                        const struct requirement_outcome *outcome, enum reading reading)
{
    struct frame rule = frame_of_rule(&from->evaluator, requirement, outcome->at[reading]);
    struct frame condition =
        frame_of_condition(&from->evaluator, requirement, outcome->at[reading]);
    int best;

    if (outcome->value[reading] == MET)
        return WHOLE;
    best = measure_node(from, requirement->rule, &rule, reading);
    for (size_t i = 0; i < requirement->exemption_count; i++) {
        const struct exemption *exemption = &requirement->exemptions[i];
        int share;

        if (!exemption->instead ||
            evaluate_node(&from->evaluator, exemption->when, &condition).in[reading] != MET)
            continue;
        share = measure_node(from, exemption->instead, &rule, reading);
        best = share > best ? share : best;
    }
    return best < WHOLE ? best : WHOLE - 1;
}

/* ---- phrases ---- */

static const struct field *measured_field(const struct edition_node *node)
{
    return &node->selection.kind->fields[node->field];
}

struct str measure_amount(const struct standpoint *from, const struct edition_node *node, int64_t n,
                          int32_t scale)
{
    int64_t hundredths = scale == 100 ? n % 100 : 0;
    struct str whole;

    if (scale == 100)
        n /= 100;
    if (node->kind == NODE_COVERED)
        return str_format(from->arena, "%lld day%s", (long long)n, n == 1 ? "" : "s");
    whole = str_format(from->arena, "%lld", (long long)n);
    if (node->kind == NODE_SUM && field_is_time(measured_field(node)))
        return reading_of_quantity(from->arena, measured_field(node), n);
    if (hundredths == 0)
        return whole;
    if (hundredths % 10 == 0)
        return str_format(from->arena, "%.*s.%lld", STR_ARG(whole), (long long)hundredths / 10);
    return str_format(from->arena, "%.*s.%02lld", STR_ARG(whole), (long long)hundredths);
}

/* What is said of a need, without its "at least". */
static struct str needed(const struct standpoint *from, const struct edition_node *node)
{
    struct str phrase = reading_of_node(from->arena, from->evaluator.edition, node);
    struct str least = STR("at least ");

    return str_starts(phrase, least) ? str_drop(phrase, least.n) : phrase;
}

static struct str aggregate_text(const struct standpoint *from, const struct edition_node *node,
                                 const struct frame *frame)
{
    struct bounds bounds = aggregate_bounds(&from->evaluator, node, frame);
    int64_t claimed = bounds.lo[PREVIEW] - bounds.lo[DECIDE];
    int64_t unknown = bounds.hi[DECIDE] - bounds.lo[DECIDE];
    struct str text =
        str_format(from->arena, "%.*s of %.*s",
                   STR_ARG(measure_amount(from, node, bounds.lo[DECIDE], bounds.scale)),
                   STR_ARG(needed(from, node)));

    if (bounds.lo[DECIDE] >= bounds.need)
        return text;
    if (claimed > 0)
        text = str_format(from->arena, "%.*s; %.*s more claimed", STR_ARG(text),
                          STR_ARG(measure_amount(from, node, claimed, bounds.scale)));
    if (bounds.hi[DECIDE] >= NO_BOUND)
        text = str_format(from->arena, "%.*s; more is possible where facts are missing",
                          STR_ARG(text));
    else if (unknown > 0)
        text = str_format(from->arena, "%.*s; up to %.*s more where facts are missing",
                          STR_ARG(text),
                          STR_ARG(measure_amount(from, node, unknown, bounds.scale)));
    return text;
}

/* What is said of conditions that are met or not, with nothing between. */
static const char *said_of(const struct edition_node *node, enum finding finding)
{
    static const char *const held[] = { "not held", "not known", "held" };
    static const char *const made[] = { "not made yet", "not known which edition", "made" };
    static const char *const judged[] = { "the answer was no", "not asked yet",
                                          "the answer was yes" };
    static const char *const others[] = { "not yet", "not known", "yes" };

    switch (node->kind) {
    case NODE_HOLDS:
        return node->months > 0 ? others[finding] : held[finding];
    case NODE_DECLARED:
        return made[finding];
    case NODE_JUDGED:
        return judged[finding];
    default:
        return others[finding];
    }
}

static struct str condition_text(const struct standpoint *from, const struct edition_node *node,
                                 const struct frame *frame)
{
    struct findings found = evaluate_node(&from->evaluator, node, frame);
    struct str phrase = reading_of_node(from->arena, from->evaluator.edition, node);
    struct str text =
        str_format(from->arena, "%.*s: %s", STR_ARG(phrase), said_of(node, found.in[DECIDE]));

    if (found.in[PREVIEW] == found.in[DECIDE])
        return text;
    return str_format(from->arena, "%.*s; with claims: %s", STR_ARG(text),
                      said_of(node, found.in[PREVIEW]));
}

struct str measure_text(const struct standpoint *from, const struct edition_node *node,
                        const struct frame *frame)
{
    return node_is_aggregate(node->kind) ? aggregate_text(from, node, frame)
                                         : condition_text(from, node, frame);
}

struct str measure_heading(const struct standpoint *from, const struct edition_node *node)
{
    struct arena *arena = from->arena;
    struct str slice = reading_of_months(arena, node->slice_months);

    switch (node->kind) {
    case NODE_ANY:
        return STR("any of these:");
    case NODE_AT_LEAST:
        return str_format(arena, "at least %lld of these:", (long long)node->need);
    case NODE_SEPARATELY:
        return STR("each of these, with nothing counted twice:");
    case NODE_EACH:
        return node->last_months
                   ? str_format(arena, "in every %.*s of the last %.*s:", STR_ARG(slice),
                                STR_ARG(reading_of_months(arena, node->last_months)))
                   : str_format(arena, "in every %.*s of the current cycle:", STR_ARG(slice));
    default:
        return STR("all of these:");
    }
}

static struct str bound_text(const struct standpoint *from, int64_t n, int32_t scale)
{
    if (n >= NO_BOUND)
        return STR("*");
    if (scale == 1 || n % 100 == 0)
        return str_format(from->arena, "%lld", (long long)(n / scale));
    return str_format(from->arena, n % 10 ? "%lld.%02lld" : "%lld.%lld", (long long)(n / 100),
                      (long long)(n % 10 ? n % 100 : n % 100 / 10));
}

struct str measure_bounds(const struct standpoint *from, const struct edition_node *node,
                          const struct frame *frame, enum reading reading)
{
    struct bounds bounds = aggregate_bounds(&from->evaluator, node, frame);

    return str_format(from->arena, "%.*s..%.*s/%.*s",
                      STR_ARG(bound_text(from, bounds.lo[reading], bounds.scale)),
                      STR_ARG(bound_text(from, bounds.hi[reading], bounds.scale)),
                      STR_ARG(bound_text(from, bounds.need, bounds.scale)));
}
