/* Claims: who says which person they are, and accepting it (office.h). */
#include "web/office.h"
#include "web/office_parts.h"

static const struct shape claims_shape = { .kind = IS_LIST, .item = &office_claim_shape };

/* Nobody can be chosen who is not a number. */
static const struct error NOBODY_CHOSEN = { "nobody-chosen", 422, EXIT_INPUT,
                                            "choose for whom to accept it" };
static const struct error NOBODY = { "nobody", 422, EXIT_INPUT,
                                     "nobody in the register has this number" };

/* ---- those that wait ---- */

static const struct shape_member list_members[] = {
    { "claims", &claims_shape, false, "The oldest first" },
    { "all", &shape_bool, false, "Whether those that were decided stand here too" },
    { "after", &shape_int, true, "Of all: the number after which to go on; null: no more" },
    { 0 },
};
const struct shape office_claims_shape = { .kind = IS_OBJECT,
                                           .name = "OfficeClaims",
                                           .members = list_members };
const struct route_field office_waiting_fields[] = {
    { "all", "yes: those that were decided too", false, false },
    { "after", "with all: the number after which to go on", false, false },
    { 0 },
};

struct result office_claims_answer(struct call *call, struct value **ret_view)
{
    bool all = str_eq_c(form_get(&call->query, STR("all")), "yes");
    struct value *view = value_object(call->arena);
    struct value *values = value_array(call->arena);
    struct claim_list list;
    struct office office;
    size_t count;

    TRY(office_begin(call, PERMISSION_CLAIM_SEE, &ABOUT_NOTHING, &office));
    if (all)
        TRY(claims_list(office.store, office.arena,
                        (struct claim_id){ office_query(call, "after") }, OFFICE_PAGE + 1, &list));
    else
        TRY(claims_open(office.store, office.arena, OFFICE_PAGE, &list));
    count = list.count > OFFICE_PAGE ? OFFICE_PAGE : list.count;
    for (size_t i = 0; i < count; i++) {
        struct value *value;

        TRY(claim_value(office.store, office.arena, &list.at[i], &value));
        value_push(call->arena, values, value);
    }
    value_set(call->arena, view, "claims", values);
    value_set_bool(call->arena, view, "all", all);
    value_set(call->arena, view, "after",
              list.count > count ? value_int(call->arena, list.at[count - 1].id.n)
                                 : value_null(call->arena));
    *ret_view = view;
    return OK;
}

/* ---- one ---- */

static const struct shape_member candidate_members[] = {
    { "id", &shape_int, false, "The number of the person" },
    { "name", &shape_text, false, "The name" },
    { "taken", &shape_bool, false, "Whether they have an account already" },
    { "chosen", &shape_bool, false, "Whether they were chosen in what was sent" },
    { 0 },
};
static const struct shape candidate_shape = { .kind = IS_OBJECT,
                                              .name = "ClaimCandidate",
                                              .members = candidate_members };
static const struct shape candidates_shape = { .kind = IS_LIST, .item = &candidate_shape };

