#include "web/own_history.h"

#include "account/history.h"
#include "account/permissions.h"
#include "web/own.h"
#include "json/read.h"

#define PAGE 50 /* entries */

/* What is done to people and their accounts. To add an operation, add its name here and its words
   to templates/account/operation.html; tests/tools/history_words.py compares them with the sources.
 */
const char *const own_history_operations[] = {
    "account-blocked",
    "account-closed",
    "account-made",
    "account-unblocked",
    "address-added",
    "address-asked",
    "address-confirmed",
    "address-made-primary",
    "address-removed",
    "appointment-ended",
    "appointment-made",
    "appointment-reminded",
    "attachment-added",
    "attachment-removed",
    "audit-result",
    "authenticator-added",
    "authenticator-begun",
    "authenticator-removed",
    "claim-asked",
    "claim-refused",
    "evidence-added",
    "evidence-corrected",
    "evidence-duplicate",
    "evidence-imported",
    "evidence-no-duplicate",
    "evidence-rejected",
    "evidence-verified",
    "evidence-withdrawn",
    "import-begun",
    "import-ended",
    "import-undone",
    "link-asked",
    "opinion-asked",
    "opinion-cancelled",
    "opinion-given",
    "passkey-added",
    "passkey-counted-back",
    "passkey-removed",
    "passkey-renamed",
    "password-removed",
    "password-set",
    "people-distinct",
    "people-merged",
    "people-unmerged",
    "person-added",
    "person-claimed",
    "person-erased",
    "person-invited",
    "person-renamed",
    "profile-removed",
    "profile-set",
    "profile-shown",
    "recovery-approved",
    "recovery-asked",
    "recovery-cancelled",
    "recovery-codes-renewed",
    "recovery-confirmed",
    "recovery-done",
    "recovery-ready",
    "recovery-refused",
    "recovery-supported",
    "session-ended",
    "sessions-ended",
    "sign-in-link-made",
    "shown-again",
    "signed-in",
    "token-made",
    "token-reminded",
    "token-revoked",
    "verification-answered",
    "verification-asked",
    "verification-cancelled",
    "witness-named",
    "witness-removed",
    "other",
    NULL,
};

/* ---- the shape ---- */

static const struct shape operation_shape = { .kind = IS_WORD, .words = own_history_operations };
static const char *const actor_words[] = { "you",   "person", "command", "system",
                                           "token", "nobody", NULL };
static const struct shape actor_shape = { .kind = IS_WORD, .words = actor_words };

/* What is told of an entry: texts of its payload under the same names. */
static const struct shape_member detail_members[] = {
    { "address", &shape_text, true, "A mail address" },
    { "agent", &shape_text, true, "Browser and system" },
    { "before", &shape_text, true, "The name before" },
    { "by", &shape_text, true, "Of a claim: invitation or request" },
    { "ended", &shape_date, true, "Of an appointment: from when on it does not hold" },
    { "from", &shape_date, true, "Of an appointment: the first day" },
    { "last", &shape_date, true, "Of an appointment or a token: the last day" },
    { "method", &shape_text, true, "How somebody signed in" },
    { "name", &shape_text, true, "A name" },
    { "reason", &shape_text, true, "The reason of a refusal" },
    { "role", &shape_text, true, "Of an appointment: to what" },
    { "why", &shape_text, true, "Why it was done" },
    { "scope", &own_scope_shape, true, "Of an appointment: within what" },
    { 0 },
};
static const struct shape detail_shape = { .kind = IS_OBJECT,
                                           .name = "HistoryDetails",
                                           .members = detail_members };

static const struct shape_member right_members[] = {
    { "role", &own_role_shape, false, "A role" },
    { "scope", &own_scope_shape, false, "Within what it is held" },
    { 0 },
};
static const struct shape right_shape = { .kind = IS_OBJECT,
                                          .name = "HistoryRight",
                                          .members = right_members };

static const struct shape_member entry_members[] = {
    { "position", &shape_int, false, "In the journal" },
    { "at", &shape_instant, false, "When it was done" },
    { "operation", &operation_shape, false, "What was done; other: see its name" },
    { "name", &shape_text, false, "The operation's name, as the journal has it" },
    { "actor", &actor_shape, false, "Who did it; nobody: it is not known who" },
    { "actor_name", &shape_text, true, "The name of another person" },
    { "authority", &shape_text, false, "By what right, as the journal has it" },
    { "right", &right_shape, true, "The role that gave the right" },
    { "erased", &shape_bool, false, "Whether the details were erased" },
    { "details", &detail_shape, false, "What else is known of it" },
    { 0 },
};
static const struct shape entry_shape = { .kind = IS_OBJECT,
                                          .name = "HistoryEntry",
                                          .members = entry_members };
static const struct shape entries_shape = { .kind = IS_LIST, .item = &entry_shape };

static const struct shape_member members[] = {
    OWN_MEMBERS,
    { "entries", &entries_shape, false, "The latest first" },
    { "first_page", &shape_bool, false, "Whether these are the latest" },
    { "older", &shape_int, true, "The position before which to ask for more; null: no more" },
    { 0 },
};
const struct shape own_history_shape = { .kind = IS_OBJECT,
                                         .name = "OwnHistory",
                                         .members = members };

const struct route_field own_history_fields[] = {
    { "before", "a position in the journal: what was done before it", false, false },
    { 0 },
};

/* ---- an entry ---- */

static const char *operation_of(struct str name)
{
    const char *const *word = own_history_operations;

    while (word[1] && !str_eq_c(name, *word))
        word++;
    return *word;
}

/* Whether whoever did it, of whom the journal knows no person, was the account's owner: signed in
   to it, or by doing what nobody else can. */
