/*
 * The pages of one's own account, asked by browsers that are signed in, on both engines.
 */
#include <stdlib.h>
#include <string.h>

#include <openssl/hmac.h>

#include "account/account.h"
#include "engine.h"
#include "house.h"

static const char *const pages[] = {
    "/account",          "/account/addresses",      "/account/password", "/account/authenticator",
    "/account/passkeys", "/account/recovery-codes", "/account/sessions", "/account/tokens",
    "/account/history",  "/account/claim",          "/account/close",    "/account/appointments",
};

/* ---- what tests share ---- */

static struct house *begin(enum dweller dweller, struct browser *ret)
{
    struct house *house = house_open();

    house_dweller(house, dweller, ret);
    return house;
}

static void later(struct house *house, int64_t by)
{
    house->site.now += by;
}

static void is_sent_to(struct house *house, const char *location)
{
    assert_int_equal(house_status(house), 303);
    assert_string_equal(house_location(house), location);
}

static void posts(struct house *house, struct browser *browser, const char *path,
                  const char *fields, const char *location)
{
    struct str body = house_post(house, browser, path, fields);

    if (house_status(house) != 303)
        fail_msg("%s is answered %d:\n%.*s", fields, house_status(house), STR_ARG(body));
    is_sent_to(house, location);
}

/* A form that is refused: the page says so, and shows what was typed. */
static struct str is_refused(struct house *house, struct browser *browser, const char *path,
                             const char *fields, int status, const char *says)
{
    struct str body = house_post(house, browser, path, fields);

    if (house_status(house) != status)
        fail_msg("%s is answered %d:\n%.*s", fields, house_status(house), STR_ARG(body));
    check_has(body, "Nothing was changed.");
    check_has(body, says);
    return body;
}

static void check_lacks(struct str text, const char *part)
{
    if (has(text, part))
        fail_msg("'%s' is in:\n%.*s", part, STR_ARG(text));
}

/* What stands between two texts, the first time that it does. */
static const char *between(struct house *house, struct str text, const char *before,
                           const char *after)
{
    const char *at = memmem(text.p, text.n, before, strlen(before));
    const char *end;
    size_t left;

    if (!at)
        fail_msg("'%s' is not in:\n%.*s", before, STR_ARG(text));
    at += strlen(before);
    left = text.n - (size_t)(at - text.p);
    end = memmem(at, left, after, strlen(after));
    assert_non_null(end);
    return str_to_c(&house->arena, (struct str){ at, (size_t)(end - at) });
}

static size_t count_of(struct str text, const char *part)
{
    size_t count = 0;
    const char *at;

    while ((at = memmem(text.p, text.n, part, strlen(part)))) {
        text = str_drop(text, (size_t)(at - text.p) + strlen(part));
        count++;
    }
    return count;
}

/* ---- all pages ---- */

static void every_page_is_shown_to_whoever_is_signed_in(void **state)
{
    static const enum dweller dwellers[] = { DWELLER_SIGNED_IN, DWELLER_PERSON, DWELLER_MEMBER };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(dwellers); i++) {
        struct browser browser;
        struct house *house = begin(dwellers[i], &browser);

        for (size_t j = 0; j < ARRAY_LEN(pages); j++) {
            struct str body = house_get(house, &browser, pages[j]);

            if (house_status(house) != 200)
                fail_msg("%s is answered %d:\n%.*s", pages[j], house_status(house), STR_ARG(body));
            assert_int_equal(count_of(body, "<h1"), 1);
            assert_true(count_of(body, "button-main") <= 1);
            house_get_json(house, &browser, pages[j]);
            assert_int_equal(house_status(house), 200);
        }
        house_close(house);
    }
}

static void a_visitor_is_sent_to_sign_in_from_every_page(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_VISITOR, &browser);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        house_get(house, &browser, pages[i]);
        assert_int_equal(house_status(house), 303);
        check_has(str_from_c(house_location(house)), "/account/sign-in?next=%2Faccount");
    }
    house_close(house);
}

