/* Which person of the register an account is of: asking the office, and what came of it. */
#include "account/claim.h"
#include "web/own.h"

#define PATH "/account/claim"

/* ---- the shape ---- */

static const char *const state_words[] = {
    [CLAIM_ASKED] = "asked",
    [CLAIM_ACCEPTED] = "accepted",
    [CLAIM_REFUSED] = "refused",
    NULL,
};
static const struct shape state_shape = { .kind = IS_WORD, .words = state_words };
static const struct shape_member claim_members[] = {
    { "state", &state_shape, false, "What came of it" },
    { "name", &shape_text, false, "The name that was given" },
    { "statement", &shape_text, false, "What was stated as proof" },
    { "asked", &shape_instant, false, "When it was asked" },
    { "reason", &shape_text, true, "Of a refusal: why" },
    { 0 },
};
static const struct shape claim_shape = { .kind = IS_OBJECT,
                                          .name = "OwnClaim",
                                          .members = claim_members };

static const struct shape_member members[] = {
    OWN_MEMBERS,
    { "person", &shape_text, true, "The name of whoever the account is of; null: of nobody yet" },
    { "claim", &claim_shape, true, "The latest request; null: there was none" },
    { "open", &shape_bool, false, "Whether one can ask now" },
    { "name", &shape_text, false, "The name in the form" },
    { "statement", &shape_text, false, "The statement in the form" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape own_claim_shape = { .kind = IS_OBJECT, .name = "OwnClaims", .members = members };

const struct route_field own_claim_fields[] = {
    { "do", "ask", true, false },
    { "name", "the name in the register, or the one to enter there", true, false },
    { "statement", "what proves who they are, up to 4,000 bytes", true, false },
    { 0 },
};

/* ---- the view ---- */

static struct result set_person(const struct own *own, struct value *view)
{
    struct person_row person = { .name = STR_NONE };

    if (own->account.person.n)
        TRY(person_load(own->store, own->arena, own->account.person, &person));
    own_set_text(own, view, "person", person.name);
    return OK;
}

static struct value *claim_value(const struct own *own, const struct claim *claim)
{
    struct value *value = value_object(own->arena);

    value_set_text(own->arena, value, "state", str_from_c(state_words[claim->state]));
    value_set_text(own->arena, value, "name", claim->name);
    value_set_text(own->arena, value, "statement", claim->statement);
    own_set_instant(own, value, "asked", claim->asked);
    own_set_text(own, value, "reason", claim->reason);
    return value;
}

struct result own_claim_answer(struct call *call, struct value **ret)
{
    struct claim claim;
    struct result found;
    struct value *view;
    struct own own;
    bool none;
    bool typed = call_is_faulty(call);

    TRY(own_begin(call, &own));
    found = claim_of_account(own.store, own.arena, own.account.id, &claim);
    none = found.error == &ACCOUNT_CLAIM_UNKNOWN;
    if (!none)
        TRY(found);
    view = own_view(&own);
    TRY(set_person(&own, view));
    value_set(own.arena, view, "claim", none ? value_null(own.arena) : claim_value(&own, &claim));
    value_set_bool(own.arena, view, "open",
                   own.account.person.n == 0 && (none || claim.state != CLAIM_ASKED));
    value_set_text(own.arena, view, "name", typed ? own_text(call, "name") : STR(""));
    value_set_text(own.arena, view, "statement", typed ? own_text(call, "statement") : STR(""));
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

/* ---- asking ---- */

static struct result ask(struct store *store, void *context)
{
    struct own_change *c = context;
    struct claim_id id;

    return claim_ask(store, c->call->arena, &c->act, c->account, own_text(c->call, "name"),
                     own_text(c->call, "statement"), &c->refusal, &id);
}

/* Faults of the form are told all at once, before the operation finds the first. */
static void check_form(struct call *call)
{
    struct str name = own_text(call, "name");
    struct str statement = own_text(call, "statement");

    if (name.n == 0 || name.n > PERSON_NAME_MAX)
        call_fault(call, "name", &ACCOUNT_NAME);
    if (statement.n == 0 || statement.n > STATEMENT_MAX)
        call_fault(call, "statement", &ACCOUNT_STATEMENT);
}

struct result own_claim_change(struct call *call, struct value **ret)
{
    static const struct own_deed deeds[] = { { "ask", ask, "name", "claim-asked" } };
    struct own_change change;
    bool done;

    TRY(own_change_begin(call, PERMISSION_CLAIM_ASK, &change));
    check_form(call);
    TRY(own_change_do(&change, deeds, ARRAY_LEN(deeds), PATH, &done));
    return own_claim_answer(call, ret);
}
