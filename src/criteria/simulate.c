#include "criteria/simulate.h"

#include <stdlib.h>

#include "criteria/govern.h"

#define SMALL_CELL 10

/* ---- setting up ---- */

static bool node_asks_for(const struct edition_node *node, struct str name)
{
    if (!node)
        return false;
    if (node->kind == NODE_HOLDS && str_list_has(node->names, name))
        return true;
    for (size_t i = 0; i < node->child_count; i++)
        if (node_asks_for(&node->children[i], name))
            return true;
    return false;
}

static bool requirement_asks_for(const struct requirement *requirement, struct str name)
{
    if (node_asks_for(requirement->rule, name))
        return true;
    for (size_t i = 0; i < requirement->exemption_count; i++)
        if (node_asks_for(requirement->exemptions[i].when, name) ||
            node_asks_for(requirement->exemptions[i].instead, name))
            return true;
    for (size_t i = 0; i < requirement->referral_count; i++)
        if (node_asks_for(requirement->referrals[i].when, name))
            return true;
    return false;
}

static bool edition_asks_for(const struct edition *edition, struct str name)
{
    for (size_t i = 0; i < edition->requirement_count; i++)
        if (requirement_asks_for(&edition->requirements[i], name))
            return true;
    for (size_t i = 0; i < edition->bar_count; i++)
        if (node_asks_for(edition->bars[i].rule, name))
            return true;
    return false;
}

/* The newest edition of every other name that asks for this one. */
static void find_dependents(struct simulation *s)
{
    size_t count = library_count(s->library), room = 0;
    for (size_t i = 0; i < count; i++) {
        const struct edition *edition = library_at(s->library, i);
        bool newest = i + 1 == count || !str_eq(library_at(s->library, i + 1)->name, edition->name);
        if (newest && !str_eq(edition->name, s->new->name) &&
            edition_asks_for(edition, s->new->name))
            ARENA_PUSH(s->arena, s->dependents, s->dependent_count, room)->edition = edition;
    }
}

static void name_losses(struct simulation *s, struct simulated_day *on)
{
    const struct edition *new = s->new;
    on->loss_count = new->requirement_count + new->bar_count + 1;
    on->losses = ARENA_ARRAY(s->arena, on->loss_count, struct loss);
    for (size_t i = 0; i < new->requirement_count; i++)
        on->losses[i].cause = new->requirements[i].id;
    for (size_t i = 0; i < new->bar_count; i++)
        on->losses[new->requirement_count + i].cause = new->bars[i].id;
    on->losses[on->loss_count - 1].cause = STR("closed");
}

static void name_distributions(struct simulation *s)
{
    s->distributions = ARENA_ARRAY(s->arena, s->new->aggregate_count, struct distribution);
    for (size_t i = 0; i < s->new->requirement_count; i++) {
        const struct requirement *requirement = &s->new->requirements[i];
        for (size_t k = 0; k < requirement->aggregate_count; k++) {
            struct distribution *d = &s->distributions[s->distribution_count++];
            d->requirement = requirement;
            d->aggregate = s->new->aggregates[requirement->aggregates + k];
            d->number = k + 1;
        }
    }
}

void simulation_init(struct arena *arena, const struct library *library, const struct edition *old,
                     const struct edition *new, day on, struct simulation *ret)
{
    *ret = (struct simulation){ .old = old, .new = new, .arena = arena, .library = library };
    ret->days[0].on = on;
    ret->days[1].on = day_add_months(on, 12);
    for (size_t i = 0; i < SIMULATED_DAYS; i++)
        name_losses(ret, &ret->days[i]);
    name_distributions(ret);
    find_dependents(ret);
}

/* ---- one person ---- */

struct run {
    struct bundle bundle;
    struct outcome outcome;
    struct evaluator evaluator;
};

static void run_edition(struct arena *scratch, const struct edition *edition,
                        const struct dossier *dossier, day on, struct run *ret)
{
    dossier_pack(scratch, dossier, edition->vocabulary, edition->columns, &ret->bundle);
    outcome_init(scratch, edition, &ret->outcome);
    ret->evaluator = evaluator_of(edition, &ret->bundle, scratch, on);
    evaluate(&ret->evaluator, &ret->outcome);
}

