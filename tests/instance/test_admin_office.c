/* What the command line asks of an installation for people, accounts and roles. */
#include <string.h>

#include "account/claim.h"
#include "account/recovery.h"
#include "folder.h"
#include "instance/admin.h"
#include "register/merge.h"
#include "register/people.h"
#include "json/read.h"

static struct folder folder;

/* An input as JSON, with ' for ". */
static struct value *input_of(const char *json)
{
    const struct json_limits limits = { .bytes = 10000, .depth = 8 };
    char *text = arena_alloc(&folder.arena, strlen(json) + 1);
    struct json_fault fault;
    struct value *input = NULL;

    for (size_t i = 0; i <= strlen(json); i++)
        text[i] = json[i] == '\'' ? '"' : json[i];
    if (failed(json_read(&folder.arena, str_from_c(text), &limits, &fault, &input)))
        fail_msg("%s: %s", text, fault.message);
    return input;
}

static const struct value *does(const char *operation, const char *input)
{
    struct value *output = NULL;
    struct result result = admin_ask(&folder.config, NOW, &folder.arena, operation, input_of(input),
                                     &output, &folder.message);

    if (failed(result))
        fail_msg("%s: %s: %.*s", operation, result.error->name, STR_ARG(folder.message));
    return output;
}

static void refuses(const char *operation, const char *input, const struct error *error,
                    const char *words)
{
    struct value *output = NULL;

    check_refused(&folder,
                  admin_ask(&folder.config, NOW, &folder.arena, operation, input_of(input), &output,
                            &folder.message),
                  error, words);
}

static const char *text(const struct value *object, const char *key)
{
    const struct value *member = value_get(object, key);

    if (!member || member->kind != VALUE_TEXT)
        fail_msg("there is no text '%s'", key);
    return str_to_c(&folder.arena, member->text);
}

static int64_t number(const struct value *object, const char *key)
{
    const struct value *member = value_get(object, key);

    if (!member || member->kind != VALUE_INT)
        fail_msg("there is no number '%s'", key);
    return member->integer;
}

/* ---- what visitors do ---- */

static struct act visitor_act(void)
{
    return (struct act){ .now = NOW, .actor = ACTOR_PERSON, .authority = STR("public") };
}

static const struct visitor visitor = { .network = { FAMILY_V4, { 192, 0, 2, 7 } } };

struct doing {
    struct result (*run)(struct store *store, void *context);
    struct str token;
    struct account_id account;
};

static struct result do_claim(struct store *store, void *context)
{
    struct doing *doing = context;
    const struct act act = visitor_act();
    struct sign_in in;

    TRY(claim_by_link(store, &folder.arena, &act, &SESSION_RULES_USUAL, NULL, doing->token,
                      &visitor, &in));
    doing->account = in.account;
    return OK;
}

/* Somebody signs up, and says who they are. */
static struct result do_ask(struct store *store, void *context)
{
    struct doing *doing = context;
    const struct act act = visitor_act();
    struct refusal refusal;
    struct claim_id claim;

    TRY(account_make(store, &folder.arena, &act, STR("bob@sample.example"), &doing->account));
    return claim_ask(store, &folder.arena, &act, doing->account, STR("Bob Sample"),
                     STR("My passport."), &refusal, &claim);
}

static struct result do_recover(struct store *store, void *context)
{
    const struct act act = visitor_act();
    struct refusal refusal;

    (void)context;
    TRY(recovery_ask(store, &folder.arena, &act, STR("Ada Sample"), STR("new@sample.example"),
                     STR("My passport."), &visitor, &refusal));
    return store_run(store, "UPDATE recovery SET confirmed_at = asked_at", NO_PARAMS);
}

static void visitor_does(struct doing *doing)
{
    struct instance *instance = folder_open(&folder, INSTANCE_WRITE);

    assert_false(
        failed(writer_perform(instance_writer(instance), doing->run, doing, &folder.arena, NULL)));
    instance_close(instance);
}

/* ---- the tests ---- */

#define CREATE "account-create-administrator"
#define ADA "{'address':'ada@sample.example','name':'Ada Sample'}"

static void the_first_administrator_gets_a_link_that_opens_an_account(void **state)
{
    const struct value *made = does(CREATE, ADA);
    struct doing doing = { .run = do_claim };
    const struct value *appointments;

    (void)state;
    assert_string_equal(text(made, "address"), "ada@sample.example");
    assert_string_equal(text(value_get(made, "person"), "name"), "Ada Sample");
    assert_non_null(strstr(text(made, "link"), "http://localhost:8080/account/link/"));
    assert_string_equal(text(made, "until"), "2026-12-08T00:00:00Z");
    doing.token = str_drop(str_from_c(text(made, "path")), strlen("/account/link/"));
    visitor_does(&doing);
    assert_int_equal(folder_count(&folder, "SELECT person FROM account"), 1);
    appointments = does("appointment-make", "{'person':1,'role':'officer'}");
    assert_string_equal(text(appointments, "scope"), "installation");
}

