#include <setjmp.h>

#include "criteria/advise.h"
#include "criteria/explain.h"
#include "criteria/reading.h"
#include "register/measure.h"
#include "register/nearest.h"
#include "register/standing.h"
#include "register/standing_part.h"

static const char *const reading_names[READINGS] = { "decide", "preview" };

static const char *basis_name(enum basis basis)
{
    static const char *const names[] = { "nothing",   "evidence", "exemption", "referral",
                                         "judgement", "waiver",   "unclear" };

    return names[basis];
}

/* ---- requirements ---- */

static struct value *wording_value(const struct summing *s, const struct item *item)
{
    struct arena *arena = s->from.arena;
    struct value *list = value_array(arena);

    for (size_t i = 0; i < item->parts.count; i++) {
        const struct part *part = &item->parts.at[i];
        struct value *object;

        if (part->kind != PART_WORDING)
            continue;
        object = value_object(arena);
        value_set_text(arena, object, "language",
                       part->text.lang.p ? part->text.lang : s->from.evaluator.edition->language);
        value_set_text(arena, object, "text", part->text.text);
        value_push(arena, list, object);
    }
    return list;
}

static struct value *outcome_value(const struct summing *s, const struct requirement *requirement,
                                   const struct requirement_outcome *outcome, enum reading reading)
{
    struct arena *arena = s->from.arena;
    const struct basis_text *by = &outcome->by[reading];
    struct value *object = value_object(arena);

    set_name(arena, object, "value", finding_name(outcome->value[reading]));
    set_name(arena, object, "by", basis_name(by->basis));
    set_text_or_null(arena, object, "who", by->who);
    set_text_or_null(arena, object, "text", basis_phrase(&s->from, requirement, by));
    value_set(arena, object, "on", value_day(arena, outcome->at[reading]));
    value_set_int(arena, object, "done",
                  measure_requirement(&s->from, requirement, outcome, reading));
    return object;
}

static struct value *exemptions_value(const struct summing *s,
                                      const struct requirement *requirement,
                                      const struct requirement_outcome *outcome)
{
    struct arena *arena = s->from.arena;
    struct frame rule = frame_of_rule(&s->from.evaluator, requirement, outcome->at[DECIDE]);
    struct frame condition =
        frame_of_condition(&s->from.evaluator, requirement, outcome->at[DECIDE]);
    struct value *list = value_array(arena);

    for (size_t i = 0; i < requirement->exemption_count; i++) {
        const struct exemption *exemption = &requirement->exemptions[i];
        const struct basis_text *by = &outcome->by[DECIDE];
        struct value *object = value_object(arena);

        value_set_text(arena, object, "id", exemption->id);
        value_set_text(arena, object, "title",
                       exemption->label.p ? exemption->label : exemption->id);
        value_set_text(arena, object, "text",
                       reading_of_exemption(arena, s->from.evaluator.edition, exemption));
        value_set_bool(arena, object, "applies",
                       by->basis == BY_EXEMPTION && str_eq(by->who, exemption->id));
        value_set(arena, object, "when", summary_node(s, exemption->when, NULL, &condition));
        value_set(arena, object, "instead",
                  exemption->instead ? summary_node(s, exemption->instead, NULL, &rule)
                                     : value_null(arena));
        value_push(arena, list, object);
    }
    return list;
}

static struct value *referrals_value(const struct summing *s, const struct requirement *requirement,
                                     const struct frame *condition)
{
    struct arena *arena = s->from.arena;
    struct value *list = value_array(arena);

    for (size_t i = 0; i < requirement->referral_count; i++) {
        const struct referral *referral = &requirement->referrals[i];
        struct value *object = value_object(arena);

        value_set_text(arena, object, "body", referral->body);
        value_set_text(arena, object, "title", body_title(s->from.scheme, referral->body));
        value_set_text(arena, object, "text",
                       reading_of_referral(arena, s->from.evaluator.edition, referral));
        value_set(arena, object, "judgement", summary_judgement(s, requirement, referral->body));
        value_set(arena, object, "when", summary_node(s, referral->when, NULL, condition));
        value_push(arena, list, object);
    }
    return list;
}

