/*
 * Every route, asked by everybody. What should come of it follows from the row of the route, from
 * what its path is about, and from the table of permissions: nothing of it is written here by hand.
 * A new route needs nothing; one whose path has a part of a new name needs to be told what that
 * stands for (`parts`).
 */
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "engine.h"
#include "furnish.h"
#include "json/read.h"

#define BODY "appraisal-committee" /* of the chair and the member */
#define OTHER_BODY "ethics-committee"
#define NOBODYS "999999" /* the number of nothing */

static struct house *house;

/* ---- who asks ---- */

struct guest {
    const char *word;
    enum role role; /* that they hold; ROLE_SELF: none, but an account */
    struct scope scope;
    struct who who; /* as the table is asked */
    bool token;
    bool signed_in;
    struct browser browser;
    struct account_id account;
};

static const struct {
    enum dweller dweller;
    enum role role;
    enum scope_kind kind;
    const char *scope;
} roles[] = {
    { DWELLER_VISITOR, ROLE_PUBLIC, SCOPE_INSTALLATION, "" },
    { DWELLER_SIGNED_IN, ROLE_SIGNED_IN, SCOPE_INSTALLATION, "" },
    { DWELLER_PERSON, ROLE_SELF, SCOPE_INSTALLATION, "" },
    { DWELLER_OFFICER, ROLE_OFFICER, SCOPE_INSTALLATION, "" },
    { DWELLER_ADMINISTRATOR, ROLE_ADMINISTRATOR, SCOPE_INSTALLATION, "" },
    { DWELLER_CHAIR, ROLE_CHAIR, SCOPE_BODY, BODY },
    { DWELLER_MEMBER, ROLE_MEMBER, SCOPE_BODY, BODY },
    { DWELLER_PROGRAMME_CONTACT, ROLE_PROGRAMME_CONTACT, SCOPE_PROGRAMME, "1" },
    { DWELLER_ORGANISATION_CONTACT, ROLE_ORGANISATION_CONTACT, SCOPE_ORGANISATION, "1" },
};

static struct guest guests[ARRAY_LEN(roles)];

/* The numbers that the house gave to a dweller; 0: none. */
static int64_t number_of(const char *what, const char *word)
{
    return house_ask(house, str_to_c(&house->arena,
                                     str_format(&house->arena,
                                                "SELECT coalesce(max(%s), 0) FROM account AS a JOIN"
                                                " account_address AS d ON d.account = a.id"
                                                " WHERE d.address = '%s@example.org'",
                                                what, word)));
}

/* Somebody else holds the same roles within something else. */
static void appoint_elsewhere(void)
{
    static const struct {
        enum appointed_role role;
        struct scope scope;
    } rows[] = {
        { APPOINTED_CHAIR, { SCOPE_BODY, STR(OTHER_BODY) } },
        { APPOINTED_MEMBER, { SCOPE_BODY, STR(OTHER_BODY) } },
        { APPOINTED_ORGANISATION_CONTACT, { SCOPE_ORGANISATION, STR("2") } },
        { APPOINTED_PROGRAMME_CONTACT, { SCOPE_PROGRAMME, STR("2") } },
    };
    struct person_id person =
        house_person(house, "Sample elsewhere", "elsewhere@example.org", NULL);

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        house_appoint(house, person, rows[i].role, rows[i].scope);
}

static void open_house(void)
{
    house = house_open();
    for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
        struct guest *guest = &guests[i];

        *guest = (struct guest){
            .word = dweller_word(roles[i].dweller),
            .role = roles[i].role,
            .scope = { roles[i].kind, str_from_c(roles[i].scope) },
            .signed_in = roles[i].dweller != DWELLER_VISITOR,
        };
        house_dweller(house, roles[i].dweller, &guest->browser);
        guest->account.n = number_of("a.id", guest->word);
        guest->who.account = guest->account;
        guest->who.person.n = number_of("a.person", guest->word);
    }
    furnish(house);
    appoint_elsewhere();
}

/* ---- what it is about ---- */

/* What the parts of a path stand for: something of the guest's own or of their scope, and something
   of somebody else. What is `hidden` is not there for those who may not touch it. */
enum matter { NOTHING, PERSON, ACCOUNT, BODY_SCOPE, ORGANISATION, APPOINTMENT };

