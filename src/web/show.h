/*
 * show.h - a view made into the body of an answer: as JSON, or by its template.
 */
#ifndef ASSAY_WEB_SHOW_H
#define ASSAY_WEB_SHOW_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/result.h"
#include "base/str.h"
#include "base/value.h"
#include "http/mustache.h"
#include "web/site_parts.h"

/* The templates in the program, or those of the source tree. ERROR_INPUT or ERROR_READ, with
   diags. */
RESULT templates_read(struct arena *arena, const char *dev_root, struct diags *diags,
                      const struct mustache_set **ret);

/* HTTP_INTERNAL when it would be larger than PAGE_BYTES_MAX. */
RESULT show_json(struct arena *arena, const struct value *view, struct str *ret);

/*
 * The page of a view that has its member `page`. HTTP_INTERNAL when it cannot be shown. drift is
 * told what is wrong with templates that are read anew, and where template and view differ; it may
 * be NULL unless they are.
 */
RESULT show_page(const struct site_state *site, struct arena *arena, const char *template,
                 const struct value *view, struct diags *drift, struct str *ret);

#endif
