/* Signing up and in: what is answered, what is refused, how often. */
#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "account/browser.h"
#include "account/second_step.h"
#include "account/token.h"
#include "setting.h"

#define ADA "ada@sample.example"
#define BOB "bob@sample.example"

static struct refusal ask_link(struct setting *s, enum link_request request, const char *address,
                               const struct visitor *visitor, int64_t after)
{
    const struct act act = nobody_at(after);
    struct refusal refusal = { 0 };

    DOES(s,
         link_request(s->store, ARENA(s), &act, request, str_from_c(address), visitor, &refusal));
    return refusal;
}

static struct sign_in try_password_from(struct setting *s, const struct visitor *visitor,
                                        const char *address, const char *password, int64_t after)
{
    const struct act act = nobody_at(after);
    struct password_attempt attempt = { 0 };
    struct sign_in in = { 0 };

    DOES(s,
         password_attempt_begin(s->store, ARENA(s), &act, str_from_c(address), visitor, &attempt));
    if (attempt.refusal.error)
        return (struct sign_in){ .refusal = attempt.refusal };
    check_ok(s->store, password_attempt_check(&attempt, str_from_c(password)));
    DOES(s, password_attempt_end(s->store, ARENA(s), &act, &RULES, &attempt, visitor, &in));
    return in;
}

static struct sign_in try_password(struct setting *s, const char *address, const char *password,
                                   int64_t after)
{
    return try_password_from(s, &HERE, address, password, after);
}

static struct account_id with_password(struct setting *s, const char *address, const char *password)
{
    struct sign_in in = have_account(s, address);
    const struct act act = nobody_at(0);

    DOES(s, password_set(s->store, ARENA(s), &act, in.account, str_from_c(password),
                         (struct session_id){ 0 }));
    return in.account;
}

/* ---- links ---- */

static void signing_up_makes_an_account_and_a_session(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(MINUTES);
    struct sign_in in = { 0 };
    struct account account;

    (void)state;
    assert_null(ask_link(s, REQUEST_SIGN_UP, ADA, &HERE, 0).error);
    assert_string_equal(letter_to(s, ADA)->template, "sign-up");
    DOES(s, sign_up(s->store, ARENA(s), &act, &RULES, token_to(s, ADA), &THERE, &in));
    check_ok(s->store, account_load(s->store, ARENA(s), in.account, &account));
    check_str(account.primary, ADA);
    assert_int_equal(account.person.n, 0);
    assert_true(have_session(s, in.token, MINUTES).id.n == in.session.n);
    check_str(have_session(s, in.token, MINUTES).network, "198.51.100.0");
    setting_close(s);
}

struct counts {
    int64_t links, entries, payloads, letters;
};

static struct counts count(struct setting *s)
{
    return (struct counts){
        .links = ask(s->store, "SELECT count(*) FROM account_link"),
        .entries = ask(s->store, "SELECT count(*) FROM journal"),
        .payloads = ask(s->store, "SELECT CAST(sum(length(payload)) AS BIGINT)"
                                  " FROM journal_payload"),
        .letters = letter_count(s),
    };
}

/* What asking for a link adds, for an address without an account and for one with. */
static void check_alike(enum link_request request, const char *unknown, const char *known)
{
    struct setting *s = setting_open();
    struct counts before, between, after;

    have_account(s, BOB);
    before = count(s);
    assert_null(ask_link(s, request, ADA, &HERE, 0).error);
    between = count(s);
    assert_null(ask_link(s, request, BOB, &HERE, 0).error);
    after = count(s);
    assert_int_equal(between.links - before.links, 1);
    assert_int_equal(after.links - between.links, 1);
    assert_int_equal(between.entries - before.entries, 1);
    assert_int_equal(after.entries - between.entries, 1);
    assert_int_equal(between.payloads - before.payloads, after.payloads - between.payloads);
    assert_int_equal(between.letters - before.letters, 1);
    assert_int_equal(after.letters - between.letters, 1);
    assert_string_equal(letter_to(s, ADA)->template, unknown);
    assert_string_equal(letter_to(s, BOB)->template, known);
    setting_close(s);
}