static const struct {
    const char *name;
    enum matter matter;
    const char *value; /* of NOTHING: what stands there */
} parts[] = {
    { "person", PERSON, NULL },
    { "account", ACCOUNT, NULL },
    { "body", BODY_SCOPE, NULL },
    { "organisation", ORGANISATION, NULL },
    { "appointment", APPOINTMENT, NULL },
    { "claim", NOTHING, "1" },
    { "recovery", NOTHING, "1" },
    { "other", NOTHING, "8" }, /* nobody of the guests */
    { "merge", NOTHING, "1" },
    { "for", NOTHING, "sign-in" },
    { "token", NOTHING, SAMPLE_SIGN_UP },
    { "text", NOTHING, "programmes" },
    { "name", NOTHING, "young-mediator" },
    { "edition", NOTHING, "1" },
    { "entry", NOTHING, "2" },
    { "import", NOTHING, "1" },
    { "item", NOTHING, "2" },
    { "link", NOTHING, SAMPLE_CONFIRM },
};

/* One request. */
struct visit_case {
    const struct route *route;
    const struct guest *guest;
    bool own;     /* it is about what is the guest's */
    bool missing; /* it is about a number of nothing */
    struct about about;
    bool anywhere; /* a form that is for whatever whoever asks has the right to */
    bool hidden;   /* what they may not touch is not there for them */
    const char *path;
    const char *form;
};

static int64_t appointment_within(struct scope scope, const char *role)
{
    return house_ask(
        house, str_to_c(&house->arena,
                        str_format(&house->arena,
                                   "SELECT coalesce(min(id), 0) FROM appointment WHERE scope_kind ="
                                   " '%s' AND scope_id = '%.*s' AND role LIKE '%s'",
                                   scope_kind_word(scope.kind), STR_ARG(scope.id), role)));
}

/* The appointment that a row of /office/appoint/WORD/... is about. */
static int64_t appointment_of(const struct visit_case *c, struct scope *ret_scope)
{
    static const struct {
        const char *word;
        const char *role;
        struct scope own;
    } rows[] = {
        { "/office/appoint/office/", "officer", { SCOPE_INSTALLATION, STR("") } },
        { "/office/appoint/chair/", "chair", { SCOPE_BODY, STR(BODY) } },
        { "/office/appoint/member/", "member", { SCOPE_BODY, STR(BODY) } },
        { "/office/appoint/organisation-contact/",
          "organisation-contact",
          { SCOPE_ORGANISATION, STR("1") } },
        { "/office/appoint/programme-contact/",
          "programme-contact",
          { SCOPE_PROGRAMME, STR("1") } },
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct scope scope = rows[i].own;

        if (!str_starts(str_from_c(c->route->path), str_from_c(rows[i].word)))
            continue;
        if (!c->own && scope.kind != SCOPE_INSTALLATION)
            scope.id = scope.kind == SCOPE_BODY ? STR(OTHER_BODY) : STR("2");
        *ret_scope = scope;
        return appointment_within(scope, rows[i].role);
    }
    fail_msg("%s ends no appointment that this test knows", c->route->path);
    return 0;
}

static struct str number_text(int64_t number)
{
    return str_format(&house->arena, "%lld", (long long)number);
}

/* What stands at a part of the path; what it is about is noted. */
static struct str value_of(struct visit_case *c, struct str name)
{
    const struct guest *other = &guests[c->guest->who.person.n == guests[2].who.person.n ? 3 : 2];
    size_t i = 0;

    while (i < ARRAY_LEN(parts) && !str_eq_c(name, parts[i].name))
        i++;
    if (i == ARRAY_LEN(parts))
        fail_msg("%s: tell the test what {%.*s} stands for", c->route->path, STR_ARG(name));
    switch (parts[i].matter) {
    case NOTHING:
        return str_from_c(parts[i].value);
    case PERSON:
        c->about.person = c->own && c->guest->who.person.n ? c->guest->who.person
                                                           : other->who.person;
        return c->missing ? STR(NOBODYS) : number_text(c->about.person.n);
    case ACCOUNT:
        c->about.account = c->own && c->guest->account.n ? c->guest->account : other->account;
        return c->missing ? STR(NOBODYS) : number_text(c->about.account.n);
    case BODY_SCOPE:
        c->about.scope = (struct scope){ SCOPE_BODY, c->own ? STR(BODY) : STR(OTHER_BODY) };
        return c->about.scope.id;
    case ORGANISATION:
        c->about.scope = (struct scope){ SCOPE_ORGANISATION, c->own ? STR("1") : STR("2") };
        return c->about.scope.id;
    case APPOINTMENT:
        c->hidden = true;
        return c->missing ? (appointment_of(c, &c->about.scope), STR(NOBODYS))
                          : number_text(appointment_of(c, &c->about.scope));
    }
    return STR_NONE;
}

