/* What waits for somebody to confirm: claims of others that name them, or what they speak for
   (record.h). */
#include "account/asking.h"
#include "base/attr.h"
#include "web/record_entry.h"

#define PATH "/record/waiting"
#define WAITING_SHOWN 100

/* ---- the shapes ---- */

static const char *const role_words[] = { "programme", "provider", "colleague",
                                          "reviewer",  "party",    NULL };
static const struct shape role_shape = { .kind = IS_WORD, .words = role_words };

static const struct shape_member claim_members[] = {
    { "person", &shape_text, false, "Whose claim it is" },
    { "role", &role_shape, false, "In which role it is to be confirmed" },
    { "entry", &record_entry_shape, false, "The claim" },
    { 0 },
};
static const struct shape claim_shape = { .kind = IS_OBJECT,
                                          .name = "WaitingClaim",
                                          .members = claim_members };
static const struct shape claims_shape = { .kind = IS_LIST, .item = &claim_shape };

static const struct shape_member members[] = {
    RECORD_MEMBERS,
    { "claims", &claims_shape, false, "What waits, the earliest first" },
    { "any", &shape_bool, false, "Whether anything does" },
    { "why", &shape_text, false, "The reason in the form" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape record_waiting_shape = { .kind = IS_OBJECT,
                                            .name = "RecordWaiting",
                                            .members = members };

const struct route_field record_waiting_fields[] = {
    { "do", "verify or reject", true, false },
    { "entry", "the number of the entry", true, false },
    { "version", "the version of it that was looked at", true, false },
    { "role", "the role that it waits for", true, false },
    { "why", "why; needed to reject", false, false },
    { 0 },
};

/* ---- what waits ---- */

struct waiting {
    struct record record;
    struct value *list;
};

/* In which role the entry names the person, or the scope they speak for. */
static struct result role_for(const struct record *record, struct evidence_id id,
                              struct scope scope, enum verifier_role *ret)
{
    struct witness_list witnesses;
    enum verifier_role role = VERIFIER_PROGRAMME; /* where the entry states it itself */

    TRY(witnesses_of(record->store, record->arena, id, &witnesses));
    for (size_t i = 0; i < witnesses.count; i++) {
        const struct witness *witness = &witnesses.at[i];

        if (witness->person.n ? witness->person.n == record->person.n
                              : scope_eq(witness->scope, scope))
            role = witness->role;
    }
    *ret = role;
    return OK;
}

static struct result push_claims(struct waiting *waiting, const struct evidence_rows *rows,
                                 struct scope scope)
{
    const struct record *record = &waiting->record;
    struct arena *arena = record->arena;

    for (size_t i = 0; i < rows->count && waiting->list->count < WAITING_SHOWN; i++) {
        struct value *claim = value_object(arena);
        struct person_row person;
        enum verifier_role role;

        if (rows->at[i].person.n == record->person.n)
            continue;
        TRY(role_for(record, rows->at[i].id, scope, &role));
        TRY(person_load(record->store, arena, rows->at[i].person, &person));
        value_set_text(arena, claim, "person", person.name);
        value_set_text(arena, claim, "role", str_from_c(verifier_role_word(role)));
        value_set(arena, claim, "entry",
                  record_entry_value(arena, record->vocabulary, &rows->at[i]));
        value_push(arena, waiting->list, claim);
    }
    return OK;
}

static struct result find_waiting(struct waiting *waiting)
{
    const struct record *record = &waiting->record;
    const struct appointment_list *roles = &call_who(record->call)->roles;
    const struct scope nothing = { .kind = SCOPE_INSTALLATION };
    struct evidence_rows rows;

    TRY(claims_naming(record->store, record->arena, record->person, WAITING_SHOWN, &rows));
    TRY(push_claims(waiting, &rows, nothing));
    for (size_t i = 0; i < roles->count; i++) {
        const struct scope scope = roles->at[i].scope;

        if (scope.kind != SCOPE_PROGRAMME && scope.kind != SCOPE_ORGANISATION)
            continue;
        TRY(claims_naming_scope(record->store, record->arena, scope, WAITING_SHOWN, &rows));
        TRY(push_claims(waiting, &rows, scope));
    }
    return OK;
}

struct result record_waiting_answer(struct call *call, struct value **ret)
{
    struct waiting waiting = { .list = value_array(call->arena) };
    struct value *view;

    TRY(record_begin(call, &waiting.record));
    TRY(find_waiting(&waiting));
    view = record_view(&waiting.record, "asked");
    value_set(call->arena, view, "claims", waiting.list);
    value_set_bool(call->arena, view, "any", waiting.list->count > 0);
    value_set_text(call->arena, view, "why",
                   call_is_faulty(call) ? own_text(call, "why") : STR(""));
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

/* ---- confirming ---- */

struct confirming {
    struct record_change change;
    struct verify_rules rules;
    struct confirmation confirmation;
};

static struct result confirm(struct store *store, void *context)
{
    struct confirming *c = context;

    return evidence_confirm_permitted(store, c->change.call->arena, &c->change.act, &c->rules,
                                      &c->confirmation);
}

struct result record_waiting_change(struct call *call, struct value **ret)
{
    const bool verifies = own_does(call, "verify");
    struct confirming confirming = {
        .rules = record_verify_rules(call),
        .confirmation = { .evidence = { own_number(call, "entry") },
                          .version = own_number(call, "version"),
                          .standing = verifies ? STANDING_VERIFIED : STANDING_REJECTED,
                          .why = own_text(call, "why") },
    };
    bool told;

    TRY(record_change_begin(call, PERMISSION_EVIDENCE_CONFIRM, &confirming.change));
    if (!verifies && !own_does(call, "reject"))
        call_fault(call, NULL, &OWN_DO);
    if (!verifier_role_parse(own_text(call, "role"), &confirming.confirmation.role))
        call_fault(call, NULL, &VERIFY_ROLE);
    if (!call_is_faulty(call)) {
        TRY(call_told(call, NULL, call_perform(call, confirm, &confirming), &told));
        if (!told)
            call_see_other(call, STR(PATH), verifies ? "confirmed" : "rejected");
    }
    return record_waiting_answer(call, ret);
}