static void after_a_while_nothing_sensitive_can_be_changed_until_one_shows_who_one_is(void **state)
{
    static const char *const sensitive[][2] = {
        { "/account/addresses", "do=add&address=other%40example.org" },
        { "/account/password", "do=set&password=correct+horse+battery" },
        { "/account/authenticator", "do=begin" },
        { "/account/recovery-codes", "do=renew" },
        { "/account/passkeys", "do=remove&id=1" },
        { "/account/tokens", "do=make&name=x" },
        { "/account/appointments", "do=resign&id=1" },
        { "/account/close", "do=close&sure=yes" },
    };
    struct browser browser;
    struct house *house = begin(DWELLER_MEMBER, &browser);
    int64_t rows;

    (void)state;
    later(house, 11 * MINUTES);
    rows = house_ask(house, "SELECT count(*) FROM journal");
    for (size_t i = 0; i < ARRAY_LEN(sensitive); i++) {
        struct str body = house_get(house, &browser, sensitive[i][0]);

        check_lacks(body, "<button class=\"button button-main");
        house_post(house, &browser, sensitive[i][0], sensitive[i][1]);
        assert_int_equal(house_status(house), 303);
        check_has(str_from_c(house_location(house)), "/account/confirm?next=%2Faccount%2F");
    }
    assert_int_equal(house_ask(house, "SELECT count(*) FROM journal"), rows);
    house_close(house);
}

static void what_a_page_does_not_know_is_refused(void **state)
{
    static const char *const changed[] = {
        "/account/addresses",      "/account/password", "/account/authenticator",
        "/account/recovery-codes", "/account/passkeys", "/account/sessions",
        "/account/tokens",         "/account/claim",    "/account/appointments",
        "/account/close",
    };
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(changed); i++) {
        is_refused(house, &browser, changed[i], "do=", 422, "");
        is_refused(house, &browser, changed[i], "do=everything&name=x&statement=x", 422,
                   "this page does not know what is to be done");
    }
    house_close(house);
}

/* ---- the overview ---- */

static void the_overview_says_what_to_set_up_next(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_SIGNED_IN, &browser);
    struct str body = house_get(house, &browser, "/account");

    (void)state;
    check_has(body, "signed-in@example.org");
    check_has(body, "You have none yet.");
    check_has(body, "In 1 browser, this one included.");
    check_has(house_get_json(house, &browser, "/account"), "\"next\": \"passkey\"");
    house_close(house);
}

/* ---- addresses ---- */

static void an_address_is_asked_for_at_both_ends_and_can_become_the_primary_one(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);
    struct str body;

    (void)state;
    posts(house, &browser, "/account/addresses", "do=add&address=second%40example.org",
          "/account/addresses?done=address-asked");
    assert_string_equal(house_letter_to(house, "second@example.org"), "address-new");
    assert_string_equal(house_letter_to(house, "person@example.org"), "address-current");
    body = house_get(house, &browser, "/account/addresses?done=address-asked");
    check_has(body, "Two letters are on their way");
    check_has(body, "Not yet confirmed there.");
    assert_int_equal(count_of(body, "value=\"primary\""), 0);
    house_close(house);
}

static void an_address_that_is_none_is_shown_again_with_what_is_wrong(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);
    struct str body;

    (void)state;
    body = is_refused(house, &browser, "/account/addresses", "do=add&address=%22x%22+y", 422,
                      "this is not a mail address");
    check_has(body, "value=\"&quot;x&quot; y\"");
    check_has(body, "aria-invalid=\"true\"");
    check_has(body, "href=\"#address\"");
    is_refused(house, &browser, "/account/addresses", "do=add&address=person%40example.org", 409,
               "belongs to this account already");
    house_post(house, &browser, "/account/addresses", "do=remove&id=999");
    assert_int_equal(house_status(house), 404);
    house_close(house);
}

/* ---- passwords ---- */

