#include "http/grammar.h"

#include <string.h>

static bool is_token_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

bool is_token(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_token_char(s.p[i]))
            return false;
    }
    return s.n > 0;
}

bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return s.n > 0;
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

bool is_field_value(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (is_control(s.p[i]) && s.p[i] != '\t')
            return false;
    }
    return true;
}

int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool str_eq_any_case(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    }
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct str trim_blanks(struct str s)
{
    while (s.n > 0 && is_blank(s.p[0]))
        s = str_drop(s, 1);
    while (s.n > 0 && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

/* The length of the first element: up to a comma that stands in no quotes. */
static size_t element_length(struct str list)
{
    bool quoted = false;
    size_t i;

    for (i = 0; i < list.n; i++) {
        if (list.p[i] == '"')
            quoted = !quoted;
        else if (quoted && list.p[i] == '\\')
            i++;
        else if (!quoted && list.p[i] == ',')
            break;
    }
    return i < list.n ? i : list.n;
}

bool list_next(struct str *list, struct str *ret)
{
    while (list->n > 0) {
        size_t length = element_length(*list);
        struct str element = trim_blanks(str_take(*list, length));

        *list = str_drop(*list, length < list->n ? length + 1 : length);
        if (element.n > 0) {
            *ret = element;
            return true;
        }
    }
    return false;
}

bool is_plain_text(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (is_control(s.p[i]) && s.p[i] != '\t' && s.p[i] != '\r' && s.p[i] != '\n')
            return false;
    }
    return str_is_utf8(s, NULL);
}
