/*
 * views.h - the views of pages that are KEPT and take no fields: made once a day for each address,
 * and shared by all answers made of them.
 *
 * Such a view depends on the path, the day and the scheme alone. Its page is kept too (site.c), but
 * for a query of no meaning, or in another form, it is shown anew; what costs is then done already:
 * examples are run, editions compared, texts hashed.
 */
#ifndef ASSAY_WEB_VIEWS_H
#define ASSAY_WEB_VIEWS_H

#include "base/result.h"
#include "base/value.h"
#include "http/day_cache.h"
#include "http/message.h"
#include "http/route.h"

/* Where they are kept, for day_cache_free. */
struct day_cache *views_new(void);

/* The view of a call whose route has been found: one that is kept, which the response then holds,
   or one made in the call's arena. It is not to be changed. */
RESULT views_answer(struct call *call, struct response *response, const struct value **ret);

#endif