static void an_administrator_who_is_there_is_not_made_again(void **state)
{
    struct doing doing = { .run = do_claim };
    const struct value *made;

    (void)state;
    made = does(CREATE, ADA);
    refuses(CREATE, ADA, &ACCOUNT_PERSON_TAKEN,
            "make a new link with 'assay account invite 1 ada@sample.example'");
    doing.token = str_drop(str_from_c(text(made, "path")), strlen("/account/link/"));
    visitor_does(&doing);
    refuses(CREATE, ADA, &ACCOUNT_ADDRESS_TAKEN, "assay appointment make 1 administrator");
    assert_int_equal(folder_count(&folder, "SELECT count(*) FROM person"), 1);
    refuses(CREATE, "{'address':'ada','name':'Ada Sample'}", &ACCOUNT_ADDRESS, "mail address");
    refuses(CREATE, "{'address':'a@b.example'}", &ERROR_INPUT, "'name' is missing");
    assert_int_equal(folder_count(&folder, "SELECT count(*) FROM person"), 1);
}

static void a_link_has_no_address_where_the_port_is_not_known(void **state)
{
    const struct value *made;

    (void)state;
    folder.config.port = 0;
    made = does(CREATE, ADA);
    assert_int_equal(value_get(made, "link")->kind, VALUE_NULL);
    folder.config.base = STR("https://standards.example.org");
    made = does("account-invite", "{'person':1,'address':'ada@sample.example'}");
    assert_non_null(strstr(text(made, "link"), "https://standards.example.org/account/link/"));
}

static void people_are_added_renamed_and_invited(void **state)
{
    (void)state;
    assert_int_equal(number(does("person-add", "{'name':' Bob Sample '}"), "id"), 1);
    assert_string_equal(text(does("person-rename", "{'person':1,'name':'Bob Example'}"), "name"),
                        "Bob Example");
    refuses("person-rename", "{'person':9,'name':'Bob'}", &PEOPLE_UNKNOWN, "number 9");
    refuses("person-rename", "{'person':'x','name':'Bob'}", &ERROR_INPUT, "'person'");
    refuses("person-add", "{'name':' '}", &PEOPLE_NAME, "a name has");
    does("account-invite", "{'person':1,'address':'bob@sample.example'}");
    assert_int_equal(folder_count(&folder, "SELECT count(*) FROM outbox"), 1);
}

static void two_are_found_to_be_one_or_two(void **state)
{
    const struct value *merge;

    (void)state;
    does("person-add", "{'name':'Bob Sample'}");
    does("person-add", "{'name':'Sample Bob'}");
    refuses("person-merge", "{'person':1,'other':9,'why':'one'}", &PEOPLE_UNKNOWN, "number 9");
    refuses("person-merge", "{'person':1,'other':2}", &ERROR_INPUT, "'why'");
    merge = does("person-merge", "{'person':1,'other':2,'why':'one'}");
    assert_int_equal(number(value_get(merge, "kept"), "id"), 1);
    assert_int_equal(number(value_get(merge, "other"), "id"), 2);
    refuses("person-merge", "{'person':2,'other':1,'why':'one'}", &MERGE_SAME, "one person");
    merge = does("person-unmerge", "{'merge':1,'why':'two'}");
    assert_int_equal(value_get(merge, "undone")->kind, VALUE_TEXT);
    refuses("person-unmerge", "{'merge':1,'why':'two'}", &MERGE_UNKNOWN, "no such merge");
    assert_string_equal(text(does("person-apart", "{'person':1,'other':2,'why':'twins'}"), "why"),
                        "twins");
    assert_int_equal(folder_count(&folder, "SELECT count(*) FROM person_distinct"), 1);
}

static void appointments_are_made_and_ended(void **state)
{
    const struct value *made;

    (void)state;
    does("person-add", "{'name':'Bob Sample'}");
    made =
        does("appointment-make",
             "{'person':1,'role':'chair','scope':'ethics','last':'2027-11-23','basis':'vote 7'}");
    assert_string_equal(text(made, "scope"), "body:ethics");
    assert_string_equal(text(made, "from"), "2026-11-24");
    assert_string_equal(text(made, "last"), "2027-11-23");
    assert_true(value_get(made, "holds")->boolean);
    made = does("appointment-end", "{'appointment':1,'why':'resigned'}");
    assert_string_equal(text(made, "ended"), "2026-11-24");
    assert_false(value_get(made, "holds")->boolean);
    assert_string_equal(
        text(does("appointment-make",
                  "{'person':1,'role':'organisation-contact','scope':'organisation:17'}"),
             "scope"),
        "organisation:17");
}

