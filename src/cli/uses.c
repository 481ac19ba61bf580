#include "cli/uses.h"

#include "cli/phrases.h"

#define IDS_SHOWN 8 /* parts of a list of ids; 'assay explain' shows all */

struct gathering {
    const struct view *view;
    enum reading reading;
    struct use *uses;
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
    const struct evidence *first = g->view->from.dossier->evidence;

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
    const struct evaluator *evaluator = &g->view->from.evaluator;
    const struct record_use *list;
    size_t count = explain_records(g->view->from.arena, evaluator, node, separately, frame, false,
                                   g->reading, &list);

    note(g, list, count);
    if (!node->also)
        return;
    count =
        explain_records(g->view->from.arena, evaluator, node, NULL, frame, true, g->reading, &list);
    note(g, list, count);
}

static void gather_slices(struct gathering *g, const struct edition_node *each,
                          const struct frame *frame)
{
    enum cycle_state state;
    size_t count = slice_count(&g->view->from.evaluator, each, frame, &state);

    for (size_t i = 0; i < count; i++) {
        struct frame slice = slice_frame(&g->view->from.evaluator, each, frame, i);

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

const struct use *uses_of_requirement(const struct view *view,
                                      const struct requirement *requirement,
                                      const struct requirement_outcome *outcome,
                                      enum reading reading)
{
    day at = outcome->at[reading];
    struct frame rule = frame_of_rule(&view->from.evaluator, requirement, at);
    struct frame condition = frame_of_condition(&view->from.evaluator, requirement, at);
    const struct exemption *exemption = exemption_of(requirement, &outcome->by[reading]);
    struct gathering g = { view, reading,
                           ARENA_ARRAY(view->from.arena, view->from.dossier->evidence_count + 1,
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

static bool is_claimed(const struct view *view, size_t record)
{
    const struct evidence *evidence = &view->from.dossier->evidence[record];

    return evidence_standing(evidence, view->from.dossier->known) == STANDING_CLAIMED;
}

size_t uses_of_claims(const struct view *view)
{
    const struct edition *edition = view->from.evaluator.edition;
    size_t records = view->from.dossier->evidence_count;
    bool *helps = ARENA_ARRAY(view->from.arena, records + 1, bool);
    size_t count = 0;

    for (size_t i = 0; i < edition->requirement_count; i++) {
        const struct requirement_outcome *outcome = &view->from.assessed->outcome.requirements[i];
        const struct use *uses;

        if (outcome->value[PREVIEW] <= outcome->value[DECIDE])
            continue;
        uses = uses_of_requirement(view, &edition->requirements[i], outcome, PREVIEW);
        for (size_t j = 0; j < records; j++)
            if (uses[j].asked && uses[j].reason == USED && is_claimed(view, j))
                helps[j] = true;
    }
    for (size_t i = 0; i < records; i++)
        count += helps[i] ? 1 : 0;
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

static bool same_reason(const struct use *a, const struct use *b)
{
    return b->asked && a->reason == b->reason && str_eq(a->field, b->field);
}

/* The ids of the records that share the first one's reason. */
static size_t ids_of_reason(const struct view *view, const struct use *uses, size_t first,
                            struct str *ids)
{
    size_t count = 0;

    for (size_t i = first; i < view->from.dossier->evidence_count; i++)
        if (same_reason(&uses[first], &uses[i]))
            ids[count++] = view->from.dossier->evidence[i].id;
    return count;
}

static bool is_first_of_reason(const struct use *uses, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (same_reason(&uses[at], &uses[i]))
            return false;
    return true;
}

static void print_counted(const struct view *view, const struct use *uses, int indent)
{
    const struct dossier *dossier = view->from.dossier;
    struct str *ids = ARENA_ARRAY(view->from.arena, dossier->evidence_count + 1, struct str);
    struct str dates;
    size_t count = 0;
    day from = DAY_LAST;
    day to = DAY_FIRST;

    for (size_t i = 0; i < dossier->evidence_count; i++) {
        if (!uses[i].asked || uses[i].reason != USED)
            continue;
        ids[count++] = dossier->evidence[i].id;
        from = dossier->evidence[i].start < from ? dossier->evidence[i].start : from;
        to = dossier->evidence[i].end > to ? dossier->evidence[i].end : to;
    }
    if (count == 0)
        return;
    dates = phrase_date(view->from.arena, from);
    if (to != from)
        dates = str_format(view->from.arena, "%.*s to %.*s", STR_ARG(dates),
                           STR_ARG(phrase_date(view->from.arena, to)));
    output_paragraph(view->out, indent, STR("Counted:"), TONE_FAINT,
                     str_format(view->from.arena, "%.*s of %.*s (%.*s)",
                                STR_ARG(phrase_count(view->from.arena, count, "record")),
                                STR_ARG(dates),
                                STR_ARG(phrase_ids(view->from.arena, ids, count, IDS_SHOWN))));
}

void uses_print(const struct view *view, const struct use *uses, int indent)
{
    size_t records = view->from.dossier->evidence_count;
    struct str *ids = ARENA_ARRAY(view->from.arena, records + 1, struct str);
    struct str *parts = ARENA_ARRAY(view->from.arena, records + 1, struct str);
    size_t part_count = 0;

    print_counted(view, uses, indent);
    for (size_t i = 0; i < records; i++) {
        size_t count;

        if (!uses[i].asked || uses[i].reason == USED || !is_first_of_reason(uses, i))
            continue;
        count = ids_of_reason(view, uses, i, ids);
        parts[part_count++] = str_format(
            view->from.arena, "%zu %.*s (%.*s)", count,
            STR_ARG(use_reason_text(view->from.arena, uses[i].reason, uses[i].field, count)),
            STR_ARG(phrase_ids(view->from.arena, ids, count, IDS_SHOWN)));
    }
    if (part_count > 0)
        output_paragraph(view->out, indent, STR("Not counted:"), TONE_FAINT,
                         phrase_list(view->from.arena, parts, part_count, "; ", "; "));
}
