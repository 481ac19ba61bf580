/* How one certification came out on an earlier day, and how it comes out now (office.h). */
#include "http/error.h"
#include "register/standing_compare.h"
#include "web/office.h"
#include "web/office_record.h"
#include "web/standing_answer.h"
#include "web/standing_shape.h"

static const struct shape requirements_shape = { .kind = IS_LIST,
                                                 .item = &standing_requirement_shape };

static const struct shape_member members[] = {
    LOOKING_MEMBERS,
    { "name", &shape_text, false, "The certification" },
    { "title", &shape_text, false, "Its title" },
    { "record", &shape_text, false, "The address of the record" },
    { "compared", &shape_bool, false, "Whether an earlier day is shown beside now" },
    { "standing", &standing_compared_shape, false, "Then and now, requirement by requirement" },
    { "whole_then", &requirements_shape, false, "The whole explanation of then" },
    { "whole_now", &requirements_shape, false, "The whole explanation of now" },
    { 0 },
};
const struct shape office_record_standing_shape = { .kind = IS_OBJECT,
                                                    .name = "OfficeRecordStanding",
                                                    .members = members };
const struct route_field office_record_at_fields[] = {
    { "at", "a day: how it came out by what was known at its end; only now if not given", false,
      false },
    { 0 },
};

/* The requirements of the edition that decides; none where none governs. */
static struct value *whole_value(struct arena *arena, const struct value *summary)
{
    const struct value *groups = summary ? value_get(summary, "groups") : NULL;
    const struct value *result;

    if (!groups || groups->count == 0)
        return value_array(arena);
    result = value_get(value_get(groups->items[0], "certifications")->items[0], "result");
    return result->kind == VALUE_OBJECT ? (struct value *)value_get(result, "requirements")
                                        : value_array(arena);
}

struct result office_record_standing_answer(struct call *call, struct value **ret_view)
{
    const struct str_list names = { &call->parts[1], 1 };
    struct arena *arena = call->arena;
    struct value *view = value_object(arena);
    const struct value *list;
    struct looking looking;
    struct value *then;
    struct value *now;

    TRY(looking_begin(call, &looking));
    TRY(looking_summaries(&looking, names, ANSWER_RECORDS_SHOWN, &then, &now));
    list = standing_compare_value(arena, then ? then : now, now);
    if (list->count == 0)
        return fail(&HTTP_NOT_FOUND);
    TRY(looking_set(&looking, view));
    value_set_text(arena, view, "name", call->parts[1]);
    value_set(arena, view, "title", (struct value *)value_get(list->items[0], "title"));
    value_set_text(arena, view, "record",
                   str_format(arena, "/office/people/%lld/record%.*s", (long long)looking.person.n,
                              STR_ARG(looking.at_query)));
    value_set_bool(arena, view, "compared", then != NULL);
    value_set(arena, view, "standing", list->items[0]);
    value_set(arena, view, "whole_then", whole_value(arena, then));
    value_set(arena, view, "whole_now", whole_value(arena, now));
    *ret_view = view;
    return OK;
}
