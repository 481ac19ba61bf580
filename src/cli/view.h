/*
 * view.h - one result in front of a person: what the parts that print it share.
 */
#ifndef ASSAY_CLI_VIEW_H
#define ASSAY_CLI_VIEW_H

#include "cli/output.h"
#include "criteria/govern.h"
#include "scheme/scheme.h"

struct view {
    struct arena *arena; /* of the texts */
    struct output *out;
    const struct scheme *scheme;
    const struct dossier *dossier;
    const struct assessed *assessed;
    struct evaluator evaluator; /* of assessed */
};

/* The title of a body, or of the type of programme that speaks for one; its id where the scheme
   has no such thing. */
struct str view_body(const struct view *view, struct str id);

/* The title of a certification by the newest edition that has one; else its name. */
struct str view_certification(const struct view *view, struct str name);

/* A requirement's label, or its id. */
struct str requirement_title(const struct requirement *requirement);

#endif
