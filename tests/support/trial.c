#include "trial.h"

#include <stdlib.h>

#include "alter.h"
#include "sample.h"
#include "unit.h"

/* ---- documents ---- */

bool world_load(struct world *world, struct str document, struct str other)
{
    static const struct edition_number one = { .part = { 1 }, .parts = 1 };
    static const struct edition_number two = { .part = { 2 }, .parts = 1 };
    struct library *library;

    *world = (struct world){ .edition = NULL };
    arena_init(&world->arena, ARENA_UNLIMITED);
    diags_init(&world->diags, &world->arena);
    world->source.name = STR("generated");
    world->source.text = str_format(&world->arena, "%s%.*s%.*s", sample_vocabulary,
                                    STR_ARG(document), STR_ARG(other));
    library = library_new(&world->arena);
    library_add(library, &world->source, &world->diags);
    if (failed(library_finish(library, &world->diags))) {
        arena_release(&world->arena);
        return false;
    }
    world->library = library;
    world->edition = library_find(library, STR("gen"), one);
    world->other = library_find(library, STR("gen"), two);
    BUG_IF(!world->edition || (other.p && !world->other));
    return true;
}

void world_release(struct world *world)
{
    arena_release(&world->arena);
}

/* ---- people ---- */

void person_see(struct arena *arena, const struct edition *edition, const struct lines *lines,
                day on, struct person *ret)
{
    struct source *source = ARENA_NEW(arena, struct source);
    struct diags diags;

    *source = (struct source){ STR("lines"), lines_text(arena, lines) };
    diags_init(&diags, arena);
    dossier_read_lines(arena, source, &diags, &ret->dossier);
    BUG_IF(diags.errors);
    dossier_pack(arena, &ret->dossier, edition->vocabulary, edition->columns, &ret->bundle);
    outcome_init(arena, edition, &ret->outcome);
    ret->evaluator = evaluator_of(edition, &ret->bundle, arena, on);
    evaluate(&ret->evaluator, &ret->outcome);
}

size_t requirement_index(const struct edition *edition, struct str id)
{
    const struct requirement *requirement = edition_requirement(edition, id);

    BUG_IF(!requirement);
    return (size_t)(requirement - edition->requirements);
}

enum finding person_least(const struct person *person, enum reading reading)
{
    enum finding least = MET;

    for (size_t i = 0; i < person->evaluator.edition->requirement_count; i++)
        if (person->outcome.requirements[i].value[reading] < least)
            least = person->outcome.requirements[i].value[reading];
    return least;
}

/* ---- making it smaller ---- */

/* Whether the trial loads and breaks the property. */
static bool breaks(const struct trials *trials, const struct trial *trial, struct buf *why)
{
    struct trial again = *trial;
    struct arena arena;
    struct world world;
    bool broken;

    buf_clear(why);
    if (!world_load(&world, trial->document, trial->other))
        return false;
    arena_init(&arena, ARENA_UNLIMITED);
    again.arena = &arena;
    broken = !trials->holds(&again, &world, why);
    arena_release(&arena);
    world_release(&world);
    return broken;
}

static bool try_without_a_line(const struct trials *trials, struct trial *trial, struct buf *why)
{
    for (size_t i = 0; i < trial->lines.count; i++) {
        struct trial smaller = *trial;

        smaller.lines = (struct lines){ .count = 0 };
        for (size_t k = 0; k < trial->lines.count; k++)
            if (k != i)
                lines_add(trial->arena, &smaller.lines, trial->lines.at[k]);
        if (breaks(trials, &smaller, why)) {
            *trial = smaller;
            return true;
        }
    }
    return false;
}

/* Leaves out a part of one of the two documents; where there are two, the same part of both if that
   will do, so that what differs stays what differs. */