/* The form of /office/appoint/WORD says within what. */
static void aim_form(struct visit_case *c)
{
    const struct str path = str_from_c(c->route->path);
    const bool body = str_ends(path, STR("/chair")) || str_ends(path, STR("/member"));
    const bool contact = str_ends(path, STR("-contact"));

    /* Ending is asked for with a fault, so that those who come later hold their roles still. */
    c->form = str_ends(path, STR("/end")) ? "on=never" : "";
    if (!str_starts(path, STR("/office/appoint/")) || str_ends(path, STR("/end")))
        return;
    c->anywhere = c->route->method == GET;
    if (c->route->method == GET || (!body && !contact))
        return;
    if (body)
        c->about.scope = (struct scope){ SCOPE_BODY, c->own ? STR(BODY) : STR(OTHER_BODY) };
    else
        c->about.scope = (struct scope){ str_ends(path, STR("/organisation-contact"))
                                             ? SCOPE_ORGANISATION
                                             : SCOPE_PROGRAMME,
                                         c->own ? STR("1") : STR("2") };
    c->form = str_to_c(&house->arena,
                       str_format(&house->arena, "scope=%.*s", STR_ARG(c->about.scope.id)));
}

/* Pages of one's own account and record are about oneself. */
static void aim(struct visit_case *c)
{
    struct str rest = str_from_c(c->route->path);
    struct str path = STR("");
    struct str name;
    struct str head;

    c->about = (struct about){ .scope = SCOPE_ALL };
    if (str_starts(rest, STR("/account")) || str_starts(rest, STR("/record"))) {
        c->about.account = c->guest->account;
        c->about.person = c->guest->who.person;
    }
    while (rest.p) {
        rest = str_split(rest, '{', &head);
        path = str_format(&house->arena, "%.*s%.*s", STR_ARG(path), STR_ARG(head));
        if (!rest.p)
            break;
        rest = str_split(rest, '}', &name);
        head = value_of(c, name);
        path = str_format(&house->arena, "%.*s%.*s", STR_ARG(path), STR_ARG(head));
    }
    c->path = str_to_c(&house->arena, path);
    aim_form(c);
}

/* ---- what the table says ---- */

static bool is_about_guest(const struct visit_case *c)
{
    const struct who *who = &c->guest->who;

    return (who->person.n && c->about.person.n == who->person.n) ||
           (who->account.n && c->about.account.n == who->account.n);
}

static bool scope_fits(const struct visit_case *c)
{
    return c->anywhere || c->guest->scope.kind == SCOPE_INSTALLATION ||
           scope_eq(c->guest->scope, c->about.scope);
}

static bool token_fits(const struct guest *guest, enum permission permission)
{
    for (size_t i = 0; i < guest->who.scope_count; i++)
        if (guest->who.scopes[i] == permission)
            return role_has(ROLE_TOKEN, permission);
    return false;
}

static bool table_allows(const struct visit_case *c)
{
    const enum permission permission = (enum permission)c->route->permission;
    const enum role role = c->guest->role;

    if (role_has(ROLE_PUBLIC, permission))
        return true;
    if (c->guest->token && !token_fits(c->guest, permission))
        return false;
    if (c->guest->signed_in && !c->guest->token && role_has(ROLE_SIGNED_IN, permission))
        return true;
    if (role_has(ROLE_SELF, permission) && is_about_guest(c))
        return true;
    return role > ROLE_SELF && role_has(role, permission) && scope_fits(c);
}

/* ---- asking ---- */

/* What came of a request: its status, and the name of the error, "" for none. */
struct outcome {
    int status;
    char error[64];
};

static struct outcome outcome_of(struct str body)
{
    const struct json_limits limits = { .bytes = (size_t)4 << 20, .depth = 64 };
    struct outcome outcome = { .status = house_status(house) };
    struct json_fault fault;
    struct value *view;
    const struct value *name;

    if (outcome.status < 400 || failed(json_read(&house->arena, body, &limits, &fault, &view)))
        return outcome;
    name = value_get(view, "name");
    if (name && name->kind == VALUE_TEXT)
        snprintf(outcome.error, sizeof(outcome.error), "%.*s", STR_ARG(name->text));
    return outcome;
}