static void a_password_is_set_changed_and_removed(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);

    (void)state;
    is_refused(house, &browser, "/account/password", "do=set&password=short", 422,
               "shorter than 8 characters");
    is_refused(house, &browser, "/account/password", "do=set&password=Sample+person", 422,
               "an address or a name");
    is_refused(house, &browser, "/account/password", "do=set&password=person%40example.org", 422,
               "an address or a name");
    check_lacks(is_refused(house, &browser, "/account/password", "do=set&password=password1", 422,
                           "many people have this password"),
                "password1");
    posts(house, &browser, "/account/password", "do=set&password=+four+words+with+blanks+",
          "/account/password?done=password-set");
    assert_int_equal(house_ask(house, "SELECT count(*) FROM account WHERE password IS NOT NULL"),
                     1);
    posts(house, &browser, "/account/password", "do=remove",
          "/account/password?done=password-removed");
    assert_int_equal(house_ask(house, "SELECT count(*) FROM account WHERE password IS NOT NULL"),
                     0);
    house_close(house);
}

/* ---- the authenticator ---- */

/* The bytes of the secret on the page: groups of letters and digits that stand for five bits. */
static size_t read_secret(const char *typed, unsigned char bytes[20])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned bits = 0;
    unsigned have = 0;
    size_t count = 0;

    for (; *typed; typed++) {
        const char *digit = strchr(digits, *typed);

        if (*typed == ' ')
            continue;
        assert_non_null(digit);
        bits = bits << 5 | (unsigned)(digit - digits);
        have += 5;
        if (have < 8)
            continue;
        have -= 8;
        assert_true(count < 20);
        bytes[count++] = (unsigned char)(bits >> have);
    }
    return count;
}

/* The form with what an authenticator shows now, worked out as RFC 6238 says. */
static const char *code_now(struct house *house, const char *typed)
{
    uint64_t count = (uint64_t)(house->site.now / (30 * SECONDS));
    unsigned char message[8], mac[20], secret[20];
    size_t size = read_secret(typed, secret);
    uint32_t number = 0;
    size_t from;

    for (int i = 0; i < 8; i++)
        message[i] = (unsigned char)(count >> (56 - 8 * i));
    assert_non_null(HMAC(EVP_sha1(), secret, (int)size, message, sizeof(message), mac, NULL));
    from = mac[19] & 15;
    for (size_t i = 0; i < 4; i++)
        number = number << 8 | mac[from + i];
    return str_format(&house->arena, "do=confirm&code=%06u", (number & 0x7fffffff) % 1000000).p;
}

static void an_authenticator_is_set_up_with_codes_for_when_it_is_lost(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);
    struct str body;
    const char *secret;

    (void)state;
    posts(house, &browser, "/account/authenticator", "do=begin",
          "/account/authenticator?done=authenticator-begun");
    body = house_get(house, &browser, "/account/authenticator");
    check_has(body, "otpauth://totp/");
    check_has(body, "class=\"qr\"");
    secret = between(house, body, "<p class=\"code\"><code>", "</code>");
    body = is_refused(house, &browser, "/account/authenticator", "do=confirm&code=000", 403,
                      "the code is not right");
    check_has(body, secret);
    body = house_post(house, &browser, "/account/authenticator", code_now(house, secret));
    assert_int_equal(house_status(house), 200);
    assert_int_equal(count_of(body, "name=\"code\" value=\""), 10);
    check_lacks(body, secret);
    body = house_get(house, &browser, "/account/recovery-codes");
    check_has(body, "10 codes have not been used");
    posts(house, &browser, "/account/authenticator", "do=remove",
          "/account/authenticator?done=authenticator-removed");
    check_has(house_get(house, &browser, "/account/recovery-codes"), "You have neither yet");
    house_close(house);
}

static void a_secret_is_not_shown_to_whoever_finds_the_browser_open(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);

    (void)state;
    house_post(house, &browser, "/account/authenticator", "do=begin");
    check_has(house_get_json(house, &browser, "/account/authenticator"), "otpauth:");
    later(house, 11 * MINUTES);
    check_lacks(house_get_json(house, &browser, "/account/authenticator"), "otpauth:");
    check_lacks(house_get(house, &browser, "/account/authenticator"), "otpauth:");
    house_close(house);
}

