/*
 * shape.h - what a view looks like: the documented form of the data that a route answers with.
 *
 * Shapes are static tables. The descriptions of the interface are made from them (openapi.h), and
 * tests hold every view against its shape, so that neither can drift from the other. A member of a
 * view is always there; what is not known is null, and only a nullable member may be. In what a
 * route accepts, a nullable member may be left out, and members that the shape does not name may
 * stand beside its own.
 */
#ifndef ASSAY_HTTP_SHAPE_H
#define ASSAY_HTTP_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/value.h"

enum shape_kind {
    IS_TEXT,
    IS_HTML,    /* made by value_html; in JSON a text */
    IS_DATE,    /* a text YYYY-MM-DD */
    IS_INSTANT, /* a text YYYY-MM-DDThh:mm:ssZ */
    IS_WORD,    /* a text, one of `words` */
    IS_INT,
    IS_BOOL,
    IS_LIST,   /* of `item` */
    IS_OBJECT, /* of `members` */
    IS_MAP,    /* an object whose keys are data: texts -> `item` */
    IS_SCALAR, /* a text, a number, a bool or null */
};

struct shape_member;

struct shape {
    enum shape_kind kind;
    const char *name;                   /* in the description of the interface; NULL: inline */
    const char *const *words;           /* IS_WORD: ended by NULL */
    const struct shape *item;           /* IS_LIST, IS_MAP */
    const struct shape_member *members; /* IS_OBJECT: ended by a row without a name */
};

struct shape_member {
    const char *name;
    const struct shape *shape;
    bool nullable;
    const char *about; /* one sentence with no full stop: what it is, in which unit */
};

/* The shapes without anything more to say. */
extern const struct shape shape_text, shape_html, shape_date, shape_instant, shape_int, shape_bool,
    shape_scalar;
extern const struct shape shape_texts; /* a list of texts */

/*
 * Whether the value has that shape: every member of the shape is there, no other is, and each is of
 * its kind. Otherwise writes one line for each difference: "certifications[3].title: is null".
 */
bool shape_holds(const struct shape *shape, const struct value *value, struct buf *differences);

#endif
