/*
 * prepared.h - a body that is made once and sent many times, in each encoding there is.
 *
 * Prepared bodies are counted: each holder releases its hold, and the last one frees the body.
 * They do not change, and are shared by threads freely.
 */
#ifndef ASSAY_HTTP_PREPARED_H
#define ASSAY_HTTP_PREPARED_H

#include "base/str.h"
#include "http/negotiate.h"

struct prepared;

/*
 * Copies the body and compresses it with gzip where that saves something. `tag` is the text of its
 * entity tag, without quotes: letters, digits, '-' and '_' that change whenever the body does.
 * `brotli` is the body compressed with Brotli, or STR_NONE. The caller holds the result once.
 */
struct prepared *prepared_new(struct str content_type, struct str tag, struct str body,
                              struct str brotli);

struct prepared *prepared_hold(struct prepared *prepared);
void prepared_release(struct prepared *prepared); /* NULL: does nothing */

size_t prepared_bytes(const struct prepared *prepared); /* in all encodings */
struct str prepared_type(const struct prepared *prepared);
bool prepared_has(const struct prepared *prepared, enum encoding encoding);
struct str prepared_body(const struct prepared *prepared, enum encoding encoding);
struct str prepared_etag(const struct prepared *prepared, enum encoding encoding);

#endif
