/*
 * site.h - the pages of an installation as one handler of the server: routes, templates, assets,
 * and the scheme that they speak of.
 *
 * A request finds its route (http/router.h), the route's function makes a view, and the view is
 * sent as JSON or shown by the route's template in the layout, where it has one member more:
 * `page`, which holds what every page needs (see page.h). Pages that are KEPT are prepared once a
 * day for each address, and anew when the scheme changes.
 */
#ifndef ASSAY_WEB_SITE_H
#define ASSAY_WEB_SITE_H

#include "account/permissions.h"
#include "account/session.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/result.h"
#include "base/str.h"
#include "http/route.h"
#include "http/server.h"
#include "scheme/snapshot.h"
#include "store/readers.h"
#include "store/writer.h"

struct site_settings {
    struct scheme_snapshot *scheme; /* the first one; the site holds it, too */
    struct str base;                /* "https://standards.example.org", without a '/' at its end */
    /* The root of the source tree, from which templates and assets are read anew for each request;
       NULL: those in the program. */
    const char *dev_root;
    /* The day it is, in the zone of the installation. Called from several threads at once. */
    day (*today)(void *context);
    /* Milliseconds that only grow, for bounds on work. */
    int64_t (*now_ms)(void *context);
    int64_t (*now)(void *context); /* microseconds UTC; NULL only without a database */
    void *clock;
    /* The database; both outlive the site. NULL: there are public pages alone, and all others
       answer 503. */
    struct readers *readers;
    struct writer *writer;
    struct session_rules sessions; /* all zeros: SESSION_RULES_USUAL */
    int64_t recovery_waiting;      /* microseconds; 0: RECOVERY_WAITING_USUAL */
    struct str attachments_folder; /* STR_NONE: no paper is found */
    /* The folder in which letters are kept as files, as no mail server is set up; STR_NONE: they
       are sent. Pages that promise a letter tell people. */
    struct str letters_folder;
    /* Is told what the engine said when it failed, for whoever runs the installation; from several
       threads at once. NULL: nobody is. */
    void (*trouble)(void *context, const struct error *error, const struct store_fault *fault);
    void *trouble_context;
    /* For tests: takes a diag for each place where a view, its shape and its template do not agree.
       NULL otherwise; where templates are read anew, the page itself shows such places. */
    struct diags *drift;
};

struct site;

/* ERROR_INPUT, with diags, when a template or an asset has a fault. */
RESULT site_new(const struct site_settings *settings, struct diags *diags, struct site **ret);

/* NULL: does nothing. */
void site_free(struct site *site);

/*
 * Puts another scheme in the place of the one before, while requests are being answered: those that
 * came before are answered to their end from the old one, those that come after from the new one.
 * From any thread. The site holds it.
 */
void site_set_scheme(struct site *site, struct scheme_snapshot *snapshot);

/* The scheme of now, held for the caller. */
struct scheme_snapshot *site_scheme(struct site *site);

/* The site as a handler; the site outlives the server. */
void site_handler(struct site *site, struct server_handler *ret);

/* What a route's function asks of the site it works on. */
const struct scheme *call_scheme(const struct call *call);
struct str call_base(const struct call *call);
int64_t call_now_ms(const struct call *call);

/* All routes of the program (routes.c). */
extern const struct route_table site_routes;

/* What a row's permission is where everybody may come in. */
#define PUBLIC PERMISSION_READ_PUBLIC

#endif
