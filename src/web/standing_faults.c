#include "base/buf.h"
#include "web/standing_answer.h"

#define LETTERS_MAX 16

struct fault_list {
    struct arena *arena;
    struct value *list;
    enum severity severity;
    size_t most;
};

static struct value *text_or_null(struct arena *arena, struct str text)
{
    return text.n > 0 ? value_text(arena, text) : value_null(arena);
}

static struct value *letters(struct arena *arena, uint32_t column)
{
    struct buf text;

    if (column == 0)
        return value_null(arena);
    buf_init(&text, LETTERS_MAX);
    fault_write_letters(column, &text);
    return value_text(arena, buf_take(&text, arena));
}

/* The field that a fault is about: where the form is, files have one field each. */
static struct str field_of(const char *of, const struct fault *fault)
{
    if (str_eq_c(STR("form"), of))
        return fault->place.heading;
    return str_eq_c(STR("logbook"), of) ? STR("log") : STR("person");
}

/* "mediation 2": the line of the form that a field stands in. */
static struct value *line_value(struct arena *arena, struct str field)
{
    struct sent_row_name name;

    if (!sent_row_name(field, &name))
        return value_null(arena);
    return value_text(arena, str_format(arena, "%.*s %d", STR_ARG(name.kind), (int)name.number));
}

static struct value *fault_value(struct arena *arena, const char *of, const struct fault *fault)
{
    const struct fault_place *place = &fault->place;
    struct value *object = value_object(arena);

    value_set_text(arena, object, "of", str_from_c(of));
    value_set(arena, object, "field", text_or_null(arena, field_of(of, fault)));
    value_set(arena, object, "place", line_value(arena, place->heading));
    value_set(arena, object, "row",
              place->row > 0 ? value_int(arena, place->row) : value_null(arena));
    value_set(arena, object, "column", letters(arena, place->column));
    value_set(arena, object, "heading", text_or_null(arena, place->heading));
    value_set(arena, object, "value", text_or_null(arena, place->value));
    value_set_text(arena, object, "message", fault->message);
    value_set(arena, object, "hint", text_or_null(arena, fault->hint));
    return object;
}

static void add_faults(struct fault_list *to, const char *of, const struct faults *faults)
{
    for (size_t i = 0; i < faults->count && to->list->count < to->most; i++)
        if (faults->list[i].severity == to->severity)
            value_push(to->arena, to->list, fault_value(to->arena, of, &faults->list[i]));
}

struct value *standing_faults_value(struct arena *arena, const struct standing_facts *facts,
                                    enum severity severity, size_t most)
{
    struct fault_list to = { arena, value_array(arena), severity, most };

    add_faults(&to, "form", &facts->form);
    add_faults(&to, "logbook", &facts->log);
    add_faults(&to, "person", &facts->person);
    return to.list;
}
