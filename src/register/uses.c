#include "register/uses.h"

/* ---- groups ---- */

/* What became of one record in both readings. */
struct fate {
    enum unused_reason reason[READINGS];
    struct str field[READINGS];
};

static bool shares_fate(const struct use_group *group, const struct fate *fate)
{
    for (int reading = 0; reading < READINGS; reading++)
        if (group->reason[reading] != fate->reason[reading] ||
            !str_eq(group->field[reading], fate->field[reading]))
            return false;
    return true;
}

/* There are few groups, as there are few reasons and fields. */
static struct use_group *group_for(struct use_groups *groups, const struct fate *fate)
{
    struct use_group *group;

    for (size_t i = 0; i < groups->count; i++)
        if (shares_fate(&groups->at[i], fate))
            return &groups->at[i];
    group = ARENA_PUSH(groups->arena, groups->at, groups->count, groups->room);
    for (int reading = 0; reading < READINGS; reading++) {
        group->reason[reading] = fate->reason[reading];
        group->field[reading] = fate->field[reading];
    }
    group->first = DAY_LAST;
    group->last = DAY_FIRST;
    return group;
}

static void add_record(struct use_groups *groups, const struct fate *fate,
                       const struct evidence *record)
{
    struct use_group *group = group_for(groups, fate);

    group->count++;
    group->first = record->start < group->first ? record->start : group->first;
    group->last = record->end > group->last ? record->end : group->last;
    if (group->listed < groups->most)
        *ARENA_PUSH(groups->arena, group->records, group->listed, group->room) = record;
}

/* ---- one node ---- */

void uses_of_node(const struct standpoint *from, const struct edition_node *node,
                  const struct edition_node *parent, const struct frame *frame, bool also,
                  size_t most, struct use_groups *ret)
{
    const struct edition_node *separately =
        !also && parent && parent->kind == NODE_SEPARATELY ? parent : NULL;
    struct arena *scratch = from->evaluator.scratch;
    struct arena_mark mark = arena_mark(scratch);
    struct use_groups groups = { .arena = from->arena, .most = most };
    const struct record_use *uses[READINGS];
    size_t count = 0;

    for (int reading = 0; reading < READINGS; reading++)
        count = explain_records(scratch, &from->evaluator, node, separately, frame, also,
                                (enum reading)reading, &uses[reading]);
    for (size_t i = 0; i < count; i++) {
        const struct record_use *decide = &uses[DECIDE][i];
        const struct record_use *preview = &uses[PREVIEW][i];
        struct fate fate = { { decide->reason, preview->reason },
                             { decide->field, preview->field } };

        add_record(&groups, &fate, decide->evidence);
    }
    arena_rewind(scratch, mark);
    *ret = groups;
}

/* ---- a requirement ---- */

/* What became of one record of the dossier under a requirement. */
struct use {
    bool asked;                /* some aggregate asks for records of its kind */
    enum unused_reason reason; /* of the aggregate that is nearest to using it */
    struct str field;          /* of the reason */
};

struct gathering {
    const struct standpoint *from;
    enum reading reading;
    struct use *uses; /* by the record's index in the dossier */
};

/* How near a record is to counting: a person should hear of the reason that is easiest to mend. */
static int nearness(enum unused_reason reason)
{
    switch (reason) {
    case USED:
        return 3;
    case UNVERIFIED:
        return 2;
    case FIELD_UNKNOWN:
    case SAME_MATTER:
    case OVER_LIMIT:
    case USED_BY_ANOTHER_COUNT:
        return 1;
    default:
        return 0;
    }
}

static void note(struct gathering *g, const struct record_use *list, size_t count)
{
    const struct evidence *first = g->from->dossier->evidence;

    for (size_t i = 0; i < count; i++) {
        struct use *use = &g->uses[list[i].evidence - first];

        if (!use->asked || nearness(list[i].reason) > nearness(use->reason))
            *use = (struct use){ true, list[i].reason, list[i].field };
    }
}

static void gather(struct gathering *g, const struct edition_node *node,
                   const struct edition_node *parent, const struct frame *frame);

static void gather_records(struct gathering *g, const struct edition_node *node,
                           const struct edition_node *parent, const struct frame *frame)
{
    const struct edition_node *separately = parent && parent->kind == NODE_SEPARATELY ? parent
                                                                                      : NULL;
    const struct evaluator *evaluator = &g->from->evaluator;
    struct arena_mark mark = arena_mark(evaluator->scratch);
    const struct record_use *list;
    size_t count = explain_records(evaluator->scratch, evaluator, node, separately, frame, false,
                                   g->reading, &list);

    note(g, list, count);
    if (node->also) {
        count = explain_records(evaluator->scratch, evaluator, node, NULL, frame, true, g->reading,
                                &list);
        note(g, list, count);
    }
    arena_rewind(evaluator->scratch, mark);
}

static void gather_slices(struct gathering *g, const struct edition_node *each,
                          const struct frame *frame)
{
    enum cycle_state state;
    size_t count = slice_count(&g->from->evaluator, each, frame, &state);

    for (size_t i = 0; i < count; i++) {
        struct frame slice = slice_frame(&g->from->evaluator, each, frame, i);

        for (size_t j = 0; j < each->child_count; j++)
            gather(g, &each->children[j], each, &slice);
    }
}

static void gather(struct gathering *g, const struct edition_node *node,
                   const struct edition_node *parent, const struct frame *frame)
{
    if (node_reads_records(node->kind))
        gather_records(g, node, parent, frame);
    else if (node->kind == NODE_EACH)
        gather_slices(g, node, frame);
    else
        for (size_t i = 0; i < node->child_count; i++)
            gather(g, &node->children[i], node, frame);
}

