/*
 * form.h - fields of application/x-www-form-urlencoded texts: bodies of forms, and queries.
 *
 * Read strictly. Refused: a '%' that two hexadecimal digits do not follow, bytes that may not
 * stand unescaped, names and values that are no UTF-8 or hold a control character other than tab
 * and line breaks, a field with an empty name. A field without '=' has an empty value; empty
 * pieces between two '&' are passed over, as browsers do.
 */
#ifndef ASSAY_HTTP_FORM_H
#define ASSAY_HTTP_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"

struct form_field {
    struct str name;
    struct str value;
};

struct form {
    const struct form_field *at; /* in the order of the text; a name may repeat */
    size_t count;
};

struct form_limits {
    size_t fields;
    size_t name_bytes; /* decoded, as is the next */
    size_t value_bytes;
};

/* HTTP_BAD_FORM, or HTTP_FORM_TOO_LARGE beyond the limits. The fields live in the arena. */
RESULT form_read(struct arena *arena, struct str text, const struct form_limits *limits,
                 struct form *ret);

/* The first value of that name, or STR_NONE. */
struct str form_get(const struct form *form, struct str name);
size_t form_count(const struct form *form, struct str name);

/* Undoes %XX, and '+' for a space where plus says so. False, with *ret untouched, where a '%' is
   not followed by two hexadecimal digits. */
NODISCARD bool percent_decode(struct arena *arena, struct str text, bool plus, struct str *ret);

#endif
