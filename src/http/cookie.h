/*
 * cookie.h - cookies: those that a request brings, and the header that sets one (RFC 6265).
 */
#ifndef ASSAY_HTTP_COOKIE_H
#define ASSAY_HTTP_COOKIE_H

#include <stdbool.h>
#include <stdint.h>

#include "http/message.h"

/* The value of the first cookie of that name, or STR_NONE. */
struct str cookie_get(const struct request *request, struct str name);

struct cookie {
    struct str name;
    struct str value; /* letters, digits, and "-._~/?=&%" */
    int64_t seconds;  /* that the browser keeps it; 0: it is taken away */
    bool secure;      /* sent over https alone */
};

/*
 * Adds the header Set-Cookie. The cookie goes to the whole site, is no script's, and does not come
 * along with what pages of other sites post. A value of other letters makes the response faulty.
 */
void cookie_set(struct response *response, const struct cookie *cookie);

#endif
