/*
 * negotiate.h - what a client accepts, what it already has, and dates as HTTP writes them.
 *
 * Elements of a header that cannot be understood are passed over, as if they were not there.
 */
#ifndef ASSAY_HTTP_NEGOTIATE_H
#define ASSAY_HTTP_NEGOTIATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define QUALITY_MAX 1000 /* q=1; qualities count in thousandths */

/*
 * How much an Accept header likes a media type: that of the most exact range that names it, 0 if
 * none does. An absent or empty header likes everything.
 */
int accept_quality(struct str accept, struct str type);

/* The offer that the header likes best, the first of equals; `count` if it likes none. */
size_t accept_choose(struct str accept, const struct str *offers, size_t count);

enum encoding { ENCODING_IDENTITY, ENCODING_GZIP, ENCODING_BROTLI };

/* The encoding to send by an Accept-Encoding header: the better liked of those that there are,
   Brotli before gzip among equals; identity when neither is accepted. */
enum encoding encoding_choose(struct str accept_encoding, bool has_gzip, bool has_brotli);

/* Whether an If-None-Match header names the entity tag, quotes included; weak tags equal strong
   ones of the same text. '*' names every tag. */
bool etag_listed(struct str if_none_match, struct str etag);

/* Whether s is an entity tag: quoted, with or without W/ before it. */
bool is_etag(struct str s);

#define HTTP_DATE_SIZE 30 /* "Sun, 06 Nov 1994 08:49:37 GMT" and a NUL */

/* An instant, in seconds since 1970 and within the years 1970 to 9999, as headers write it. */
const char *http_date(int64_t seconds, char out[HTTP_DATE_SIZE]);

#endif
