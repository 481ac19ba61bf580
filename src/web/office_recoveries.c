/* Recoveries: who asks for a lost account, and approving it (office.h). */
#include "web/office.h"
#include "web/office_parts.h"

static const struct error NO_ACCOUNT = { "no-account", 422, EXIT_INPUT,
                                         "choose the account that it is for" };

static const struct shape recoveries_shape = { .kind = IS_LIST, .item = &office_recovery_shape };

/* ---- those that wait ---- */

static const struct shape_member list_members[] = {
    { "recoveries", &recoveries_shape, false, "The oldest first" },
    { "all", &shape_bool, false, "Whether those that came to an end stand here too" },
    { "after", &shape_int, true, "Of all: the number after which to go on; null: no more" },
    { 0 },
};
const struct shape office_recoveries_shape = { .kind = IS_OBJECT,
                                               .name = "OfficeRecoveries",
                                               .members = list_members };

struct result office_recoveries_answer(struct call *call, struct value **ret_view)
{
    bool all = str_eq_c(form_get(&call->query, STR("all")), "yes");
    struct value *view = value_object(call->arena);
    struct value *values = value_array(call->arena);
    struct recovery_list list;
    struct office office;
    size_t count;

    TRY(office_begin(call, PERMISSION_RECOVERY_SEE, &ABOUT_NOTHING, &office));
    if (all)
        TRY(recoveries_list(office.store, office.arena,
                            (struct recovery_id){ office_query(call, "after") }, OFFICE_PAGE + 1,
                            &list));
    else
        TRY(recoveries_open(office.store, office.arena, OFFICE_PAGE, &list));
    count = list.count > OFFICE_PAGE ? OFFICE_PAGE : list.count;
    for (size_t i = 0; i < count; i++) {
        struct value *value;

        TRY(recovery_value(office.store, office.arena, &list.at[i], &value));
        value_push(call->arena, values, value);
    }
    value_set(call->arena, view, "recoveries", values);
    value_set_bool(call->arena, view, "all", all);
    value_set(call->arena, view, "after",
              list.count > count ? value_int(call->arena, list.at[count - 1].id.n)
                                 : value_null(call->arena));
    *ret_view = view;
    return OK;
}

/* ---- one ---- */

static const struct shape_member candidate_members[] = {
    { "id", &shape_int, false, "The number of the account" },
    { "person", &office_person_shape, true, "Whose it is" },
    { "by_address", &shape_bool, false, "Whether it has or had the address that was given" },
    { "chosen", &shape_bool, false, "Whether it was chosen in what was sent" },
    { 0 },
};
static const struct shape candidate_shape = { .kind = IS_OBJECT,
                                              .name = "RecoveryCandidate",
                                              .members = candidate_members };
static const struct shape candidates_shape = { .kind = IS_LIST, .item = &candidate_shape };

