#include "web/office_parts.h"

#include "account/appoint.h"
#include "base/attr.h"
#include "http/error.h"
#include "web/site.h"

/* ---- who may ---- */

struct result office_begin(struct call *call, enum permission permission, const struct about *about,
                           struct office *ret)
{
    struct office office = { .call = call, .arena = call->arena };

    TRY(call_permit(call, permission, about, &office.act));
    TRY(call_store(call, &office.store));
    office.today = act_day(&office.act);
    *ret = office;
    return OK;
}

bool office_may(const struct call *call, enum permission permission, const struct about *about)
{
    return permitted(call_who(call), permission, about);
}

struct about about_person(struct person_id person)
{
    return (struct about){ .scope = SCOPE_ALL, .person = person };
}

struct about about_account(struct account_id account)
{
    return (struct about){ .scope = SCOPE_ALL, .account = account };
}

struct result office_part(const struct call *call, size_t part, int64_t *ret)
{
    return str_to_int(call->parts[part], 1, INT64_MAX, ret) ? OK : fail(&HTTP_NOT_FOUND);
}

int64_t office_query(const struct call *call, const char *name)
{
    int64_t number = 0;

    (void)!str_to_int(form_get(&call->query, str_from_c(name)), 1, INT64_MAX, &number);
    return number;
}

/* ---- people ---- */

static const struct shape_member person_members[] = {
    { "id", &shape_int, false, "The number of the person" },
    { "name", &shape_text, false, "The name" },
    { 0 },
};
const struct shape office_person_shape = { .kind = IS_OBJECT,
                                           .name = "OfficePerson",
                                           .members = person_members };
const struct shape office_people_shape = { .kind = IS_LIST, .item = &office_person_shape };

struct value *office_people_value(struct arena *arena, const struct person_list *list)
{
    struct value *values = value_array(arena);

    for (size_t i = 0; i < list->count; i++) {
        struct value *value = value_object(arena);

        value_set_int(arena, value, "id", list->at[i].id.n);
        value_set_text(arena, value, "name", list->at[i].name);
        value_push(arena, values, value);
    }
    return values;
}

void office_set_sees(const struct office *office, struct value *view)
{
    value_set_bool(office->arena, view, "may_see_people",
                   office_may(office->call, PERMISSION_PERSON_SEE, &ABOUT_NOTHING));
}

/* ---- appointments ---- */

static const char *const role_words[] = {
    "administrator", "officer", "chair", "member", "organisation-contact", "programme-contact", NULL
};
const struct shape office_role_shape = { .kind = IS_WORD, .words = role_words };
static const char *const within_words[] = { "installation", "body", "organisation", "programme",
                                            NULL };
static const struct shape within_word_shape = { .kind = IS_WORD, .words = within_words };

static const struct shape_member within_members[] = {
    { "kind", &within_word_shape, false, "What kind of thing" },
    { "id", &shape_text, true, "The word of a body, the number of another; null: the whole" },
    { "title", &shape_text, true, "Of a body that the scheme has: its title" },
    { 0 },
};
const struct shape office_within_shape = { .kind = IS_OBJECT,
                                           .name = "Within",
                                           .members = within_members };

static const struct shape_member appointment_members[] = {
    { "id", &shape_int, false, "The number of the appointment" },
    { "person", &office_person_shape, false, "Who is appointed" },
    { "role", &office_role_shape, false, "To which role" },
    { "scope", &shape_text, false, "Within what, as the command line writes it" },
    { "within", &office_within_shape, false, "The same in its parts" },
    { "from", &shape_date, false, "The first day" },
    { "last", &shape_date, true, "The last day; null: no end was set" },
    { "basis", &shape_text, false, "The decision that it rests on; may be empty" },
    { "ended", &shape_date, true, "The day from which on it does not hold" },
    { "why", &shape_text, true, "Why it was ended" },
    { "holds", &shape_bool, false, "Whether it holds today" },
    { "to_begin", &shape_bool, false, "Whether it is still to begin" },
    { "end", &shape_text, true, "The address at which whoever asks may end it" },
    { 0 },
};
static const struct shape appointment_shape = { .kind = IS_OBJECT,
                                                .name = "Appointment",
                                                .members = appointment_members };
const struct shape office_appointments_shape = { .kind = IS_LIST, .item = &appointment_shape };

