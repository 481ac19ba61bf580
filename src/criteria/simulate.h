/*
 * simulate.h - two editions over one population: who would gain, who would lose, and why.
 *
 * People are added one by one and forgotten again: what is kept are numbers. Verdicts are those of
 * DECIDE. Everything is told for D and for 12 months later, with the dossiers as they are.
 */
#ifndef ASSAY_CRITERIA_SIMULATE_H
#define ASSAY_CRITERIA_SIMULATE_H

#include "base/value.h"
#include "criteria/evaluate.h"
#include "criteria/library.h"

#define VERDICTS 5
#define SIMULATED_DAYS 2

/* How many people have exactly this lower bound. */
struct tally {
    int64_t lo;
    int64_t people;
};

/* The lower bounds of one aggregate of the new edition on D, so that any other threshold can be
   read off: ascending, in hundredths where the aggregate has weights. */
struct distribution {
    const struct requirement *requirement;
    const struct edition_node *aggregate;
    size_t number; /* of the aggregate within its requirement, from 1 */
    int64_t need;
    int32_t scale;
    struct tally *tallies;
    size_t count, room;
};

/* What a loss is due to: a requirement of the new edition, a bar, or its being closed. */
struct loss {
    struct str cause; /* a requirement's or bar's id, or "closed" */
    int64_t people;
};

struct simulated_day {
    day on;
    int64_t matrix[VERDICTS][VERDICTS];          /* [old][new], the new edition alone */
    int64_t with_transition[VERDICTS][VERDICTS]; /* [old][best of what the new one permits] */
    int64_t questions_old; /* requirements that wait for a person, over all people */
    int64_t questions_new;
    struct loss *losses; /* one per cause, in document order; the new edition alone */
    size_t loss_count;
};

/* Another certification that asks whether somebody holds this one, re-run once for those whose
   eligibility changes (transition included). */
struct dependent {
    const struct edition *edition;
    int64_t rerun;
    int64_t matrix[VERDICTS][VERDICTS]; /* [before][after], of those re-run */
};

struct simulation {
    const struct edition *old;
    const struct edition *new;
    int64_t people;
    struct simulated_day days[SIMULATED_DAYS];
    struct distribution *distributions;
    size_t distribution_count;
    struct dependent *dependents;
    size_t dependent_count;

    struct arena *arena;
    const struct library *library;
};

/* What happened to one person on D. */
struct simulated_person {
    enum verdict old;
    enum verdict new;
    enum verdict with_transition;
    struct str cause; /* of a loss; STR_NONE: none */
};

void simulation_init(struct arena *arena, const struct library *library, const struct edition *old,
                     const struct edition *new, day on, struct simulation *ret);

/* `scratch` is the caller's, to be cleared after each person. */
void simulation_add(struct simulation *simulation, struct arena *scratch,
                    const struct dossier *dossier, struct simulated_person *ret);

/* Sorts the distributions; call once after the last person. */
void simulation_finish(struct simulation *simulation);

/*
 * All of it as data. Numbers of people from 1 to 9 are null unless `small_cells` is set: a public
 * table does not tell of so few.
 */
struct value *simulation_value(struct arena *arena, const struct simulation *simulation,
                               bool small_cells);

#endif
