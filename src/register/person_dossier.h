/*
 * person_dossier.h - what the register knows of one person, as the dossier that rules are evaluated
 * on.
 *
 * It holds the entries of their logbook, the day they were born, the days that cycles are counted
 * from, and what they have declared; of people merged into them too. Programmes, editions of
 * declared texts and credentials are parts of the public registers, which the caller adds.
 */
#ifndef ASSAY_REGISTER_PERSON_DOSSIER_H
#define ASSAY_REGISTER_PERSON_DOSSIER_H

#include "criteria/dossier.h"
#include "register/fact.h"

/* The kinds of facts that a dossier has members for. */
#define FACT_BORN "born"     /* `from` is the day */
#define FACT_ANCHOR "anchor" /* `name` in the vocabulary; `from` is the day */
#define FACT_DECLARATION                                                                           \
    "declaration" /* `name` is the statement, `from` the day, and the value                        \
                     the number of the edition in quotes, or empty */

/*
 * Adds to a dossier what was recorded of a person up to a position, by as many statements as they
 * have rows in the register, and not more for more entries. `known` becomes the dossier's T:
 * DAY_NONE with POSITION_NOW, the day of the position otherwise. Nothing for unknown people.
 */
RESULT person_dossier(struct store *store, struct arena *arena, struct person_id person,
                      int64_t position, day known, struct dossier *dossier);

/* The same as known at the end of a day in UTC. */
RESULT person_dossier_on(struct store *store, struct arena *arena, struct person_id person,
                         day known, struct dossier *dossier);

#endif