static const char *const group_words[] = {
    "office", "chair", "member", "organisation-contact", "programme-contact", NULL
};
static const struct shape group_shape = { .kind = IS_WORD, .words = group_words };
static const struct shape_member group_members[] = {
    { "group", &group_shape, false, "The last word of /office/appoint/WORD" },
    { 0 },
};
static const struct shape group_row_shape = { .kind = IS_OBJECT,
                                              .name = "AppointLink",
                                              .members = group_members };
const struct shape office_groups_shape = { .kind = IS_LIST, .item = &group_row_shape };

void office_push_group(struct arena *arena, struct value *groups, const char *word)
{
    struct value *row = value_object(arena);

    value_set_text(arena, row, "group", str_from_c(word));
    value_push(arena, groups, row);
}

const char *office_appoint_word(enum appointed_role role)
{
    if (role == APPOINTED_ADMINISTRATOR || role == APPOINTED_OFFICER)
        return "office";
    return appointed_role_word(role);
}

struct value *office_within_value(const struct office *office, struct scope scope)
{
    const struct scheme_body *body =
        scope.kind == SCOPE_BODY ? scheme_body(call_scheme(office->call), scope.id) : NULL;
    struct value *value = value_object(office->arena);

    value_set_text(office->arena, value, "kind", str_from_c(scope_kind_word(scope.kind)));
    value_set(office->arena, value, "id", text_or_null(office->arena, scope.id));
    value_set(office->arena, value, "title",
              body ? value_text(office->arena, body->title) : value_null(office->arena));
    return value;
}

static bool may_end(const struct office *office, const struct appointment *appointment)
{
    const struct about about = { .scope = appointment->scope };
    day ends = appointment->ended == DAY_NONE ? appointment->last : appointment->ended;

    return office->today <= ends && appointment->ended == DAY_NONE &&
           office_may(office->call, permission_to_appoint(appointment->role), &about);
}

struct result office_appointments_value(const struct office *office,
                                        const struct appointment_list *list, struct value **ret)
{
    struct arena *arena = office->arena;
    struct value *values;

    TRY(appointments_value(office->store, arena, list, office->today, &values));
    for (size_t i = 0; i < list->count; i++) {
        const struct appointment *appointment = &list->at[i];

        value_set(arena, values->items[i], "within",
                  office_within_value(office, appointment->scope));
        value_set(arena, values->items[i], "end",
                  may_end(office, appointment)
                      ? value_text(arena, str_format(arena, "/office/appoint/%s/%lld/end",
                                                     office_appoint_word(appointment->role),
                                                     (long long)appointment->id.n))
                      : value_null(arena));
    }
    *ret = values;
    return OK;
}

/* ---- accounts, and what waits ---- */

static const char *const account_words[] = { "open", "blocked", "closed", NULL };
static const struct shape account_state_shape = { .kind = IS_WORD, .words = account_words };

static const struct shape_member account_members[] = {
    { "id", &shape_int, false, "The number of the account" },
    { "state", &account_state_shape, false, "Whether it can be used" },
    { "created", &shape_instant, false, "When it was made" },
    { "person", &office_person_shape, true, "Whose it is; null: nobody's yet" },
    { 0 },
};
const struct shape office_account_shape = { .kind = IS_OBJECT,
                                            .name = "OfficeAccount",
                                            .members = account_members };

static const char *const claim_words[] = { "asked", "accepted", "refused", NULL };
static const struct shape claim_state_shape = { .kind = IS_WORD, .words = claim_words };

static const struct shape_member claim_members[] = {
    { "id", &shape_int, false, "The number of the claim" },
    { "state", &claim_state_shape, false, "What became of it" },
    { "account", &shape_int, false, "The account that claims" },
    { "address", &shape_text, true, "Its primary address" },
    { "name", &shape_text, false, "The name that was given" },
    { "statement", &shape_text, false, "What is stated as proof" },
    { "asked", &shape_instant, false, "When" },
    { "person", &office_person_shape, true, "For whom it was accepted" },
    { "reason", &shape_text, true, "Why it was refused" },
    { 0 },
};
const struct shape office_claim_shape = { .kind = IS_OBJECT,
                                          .name = "OfficeClaim",
                                          .members = claim_members };

static const char *const recovery_words[] = { "unconfirmed", "asked",     "one-approved", "waiting",
                                              "refused",     "cancelled", "done",         NULL };
static const struct shape recovery_state_shape = { .kind = IS_WORD, .words = recovery_words };