static void an_address_that_is_known_is_answered_like_one_that_is_not(void **state)
{
    (void)state;
    check_alike(REQUEST_SIGN_UP, "sign-up", "account-exists");
    check_alike(REQUEST_SIGN_IN, "no-account", "sign-in");
}

static void what_is_no_address_is_refused(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct refusal refusal;

    (void)state;
    REFUSES(s, link_request(s->store, ARENA(s), &act, REQUEST_SIGN_UP, STR("ada"), &HERE, &refusal),
            ACCOUNT_ADDRESS);
    assert_int_equal(letter_count(s), 0);
    setting_close(s);
}

static void a_browser_without_a_secret_is_refused(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct visitor bare = HERE;
    struct refusal refusal;

    (void)state;
    bare.browser = STR_NONE;
    REFUSES(s, link_request(s->store, ARENA(s), &act, REQUEST_SIGN_IN, STR(ADA), &bare, &refusal),
            ACCOUNT_LINK_BROWSER);
    setting_close(s);
}

static void a_link_works_once(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(MINUTES);
    struct sign_in in;

    (void)state;
    have_account(s, ADA);
    ask_link(s, REQUEST_SIGN_IN, ADA, &HERE, 0);
    DOES(s, sign_in_by_link(s->store, ARENA(s), &act, &RULES, token_to(s, ADA), &HERE, &in));
    REFUSES(s, sign_in_by_link(s->store, ARENA(s), &act, &RULES, token_to(s, ADA), &HERE, &in),
            ACCOUNT_LINK);
    setting_close(s);
}

static void a_link_works_for_a_quarter_of_an_hour(void **state)
{
    struct setting *s = setting_open();
    const struct act late = nobody_at(15 * MINUTES);
    const struct act last = nobody_at(15 * MINUTES - 1);
    struct sign_in in;

    (void)state;
    have_account(s, ADA);
    ask_link(s, REQUEST_SIGN_IN, ADA, &HERE, 0);
    REFUSES(s, sign_in_by_link(s->store, ARENA(s), &late, &RULES, token_to(s, ADA), &HERE, &in),
            ACCOUNT_LINK);
    DOES(s, sign_in_by_link(s->store, ARENA(s), &last, &RULES, token_to(s, ADA), &HERE, &in));
    setting_close(s);
}

static void a_link_in_another_browser_is_refused_and_stays(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(MINUTES);
    struct link link;
    struct sign_in in;

    (void)state;
    have_account(s, ADA);
    ask_link(s, REQUEST_SIGN_IN, ADA, &HERE, 0);
    REFUSES(s, sign_in_by_link(s->store, ARENA(s), &act, &RULES, token_to(s, ADA), &THERE, &in),
            ACCOUNT_LINK_BROWSER);
    check_fails(s->store,
                link_look(s->store, ARENA(s), act.now, token_to(s, ADA), THERE.browser, &link),
                ACCOUNT_LINK_BROWSER);
    check_ok(s->store,
             link_look(s->store, ARENA(s), act.now, token_to(s, ADA), HERE.browser, &link));
    assert_int_equal(link.purpose, LINK_SIGN_IN);
    DOES(s, sign_in_by_link(s->store, ARENA(s), &act, &RULES, token_to(s, ADA), &HERE, &in));
    setting_close(s);
}

static void a_link_for_something_else_is_refused(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(MINUTES);
    struct sign_in in;

    (void)state;
    ask_link(s, REQUEST_SIGN_UP, ADA, &HERE, 0);
    REFUSES(s, sign_in_by_link(s->store, ARENA(s), &act, &RULES, token_to(s, ADA), &HERE, &in),
            ACCOUNT_LINK);
    REFUSES(s, sign_up(s->store, ARENA(s), &act, &RULES, STR("nonsense"), &HERE, &in),
            ACCOUNT_LINK);
    setting_close(s);
}

