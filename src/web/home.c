#include "web/home.h"

#include "web/site.h"

static const struct shape_member members[] = {
    { "title", &shape_text, false, "The name of the scheme" },
    { "organisation", &shape_text, false, "Who runs the scheme" },
    { NULL, NULL, false, NULL },
};
const struct shape home_shape = { .kind = IS_OBJECT, .name = "Home", .members = members };

struct result home_answer(struct call *call, struct value **ret_view)
{
    const struct scheme *scheme = call_scheme(call);
    struct value *view = value_object(call->arena);

    value_set_text(call->arena, view, "title", scheme->title);
    value_set_text(call->arena, view, "organisation", scheme->organisation.name);
    *ret_view = view;
    return OK;
}
