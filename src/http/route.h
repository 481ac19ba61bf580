/*
 * route.h - one row for each address that the program answers: who may ask, what for, and how.
 *
 * A room lists its routes in a table of these; router.h finds the row of a request, enforces what
 * the row asks for, and only then calls its function. Each table opens with the recipe for a new
 * row.
 */
#ifndef ASSAY_HTTP_ROUTE_H
#define ASSAY_HTTP_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/result.h"
#include "base/str.h"
#include "base/value.h"
#include "http/form.h"
#include "http/message.h"
#include "http/shape.h"

#define ROUTE_PARTS_MAX 4 /* {parts} in a path */

struct visit;

/* A request that has found its row and was let in. */
struct call {
    struct arena *arena; /* of the request */
    const struct request *request;
    const struct route *route;
    struct str parts[ROUTE_PARTS_MAX]; /* what stands at the {parts} of the path, decoded */
    struct form query;                 /* what stands behind '?' */
    day today;                         /* in the zone of the installation */
    const void *site;                  /* what the routes work on; for the rooms above */
    struct visit *visit;               /* who asks; for the rooms above */
    bool json;                         /* a program asked: the view is sent as JSON */
    int status;                        /* of the answer: 200, unless the function says otherwise */
    struct value *near; /* beside an error: what may have been meant, [ { path, title } ] */
};

enum route_method { GET, POST };

/* What a page may be kept for. */
enum route_keeping {
    KEPT,  /* the same for everybody until the scheme or the day changes: prepared once */
    FRESH, /* made for each request and stored nowhere on its way */
};

/* A field of the query or of a form, for the description of the interface. */
struct route_field {
    const char *name; /* NULL ends a list */
    const char *about;
    bool needed;
    bool file;
};

struct route {
    enum route_method method;
    const char *path;    /* "/certifications/{name}": parts in braces match one segment */
    int permission;      /* a row of the permissions' table; 0, which none has, is a mistake */
    const char *summary; /* one line, for the description of the interface */
    const char *page;    /* the template; NULL: JSON alone */
    const struct shape *view;
    const struct route_field *fields; /* of the query, or of the form; NULL: none */
    const struct shape *accepts;      /* what a POST takes as JSON beside the form; NULL: none */
    size_t body_max;                  /* of a POST, in bytes; 0: SERVER_BODY_MAX */
    size_t memory_max;                /* of the arena, in bytes; 0: what the server gives to all */
    enum route_keeping keeping;
    bool secret; /* a part of the path is a secret: logs have the path of the row instead */

    /* Gives the view. An error is answered by the page of its status; it may be accompanied by
       call->near and nothing else. */
    struct result (*answer)(struct call *call, struct value **ret_view);
    /* Instead of a view: fills in the response by itself. For what is no page: files, feeds. */
    struct result (*raw)(struct call *call, struct response *response);
};

struct route_table {
    const struct route *at;
    size_t count;
};

#endif
