/*
 * notices.h - sentences that a page shows once, after something was done on the page before.
 *
 * The address of the page says which, ?done=NAME, and nothing is kept; so a notice says what
 * anybody may be told, and holds no data.
 */
#ifndef ASSAY_WEB_NOTICES_H
#define ASSAY_WEB_NOTICES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "http/form.h"

bool notice_is_known(struct str name);
struct str_list notice_names(struct arena *arena);

/* The one that a query asks for; STR_NONE if it asks for none that is known. */
struct str notice_of(const struct form *query);

/* The address with a notice. */
struct str notice_path(struct arena *arena, struct str path, const char *name);

#endif