static struct value *discretions_value(const struct summing *s,
                                       const struct requirement *requirement,
                                       const struct frame *condition)
{
    struct arena *arena = s->from.arena;
    struct value *list = value_array(arena);

    for (size_t i = 0; i < requirement->discretion_count; i++) {
        const struct discretion *discretion = &requirement->discretions[i];
        struct value *object = value_object(arena);
        struct value *reasons = value_array(arena);

        for (size_t k = 0; k < discretion->reasons.count; k++)
            value_push(arena, reasons, value_text(arena, discretion->reasons.at[k]));
        value_set_text(arena, object, "body", discretion->body);
        value_set_text(arena, object, "title", body_title(s->from.scheme, discretion->body));
        value_set_text(arena, object, "text",
                       reading_of_discretion(arena, s->from.evaluator.edition, discretion));
        value_set_bool(arena, object, "waive", discretion->waive);
        value_set(arena, object, "reasons", reasons);
        value_set_bool(arena, object, "admit", discretion->admit);
        set_day_or_null(arena, object, "extend_until", discretion->extend_until);
        value_set(arena, object, "floor",
                  discretion->floor ? summary_node(s, discretion->floor, NULL, condition)
                                    : value_null(arena));
        value_push(arena, list, object);
    }
    return list;
}

static struct value *requirement_value(const struct summing *s, size_t number)
{
    struct arena *arena = s->from.arena;
    const struct evaluator *evaluator = &s->from.evaluator;
    const struct requirement *requirement = &evaluator->edition->requirements[number];
    const struct requirement_outcome *outcome = &s->from.assessed->outcome.requirements[number];
    struct frame rule = frame_of_rule(evaluator, requirement, outcome->at[DECIDE]);
    struct frame condition = frame_of_condition(evaluator, requirement, outcome->at[DECIDE]);
    struct value *object = value_object(arena);

    value_set_text(arena, object, "id", requirement->id);
    value_set_text(arena, object, "title", requirement_title(requirement));
    value_set(arena, object, "wording", wording_value(s, requirement->source));
    value_set_text(arena, object, "text",
                   reading_of_requirement(arena, evaluator->edition, requirement));
    for (int reading = 0; reading < READINGS; reading++)
        value_set(arena, object, reading_names[reading],
                  outcome_value(s, requirement, outcome, (enum reading)reading));
    value_set(arena, object, "groups", summary_uses(s, number));
    value_set(arena, object, "rule", summary_node(s, requirement->rule, NULL, &rule));
    value_set(arena, object, "exemptions", exemptions_value(s, requirement, outcome));
    value_set(arena, object, "referrals", referrals_value(s, requirement, &condition));
    value_set(arena, object, "discretions", discretions_value(s, requirement, &condition));
    return object;
}

static struct value *requirements_value(const struct summing *s)
{
    struct value *list = value_array(s->from.arena);

    for (size_t i = 0; i < s->from.evaluator.edition->requirement_count; i++)
        value_push(s->from.arena, list, requirement_value(s, i));
    return list;
}

static struct value *bars_value(const struct summing *s)
{
    struct arena *arena = s->from.arena;
    const struct edition *edition = s->from.evaluator.edition;
    struct frame frame = { .on = s->from.evaluator.on, .cycle_on = s->from.evaluator.on };
    struct value *list = value_array(arena);

    for (size_t i = 0; i < edition->bar_count; i++) {
        const struct bar *bar = &edition->bars[i];
        struct value *object = value_object(arena);

        value_set_text(arena, object, "id", bar->id);
        value_set_text(arena, object, "title", bar->label.p ? bar->label : bar->id);
        set_name(arena, object, "effect", bar->refuse ? "refuse" : "refer");
        set_name(arena, object, "value", finding_name(s->from.assessed->outcome.bars[i]));
        value_set(arena, object, "rule", summary_node(s, bar->rule, NULL, &frame));
        value_push(arena, list, object);
    }
    return list;
}

/* ---- the nearest path ---- */

