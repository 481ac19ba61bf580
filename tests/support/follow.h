/*
 * follow.h - somebody does what the advice says: exactly that, dated D, verified, every field
 * stated and matching, in new matters, in types whose limit has room.
 */
#ifndef ASSAY_TESTS_FOLLOW_H
#define ASSAY_TESTS_FOLLOW_H

#include "criteria/advise.h"
#include "generate.h"

/* Dossier lines of a programme that is accredited for everything, to be there from the beginning.
 */
void follow_add_programme(struct arena *arena, struct lines *lines);

/* Adds lines that do what the list says. False where that cannot be done: the list has an item that
   no line of today can serve, or no record can match, be worth 100 % and have room. */
bool follow_advice(struct arena *arena, const struct evaluator *evaluator,
                   const struct advice_list *advice, struct lines *lines);

#endif
