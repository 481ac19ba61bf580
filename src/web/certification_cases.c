#include "web/scheme_pages.h"

#include "criteria/library.h"
#include "web/case_result.h"

static const struct shape_member cases_members[] = {
    { "name", &shape_text, false, "The name of the document, as in its address" },
    { "title", &shape_text, false, "Its title" },
    { "cases", &case_list_shape, false, "The scheme's cases that speak of it, run for this page" },
    { "failures", &shape_int, false, "How many came out otherwise than expected" },
    { 0 },
};
const struct shape cases_shape = { .kind = IS_OBJECT, .name = "Cases", .members = cases_members };

struct value *cases_view(const struct scheme_view *v, struct str name)
{
    struct value *view;
    int64_t failures = 0;

    if (!shown_edition(v, name))
        return NULL;
    view = certification_value(v, name);
    value_set(v->arena, view, "cases", cases_value(v, name, &failures));
    value_set_int(v->arena, view, "failures", failures);
    return view;
}