static struct value *item_value(const struct summing *s, const struct advice *advice)
{
    struct arena *arena = s->from.arena;
    const struct selection *selection = advice->first;
    struct value *object = value_object(arena);

    if (!selection && advice->node && node_reads_records(advice->node->kind))
        selection = &advice->node->selection;
    set_name(arena, object, "kind", advice_kind_name(advice->kind));
    value_set_text(arena, object, "text", nearest_item(&s->from, advice));
    value_set_text(arena, object, "requirement", advice->requirement->id);
    value_set_text(arena, object, "title", requirement_title(advice->requirement));
    set_text_or_null(arena, object, "node", advice->node ? advice->node->id : STR_NONE);
    set_text_or_null(arena, object, "word", advice->word);
    value_set(arena, object, "n", advice->n > 0 ? value_int(arena, advice->n) : value_null(arena));
    set_text_or_null(arena, object, "measure",
                     advice->kind == ADVICE_SUM && advice->node
                         ? advice->node->selection.kind->fields[advice->node->field].name
                         : STR_NONE);
    set_day_or_null(arena, object, "until", advice->kind == ADVICE_WAIT ? advice->until : DAY_NONE);
    set_text_or_null(arena, object, "matching",
                     selection ? reading_of_selection(arena, s->from.evaluator.edition, selection)
                               : STR_NONE);
    return object;
}

static struct value *waiting_value(const struct summing *s, const struct waiting *waiting)
{
    struct arena *arena = s->from.arena;
    struct str body = waiting->body;
    struct value *object = value_object(arena);

    set_name(arena, object, "kind", body.p ? "judgement" : "facts");
    value_set_text(arena, object, "text", nearest_waiting(&s->from, waiting));
    value_set_text(arena, object, "requirement", waiting->requirement->id);
    set_text_or_null(arena, object, "body", body);
    set_text_or_null(arena, object, "title", body.p ? body_title(s->from.scheme, body) : STR_NONE);
    return object;
}

static struct value *claims_value(const struct summing *s, const struct nearest *nearest)
{
    struct arena *arena = s->from.arena;
    struct value *object;

    if (nearest->claims == 0)
        return value_null(arena);
    object = value_object(arena);
    value_set_int(arena, object, "count", (int64_t)nearest->claims);
    value_set_bool(arena, object, "suffice", nearest->claims_suffice);
    value_set_text(arena, object, "text", nearest_claims(&s->from, nearest));
    return object;
}

static struct value *nearest_value(const struct summing *s)
{
    struct arena *arena = s->from.arena;
    struct value *waiting = value_array(arena);
    struct value *advice = value_array(arena);
    struct value *object;
    struct nearest nearest;

    if (!nearest_find(&s->from, &nearest))
        return value_null(arena);
    for (size_t i = 0; i < nearest.waiting_count; i++)
        value_push(arena, waiting, waiting_value(s, &nearest.waiting[i]));
    for (size_t i = 0; i < nearest.advice.count; i++)
        value_push(arena, advice, item_value(s, &nearest.advice.at[i]));
    object = value_object(arena);
    value_set(arena, object, "claims", claims_value(s, &nearest));
    value_set(arena, object, "waiting", waiting);
    value_set(arena, object, "advice", advice);
    return object;
}

/* ---- how long it lasts ---- */

static struct value *end_value(struct arena *arena, const char *kind, struct str id,
                               struct str title)
{
    struct value *object = value_object(arena);

    set_name(arena, object, "kind", kind);
    set_text_or_null(arena, object, "id", id);
    set_text_or_null(arena, object, "title", title);
    return object;
}

/* What stands in the way on the day after the last one. */
static struct value *ends_value(const struct summing *s, day until)
{
    struct arena *arena = s->from.arena;
    const struct edition *edition = s->from.evaluator.edition;
    struct evaluator after = s->from.evaluator;
    struct value *list = value_array(arena);
    struct outcome outcome;

