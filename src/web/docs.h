/*
 * docs.h - the interface for programs, described by itself: /docs for people, /openapi.json for
 * programs. Both are made from the routes and the shapes of their views.
 */
#ifndef ASSAY_WEB_DOCS_H
#define ASSAY_WEB_DOCS_H

#include "http/route.h"

extern const struct shape docs_shape;

RESULT docs_answer(struct call *call, struct value **ret_view);
RESULT openapi_raw(struct call *call, struct response *response);

#endif