static struct outcome send(const struct visit_case *c, struct browser *browser)
{
    struct str body = c->route->method == POST ? house_post_json(house, browser, c->path, c->form)
                                               : house_get_json(house, browser, c->path);

    return outcome_of(body);
}

/* A session of its own for each request: some of them end sessions. */
static struct outcome ask_as(const struct visit_case *c, bool strong)
{
    struct browser browser = c->guest->browser;

    if (c->guest->signed_in && !c->guest->token)
        house_sign_in(house, c->guest->account, strong, &browser);
    return send(c, &browser);
}

static bool is_turned_away(const struct outcome *outcome)
{
    static const char *const names[] = { "not-permitted", "not-signed-in", "token-refused",
                                         "sign-in-again", "form-token" };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(outcome->error, names[i]) == 0)
            return true;
    return false;
}

/* Tokens do nothing sensitive, whatever the table lets their owner do. */
static bool is_sensitive(const struct visit_case *c)
{
    return permission_row((enum permission)c->route->permission)->sensitive;
}

static const char *text_of(const struct visit_case *c)
{
    return str_to_c(&house->arena, str_format(&house->arena, "%s %s%s%s by %s",
                                              c->route->method == POST ? "POST" : "GET", c->path,
                                              c->form[0] ? " with " : "", c->form, c->guest->word));
}

static void check_let_in(const struct visit_case *c)
{
    struct outcome outcome;

    if (is_sensitive(c)) {
        outcome = ask_as(c, false);
        if (strcmp(outcome.error, "sign-in-again") != 0)
            fail_msg("%s: it is sensitive, but who asks was not asked again: %d, %s", text_of(c),
                     outcome.status, outcome.error);
    }
    outcome = ask_as(c, true);
    if (is_turned_away(&outcome))
        fail_msg("%s: the table lets them, but the answer is %d, %s", text_of(c), outcome.status,
                 outcome.error);
    /* An account that is nobody's has no record. */
    if (c->guest->who.person.n == 0 && strcmp(outcome.error, "no-record") == 0)
        return;
    /* The entry is the person's; for others it is not there. */
    if (str_starts(str_from_c(c->route->path), STR("/record/")) && outcome.status == 404 &&
        c->guest->who.person.n != guests[2].who.person.n)
        return;
    if (c->route->method == GET && outcome.status != 200 && outcome.status != 303)
        fail_msg("%s: the answer is %d, %s", text_of(c), outcome.status, outcome.error);
}

/* Nobody learns from a refusal whether something is there. */
static void check_turned_away(const struct visit_case *c)
{
    struct visit_case missing = *c;
    struct outcome outcome = ask_as(c, true);
    struct outcome of_missing;

    if (!is_turned_away(&outcome) && !(c->hidden && outcome.status == 404))
        fail_msg("%s: the table does not let them, but the answer is %d, %s", text_of(c),
                 outcome.status, outcome.error);
    missing.missing = true;
    aim(&missing);
    of_missing = ask_as(&missing, true);
    if (outcome.status != of_missing.status || strcmp(outcome.error, of_missing.error) != 0)
        fail_msg("%s: %d, %s; but where there is nothing: %d, %s", text_of(c), outcome.status,
                 outcome.error, of_missing.status, of_missing.error);
}

static void check_route(const struct route *route, const struct guest *guest)
{
    for (int own = 0; own < 2; own++) {
        struct visit_case c = { .route = route, .guest = guest, .own = own };

        aim(&c);
        if (table_allows(&c))
            check_let_in(&c);
        else
            check_turned_away(&c);
    }
}

static bool is_page(const struct route *route)
{
    return route->answer && route->permission != PUBLIC;
}

/* ---- the tests ---- */

/* What a request changes is gone before the next guest comes. */
static void every_route_lets_in_whom_the_table_lets(void **state)
{
    (void)state;
    for (size_t g = 0; g < ARRAY_LEN(guests); g++) {
        open_house();
        for (size_t i = 0; i < site_routes.count; i++)
            if (is_page(&site_routes.at[i]))
                check_route(&site_routes.at[i], &guests[g]);
        house_close(house);
    }
}

/* Rows for everybody ask nobody who they are. */
static void everybody_comes_to_what_is_public(void **state)
{
    (void)state;
    open_house();
    for (size_t i = 0; i < site_routes.count; i++) {
        struct visit_case c = { .route = &site_routes.at[i], .guest = &guests[0] };
        struct outcome outcome;

        if (!site_routes.at[i].answer || c.route->permission != PUBLIC)
            continue;
        aim(&c);
        outcome = send(&c, &guests[0].browser);
        if (is_turned_away(&outcome) || outcome.status == 503)
            fail_msg("%s: it is public, but the answer is %d, %s", text_of(&c), outcome.status,
                     outcome.error);
    }
    house_close(house);
}

