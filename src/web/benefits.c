#include "web/scheme_pages.h"

static const struct shape_member benefit_members[] = {
    { "id", &shape_text, false, "The word of the benefit" },
    { "title", &shape_text, false, "Its title" },
    { "text", &shape_text, false, "What it is" },
    { "certifications", &certification_list_shape, false,
      "Whose holders enjoy it; none named: those of all" },
    { 0 },
};
static const struct shape benefit_shape = { .kind = IS_OBJECT,
                                            .name = "Benefit",
                                            .members = benefit_members };
static const struct shape benefit_list_shape = { .kind = IS_LIST, .item = &benefit_shape };

static const struct shape_member benefits_members[] = {
    { "benefits", &benefit_list_shape, false, "What certification is good for, in order" },
    { 0 },
};
const struct shape benefits_shape = { .kind = IS_OBJECT,
                                      .name = "Benefits",
                                      .members = benefits_members };

struct value *benefits_view(const struct scheme_view *v)
{
    const struct scheme_benefits *benefits = &v->scheme->benefits;
    struct value *view = value_object(v->arena);
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < benefits->count; i++) {
        const struct scheme_benefit *benefit = &benefits->at[i];
        struct value *object = value_object(v->arena);

        value_set_text(v->arena, object, "id", benefit->id.text);
        value_set_text(v->arena, object, "title", benefit->title);
        value_set_text(v->arena, object, "text", benefit->text);
        value_set(v->arena, object, "certifications",
                  certifications_value(v, benefit->certifications));
        value_push(v->arena, list, object);
    }
    value_set(v->arena, view, "benefits", list);
    return view;
}