static int64_t open_questions(const struct run *run)
{
    int64_t questions = 0;
    for (size_t i = 0; i < run->evaluator.edition->requirement_count; i++) {
        enum basis basis = run->outcome.requirements[i].by[DECIDE].basis;
        questions += basis == BY_REFERRAL || basis == BY_UNCLEAR;
    }
    return questions;
}

/* The first bar or requirement that keeps the person below what they had. */
static size_t cause_of_loss(const struct run *run, enum verdict had)
{
    const struct edition *edition = run->evaluator.edition;
    const struct outcome *outcome = &run->outcome;
    if (!outcome->available)
        return edition->requirement_count + edition->bar_count;
    enum finding wanted = had == VERDICT_ELIGIBLE ? MET : had == VERDICT_REFER ? REFER : NOT_YET;
    for (size_t i = 0; i < edition->bar_count; i++)
        if (outcome->bars[i] == MET && edition->bars[i].refuse)
            return edition->requirement_count + i;
    size_t least = edition->requirement_count;
    for (size_t i = 0; i < edition->requirement_count; i++) {
        enum finding value = outcome->requirements[i].value[DECIDE];
        if (value < wanted && (least == edition->requirement_count ||
                               value < outcome->requirements[least].value[DECIDE]))
            least = i;
    }
    if (least < edition->requirement_count)
        return least;
    for (size_t i = 0; i < edition->bar_count; i++)
        if (outcome->bars[i] != NOT_YET)
            return edition->requirement_count + i;
    BUG("a loss without a cause");
}

static enum verdict best_permitted(const struct simulation *s, struct arena *scratch,
                                   const struct dossier *dossier, const struct run *old,
                                   const struct run *new)
{
    struct governing_list permitted;
    editions_permitted(scratch, s->library, &new->evaluator, DECIDE, &permitted);
    enum verdict best = VERDICT_UNAVAILABLE;
    for (size_t i = 0; i < permitted.count; i++) {
        const struct edition *edition = permitted.at[i].edition;
        enum verdict verdict = VERDICT_UNAVAILABLE;
        if (edition == s->new) {
            verdict = new->outcome.verdict[DECIDE];
        } else if (edition == s->old) {
            verdict = old->outcome.verdict[DECIDE];
        } else if (edition) {
            struct run other;
            run_edition(scratch, edition, dossier, new->evaluator.on, &other);
            verdict = other.outcome.verdict[DECIDE];
        }
        if (verdict > best)
            best = verdict;
    }
    return best;
}

static void add_to_day(struct simulation *s, struct simulated_day *on, struct arena *scratch,
                       const struct dossier *dossier, struct run *ret_new,
                       struct simulated_person *ret)
{
    struct run old;
    run_edition(scratch, s->old, dossier, on->on, &old);
    run_edition(scratch, s->new, dossier, on->on, ret_new);
    ret->old = old.outcome.verdict[DECIDE];
    ret->new = ret_new->outcome.verdict[DECIDE];
    ret->with_transition = best_permitted(s, scratch, dossier, &old, ret_new);
    ret->cause = STR_NONE;
    on->matrix[ret->old][ret->new]++;
    on->with_transition[ret->old][ret->with_transition]++;
    on->questions_old += open_questions(&old);
    on->questions_new += open_questions(ret_new);
    if (ret->new < ret->old) {
        struct loss *loss = &on->losses[cause_of_loss(ret_new, ret->old)];
        loss->people++;
        ret->cause = loss->cause;
    }
}

/* ---- distributions ---- */

/* Tallies are a hash table while people are added: room is a power of two, people 0 is empty. */
static void tally_add(struct arena *arena, struct distribution *d, int64_t lo, int64_t people);

static void tally_grow(struct arena *arena, struct distribution *d)
{
    struct tally *old = d->tallies;
    size_t old_room = d->room;
    d->room = old_room ? old_room * 2 : 64;
    d->tallies = ARENA_ARRAY(arena, d->room, struct tally);
    d->count = 0;
    for (size_t i = 0; i < old_room; i++)
        if (old[i].people)
            tally_add(arena, d, old[i].lo, old[i].people);
}