static void an_address_signs_up_once(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(MINUTES);
    struct str first, second;
    struct sign_in in;

    (void)state;
    ask_link(s, REQUEST_SIGN_UP, ADA, &HERE, 0);
    first = str_copy(ARENA(s), token_to(s, ADA));
    ask_link(s, REQUEST_SIGN_UP, "ADA@Sample.example", &HERE, 0);
    second = token_to(s, "ADA@Sample.example");
    DOES(s, sign_up(s->store, ARENA(s), &act, &RULES, first, &HERE, &in));
    REFUSES(s, sign_up(s->store, ARENA(s), &act, &RULES, second, &HERE, &in),
            ACCOUNT_ADDRESS_TAKEN);
    setting_close(s);
}

static void links_asked_for_too_often_are_refused(void **state)
{
    struct setting *s = setting_open();
    int64_t letters;
    struct refusal refusal;

    (void)state;
    for (int i = 0; i < 5; i++)
        assert_null(ask_link(s, REQUEST_SIGN_UP, ADA, &HERE, 0).error);
    letters = letter_count(s);
    refusal = ask_link(s, REQUEST_SIGN_UP, ADA, &HERE, 0);
    assert_ptr_equal(refusal.error, &ACCOUNT_TOO_OFTEN);
    assert_int_equal(refusal.again, NOW + 12 * MINUTES);
    assert_int_equal(letter_count(s), letters);
    assert_null(ask_link(s, REQUEST_SIGN_UP, BOB, &HERE, 0).error);
    assert_ptr_equal(ask_link(s, REQUEST_SIGN_UP, ADA, &HERE, 12 * MINUTES - 1).error,
                     &ACCOUNT_TOO_OFTEN);
    assert_null(ask_link(s, REQUEST_SIGN_UP, ADA, &HERE, 12 * MINUTES).error);
    setting_close(s);
}

/* ---- passwords ---- */

static void a_password_signs_in(void **state)
{
    struct setting *s = setting_open();
    struct account_id account = with_password(s, ADA, "a long enough one");
    struct sign_in in = try_password(s, "Ada@sample.example", "a long enough one", 0);

    (void)state;
    assert_null(in.refusal.error);
    assert_int_equal(in.account.n, account.n);
    assert_true(have_session(s, in.token, 0).strong == NOW);
    setting_close(s);
}

static void a_password_is_hashed_once_whatever_is_refused(void **state)
{
    struct setting *s = setting_open();

    (void)state;
    with_password(s, ADA, "a long enough one");
    have_account(s, BOB);
    assert_ptr_equal(try_password_from(s, &THERE, ADA, "another", 0).refusal.error,
                     &ACCOUNT_SIGN_IN);
    assert_int_equal(s->comparisons, 1);
    assert_ptr_equal(try_password_from(s, &THERE, BOB, "another", 0).refusal.error,
                     &ACCOUNT_SIGN_IN);
    assert_int_equal(s->comparisons, 2);
    assert_ptr_equal(try_password_from(s, &THERE, "no@sample.example", "another", 0).refusal.error,
                     &ACCOUNT_SIGN_IN);
    assert_int_equal(s->comparisons, 3);
    assert_int_equal(ask(s->store, "SELECT count(*) FROM rate_limit"), 7);
    setting_close(s);
}

