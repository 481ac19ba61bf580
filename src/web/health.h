/*
 * health.h - says that the program runs and answers, and whether its database does, for what
 * watches over it.
 */
#ifndef ASSAY_WEB_HEALTH_H
#define ASSAY_WEB_HEALTH_H

#include "http/route.h"
#include "store/readers.h"

extern const struct shape health_shape;

RESULT health_answer(struct call *call, struct value **ret_view);

/* Asks the database something; on failure *ret_fault has what the engine said. */
RESULT health_of(struct readers *readers, struct store_fault *ret_fault);

#endif
