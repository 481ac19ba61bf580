/*
 * standing.h - where somebody stands in one certification, as text.
 */
#ifndef ASSAY_CLI_STANDING_H
#define ASSAY_CLI_STANDING_H

#include "cli/view.h"

/* What the printing of several results has in common. */
struct standing_setting {
    struct arena *arena;
    struct arena *scratch; /* of the evaluators */
    struct output *out;
    const struct scheme *scheme;
    const struct dossier *dossier;
};

/* A view of one assessed document on the result's day. */
struct view standing_view(const struct standing_setting *setting,
                          const struct standing_result *result, const struct assessed *assessed);

/* "claims would make it eligible", or STR_NONE where claims change nothing. */
struct str standing_preview_note(struct arena *arena, const struct standing_result *result);

/* "Not yet (claims would make it eligible)" with its tone, at the indent, on a line of its own. */
void standing_print_verdict(const struct standing_setting *setting,
                            const struct standing_result *result, int indent);

/*
 * The whole result: title and edition, the verdict in both readings, the requirements with what
 * counted and what did not, the nearest path, and how long it lasts.
 */
void standing_print(const struct standing_setting *setting, struct str title,
                    const struct standing_result *result, int indent);

#endif