/* The same limits hold for an address with an account and for one without. */
static void passwords_tried_too_often_are_refused_unhashed(void **state)
{
    const char *const addresses[] = { ADA, "no@sample.example" };
    struct setting *s = setting_open();

    (void)state;
    with_password(s, ADA, "a long enough one");
    for (size_t i = 0; i < ARRAY_LEN(addresses); i++) {
        struct sign_in in;

        s->comparisons = 0;
        for (int n = 0; n < 10; n++)
            assert_ptr_equal(try_password(s, addresses[i], "another", 0).refusal.error,
                             &ACCOUNT_SIGN_IN);
        in = try_password(s, addresses[i], "a long enough one", 0);
        assert_ptr_equal(in.refusal.error, &ACCOUNT_TOO_OFTEN);
        assert_int_equal(in.refusal.again, NOW + 90 * SECONDS);
        assert_int_equal(s->comparisons, 10);
    }
    setting_close(s);
}

/* ---- what strangers try ---- */

/* Somebody else, in so many networks. */
static struct visitor stranger(unsigned network)
{
    struct visitor visitor = THERE;

    visitor.network.bytes[2] = (uint8_t)network;
    return visitor;
}

static void what_one_stranger_tries_keeps_the_owner_out_nowhere(void **state)
{
    struct setting *s = setting_open();
    const struct visitor one = stranger(1);
    const struct visitor new_one = stranger(2); /* of the owner, never seen before */

    (void)state;
    with_password(s, ADA, "a long enough one");
    for (int n = 0; n < 11; n++)
        (void)try_password_from(s, &one, ADA, "another", 0);
    for (int n = 0; n < 6; n++)
        (void)ask_link(s, REQUEST_SIGN_IN, ADA, &one, 0);
    assert_ptr_equal(try_password_from(s, &one, ADA, "another", 0).refusal.error,
                     &ACCOUNT_TOO_OFTEN);
    assert_ptr_equal(ask_link(s, REQUEST_SIGN_IN, ADA, &one, 0).error, &ACCOUNT_TOO_OFTEN);
    assert_null(ask_link(s, REQUEST_SIGN_IN, ADA, &new_one, 0).error);
    assert_null(try_password_from(s, &new_one, ADA, "a long enough one", 0).refusal.error);
    assert_null(try_password(s, ADA, "a long enough one", 0).refusal.error);
    setting_close(s);
}

static void what_many_strangers_try_is_limited_and_keeps_no_browser_out_that_is_known(void **state)
{
    struct setting *s = setting_open();
    const struct visitor late = stranger(100);
    size_t letters;

    (void)state;
    with_password(s, ADA, "a long enough one");
    letters = (size_t)letter_count(s);
    for (unsigned n = 0; n < 40; n++) {
        const struct visitor visitor = stranger(n);

        (void)try_password_from(s, &visitor, ADA, "another", 0);
        (void)ask_link(s, REQUEST_SIGN_IN, ADA, &visitor, 0);
    }
    assert_int_equal(s->comparisons, 30);
    assert_int_equal((size_t)letter_count(s) - letters, 20);
    assert_ptr_equal(try_password_from(s, &late, ADA, "a long enough one", 0).refusal.error,
                     &ACCOUNT_TOO_OFTEN);
    assert_null(ask_link(s, REQUEST_SIGN_IN, ADA, &HERE, 0).error);
    assert_null(try_password(s, ADA, "a long enough one", 0).refusal.error);
    setting_close(s);
}

static void a_browser_is_known_to_the_account_alone_that_was_signed_in_to(void **state)
{
    struct setting *s = setting_open();
    struct account_id bob;

    (void)state;
    with_password(s, ADA, "a long enough one");
    bob = with_password(s, BOB, "a long enough one");
    check_ok(s->store, store_begin(s->store));
    check_ok(s->store, browsers_forget(s->store, bob));
    check_ok(s->store, store_commit(s->store));
    for (unsigned n = 0; n < 40; n++) {
        const struct visitor visitor = stranger(n);

        (void)try_password_from(s, &visitor, BOB, "another", 0);
    }
    assert_ptr_equal(try_password(s, BOB, "a long enough one", 0).refusal.error,
                     &ACCOUNT_TOO_OFTEN);
    setting_close(s);
}

