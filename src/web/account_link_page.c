/* The page of every link that is mailed: it shows what the link is about, and its form does it
   (account_doors.h). */
#include "account/claim.h"
#include "account/recovery.h"
#include "base/attr.h"
#include "http/error.h"
#include "web/account_door_parts.h"
#include "web/account_doors.h"
#include "web/visit_parts.h"

/* ---- what each purpose does ---- */

static struct result do_sign_up(struct store *store, void *context)
{
    struct door *door = context;

    return sign_up(store, door->call->arena, &door->act, call_session_rules(door->call),
                   door->token, &door->visitor, &door->in);
}

static struct result do_sign_in(struct store *store, void *context)
{
    struct door *door = context;

    return sign_in_by_link(store, door->call->arena, &door->act, call_session_rules(door->call),
                           door->token, &door->visitor, &door->in);
}

static struct result do_claim(struct store *store, void *context)
{
    struct door *door = context;

    return claim_by_link(store, door->call->arena, &door->act, call_session_rules(door->call),
                         call_session(door->call), door->token, &door->visitor, &door->in);
}

static struct result do_finish(struct store *store, void *context)
{
    struct door *door = context;

    return recovery_finish(store, door->call->arena, &door->act, call_session_rules(door->call),
                           door->token, &door->visitor, &door->in);
}

static struct result do_confirm_address(struct store *store, void *context)
{
    struct door *door = context;

    return address_confirm(store, door->call->arena, &door->act, door->token, &door->whole);
}

static struct result do_confirm_recovery(struct store *store, void *context)
{
    const struct door *door = context;
    struct recovery_id id;

    return recovery_confirm(store, door->call->arena, &door->act, door->token, &id);
}

static struct result do_cancel(struct store *store, void *context)
{
    const struct door *door = context;

    return recovery_cancel(store, door->call->arena, &door->act, door->token);
}

/* A row for each purpose of link.h. Those without an operation have no page. */
static const struct {
    const char *word;
    struct result (*run)(struct store *store, void *context);
    const char *notice; /* afterwards */
} purposes[LINK_PURPOSES] = {
    [LINK_SIGN_UP] = { "sign-up", do_sign_up, "signed-up" },
    [LINK_SIGN_IN] = { "sign-in", do_sign_in, "signed-in" },
    [LINK_SECOND_STEP] = { NULL, NULL, NULL },
    [LINK_ADDRESS_NEW] = { "address-new", do_confirm_address, "address-half" },
    [LINK_ADDRESS_CURRENT] = { "address-current", do_confirm_address, "address-half" },
    [LINK_CLAIM] = { "claim", do_claim, "claimed" },
    [LINK_RECOVERY_ASK] = { "recovery-ask", do_confirm_recovery, "recovery-waits" },
    [LINK_RECOVERY_CANCEL] = { "recovery-cancel", do_cancel, "recovery-cancelled" },
    [LINK_RECOVERY] = { "recovery", do_finish, "recovered" },
};

/* ---- the page ---- */

static const char *const purpose_words[] = { "sign-up",         "sign-in",  "address-new",
                                             "address-current", "claim",    "recovery-ask",
                                             "recovery-cancel", "recovery", NULL };
static const struct shape purpose_shape = { .kind = IS_WORD, .words = purpose_words };
static const struct shape_member members[] = {
    { "purpose", &purpose_shape, false, "What the link is for" },
    { "address", &shape_text, false, "The address that it was sent to" },
    { "adds", &shape_text, true, "The address that is to be added, where it is for that" },
    { "person", &shape_text, true, "Whom the account is to be of, where it is for that" },
    { "until", &shape_instant, false, "It works until then" },
    { "user", &shape_text, true, "Whoever is signed in in this browser" },
    CALL_FAULTS_MEMBERS,
    { NULL, NULL, false, NULL },
};
const struct shape link_page_shape = { .kind = IS_OBJECT, .name = "Link", .members = members };
const struct route_field link_page_fields[] = {
    { NULL, NULL, false, false },
};

static struct result look(struct call *call, struct link *ret)
{
    struct store *store;

    TRY(call_store(call, &store));
    TRY(link_look(store, call->arena, call_now(call), call->parts[0], call_visitor(call)->browser,
                  ret));
    return purposes[ret->purpose].run ? OK : fail(&ACCOUNT_LINK);
}

/* The name of whom an invitation is for, and the address that a change is about. */
static struct result add_subject(struct call *call, const struct link *link, struct value *view)
{
    struct value *adds = value_null(call->arena);
    struct value *person = value_null(call->arena);
    struct person_row row;
    struct store *store;
    struct str address;

    TRY(call_store(call, &store));
    if (link->purpose == LINK_ADDRESS_NEW || link->purpose == LINK_ADDRESS_CURRENT) {
        TRY(address_of_change(store, call->arena, link->subject, &address));
        adds = value_text(call->arena, address);
    }
    if (link->person.n) {
        TRY(person_load(store, call->arena, link->person, &row));
        person = value_text(call->arena, row.name);
    }
    value_set(call->arena, view, "adds", adds);
    value_set(call->arena, view, "person", person);
    return OK;
}

static struct result begin_view(struct call *call, const struct link *link, struct value **ret)
{
    struct value *view = value_object(call->arena);
    struct str user = visit_user(call);

    value_set_text(call->arena, view, "purpose", str_from_c(purposes[link->purpose].word));
    value_set_text(call->arena, view, "address", link->address);
    TRY(add_subject(call, link, view));
    value_set(call->arena, view, "until", value_instant(call->arena, link->until));
    value_set(call->arena, view, "user",
              user.p ? value_text(call->arena, user) : value_null(call->arena));
    *ret = view;
    return OK;
}

struct result link_page_answer(struct call *call, struct value **ret_view)
{
    struct value *view;
    struct link link;

    TRY(look(call, &link));
    TRY(begin_view(call, &link, &view));
    call_add_faults(call, view);
    *ret_view = view;
    return OK;
}

/* ---- its form ---- */

/* Whoever was sent to sign in goes on to what they had opened, also with an account made new. */
static bool is_on_the_way(enum link_purpose purpose)
{
    return purpose == LINK_SIGN_IN || purpose == LINK_SIGN_UP;
}

static void go_on(struct door *door, enum link_purpose purpose)
{
    const char *notice = door->whole ? "address-confirmed" : purposes[purpose].notice;
    struct call *call = door->call;

    if (is_on_the_way(purpose))
        door->next = call_kept_next(call);
    if (door->in.token.p)
        door_passed(door, notice);
    else if (call_session(call))
        call_see_other(call, ACCOUNT_HOME, notice);
    else
        call_see_other(call, STR("/account/sign-in"), notice);
}

struct result link_page_post(struct call *call, struct value **ret_view)
{
    struct value *view;
    struct door door;
    struct link link;
    bool told;

    TRY(door_open(call, &door));
    door.token = call->parts[0];
    TRY(look(call, &link));
    /* Before it is used up, as nothing is told of it afterwards. */
    TRY(begin_view(call, &link, &view));
    TRY(call_told(call, NULL, call_perform(call, purposes[link.purpose].run, &door), &told));
    if (!told && !call_refuse(call, NULL, &door.in.refusal))
        go_on(&door, link.purpose);
    call_add_faults(call, view);
    *ret_view = view;
    return OK;
}