/* A token of the officer, with one scope. */
static struct guest program(const enum permission *scope)
{
    struct guest guest = guests[3];

    guest.word = str_to_c(&house->arena, str_format(&house->arena, "a program with %s",
                                                    permission_row(*scope)->name));
    guest.token = true;
    guest.who.account.n = 0;
    guest.who.scopes = scope;
    guest.who.scope_count = 1;
    guest.browser = (struct browser){ .token = house_token(house, guest.who.person, scope, 1) };
    return guest;
}

static void a_program_does_what_its_token_names_and_nothing_sensitive(void **state)
{
    (void)state;
    open_house();
    for (size_t p = PERMISSION_NONE + 1; p < PERMISSIONS; p++) {
        const enum permission scope = (enum permission)p;
        struct guest guest;

        if (!role_has(ROLE_TOKEN, scope))
            continue;
        guest = program(&scope);
        for (size_t i = 0; i < site_routes.count; i++)
            if (is_page(&site_routes.at[i]) &&
                !role_has(ROLE_PUBLIC, (enum permission)site_routes.at[i].permission))
                check_route(&site_routes.at[i], &guest);
    }
    house_close(house);
}

static void a_token_that_is_none_is_refused_everywhere(void **state)
{
    struct guest guest = { .word = "a program without a token", .token = true };

    (void)state;
    open_house();
    guest.browser.token = "assay_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    for (size_t i = 0; i < site_routes.count; i++) {
        struct visit_case c = { .route = &site_routes.at[i], .guest = &guest };
        struct outcome outcome;

        if (!is_page(c.route))
            continue;
        aim(&c);
        outcome = send(&c, &guest.browser);
        if (strcmp(outcome.error, "token-refused") != 0)
            fail_msg("%s: %d, %s", text_of(&c), outcome.status, outcome.error);
    }
    house_close(house);
}

/* ---- forms of other sites ---- */

/* A form as it is, but from elsewhere, or with a token that is not of the session. */
static int status_of_forged(const struct visit_case *c, struct browser *browser,
                            const char *const headers[2], const char *token)
{
    struct ask ask = {
        .method = "POST",
        .path = c->path,
        .headers = { { "Content-Type", "application/x-www-form-urlencoded" },
                     { "Accept", "application/json" },
                     { headers[0], headers[1] } },
        .body = str_format(&house->arena, "%s&token=%s", c->form, token),
    };

    (void)house_send(house, browser, &ask);
    return house_status(house);
}

static void no_form_of_another_site_changes_anything(void **state)
{
    static const char *const here[] = { "Sec-Fetch-Site", "same-origin" };
    static const char *const elsewhere[] = { "Sec-Fetch-Site", "cross-site" };
    static const char *const nowhere[] = { NULL, NULL };

    (void)state;
    open_house();
    for (size_t g = 1; g < ARRAY_LEN(guests); g++) {
        struct browser browser = guests[g].browser;

        house_sign_in(house, guests[g].account, true, &browser);
        for (size_t i = 0; i < site_routes.count; i++) {
            struct visit_case c = { .route = &site_routes.at[i], .guest = &guests[g], .own = true };
            int64_t rows;

            if (!is_page(c.route) || c.route->method != POST)
                continue;
            aim(&c);
            rows = house_rows(house);
            if (status_of_forged(&c, &browser, elsewhere, "") != 403 ||
                status_of_forged(&c, &browser, nowhere, "") != 403 ||
                status_of_forged(&c, &browser, here, "") != 403 ||
                status_of_forged(&c, &browser, here, browser_cookie(&browser, "assay")) != 403)
                fail_msg("%s: a form that is not of this site and session was taken", text_of(&c));
            if (house_rows(house) != rows)
                fail_msg("%s: a form that was refused changed something", text_of(&c));
        }
    }
    house_close(house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_lets_in_whom_the_table_lets),
        cmocka_unit_test(everybody_comes_to_what_is_public),
        cmocka_unit_test(a_program_does_what_its_token_names_and_nothing_sensitive),
        cmocka_unit_test(a_token_that_is_none_is_refused_everywhere),
        cmocka_unit_test(no_form_of_another_site_changes_anything),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