    after.on = until + 1;
    outcome_init(arena, edition, &outcome);
    evaluate(&after, &outcome);
    if (!outcome.available)
        value_push(arena, list, end_value(arena, "closed", STR_NONE, STR_NONE));
    for (size_t i = 0; i < edition->requirement_count; i++)
        if (outcome.requirements[i].value[DECIDE] != MET)
            value_push(arena, list,
                       end_value(arena, "requirement", edition->requirements[i].id,
                                 requirement_title(&edition->requirements[i])));
    for (size_t i = 0; i < edition->bar_count; i++)
        if (outcome.bars[i] != NOT_YET)
            value_push(
                arena, list,
                end_value(arena, "bar", edition->bars[i].id,
                          edition->bars[i].label.p ? edition->bars[i].label : edition->bars[i].id));
    return list;
}

static struct value *lasts_value(const struct summing *s)
{
    struct arena *arena = s->from.arena;
    struct value *object;
    day until;

    if (s->from.assessed->outcome.verdict[DECIDE] != VERDICT_ELIGIBLE)
        return value_null(arena);
    until = eligible_until(arena, &s->from.evaluator);
    object = value_object(arena);
    value_set(arena, object, "until",
              until == DAY_NONE ? value_null(arena) : value_day(arena, until));
    value_set(arena, object, "ends", until == DAY_NONE ? value_array(arena) : ends_value(s, until));
    return object;
}

/* ---- editions and certifications ---- */

struct summary {
    const struct standing_check *check;
    struct arena *arena;
    struct arena *scratch;
    struct watch *watch;
    size_t most;
};

static struct value *assessed_value(const struct summary *summary, const struct assessed *assessed)
{
    struct arena *arena = summary->arena;
    const struct edition *edition = assessed->edition;
    struct summing s = {
        .from = {
            .arena = arena,
            .scheme = summary->check->scheme,
            .dossier = summary->check->dossier,
            .assessed = assessed,
            .evaluator = evaluator_of(edition, &assessed->bundle, summary->scratch, summary->check->on),
        },
        .most = summary->most,
    };
    struct value *object = value_object(arena);
    size_t more;

    s.from.evaluator.watch = summary->watch;
    value_set_text(arena, object, "name", edition->name);
    value_set_text(arena, object, "edition", edition_number_text(arena, edition->number));
    value_set_text(arena, object, "title", edition->title.p ? edition->title : edition->name);
    for (int reading = 0; reading < READINGS; reading++)
        set_name(arena, object, reading_names[reading],
                 verdict_name(assessed->outcome.verdict[reading]));
    value_set_bool(arena, object, "open", assessed->outcome.available);
    set_day_or_null(arena, object, "open_from", edition->open_from);
    set_day_or_null(arena, object, "open_until", edition->open_until);
    value_set_bool(arena, object, "overlay_rejected", assessed->overlay_rejected);
    value_set(arena, object, "requirements", requirements_value(&s));
    value_set(arena, object, "bars", bars_value(&s));
    value_set(arena, object, "nearest", nearest_value(&s));
    value_set(arena, object, "lasts", lasts_value(&s));
    value_set(arena, object, "days", summary_days(&s, &more));
    value_set_int(arena, object, "more_days", (int64_t)more);
    value_set(arena, object, "tightens",
              assessed->base ? assessed_value(summary, assessed->base) : value_null(arena));
    return object;
}

/* The edition that claims alone would let govern. */
static struct value *by_claims_value(struct arena *arena, const struct standing_result *result)
{
    const struct assessed *decided = result->best[DECIDE];
    const struct assessed *previewed = result->best[PREVIEW];
    struct value *object;

    if (!previewed || (decided && previewed->edition == decided->edition))
        return value_null(arena);
    object = value_object(arena);
    value_set_text(arena, object, "edition",
                   edition_number_text(arena, previewed->edition->number));
    set_name(arena, object, "preview", verdict_name(previewed->verdict[PREVIEW]));
    return object;
}

static struct value *entry_value(const struct summary *summary, const struct standing_entry *entry)
{
    struct arena *arena = summary->arena;
    const struct standing_result *result = &entry->result;
    struct value *object = value_object(arena);

