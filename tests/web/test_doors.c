/* The pages by which people come in and go out, as browsers ask for them: on both engines. */
#include <stdio.h>
#include <string.h>

#include "account/second_step.h"
#include "engine.h"
#include "house.h"

#define ADA "ada@sample.example"
#define NOBODY "nobody@sample.example"
#define SESSION "__Host-assay"
#define STEP "__Host-assay-step"
#define SECRET "__Host-assay-browser"
#define NEXT "__Host-assay-next"

static struct house *house;
static struct browser ada;
static struct account_id account;

static struct str get(const char *path)
{
    return house_get(house, &ada, path);
}

static struct str post(const char *path, const char *fields)
{
    return house_post(house, &ada, path, fields);
}

static const char *link_page(const char *address)
{
    return str_format(&house->arena, "/account/link/%s", house_link_to(house, address)).p;
}

static void is_sent_on_to(const char *path)
{
    assert_int_equal(house_status(house), 303);
    assert_string_equal(house_location(house), path);
}

static bool is_signed_in(struct browser *browser)
{
    house_get(house, browser, "/account/confirm");
    return house_status(house) == 200;
}

/* Another value for a cookie that the browser has. */
static void plant(struct browser *browser, const char *name, const char *value)
{
    for (size_t i = 0; i < BROWSER_COOKIES; i++)
        if (strcmp(browser->cookies[i].name, name) == 0) {
            snprintf(browser->cookies[i].value, sizeof(browser->cookies[i].value), "%s", value);
            return;
        }
    fail_msg("the browser has no cookie %s", name);
}

static void have_password(void)
{
    account = house_account(house, ADA);
    house_set_password(house, account, "a long enough one");
}

/* ---- signing up, links ---- */

static void signing_up_by_a_link_of_a_letter(void **state)
{
    const char *page;

    (void)state;
    post("/account/sign-up", "address=ada@sample.example");
    is_sent_on_to("/account/sent/sign-up");
    assert_string_equal(browser_cookie(&ada, SESSION), "");
    page = link_page(ADA);
    check_has(get(page), "Make my account");
    check_str(fixture_header(&house->site, "Cache-Control"), "no-store");
    /* A program that looks at mail has opened it; nothing has happened. */
    assert_int_equal(house_ask(house, "SELECT count(*) FROM account"), 0);
    post(page, "");
    is_sent_on_to("/account?done=signed-up");
    assert_true(is_signed_in(&ada));
    assert_int_equal(house_ask(house, "SELECT count(*) FROM account"), 1);
}

static void a_link_works_once(void **state)
{
    const char *page;

    (void)state;
    post("/account/sign-up", "address=ada@sample.example");
    page = link_page(ADA);
    post(page, "");
    post(page, "");
    assert_int_equal(house_status(house), 410);
    check_has(house->site.response.body, "does not work any more");
    assert_int_equal(house_ask(house, "SELECT count(*) FROM account"), 1);
    assert_int_equal(house_ask(house, "SELECT count(*) FROM session"), 1);
}

static void a_link_for_signing_in_works_in_no_other_browser(void **state)
{
    struct browser other = { .network = { FAMILY_V4, { 198, 51, 100, 1 } } };
    const char *page;

    (void)state;
    house_account(house, ADA);
    post("/account/sign-in", "address=ada@sample.example&password=");
    is_sent_on_to("/account/sent/sign-in");
    page = link_page(ADA);
    house_post(house, &other, page, "");
    assert_int_equal(house_status(house), 403);
    check_has(house->site.response.body, "/account/sign-in");
    assert_false(is_signed_in(&other));
    post(page, "");
    is_sent_on_to("/account?done=signed-in");
    assert_true(is_signed_in(&ada));
}

static void the_page_of_a_link_tells_its_address_to_nobody(void **state)
{
    (void)state;
    post("/account/sign-up", "address=ada@sample.example");
    assert_false(has(get(link_page(ADA)), house_link_to(house, ADA)));
    for (size_t i = 0; i < house->site.response.header_count; i++)
        if (str_eq_c(house->site.response.headers[i].name, "Referrer-Policy"))
            check_str(house->site.response.headers[i].value, "strict-origin");
}

