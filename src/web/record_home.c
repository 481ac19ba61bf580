/* Where somebody stands by their record: every certification at a glance, and each whole
   (record.h). */
#include "account/claim.h"
#include "http/error.h"
#include "web/record_look.h"
#include "web/site.h"
#include "web/standing_answer.h"
#include "web/standing_shape.h"

/* ---- the shapes ---- */

static const struct shape_member members[] = {
    RECORD_MEMBERS,
    { "person", &shape_text, true, "The name of whoever the record is of; null: of nobody yet" },
    { "claim_waits", &shape_bool, false, "Whether a request to be somebody of the register waits" },
    { "standing", &record_glance_shape, true, "Where they stand; null: there is no record yet" },
    { 0 },
};
const struct shape record_home_shape = { .kind = IS_OBJECT,
                                         .name = "RecordHome",
                                         .members = members };

static const struct shape_member standing_members[] = {
    RECORD_MEMBERS,
    { "name", &shape_text, false, "The certification" },
    { "title", &shape_text, false, "Its title" },
    { "standing", &standing_summary_shape, false, "Where they stand in it" },
    { 0 },
};
const struct shape record_standing_shape = { .kind = IS_OBJECT,
                                             .name = "RecordStanding",
                                             .members = standing_members };

/* What the record says of those certifications, or of all, to `most` records of a reason. */
static struct result look(const struct record *record, struct str_list names, size_t most,
                          struct value **ret)
{
    struct budget budget = budget_of(record->call, 1);
    struct standing_check check;
    struct dossier dossier;

    TRY(record_dossier(record, &dossier));
    TRY(record_check(record, &dossier, record->call->today, names, &budget, &check));
    return budget_summary(&budget, &check, most, ret);
}

/* ---- at a glance ---- */

/* Of an account that is nobody's yet. */
static struct result nobody_value(struct call *call, struct value **ret)
{
    struct record none = { .call = call, .arena = call->arena };
    struct value *view = record_view(&none, "standing");
    struct store *store;
    struct claim claim;
    struct result found;

    TRY(call_store(call, &store));
    found = claim_of_account(store, call->arena, call_who(call)->account, &claim);
    if (found.error != &ACCOUNT_CLAIM_UNKNOWN)
        TRY(found);
    value_set(call->arena, view, "person", value_null(call->arena));
    value_set_bool(call->arena, view, "claim_waits", !failed(found) && claim.state == CLAIM_ASKED);
    value_set(call->arena, view, "standing", value_null(call->arena));
    *ret = view;
    return OK;
}

struct result record_home_answer(struct call *call, struct value **ret)
{
    struct record record;
    struct person_row person;
    struct value *summary;
    struct value *view;

    if (call_who(call)->person.n == 0 && call_session(call))
        return nobody_value(call, ret);
    TRY(record_begin(call, &record));
    TRY(person_load(record.store, call->arena, record.person, &person));
    TRY(look(&record, (struct str_list){ 0 }, 0, &summary));
    view = record_view(&record, "standing");
    value_set_text(call->arena, view, "person", person.name);
    value_set_bool(call->arena, view, "claim_waits", false);
    value_set(call->arena, view, "standing", record_glance(call->arena, summary));
    *ret = view;
    return OK;
}

/* ---- one certification ---- */

static bool is_known(const struct scheme *scheme, struct str name)
{
    size_t editions;

    (void)library_editions(scheme->library, name, &editions);
    return editions > 0 && is_certification(scheme->library, name);
}

struct result record_standing_answer(struct call *call, struct value **ret)
{
    struct str name = call->parts[0];
    const struct value *certification;
    struct record record;
    struct value *summary;
    struct value *view;

    TRY(record_begin(call, &record));
    if (!is_known(record.scheme, name))
        return fail(&HTTP_NOT_FOUND);
    TRY(look(&record, (struct str_list){ &name, 1 }, ANSWER_RECORDS_SHOWN, &summary));
    certification = value_get(value_get(summary, "groups")->items[0], "certifications")->items[0];
    view = record_view(&record, "standing");
    value_set_text(call->arena, view, "name", name);
    value_set(call->arena, view, "title", (struct value *)value_get(certification, "title"));
    value_set(call->arena, view, "standing", summary);
    *ret = view;
    return OK;
}
