/* Two people of the register who are one, or two. */
#include "account/merging.h"
#include "account/values.h"
#include "instance/admin_people.h"

static struct result take_two(struct admin_call *call, struct person_id *ret_person,
                              struct person_id *ret_other, struct str *ret_why)
{
    struct person_row row;

    TRY(admin_person(call, ret_person));
    TRY(admin_int(call, "other", 1, INT64_MAX, &ret_other->n));
    if (person_load(call->store, call->arena, *ret_other, &row).error == &PEOPLE_UNKNOWN)
        return admin_refuse(call, &PEOPLE_UNKNOWN, "nobody in the register has the number %lld",
                            (long long)ret_other->n);
    return admin_text(call, "why", ret_why);
}

static struct result merge_output(struct admin_call *call, struct merge_id id,
                                  struct value **ret_output)
{
    struct merge merge;

    TRY(merge_load(call->store, call->arena, id, &merge));
    return merge_value(call->store, call->arena, &merge, ret_output);
}

/* {"person", "other", "why"}, of whom the first is kept, gives the merge. */
struct result admin_person_merge(struct admin_call *call, struct value **ret_output)
{
    struct person_id person = { 0 };
    struct person_id other = { 0 };
    struct merge_id id = { 0 };
    struct str why = STR_NONE;

    TRY(take_two(call, &person, &other, &why));
    TRY(office_merge(call->store, call->arena, &call->act, person, other, why, &id));
    return merge_output(call, id, ret_output);
}

/* {"merge", "why"} gives the merge. */
struct result admin_person_unmerge(struct admin_call *call, struct value **ret_output)
{
    struct merge_id id = { 0 };
    struct str why = STR_NONE;

    TRY(admin_int(call, "merge", 1, INT64_MAX, &id.n));
    TRY(admin_text(call, "why", &why));
    TRY(office_unmerge(call->store, call->arena, &call->act, id, why));
    return merge_output(call, id, ret_output);
}

/* {"person", "other", "why"} gives {"one", "other", "why"}: the two, and why they are two. */
struct result admin_person_apart(struct admin_call *call, struct value **ret_output)
{
    struct value *output = value_object(call->arena);
    struct person_id person = { 0 };
    struct person_id other = { 0 };
    struct value *one;
    struct value *two;
    struct str why = STR_NONE;

    TRY(take_two(call, &person, &other, &why));
    TRY(office_apart(call->store, call->arena, &call->act, person, other, why));
    TRY(person_value(call->store, call->arena, person, &one));
    TRY(person_value(call->store, call->arena, other, &two));
    value_set(call->arena, output, "one", one);
    value_set(call->arena, output, "other", two);
    value_set_text(call->arena, output, "why", why);
    *ret_output = output;
    return OK;
}