static void tally_add(struct arena *arena, struct distribution *d, int64_t lo, int64_t people)
{
    if (d->count * 2 >= d->room)
        tally_grow(arena, d);
    size_t place = (size_t)((uint64_t)lo * 0x9E3779B97F4A7C15u >> 17) & (d->room - 1);
    while (d->tallies[place].people && d->tallies[place].lo != lo)
        place = (place + 1) & (d->room - 1);
    if (!d->tallies[place].people)
        d->count++;
    d->tallies[place].lo = lo;
    d->tallies[place].people += people;
}

static void add_distributions(struct simulation *s, const struct run *new)
{
    for (size_t i = 0; i < s->distribution_count; i++) {
        struct distribution *d = &s->distributions[i];
        size_t number = (size_t)(d->requirement - s->new->requirements);
        struct bounds bounds = evaluate_aggregate(&new->evaluator, d->requirement, d->aggregate,
                                                  new->outcome.requirements[number].at[DECIDE],
                                                  DECIDE);
        d->need = bounds.need;
        d->scale = bounds.scale;
        tally_add(s->arena, d, bounds.lo[DECIDE], 1);
    }
}

static int by_lo(const void *a, const void *b)
{
    const struct tally *x = a, *y = b;
    return (x->lo > y->lo) - (x->lo < y->lo);
}

void simulation_finish(struct simulation *simulation)
{
    for (size_t i = 0; i < simulation->distribution_count; i++) {
        struct distribution *d = &simulation->distributions[i];
        size_t count = 0;
        for (size_t k = 0; k < d->room; k++)
            if (d->tallies[k].people)
                d->tallies[count++] = d->tallies[k];
        d->room = d->count = count;
        if (count)
            qsort(d->tallies, count, sizeof(*d->tallies), by_lo);
    }
}

/* ---- who depends on it ---- */

/* The dossier after the change: one who gains holds the credential from D on, one who loses it
   held it until the day before. */
static struct dossier changed_dossier(const struct simulation *s, struct arena *scratch,
                                      const struct dossier *dossier, bool gains)
{
    day on = s->days[0].on;
    struct dossier changed = *dossier;
    changed.credentials = ARENA_ARRAY(scratch, dossier->credential_count + 1, struct credential);
    changed.credential_count = 0;
    for (size_t i = 0; i < dossier->credential_count; i++) {
        struct credential credential = dossier->credentials[i];
        if (!gains && str_eq(credential.name, s->new->name) && credential.to >= on) {
            if (credential.from >= on)
                continue;
            credential.to = on - 1;
        }
        changed.credentials[changed.credential_count++] = credential;
    }
    if (gains)
        changed.credentials[changed.credential_count++] = (struct credential){
            .name = s->new->name, .from = on, .to = DAY_LAST, .withdrawn = DAY_NONE
        };
    return changed;
}

static void add_dependents(struct simulation *s, struct arena *scratch,
                           const struct dossier *dossier, const struct simulated_person *person)
{
    bool had = person->old == VERDICT_ELIGIBLE, has = person->with_transition == VERDICT_ELIGIBLE;
    if (had == has)
        return;
    struct dossier changed = changed_dossier(s, scratch, dossier, has);
    for (size_t i = 0; i < s->dependent_count; i++) {
        struct dependent *dependent = &s->dependents[i];
        struct run before, after;
        run_edition(scratch, dependent->edition, dossier, s->days[0].on, &before);
        run_edition(scratch, dependent->edition, &changed, s->days[0].on, &after);
        dependent->rerun++;
        dependent->matrix[before.outcome.verdict[DECIDE]][after.outcome.verdict[DECIDE]]++;
    }
}

void simulation_add(struct simulation *simulation, struct arena *scratch,
                    const struct dossier *dossier, struct simulated_person *ret)
{
    simulation->people++;
    for (size_t i = SIMULATED_DAYS; i-- > 0;) {
        struct run new;
        add_to_day(simulation, &simulation->days[i], scratch, dossier, &new, ret);
        if (i == 0)
            add_distributions(simulation, &new);
    }
    add_dependents(simulation, scratch, dossier, ret);
}

/* ---- as data ---- */

static struct value *people_value(struct arena *arena, int64_t people, bool small_cells)
{
    bool hidden = !small_cells && people > 0 && people < SMALL_CELL;
    return hidden ? value_null(arena) : value_int(arena, people);
}