static void of_many_browsers_the_latest_are_known(void **state)
{
    struct setting *s = setting_open();
    struct account_id account = have_account(s, ADA).account;

    (void)state;
    check_ok(s->store, store_begin(s->store));
    for (int n = 0; n < BROWSERS_MAX + 5; n++)
        check_ok(s->store,
                 browser_remember(s->store, NOW + n, account, token_new(ARENA(s), STR(""))));
    check_ok(s->store, store_commit(s->store));
    assert_int_equal(ask(s->store, "SELECT count(*) FROM account_browser"), BROWSERS_MAX);
    assert_int_equal(ask(s->store, "SELECT min(seen_at) FROM account_browser"), NOW + 5);
    check_ok(s->store, store_begin(s->store));
    check_ok(s->store, accounts_sweep(s->store, NOW + 10 + BROWSER_KNOWN));
    check_ok(s->store, store_commit(s->store));
    assert_int_equal(ask(s->store, "SELECT count(*) FROM account_browser"), BROWSERS_MAX - 5);
    setting_close(s);
}

static void a_limit_survives_a_restart(void **state)
{
    struct setting *s = setting_open();

    (void)state;
    with_password(s, ADA, "a long enough one");
    for (int n = 0; n < 10; n++)
        try_password(s, ADA, "another", 0);
    setting_restart(s);
    assert_ptr_equal(try_password(s, ADA, "a long enough one", SECONDS).refusal.error,
                     &ACCOUNT_TOO_OFTEN);
    assert_null(try_password(s, ADA, "a long enough one", 90 * SECONDS).refusal.error);
    setting_close(s);
}

static void a_limit_is_not_longer_for_a_clock_that_is_put_back(void **state)
{
    struct setting *s = setting_open();

    (void)state;
    with_password(s, ADA, "a long enough one");
    for (int n = 0; n < 10; n++)
        try_password(s, ADA, "another", 30 * DAYS);
    assert_ptr_equal(try_password(s, ADA, "another", 0).refusal.error, &ACCOUNT_TOO_OFTEN);
    assert_true(try_password(s, ADA, "another", 0).refusal.again <= NOW + 15 * MINUTES);
    setting_close(s);
}

static void a_password_that_was_changed_meanwhile_is_refused(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct account_id account = with_password(s, ADA, "a long enough one");
    struct password_attempt attempt = { 0 };
    struct sign_in in = { 0 };

    (void)state;
    DOES(s, password_attempt_begin(s->store, ARENA(s), &act, STR(ADA), &HERE, &attempt));
    check_ok(s->store, password_attempt_check(&attempt, STR("a long enough one")));
    assert_true(attempt.fits);
    DOES(s, password_set(s->store, ARENA(s), &act, account, STR("quite another one"),
                         (struct session_id){ 0 }));
    DOES(s, password_attempt_end(s->store, ARENA(s), &act, &RULES, &attempt, &HERE, &in));
    assert_ptr_equal(in.refusal.error, &ACCOUNT_SIGN_IN);
    setting_close(s);
}

static void a_new_password_ends_the_other_sessions(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct sign_in here = have_account(s, ADA);
    struct session_wish wish = { .account = here.account, .visitor = &THERE };
    struct session_id id;
    struct session session;
    struct str other;

    (void)state;
    DOES(s, session_begin(s->store, ARENA(s), NOW, &wish, &other, &id));
    DOES(s, password_set(s->store, ARENA(s), &act, here.account, STR("a long enough one"),
                         here.session));
    have_session(s, here.token, 0);
    check_fails(s->store, session_find(s->store, ARENA(s), &RULES, NOW, other, &session),
                ACCOUNT_SESSION);
    assert_string_equal(letter_to(s, ADA)->template, "password-set");
    setting_close(s);
}

