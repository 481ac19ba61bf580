#include "naive_records.h"

enum finding naive_least(enum finding a, enum finding b)
{
    return a < b ? a : b;
}

int64_t naive_add(int64_t a, int64_t b)
{
    return a >= NO_BOUND || b >= NO_BOUND || a + b >= NO_BOUND ? NO_BOUND : a + b;
}

static enum finding sure(bool yes)
{
    return yes ? MET : NOT_YET;
}

/* ---- terms ---- */

static const struct item *find_term(const struct naive *naive, struct str name)
{
    const struct item_list *items = &naive->edition->document->items;

    for (size_t i = 0; i < items->count; i++)
        if (items->at[i].kind == ITEM_TERM && str_eq(items->at[i].word.text, name))
            return &items->at[i];
    return NULL;
}

struct naive_match naive_resolve(const struct naive *naive, struct str record,
                                 const struct clause_list *body)
{
    struct naive_match match = { .count = 0 };
    const struct item *term;

    match.lists[match.count++] = body;
    while ((term = find_term(naive, record)) != NULL) {
        BUG_IF(match.count == ARRAY_LEN(match.lists));
        match.lists[match.count++] = &term->clauses;
        record = term->record.text;
    }
    match.kind = record;
    return match;
}

/* ---- cycles ---- */

static const struct item *cycle_item(const struct naive *naive)
{
    const struct item_list *items = &naive->edition->document->items;

    for (size_t i = 0; i < items->count; i++)
        if (items->at[i].kind == ITEM_CYCLE)
            return &items->at[i];
    return NULL;
}

static day anchor_of(const struct naive *naive)
{
    const struct item *cycle = cycle_item(naive);

    if (cycle->month)
        return day_from_civil((struct civil){ 2000, cycle->month, cycle->mday });
    for (size_t i = 0; i < naive->dossier->anchor_count; i++)
        if (str_eq(naive->dossier->anchors[i].name, cycle->word.text))
            return naive->dossier->anchors[i].on;
    return DAY_NONE;
}

day naive_boundary(const struct naive *naive, int32_t months, int32_t k)
{
    return day_add_months_up(anchor_of(naive), months * k);
}

int naive_cycle(const struct naive *naive, day *ret_from, day *ret_to)
{
    const struct item *cycle = cycle_item(naive);
    int32_t months = cycle->duration.months;
    day anchor = anchor_of(naive);

    if (anchor == DAY_NONE)
        return 0;
    if (!cycle->month && naive->on < anchor)
        return -1;
    for (int32_t k = -200; k < 200; k++) {
        *ret_from = naive_boundary(naive, months, k);
        *ret_to = naive_boundary(naive, months, k + 1);
        if (*ret_from <= naive->on && naive->on < *ret_to)
            return 1;
    }
    BUG("no cycle holds the day");
}

/* ---- programmes ---- */

static bool accredited_on(const struct naive *naive, struct str programme,
                          const struct word_list *types, day on)
{
    for (size_t i = 0; i < naive->dossier->accreditation_count; i++) {
        const struct accreditation *a = &naive->dossier->accreditations[i];

        if (!str_eq(a->programme, programme) || on < a->from || on > a->to)
            continue;
        for (size_t k = 0; k < types->count; k++)
            if (str_eq(types->at[k].text, a->type))
                return true;
    }
    return false;
}

bool naive_speaks(const struct naive *naive, struct str body, struct str by, day on)
{
    struct word type = { .text = body };
    struct word_list types = { .at = &type, .count = 1 };

    return str_eq(body, by) || accredited_on(naive, by, &types, on);
}

static enum finding programme_matches(const struct naive *naive, const struct clause *clause,
                                      const struct evidence *evidence)
{
    day from = clause->when == ACCREDITED_AT_END ? evidence->end : evidence->start;
    day to = clause->when == ACCREDITED_AT_START ? evidence->start : evidence->end;

    if (!evidence->programme.p)
        return REFER;
    for (day d = from; d <= to; d++)
        if (!accredited_on(naive, evidence->programme, &clause->values, d))
            return NOT_YET;
    return MET;
}

/* ---- a record's own fields ---- */

struct str naive_value(const struct naive *naive, struct str field, const struct evidence *evidence)
{
    if (str_eq(field, STR("matter")))
        return evidence->matter.p
                   ? str_format(naive->arena, "given %.*s", STR_ARG(evidence->matter))
                   : str_format(naive->arena, "own %.*s", STR_ARG(evidence->id));
    if (str_eq(field, STR("programme")))
        return evidence->programme;
    return evidence_fact(evidence, field);
}

int64_t naive_measure(const struct naive *naive, struct str kind, struct str measure,
                      const struct evidence *evidence)
{
    const struct kind *k = vocabulary_kind(naive->edition->vocabulary, kind);

    return evidence_measure(evidence, kind_field(k, measure));
}

static bool lists(const struct word_list *words, struct str word)
{
    for (size_t i = 0; i < words->count; i++)
        if (str_eq(words->at[i].text, word))
            return true;
    return false;
}

static int level_of(const struct field *field, struct str level)
{
    for (size_t i = 0; i < field->values.count; i++)
        if (str_eq(field->values.at[i], level))
            return (int)i;
    return -1;
}