static const struct exemption *exemption_of(const struct requirement *requirement,
                                            const struct basis_text *by)
{
    if (by->basis != BY_EXEMPTION)
        return NULL;
    for (size_t i = 0; i < requirement->exemption_count; i++)
        if (str_eq(requirement->exemptions[i].id, by->who))
            return &requirement->exemptions[i];
    return NULL;
}

/* By the rule, or by the exemption that the requirement is met by. In the scratch arena. */
static const struct use *gather_requirement(const struct standpoint *from, size_t number,
                                            enum reading reading)
{
    const struct requirement *requirement = &from->evaluator.edition->requirements[number];
    const struct requirement_outcome *outcome = &from->assessed->outcome.requirements[number];
    day at = outcome->at[reading];
    struct frame rule = frame_of_rule(&from->evaluator, requirement, at);
    struct frame condition = frame_of_condition(&from->evaluator, requirement, at);
    const struct exemption *exemption = exemption_of(requirement, &outcome->by[reading]);
    struct gathering g = { from, reading,
                           ARENA_ARRAY(from->evaluator.scratch, from->dossier->evidence_count + 1,
                                       struct use) };

    if (!exemption) {
        gather(&g, requirement->rule, NULL, &rule);
    } else {
        gather(&g, exemption->when, NULL, &condition);
        if (exemption->instead)
            gather(&g, exemption->instead, NULL, &rule);
    }
    return g.uses;
}

void uses_of_requirement(const struct standpoint *from, size_t number, size_t most,
                         struct use_groups *ret)
{
    struct arena *scratch = from->evaluator.scratch;
    struct arena_mark mark = arena_mark(scratch);
    struct use_groups groups = { .arena = from->arena, .most = most };
    const struct use *uses = gather_requirement(from, number, DECIDE);

    for (size_t i = 0; i < from->dossier->evidence_count; i++) {
        struct fate fate = { { uses[i].reason, uses[i].reason }, { uses[i].field, uses[i].field } };

        if (uses[i].asked)
            add_record(&groups, &fate, &from->dossier->evidence[i]);
    }
    arena_rewind(scratch, mark);
    *ret = groups;
}

/* ---- claims ---- */

static bool is_claimed(const struct standpoint *from, size_t record)
{
    const struct evidence *evidence = &from->dossier->evidence[record];

    return evidence_standing(evidence, from->dossier->known) == STANDING_CLAIMED;
}

size_t uses_of_claims(const struct standpoint *from)
{
    const struct edition *edition = from->evaluator.edition;
    struct arena *scratch = from->evaluator.scratch;
    struct arena_mark mark = arena_mark(scratch);
    size_t records = from->dossier->evidence_count;
    bool *helps = ARENA_ARRAY(scratch, records + 1, bool);
    size_t count = 0;

    for (size_t i = 0; i < edition->requirement_count; i++) {
        const struct requirement_outcome *outcome = &from->assessed->outcome.requirements[i];
        struct arena_mark inner = arena_mark(scratch);
        const struct use *uses;

        if (outcome->value[PREVIEW] <= outcome->value[DECIDE])
            continue;
        uses = gather_requirement(from, i, PREVIEW);
        for (size_t j = 0; j < records; j++)
            if (uses[j].asked && uses[j].reason == USED && is_claimed(from, j))
                helps[j] = true;
        arena_rewind(scratch, inner);
    }
    for (size_t i = 0; i < records; i++)
        count += helps[i] ? 1 : 0;
    arena_rewind(scratch, mark);
    return count;
}

/* ---- texts ---- */

/* What is said of one record and of several. */
static const char *const said_of_reasons[][2] = {
    [USED] = { "counts", "count" },
    [FIELD_DIFFERS] = { "differs", "differ" },
    [FIELD_UNKNOWN] = { "lacks a fact", "lack facts" },
    [OUTSIDE_WINDOW] = { "lies outside the dates", "lie outside the dates" },
    [OUTSIDE_SLICE] = { "lies outside the periods", "lie outside the periods" },
    [AFTER_REFERENCE_DATE] = { "ends after the reference date", "end after the reference date" },
    [BEFORE_THE_FIRST] = { "came too early", "came too early" },
    [UNVERIFIED] = { "awaits verification", "await verification" },
    [REJECTED] = { "was rejected", "were rejected" },
    [WITHDRAWN] = { "was withdrawn", "were withdrawn" },
    [DUPLICATE] = { "is a duplicate", "are duplicates" },
    [SAME_MATTER] = { "is of a matter that counts already", "are of matters that count already" },
    [OVER_LIMIT] = { "is over a limit", "are over a limit" },
    [USED_BY_ANOTHER_COUNT] = { "serves another count", "serve another count" },
    [NOT_ACCREDITED_THEN] = { "is of a programme not accredited for it then",
                              "are of programmes not accredited for it then" },
};

struct str use_reason_text(struct arena *arena, enum unused_reason reason, struct str field,
                           size_t count)
{
    const char *said = said_of_reasons[reason][count == 1 ? 0 : 1];

    if (field.n > 0 && reason == FIELD_DIFFERS)
        return str_format(arena, "%s in %.*s", said, STR_ARG(field));
    if (field.n > 0 && reason == FIELD_UNKNOWN)
        return str_format(arena, "%s not state %.*s", count == 1 ? "does" : "do", STR_ARG(field));
    return str_from_c(said);
}