static void a_blocked_account_cannot_sign_in(void **state)
{
    struct setting *s = setting_open();
    const struct act act = command_at(0);
    struct account_id account = with_password(s, ADA, "a long enough one");
    struct password_attempt attempt = { 0 };
    struct sign_in in = { 0 };
    struct str token;

    (void)state;
    ask_link(s, REQUEST_SIGN_IN, ADA, &HERE, 0);
    token = token_to(s, ADA);
    DOES(s, account_block(s->store, ARENA(s), &act, account, STR("a test")));
    REFUSES(s, sign_in_by_link(s->store, ARENA(s), &act, &RULES, token, &HERE, &in),
            ACCOUNT_BLOCKED);
    DOES(s, password_attempt_begin(s->store, ARENA(s), &act, STR(ADA), &HERE, &attempt));
    check_ok(s->store, password_attempt_check(&attempt, STR("a long enough one")));
    REFUSES(s, password_attempt_end(s->store, ARENA(s), &act, &RULES, &attempt, &HERE, &in),
            ACCOUNT_BLOCKED);
    ask_link(s, REQUEST_SIGN_IN, ADA, &HERE, 0);
    assert_string_equal(letter_to(s, ADA)->template, "account-is-blocked");
    assert_string_equal(letter_to(s, ADA)->token, "");
    DOES(s, account_unblock(s->store, ARENA(s), &act, account, STR("the test is over")));
    assert_null(try_password(s, ADA, "a long enough one", 0).refusal.error);
    setting_close(s);
}

/* ---- the second step ---- */

/* What an authenticator shows at a time, worked out as RFC 6238 says. */
static struct str code_at(struct setting *s, struct str secret, int64_t after)
{
    uint64_t count = (uint64_t)((NOW + after) / (30 * SECONDS));
    unsigned char message[8], mac[20];
    uint32_t number = 0;
    size_t from;

    for (int i = 0; i < 8; i++)
        message[i] = (unsigned char)(count >> (56 - 8 * i));
    assert_non_null(HMAC(EVP_sha1(), secret.p, (int)secret.n, message, sizeof(message), mac, NULL));
    from = mac[19] & 15;
    for (size_t i = 0; i < 4; i++)
        number = number << 8 | mac[from + i];
    return str_format(ARENA(s), "%06u", (number & 0x7fffffff) % 1000000);
}

static struct str with_authenticator(struct setting *s, struct account_id account,
                                     struct str_list *ret_codes)
{
    const struct act act = nobody_at(0);
    struct refusal refusal = { 0 };
    struct str secret;

    DOES(s, totp_begin(s->store, ARENA(s), &act, account, &secret));
    DOES(s, totp_confirm(s->store, ARENA(s), &act, account, code_at(s, secret, 0), &refusal,
                         ret_codes));
    assert_null(refusal.error);
    assert_int_equal(ret_codes->count, 10);
    return secret;
}

static void a_secret_can_be_shown_until_a_code_of_it_was_typed(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct account_id account = with_password(s, ADA, "a long enough one");
    struct refusal refusal = { 0 };
    struct str_list codes;
    struct str secret;
    struct str begun;

    (void)state;
    DOES(s, totp_begun(s->store, ARENA(s), account, &begun));
    assert_null(begun.p);
    DOES(s, totp_begin(s->store, ARENA(s), &act, account, &secret));
    DOES(s, totp_begun(s->store, ARENA(s), account, &begun));
    assert_true(str_eq(begun, secret));
    DOES(s,
         totp_confirm(s->store, ARENA(s), &act, account, code_at(s, secret, 0), &refusal, &codes));
    DOES(s, totp_begun(s->store, ARENA(s), account, &begun));
    assert_null(begun.p);
    setting_close(s);
}

static struct sign_in type_code(struct setting *s, struct str token, struct str code, int64_t after)
{
    const struct act act = nobody_at(after);
    struct sign_in in = { 0 };

    DOES(s, second_step(s->store, ARENA(s), &act, &RULES, token, code, &HERE, &in));
    return in;
}

