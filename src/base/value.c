#include "base/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct value *new_value(struct arena *arena, enum value_kind kind)
{
    struct value *value = ARENA_NEW(arena, struct value);

    value->kind = kind;
    return value;
}

struct value *value_null(struct arena *arena)
{
    return new_value(arena, VALUE_NULL);
}

struct value *value_bool(struct arena *arena, bool boolean)
{
    struct value *value = new_value(arena, VALUE_BOOL);

    value->boolean = boolean;
    return value;
}

struct value *value_int(struct arena *arena, int64_t integer)
{
    struct value *value = new_value(arena, VALUE_INT);

    value->integer = integer;
    return value;
}

struct value *value_real(struct arena *arena, double real)
{
    struct value *value = new_value(arena, VALUE_REAL);

    BUG_IF(!isfinite(real));
    value->real = real;
    return value;
}

struct value *value_text(struct arena *arena, struct str text)
{
    struct value *value = new_value(arena, VALUE_TEXT);

    value->text = text;
    return value;
}

struct value *value_html(struct arena *arena, struct str html)
{
    struct value *value = new_value(arena, VALUE_HTML);

    value->text = html;
    return value;
}

struct value *value_day(struct arena *arena, day d)
{
    char *text = arena_alloc(arena, DAY_TEXT_SIZE);

    return value_text(arena, str_from_c(day_text(d, text)));
}

struct value *value_instant(struct arena *arena, int64_t instant)
{
    char *text = arena_alloc(arena, INSTANT_SIZE);

    return value_text(arena, str_from_c(instant_utc(instant, text)));
}

struct value *value_array(struct arena *arena)
{
    return new_value(arena, VALUE_ARRAY);
}

struct value *value_object(struct arena *arena)
{
    return new_value(arena, VALUE_OBJECT);
}

void value_push(struct arena *arena, struct value *array, struct value *item)
{
    BUG_IF(array->kind != VALUE_ARRAY);
    *ARENA_PUSH(arena, array->items, array->count, array->room) = item;
}

static const struct value *find(const struct value *object, struct str key)
{
    for (size_t i = 0; i < object->count; i++)
        if (str_eq(object->members[i].key, key))
            return object->members[i].value;
    return NULL;
}

void value_set_str(struct arena *arena, struct value *object, struct str key, struct value *value)
{
    BUG_IF(object->kind != VALUE_OBJECT);
    if (find(object, key))
        BUG("the key %.*s is set twice", STR_ARG(key));
    *ARENA_PUSH(arena, object->members, object->count, object->room) =
        (struct member){ key, value };
}

void value_set(struct arena *arena, struct value *object, const char *key, struct value *value)
{
    value_set_str(arena, object, str_from_c(key), value);
}

void value_set_text(struct arena *arena, struct value *object, const char *key, struct str text)
{
    value_set(arena, object, key, value_text(arena, text));
}

void value_set_int(struct arena *arena, struct value *object, const char *key, int64_t integer)
{
    value_set(arena, object, key, value_int(arena, integer));
}

void value_set_bool(struct arena *arena, struct value *object, const char *key, bool boolean)
{
    value_set(arena, object, key, value_bool(arena, boolean));
}

const struct value *value_get(const struct value *object, const char *key)
{
    return object->kind == VALUE_OBJECT ? find(object, str_from_c(key)) : NULL;
}

struct value *value_with(struct arena *arena, const struct value *object, const char *key,
                         struct value *value)
{
    struct value *copy = value_object(arena);

    BUG_IF(object->kind != VALUE_OBJECT);
    copy->room = object->count + 1;
    copy->members = ARENA_ARRAY(arena, copy->room, struct member);
    if (object->count > 0)
        memcpy(copy->members, object->members, object->count * sizeof(*copy->members));
    copy->count = object->count;
    value_set(arena, copy, key, value);
    return copy;
}

static void copy_items(struct arena *arena, const struct value *array, struct value *copy)
{
    copy->items = ARENA_ARRAY(arena, array->count, struct value *);
    for (size_t i = 0; i < array->count; i++)
        copy->items[i] = value_copy(arena, array->items[i]);
}

static void copy_members(struct arena *arena, const struct value *object, struct value *copy)
{
    copy->members = ARENA_ARRAY(arena, object->count, struct member);
    for (size_t i = 0; i < object->count; i++)
        copy->members[i] = (struct member){
            .key = str_copy(arena, object->members[i].key),
            .value = value_copy(arena, object->members[i].value),
        };
}

struct value *value_copy(struct arena *arena, const struct value *value)
{
    struct value *copy = ARENA_NEW(arena, struct value);

    *copy = *value;
    copy->room = value->count;
    if (value->kind == VALUE_TEXT || value->kind == VALUE_HTML)
        copy->text = str_copy(arena, value->text);
    else if (value->kind == VALUE_ARRAY)
        copy_items(arena, value, copy);
    else if (value->kind == VALUE_OBJECT)
        copy_members(arena, value, copy);
    return copy;
}