/* ---- recovery codes ---- */

static void recovery_codes_need_something_that_they_stand_in_for(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);

    (void)state;
    is_refused(house, &browser, "/account/recovery-codes", "do=renew", 409,
               "second step does not fit");
    house_close(house);
}

static void new_recovery_codes_are_shown_once_and_come_as_a_file(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);
    const char *secret;
    const char *code;
    struct str body;

    (void)state;
    house_post(house, &browser, "/account/authenticator", "do=begin");
    body = house_get(house, &browser, "/account/authenticator");
    secret = between(house, body, "<p class=\"code\"><code>", "</code>");
    house_post(house, &browser, "/account/authenticator", code_now(house, secret));
    body = house_post(house, &browser, "/account/recovery-codes", "do=renew");
    assert_int_equal(house_status(house), 200);
    code = between(house, body, "name=\"code\" value=\"", "\"");
    check_lacks(house_get(house, &browser, "/account/recovery-codes"), code);
    body = house_post(
        house, &browser, "/account/recovery-codes/file",
        str_format(&house->arena, "code=%s&code=%s&code=%%3Cscript%%3E&x=%s", code, code, code).p);
    assert_int_equal(house_status(house), 200);
    check_str(body, str_format(&house->arena, "%s\n%s\n", code, code).p);
    check_str(fixture_header(&house->site, "Content-Disposition"),
              "attachment; filename=\"recovery-codes.txt\"");
    check_str(fixture_header(&house->site, "Cache-Control"), "no-store");
    house_close(house);
}

/* ---- passkeys ---- */

static void the_options_of_a_new_passkey_are_for_this_site_and_account(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);
    struct str first = house_post_json(house, &browser, "/account/passkeys/options", "do=add");
    const char *challenge = between(house, first, "\"challenge\": \"", "\"");
    struct str second;

    (void)state;
    assert_int_equal(house_status(house), 200);
    check_has(first, "\"id\": \"standards.example.org\"");
    check_has(first, "\"name\": \"person@example.org\"");
    check_has(first, "\"displayName\": \"Sample person\"");
    check_has(first, "\"residentKey\": \"required\"");
    check_has(first, "\"userVerification\": \"required\"");
    second = house_post_json(house, &browser, "/account/passkeys/options", "do=add");
    check_lacks(second, challenge);
    house_close(house);
}

static void an_answer_about_a_passkey_that_is_none_is_refused(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);
    struct str body;

    (void)state;
    body = is_refused(house, &browser, "/account/passkeys",
                      "do=add&name=My+%3Cphone%3E&challenge=AAAA&response=%7B%7D", 422,
                      "cannot be understood");
    check_has(body, "value=\"My &lt;phone&gt;\"");
    is_refused(house, &browser, "/account/passkeys", "do=add&name=x&challenge=%2A&response=%7B%7D",
               403, "not to the question of this page");
    house_post(house, &browser, "/account/passkeys", "do=remove&id=7");
    assert_int_equal(house_status(house), 404);
    assert_int_equal(house_ask(house, "SELECT count(*) FROM passkey"), 0);
    house_close(house);
}

/* ---- sessions ---- */

