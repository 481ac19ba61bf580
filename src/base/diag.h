/*
 * diag.h - faults of input, gathered so that a person sees all of them at once.
 *
 * Each names the place (source, line, column, the text itself), says what is wrong and, where
 * something can be said, what was expected or probably meant. diags_print shows them as
 *
 *     schemes/x.criteria:12:9: error: no field of mediation is named 'rol'
 *        12 |         rol mediator
 *           |         ^~~
 *        expected a field of mediation; did you mean 'role'?
 */
#ifndef ASSAY_BASE_DIAG_H
#define ASSAY_BASE_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/str.h"

#define DIAGS_MAX 200 /* further ones are counted, not kept */

/* A text that was read, under the name that people know it by. Outlives what points into it. */
struct source {
    struct str name;
    struct str text;
};

struct span {
    const struct source *source; /* NULL: no place in a text */
    uint32_t offset;             /* in bytes */
    uint32_t length;
    uint32_t line;   /* from 1 */
    uint32_t column; /* from 1, in code points */
};

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

struct diag {
    enum severity severity;
    struct span span;
    struct str message;
    struct str hint; /* STR_NONE if there is nothing to say */
};

struct diags {
    struct arena *arena; /* of the messages */
    struct diag *list;
    size_t count;
    size_t room;
    size_t errors; /* all of them, kept or not */
    size_t warnings;
};

void diags_init(struct diags *diags, struct arena *arena);

/* Adds one; hint may be STR_NONE. The same message at the same place is kept once. */
PRINTF_LIKE(5, 6)
void diags_add(struct diags *diags, enum severity severity, struct span span, struct str hint,
               const char *fmt, ...);

/* Copies the texts that they stand in: they stay readable after those are gone. */
void diags_keep_sources(struct diags *diags);

/* "expected WHAT", with "; did you mean 'X'?" when a candidate is near the word. Either part may
   be missing: what may be NULL. */
struct str diags_hint(struct diags *diags, const char *what, struct str word,
                      struct str_list candidates);

/* Writes them in the order of source and place, as shown above. */
void diags_print(struct diags *diags, struct buf *out, bool colour);

#endif
