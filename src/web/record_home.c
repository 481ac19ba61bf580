/* Where somebody stands by their record: every certification at a glance, and each whole
   (record.h). */
#include "account/claim.h"
#include "base/attr.h"
#include "http/error.h"
#include "register/standing.h"
#include "web/record.h"
#include "web/site.h"
#include "web/standing.h"
#include "web/standing_answer.h"
#include "web/standing_complete.h"
#include "web/standing_shape.h"

/* ---- the shapes ---- */

static const struct shape_member certification_members[] = {
    { "name", &shape_text, false, "The name of the certification, or of a document beside one" },
    { "title", &shape_text, false, "Its title" },
    { "readings", &standing_readings_shape, false, "The two results, and how far each is" },
    { "differ", &shape_bool, false, "Whether claims would change the result" },
    { "first_in_force", &shape_date, true,
      "The first day on which an edition is in force, where none is yet" },
    { "nearest", &standing_nearest_shape, true,
      "What is missing, and the nearest way; null where nothing is or no way leads there" },
    { "lasts", &standing_lasts_shape, true, "How long the result stands; null unless eligible" },
    { 0 },
};
static const struct shape certification_shape = { .kind = IS_OBJECT,
                                                  .name = "RecordCertification",
                                                  .members = certification_members };
static const struct shape certifications_shape = { .kind = IS_LIST, .item = &certification_shape };

static const struct shape_member group_members[] = {
    { "title", &shape_text, true, "The group of certifications; null for those in none" },
    { "certifications", &certifications_shape, false, "In the order of the scheme" },
    { 0 },
};
static const struct shape group_shape = { .kind = IS_OBJECT, .members = group_members };
static const struct shape groups_shape = { .kind = IS_LIST, .item = &group_shape };

static const struct shape_member glance_members[] = {
    { "on", &shape_date, false, "The day it is" },
    { "records", &standing_records_shape, false, "The records that were looked at" },
    { "none", &shape_bool, false, "Whether there are no records yet" },
    { "groups", &groups_shape, false, "Where the person stands, by the groups of the scheme" },
    { 0 },
};
static const struct shape glance_shape = { .kind = IS_OBJECT,
                                           .name = "RecordGlance",
                                           .members = glance_members };

static const struct shape_member members[] = {
    RECORD_MEMBERS,
    { "person", &shape_text, true, "The name of whoever the record is of; null: of nobody yet" },
    { "claim_waits", &shape_bool, false, "Whether a request to be somebody of the register waits" },
    { "standing", &glance_shape, true, "Where they stand; null: there is no record yet" },
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

/* ---- looking ---- */

struct budget {
    const struct call *call;
    int64_t until;
};

static bool there_is_time(void *context)
{
    const struct budget *budget = context;

    return call_now_ms(budget->call) < budget->until;
}

/* What the record says of those certifications, or of all, to `most` records of a reason. */
static struct result look(const struct record *record, struct str_list names, size_t most,
                          struct value **ret)
{
    struct arena *arena = record->arena;
    struct budget budget = { record->call, call_now_ms(record->call) + STANDING_WORK_MS };
    struct dossier dossier;
    const struct standing_question question = {
        .scheme = record->scheme,
        .dossier = &dossier,
        .on = record->call->today,
        .names = names,
        .go_on = there_is_time,
        .context = &budget,
    };
    struct standing_check check;

    TRY(record_dossier(record, &dossier));
    TRY(standing_check(arena, &question, &check));
    TRY(standing_summary_value(arena, &check, most, ret));
    return summary_complete(arena, &check, there_is_time, &budget, *ret);
}

/* ---- at a glance ---- */

static struct value *of_result(struct arena *arena, const struct value *result, const char *key)
{
    return result->kind == VALUE_OBJECT ? (struct value *)value_get(result, key)
                                        : value_null(arena);
}

static struct value *certification_value(struct arena *arena, const struct value *whole)
{
    static const char *const kept[] = { "name", "title", "readings", "differ", "first_in_force" };
    const struct value *result = value_get(whole, "result");
    struct value *value = value_object(arena);

    for (size_t i = 0; i < ARRAY_LEN(kept); i++)
        value_set(arena, value, kept[i], (struct value *)value_get(whole, kept[i]));
    value_set(arena, value, "nearest", of_result(arena, result, "nearest"));
    value_set(arena, value, "lasts", of_result(arena, result, "lasts"));
    return value;
}

static struct value *group_value(struct arena *arena, const struct value *whole)
{
    const struct value *all = value_get(whole, "certifications");
    struct value *certifications = value_array(arena);
    struct value *value = value_object(arena);

    for (size_t i = 0; i < all->count; i++)
        value_push(arena, certifications, certification_value(arena, all->items[i]));
    value_set(arena, value, "title", (struct value *)value_get(whole, "title"));
    value_set(arena, value, "certifications", certifications);
    return value;
}

static struct value *glance_value(struct arena *arena, const struct value *summary)
{
    const struct value *all = value_get(summary, "groups");
    const struct value *records = value_get(summary, "records");
    struct value *groups = value_array(arena);
    struct value *value = value_object(arena);

    for (size_t i = 0; i < all->count; i++)
        value_push(arena, groups, group_value(arena, all->items[i]));
    value_set(arena, value, "on", (struct value *)value_get(summary, "on"));
    value_set(arena, value, "records", (struct value *)records);
    value_set_bool(arena, value, "none", value_get(records, "count")->integer == 0);
    value_set(arena, value, "groups", groups);
    return value;
}

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
    value_set(call->arena, view, "standing", glance_value(call->arena, summary));
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
