/*
 * govern.h - which editions may govern an application on a day, and the best result under them.
 *
 * The edition in force, what its transition accepts or requires, and the documents of programmes
 * that tighten it (section 5 of the language). The applicant may pin one of those permitted.
 */
#ifndef ASSAY_CRITERIA_GOVERN_H
#define ASSAY_CRITERIA_GOVERN_H

#include "criteria/evaluate.h"
#include "criteria/library.h"

/*
 * A dossier packed for a library: once for each vocabulary, when the first edition that speaks it
 * is assessed, with the columns of all of them. It lives in the arena, and is for one thread.
 * Evaluators of it ask the watch, unless that is NULL.
 */
struct packed;
struct packed *packed_new(struct arena *arena, const struct library *library,
                          const struct dossier *dossier, struct watch *watch);

struct governing {
    struct str name;
    struct edition_number number;
    const struct edition *edition; /* NULL: named by a transition, but not loaded */
};

struct governing_list {
    struct governing *at; /* newest first */
    size_t count;
    size_t room;
    day first_in_force; /* when count is 0: the first day an edition is in force, or DAY_NONE */
};

/* Of the editions of a name, the latest in force on the day, and among several of one date the
   highest number; NULL where none is in force yet. */
const struct edition *edition_in_force(const struct library *library, struct str name, day on);

/* The editions that may govern a name on a day, in one reading. */
void editions_governing(struct arena *arena, struct packed *packed, struct str name, day on,
                        enum reading reading, struct governing_list *ret);

/* The same, for the edition in force: it, and what its transition accepts or requires instead. The
   evaluator is one of that edition. */
void editions_permitted(struct arena *arena, const struct library *library,
                        const struct evaluator *evaluator, enum reading reading,
                        struct governing_list *ret);

/* One document evaluated, and for a programme's own document what it tightens beside it. */
struct assessed {
    const struct edition *edition;
    struct bundle bundle;
    struct outcome outcome;
    const struct assessed *base;    /* the tightened document; NULL: none */
    enum verdict verdict[READINGS]; /* the lesser of the two */
    bool overlay_rejected; /* it is not proved tighter than the edition in force, which alone
                              governs: `edition` is that one */
};

struct standing_result {
    struct str name;
    day on;
    enum verdict verdict[READINGS];
    const struct assessed *best[READINGS]; /* NULL: unavailable, nothing governs */
    const struct assessed *all[READINGS];  /* arrays, newest first */
    size_t count[READINGS];
    struct governing_list governing; /* in the reading DECIDE, those not loaded included */
};

/*
 * Evaluates a name (or, with an edition number of parts > 0, that edition alone) for a dossier on
 * a day. The result lives in the arena. False when the library has no such document.
 */
bool assess(struct arena *arena, const struct library *library, struct str name,
            struct edition_number pinned, const struct dossier *dossier, day on,
            struct standing_result *ret);

/* The same for a dossier that is packed already, of which the result keeps parts. */
bool assess_packed(struct arena *arena, struct packed *packed, struct str name,
                   struct edition_number pinned, day on, struct standing_result *ret);

#endif
