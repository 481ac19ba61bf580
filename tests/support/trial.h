/*
 * trial.h - a property tried on many generated documents and dossiers, and the smallest case that
 * breaks it.
 *
 * The seed is ASSAY_SEED, or 1; there are ASSAY_TRIALS times as many documents, or as many as the
 * test says. What breaks a property is made smaller, line by line and part by
 * part, as long as it breaks it, and printed as texts.
 */
#ifndef ASSAY_TESTS_TRIAL_H
#define ASSAY_TESTS_TRIAL_H

#include "criteria/cases.h"
#include "criteria/govern.h"
#include "generate.h"

/* Documents that are loaded together. */
struct world {
    struct arena arena;
    struct source source;
    struct diags diags;
    const struct library *library;
    const struct edition *edition; /* of the document */
    const struct edition *other;   /* of the other one; NULL: none */
};

/* Loads a document, and another one unless it is STR_NONE, over the sample vocabulary. False, with
   nothing to release, where they have faults. */
bool world_load(struct world *world, struct str document, struct str other);
void world_release(struct world *world);

/* A person against one edition, on a day. */
struct person {
    struct dossier dossier;
    struct bundle bundle;
    struct outcome outcome;
    struct evaluator evaluator;
};

struct trial {
    struct arena *arena; /* of this trial, for whatever the property makes */
    uint64_t seed;       /* of its own, for chance within the property */
    struct str document; /* name gen, edition 1 */
    struct str other;    /* the same name, edition 2; STR_NONE: none */
    struct lines lines;
    day on;
};

/* Whether it holds; if not, why. */
typedef bool property(const struct trial *trial, const struct world *world, struct buf *why);

/* How a document of its own is made into the other one; NULL: there is none. */
typedef struct str other_document(struct arena *arena, struct dice *dice, struct str document);

struct trials {
    const char *name;
    property *holds;
    other_document *other;
    struct dossier_options options;
    bool small; /* documents with one requirement */
    size_t documents;
    size_t dossiers; /* of each document */
};

/* Fails the test, with the smallest case it found, where the property does not hold. */
void trials_run(const struct trials *trials);

/* Sees a person as the lines say. The lines' text must be sound. */
void person_see(struct arena *arena, const struct edition *edition, const struct lines *lines,
                day on, struct person *ret);

/* The number of a requirement of the edition. */
size_t requirement_index(const struct edition *edition, struct str id);

/* The least requirement value: the result without bars and availability. */
enum finding person_least(const struct person *person, enum reading reading);

#endif
