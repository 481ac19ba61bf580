/*
 * home.h - the first page: what the scheme is, and where to go from here.
 */
#ifndef ASSAY_WEB_HOME_H
#define ASSAY_WEB_HOME_H

#include "http/route.h"

extern const struct shape home_shape;

RESULT home_answer(struct call *call, struct value **ret_view);

#endif