/* Nobody, for the command line, is null. */
static const struct shape_member approval_members[] = {
    { "officer", &office_person_shape, true, "Who; null: the command line" },
    { 0 },
};
static const struct shape approval_shape = { .kind = IS_OBJECT,
                                             .name = "Approval",
                                             .members = approval_members };
static const struct shape approvals_shape = { .kind = IS_LIST, .item = &approval_shape };

static const struct shape_member recovery_members[] = {
    { "id", &shape_int, false, "The number of the recovery" },
    { "state", &recovery_state_shape, false, "Where it stands" },
    { "known_as", &shape_text, false, "A name or an old address, as it was given" },
    { "address", &shape_text, false, "The new address" },
    { "statement", &shape_text, false, "What is stated as proof" },
    { "asked", &shape_instant, false, "When" },
    { "account", &shape_int, true, "The account that it was approved for" },
    { "approvals", &approvals_shape, false, "Who has approved it" },
    { "until", &shape_instant, true, "When its waiting period ends" },
    { "reason", &shape_text, true, "Why it was refused" },
    { 0 },
};
const struct shape office_recovery_shape = { .kind = IS_OBJECT,
                                             .name = "OfficeRecovery",
                                             .members = recovery_members };

/* ---- history ---- */

static const char *const actor_words[] = { "person", "command", "system", "token", "nobody", NULL };
static const struct shape actor_shape = { .kind = IS_WORD, .words = actor_words };

static const struct shape_member detail_members[] = {
    { "name", &shape_text, false, "What it is" },
    { "value", &shape_text, false, "What it says; lists and the like as JSON" },
    { 0 },
};
static const struct shape detail_shape = { .kind = IS_OBJECT,
                                           .name = "OfficeDetail",
                                           .members = detail_members };
static const struct shape details_shape = { .kind = IS_LIST, .item = &detail_shape };

static const struct shape_member history_members[] = {
    { "position", &shape_int, false, "In the journal" },
    { "at", &shape_instant, false, "When" },
    { "operation", &shape_text, false, "What was done, as the journal has it" },
    { "by", &actor_shape, false, "What kind of actor did it" },
    { "actor", &office_person_shape, true, "Who, if it was a person" },
    { "themself", &shape_bool, false, "Whether the person did it themselves" },
    { "authority", &shape_text, false, "By what right" },
    { "details", &details_shape, true, "What else is known; null: erased, or not to be seen" },
    { 0 },
};
static const struct shape entry_shape = { .kind = IS_OBJECT,
                                          .name = "OfficeHistoryEntry",
                                          .members = history_members };
const struct shape office_history_shape = { .kind = IS_LIST, .item = &entry_shape };

static struct str detail_text(struct arena *arena, const struct value *value)
{
    struct buf out;

    if (value->kind == VALUE_TEXT)
        return value->text;
    buf_init(&out, (size_t)64 * 1024);
    value_write_json(value, JSON_COMPACT, &out);
    return buf_take(&out, arena);
}

struct value *office_details_value(struct arena *arena, const struct value *details)
{
    struct value *list = value_array(arena);

    for (size_t i = 0; i < details->count; i++) {
        struct value *detail = value_object(arena);

        value_set_text(arena, detail, "name", details->members[i].key);
        value_set_text(arena, detail, "value", detail_text(arena, details->members[i].value));
        value_push(arena, list, detail);
    }
    return list;
}

struct result office_history_value(const struct office *office, const struct history_list *list,
                                   struct value **ret)
{
    struct arena *arena = office->arena;
    struct value *values = value_array(arena);

    for (size_t i = 0; i < list->count; i++) {
        const struct history_entry *entry = &list->at[i];
        const struct value *whole = history_entry_value(arena, entry);
        const struct value *details = value_get(whole, "details");
        struct value *value = value_object(arena);

        value_set_int(arena, value, "position", entry->position);
        value_set(arena, value, "at", value_instant(arena, entry->at));
        value_set_text(arena, value, "operation", entry->operation);
        value_set_text(arena, value, "by",
                       entry->actor_kind.n > 0 ? entry->actor_kind : STR("nobody"));
        value_set(arena, value, "actor", value_copy(arena, value_get(whole, "actor")));
        value_set_bool(arena, value, "themself", entry->by_themself);
        value_set_text(arena, value, "authority", entry->authority);
        value_set(arena, value, "details",
                  details->kind == VALUE_OBJECT ? office_details_value(arena, details)
                                                : value_null(arena));
        value_push(arena, values, value);
    }
    *ret = values;
    return OK;
}