static const struct shape_member page_members[] = {
    { "recovery", &office_recovery_shape, false, "The recovery" },
    { "candidates", &candidates_shape, false,
      "Accounts of that name or address; once it was approved, the account that it was for" },
    { "own", &shape_bool, false, "Whether it is for the account of whoever asks" },
    { "approved_here", &shape_bool, false, "Whether whoever asks has approved it already" },
    { "may_approve", &shape_bool, false, "Whether whoever asks may approve it now" },
    { "may_refuse", &shape_bool, false, "Whether they may refuse it now" },
    { "waiting_days", &shape_int, false, "How many days it waits after the second approval" },
    { "other", &shape_text, false, "The number that was typed for another account" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape office_recovery_page_shape = { .kind = IS_OBJECT,
                                                  .name = "OfficeRecoveryPage",
                                                  .members = page_members };
const struct route_field office_recovery_approve_fields[] = {
    { "account", "the number of an account; other: see other", true, false },
    { "other", "the number of an account that is not in the list", false, false },
    { 0 },
};

static bool has_candidate(const struct value *values, int64_t id)
{
    for (size_t i = 0; i < values->count; i++)
        if (value_get(values->items[i], "id")->integer == id)
            return true;
    return false;
}

static struct result push_candidate(const struct office *office, const struct account *account,
                                    bool by_address, struct value *values)
{
    struct str chosen = call_field(office->call, "account");
    struct value *value = value_object(office->arena);
    struct value *person;

    if (account->state == ACCOUNT_STATE_CLOSED || has_candidate(values, account->id.n))
        return OK;
    TRY(person_value(office->store, office->arena, account->person, &person));
    value_set_int(office->arena, value, "id", account->id.n);
    value_set(office->arena, value, "person", person);
    value_set_bool(office->arena, value, "by_address", by_address);
    value_set_bool(office->arena, value, "chosen",
                   str_eq(chosen, str_format(office->arena, "%lld", (long long)account->id.n)));
    value_push(office->arena, values, value);
    return OK;
}

/* By an address that it has or had, and by the name of its person. */
static struct result push_candidates(const struct office *office, const struct recovery *recovery,
                                     struct value *values)
{
    struct account_list by_address;
    struct person_list people;
    struct account account;

    if (recovery->account.n) {
        TRY(account_load(office->store, office->arena, recovery->account, &account));
        return push_candidate(office, &account, false, values);
    }
    TRY(accounts_of_address(office->store, office->arena, recovery->known_as, &by_address));
    for (size_t i = 0; i < by_address.count; i++)
        TRY(push_candidate(office, &by_address.at[i], true, values));
    TRY(people_named(office->store, office->arena, recovery->known_as, &people));
    for (size_t i = 0; i < people.count; i++) {
        struct result found =
            account_of_person(office->store, office->arena, people.at[i].id, &account);

        if (failed(found) && found.error != &ACCOUNT_UNKNOWN)
            return found;
        if (!failed(found))
            TRY(push_candidate(office, &account, false, values));
    }
    return OK;
}

/* What whoever asks may do with it. */
static void set_acts(const struct office *office, const struct recovery *recovery,
                     struct value *view)
{
    const struct who *who = call_who(office->call);
    bool decides = office_may(office->call, PERMISSION_RECOVERY_DECIDE, &ABOUT_NOTHING);
    bool own = who->account.n && recovery->account.n == who->account.n;
    bool here = recovery->account.n && who->person.n && recovery->first.n == who->person.n;
    bool open = recovery->state == RECOVERY_ASKED || recovery->state == RECOVERY_ONE_APPROVED;

    value_set_bool(office->arena, view, "own", own);
    value_set_bool(office->arena, view, "approved_here", here);
    value_set_bool(office->arena, view, "may_approve", decides && open && !own && !here);
    value_set_bool(office->arena, view, "may_refuse",
                   decides && !own && (open || recovery->state == RECOVERY_WAITING));
}

static struct result answer_recovery(struct call *call, enum permission permission,
                                     struct value **ret_view)
{
    struct value *view = value_object(call->arena);
    struct value *candidates = value_array(call->arena);
    struct str other = call_field(call, "other");
    struct recovery recovery;
    struct recovery_id id;
    struct office office;
    struct value *value;

    TRY(office_part(call, 0, &id.n));
    TRY(office_begin(call, permission, &ABOUT_NOTHING, &office));
    TRY(recovery_load(office.store, office.arena, id, &recovery));
    TRY(recovery_value(office.store, office.arena, &recovery, &value));
    TRY(push_candidates(&office, &recovery, candidates));
    value_set(call->arena, view, "recovery", value);
    value_set(call->arena, view, "candidates", candidates);
    set_acts(&office, &recovery, view);
    value_set_int(call->arena, view, "waiting_days", call_recovery_waiting(call) / DAYS);
    value_set_text(call->arena, view, "other", other.p ? other : STR(""));
    call_add_faults(call, view);
    *ret_view = view;
    return OK;
}

struct result office_recovery_answer(struct call *call, struct value **ret_view)
{
    return answer_recovery(call, PERMISSION_RECOVERY_SEE, ret_view);
}

struct result office_recovery_approve_answer(struct call *call, struct value **ret_view)
{
    return answer_recovery(call, PERMISSION_RECOVERY_DECIDE, ret_view);
}

/* ---- approving ---- */

struct approving {
    struct call *call;
    struct act act;
    struct recovery_id recovery;
    struct account_id account;
};

static struct result approve(struct store *store, void *context)
{
    struct approving *a = context;

    return recovery_approve(store, a->call->arena, &a->act, a->recovery, a->account,
                            call_recovery_waiting(a->call));
}

struct result office_recovery_approve_post(struct call *call, struct value **ret_view)
{
    struct approving a = { .call = call };
    struct str chosen = call_field(call, "account");
    bool other = str_eq_c(chosen, "other");
    struct result done;
    bool told;

    TRY(office_part(call, 0, &a.recovery.n));
    TRY(call_permit(call, PERMISSION_RECOVERY_DECIDE, &ABOUT_NOTHING, &a.act));
    if (other)
        chosen = str_trim(call_field(call, "other"));
    if (!str_to_int(chosen, 1, INT64_MAX, &a.account.n)) {
        call_fault(call, other ? "other" : "account", &NO_ACCOUNT);
        return office_recovery_approve_answer(call, ret_view);
    }
    done = call_perform(call, approve, &a);
    if (done.error == &ACCOUNT_UNKNOWN)
        done = fail(&NO_ACCOUNT);
    TRY(call_told(call, done.error == &NO_ACCOUNT ? "other" : NULL, done, &told));
    if (!told)
        call_see_other(call,
                       str_format(call->arena, "/office/recoveries/%lld", (long long)a.recovery.n),
                       "recovery-approved");
    return office_recovery_approve_answer(call, ret_view);
}