static bool try_without_a_part(const struct trials *trials, struct trial *trial, struct buf *why)
{
    for (size_t k = 0;; k++) {
        struct str document = alter_without(trial->arena, trial->document, k);
        struct str other = trial->other.p ? alter_without(trial->arena, trial->other, k) : STR_NONE;
        struct trial smaller = *trial;

        if (!document.p && !other.p)
            return false;
        for (int which = 3; which > 0; which--) {
            smaller.document = which & 1 ? document : trial->document;
            smaller.other = which & 2 ? other : trial->other;
            if (!smaller.document.p || (trial->other.p && !smaller.other.p))
                continue;
            if (smaller.document.n == trial->document.n && smaller.other.n == trial->other.n)
                continue;
            if (breaks(trials, &smaller, why)) {
                *trial = smaller;
                return true;
            }
        }
    }
}

static void fail_with_smallest(const struct trials *trials, struct trial *trial)
{
    char on[DAY_TEXT_SIZE];
    struct buf why;

    buf_init(&why, 100000);
    trial->document = alter_not(trial->arena, trial->document);
    while (try_without_a_line(trials, trial, &why) || try_without_a_part(trials, trial, &why))
        ;
    if (!breaks(trials, trial, &why))
        buf_add_c(&why, "(it breaks no more when it is tried again)");
    print_message(
        "%s does not hold, seed %llu: %.*s\n\n%.*s%.*s\ncase smallest gen asof %s\n%.*s\n",
        trials->name, (unsigned long long)trial->seed, STR_ARG(buf_str(&why)),
        STR_ARG(trial->document), STR_ARG(trial->other), day_text(trial->on, on),
        STR_ARG(lines_text(trial->arena, &trial->lines)));
    buf_release(&why);
    fail();
}

/* ---- many trials ---- */

static uint64_t number_from_environment(const char *name)
{
    const char *text = getenv(name);
    int64_t number = 1;

    if (text && !str_to_int(str_from_c(text), 1, INT32_MAX, &number))
        fail_msg("%s is no number: %s", name, text);
    return (uint64_t)number;
}

static struct str make_document(struct arena *arena, struct dice *dice, bool small)
{
    struct buf out;

    buf_init(&out, 1000000);
    if (small)
        generate_small_document(dice, "gen", &out);
    else
        generate_document(dice, "gen", &out);
    return buf_take(&out, arena);
}

/* A document, and the other one, that load. */
static void make_world(const struct trials *trials, struct arena *arena, struct dice *dice,
                       struct trial *trial, struct world *world)
{
    do {
        trial->document = make_document(arena, dice, trials->small);
        trial->other = STR_NONE;
    } while (!world_load(world, trial->document, STR_NONE));
    if (!trials->other)
        return;
    world_release(world);
    do
        trial->other = trials->other(arena, dice, trial->document);
    while (!world_load(world, trial->document, trial->other));
}

static void try_dossier(const struct trials *trials, struct trial *trial, struct dice *dice,
                        const struct world *world)
{
    struct arena arena;
    struct buf why;
    bool holds;

    arena_init(&arena, ARENA_UNLIMITED);
    buf_init(&why, 100000);
    trial->arena = &arena;
    trial->on = generate_day(dice);
    generate_dossier(dice, &arena, trial->on, trials->options, &trial->lines);
    holds = trials->holds(trial, world, &why);
    if (!holds)
        fail_with_smallest(trials, trial);
    buf_release(&why);
    arena_release(&arena);
}

void trials_run(const struct trials *trials)
{
    uint64_t seed = number_from_environment("ASSAY_SEED");
    uint64_t times = number_from_environment("ASSAY_TRIALS");

    for (size_t d = 0; d < trials->documents * times; d++) {
        struct dice dice = { seed * 1000003 + d };
        struct trial trial = { .seed = dice.state };
        struct arena arena;
        struct world world;

        arena_init(&arena, ARENA_UNLIMITED);
        make_world(trials, &arena, &dice, &trial, &world);
        for (size_t i = 0; i < trials->dossiers; i++) {
            trial.seed = dice.state;
            try_dossier(trials, &trial, &dice, &world);
        }
        world_release(&world);
        arena_release(&arena);
    }
}