size_t value_size(const struct value *value)
{
    size_t bytes = sizeof(*value);

    if (value->kind == VALUE_TEXT || value->kind == VALUE_HTML)
        bytes += value->text.n;
    for (size_t i = 0; value->kind == VALUE_ARRAY && i < value->count; i++)
        bytes += sizeof(struct value *) + value_size(value->items[i]);
    for (size_t i = 0; value->kind == VALUE_OBJECT && i < value->count; i++)
        bytes +=
            sizeof(struct member) + value->members[i].key.n + value_size(value->members[i].value);
    return bytes;
}

/* How many bytes from the first on stand for themselves, as most of most texts do. */
static size_t plain_length(struct str text)
{
    size_t n = 0;

    while (n < text.n && text.p[n] >= 0x20 && text.p[n] < 0x7f && text.p[n] != '"' &&
           text.p[n] != '\\')
        n++;
    return n;
}

void json_write_text(struct str text, struct buf *out)
{
    static const char short_escapes[] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                          ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\' };

    buf_byte(out, '"');
    while (text.n > 0) {
        size_t plain = plain_length(text);
        uint32_t point = 0xfffd;
        size_t length;

        buf_add(out, str_take(text, plain));
        text = str_drop(text, plain);
        if (text.n == 0)
            break;
        length = str_code_point(text, &point);

        if (length == 0)
            buf_add_c(out, "\xef\xbf\xbd");
        else if (point < sizeof(short_escapes) && short_escapes[point])
            buf_format(out, "\\%c", short_escapes[point]);
        else if (point < 0x20)
            buf_format(out, "\\u%04x", point);
        else
            buf_add(out, str_take(text, length));
        text = str_drop(text, length ? length : 1);
    }
    buf_byte(out, '"');
}

/* The shortest of the usual precisions that reads back as the same number, and as a real one. */
static void write_real(double real, struct buf *out)
{
    char text[32];

    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof(text), "%.*g", digits, real);
        if (strtod(text, NULL) == real)
            break;
    }
    buf_add_c(out, text);
    if (!strpbrk(text, ".e"))
        buf_add_c(out, ".0");
}

static int compare_keys(const void *a, const void *b)
{
    const struct member *left = a;
    const struct member *right = b;

    return str_cmp(left->key, right->key);
}

static void write_value(const struct value *value, enum json_style style, size_t level,
                        struct buf *out);

/* A new line before each item and before the closing bracket, where the style has lines. */
static void write_break(enum json_style style, size_t level, struct buf *out)
{
    if (style != JSON_PRETTY)
        return;
    buf_byte(out, '\n');
    buf_repeat(out, ' ', 2 * level);
}

static void write_array(const struct value *array, enum json_style style, size_t level,
                        struct buf *out)
{
    buf_byte(out, '[');
    for (size_t i = 0; i < array->count; i++) {
        if (i > 0)
            buf_byte(out, ',');
        write_break(style, level + 1, out);
        write_value(array->items[i], style, level + 1, out);
    }
    if (array->count > 0)
        write_break(style, level, out);
    buf_byte(out, ']');
}

static void write_members(const struct member *members, size_t count, enum json_style style,
                          size_t level, struct buf *out)
{
    buf_byte(out, '{');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_byte(out, ',');
        write_break(style, level + 1, out);
        json_write_text(members[i].key, out);
        buf_add_c(out, style == JSON_PRETTY ? ": " : ":");
        write_value(members[i].value, style, level + 1, out);
    }
    if (count > 0)
        write_break(style, level, out);
    buf_byte(out, '}');
}

static void write_object(const struct value *object, enum json_style style, size_t level,
                         struct buf *out)
{
    struct member *sorted;

    if (style != JSON_CANONICAL || object->count < 2) {
        write_members(object->members, object->count, style, level, out);
        return;
    }
    sorted = memory_alloc(object->count, sizeof(*sorted));
    memcpy(sorted, object->members, object->count * sizeof(*sorted));
    qsort(sorted, object->count, sizeof(*sorted), compare_keys);
    write_members(sorted, object->count, style, level, out);
    memory_free(sorted);
}

static void write_value(const struct value *value, enum json_style style, size_t level,
                        struct buf *out)
{
    switch (value->kind) {
    case VALUE_NULL:
        buf_add_c(out, "null");
        break;
    case VALUE_BOOL:
        buf_add_c(out, value->boolean ? "true" : "false");
        break;
    case VALUE_INT:
        buf_int(out, value->integer);
        break;
    case VALUE_REAL:
        write_real(value->real, out);
        break;
    case VALUE_TEXT:
    case VALUE_HTML:
        json_write_text(value->text, out);
        break;
    case VALUE_ARRAY:
        write_array(value, style, level, out);
        break;
    case VALUE_OBJECT:
        write_object(value, style, level, out);
        break;
    }
}

void value_write_json(const struct value *value, enum json_style style, struct buf *out)
{
    write_value(value, style, 0, out);
    if (style == JSON_PRETTY)
        buf_byte(out, '\n');
}