enum finding naive_own(const struct naive *naive, struct str kind, const struct clause *own,
                       const struct evidence *evidence)
{
    const struct field *field =
        kind_field(vocabulary_kind(naive->edition->vocabulary, kind), own->field.text);
    struct str value;

    if (own->kind == CLAUSE_AT_LEAST && field_is_measure(field)) {
        int64_t n = evidence_measure(evidence, field);

        return n < 0 ? REFER : sure(n >= quantity_value(own->quantity));
    }
    value = evidence_fact(evidence, field->name);
    if (!value.p)
        return REFER;
    if (own->kind == CLAUSE_AT_LEAST)
        return sure(level_of(field, value) >= level_of(field, own->values.at[0].text));
    /* A value that is not known is in no list, so it matches `not`. */
    return sure(lists(&own->values, value) != own->negated);
}

void naive_weight(const struct naive *naive, struct str kind, const struct clause_list *body,
                  const struct evidence *evidence, int64_t *ret_low, int64_t *ret_high)
{
    int64_t low = 1000;
    int64_t high = 0;

    for (size_t i = 0; i <= body->count; i++) {
        bool past = i == body->count;
        int64_t percent = past ? 100 : body->at[i].percent;
        enum finding found;

        if (!past && body->at[i].kind != CLAUSE_WEIGH)
            continue;
        found = past ? MET : naive_own(naive, kind, body->at[i].own, evidence);
        if (found == NOT_YET)
            continue;
        low = percent < low ? percent : low;
        high = percent > high ? percent : high;
        if (found == MET)
            break;
    }
    *ret_low = low;
    *ret_high = high;
}

/* ---- matching ---- */

static bool is_seen(const struct naive *naive, const struct evidence *evidence)
{
    return evidence->standing == STANDING_VERIFIED ||
           (naive->reading == PREVIEW && evidence->standing == STANDING_CLAIMED);
}

static enum finding in_cycle(const struct naive *naive, day end)
{
    day from;
    day to;
    int state = naive_cycle(naive, &from, &to);

    if (state == 0)
        return REFER;
    return sure(state > 0 && end >= from && end < to);
}

static enum finding after_first(const struct naive *naive, const struct naive_frame *frame,
                                const struct clause *clause, day start)
{
    struct naive_frame whole = { .item = frame->item, .at = frame->at };
    struct naive_match match = naive_resolve(naive, clause->record.text, &clause->body);
    enum finding best = NOT_YET;

    for (size_t i = 0; i < naive->dossier->evidence_count; i++) {
        const struct evidence *first = &naive->dossier->evidence[i];
        enum finding found = naive_matches(naive, &whole, &match, first, false);

        if (start >= first->start && found > best)
            best = found;
    }
    return best;
}

static enum finding clause_matches(const struct naive *naive, const struct naive_frame *frame,
                                   struct str kind, const struct clause *clause,
                                   const struct evidence *evidence, bool clipped)
{
    switch (clause->kind) {
    case CLAUSE_IN:
    case CLAUSE_AT_LEAST:
        return naive_own(naive, kind, clause, evidence);
    case CLAUSE_WITHIN:
        return sure(clipped ||
                    evidence->end >= day_add_months(frame->at, -clause->duration.months));
    case CLAUSE_FROM:
        return sure(clipped || evidence->end >= clause->date);
    case CLAUSE_UNTIL:
        return sure(clipped || evidence->end <= clause->date);
    case CLAUSE_BEFORE:
        return sure(clipped || evidence->end < clause->date);
    case CLAUSE_IN_CYCLE:
        return clipped ? MET : in_cycle(naive, evidence->end);
    case CLAUSE_AFTER_FIRST:
        return after_first(naive, frame, clause, evidence->start);
    case CLAUSE_PROGRAMME:
        return programme_matches(naive, clause, evidence);
    case CLAUSE_WEIGH:
    case CLAUSE_LIMIT:
    case CLAUSE_ALSO:
        return MET;
    }
    BUG("clause of kind %d", (int)clause->kind);
}

static bool may_admit(const struct naive *naive, const struct item *requirement,
                      const struct decision *decision)
{
    for (size_t i = 0; i < requirement->parts.count; i++) {
        const struct part *part = &requirement->parts.at[i];

        if (part->kind != PART_DISCRETION ||
            !naive_speaks(naive, part->body.text, decision->by, decision->on))
            continue;
        for (size_t k = 0; k < part->grants.count; k++)
            if (part->grants.at[k].kind == GRANT_ADMIT)
                return true;
    }
    return false;
}

static bool is_admitted(const struct naive *naive, const struct naive_frame *frame,
                        const struct evidence *evidence)
{
    for (size_t i = 0; i < naive->dossier->decision_count; i++) {
        const struct decision *decision = &naive->dossier->decisions[i];

        if (decision->kind == DECISION_ADMIT && str_eq(decision->record, evidence->id) &&
            str_eq(decision->requirement, frame->item->word.text) &&
            may_admit(naive, frame->item, decision))
            return true;
    }
    return false;
}

enum finding naive_matches(const struct naive *naive, const struct naive_frame *frame,
                           const struct naive_match *match, const struct evidence *evidence,
                           bool clipped)
{
    enum finding found = MET;

    if (!str_eq(evidence->kind, match->kind) || !is_seen(naive, evidence))
        return NOT_YET;
    if (clipped ? evidence->start > frame->at : evidence->end > frame->at)
        return NOT_YET;
    if (frame->sliced && !clipped &&
        (evidence->end < frame->slice_from || evidence->end > frame->slice_to))
        return NOT_YET;
    if (frame->admits && is_admitted(naive, frame, evidence))
        return MET;
    for (size_t i = 0; i < match->count; i++)
        for (size_t k = 0; k < match->lists[i]->count; k++)
            found = naive_least(found, clause_matches(naive, frame, match->kind,
                                                      &match->lists[i]->at[k], evidence, clipped));
    return found;
}
