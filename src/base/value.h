/*
 * value.h - a tree of data in an arena: what views are made of, and its JSON writer.
 *
 * Objects keep the order in which their members were added; a key is set once. Values are shared
 * freely within an arena and never changed once they stand in a finished tree.
 */
#ifndef ASSAY_BASE_VALUE_H
#define ASSAY_BASE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/str.h"

enum value_kind {
    VALUE_NULL,
    VALUE_BOOL,
    VALUE_INT,
    VALUE_REAL, /* only read from outside; nothing of ours computes with it */
    VALUE_TEXT,
    VALUE_HTML, /* text that code has made HTML, all else in it escaped; in JSON a text */
    VALUE_ARRAY,
    VALUE_OBJECT,
};

struct value;

struct member {
    struct str key;
    struct value *value;
};

struct value {
    enum value_kind kind;
    size_t count; /* of items or members */
    size_t room;
    union {
        bool boolean;
        int64_t integer;
        double real;
        struct str text;
        struct value **items;
        struct member *members;
    };
};

struct value *value_null(struct arena *arena);
struct value *value_bool(struct arena *arena, bool boolean);
struct value *value_int(struct arena *arena, int64_t integer);
struct value *value_real(struct arena *arena, double real);
struct value *value_text(struct arena *arena, struct str text);    /* the bytes are not copied */
struct value *value_html(struct arena *arena, struct str html);    /* nor are these */
struct value *value_day(struct arena *arena, day d);               /* text YYYY-MM-DD */
struct value *value_instant(struct arena *arena, int64_t instant); /* text YYYY-MM-DDThh:mm:ssZ */
struct value *value_array(struct arena *arena);
struct value *value_object(struct arena *arena);

void value_push(struct arena *arena, struct value *array, struct value *item);
void value_set(struct arena *arena, struct value *object, const char *key, struct value *value);
void value_set_str(struct arena *arena, struct value *object, struct str key, struct value *value);
void value_set_text(struct arena *arena, struct value *object, const char *key, struct str text);
void value_set_int(struct arena *arena, struct value *object, const char *key, int64_t integer);
void value_set_bool(struct arena *arena, struct value *object, const char *key, bool boolean);

/* The member of that key, or NULL if there is none or the value is no object. */
const struct value *value_get(const struct value *object, const char *key);

/* A copy of the object with one member more. The members are those of the object: it must outlive
   the copy. */
struct value *value_with(struct arena *arena, const struct value *object, const char *key,
                         struct value *value);

/* A copy of the whole tree, texts included: nothing in it points outside the arena. It takes about
   as many bytes as value_size says. */
struct value *value_copy(struct arena *arena, const struct value *value);
size_t value_size(const struct value *value);

/* Canonical: members sorted by key bytes, no spaces. Compact: in order, no spaces. Pretty: in
   order, two spaces a level, a newline at the end. Texts are valid UTF-8. */
enum json_style { JSON_CANONICAL, JSON_COMPACT, JSON_PRETTY };
void value_write_json(const struct value *value, enum json_style style, struct buf *out);

/* The bytes of one JSON string, quotes included. */
void json_write_text(struct str text, struct buf *out);

#endif