static void other_browsers_are_signed_out_one_by_one_or_all_at_once(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);
    struct account_id account = { house_ask(house, "SELECT max(account) FROM session") };
    struct browser phone = { .agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) "
                                      "AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1",
                             .network = { FAMILY_V4, { 198, 51, 100, 77 } } };
    struct browser other = browser;
    struct str body;
    int64_t id;

    (void)state;
    house_sign_in(house, account, false, &phone);
    house_sign_in(house, account, false, &other);
    body = house_get(house, &browser, "/account/sessions");
    assert_int_equal(count_of(body, "This one"), 1);
    assert_int_equal(count_of(body, "value=\"end\""), 3);
    check_lacks(body, "198.51.100.77");
    id = house_ask(house, "SELECT min(id) FROM session WHERE strong_at IS NULL");
    posts(house, &browser, "/account/sessions",
          str_format(&house->arena, "do=end&id=%lld", (long long)id).p,
          "/account/sessions?done=session-ended");
    house_get(house, &phone, "/account");
    assert_int_equal(house_status(house), 303);
    house_get(house, &other, "/account");
    assert_int_equal(house_status(house), 200);
    posts(house, &browser, "/account/sessions", "do=end-others",
          "/account/sessions?done=sessions-ended");
    house_get(house, &other, "/account");
    assert_int_equal(house_status(house), 303);
    posts(house, &browser, "/account/sessions", "do=end-all", "/?done=signed-out-everywhere");
    house_get(house, &browser, "/account");
    assert_int_equal(house_status(house), 303);
    house_close(house);
}

static void a_session_of_somebody_else_is_not_ended(void **state)
{
    struct browser browser;
    struct browser officer;
    struct house *house = begin(DWELLER_PERSON, &browser);
    int64_t id;

    (void)state;
    house_dweller(house, DWELLER_OFFICER, &officer);
    id = house_ask(house, "SELECT max(id) FROM session");
    house_post(house, &browser, "/account/sessions",
               str_format(&house->arena, "do=end&id=%lld", (long long)id).p);
    assert_int_not_equal(house_status(house), 303);
    house_get(house, &officer, "/account");
    assert_int_equal(house_status(house), 200);
    house_close(house);
}

/* ---- tokens ---- */

static void a_token_is_shown_once_and_works_until_it_is_revoked(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);
    struct browser program = { .agent = "sample/1", .network = browser.network };
    struct str body;

    (void)state;
    body = house_post(house, &browser, "/account/tokens",
                      "do=make&name=Nightly+copy&scope=history-see&last=2026-12-24");
    assert_int_equal(house_status(house), 200);
    program.token = between(house, body, "data-copy><code>", "</code>");
    assert_true(str_starts(str_from_c(program.token), STR("assay_")));
    check_lacks(house_get(house, &browser, "/account/tokens"), program.token);
    check_has(house_get(house, &browser, "/account/tokens"), "Nightly copy");
    check_has(house_get(house, &program, "/account/history.json"), "\"operation\": \"token-made\"");
    assert_int_equal(house_status(house), 200);
    house_get(house, &program, "/account/sessions.json");
    assert_int_equal(house_status(house), 403);
    posts(house, &browser, "/account/tokens", "do=revoke&id=1",
          "/account/tokens?done=token-revoked");
    house_get(house, &program, "/account/history");
    assert_int_equal(house_status(house), 401);
    house_close(house);
}

static void what_is_wrong_with_a_token_is_told_all_at_once(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);
    struct str body;

    (void)state;
    body = is_refused(house, &browser, "/account/tokens", "do=make&name=+&last=2030-01-01", 422,
                      "a name has 1 to 200 bytes");
    check_has(body, "within a year");
    check_has(body, "a token needs scopes");
    check_has(body, "value=\"2030-01-01\"");
    body = is_refused(house, &browser, "/account/tokens",
                      "do=make&name=Mine&scope=account-secure&scope=history-see&last=2026-12-24",
                      422, "cannot have this one");
    check_has(body, "value=\"Mine\"");
    check_has(body, "value=\"history-see\" checked");
    house_close(house);
}

static void a_token_needs_a_person(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_SIGNED_IN, &browser);

    (void)state;
    check_has(house_get(house, &browser, "/account/tokens"), "say who you are");
    is_refused(house, &browser, "/account/tokens",
               "do=make&name=Mine&scope=read-public&last=2026-12-24", 403, "");
    house_close(house);
}

