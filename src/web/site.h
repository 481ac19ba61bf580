/*
 * site.h - the pages of an installation as one handler of the server: routes, templates, assets,
 * and the scheme that they speak of.
 *
 * A request finds its route (http/router.h), the route's function makes a view, and the view is
 * sent as JSON or shown by the route's template in the layout, where it has one member more:
 * `page`, which holds what every page needs (see page.h). Pages that are KEPT are prepared once a
 * day for each address.
 */
#ifndef ASSAY_WEB_SITE_H
#define ASSAY_WEB_SITE_H

#include "base/date.h"
#include "base/diag.h"
#include "base/result.h"
#include "base/str.h"
#include "http/route.h"
#include "http/server.h"
#include "scheme/scheme.h"

struct site_settings {
    const struct scheme *scheme; /* outlives the site */
    struct str base;             /* "https://standards.example.org", without a '/' at its end */
    /* The root of the source tree, from which templates and assets are read anew for each request;
       NULL: those in the program. */
    const char *dev_root;
    /* The day it is, in the zone of the installation. Called from several threads at once. */
    day (*today)(void *context);
    /* Milliseconds that only grow, for bounds on work. */
    int64_t (*now_ms)(void *context);
    void *clock;
    /* For tests: takes a diag for each place where a view, its shape and its template do not agree.
       NULL otherwise; where templates are read anew, the page itself shows such places. */
    struct diags *drift;
};

struct site;

/* ERROR_INPUT, with diags, when a template or an asset has a fault. */
RESULT site_new(const struct site_settings *settings, struct diags *diags, struct site **ret);

/* NULL: does nothing. */
void site_free(struct site *site);

/* The site as a handler; the site outlives the server. */
void site_handler(struct site *site, struct server_handler *ret);

/* What a route's function asks of the site it works on. */
const struct scheme *call_scheme(const struct call *call);
struct str call_base(const struct call *call);
int64_t call_now_ms(const struct call *call);

/* All routes of the program (routes.c), and the rows of the permissions they name. */
extern const struct route_table site_routes;

enum permission {
    PERMISSION_NONE, /* no route has it: who may come in has to be spelled */
    PUBLIC,
};

#endif
