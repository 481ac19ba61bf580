/*
 * uses.h - which records a requirement counts, and why it does not count the others.
 */
#ifndef ASSAY_CLI_USES_H
#define ASSAY_CLI_USES_H

#include "cli/view.h"
#include "criteria/explain.h"

/* What became of one record of the dossier under a requirement. */
struct use {
    bool asked;                /* some aggregate asks for records of its kind */
    enum unused_reason reason; /* of the aggregate that is nearest to using it */
    struct str field;          /* of the reason */
};

/*
 * For each record of the dossier, by its index: what the requirement makes of it in a reading, by
 * its rule, or by the exemption that it is met by.
 */
const struct use *uses_of_requirement(const struct view *view,
                                      const struct requirement *requirement,
                                      const struct requirement_outcome *outcome,
                                      enum reading reading);

/* How many claimed records count, in the reading PREVIEW, for requirements that claims would
   better. */
size_t uses_of_claims(const struct view *view);

/* What counts, and by reason what does not, as paragraphs. */
void uses_print(const struct view *view, const struct use *uses, int indent);

/* A reason as what is said of so many records: "await verification", "differs in role". */
struct str use_reason_text(struct arena *arena, enum unused_reason reason, struct str field,
                           size_t count);

#endif
