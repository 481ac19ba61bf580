/*
 * evaluate.h - where a person stands against one edition.
 *
 * A pure function of the edition, the packed dossier (which fixes T) and the reference day D.
 * Everything is computed in both readings at once: DECIDE uses verified evidence only, PREVIEW
 * claims too. The source of the rules is docs/criteria-language.md; S1, S2, ... in the code name
 * its sections.
 */
#ifndef ASSAY_CRITERIA_EVALUATE_H
#define ASSAY_CRITERIA_EVALUATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "criteria/edition.h"
#include "criteria/pack.h"

enum reading { DECIDE, PREVIEW, READINGS };

/* Of a node or a requirement; later is better. */
enum finding { NOT_YET, REFER, MET };

/* Of a person; later is better. */
enum verdict {
    VERDICT_UNAVAILABLE,
    VERDICT_BARRED,
    VERDICT_NOT_YET,
    VERDICT_REFER,
    VERDICT_ELIGIBLE,
};

const char *finding_name(enum finding finding); /* "not-yet", "refer", "met" */
const char *verdict_name(enum verdict verdict); /* "unavailable", "barred", ... */

struct findings {
    enum finding in[READINGS];
};

/* Nothing lies above: an unknown measure without a limit. */
#define NO_BOUND (INT64_MAX / 4)

/* Lower and upper bound of what an aggregate counts, in hundredths of its unit where it has
   weights (scale 100), else in its unit. */
struct bounds {
    int64_t lo[READINGS];
    int64_t hi[READINGS];
    int64_t need; /* in the same unit */
    int32_t scale;
};

/* What produced a requirement's value (S16). */
enum basis {
    BY_NOTHING,
    BY_EVIDENCE,
    BY_EXEMPTION, /* who: the exemption's id */
    BY_REFERRAL,  /* who: the body that has to look */
    BY_JUDGEMENT, /* who: the body that has judged */
    BY_WAIVER,    /* who: the body that waived */
    BY_UNCLEAR,   /* missing facts */
};

struct basis_text {
    enum basis basis;
    struct str who;
};

/* "evidence", "exemption:ID", ..., "-". */
struct str basis_text(struct arena *arena, enum basis basis, struct str who);

struct requirement_outcome {
    enum finding value[READINGS];
    struct basis_text by[READINGS];
    day at[READINGS]; /* the day it was evaluated at: D, or a later one that was granted (S17) */
};

struct outcome {
    enum verdict verdict[READINGS];
    bool available;                           /* open on D */
    struct requirement_outcome *requirements; /* edition->requirement_count of them */
    enum finding *bars;                       /* edition->bar_count, from verified facts only */
};

/* Room for an edition's outcome; reused from person to person. */
void outcome_init(struct arena *arena, const struct edition *edition, struct outcome *outcome);

/* Asks, before each node is evaluated, whether to go on. When it may not, `stopped` is set and the
   evaluator leaves as its scratch arena does when it is full (base/arena.h). */
struct watch {
    bool (*go_on)(void *context);
    void *context;
    bool stopped;
};

/*
 * An evaluator of one edition. The scratch arena is rewound after each call: once it has grown to
 * the largest person, evaluating allocates nothing. One thread each.
 *
 * With a span it looks at the days from D to D + span at once: windows begin where they begin on
 * the last of these days, and nothing after the first of them has happened yet; in bars it is the
 * other way round. So somebody who is eligible over the span is eligible on each of its days, as
 * long as no credential, cycle or slice, nor what was granted, begins or ends within it.
 */
struct evaluator {
    const struct edition *edition;
    const struct bundle *bundle;
    struct arena *scratch;
    day on;              /* D */
    int32_t span;        /* days; 0: D alone */
    struct watch *watch; /* NULL: nobody asks */
};

static inline struct evaluator evaluator_of(const struct edition *edition,
                                            const struct bundle *bundle, struct arena *scratch,
                                            day on)
{
    return (struct evaluator){ .edition = edition, .bundle = bundle, .scratch = scratch, .on = on };
}

/* Evaluates all requirements and bars on evaluator->on, and combines them (S16 to S21). */
void evaluate(const struct evaluator *evaluator, struct outcome *ret);

/* One requirement alone. */
void evaluate_requirement(const struct evaluator *evaluator, const struct requirement *requirement,
                          struct requirement_outcome *ret);

/*
 * The bounds of an aggregate, as a case's `count` line shows them: inside `each`, from the slice
 * with the lowest lo in the reading (the earliest of those). `at` is the requirement_outcome's.
 */
struct bounds evaluate_aggregate(const struct evaluator *evaluator,
                                 const struct requirement *requirement,
                                 const struct edition_node *aggregate, day at,
                                 enum reading reading);

/* ---- for the explainer, the advisor and the calendar ---- */

/* What a node is evaluated against. */
struct frame {
    day on;       /* D, or the granted later day */
    day cycle_on; /* D: fixes the current cycle */
    int32_t span; /* windows reach back from so many days after `on` (struct evaluator) */
    bool sliced;
    day slice_from;                        /* inclusive */
    day slice_to;                          /* inclusive */
    const struct requirement *requirement; /* NULL in a bar */
    bool admits; /* records admitted by decision match here (rule and instead) */
};

struct frame frame_of_rule(const struct evaluator *evaluator, const struct requirement *requirement,
                           day at);
struct frame frame_of_condition(const struct evaluator *evaluator,
                                const struct requirement *requirement, day at);

struct findings evaluate_node(const struct evaluator *evaluator, const struct edition_node *node,
                              const struct frame *frame);
struct bounds aggregate_bounds(const struct evaluator *evaluator, const struct edition_node *node,
                               const struct frame *frame);

/* The cycle that holds a day: [from, to], both inclusive. */
enum cycle_state { CYCLE_KNOWN, CYCLE_NO_ANCHOR, CYCLE_NOT_BEGUN };
enum cycle_state cycle_holding(const struct edition *edition, const struct acts *acts, day on,
                               day *ret_from, day *ret_to);

/* The slices of an EACH node begun by frame->on: how many, and the j-th from the earliest. With no
   cycle: none, and the state says why. */
size_t slice_count(const struct evaluator *evaluator, const struct edition_node *each,
                   const struct frame *frame, enum cycle_state *ret_state);
struct frame slice_frame(const struct evaluator *evaluator, const struct edition_node *each,
                         const struct frame *frame, size_t j);

/* The edition of a declared text that is current on a day, or NULL where none is recorded. */
const struct current_edition *current_edition_on(const struct acts *acts, struct str statement,
                                                 day on);

/* The latest judgement of a body on a requirement, or NULL. */
const struct judgement *latest_judgement(const struct acts *acts, struct str requirement,
                                         struct str body);

/* Credentials (S18): whether a `holds` node is met with these credentials on this day. */
bool holds_met(const struct edition_node *node, const struct credential *credentials, size_t count,
               day on, enum reading reading);
/* The first day of the unbroken stretch of one name that holds `on`, or DAY_NONE. */
day stretch_start(const struct credential *credentials, size_t count, struct str name, day on,
                  enum reading reading);

#endif
