#include "json/read.h"

#include <jansson.h>
#include <setjmp.h>

#define NOT_JSON "this is not JSON"

struct place {
    uint32_t line;
    uint32_t column;
};

static struct result refuse(const struct error *error, struct place place, const char *message,
                            struct json_fault *ret_fault)
{
    *ret_fault = (struct json_fault){ place.line, place.column, message };
    return fail(error);
}

/* What has been seen of a text. A value stands behind each comma, and may stand behind each
   bracket: no text holds more values than it has of both, and one. */
struct seen {
    size_t depth;
    size_t nested;
    size_t commas;
};

static const char *excess(const struct seen *seen, const struct json_limits *limits)
{
    if (seen->depth > limits->depth)
        return "arrays and objects stand too deep in each other";
    if (limits->nested > 0 && seen->nested > limits->nested)
        return "the text holds too many arrays and objects";
    if (limits->values > 0 && seen->nested + seen->commas >= limits->values)
        return "the text holds too many values";
    return NULL;
}

/*
 * Looks at the text before the reader does: too much of it is refused in one pass, and NUL bytes,
 * which the reader takes for the end of the text, at all. Brackets in texts do not count; whether
 * they match is for the reader to say.
 */
static struct result look_ahead(struct str text, const struct json_limits *limits,
                                struct json_fault *ret_fault)
{
    struct place place = { 1, 1 };
    struct seen seen = { 0 };
    bool in_text = false;
    bool escaped = false;

    while (text.n > 0) {
        size_t length = str_code_point(text, NULL);
        char c = text.p[0];
        bool opens = !in_text && (c == '[' || c == '{');
        bool closes = !in_text && (c == ']' || c == '}');
        const char *message;

        if (c == '\0')
            return refuse(&ERROR_INPUT, place, NOT_JSON, ret_fault);
        seen.depth += opens ? 1 : 0;
        seen.depth -= closes && seen.depth > 0 ? 1 : 0;
        seen.nested += opens ? 1 : 0;
        seen.commas += !in_text && c == ',' ? 1 : 0;
        message = excess(&seen, limits);
        if (message)
            return refuse(&ERROR_LIMIT, place, message, ret_fault);
        if (c == '"' && !escaped)
            in_text = !in_text;
        escaped = in_text && c == '\\' && !escaped;
        place.column++;
        if (c == '\n') {
            place.line++;
            place.column = 1;
        }
        text = str_drop(text, length ? length : 1);
    }
    return OK;
}

static const char *fault_message(const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_premature_end_of_input:
        return "the text ends in the middle of a value";
    case json_error_end_of_input_expected:
        return "something follows the value";
    case json_error_invalid_utf8:
        return "these bytes are not UTF-8";
    case json_error_duplicate_key:
        return "an object has this key twice";
    case json_error_numeric_overflow:
        return "this number is too large";
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return "a text may not hold the character U+0000";
    default:
        return NOT_JSON;
    }
}

static struct str text_of(struct arena *arena, const char *p, size_t n)
{
    return str_copy(arena, (struct str){ p, n });
}

static struct value *convert(struct arena *arena, json_t *json);

/* Members are appended without value_set's search for the key: the reader refused keys that come
   twice, and an object from outside may have very many. */
static struct value *convert_object(struct arena *arena, json_t *json)
{
    struct value *object = value_object(arena);
    void *at = json_object_iter(json);

    object->count = object->room = json_object_size(json);
    object->members = ARENA_ARRAY(arena, object->count, struct member);
    for (size_t i = 0; at; i++, at = json_object_iter_next(json, at)) {
        object->members[i].key =
            text_of(arena, json_object_iter_key(at), json_object_iter_key_len(at));
        object->members[i].value = convert(arena, json_object_iter_value(at));
    }
    return object;
}

/* Gives the elements back as it goes, so that a long array does not take its room twice. */
static struct value *convert_array(struct arena *arena, json_t *json)
{
    struct value *array = value_array(arena);

    array->count = json_array_size(json);
    array->room = array->count;
    array->items = ARENA_ARRAY(arena, array->count, struct value *);
    for (size_t i = 0; i < array->count; i++) {
        array->items[i] = convert(arena, json_array_get(json, i));
        (void)json_array_set_new(json, i, json_null());
    }
    return array;
}

static struct value *convert(struct arena *arena, json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return convert_object(arena, json);
    case JSON_ARRAY:
        return convert_array(arena, json);
    case JSON_STRING:
        return value_text(arena, text_of(arena, json_string_value(json), json_string_length(json)));
    case JSON_INTEGER:
        return value_int(arena, json_integer_value(json));
    case JSON_REAL:
        return value_real(arena, json_real_value(json));
    case JSON_TRUE:
    case JSON_FALSE:
        return value_bool(arena, json_is_true(json));
    case JSON_NULL:
        break;
    }
    return value_null(arena);
}

/* Converts, and gives the reader's tree back also where the arena is full. */
static struct value *convert_and_free(struct arena *arena, json_t *json)
{
    jmp_buf *outer = arena->full;
    struct value *value;
    jmp_buf full;

    if (setjmp(full)) {
        json_decref(json);
        arena_on_full(arena, outer);
        arena_exit_full(arena);
    }
    arena_on_full(arena, &full);
    value = convert(arena, json);
    arena_on_full(arena, outer);
    json_decref(json);
    return value;
}

struct result json_read(struct arena *arena, struct str text, const struct json_limits *limits,
                        struct json_fault *ret_fault, struct value **ret)
{
    json_error_t error;
    json_t *json;

    BUG_IF(limits->depth > JSON_DEPTH_MAX);
    if (text.n > limits->bytes)
        return refuse(&ERROR_LIMIT, (struct place){ 0, 0 }, "the text is too long", ret_fault);
    TRY(look_ahead(text, limits, ret_fault));
    json =
        json_loadb(text.p ? text.p : "", text.n, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
    if (!json) {
        struct place place = { error.line > 0 ? (uint32_t)error.line : 1,
                               error.column > 0 ? (uint32_t)error.column : 1 };

        return refuse(&ERROR_INPUT, place, fault_message(&error), ret_fault);
    }
    *ret = convert_and_free(arena, json);
    return OK;
}
