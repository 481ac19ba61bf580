/*
 * All addresses of the program.
 *
 * To add one:
 *  1. In the file of its area, web/AREA.c with web/AREA.h, write its function and the shape of its
 *     view, both declared in the header. The function calls one operation of the rooms below and
 *     makes a view of what it gives: data, no text that stands in a template.
 *  2. Write its template, templates/NAME.html; it is found by itself.
 *  3. Add its row here. Who may come in has to be spelled; an address that is not KEPT is FRESH.
 *  4. Add a sample of it to tests/web/samples.c and write its golden view (CONTRIBUTING.md says
 *     how). Read the golden view before you commit it: it is what programs will rely on.
 * The description of the interface, /docs and /openapi.json, follows by itself.
 */
#include "http/route.h"

#include "base/attr.h"
#include "web/docs.h"
#include "web/files.h"
#include "web/health.h"
#include "web/home.h"
#include "web/site.h"
#include "web/standing.h"
#include "web/standing_sent.h"

static const struct route rows[] = {
    { .method = GET,
      .path = "/",
      .permission = PUBLIC,
      .summary = "The scheme, and where to begin",
      .page = "home",
      .view = &home_shape,
      .keeping = KEPT,
      .answer = home_answer },
    { .method = GET,
      .path = "/standing",
      .permission = PUBLIC,
      .summary = "The form that asks where somebody stands",
      .page = "standing/page",
      .view = &standing_page_shape,
      .keeping = KEPT,
      .answer = answer_standing_form },
    { .method = POST,
      .path = "/standing",
      .permission = PUBLIC,
      .summary = "Where somebody stands in every certification; nothing is stored",
      .page = "standing/page",
      .view = &standing_page_shape,
      .fields = standing_fields,
      .body_max = SENT_BODY_MAX,
      .keeping = FRESH,
      .answer = answer_standing },
    { .method = GET,
      .path = "/docs",
      .permission = PUBLIC,
      .summary = "Every address and what it gives, for people who write programs",
      .page = "docs",
      .view = &docs_shape,
      .keeping = KEPT,
      .answer = docs_answer },
    { .method = GET,
      .path = "/openapi.json",
      .permission = PUBLIC,
      .summary = "The same as OpenAPI 3.1",
      .keeping = FRESH,
      .raw = openapi_raw },
    { .method = GET,
      .path = "/healthz",
      .permission = PUBLIC,
      .summary = "Whether the program runs and answers",
      .view = &health_shape,
      .keeping = FRESH,
      .answer = health_answer },
    { .method = GET,
      .path = "/favicon.ico",
      .permission = PUBLIC,
      .summary = "The icon of the site",
      .raw = favicon_raw },
    { .method = GET,
      .path = "/robots.txt",
      .permission = PUBLIC,
      .summary = "What search engines may read: everything",
      .raw = robots_raw },
};

const struct route_table site_routes = { rows, ARRAY_LEN(rows) };
