#include "criteria/govern.h"

#include "criteria/diff.h"
#include "criteria/match.h"

/* ---- packing ---- */

struct packed {
    struct arena *arena;
    const struct library *library;
    const struct dossier *dossier;
    struct watch *watch;
    struct bundle *bundles; /* one a vocabulary */
    size_t count, room;
};

struct packed *packed_new(struct arena *arena, const struct library *library,
                          const struct dossier *dossier, struct watch *watch)
{
    struct packed *packed = ARENA_NEW(arena, struct packed);
    *packed =
        (struct packed){ .arena = arena, .library = library, .dossier = dossier, .watch = watch };
    return packed;
}

/* The columns that some edition over the vocabulary asks for, by kind. */
static const uint64_t *all_columns(const struct packed *packed, const struct vocabulary *vocabulary)
{
    uint64_t *columns = ARENA_ARRAY(packed->arena, vocabulary->kind_count, uint64_t);
    for (size_t i = 0; i < library_count(packed->library); i++) {
        const struct edition *edition = library_at(packed->library, i);
        for (size_t k = 0; edition->vocabulary == vocabulary && k < vocabulary->kind_count; k++)
            columns[k] |= edition->columns[k];
    }
    return columns;
}

static struct bundle bundle_for(struct packed *packed, const struct edition *edition)
{
    for (size_t i = 0; i < packed->count; i++)
        if (packed->bundles[i].vocabulary == edition->vocabulary)
            return packed->bundles[i];
    struct bundle bundle;
    dossier_pack(packed->arena, packed->dossier, edition->vocabulary,
                 all_columns(packed, edition->vocabulary), &bundle);
    *ARENA_PUSH(packed->arena, packed->bundles, packed->count, packed->room) = bundle;
    return bundle;
}

/* ---- which editions ---- */

const struct edition *edition_in_force(const struct library *library, struct str name, day on)
{
    size_t count;
    const struct edition *const *editions = library_editions(library, name, &count);
    const struct edition *governing = NULL;
    for (size_t i = 0; i < count; i++) {
        day from = editions[i]->in_force_from;
        if (from <= on && (!governing || from >= governing->in_force_from))
            governing = editions[i];
    }
    return governing;
}

/* The first day on which an edition of the name is in force, or DAY_NONE. */
static day first_in_force(const struct library *library, struct str name)
{
    size_t count;
    const struct edition *const *editions = library_editions(library, name, &count);
    day first = DAY_NONE;
    for (size_t i = 0; i < count; i++)
        if (first == DAY_NONE || editions[i]->in_force_from < first)
            first = editions[i]->in_force_from;
    return first;
}

static bool is_permitted(const struct governing_list *list, struct str name,
                         struct edition_number number)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_eq(list->at[i].name, name) && edition_number_eq(list->at[i].number, number))
            return true;
    return false;
}

/* Keeps the list newest first: editions of the name itself by number, then other names in the
   order of the clauses. */
static void permit(struct arena *arena, const struct library *library,
                   const struct edition *governing, const struct transition *transition,
                   struct governing_list *list)
{
    if (is_permitted(list, transition->name, transition->edition))
        return;
    struct governing old = { transition->name, transition->edition,
                             library_find(library, transition->name, transition->edition) };
    ARENA_PUSH(arena, list->at, list->count, list->room);
    size_t place = list->count - 1;
    if (str_eq(old.name, governing->name))
        while (place > 0 && list->at[place - 1].edition != governing &&
               (!str_eq(list->at[place - 1].name, old.name) ||
                edition_number_cmp(list->at[place - 1].number, old.number) < 0))
            place--;
    for (size_t i = list->count - 1; i > place; i--)
        list->at[i] = list->at[i - 1];
    list->at[place] = old;
}

/* Whether a matching record started early enough, and not too long ago. */
static bool started_in_time(const struct evaluator *evaluator, const struct started_rule *rule,
                            enum reading reading)
{
    struct frame frame = { .on = evaluator->on, .cycle_on = evaluator->on };
    const struct picked *picked;
    struct matcher m;
    struct arena_mark mark = arena_mark(evaluator->scratch);
    size_t count = pick_rows(evaluator, &rule->selection, &frame, reading, false, &picked, &m);
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        day start = m.rows->at[picked[i].row].start;
        if (picked[i].sure && start < rule->started_before &&
            day_add_months(start, rule->months) >= evaluator->on)
            found = true;
    }
    arena_rewind(evaluator->scratch, mark);
    return found;
}

static bool rule_holds(const struct evaluator *evaluator, const struct transition_rule *rule,
                       enum reading reading)
{
    switch (rule->kind) {
    case RULE_ACCEPT_APPLICATIONS:
    case RULE_REQUIRE_APPLICATIONS:
        return evaluator->on >= rule->from && evaluator->on <= rule->until;
    case RULE_ACCEPT_STARTED:
        return started_in_time(evaluator, &rule->started, reading);
    case RULE_HOLDERS_RENEWAL:
    case RULE_HOLDERS_DATE:
        return false; /* of credentials that were granted, not of applications */
    }
    BUG("transition rule %d", (int)rule->kind);
}

