/*
 * standpoint.h - one assessed document of one person, and the names that the scheme has for what
 * stands in it: what those share who measure a result or put it into words.
 */
#ifndef ASSAY_REGISTER_STANDPOINT_H
#define ASSAY_REGISTER_STANDPOINT_H

#include "base/arena.h"
#include "base/str.h"
#include "criteria/govern.h"
#include "scheme/scheme.h"

struct standpoint {
    struct arena *arena; /* of the texts */
    const struct scheme *scheme;
    const struct dossier *dossier;
    const struct assessed *assessed;
    struct evaluator evaluator; /* of assessed */
};

/* The title of a body, or of the type of programme that speaks for one; its id where the scheme
   has no such thing. */
struct str body_title(const struct scheme *scheme, struct str id);

/* The title of a certification by the newest edition that has one; else its name. */
struct str certification_title(const struct library *library, struct str name);

/* A requirement's label, or its id. */
struct str requirement_title(const struct requirement *requirement);

/* What produced a requirement's value, for people: "exempt: IMI Mediators"; STR_NONE for evidence
   and for nothing. */
struct str basis_phrase(const struct standpoint *from, const struct requirement *requirement,
                        const struct basis_text *by);

/* Everything a person has to know of a document that is not open on the day, as a sentence. */
struct str closed_phrase(struct arena *arena, const struct edition *edition, day on);

#endif
