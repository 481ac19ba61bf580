#include "http/multipart.h"

#include <stdbool.h>
#include <string.h>

#include "http/error.h"
#include "http/grammar.h"

#define BOUNDARY_MAX 70 /* RFC 2046, section 5.1.1 */

/* Cuts s at the first occurrence of mark. False if there is none. */
static bool cut(struct str s, struct str mark, struct str *ret_before, struct str *ret_after)
{
    const char *at = memmem(s.p, s.n, mark.p, mark.n);

    if (!at)
        return false;
    *ret_before = str_take(s, (size_t)(at - s.p));
    *ret_after = str_drop(s, ret_before->n + mark.n);
    return true;
}

static bool skip(struct str *s, struct str prefix)
{
    if (!str_starts(*s, prefix))
        return false;
    *s = str_drop(*s, prefix.n);
    return true;
}

/*
 * Takes `; name=value` from *rest. Browsers write the quote in a quoted value as %22, and a
 * backslash as itself: the value ends at the next quote.
 */
static bool next_parameter(struct str *rest, struct str *ret_name, struct str *ret_value)
{
    struct str s = trim_blanks(*rest);
    struct str value;

    if (!skip(&s, STR(";")))
        return false;
    s = str_split(trim_blanks(s), '=', ret_name);
    if (!s.p || !is_token(*ret_name))
        return false;
    if (skip(&s, STR("\""))) {
        if (!cut(s, STR("\""), &value, &s))
            return false;
    } else {
        size_t n = 0;

        while (n < s.n && is_token((struct str){ s.p + n, 1 }))
            n++;
        value = str_take(s, n);
        s = str_drop(s, n);
        if (n == 0)
            return false;
    }
    *ret_value = value;
    *rest = s;
    return true;
}

/* What stands before the first ';', and in *rest what follows, the ';' included. */
static struct str main_value(struct str header, struct str *rest)
{
    size_t at = header.n;

    (void)str_find(header, ';', &at);
    *rest = str_drop(header, at);
    return trim_blanks(str_take(header, at));
}

static bool is_boundary(struct str s)
{
    if (s.n == 0 || s.n > BOUNDARY_MAX || s.p[s.n - 1] == ' ')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                            (c >= 'A' && c <= 'Z');

        if (!alphanumeric && (c == '\0' || !strchr("'()+_,-./:=? ", c)))
            return false;
    }
    return true;
}

struct result multipart_boundary(struct str content_type, struct str *ret)
{
    struct str boundary = STR_NONE;
    struct str rest;
    struct str type = main_value(content_type, &rest);

    if (!str_eq_any_case(type, STR("multipart/form-data")))
        return fail(&HTTP_BAD_FORM);
    while (trim_blanks(rest).n > 0) {
        struct str name;
        struct str value;

        if (!next_parameter(&rest, &name, &value))
            return fail(&HTTP_BAD_FORM);
        if (!str_eq_any_case(name, STR("boundary")))
            continue;
        if (boundary.p)
            return fail(&HTTP_BAD_FORM);
        boundary = value;
    }
    if (!is_boundary(boundary))
        return fail(&HTTP_BAD_FORM);
    *ret = boundary;
    return OK;
}

static bool is_name(struct str s)
{
    return is_plain_text(s) && is_field_value(s);
}

static bool set_once(struct str *field, struct str value)
{
    if (field->p || !is_name(value))
        return false;
    *field = value;
    return true;
}

static bool read_disposition(struct str value, struct multipart_part *part)
{
    struct str rest;

    if (part->name.p || !str_eq_any_case(main_value(value, &rest), STR("form-data")))
        return false;
    while (trim_blanks(rest).n > 0) {
        struct str name;
        struct str content;
        bool good = next_parameter(&rest, &name, &content);

        if (good && str_eq_any_case(name, STR("name")))
            good = set_once(&part->name, content);
        else if (good && str_eq_any_case(name, STR("filename")))
            good = set_once(&part->filename, content);
        if (!good)
            return false;
    }
    return part->name.n > 0;
}

static bool read_header(struct str line, struct multipart_part *part)
{
    struct str name;
    struct str value = str_split(line, ':', &name);

    if (!value.p || !is_token(name) || !is_field_value(value))
        return false;
    value = trim_blanks(value);
    if (str_eq_any_case(name, STR("content-disposition")))
        return read_disposition(value, part);
    if (str_eq_any_case(name, STR("content-type")))
        return set_once(&part->content_type, value);
    return !str_eq_any_case(name, STR("content-transfer-encoding"));
}

static struct result read_head(struct str head, struct multipart_part *part)
{
    if (head.n > MULTIPART_HEAD_MAX)
        return fail(&HTTP_FORM_TOO_LARGE);
    while (head.n > 0) {
        struct str line;

        if (!cut(head, STR("\r\n"), &line, &head)) {
            line = head;
            head = STR_NONE;
        }
        if (!read_header(line, part))
            return fail(&HTTP_BAD_FORM);
    }
    return part->name.p ? OK : fail(&HTTP_BAD_FORM);
}

static struct result check_content(const struct multipart_part *part,
                                   const struct multipart_limits *limits)
{
    if (part->content.n > (part->filename.p ? limits->file_bytes : limits->text_bytes))
        return fail(&HTTP_FORM_TOO_LARGE);
    if (!part->filename.p && !is_plain_text(part->content))
        return fail(&HTTP_BAD_FORM);
    return OK;
}

/* Reads one part from *rest, which begins after a delimiter's line break, and the delimiter that
   ends it. */
static struct result read_part(struct str delimiter, const struct multipart_limits *limits,
                               struct str *rest, struct multipart_part *ret)
{
    struct multipart_part part = { .name = STR_NONE };
    struct str head;

    if (!cut(*rest, STR("\r\n\r\n"), &head, rest))
        return fail(&HTTP_BAD_FORM);
    TRY(read_head(head, &part));
    if (!cut(*rest, delimiter, &part.content, rest))
        return fail(&HTTP_BAD_FORM);
    TRY(check_content(&part, limits));
    *ret = part;
    return OK;
}

struct result multipart_read(struct arena *arena, struct str boundary, struct str body,
                             const struct multipart_limits *limits, struct multipart *ret)
{
    struct str delimiter = str_format(arena, "\r\n--%.*s", STR_ARG(boundary));
    struct multipart_part *parts = NULL;
    size_t count = 0;
    size_t room = 0;

    if (!skip(&body, str_drop(delimiter, 2)))
        return fail(&HTTP_BAD_FORM);
    while (!str_starts(body, STR("--"))) {
        if (!skip(&body, STR("\r\n")))
            return fail(&HTTP_BAD_FORM);
        if (count == limits->parts)
            return fail(&HTTP_FORM_TOO_LARGE);
        TRY(read_part(delimiter, limits, &body, ARENA_PUSH(arena, parts, count, room)));
    }
    body = str_drop(body, 2);
    if (body.n > 0 && !str_eq(body, STR("\r\n")))
        return fail(&HTTP_BAD_FORM);
    *ret = (struct multipart){ parts, count };
    return OK;
}

const struct multipart_part *multipart_get(const struct multipart *multipart, struct str name)
{
    for (size_t i = 0; i < multipart->count; i++) {
        if (str_eq(multipart->at[i].name, name))
            return &multipart->at[i];
    }
    return NULL;
}