static void an_invitation_makes_an_account_that_is_the_persons(void **state)
{
    (void)state;
    house_person(house, "Sample Ada", ADA, &account);
    house_sign_in(house, account, true, &ada);
    check_has(get("/account/confirm"), "Signed in as Sample Ada");
}

static void a_link_goes_on_to_the_page_that_was_opened(void **state)
{
    struct browser other = { .network = { FAMILY_V4, { 198, 51, 100, 1 } } };

    (void)state;
    get("/account/sessions");
    is_sent_on_to("/account/sign-in?next=%2Faccount%2Fsessions");
    check_has(get(house_location(house)), "name=\"next\" value=\"/account/sessions\"");
    /* With an account, and with one that is made then. */
    for (int i = 0; i < 2; i++) {
        post("/account/sign-in", "address=ada@sample.example&password=&next=/account/sessions");
        is_sent_on_to("/account/sent/sign-in");
        assert_string_equal(browser_cookie(&ada, NEXT), "L2FjY291bnQvc2Vzc2lvbnM");
        get(link_page(ADA));
        post(link_page(ADA), "");
        is_sent_on_to("/account/sessions");
        assert_string_equal(browser_cookie(&ada, NEXT), "");
    }
    /* What was to come after one link does not after the next. */
    post("/account/sign-in", "address=ada@sample.example&password=&next=/account/sessions");
    post("/account/sign-in", "address=ada@sample.example&password=");
    assert_string_equal(browser_cookie(&ada, NEXT), "");
    post(link_page(ADA), "");
    is_sent_on_to("/account?done=signed-in");
    /* Where a link works in any browser, another knows nothing of it. */
    post("/account/sign-in", "address=nobody@sample.example&password=&next=/account/sessions");
    house_post(house, &other, link_page(NOBODY), "");
    is_sent_on_to("/account?done=signed-up");
}

static void a_link_goes_on_to_no_other_site(void **state)
{
    /* //elsewhere.example/, /\elsewhere.example/, https://elsewhere.example/, account, no letters,
       and bytes that are none of a path. */
    static const char *const planted[] = {
        "Ly9lbHNld2hlcmUuZXhhbXBsZS8",
        "L1xlbHNld2hlcmUuZXhhbXBsZS8",
        "aHR0cHM6Ly9lbHNld2hlcmUuZXhhbXBsZS8",
        "YWNjb3VudA",
        "//elsewhere.example/",
        "LwoN",
    };

    (void)state;
    house_account(house, ADA);
    post("/account/sign-in",
         "address=ada@sample.example&password=&next=https%3A%2F%2Felsewhere.example%2F");
    assert_string_equal(browser_cookie(&ada, NEXT), "");
    post(link_page(ADA), "");
    is_sent_on_to("/account?done=signed-in");
    for (size_t i = 0; i < ARRAY_LEN(planted); i++) {
        struct browser fresh = { .network = { FAMILY_V4, { 198, 51, 100, (uint8_t)i } } };

        house_post(house, &fresh, "/account/sign-in",
                   "address=ada@sample.example&password=&next=/standing");
        plant(&fresh, NEXT, planted[i]);
        house_post(house, &fresh, link_page(ADA), "");
        is_sent_on_to("/account?done=signed-in");
        assert_string_equal(browser_cookie(&fresh, NEXT), "");
    }
}

/* ---- the same answer ---- */

/* What two addresses are answered, with rows and hashes; the tokens of forms are none here. */
static void check_alike(const char *path, const char *fields)
{
    struct {
        struct str body;
        int status;
        const char *location;
        int64_t rows;
        size_t hashes;
    } answers[2];
    static const char *const addresses[] = { ADA, NOBODY };

    for (size_t i = 0; i < 2; i++) {
        struct browser fresh = { .network = { FAMILY_V4, { 198, 51, 100, (uint8_t)i } } };
        int64_t rows = house_rows(house);
        size_t hashes = house_hashes(house);
        struct str body =
            house_post(house, &fresh, path,
                       str_format(&house->arena, "address=%s&%s", addresses[i], fields).p);

        answers[i].body = str_copy(&house->arena, body);
        answers[i].status = house_status(house);
        answers[i].location = house_location(house);
        answers[i].rows = house_rows(house) - rows;
        answers[i].hashes = house_hashes(house) - hashes;
    }
    assert_int_equal(answers[0].status, answers[1].status);
    assert_string_equal(answers[0].location, answers[1].location);
    assert_int_equal(answers[0].rows, answers[1].rows);
    assert_int_equal(answers[0].hashes, answers[1].hashes);
    /* But for the address, which is shown as it was typed. */
    assert_int_equal(answers[0].body.n ? answers[0].body.n + strlen(NOBODY) - strlen(ADA) : 0,
                     answers[1].body.n);
}

