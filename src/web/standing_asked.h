/*
 * standing_asked.h - what the standards of a scheme ask to know of a person: the questions that are
 * put to those who have no file to upload.
 *
 * Nothing is listed by hand. A question is put if some document of the scheme looks at its answer;
 * so the form of a scheme of another trade asks other things. What bodies decide and judge, and
 * adverse findings (`bar`), are not asked of the person; a person file and a logbook can hold them.
 */
#ifndef ASSAY_WEB_STANDING_ASKED_H
#define ASSAY_WEB_STANDING_ASKED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "criteria/library.h"
#include "criteria/vocabulary.h"

/* A growing list of names, each once. */
struct asked_names {
    struct str *at;
    size_t count, room;
};

/* A kind of record that some rule looks at. */
struct asked_kind {
    const struct kind *kind;
    bool *fields;             /* by index in the kind: whether some rule looks at it */
    struct asked_names types; /* of programmes that some rule wants the record to come from */
    size_t uses;              /* how many conditions look at such records */
};

struct asked {
    const struct vocabulary *vocabulary; /* NULL: the scheme has none, and nothing can be asked */
    struct asked_kind *kinds;            /* the one that most conditions look at first */
    size_t kind_count;
    struct asked_names credentials;
    struct asked_names statements;
    struct asked_names anchors;
    bool born;
};

/* Looks at all documents that speak the vocabulary. */
void asked_of_library(struct arena *arena, const struct library *library,
                      const struct vocabulary *vocabulary, struct asked *ret);

/* NULL if no rule looks at records of that kind. */
const struct asked_kind *asked_kind(const struct asked *asked, struct str name);

bool asked_names_have(const struct asked_names *names, struct str name);

#endif