static struct value *matrix_value(struct arena *arena, int64_t matrix[VERDICTS][VERDICTS],
                                  bool small_cells)
{
    struct value *rows = value_object(arena);
    for (int old = VERDICT_ELIGIBLE; old >= VERDICT_UNAVAILABLE; old--) {
        struct value *row = value_object(arena);
        for (int new = VERDICT_ELIGIBLE; new >= VERDICT_UNAVAILABLE; new --)
            value_set(arena, row, verdict_name((enum verdict) new),
                      people_value(arena, matrix[old][new], small_cells));
        value_set(arena, rows, verdict_name((enum verdict)old), row);
    }
    return rows;
}

static struct value *simulated_day_value(struct arena *arena, struct simulated_day *on,
                                         bool small_cells)
{
    struct value *object = value_object(arena), *losses = value_array(arena);
    value_set(arena, object, "on", value_day(arena, on->on));
    value_set(arena, object, "matrix", matrix_value(arena, on->matrix, small_cells));
    value_set(arena, object, "with_transition",
              matrix_value(arena, on->with_transition, small_cells));
    for (size_t i = 0; i < on->loss_count; i++) {
        if (!on->losses[i].people)
            continue;
        struct value *loss = value_object(arena);
        value_set_text(arena, loss, "cause", on->losses[i].cause);
        value_set(arena, loss, "people", people_value(arena, on->losses[i].people, small_cells));
        value_push(arena, losses, loss);
    }
    value_set(arena, object, "losses", losses);
    value_set_int(arena, object, "questions_old", on->questions_old);
    value_set_int(arena, object, "questions_new", on->questions_new);
    value_set_int(arena, object, "additional_questions", on->questions_new - on->questions_old);
    return object;
}

static struct value *distribution_value(struct arena *arena, const struct distribution *d,
                                        bool small_cells)
{
    struct value *object = value_object(arena), *tallies = value_array(arena);
    value_set_text(arena, object, "requirement", d->requirement->id);
    value_set_int(arena, object, "aggregate", (int64_t)d->number);
    value_set_text(arena, object, "id", d->aggregate->id);
    value_set_int(arena, object, "need", d->need);
    value_set_int(arena, object, "scale", d->scale ? d->scale : 1);
    for (size_t i = 0; i < d->count; i++) {
        struct value *tally = value_object(arena);
        value_set_int(arena, tally, "lo", d->tallies[i].lo);
        value_set(arena, tally, "people", people_value(arena, d->tallies[i].people, small_cells));
        value_push(arena, tallies, tally);
    }
    value_set(arena, object, "tallies", tallies);
    return object;
}

static struct value *edition_value(struct arena *arena, const struct edition *edition)
{
    struct value *object = value_object(arena);
    value_set_text(arena, object, "name", edition->name);
    value_set_text(arena, object, "edition", edition_number_text(arena, edition->number));
    value_set_text(arena, object, "text_hash", edition->text_hash);
    value_set_text(arena, object, "rule_hash", edition->rule_hash);
    return object;
}

struct value *simulation_value(struct arena *arena, const struct simulation *simulation,
                               bool small_cells)
{
    struct value *object = value_object(arena), *days = value_array(arena),
                 *distributions = value_array(arena), *dependents = value_array(arena);
    value_set(arena, object, "old", edition_value(arena, simulation->old));
    value_set(arena, object, "new", edition_value(arena, simulation->new));
    value_set_int(arena, object, "people", simulation->people);
    for (size_t i = 0; i < SIMULATED_DAYS; i++) {
        struct simulated_day on = simulation->days[i];
        value_push(arena, days, simulated_day_value(arena, &on, small_cells));
    }
    for (size_t i = 0; i < simulation->distribution_count; i++)
        value_push(arena, distributions,
                   distribution_value(arena, &simulation->distributions[i], small_cells));
    for (size_t i = 0; i < simulation->dependent_count; i++) {
        struct dependent dependent = simulation->dependents[i];
        struct value *one = value_object(arena);
        value_set(arena, one, "edition", edition_value(arena, dependent.edition));
        value_set(arena, one, "rerun", people_value(arena, dependent.rerun, small_cells));
        value_set(arena, one, "matrix", matrix_value(arena, dependent.matrix, small_cells));
        value_push(arena, dependents, one);
    }
    value_set(arena, object, "days", days);
    value_set(arena, object, "distributions", distributions);
    value_set(arena, object, "dependents", dependents);
    return object;
}
