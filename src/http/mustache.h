/*
 * mustache.h - templates in the language of Mustache, rendered over a tree of values.
 *
 * All of the specification's version 1.4 save lambdas and names that are found at run time:
 * comments, delimiters, dotted names, sections, partials with their indentation, parents and
 * blocks. On top of it come filters (filter.h) and texts marked for translation. A set holds
 * templates that know each other by name; it is filled, finished and then never changed, so that
 * any number of threads may render from it at once. What a template may hold is told, for those who
 * write them, in docs/templates.md.
 *
 * Null, false, an empty text, an empty list and what is not there count as nothing; the number 0
 * does not. Output is escaped; what is HTML already is a value of its own kind (value_html).
 */
#ifndef ASSAY_HTTP_MUSTACHE_H
#define ASSAY_HTTP_MUSTACHE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/embedded.h"
#include "base/result.h"
#include "base/str.h"
#include "base/value.h"
#include "http/language.h"

#define MUSTACHE_BYTES_MAX ((size_t)1024 * 1024) /* of one template's file */
#define MUSTACHE_FOLDERS_MAX 8                   /* folders within each other */
#define MUSTACHE_NEST_MAX 32       /* sections and blocks within each other, in a template */
#define MUSTACHE_DEPTH_MAX 32      /* partials, parents and blocks that are being rendered */
#define MUSTACHE_STEPS_MAX 5000000 /* of one rendering: what it includes, repeats and prints */

extern const struct error ERROR_TEMPLATE_DEPTH; /* templates include each other without an end */

enum mustache_mode {
    /* As the specification has it: {{{x}}} and {{&x}} print without escaping, a partial that does
       not exist is empty. */
    MUSTACHE_SPEC,
    /* For our pages. Refused: what prints without escaping, other delimiters, names of templates
       that do not exist, values where escaping does not make them harmless (html_context.h), text
       that would never be shown. {{#_}}...{{/_}} marks a text for translation, and {{#kind.count}}
       asks whether the text `kind` is the word "count". */
    MUSTACHE_STRICT,
    /* As strict, but for texts that are no HTML: nothing is escaped. For the plain text of letters.
     */
    MUSTACHE_TEXT,
};

struct mustache; /* one template */
struct mustache_set;

/* language: NULL for English. It and everything else that a set is given outlive the set. */
struct mustache_set *mustache_set_new(struct arena *arena, enum mustache_mode mode,
                                      const struct language *language);

/* Adds a template. The name is that by which others include it; faults of the text, or a name that
   is taken, go to the diags. */
void mustache_add(struct mustache_set *set, struct str name, const struct source *source,
                  struct diags *diags);

/* Adds every file NAME.html of a folder and the folders in it; NAME is the path from the folder
   without ".html", as in people/show. ERROR_READ or ERROR_LIMIT, with a diag that names the file,
   when one cannot be read. */
RESULT mustache_add_folder(struct mustache_set *set, const char *path, struct diags *diags);

/* The same of files that were compiled into the program. */
void mustache_add_embedded(struct mustache_set *set, const struct embedded_file *files,
                           size_t count, struct diags *diags);

/* Joins the templates with those that they include. ERROR_INPUT, with diags, when any text had a
   fault or includes what does not exist: the set is not to be used then. */
RESULT mustache_finish(struct mustache_set *set, struct diags *diags);

/* NULL if there is none. The set must be finished. */
const struct mustache *mustache_find(const struct mustache_set *set, struct str name);

/*
 * Appends the rendered template. ERROR_LIMIT when it would go past the buffer's maximum or
 * MUSTACHE_STEPS_MAX, ERROR_TEMPLATE_DEPTH; the buffer then holds a part of it.
 *
 * drift is for tests, and NULL otherwise: it takes a diag for each name that the view does not
 * have, each value that a template cannot print or a filter cannot take, and for what goes too
 * deep, so that templates and views cannot drift apart.
 */
RESULT mustache_render(const struct mustache *mustache, const struct value *view,
                       struct diags *drift, struct buf *out);

#endif
