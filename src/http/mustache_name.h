/*
 * mustache_name.h - what stands in a tag that prints or opens a section: names and filters.
 */
#ifndef ASSAY_HTTP_MUSTACHE_NAME_H
#define ASSAY_HTTP_MUSTACHE_NAME_H

#include "http/mustache_parts.h"
#include "http/mustache_tag.h"

/* Reads a.b.c, or "." . False, with a diag, if it is no name; in strict mode its parts are made of
   letters, digits, - and _ . */
bool mustache_read_path(struct arena *arena, enum mustache_mode mode, const struct tag *tag,
                        struct str name, struct diags *diags, struct path *ret);

/* Reads a name with an optional filter, issued|date or n|plural:one,many; *ret_filter is NULL if
   there is none. False, with a diag, if there is a fault. */
bool mustache_read_print(struct arena *arena, enum mustache_mode mode, const struct tag *tag,
                         struct diags *diags, struct path *ret_path,
                         const struct filter_use **ret_filter);

#endif