static void an_authenticator_is_asked_after_password_and_link(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(MINUTES);
    struct account_id account = with_password(s, ADA, "a long enough one");
    struct str_list codes;
    struct str secret = with_authenticator(s, account, &codes);
    struct str code = code_at(s, secret, MINUTES);
    struct sign_in first = try_password(s, ADA, "a long enough one", MINUTES);
    struct sign_in in;
    struct session session;

    (void)state;
    assert_true(first.second_step);
    check_fails(s->store, session_find(s->store, ARENA(s), &RULES, NOW, first.token, &session),
                ACCOUNT_SESSION);
    in = type_code(s, first.token, code, MINUTES);
    assert_null(in.refusal.error);
    assert_int_equal(have_session(s, in.token, MINUTES).strong, NOW + MINUTES);
    ask_link(s, REQUEST_SIGN_IN, ADA, &HERE, 0);
    DOES(s, sign_in_by_link(s->store, ARENA(s), &act, &RULES, token_to(s, ADA), &HERE, &first));
    assert_true(first.second_step);
    assert_ptr_equal(type_code(s, first.token, code, MINUTES).refusal.error, &ACCOUNT_CODE);
    setting_close(s);
}

static void a_recovery_code_works_once(void **state)
{
    struct setting *s = setting_open();
    struct account_id account = with_password(s, ADA, "a long enough one");
    struct account loaded;
    struct str_list codes;
    struct sign_in first, again;

    (void)state;
    with_authenticator(s, account, &codes);
    first = try_password(s, ADA, "a long enough one", MINUTES);
    again = try_password(s, ADA, "a long enough one", MINUTES);
    assert_null(type_code(s, first.token, codes.at[3], MINUTES).refusal.error);
    assert_ptr_equal(type_code(s, again.token, codes.at[3], MINUTES).refusal.error, &ACCOUNT_CODE);
    check_ok(s->store, account_load(s->store, ARENA(s), account, &loaded));
    assert_int_equal(loaded.codes_left, 9);
    setting_close(s);
}

static void codes_tried_too_often_are_refused(void **state)
{
    struct setting *s = setting_open();
    struct account_id account = with_password(s, ADA, "a long enough one");
    struct str_list codes;
    struct sign_in first;

    (void)state;
    with_authenticator(s, account, &codes);
    first = try_password(s, ADA, "a long enough one", 0);
    for (int i = 0; i < 5; i++)
        assert_ptr_equal(type_code(s, first.token, STR("AAAA-AAAA-AAAA-AAAA"), 0).refusal.error,
                         &ACCOUNT_CODE);
    assert_ptr_equal(type_code(s, first.token, codes.at[0], 0).refusal.error, &ACCOUNT_TOO_OFTEN);
    assert_null(type_code(s, first.token, codes.at[0], 3 * MINUTES).refusal.error);
    setting_close(s);
}

static void the_token_of_the_first_step_is_no_other_link(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct account_id account = with_password(s, ADA, "a long enough one");
    struct str_list codes;
    struct sign_in first, in;

    (void)state;
    with_authenticator(s, account, &codes);
    first = try_password(s, ADA, "a long enough one", 0);
    REFUSES(s, sign_in_by_link(s->store, ARENA(s), &act, &RULES, first.token, &HERE, &in),
            ACCOUNT_LINK);
    REFUSES(s, second_step(s->store, ARENA(s), &act, &RULES, first.token, codes.at[0], &THERE, &in),
            ACCOUNT_LINK_BROWSER);
    setting_close(s);
}

/* ---- how strong ---- */

