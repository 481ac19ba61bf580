#include "web/health.h"

static const char *const states[] = { "ok", NULL };
static const struct shape state = { .kind = IS_WORD, .words = states };
static const struct shape_member members[] = {
    { "status", &state, false, "Whether all is well" },
    { NULL, NULL, false, NULL },
};
const struct shape health_shape = { .kind = IS_OBJECT, .name = "Health", .members = members };

struct result health_answer(struct call *call, struct value **ret_view)
{
    struct value *view = value_object(call->arena);

    value_set_text(call->arena, view, "status", STR("ok"));
    *ret_view = view;
    return OK;
}
