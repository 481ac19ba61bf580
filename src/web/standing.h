/*
 * standing.h - "Where do I stand?": the form, and the answer to what was put into it.
 *
 * Nobody signs in and nothing is stored: what was sent lives in the arena of the request, goes back
 * in the answer, and is gone. An answer takes a second of work at most.
 */
#ifndef ASSAY_WEB_STANDING_H
#define ASSAY_WEB_STANDING_H

#include "base/result.h"
#include "base/value.h"
#include "http/route.h"
#include "http/shape.h"

#define STANDING_WORK_MS 1000
/* The largest logbook, with a plan beside it, takes less than half of it. */
#define STANDING_MEMORY_MAX ((size_t)64 * 1024 * 1024)

extern const struct shape standing_page_shape;
extern const struct shape standing_question_shape; /* what POST takes as JSON */
extern const struct shape standing_rows_shape;     /* its rows, of what was done or is planned */
extern const struct route_field standing_fields[];

/* GET and POST /standing. */
RESULT answer_standing_form(struct call *call, struct value **ret);
RESULT answer_standing(struct call *call, struct value **ret);

#endif
