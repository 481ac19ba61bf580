/*
 * Forms of the office that ask for one thing at most: a name, an address, a reason (office.h).
 *
 * To add one: add its word to form_words, its row to `forms`, its words to
 * templates/office/form.html, and two rows to the table of routes, GET and POST, with that path.
 */
#include <string.h>

#include "account/office.h"
#include "base/attr.h"
#include "web/office.h"
#include "web/office_parts.h"

static const char *const form_words[] = { "person-add",    "person-rename",   "person-invite",
                                          "account-block", "account-unblock", "sessions-end",
                                          "claim-refuse",  "recovery-refuse", NULL };
static const struct shape form_word_shape = { .kind = IS_WORD, .words = form_words };

static const struct shape_member members[] = {
    { "form", &form_word_shape, false, "What it is for" },
    { "id", &shape_int, true, "The number of what it is about" },
    { "name", &shape_text, true, "The name of the person whom it is about" },
    { "value", &shape_text, false, "What was typed" },
    { "back", &shape_text, false, "The page to go back to" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape office_form_shape = { .kind = IS_OBJECT,
                                         .name = "OfficeForm",
                                         .members = members };
const struct route_field office_name_fields[] = {
    { "name", "the name", true, false },
    { 0 },
};
const struct route_field office_address_fields[] = {
    { "address", "the mail address to which the invitation goes", true, false },
    { 0 },
};
const struct route_field office_why_fields[] = {
    { "why", "the reason, which the owner of the account is told", true, false },
    { 0 },
};
const struct route_field office_reason_fields[] = {
    { "reason", "the reason, which whoever asked is told", true, false },
    { 0 },
};
const struct route_field office_no_fields[] = { { 0 } };

/* ---- the forms ---- */

/* One that was sent, or is to be shown. */
struct deed {
    struct call *call;
    struct act act;
    int64_t id;
    struct str value;
    struct person_id person; /* whom it is about; 0: nobody in the register */
    struct str name;         /* of the same; STR_NONE */
};

struct office_form {
    const char *path; /* of its routes */
    const char *word;
    const char *field;  /* NULL: it asks for nothing */
    const char *back;   /* the page it belongs to: "%lld" stands for the number */
    const char *notice; /* once it is done */
    /* Whom it is about, before it is shown; NULL: nobody. */
    struct result (*find)(struct deed *deed, struct store *store);
    struct result (*perform)(struct store *store, void *deed);
};

static struct result find_person(struct deed *deed, struct store *store)
{
    struct person_row row;

    deed->person.n = deed->id;
    TRY(person_load(store, deed->call->arena, deed->person, &row));
    deed->name = row.name;
    return OK;
}

static struct result find_account(struct deed *deed, struct store *store)
{
    struct arena *arena = deed->call->arena;
    struct person_row row;
    struct account account;

    TRY(account_load(store, arena, (struct account_id){ deed->id }, &account));
    if (!account.person.n)
        return OK;
    TRY(person_load(store, arena, account.person, &row));
    deed->person = row.id;
    deed->name = row.name;
    return OK;
}

static struct result find_claim(struct deed *deed, struct store *store)
{
    struct claim claim;

    TRY(claim_load(store, deed->call->arena, (struct claim_id){ deed->id }, &claim));
    deed->name = claim.name;
    return OK;
}

static struct result find_recovery(struct deed *deed, struct store *store)
{
    struct recovery recovery;

    TRY(recovery_load(store, deed->call->arena, (struct recovery_id){ deed->id }, &recovery));
    deed->name = recovery.known_as;
    return OK;
}

static struct result add(struct store *store, void *context)
{
    struct deed *deed = context;

    return office_person_add(store, deed->call->arena, &deed->act, deed->value, &deed->person);
}

static struct result rename_person(struct store *store, void *context)
{
    struct deed *deed = context;

    return office_person_rename(store, deed->call->arena, &deed->act, deed->person, deed->value);
}

static struct result invite(struct store *store, void *context)
{
    struct deed *deed = context;

    return person_invite(store, deed->call->arena, &deed->act, deed->person, deed->value, NULL);
}

static struct result block(struct store *store, void *context)
{
    struct deed *deed = context;

    return account_block(store, deed->call->arena, &deed->act, (struct account_id){ deed->id },
                         deed->value);
}

static struct result unblock(struct store *store, void *context)
{
    struct deed *deed = context;

    return account_unblock(store, deed->call->arena, &deed->act, (struct account_id){ deed->id },
                           deed->value);
}

static struct result end_sessions(struct store *store, void *context)
{
    struct deed *deed = context;
    int64_t ended;

    return office_sessions_end(store, deed->call->arena, &deed->act,
                               (struct account_id){ deed->id }, &ended);
}

static struct result refuse_claim(struct store *store, void *context)
{
    struct deed *deed = context;

    return claim_refuse(store, deed->call->arena, &deed->act, (struct claim_id){ deed->id },
                        deed->value);
}

static struct result refuse_recovery(struct store *store, void *context)
{
    struct deed *deed = context;

    return recovery_refuse(store, deed->call->arena, &deed->act, (struct recovery_id){ deed->id },
                           deed->value);
}

static const struct office_form forms[] = {
    { "/office/people/new", "person-add", "name", "/office/people", "person-added", NULL, add },
    { "/office/people/{person}/name", "person-rename", "name", "/office/people/", "person-renamed",
      find_person, rename_person },
    { "/office/people/{person}/invite", "person-invite", "address", "/office/people/", "invited",
      find_person, invite },
    { "/office/accounts/{account}/block", "account-block", "why", "/office/accounts/",
      "account-blocked", find_account, block },
    { "/office/accounts/{account}/unblock", "account-unblock", "why", "/office/accounts/",
      "account-unblocked", find_account, unblock },
    { "/office/accounts/{account}/end-sessions", "sessions-end", NULL, "/office/accounts/",
      "sessions-ended-there", find_account, end_sessions },
    { "/office/claims/{claim}/refuse", "claim-refuse", "reason", "/office/claims/", "claim-refused",
      find_claim, refuse_claim },
    { "/office/recoveries/{recovery}/refuse", "recovery-refuse", "reason", "/office/recoveries/",
      "recovery-refused", find_recovery, refuse_recovery },
};

static const struct office_form *form_of(const struct call *call)
{
    const struct office_form *form = forms;

    while (strcmp(form->path, call->route->path) != 0)
        form++;
    return form;
}

/* ---- asking ---- */

/* What the row's permission is about, as far as the path says it. */
static struct about about_of(const struct office_form *form, int64_t id)
{
    if (form->find == find_person)
        return about_person((struct person_id){ id });
    if (form->find == find_account)
        return about_account((struct account_id){ id });
    return ABOUT_NOTHING;
}

/* Asks the table before anything is looked for. */
static struct result begin(struct call *call, const struct office_form *form, struct deed *ret)
{
    struct deed *deed = ARENA_NEW(call->arena, struct deed);
    struct about about;
    struct store *store;

    *deed = (struct deed){ .call = call };
    if (form->find)
        TRY(office_part(call, 0, &deed->id));
    about = about_of(form, deed->id);
    TRY(call_permit(call, (enum permission)call->route->permission, &about, &deed->act));
    TRY(call_store(call, &store));
    if (form->find)
        TRY(form->find(deed, store));
    if (form->field)
        deed->value = call_field(call, form->field);
    if (!deed->value.p)
        deed->value = STR("");
    *ret = *deed;
    return OK;
}

static struct str page_after(const struct office_form *form, const struct deed *deed)
{
    struct arena *arena = deed->call->arena;

    if (!form->find && deed->person.n)
        return str_format(arena, "/office/people/%lld", (long long)deed->person.n);
    if (!form->find)
        return str_from_c(form->back);
    return str_format(arena, "%s%lld", form->back, (long long)deed->id);
}

static struct value *view_of(const struct office_form *form, const struct deed *deed)
{
    struct arena *arena = deed->call->arena;
    struct value *view = value_object(arena);

    value_set_text(arena, view, "form", str_from_c(form->word));
    value_set(arena, view, "id", deed->id ? value_int(arena, deed->id) : value_null(arena));
    value_set(arena, view, "name", text_or_null(arena, deed->name));
    value_set_text(arena, view, "value", deed->value);
    value_set_text(arena, view, "back", page_after(form, deed));
    call_add_faults(deed->call, view);
    return view;
}

struct result office_form_answer(struct call *call, struct value **ret_view)
{
    const struct office_form *form = form_of(call);
    struct deed deed;

    TRY(begin(call, form, &deed));
    if (strcmp(form->word, "person-rename") == 0)
        deed.value = deed.name;
    *ret_view = view_of(form, &deed);
    return OK;
}

struct result office_form_post(struct call *call, struct value **ret_view)
{
    const struct office_form *form = form_of(call);
    struct deed deed;
    bool told;

    TRY(begin(call, form, &deed));
    TRY(call_told(call, form->field, call_perform(call, form->perform, &deed), &told));
    if (!told)
        call_see_other(call, page_after(form, &deed), form->notice);
    *ret_view = view_of(form, &deed);
    return OK;
}
