/*
 * restate.h - dossier lines said otherwise: without a day of knowledge, or with a fact more.
 */
#ifndef ASSAY_TESTS_RESTATE_H
#define ASSAY_TESTS_RESTATE_H

#include "generate.h"

/* What had been recorded by a day, as lines that need no `known`: what came later is left out, and
   standings are what they were. Extensions are left out too, as they look at the day itself. */
void restate_known(struct arena *arena, const struct lines *lines, day known, struct lines *ret);

/* The same lines with one field stated that some record did not state; false where every record
   states every field. */
bool restate_with_fact(struct arena *arena, struct dice *dice, const struct lines *lines,
                       struct lines *ret);

#endif