static void tokens_of_an_organisation_are_for_its_contacts(void **state)
{
    struct browser contact;
    struct browser other;
    struct house *house = begin(DWELLER_ORGANISATION_CONTACT, &contact);
    struct str body;

    (void)state;
    house_dweller(house, DWELLER_OFFICER, &other);
    check_has(house_get(house, &contact, "/account/tokens"), "/account/organisations/1/tokens");
    body = house_post(house, &contact, "/account/organisations/1/tokens",
                      "do=make&name=Theirs&scope=read-public&last=2026-12-24");
    assert_int_equal(house_status(house), 200);
    check_has(body, "assay_");
    assert_int_equal(house_ask(house, "SELECT count(*) FROM api_token WHERE organisation = '1'"),
                     1);
    house_get(house, &contact, "/account/organisations/2/tokens");
    assert_int_equal(house_status(house), 403);
    house_get(house, &other, "/account/organisations/1/tokens");
    assert_int_equal(house_status(house), 403);
    posts(house, &contact, "/account/organisations/1/tokens", "do=revoke&id=1",
          "/account/organisations/1/tokens?done=token-revoked");
    house_close(house);
}

/* ---- claims ---- */

static void a_request_waits_and_cannot_be_made_twice(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_SIGNED_IN, &browser);
    struct str body;

    (void)state;
    body = is_refused(house, &browser, "/account/claim", "do=ask&name=Sample+Name&statement=+", 422,
                      "1 to 4,000 bytes");
    check_has(body, "value=\"Sample Name\"");
    posts(house, &browser, "/account/claim", "do=ask&name=Sample+Name&statement=My+certificate",
          "/account/claim?done=claim-asked");
    body = house_get(house, &browser, "/account/claim");
    check_has(body, "It waits for an officer.");
    check_has(body, "My certificate");
    check_lacks(body, "<textarea");
    is_refused(house, &browser, "/account/claim", "do=ask&name=Other&statement=Other", 409,
               "waits for its decision");
    check_has(house_get(house, &browser, "/account"), "Your request waits for the office.");
    house_close(house);
}

/* What a page says, without its tags: each run of white space is one space. */
static struct str words_of(struct house *house, struct str page)
{
    struct buf out;
    bool in_tag = false;
    bool gap = false;

    buf_init(&out, (size_t)1 << 20);
    for (size_t i = 0; i < page.n; i++) {
        char c = page.p[i];

        if (c == '<' || c == '>') {
            in_tag = c == '<';
        } else if (c == ' ' || c == '\n') {
            gap = true;
        } else if (!in_tag) {
            if (gap)
                buf_byte(&out, ' ');
            gap = false;
            buf_byte(&out, c);
        }
    }
    return buf_take(&out, &house->arena);
}

/* ---- roles ---- */

static void a_role_is_given_back_by_whoever_holds_it_alone(void **state)
{
    struct browser chair;
    struct browser member;
    struct house *house = begin(DWELLER_CHAIR, &chair);
    struct str body;

    (void)state;
    house_dweller(house, DWELLER_MEMBER, &member);
    body = house_get(house, &chair, "/account/appointments");
    check_has(body, "Held today");
    check_has(body, "/bodies/appraisal-committee");
    house_post(house, &member, "/account/appointments", "do=resign&id=1");
    assert_int_equal(house_status(house), 404);
    posts(house, &chair, "/account/appointments", "do=resign&id=1&why=Other+work",
          "/account/appointments?done=appointment-resigned");
    body = house_get(house, &chair, "/account/appointments");
    check_has(body, "Other work");
    check_lacks(body, "Held today");
    body = words_of(house, house_get(house, &chair, "/account/history"));
    check_has(body, "You were appointed chair of Appraisal Committee from 23 November 2026 on.");
    check_has(body,
              "You are no longer chair of Appraisal Committee from 23 November 2026 on. Because: "
              "Other work You");
    house_close(house);
}

static void the_last_administrator_stays(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_ADMINISTRATOR, &browser);

    (void)state;
    is_refused(house, &browser, "/account/appointments", "do=resign&id=1", 409, "");
    house_close(house);
}

/* ---- history ---- */

