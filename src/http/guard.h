/*
 * guard.h - keeps pages of other sites from posting in a visitor's name.
 *
 * Browsers say where a request comes from, and pages cannot make them say otherwise: by
 * Sec-Fetch-Site, or, where a browser is older, by Origin. What sends neither is no browser.
 */
#ifndef ASSAY_HTTP_GUARD_H
#define ASSAY_HTTP_GUARD_H

#include "base/result.h"
#include "base/str.h"
#include "http/message.h"

/*
 * HTTP_FOREIGN_ORIGIN unless Sec-Fetch-Site is same-origin, or it is missing and Origin is the
 * site's base address, or both are missing: which is enough for routes that need no session, since
 * there is nothing then that a browser would add by itself.
 */
RESULT guard_post(const struct request *request, struct str base);

#endif
