/*
 * health.h - says that the program runs and answers, for what watches over it.
 */
#ifndef ASSAY_WEB_HEALTH_H
#define ASSAY_WEB_HEALTH_H

#include "http/route.h"

extern const struct shape health_shape;

RESULT health_answer(struct call *call, struct value **ret_view);

#endif
