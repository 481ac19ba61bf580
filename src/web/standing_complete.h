/*
 * standing_complete.h - what the page adds to a summary (register/standing.h): rings, timelines,
 * hashes, and whether lists hold anything, which templates cannot ask.
 */
#ifndef ASSAY_WEB_STANDING_COMPLETE_H
#define ASSAY_WEB_STANDING_COMPLETE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/value.h"
#include "register/standing.h"

/* Adds to each certification of the summary of that check. Asks before each whether there is time
   for it: ERROR_LIMIT when there is none. */
RESULT summary_complete(struct arena *arena, const struct standing_check *check,
                        bool (*go_on)(void *context), void *context, struct value *summary);

#endif