static void a_link_alone_is_strong_only_where_there_is_nothing_else(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(MINUTES);
    struct sign_in in = { 0 };

    (void)state;
    have_account(s, BOB);
    ask_link(s, REQUEST_SIGN_IN, BOB, &HERE, 0);
    DOES(s, sign_in_by_link(s->store, ARENA(s), &act, &RULES, token_to(s, BOB), &HERE, &in));
    assert_int_equal(have_session(s, in.token, MINUTES).strong, NOW + MINUTES);
    with_password(s, ADA, "a long enough one");
    ask_link(s, REQUEST_SIGN_IN, ADA, &HERE, 0);
    DOES(s, sign_in_by_link(s->store, ARENA(s), &act, &RULES, token_to(s, ADA), &HERE, &in));
    assert_int_equal(have_session(s, in.token, MINUTES).strong, 0);
    setting_close(s);
}

static void a_password_shows_once_more_who_somebody_is(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(HOURS);
    struct session session;
    struct password_attempt attempt = { 0 };
    struct sign_in in, shown;

    (void)state;
    with_password(s, ADA, "a long enough one");
    in = try_password(s, ADA, "a long enough one", 0);
    session = have_session(s, in.token, HOURS);
    assert_false(session_is_fresh(&session, NOW + HOURS));
    DOES(s, password_attempt_again(s->store, ARENA(s), &act, &session, &attempt));
    check_ok(s->store, password_attempt_check(&attempt, STR("a long enough one")));
    DOES(s, password_attempt_end(s->store, ARENA(s), &act, &RULES, &attempt, &HERE, &shown));
    assert_null(shown.refusal.error);
    assert_null(shown.token.p);
    session = have_session(s, in.token, HOURS);
    assert_true(session_is_fresh(&session, NOW + HOURS + STEP_UP_WITHIN - 1));
    assert_false(session_is_fresh(&session, NOW + HOURS + STEP_UP_WITHIN));
    setting_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signing_up_makes_an_account_and_a_session),
        cmocka_unit_test(an_address_that_is_known_is_answered_like_one_that_is_not),
        cmocka_unit_test(what_is_no_address_is_refused),
        cmocka_unit_test(a_browser_without_a_secret_is_refused),
        cmocka_unit_test(a_link_works_once),
        cmocka_unit_test(a_link_works_for_a_quarter_of_an_hour),
        cmocka_unit_test(a_link_in_another_browser_is_refused_and_stays),
        cmocka_unit_test(a_link_for_something_else_is_refused),
        cmocka_unit_test(an_address_signs_up_once),
        cmocka_unit_test(links_asked_for_too_often_are_refused),
        cmocka_unit_test(a_password_signs_in),
        cmocka_unit_test(a_password_is_hashed_once_whatever_is_refused),
        cmocka_unit_test(passwords_tried_too_often_are_refused_unhashed),
        cmocka_unit_test(what_one_stranger_tries_keeps_the_owner_out_nowhere),
        cmocka_unit_test(what_many_strangers_try_is_limited_and_keeps_no_browser_out_that_is_known),
        cmocka_unit_test(a_browser_is_known_to_the_account_alone_that_was_signed_in_to),
        cmocka_unit_test(of_many_browsers_the_latest_are_known),
        cmocka_unit_test(a_limit_survives_a_restart),
        cmocka_unit_test(a_limit_is_not_longer_for_a_clock_that_is_put_back),
        cmocka_unit_test(a_password_that_was_changed_meanwhile_is_refused),
        cmocka_unit_test(a_new_password_ends_the_other_sessions),
        cmocka_unit_test(a_blocked_account_cannot_sign_in),
        cmocka_unit_test(a_secret_can_be_shown_until_a_code_of_it_was_typed),
        cmocka_unit_test(an_authenticator_is_asked_after_password_and_link),
        cmocka_unit_test(a_recovery_code_works_once),
        cmocka_unit_test(codes_tried_too_often_are_refused),
        cmocka_unit_test(the_token_of_the_first_step_is_no_other_link),
        cmocka_unit_test(a_link_alone_is_strong_only_where_there_is_nothing_else),
        cmocka_unit_test(a_password_shows_once_more_who_somebody_is),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
