/* The record of a person. */
#include "account/erasing.h"
#include "instance/admin_people.h"

/* {"person"} gives {"person", "left"}: the number, and how much is left to erase by asking again;
   with 0 the account is closed. */
struct result admin_record_erase(struct admin_call *call, struct value **ret_output)
{
    struct value *output = value_object(call->arena);
    struct person_id person = { 0 };
    int64_t left;

    TRY(admin_person(call, &person));
    TRY(record_erase(call->store, call->arena, &call->act, person, &left));
    value_set_int(call->arena, output, "person", person.n);
    value_set_int(call->arena, output, "left", left);
    *ret_output = output;
    return OK;
}
