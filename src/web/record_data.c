/* One's own data: what is kept, taking all of it away, and having it erased (record.h). */
#include "account/erasing.h"
#include "account/personal_data.h"
#include "base/attr.h"
#include "register/record_shown.h"
#include "web/record.h"
#include "web/site.h"

#define PATH "/record/data"

static const struct error NOT_SURE = { "not-sure", 422, EXIT_INPUT,
                                       "tick the box to erase the record" };

/* ---- the shape ---- */

static const struct shape_member members[] = {
    RECORD_MEMBERS,
    { "fresh", &shape_bool, false,
      "Whether who they are was shown lately enough to erase anything" },
    { "person", &shape_text, false, "The name in the register" },
    { "number", &shape_int, false, "The number there, which stays" },
    { "entries", &shape_int, false, "How many entries the logbook has" },
    { "roles", &shape_int, false, "How many roles are held today" },
    { "holds", &shape_bool, false, "Whether there are any, which have to be given back first" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape record_data_shape = { .kind = IS_OBJECT,
                                         .name = "RecordData",
                                         .members = members };

const struct route_field record_data_fields[] = {
    { "do", "erase", true, false },
    { "sure", "yes", true, false },
    { 0 },
};

struct result record_data_answer(struct call *call, struct value **ret)
{
    const struct session *session = call_session(call);
    const size_t roles = call_who(call)->roles.count;
    struct record_wish wish = { .position = POSITION_NOW, .most = 1 };
    struct record record;
    struct person_row person;
    struct value *counts;
    struct value *view;

    TRY(record_begin(call, &record));
    wish.person = record.person;
    TRY(person_load(record.store, call->arena, record.person, &person));
    TRY(shown_counts(record.store, call->arena, &wish, &counts));
    view = record_view(&record, "data");
    value_set_bool(call->arena, view, "fresh",
                   session && session_is_fresh(session, call_now(call)));
    value_set_text(call->arena, view, "person", person.name);
    value_set_int(call->arena, view, "number", person.id.n);
    value_set_int(call->arena, view, "entries", value_get(counts, "count")->integer);
    value_set_int(call->arena, view, "roles", (int64_t)roles);
    value_set_bool(call->arena, view, "holds", roles > 0);
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

/* ---- taking it away ---- */

struct result record_data_file(struct call *call, struct response *response)
{
    struct record record;
    struct value *data;
    struct str archive;

    TRY(record_begin(call, &record));
    TRY(personal_data(record.store, call->arena, record.person, &data));
    TRY(personal_data_zip(call->arena, str_to_c(call->arena, call_attachments_folder(call)), data,
                          call_now(call), &archive));
    response_header(response, STR("Cache-Control"), STR("no-store"));
    response_header(response, STR("Content-Disposition"),
                    STR("attachment; filename=\"my-record.zip\""));
    response_body(response, STR("application/zip"), archive);
    return OK;
}

/* ---- erasing ---- */

struct erasing {
    struct record_change change;
    int64_t left;
};

static struct result erase(struct store *store, void *context)
{
    struct erasing *e = context;

    return record_erase(store, e->change.call->arena, &e->change.act, e->change.person, &e->left);
}

/* In pieces, each of which is kept. */
static struct result erase_all(struct erasing *erasing)
{
    while (erasing->left > 0)
        TRY(call_perform(erasing->change.call, erase, erasing));
    return OK;
}

struct result record_data_change(struct call *call, struct value **ret)
{
    struct erasing erasing = { .left = 1 };
    bool told;

    TRY(record_change_begin(call, PERMISSION_RECORD_ERASE, &erasing.change));
    if (!own_does(call, "erase"))
        call_fault(call, NULL, &OWN_DO);
    else if (!str_eq_c(call_field(call, "sure"), "yes"))
        call_fault(call, "sure", &NOT_SURE);
    if (!call_is_faulty(call)) {
        TRY(call_told(call, NULL, erase_all(&erasing), &told));
        if (!told) {
            call_see_other(call, STR("/"), "record-erased");
            call_signed_out(call);
        }
    }
    return record_data_answer(call, ret);
}
