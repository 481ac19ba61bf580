/*
 * escape.h - text made fit for HTML and for addresses.
 */
#ifndef ASSAY_HTTP_ESCAPE_H
#define ASSAY_HTTP_ESCAPE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/* For the text of a page and for attribute values in quotes: & < > " and ' become references. */
void escape_html(struct str text, struct buf *out);

/*
 * A whole address, or the rest of one, for an attribute such as href. An address whose scheme is
 * none that url_scheme_is_safe knows becomes "#": it might be a script. Bytes that may not stand in
 * an address are percent-encoded; what is encoded already stays as it is. The result still wants
 * escape_html.
 */
void escape_url(struct str address, struct buf *out);

/* One part of an address (a segment of its path, a name or value of its query): everything is
   percent-encoded but letters, digits and - . _ ~ */
void escape_url_part(struct str part, struct buf *out);

/* http, https, mailto and tel, in any case of letters. */
bool url_scheme_is_safe(struct str scheme);

#endif
