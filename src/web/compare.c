#include "web/scheme_pages.h"

#include "criteria/library.h"
#include "criteria/reading.h"
#include "register/standpoint.h"

/* ---- shape ---- */

static const char *const presence_words[] = {
    [PRESENT_IN_BOTH] = "both", [ADDED] = "added", [REMOVED] = "removed", NULL
};
static const struct shape presence_shape = { .kind = IS_WORD, .words = presence_words };

static const struct shape_member side_members[] = {
    { "title", &shape_text, false, "The label there, or the word where it has none" },
    { "wordings", &wording_list_shape, false, "The committee's wording there, in each language" },
    { "reading", &shape_text, false, "How it is checked there, made from the rule" },
    { 0 },
};
static const struct shape side_shape = { .kind = IS_OBJECT,
                                         .name = "SideOfRequirement",
                                         .members = side_members };

static const struct shape_member requirement_members[] = {
    { "id", &shape_text, false, "The word of the requirement" },
    { "title", &shape_text, false, "Its newest label, or its word where it has none" },
    { "presence", &presence_shape, false, "Whether both editions have it" },
    { "change", &change_shape, false, "What the difference means for people" },
    { "details", &detail_list_shape, false, "What differs in it" },
    { "old", &side_shape, true, "What the one edition says; null: it has no such requirement" },
    { "new", &side_shape, true, "What the other edition says; null likewise" },
    { 0 },
};
static const struct shape requirement_shape = { .kind = IS_OBJECT,
                                                .name = "ComparedRequirement",
                                                .members = requirement_members };
static const struct shape requirements_shape = { .kind = IS_LIST, .item = &requirement_shape };

static const struct shape_member bar_members[] = {
    { "id", &shape_text, false, "The word of the bar" },
    { "presence", &presence_shape, false, "Whether both editions have it" },
    { "change", &change_shape, false, "What the difference means for people" },
    { "details", &detail_list_shape, false, "What differs in it" },
    { 0 },
};
static const struct shape bar_shape = { .kind = IS_OBJECT,
                                        .name = "ComparedBar",
                                        .members = bar_members };
static const struct shape bars_shape = { .kind = IS_LIST, .item = &bar_shape };

static const struct shape_member difference_members[] = {
    { "old", &edition_shape, false, "The one edition" },
    { "new", &edition_shape, false, "The other" },
    { "change", &change_shape, false, "What the whole difference means for people" },
    { "line", &shape_text, false, "The whole difference in a line" },
    { "requirements", &requirements_shape, false,
      "Each requirement, in the other edition's order, removed ones at the end" },
    { "bars", &bars_shape, false, "Each bar, in the same order" },
    { "details", &detail_list_shape, false, "What differs in the document besides" },
    { 0 },
};
static const struct shape difference_shape = { .kind = IS_OBJECT,
                                               .name = "Difference",
                                               .members = difference_members };

static const struct shape_member choice_members[] = {
    { "edition", &shape_text, false, "Its number" },
    { "old", &shape_bool, false, "Whether it is the one that is compared" },
    { "new", &shape_bool, false, "Whether it is the other" },
    { 0 },
};
static const struct shape choice_shape = { .kind = IS_OBJECT,
                                           .name = "ComparableEdition",
                                           .members = choice_members };
static const struct shape choices_shape = { .kind = IS_LIST, .item = &choice_shape };

static const struct shape_member compare_members[] = {
    { "name", &shape_text, false, "The name of the document, as in its address" },
    { "title", &shape_text, false, "Its title" },
    { "editions", &choices_shape, false, "All editions, oldest first" },
    { "difference", &difference_shape, true,
      "How the other edition differs from the one; null: there is one edition alone" },
    { 0 },
};
const struct shape compare_shape = { .kind = IS_OBJECT,
                                     .name = "Comparison",
                                     .members = compare_members };

/* ---- view ---- */

static struct value *side_value(const struct scheme_view *v, const struct edition *edition,
                                const struct requirement *requirement)
{
    struct value *object;

    if (!requirement)
        return NULL;
    object = value_object(v->arena);
    value_set_text(v->arena, object, "title", requirement_title(requirement));
    value_set(v->arena, object, "wordings", wordings_value(v, edition, requirement));
    value_set_text(v->arena, object, "reading",
                   reading_of_requirement(v->arena, edition, requirement));
    return object;
}

static void set_change(const struct scheme_view *v, const struct requirement_change *change,
                       struct value *object)
{
    value_set_text(v->arena, object, "presence", str_from_c(presence_words[change->presence]));
    value_set_text(v->arena, object, "change", change_word(change->change));
    value_set(v->arena, object, "details", details_value(v, change->details, change->detail_count));
}

static struct value *requirements_value(const struct scheme_view *v,
                                        const struct edition_change *diff)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < diff->requirement_count; i++) {
        const struct requirement_change *change = &diff->requirements[i];
        struct value *object = value_object(v->arena);

        value_set_text(v->arena, object, "id", change->id);
        value_set_text(v->arena, object, "title",
                       requirement_title(change->new ? change->new : change->old));
        set_change(v, change, object);
        set_value(v, object, "old", side_value(v, diff->old, change->old));
        set_value(v, object, "new", side_value(v, diff->new, change->new));
        value_push(v->arena, list, object);
    }
    return list;
}

static struct value *bars_value(const struct scheme_view *v, const struct edition_change *diff)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < diff->bar_count; i++) {
        struct value *object = value_object(v->arena);

        value_set_text(v->arena, object, "id", diff->bars[i].id);
        set_change(v, &diff->bars[i], object);
        value_push(v->arena, list, object);
    }
    return list;
}

static struct value *difference_value(const struct scheme_view *v, const struct edition *from,
                                      const struct edition *to)
{
    struct value *object = value_object(v->arena);
    struct edition_change diff;

    edition_diff(v->arena, from, to, &diff);
    value_set(v->arena, object, "old", edition_value(v, from));
    value_set(v->arena, object, "new", edition_value(v, to));
    value_set_text(v->arena, object, "change", change_word(diff.change));
    value_set_text(v->arena, object, "line", edition_change_line(v->arena, &diff));
    value_set(v->arena, object, "requirements", requirements_value(v, &diff));
    value_set(v->arena, object, "bars", bars_value(v, &diff));
    value_set(v->arena, object, "details", details_value(v, diff.details, diff.detail_count));
    return object;
}

static struct value *choices_value(const struct scheme_view *v, struct str name,
                                   const struct edition *from, const struct edition *to)
{
    size_t count;
    const struct edition *const *editions = library_editions(v->scheme->library, name, &count);
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < count; i++) {
        struct value *object = value_object(v->arena);

        value_set_text(v->arena, object, "edition",
                       edition_number_text(v->arena, editions[i]->number));
        value_set_bool(v->arena, object, "old", editions[i] == from);
        value_set_bool(v->arena, object, "new", editions[i] == to);
        value_push(v->arena, list, object);
    }
    return list;
}

struct value *compare_view(const struct scheme_view *v, struct str name, const struct edition *from,
                           const struct edition *to)
{
    struct value *view = certification_value(v, name);

    value_set(v->arena, view, "editions", choices_value(v, name, from, to));
    set_value(v, view, "difference", from && to ? difference_value(v, from, to) : NULL);
    return view;
}