    value_set_text(arena, object, "name", entry->name);
    value_set_text(arena, object, "title", entry->title);
    value_set_bool(arena, object, "beside", entry->beside);
    for (int reading = 0; reading < READINGS; reading++)
        set_name(arena, object, reading_names[reading], verdict_name(result->verdict[reading]));
    set_day_or_null(arena, object, "first_in_force",
                    result->best[DECIDE] ? DAY_NONE : result->governing.first_in_force);
    value_set(arena, object, "by_claims", by_claims_value(arena, result));
    value_set(arena, object, "result",
              result->best[DECIDE] ? assessed_value(summary, result->best[DECIDE])
                                   : value_null(arena));
    return object;
}

static struct value *groups_value(const struct summary *summary)
{
    struct arena *arena = summary->arena;
    const struct standing_check *check = summary->check;
    struct value *list = value_array(arena);
    struct value *entries = NULL;

    for (size_t i = 0; i < check->count; i++) {
        const struct standing_entry *entry = &check->entries[i];

        if (!entries || entry->group != check->entries[i - 1].group) {
            struct value *group = value_object(arena);

            entries = value_array(arena);
            set_text_or_null(arena, group, "id", entry->group ? entry->group->id.text : STR_NONE);
            set_text_or_null(arena, group, "title", entry->group ? entry->group->title : STR_NONE);
            value_set(arena, group, "certifications", entries);
            value_push(arena, list, group);
        }
        if (entry->shown)
            value_push(arena, entries, entry_value(summary, entry));
    }
    return list;
}

static struct value *records_value(struct arena *arena, const struct dossier *dossier)
{
    struct value *object = value_object(arena);
    size_t counts[STANDINGS];
    day first = DAY_NONE;
    day last = DAY_NONE;

    count_standings(dossier, counts);
    for (size_t i = 0; i < dossier->evidence_count; i++) {
        const struct evidence *record = &dossier->evidence[i];

        first = first == DAY_NONE || record->start < first ? record->start : first;
        last = last == DAY_NONE || record->end > last ? record->end : last;
    }
    value_set_int(arena, object, "count", (int64_t)dossier->evidence_count);
    for (int i = 0; i < STANDINGS; i++)
        value_set_int(arena, object, standing_name((enum standing)i), (int64_t)counts[i]);
    set_day_or_null(arena, object, "from", first);
    set_day_or_null(arena, object, "to", last);
    return object;
}

static struct value *summary_value(const struct summary *summary)
{
    struct arena *arena = summary->arena;
    const struct standing_check *check = summary->check;
    struct value *object = value_object(arena);

    value_set_text(arena, object, "scheme", check->scheme->id.text);
    value_set_text(arena, object, "title", check->scheme->title);
    value_set(arena, object, "on", value_day(arena, check->on));
    set_day_or_null(arena, object, "known", check->dossier->known);
    value_set(arena, object, "records", records_value(arena, check->dossier));
    value_set(arena, object, "groups", groups_value(summary));
    return object;
}

/* What must survive a jump out of the middle, as locals may not. */
struct held {
    struct watch watch;
    struct arena scratch;
};

struct result standing_summary_value(struct arena *arena, const struct standing_check *check,
                                     size_t most, struct value **ret)
{
    struct held *held = ARENA_NEW(arena, struct held);
    struct summary summary = {
        .check = check,
        .arena = arena,
        .scratch = &held->scratch,
        .watch = check->go_on ? &held->watch : NULL,
        .most = most,
    };
    jmp_buf *outer = arena->full;
    jmp_buf full;

    held->watch = (struct watch){ .go_on = check->go_on, .context = check->context };
    arena_init(&held->scratch, arena->limit);
    if (setjmp(full)) {
        arena_release(&held->scratch);
        arena_on_full(arena, outer);
        if (held->watch.stopped)
            return fail(&ERROR_LIMIT);
        arena_exit_full(arena);
    }
    arena_on_full(&held->scratch, &full);
    arena_on_full(arena, &full);
    *ret = summary_value(&summary);
    arena_release(&held->scratch);
    arena_on_full(arena, outer);
    return OK;
}
