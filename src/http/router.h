/*
 * router.h - which row of a table of routes answers a request.
 *
 * A path is matched segment by segment; a part in braces takes one that is not empty. A row without
 * parts goes before one with parts, otherwise the first in the table counts. ".json" at the end of
 * a path asks for the view as JSON, unless a row is written so itself. HEAD is answered as GET.
 */
#ifndef ASSAY_HTTP_ROUTER_H
#define ASSAY_HTTP_ROUTER_H

#include <stdbool.h>

#include "base/result.h"
#include "base/str.h"
#include "http/route.h"

#define ROUTE_JSON ".json"

struct routing {
    const struct route *route;
    struct str parts[ROUTE_PARTS_MAX]; /* slices of the path */
    bool json;                         /* the path ended in .json */
};

/* Ends the program where a row is a mistake: without a permission, without a way to answer, with a
   path that is not one or that another row has too. */
void router_check(const struct route_table *table);

/* HTTP_NOT_FOUND, or HTTP_METHOD_NOT_ALLOWED where the path has rows for other methods. */
RESULT router_find(const struct route_table *table, struct str method, struct str path,
                   struct routing *ret);

/* The methods that a path has rows for, as the header Allow lists them. */
struct str router_allow(const struct route_table *table, struct str path);

#endif
