#include "http/shape.h"

#include "base/attr.h"

const struct shape shape_text = { .kind = IS_TEXT };
const struct shape shape_html = { .kind = IS_HTML };
const struct shape shape_date = { .kind = IS_DATE };
const struct shape shape_instant = { .kind = IS_INSTANT };
const struct shape shape_int = { .kind = IS_INT };
const struct shape shape_bool = { .kind = IS_BOOL };
const struct shape shape_scalar = { .kind = IS_SCALAR };
const struct shape shape_texts = { .kind = IS_LIST, .item = &shape_text };

/* Where in the view we are. */
struct place {
    const struct place *outer;
    struct str member; /* STR_NONE: an item */
    size_t item;
};

struct checker {
    struct buf *differences;
    bool holds;
};

static void hold(struct checker *c, const struct shape *shape, const struct value *value,
                 const struct place *place);

static void write_place(const struct place *place, struct buf *out)
{
    if (!place)
        return;
    write_place(place->outer, out);
    if (!place->member.p) {
        buf_format(out, "[%zu]", place->item);
        return;
    }
    if (place->outer)
        buf_byte(out, '.');
    buf_add(out, place->member);
}

static void differ(struct checker *c, const struct place *place, const char *what)
{
    c->holds = false;
    if (place)
        write_place(place, c->differences);
    else
        buf_add_c(c->differences, "the view");
    buf_format(c->differences, ": %s\n", what);
}

static const char *kind_name(const struct value *value)
{
    switch (value->kind) {
    case VALUE_NULL:
        return "is null";
    case VALUE_BOOL:
        return "is true or false";
    case VALUE_INT:
        return "is an integer";
    case VALUE_REAL:
        return "is a real number";
    case VALUE_TEXT:
        return "is a text";
    case VALUE_HTML:
        return "is HTML";
    case VALUE_ARRAY:
        return "is a list";
    case VALUE_OBJECT:
        return "is an object";
    }
    BUG("a value is of no kind");
}

static bool is_word(const char *const *words, struct str text)
{
    for (; *words; words++)
        if (str_eq_c(text, *words))
            return true;
    return false;
}

static const struct shape_member *member_of(const struct shape *shape, struct str key)
{
    for (const struct shape_member *m = shape->members; m->name; m++)
        if (str_eq_c(key, m->name))
            return m;
    return NULL;
}

static void hold_members(struct checker *c, const struct shape *shape, const struct value *value,
                         const struct place *outer)
{
    for (const struct shape_member *m = shape->members; m->name; m++) {
        const struct value *inner = value_get(value, m->name);
        struct place place = { outer, str_from_c(m->name), 0 };

        if (!inner)
            differ(c, &place, "is not there");
        else if (!m->nullable || inner->kind != VALUE_NULL)
            hold(c, m->shape, inner, &place);
    }
    for (size_t i = 0; i < value->count; i++) {
        struct place place = { outer, value->members[i].key, 0 };

        if (!member_of(shape, value->members[i].key))
            differ(c, &place, "is not in the shape");
    }
}

static void hold_items(struct checker *c, const struct shape *shape, const struct value *value,
                       const struct place *outer)
{
    for (size_t i = 0; i < value->count; i++) {
        struct place place = { outer, STR_NONE, i };

        if (value->kind == VALUE_OBJECT)
            place.member = value->members[i].key;
        hold(c, shape->item,
             value->kind == VALUE_OBJECT ? value->members[i].value : value->items[i], &place);
    }
}

static enum value_kind kind_of(const struct shape *shape)
{
    switch (shape->kind) {
    case IS_TEXT:
    case IS_DATE:
    case IS_INSTANT:
    case IS_WORD:
        return VALUE_TEXT;
    case IS_HTML:
        return VALUE_HTML;
    case IS_INT:
        return VALUE_INT;
    case IS_BOOL:
        return VALUE_BOOL;
    case IS_LIST:
        return VALUE_ARRAY;
    case IS_OBJECT:
    case IS_MAP:
        return VALUE_OBJECT;
    case IS_SCALAR:
        break;
    }
    BUG("a shape is of no single kind");
}

static bool is_of_kind(const struct shape *shape, const struct value *value)
{
    if (shape->kind == IS_SCALAR)
        return value->kind != VALUE_ARRAY && value->kind != VALUE_OBJECT;
    return value->kind == kind_of(shape);
}

static void hold(struct checker *c, const struct shape *shape, const struct value *value,
                 const struct place *place)
{
    struct instant_parts parts;
    day d;

    if (!is_of_kind(shape, value))
        differ(c, place, kind_name(value));
    else if (shape->kind == IS_DATE && !day_parse(value->text, &d))
        differ(c, place, "is not a date written YYYY-MM-DD");
    else if (shape->kind == IS_INSTANT && !instant_parse(value->text, &parts))
        differ(c, place, "is not an instant written YYYY-MM-DDThh:mm:ssZ");
    else if (shape->kind == IS_WORD && !is_word(shape->words, value->text))
        differ(c, place, "is none of the words of the shape");
    else if (shape->kind == IS_OBJECT)
        hold_members(c, shape, value, place);
    else if (shape->kind == IS_LIST || shape->kind == IS_MAP)
        hold_items(c, shape, value, place);
}

bool shape_holds(const struct shape *shape, const struct value *value, struct buf *differences)
{
    struct checker c = { differences, true };

    hold(&c, shape, value, NULL);
    return c.holds;
}