static void appointments_that_cannot_be_are_refused(void **state)
{
    (void)state;
    does("person-add", "{'name':'Bob Sample'}");
    refuses("appointment-make", "{'person':1,'role':'king'}", &APPOINTMENT_ROLE,
            "it is one of administrator, officer, chair");
    refuses("appointment-make", "{'person':1,'role':'chair'}", &APPOINTMENT_ROLE,
            "a chair is appointed within a body: say which");
    refuses("appointment-make", "{'person':1,'role':'chair','scope':'programme:1'}",
            &APPOINTMENT_ROLE, "'programme:1' is no body");
    refuses("appointment-make", "{'person':1,'role':'officer','scope':'ethics'}", &APPOINTMENT_ROLE,
            "leave 'ethics' out");
    refuses("appointment-make", "{'person':1,'role':'officer','from':'24.11.2026'}", &ERROR_INPUT,
            "'from' has to be a date");
    refuses("appointment-make", "{'person':1,'role':'officer','last':'2026-11-23'}",
            &APPOINTMENT_TERM, "before it begins");
    refuses("appointment-end", "{'appointment':1}", &APPOINTMENT_UNKNOWN, "no appointment");
    assert_int_equal(folder_count(&folder, "SELECT count(*) FROM appointment"), 0);
}

static void accounts_are_blocked_by_number_or_address(void **state)
{
    struct doing doing = { .run = do_ask };

    (void)state;
    visitor_does(&doing);
    assert_string_equal(
        text(does("account-block", "{'account':'BOB@sample.example','why':'lent'}"), "state"),
        "blocked");
    refuses("account-link", "{'account':1}", &ACCOUNT_BLOCKED, "blocked");
    assert_string_equal(text(does("account-unblock", "{'account':1,'why':'over'}"), "state"),
                        "open");
    assert_int_equal(number(does("account-end-sessions", "{'account':1}"), "ended"), 0);
    assert_non_null(strstr(text(does("account-link", "{'account':1}"), "path"), "/account/link/"));
    refuses("account-link", "{'account':'nobody@sample.example'}", &ACCOUNT_UNKNOWN,
            "no account has the address nobody@sample.example");
    refuses("account-link", "{'account':7}", &ACCOUNT_UNKNOWN, "no such account");
    refuses("account-block", "{'account':1}", &ERROR_INPUT, "'why' is missing");
}

static void claims_are_decided(void **state)
{
    struct doing doing = { .run = do_ask };
    const struct value *claim;

    (void)state;
    visitor_does(&doing);
    refuses("claim-accept", "{'claim':1,'person':5}", &PEOPLE_UNKNOWN, "nobody");
    refuses("claim-refuse", "{'claim':1}", &ERROR_INPUT, "'reason' is missing");
    claim = does("claim-accept", "{'claim':1}");
    assert_string_equal(text(claim, "state"), "accepted");
    assert_string_equal(text(value_get(claim, "person"), "name"), "Bob Sample");
    refuses("claim-refuse", "{'claim':1,'reason':'late'}", &ACCOUNT_DECIDED, "decided");
    refuses("claim-accept", "{'claim':2}", &ACCOUNT_CLAIM_UNKNOWN, "no such request");
}

static void the_command_line_is_one_officer_of_a_recovery(void **state)
{
    struct doing doing = { .run = do_claim };
    struct doing recover = { .run = do_recover };
    const struct value *recovery;
    const struct value *made;

    (void)state;
    made = does(CREATE, ADA);
    doing.token = str_drop(str_from_c(text(made, "path")), strlen("/account/link/"));
    visitor_does(&doing);
    visitor_does(&recover);
    recovery = does("recovery-approve", "{'recovery':1,'account':'ada@sample.example'}");
    assert_string_equal(text(recovery, "state"), "one-approved");
    assert_int_equal(value_get(recovery, "approvals")->count, 1);
    assert_int_equal(value_get(value_get(recovery, "approvals")->items[0], "officer")->kind,
                     VALUE_NULL);
    refuses("recovery-approve", "{'recovery':1,'account':1}", &ACCOUNT_SAME_OFFICER,
            "a second officer");
    recovery = does("recovery-refuse", "{'recovery':1,'reason':'no proof'}");
    assert_string_equal(text(recovery, "state"), "refused");
    refuses("recovery-approve", "{'recovery':1,'account':1}", &ACCOUNT_DECIDED, "decided");
}

static void a_token_that_is_not_there_cannot_be_revoked(void **state)
{
    (void)state;
    refuses("token-revoke", "{'token':1}", &ACCOUNT_TOKEN_UNKNOWN, "no such token");
    refuses("token-revoke", "{'token':0}", &ERROR_INPUT, "'token'");
}

static int set_up(void **state)
{
    (void)state;
    folder_begin(&folder);
    instance_close(folder_open(&folder, INSTANCE_MAKE));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    folder_end(&folder);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_administrator_gets_a_link_that_opens_an_account),
        TEST(an_administrator_who_is_there_is_not_made_again),
        TEST(a_link_has_no_address_where_the_port_is_not_known),
        TEST(people_are_added_renamed_and_invited),
        TEST(two_are_found_to_be_one_or_two),
        TEST(appointments_are_made_and_ended),
        TEST(appointments_that_cannot_be_are_refused),
        TEST(accounts_are_blocked_by_number_or_address),
        TEST(claims_are_decided),
        TEST(the_command_line_is_one_officer_of_a_recovery),
        TEST(a_token_that_is_not_there_cannot_be_revoked),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