static bool is_owners(const struct history_entry *entry)
{
    static const char *const names[] = { "account-made", "person-claimed", "recovery-done",
                                         "signed-in" };

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (str_eq_c(entry->operation, names[i]))
            return true;
    }
    return str_eq_c(entry->authority, "signed-in");
}

static const char *actor_of(const struct history_entry *entry)
{
    static const char *const kinds[] = { "person", "command", "system", "token" };
    bool is_person = str_eq_c(entry->actor_kind, "person");

    if (entry->by_themself || (is_person && !entry->actor.n && is_owners(entry)))
        return "you";
    if (is_person && !entry->actor.n)
        return "nobody";
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (str_eq_c(entry->actor_kind, kinds[i]))
            return kinds[i];
    }
    return "nobody";
}

/* "appointment 17", also behind the token that was used: "token 4, appointment 17". */
static bool appointment_of(struct str authority, struct appointment_id *ret)
{
    static const struct str word = STR("appointment ");

    while (authority.p) {
        struct str part;

        authority = str_split(authority, ',', &part);
        part = str_trim(part);
        if (str_starts(part, word))
            return str_to_int(str_drop(part, word.n), 1, INT64_MAX, &ret->n);
    }
    return false;
}

static struct result set_right(const struct own *own, struct str authority, struct value *value)
{
    struct value *right = value_object(own->arena);
    struct appointment appointment;
    struct appointment_id id;

    if (!appointment_of(authority, &id)) {
        value_set(own->arena, value, "right", value_null(own->arena));
        return OK;
    }
    TRY(appointment_load(own->store, own->arena, id, &appointment));
    value_set_text(own->arena, right, "role", str_from_c(appointed_role_word(appointment.role)));
    value_set(own->arena, right, "scope", own_scope_value(own, appointment.scope));
    value_set(own->arena, value, "right", right);
    return OK;
}

/* Payloads are written by this program and those before it; what cannot be read is left out. */
static struct value *payload_of(const struct own *own, struct str json)
{
    const struct json_limits limits = { .bytes = 100000, .depth = 16 };
    struct json_fault fault;
    struct value *payload;

    if (!json.p || failed(json_read(own->arena, json, &limits, &fault, &payload)))
        return NULL;
    return payload;
}

static bool is_told(const struct shape_member *member, const struct value *value)
{
    day on;

    return value && value->kind == VALUE_TEXT && value->text.n > 0 &&
           (member->shape != &shape_date || day_parse(value->text, &on));
}

static struct value *details_value(const struct own *own, const struct value *payload)
{
    struct value *details = value_object(own->arena);
    const struct value *scope = value_get(payload, "scope");
    struct scope within;

    for (const struct shape_member *member = detail_members; member->name; member++) {
        const struct value *value = value_get(payload, member->name);

        if (member->shape == &own_scope_shape)
            continue;
        own_set_text(own, details, member->name, is_told(member, value) ? value->text : STR_NONE);
    }
    value_set(own->arena, details, "scope",
              scope && scope->kind == VALUE_TEXT && scope_parse(scope->text, &within)
                  ? own_scope_value(own, within)
                  : value_null(own->arena));
    return details;
}

static struct result push_entry(const struct own *own, const struct history_entry *entry,
                                struct value *list)
{
    struct value *value = value_object(own->arena);
    struct value *payload = payload_of(own, entry->payload);

    value_set_int(own->arena, value, "position", entry->position);
    own_set_instant(own, value, "at", entry->at);
    value_set_text(own->arena, value, "operation", str_from_c(operation_of(entry->operation)));
    value_set_text(own->arena, value, "name", entry->operation);
    value_set_text(own->arena, value, "actor", str_from_c(actor_of(entry)));
    own_set_text(own, value, "actor_name", entry->by_themself ? STR_NONE : entry->actor_name);
    value_set_text(own->arena, value, "authority", entry->authority);
    TRY(set_right(own, entry->authority, value));
    value_set_bool(own->arena, value, "erased", !entry->payload.p);
    value_set(own->arena, value, "details",
              details_value(own, payload ? payload : value_object(own->arena)));
    value_push(own->arena, list, value);
    return OK;
}

/* ---- the view ---- */

/* Programs come for a person, and browsers for an account that may be nobody's yet. */
static struct result read_entries(const struct own *own, int64_t before, struct history_list *ret)
{
    const struct who *who = call_who(own->call);

    if (who->person.n)
        return history_of_person(own->store, own->arena, who->person, before, PAGE + 1, ret);
    return history_of_account(own->store, own->arena, who->account, before, PAGE + 1, ret);
}

struct result own_history_answer(struct call *call, struct value **ret)
{
    const struct about about = call_about_self(call);
    struct own own = { .call = call, .arena = call->arena };
    struct history_list entries;
    struct value *list;
    struct value *view;
    struct act unused;
    int64_t before;

    TRY(call_permit(call, PERMISSION_HISTORY_SEE, &about, &unused));
    if (!str_to_int(form_get(&call->query, STR("before")), 1, INT64_MAX, &before))
        before = 0;
    TRY(call_store(call, &own.store));
    TRY(read_entries(&own, before, &entries));
    list = value_array(own.arena);
    for (size_t i = 0; i < entries.count && i < PAGE; i++)
        TRY(push_entry(&own, &entries.at[i], list));
    view = own_view(&own);
    value_set(own.arena, view, "entries", list);
    value_set_bool(own.arena, view, "first_page", before == 0);
    value_set(own.arena, view, "older",
              entries.count > PAGE ? value_int(own.arena, entries.at[PAGE - 1].position)
                                   : value_null(own.arena));
    *ret = view;
    return OK;
}