static void an_address_with_an_account_is_answered_as_one_without(void **state)
{
    (void)state;
    have_password();
    check_alike("/account/sign-in", "password=");
    check_alike("/account/sign-up", "");
    check_alike("/account/sign-in", "password=wrong-guess");
    assert_int_equal(house_hashes(house) > 0, true);
}

/* ---- passwords ---- */

static void a_password_signs_in_with_a_new_token_each_time(void **state)
{
    char first[100];

    (void)state;
    have_password();
    post("/account/sign-in",
         "address=ada@sample.example&password=a+long+enough+one&next=/standing");
    is_sent_on_to("/standing");
    snprintf(first, sizeof(first), "%s", browser_cookie(&ada, SESSION));
    assert_int_equal(strlen(first), 43);
    post("/account/sign-in", "address=ada@sample.example&password=a+long+enough+one");
    is_sent_on_to("/account?done=signed-in");
    assert_string_not_equal(browser_cookie(&ada, SESSION), first);
}

static void a_token_that_was_planted_is_not_taken_over(void **state)
{
    static const char planted[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    (void)state;
    have_password();
    snprintf(ada.cookies[0].name, sizeof(ada.cookies[0].name), SESSION);
    snprintf(ada.cookies[0].value, sizeof(ada.cookies[0].value), "%s", planted);
    post("/account/sign-in", "address=ada@sample.example&password=a+long+enough+one");
    is_sent_on_to("/account?done=signed-in");
    assert_string_not_equal(browser_cookie(&ada, SESSION), planted);
}

static void a_wrong_password_is_told_and_what_was_typed_stays(void **state)
{
    struct str page;

    (void)state;
    have_password();
    page = post("/account/sign-in", "address=ada@sample.example&password=wrong-guess");
    assert_int_equal(house_status(house), 403);
    check_has(page, "value=\"ada@sample.example\"");
    check_has(page, "href=\"#password\"");
    assert_false(has(page, "wrong-guess"));
    assert_null(fixture_header(&house->site, "Set-Cookie").p);
}

static void too_many_attempts_are_told_when_to_come_back(void **state)
{
    struct str page;

    (void)state;
    have_password();
    for (int i = 0; i < 10; i++)
        post("/account/sign-in", "address=ada@sample.example&password=wrong-guess");
    page = post("/account/sign-in", "address=ada@sample.example&password=wrong-guess");
    assert_int_equal(house_status(house), 429);
    check_str(fixture_header(&house->site, "Retry-After"), "90");
    check_has(page, "Try again in 2 minutes, from 23 November 2026, 12:01 UTC on");
}

static void what_is_typed_is_escaped(void **state)
{
    struct str page = post("/account/sign-in", "address=%22%3E%3Cscript%3E&password=");

    (void)state;
    assert_int_equal(house_status(house), 422);
    assert_false(has(page, "\"><script>"));
}

static void the_cookies_are_no_scripts_and_no_other_sites(void **state)
{
    static const char *const parts[] = { "; Path=/;", "; HttpOnly;", "; SameSite=Lax", "; Secure" };
    size_t seen = 0;

    (void)state;
    have_password();
    post("/account/sign-in", "address=ada@sample.example&password=a+long+enough+one");
    for (size_t i = 0; i < house->site.response.header_count; i++) {
        const struct header *header = &house->site.response.headers[i];

        if (!str_eq_c(header->name, "Set-Cookie"))
            continue;
        seen++;
        assert_true(str_starts(header->value, STR("__Host-assay")));
        for (size_t part = 0; part < ARRAY_LEN(parts); part++)
            check_has(header->value, parts[part]);
    }
    assert_int_equal(seen, 2);
}

static void on_plain_http_the_cookies_do_without_https(void **state)
{
    struct browser browser = { .network = { FAMILY_V4, { 127, 0, 0, 1 } } };

    (void)state;
    house_close(house);
    house = house_open_at("http://localhost:8080");
    house_account(house, ADA);
    house_post(house, &browser, "/account/sign-in", "address=ada@sample.example&password=");
    assert_int_equal(strlen(browser_cookie(&browser, "assay-browser")), 43);
    assert_false(has(fixture_header(&house->site, "Set-Cookie"), "Secure"));
}

/* ---- the second step ---- */

struct setup {
    struct str_list recovery;
};

static struct result set_up_codes(struct store *store, void *context)
{
    struct setup *setup = context;
    const struct act act = house_act(house);
    struct refusal refusal;
    struct str secret;

    TRY(totp_begin(store, &house->arena, &act, account, &secret));
    return totp_confirm(store, &house->arena, &act, account, str_from_c(house_code(house, secret)),
                        &refusal, &setup->recovery);
}

static void a_code_is_asked_for_after_the_password(void **state)
{
    struct setup setup = { 0 };

    (void)state;
    have_password();
    house_perform(house, set_up_codes, &setup);
    get("/account/second-step");
    is_sent_on_to("/account/sign-in");
    post("/account/sign-in",
         "address=ada@sample.example&password=a+long+enough+one&next=/standing?on=1");
    is_sent_on_to("/account/second-step?next=%2Fstanding%3Fon%3D1");
    assert_string_equal(browser_cookie(&ada, SESSION), "");
    assert_false(is_signed_in(&ada));
    check_has(get("/account/second-step?next=/standing"), "value=\"/standing\"");
    post("/account/second-step", "code=000000");
    assert_int_equal(house_status(house), 403);
    check_has(house->site.response.body, "href=\"#code\"");
    post("/account/second-step",
         str_format(&house->arena, "next=/standing&code=%.*s", STR_ARG(setup.recovery.at[0])).p);
    is_sent_on_to("/standing");
    assert_string_equal(browser_cookie(&ada, STEP), "");
    assert_true(is_signed_in(&ada));
    /* And after a link. */
    post("/account/sign-in", "address=ada@sample.example&password=&next=/standing?on=1");
    post(link_page(ADA), "");
    is_sent_on_to("/account/second-step?next=%2Fstanding%3Fon%3D1");
}

/* ---- showing it once more ---- */

static bool is_fresh(void)
{
    return house_ask(house, "SELECT max(coalesce(strong_at, 0)) FROM session") == house->site.now;
}

static void a_password_shows_once_more_who_one_is(void **state)
{
    (void)state;
    have_password();
    house_sign_in(house, account, true, &ada);
    house->site.now += HOURS;
    check_has(get("/account/confirm?next=/standing"), "current-password");
    post("/account/confirm", "next=/standing&password=wrong-guess");
    assert_int_equal(house_status(house), 403);
    assert_false(is_fresh());
    post("/account/confirm", "next=/standing&password=");
    assert_int_equal(house_status(house), 422);
    post("/account/confirm", "next=/standing&password=a+long+enough+one");
    is_sent_on_to("/standing");
    assert_true(is_fresh());
}

static void an_account_without_keys_is_mailed_a_link(void **state)
{
    (void)state;
    account = house_account(house, ADA);
    house_sign_in(house, account, true, &ada);
    house->site.now += HOURS;
    post("/account/confirm", "way=link");
    is_sent_on_to("/account/sent/sign-in");
    post(link_page(ADA), "");
    is_sent_on_to("/account?done=signed-in");
    assert_true(is_fresh());
}

/* ---- signing out ---- */

static void signing_out_ends_the_session_and_takes_the_cookie(void **state)
{
    struct browser copy;

    (void)state;
    house_sign_in(house, house_account(house, ADA), true, &ada);
    copy = ada;
    post("/account/sign-out", "");
    is_sent_on_to("/account/sign-in?done=signed-out");
    assert_string_equal(browser_cookie(&ada, SESSION), "");
    assert_false(is_signed_in(&copy));
    check_has(get("/account/sign-in?done=signed-out"), "You are signed out in this browser.");
    assert_false(has(get("/account/sign-in?done=anything"), "class=\"notice\""));
}

/* ---- passkeys, and recovering ---- */

static void a_passkey_is_asked_for_in_one_browser(void **state)
{
    struct str view = house_post_json(house, &ada, "/account/passkey/options", "");

    (void)state;
    assert_int_equal(house_status(house), 200);
    check_has(view, "\"rpId\": \"standards.example.org\"");
    check_has(view, "\"userVerification\": \"required\"");
    assert_int_equal(strlen(browser_cookie(&ada, SECRET)), 43);
    post("/account/passkey/sign-in", "challenge=abc&response=%7B%7D");
    assert_int_equal(house_status(house), 403);
    assert_string_equal(browser_cookie(&ada, SESSION), "");
}

static void a_recovery_is_asked_for_and_confirmed(void **state)
{
    (void)state;
    post("/account/recover",
         "known_as=Sample+Ada&address=new@sample.example&statement=Sample+proof");
    is_sent_on_to("/account/sent/recover");
    post(link_page("new@sample.example"), "");
    is_sent_on_to("/account/sign-in?done=recovery-waits");
    assert_int_equal(
        house_ask(house, "SELECT count(*) FROM recovery WHERE confirmed_at IS NOT NULL"), 1);
}

static void letters_that_are_files_are_told(void **state)
{
    (void)state;
    assert_false(has(get("/account/sent/sign-in"), "no mail server"));
    fixture_end(&house->site);
    fixture_begin_as(&house->site, "schemes/mediation",
                     (struct site_settings){ .base = STR(BASE),
                                             .readers = house->readers,
                                             .writer = house->writer,
                                             .letters_folder = STR("/srv/sample/mail") });
    check_has(get("/account/sent/sign-in"), "<code>/srv/sample/mail</code>");
}

/* ---- each on a house of its own ---- */

static int open_house(void **state)
{
    (void)state;
    house = house_open();
    house_dweller(house, DWELLER_VISITOR, &ada);
    return 0;
}

static int close_house(void **state)
{
    (void)state;
    house_close(house);
    return 0;
}

static int begin(void **state)
{
    if (engine_begin(state) != 0)
        return -1;
    engine_or_skip();
    return 0;
}

#define IN_A_HOUSE(test) cmocka_unit_test_setup_teardown(test, open_house, close_house)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_HOUSE(signing_up_by_a_link_of_a_letter),
        IN_A_HOUSE(a_link_works_once),
        IN_A_HOUSE(a_link_for_signing_in_works_in_no_other_browser),
        IN_A_HOUSE(a_link_goes_on_to_the_page_that_was_opened),
        IN_A_HOUSE(a_link_goes_on_to_no_other_site),
        IN_A_HOUSE(the_page_of_a_link_tells_its_address_to_nobody),
        IN_A_HOUSE(an_invitation_makes_an_account_that_is_the_persons),
        IN_A_HOUSE(an_address_with_an_account_is_answered_as_one_without),
        IN_A_HOUSE(a_password_signs_in_with_a_new_token_each_time),
        IN_A_HOUSE(a_token_that_was_planted_is_not_taken_over),
        IN_A_HOUSE(a_wrong_password_is_told_and_what_was_typed_stays),
        IN_A_HOUSE(too_many_attempts_are_told_when_to_come_back),
        IN_A_HOUSE(what_is_typed_is_escaped),
        IN_A_HOUSE(the_cookies_are_no_scripts_and_no_other_sites),
        IN_A_HOUSE(on_plain_http_the_cookies_do_without_https),
        IN_A_HOUSE(a_code_is_asked_for_after_the_password),
        IN_A_HOUSE(a_password_shows_once_more_who_one_is),
        IN_A_HOUSE(an_account_without_keys_is_mailed_a_link),
        IN_A_HOUSE(signing_out_ends_the_session_and_takes_the_cookie),
        IN_A_HOUSE(a_passkey_is_asked_for_in_one_browser),
        IN_A_HOUSE(a_recovery_is_asked_for_and_confirmed),
        IN_A_HOUSE(letters_that_are_files_are_told),
    };

    return cmocka_run_group_tests(tests, begin, engine_end);
}
