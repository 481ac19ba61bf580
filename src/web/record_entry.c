#include "web/record_entry.h"

#include "web/standing_form.h"

/* ---- the shapes ---- */

static const struct shape_member field_members[] = {
    { "name", &shape_text, false, "The field" },
    { "title", &shape_text, false, "The same for people" },
    { "value", &shape_text, false, "Its value" },
    { "text", &shape_text, false, "The same for people" },
    { 0 },
};
static const struct shape field_shape = { .kind = IS_OBJECT, .members = field_members };
static const struct shape fields_shape = { .kind = IS_LIST, .item = &field_shape };

#define SAYS_MEMBERS                                                                               \
    { "kind", &shape_text, false, "The kind of record" },                                          \
        { "title", &shape_text, false, "Its title" },                                              \
        { "start", &shape_date, false, "The first day" },                                          \
        { "end", &shape_date, false, "The last day, on which it counts" },                         \
        { "one_day", &shape_bool, false, "Whether these are the same" },                           \
        { "minutes", &shape_int, true, "How long it took" },                                       \
        { "hours", &shape_text, true, "The same in hours and minutes" },                           \
        { "days", &shape_int, true, "Days of work, where these are fewer than the calendar has" }, \
        { "matter", &shape_text, true, "The private reference" },                                  \
        { "programme", &shape_text, true, "The programme" },                                       \
    {                                                                                              \
        "fields", &fields_shape, false, "What else it says, in the words of the vocabulary"        \
    }

static const struct shape_member says_members[] = { SAYS_MEMBERS, { 0 } };
const struct shape record_says_shape = { .kind = IS_OBJECT,
                                         .name = "RecordSays",
                                         .members = says_members };

static const char *const standing_words[] = { "verified",  "claimed",   "rejected",
                                              "withdrawn", "duplicate", NULL };
static const struct shape standing_shape = { .kind = IS_WORD, .words = standing_words };

static const struct shape_member members[] = {
    { "id", &shape_int, false, "The number of the entry" },
    { "version", &shape_int, false, "How often it was corrected, and one" },
    { "standing", &standing_shape, false, "How it stands" },
    { "verified_on", &shape_date, true, "The day since which it counts as verified" },
    SAYS_MEMBERS,
    { 0 },
};
const struct shape record_entry_shape = { .kind = IS_OBJECT,
                                          .name = "RecordEntry",
                                          .members = members };
const struct shape record_entries_shape = { .kind = IS_LIST, .item = &record_entry_shape };

/* ---- values ---- */

struct str record_kind_title(struct arena *arena, const struct vocabulary *vocabulary,
                             struct str kind)
{
    const struct kind *known = vocabulary ? vocabulary_kind(vocabulary, kind) : NULL;

    return known && known->label.p ? known->label : plain_title(arena, kind);
}

static struct value *text_or_null(struct arena *arena, struct str text)
{
    return text.p ? value_text(arena, text) : value_null(arena);
}

static struct value *fields_value(struct arena *arena, const struct evidence *says)
{
    struct value *list = value_array(arena);

    for (size_t i = 0; i < says->fact_count; i++) {
        const struct fact *fact = &says->facts[i];
        struct value *value = value_object(arena);

        value_set_text(arena, value, "name", fact->field);
        value_set_text(arena, value, "title", plain_title(arena, fact->field));
        value_set_text(arena, value, "value", fact->value);
        value_set_text(arena, value, "text", plain_words(arena, fact->value));
        value_push(arena, list, value);
    }
    return list;
}

/* "3:30" */
static struct str hours_text(struct arena *arena, int64_t minutes)
{
    return str_format(arena, "%lld:%02lld", (long long)(minutes / 60), (long long)(minutes % 60));
}

static void set_says(struct arena *arena, const struct vocabulary *vocabulary,
                     const struct evidence *says, struct value *value)
{
    value_set_text(arena, value, "kind", says->kind);
    value_set_text(arena, value, "title", record_kind_title(arena, vocabulary, says->kind));
    value_set(arena, value, "start", value_day(arena, says->start));
    value_set(arena, value, "end", value_day(arena, says->end));
    value_set_bool(arena, value, "one_day", says->start == says->end);
    value_set(arena, value, "minutes",
              says->hours >= 0 ? value_int(arena, says->hours) : value_null(arena));
    value_set(arena, value, "hours",
              says->hours >= 0 ? value_text(arena, hours_text(arena, says->hours))
                               : value_null(arena));
    value_set(arena, value, "days",
              says->days >= 0 ? value_int(arena, says->days) : value_null(arena));
    value_set(arena, value, "matter", text_or_null(arena, says->matter));
    value_set(arena, value, "programme", text_or_null(arena, says->programme));
    value_set(arena, value, "fields", fields_value(arena, says));
}

struct value *record_says_value(struct arena *arena, const struct vocabulary *vocabulary,
                                const struct evidence *says)
{
    struct value *value = value_object(arena);

    set_says(arena, vocabulary, says, value);
    return value;
}

struct value *record_entry_value(struct arena *arena, const struct vocabulary *vocabulary,
                                 const struct evidence_row *row)
{
    struct value *value = value_object(arena);

    value_set_int(arena, value, "id", row->id.n);
    value_set_int(arena, value, "version", row->version);
    value_set_text(arena, value, "standing", str_from_c(standing_name(row->says.standing)));
    value_set(arena, value, "verified_on",
              row->says.standing == STANDING_VERIFIED && row->says.verified_on != DAY_NONE
                  ? value_day(arena, row->says.verified_on)
                  : value_null(arena));
    set_says(arena, vocabulary, &row->says, value);
    return value;
}
