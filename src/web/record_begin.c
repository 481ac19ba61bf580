/* Somebody whom the register does not have yet begins a record of their own (record.h). */
#include "account/claim.h"
#include "web/record.h"

#define PATH "/record"

static const struct shape_member members[] = {
    { "person", &shape_text, true, "The name of whoever the account is of; null: of nobody yet" },
    { "name", &shape_text, false, "The name in the form" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape record_begin_shape = { .kind = IS_OBJECT,
                                          .name = "RecordBeginning",
                                          .members = members };

const struct route_field record_begin_fields[] = {
    { "name", "the name of whoever begins, as they have it", true, false },
    { 0 },
};

struct result record_begin_answer(struct call *call, struct value **ret)
{
    struct person_id person = call_who(call)->person;
    struct person_row row = { .name = STR_NONE };
    struct value *view = value_object(call->arena);
    struct store *store;

    TRY(call_store(call, &store));
    if (person.n)
        TRY(person_load(store, call->arena, person, &row));
    value_set(call->arena, view, "person",
              person.n ? value_text(call->arena, row.name) : value_null(call->arena));
    value_set_text(call->arena, view, "name", own_text(call, "name"));
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

struct beginning {
    struct call *call;
    struct act act;
    struct person_id person;
};

static struct result begin(struct store *store, void *context)
{
    struct beginning *b = context;

    return claim_new_person(store, b->call->arena, &b->act, call_who(b->call)->account,
                            own_text(b->call, "name"), &b->person);
}

struct result record_begin_change(struct call *call, struct value **ret)
{
    const struct about about = call_about_self(call);
    struct beginning beginning = { .call = call };
    bool told;

    TRY(call_permit(call, PERMISSION_RECORD_CHANGE, &about, &beginning.act));
    TRY(call_told(call, "name", call_perform(call, begin, &beginning), &told));
    if (!told)
        call_see_other(call, STR(PATH), "record-begun");
    return record_begin_answer(call, ret);
}