void editions_permitted(struct arena *arena, const struct library *library,
                        const struct evaluator *evaluator, enum reading reading,
                        struct governing_list *ret)
{
    const struct edition *governing = evaluator->edition;
    struct governing_list required = { .first_in_force = governing->in_force_from };
    *ret = required;
    *ARENA_PUSH(arena, ret->at, ret->count, ret->room) =
        (struct governing){ governing->name, governing->number, governing };
    for (size_t t = 0; t < governing->transition_count; t++) {
        const struct transition *transition = &governing->transitions[t];
        for (size_t i = 0; i < transition->rule_count; i++)
            if (rule_holds(evaluator, &transition->rules[i], reading))
                permit(arena, library, governing, transition,
                       transition->rules[i].kind == RULE_REQUIRE_APPLICATIONS ? &required : ret);
    }
    if (required.count)
        *ret = required;
}

void editions_governing(struct arena *arena, struct packed *packed, struct str name, day on,
                        enum reading reading, struct governing_list *ret)
{
    const struct library *library = packed->library;
    const struct edition *governing = edition_in_force(library, name, on);
    *ret = (struct governing_list){ .first_in_force = first_in_force(library, name) };
    if (!governing)
        return;
    struct bundle bundle = bundle_for(packed, governing);
    struct evaluator evaluator = evaluator_of(governing, &bundle, arena, on);
    evaluator.watch = packed->watch;
    editions_permitted(arena, library, &evaluator, reading, ret);
}

/* ---- results ---- */

static void assess_edition(struct arena *arena, struct packed *packed,
                           const struct edition *edition, day on, struct assessed *ret)
{
    *ret = (struct assessed){ .edition = edition, .bundle = bundle_for(packed, edition) };
    outcome_init(arena, edition, &ret->outcome);
    struct evaluator evaluator = evaluator_of(edition, &ret->bundle, arena, on);
    evaluator.watch = packed->watch;
    evaluate(&evaluator, &ret->outcome);
    ret->verdict[DECIDE] = ret->outcome.verdict[DECIDE];
    ret->verdict[PREVIEW] = ret->outcome.verdict[PREVIEW];
}

/* The edition that a programme's own document must be tighter than on the day. */
static const struct edition *tightened(const struct library *library, const struct edition *overlay,
                                       day on)
{
    const struct edition *base = edition_in_force(library, overlay->tightens, on);
    return base ? base : library_find(library, overlay->tightens, overlay->tightens_edition);
}

/* A programme may ask for more, never for less: who applies through it must meet both documents,
   and where its own is not proved tighter the scheme's edition governs alone. */
static void assess_with_base(struct arena *arena, struct packed *packed,
                             const struct edition *edition, day on, struct assessed *ret)
{
    const struct edition *base = edition->tightens.p ? tightened(packed->library, edition, on)
                                                     : NULL;
    if (base && !edition_tightens(arena, base, edition)) {
        assess_edition(arena, packed, base, on, ret);
        ret->overlay_rejected = true;
        return;
    }
    assess_edition(arena, packed, edition, on, ret);
    if (!base)
        return;
    struct assessed *below = ARENA_NEW(arena, struct assessed);
    assess_edition(arena, packed, base, on, below);
    ret->base = below;
    for (int reading = 0; reading < READINGS; reading++)
        if (below->verdict[reading] < ret->verdict[reading])
            ret->verdict[reading] = below->verdict[reading];
}

static void assess_all(struct arena *arena, struct packed *packed,
                       const struct governing_list *list, day on, enum reading reading,
                       struct standing_result *ret)
{
    struct assessed *all = ARENA_ARRAY(arena, list->count, struct assessed);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].edition)
            assess_with_base(arena, packed, list->at[i].edition, on, &all[count++]);
    ret->all[reading] = all;
    ret->count[reading] = count;
}

static void choose_best(struct standing_result *result, enum reading reading)
{
    result->verdict[reading] = VERDICT_UNAVAILABLE;
    for (size_t i = 0; i < result->count[reading]; i++) {
        const struct assessed *one = &result->all[reading][i];
        if (result->best[reading] && one->verdict[reading] <= result->verdict[reading])
            continue;
        result->best[reading] = one;
        result->verdict[reading] = one->verdict[reading];
    }
}

static bool same_editions(const struct governing_list *a, const struct governing_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->at[i].edition != b->at[i].edition)
            return false;
    return true;
}

bool assess_packed(struct arena *arena, struct packed *packed, struct str name,
                   struct edition_number pinned, day on, struct standing_result *ret)
{
    const struct library *library = packed->library;
    *ret = (struct standing_result){ .name = name, .on = on };
    struct governing_list decide = { .first_in_force = DAY_NONE }, preview;
    if (pinned.parts) {
        const struct edition *edition = library_find(library, name, pinned);
        if (!edition)
            return false;
        *ARENA_PUSH(arena, decide.at, decide.count, decide.room) =
            (struct governing){ name, pinned, edition };
        preview = decide;
    } else {
        size_t count;
        library_editions(library, name, &count);
        if (!count)
            return false;
        editions_governing(arena, packed, name, on, DECIDE, &decide);
        editions_governing(arena, packed, name, on, PREVIEW, &preview);
    }
    ret->governing = decide;
    assess_all(arena, packed, &decide, on, DECIDE, ret);
    if (same_editions(&decide, &preview)) {
        ret->all[PREVIEW] = ret->all[DECIDE];
        ret->count[PREVIEW] = ret->count[DECIDE];
    } else {
        assess_all(arena, packed, &preview, on, PREVIEW, ret);
    }
    choose_best(ret, DECIDE);
    choose_best(ret, PREVIEW);
    return true;
}

bool assess(struct arena *arena, const struct library *library, struct str name,
            struct edition_number pinned, const struct dossier *dossier, day on,
            struct standing_result *ret)
{
    return assess_packed(arena, packed_new(arena, library, dossier, NULL), name, pinned, on, ret);
}
