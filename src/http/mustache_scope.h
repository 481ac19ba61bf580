/*
 * mustache_scope.h - how a name of a template is found in a view.
 */
#ifndef ASSAY_HTTP_MUSTACHE_SCOPE_H
#define ASSAY_HTTP_MUSTACHE_SCOPE_H

#include "http/mustache_parts.h"

/* The values in which names are looked up, the innermost first. */
struct scope {
    const struct value *value;
    const struct scope *outer;
};

/* The first part is looked up from the innermost value outwards, the others within what is found;
   NULL if there is no such thing. */
const struct value *scope_find(const struct scope *scope, const struct path *path);

/* Whether a dotted name goes into a text, or into null where a text may be: it then asks whether
   the text is the last part, {{#kind.count}}, which *ret_is answers. */
bool scope_asks_word(const struct scope *scope, const struct path *path, bool *ret_is);

/* Tells that the view does not have the name of an op, and the nearest that it has. */
void scope_tell_missing(const struct scope *scope, const struct op *op, struct diags *drift);

#endif