static void ones_own_acts_are_told_as_such(void **state)
{
    struct browser browser = { .network = { FAMILY_V4, { 198, 51, 100, 9 } } };
    struct house *house = house_open();
    struct str body;

    (void)state;
    house_post(house, &browser, "/account/sign-up", "address=new@sample.example");
    house_post(
        house, &browser,
        str_format(&house->arena, "/account/link/%s", house_link_to(house, "new@sample.example")).p,
        "");
    house_post(house, &browser, "/account/sign-in", "address=new@sample.example&password=");
    body = words_of(house, house_get(house, &browser, "/account/history"));
    check_has(body, "The account was made, with the address new@sample.example. You ");
    check_has(body, "Signed in by a mailed link, in an unknown browser. You ");
    check_has(body, "A link to sign in was asked for. Somebody who was not signed in");
    house_close(house);
}

static void the_history_tells_who_did_what_by_what_right(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);
    struct str body;

    (void)state;
    house_post(house, &browser, "/account/password", "do=set&password=four+words+with+blanks");
    body = house_get(house, &browser, "/account/history");
    check_has(body, "A password was set.");
    check_has(body, "You were entered in the register, as Sample person.");
    check_has(body, "by the command line");
    check_has(body, "23 November 2026, 12:00 UTC");
    check_lacks(body, "{{");
    house_close(house);
}

/* ---- closing ---- */

static void an_account_is_closed_by_whoever_says_so_twice(void **state)
{
    struct browser browser;
    struct house *house = begin(DWELLER_PERSON, &browser);

    (void)state;
    is_refused(house, &browser, "/account/close", "do=close", 422, "tick the box");
    posts(house, &browser, "/account/close", "do=close&sure=yes", "/?done=account-closed");
    assert_string_equal(house_letter_to(house, "person@example.org"), "account-closed");
    house_get(house, &browser, "/account");
    assert_int_equal(house_status(house), 303);
    house_close(house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_is_shown_to_whoever_is_signed_in),
        cmocka_unit_test(a_visitor_is_sent_to_sign_in_from_every_page),
        cmocka_unit_test(after_a_while_nothing_sensitive_can_be_changed_until_one_shows_who_one_is),
        cmocka_unit_test(what_a_page_does_not_know_is_refused),
        cmocka_unit_test(the_overview_says_what_to_set_up_next),
        cmocka_unit_test(an_address_is_asked_for_at_both_ends_and_can_become_the_primary_one),
        cmocka_unit_test(an_address_that_is_none_is_shown_again_with_what_is_wrong),
        cmocka_unit_test(a_password_is_set_changed_and_removed),
        cmocka_unit_test(an_authenticator_is_set_up_with_codes_for_when_it_is_lost),
        cmocka_unit_test(a_secret_is_not_shown_to_whoever_finds_the_browser_open),
        cmocka_unit_test(recovery_codes_need_something_that_they_stand_in_for),
        cmocka_unit_test(new_recovery_codes_are_shown_once_and_come_as_a_file),
        cmocka_unit_test(the_options_of_a_new_passkey_are_for_this_site_and_account),
        cmocka_unit_test(an_answer_about_a_passkey_that_is_none_is_refused),
        cmocka_unit_test(other_browsers_are_signed_out_one_by_one_or_all_at_once),
        cmocka_unit_test(a_session_of_somebody_else_is_not_ended),
        cmocka_unit_test(a_token_is_shown_once_and_works_until_it_is_revoked),
        cmocka_unit_test(what_is_wrong_with_a_token_is_told_all_at_once),
        cmocka_unit_test(a_token_needs_a_person),
        cmocka_unit_test(tokens_of_an_organisation_are_for_its_contacts),
        cmocka_unit_test(a_request_waits_and_cannot_be_made_twice),
        cmocka_unit_test(a_role_is_given_back_by_whoever_holds_it_alone),
        cmocka_unit_test(the_last_administrator_stays),
        cmocka_unit_test(the_history_tells_who_did_what_by_what_right),
        cmocka_unit_test(ones_own_acts_are_told_as_such),
        cmocka_unit_test(an_account_is_closed_by_whoever_says_so_twice),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
