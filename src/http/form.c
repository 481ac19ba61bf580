#include "http/form.h"

#include "http/error.h"
#include "http/grammar.h"

bool percent_decode(struct arena *arena, struct str text, bool plus, struct str *ret)
{
    char *p = arena_alloc(arena, text.n);
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        if (c == '%') {
            int high = i + 2 < text.n ? hex_digit(text.p[i + 1]) : -1;
            int low = i + 2 < text.n ? hex_digit(text.p[i + 2]) : -1;

            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        p[n++] = c;
    }
    *ret = (struct str){ p, n };
    return true;
}

static bool is_visible_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < 0x21 || s.p[i] > 0x7e)
            return false;
    }
    return true;
}

static struct result read_part(struct arena *arena, struct str piece, size_t max, struct str *ret)
{
    struct str decoded;

    if (!percent_decode(arena, piece, true, &decoded) || !is_plain_text(decoded))
        return fail(&HTTP_BAD_FORM);
    if (decoded.n > max)
        return fail(&HTTP_FORM_TOO_LARGE);
    *ret = decoded;
    return OK;
}

static struct result read_field(struct arena *arena, struct str piece,
                                const struct form_limits *limits, struct form_field *ret)
{
    struct form_field field;
    struct str name;
    struct str value = str_split(piece, '=', &name);

    if (name.n == 0)
        return fail(&HTTP_BAD_FORM);
    TRY(read_part(arena, name, limits->name_bytes, &field.name));
    TRY(read_part(arena, value, limits->value_bytes, &field.value));
    *ret = field;
    return OK;
}

struct result form_read(struct arena *arena, struct str text, const struct form_limits *limits,
                        struct form *ret)
{
    struct form_field *fields = NULL;
    size_t count = 0;
    size_t room = 0;

    if (!is_visible_ascii(text))
        return fail(&HTTP_BAD_FORM);
    while (text.n > 0) {
        struct str piece;

        text = str_split(text, '&', &piece);
        if (piece.n == 0)
            continue;
        if (count == limits->fields)
            return fail(&HTTP_FORM_TOO_LARGE);
        TRY(read_field(arena, piece, limits, ARENA_PUSH(arena, fields, count, room)));
    }
    *ret = (struct form){ fields, count };
    return OK;
}

struct str form_get(const struct form *form, struct str name)
{
    for (size_t i = 0; i < form->count; i++) {
        if (str_eq(form->at[i].name, name))
            return form->at[i].value;
    }
    return STR_NONE;
}

size_t form_count(const struct form *form, struct str name)
{
    size_t count = 0;

    for (size_t i = 0; i < form->count; i++)
        count += str_eq(form->at[i].name, name);
    return count;
}