static const struct shape_member page_members[] = {
    { "claim", &office_claim_shape, false, "The claim" },
    { "candidates", &candidates_shape, false, "People of the same name" },
    { "own", &shape_bool, false, "Whether it is that of whoever asks, who may not decide it" },
    { "may_decide", &shape_bool, false, "Whether it waits, and whoever asks may decide it" },
    { "new", &shape_bool, false, "Whether a new person was chosen in what was sent" },
    { "other", &shape_text, false, "The number that was typed for somebody else" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape office_claim_page_shape = { .kind = IS_OBJECT,
                                               .name = "OfficeClaimPage",
                                               .members = page_members };
const struct route_field office_claim_accept_fields[] = {
    { "person", "the number of a person; new: a new one; other: see other", true, false },
    { "other", "the number of a person who is not in the list", false, false },
    { 0 },
};

static struct result push_candidates(const struct office *office, const struct claim *claim,
                                     struct value *values)
{
    struct str chosen = call_field(office->call, "person");
    struct person_list list;
    struct account account;

    TRY(people_named(office->store, office->arena, claim->name, &list));
    for (size_t i = 0; i < list.count; i++) {
        struct value *value = value_object(office->arena);
        struct result found =
            account_of_person(office->store, office->arena, list.at[i].id, &account);

        if (failed(found) && found.error != &ACCOUNT_UNKNOWN)
            return found;
        value_set_int(office->arena, value, "id", list.at[i].id.n);
        value_set_text(office->arena, value, "name", list.at[i].name);
        value_set_bool(office->arena, value, "taken", !failed(found));
        value_set_bool(
            office->arena, value, "chosen",
            str_eq(chosen, str_format(office->arena, "%lld", (long long)list.at[i].id.n)));
        value_push(office->arena, values, value);
    }
    return OK;
}

static struct result answer_claim(struct call *call, enum permission permission,
                                  struct value **ret_view)
{
    struct value *view = value_object(call->arena);
    struct value *candidates = value_array(call->arena);
    struct str other = call_field(call, "other");
    struct claim_id id;
    struct claim claim;
    struct office office;
    struct value *value;
    bool own;

    TRY(office_part(call, 0, &id.n));
    TRY(office_begin(call, permission, &ABOUT_NOTHING, &office));
    TRY(claim_load(office.store, office.arena, id, &claim));
    TRY(claim_value(office.store, office.arena, &claim, &value));
    TRY(push_candidates(&office, &claim, candidates));
    own = claim.account.n == call_who(call)->account.n;
    value_set(call->arena, view, "claim", value);
    value_set(call->arena, view, "candidates", candidates);
    value_set_bool(call->arena, view, "own", own);
    value_set_bool(call->arena, view, "may_decide",
                   !own && claim.state == CLAIM_ASKED &&
                       office_may(call, PERMISSION_CLAIM_DECIDE, &ABOUT_NOTHING));
    value_set_bool(call->arena, view, "new", str_eq_c(call_field(call, "person"), "new"));
    value_set_text(call->arena, view, "other", other.p ? other : STR(""));
    call_add_faults(call, view);
    *ret_view = view;
    return OK;
}

struct result office_claim_answer(struct call *call, struct value **ret_view)
{
    return answer_claim(call, PERMISSION_CLAIM_SEE, ret_view);
}

struct result office_claim_accept_answer(struct call *call, struct value **ret_view)
{
    return answer_claim(call, PERMISSION_CLAIM_DECIDE, ret_view);
}

/* ---- accepting ---- */

struct accepting {
    struct arena *arena;
    struct act act;
    struct claim_id claim;
    struct person_id person;
};

static struct result accept(struct store *store, void *context)
{
    struct accepting *a = context;

    return claim_accept(store, a->arena, &a->act, a->claim, a->person, &a->person);
}

/* Whom the form names; 0: a new person. */
static bool take_person(struct call *call, struct person_id *ret)
{
    struct str chosen = call_field(call, "person");
    bool other = str_eq_c(chosen, "other");

    ret->n = 0;
    if (str_eq_c(chosen, "new"))
        return true;
    if (other)
        chosen = str_trim(call_field(call, "other"));
    if (str_to_int(chosen, 1, INT64_MAX, &ret->n))
        return true;
    call_fault(call, other ? "other" : "person", other ? &NOBODY : &NOBODY_CHOSEN);
    return false;
}

struct result office_claim_accept_post(struct call *call, struct value **ret_view)
{
    struct accepting a = { .arena = call->arena };
    struct result done;
    bool told;

    TRY(office_part(call, 0, &a.claim.n));
    TRY(call_permit(call, PERMISSION_CLAIM_DECIDE, &ABOUT_NOTHING, &a.act));
    if (take_person(call, &a.person)) {
        done = call_perform(call, accept, &a);
        if (done.error == &PEOPLE_UNKNOWN)
            done = fail(&NOBODY);
        TRY(call_told(call, done.error == &NOBODY ? "other" : NULL, done, &told));
        if (!told)
            call_see_other(call, STR("/office/claims"), "claim-accepted");
    }
    return office_claim_accept_answer(call, ret_view);
}
