/*
 * openapi.h - the interface for programs, described from the routes and the shapes of their views
 * as OpenAPI 3.1.
 */
#ifndef ASSAY_HTTP_OPENAPI_H
#define ASSAY_HTTP_OPENAPI_H

#include "base/arena.h"
#include "base/str.h"
#include "base/value.h"
#include "http/route.h"

struct openapi_about {
    struct str title;
    struct str version;
    struct str base;           /* the address of the site */
    const struct shape *error; /* what every error is answered with; it has a name */
};

struct value *openapi_document(struct arena *arena, const struct openapi_about *about,
                               const struct route_table *table);

/* The parts of a route's path, in order, without their braces; gives their number. */
size_t route_parts(const struct route *route, struct str ret_parts[ROUTE_PARTS_MAX]);

/* The field of that name, or NULL: the description of a part of the path stands there too. */
const struct route_field *route_field(const struct route *route, struct str name);

/* Whether a field is one of the query or of the form, and not a part of the path. */
bool route_field_is_sent(const struct route *route, const struct route_field *field);

#endif
