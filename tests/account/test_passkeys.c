/* Passkeys of accounts: added, listed, signed in with, lost. */
#include "account/passkey.h"

#include <string.h>

#include "account/passkey_error.h"
#include "device_fixture.h"
#include "setting.h"

#define ADA "ada@sample.example"
#define BOB "bob@sample.example"
#define ORIGIN "https://assay.example"

static const struct str ORIGINS[] = { STR(ORIGIN) };
static const struct webauthn_site SITE = {
    .id = STR("assay.example"),
    .name = STR("Assay"),
    .origins = { ORIGINS, 1 },
};

/* A group's arena and device: keys of one take long to make. */
static struct arena of_group;
static struct device device;
static struct device other;

static int begin(void **state)
{
    arena_init(&of_group, 1 << 20);
    device_init(&device, &of_group, COSE_ES256);
    device_init(&other, &of_group, COSE_EDDSA);
    other.id = STR("the id of another");
    return engine_begin(state);
}

static int end(void **state)
{
    device_release(&device);
    device_release(&other);
    arena_release(&of_group);
    return engine_end(state);
}

/* ---- adding ---- */

static struct webauthn_registration answer_to_add(struct setting *s, const struct device *by,
                                                  struct str challenge)
{
    const struct said said = {
        .site = "assay.example",
        .flags = UP | UV | AT,
        .count = 1,
        .id = by->id,
        .cose = by->cose,
    };

    return (struct webauthn_registration){
        .id = by->id,
        .client_data = browser_said(ARENA(s), "webauthn.create", challenge, ORIGIN, ""),
        .attestation =
            attested(ARENA(s), "none", from_hex(ARENA(s), "a0"), said_bytes(ARENA(s), &said)),
        .transports = WEBAUTHN_INTERNAL,
    };
}

static struct str begin_adding(struct setting *s, const struct session *session)
{
    const struct act act = nobody_at(0);
    struct str challenge = STR_NONE;

    DOES(s, passkey_add_begin(s->store, ARENA(s), &act, session, &challenge));
    return challenge;
}

static struct refusal add(struct setting *s, const struct session *session, const struct device *by,
                          struct str challenge, int64_t after, struct str_list *ret_codes)
{
    const struct act act = nobody_at(after);
    struct webauthn_registration answer = answer_to_add(s, by, challenge);
    struct refusal refusal = { 0 };

    DOES(s, passkey_add(s->store, ARENA(s), &act, session, &SITE, challenge, &answer,
                        STR("my phone"), &refusal, ret_codes));
    return refusal;
}

/* An account with a passkey, and its recovery codes. */
static struct session with_passkey(struct setting *s, const char *address, const struct device *by,
                                   struct str_list *ret_codes)
{
    struct sign_in in = have_account(s, address);
    struct session session = have_session(s, in.token, 0);

    assert_null(add(s, &session, by, begin_adding(s, &session), 0, ret_codes).error);
    return session;
}

static void the_first_passkey_brings_recovery_codes_and_a_letter(void **state)
{
    struct setting *s = setting_open();
    struct str_list codes;
    struct session session = with_passkey(s, ADA, &device, &codes);
    struct passkey_list list;
    struct webauthn_known_list known;
    struct account account;

    (void)state;
    assert_int_equal(codes.count, 10);
    assert_string_equal(letter_to(s, ADA)->template, "passkey-added");
    assert_null(add(s, &session, &other, begin_adding(s, &session), 0, &codes).error);
    assert_int_equal(codes.count, 0);
    check_ok(s->store, passkeys_of_account(s->store, ARENA(s), session.account, &list));
    assert_int_equal(list.count, 2);
    check_str(list.at[0].name, "my phone");
    assert_int_equal(list.at[0].used, 0);
    check_ok(s->store, passkeys_known(s->store, ARENA(s), session.account, &known));
    assert_true(str_eq(known.at[0].id, device.id));
    assert_int_equal(known.at[0].transports, WEBAUTHN_INTERNAL);
    check_ok(s->store, account_load(s->store, ARENA(s), session.account, &account));
    assert_int_equal(account.passkeys, 2);
    assert_int_equal(account.codes_left, 10);
    setting_close(s);
}

static void a_challenge_is_answered_once_in_its_session_and_in_time(void **state)
{
    struct setting *s = setting_open();
    struct sign_in ada = have_account(s, ADA);
    struct sign_in bob = have_account(s, BOB);
    struct session of_ada = have_session(s, ada.token, 0);
    struct session of_bob = have_session(s, bob.token, 0);
    struct str challenge = begin_adding(s, &of_ada);
    struct str_list codes;

    (void)state;
    assert_ptr_equal(add(s, &of_bob, &device, challenge, 0, &codes).error, &PASSKEY_CHALLENGE);
    assert_ptr_equal(add(s, &of_ada, &device, challenge, 6 * MINUTES, &codes).error,
                     &PASSKEY_CHALLENGE);
    assert_null(add(s, &of_ada, &device, challenge, 5 * MINUTES, &codes).error);
    assert_ptr_equal(add(s, &of_ada, &other, challenge, 5 * MINUTES, &codes).error,
                     &PASSKEY_CHALLENGE);
    setting_close(s);
}

static void a_passkey_that_is_known_is_refused(void **state)
{
    struct setting *s = setting_open();
    struct str_list codes;
    struct sign_in bob = have_account(s, BOB);
    struct session of_bob = have_session(s, bob.token, 0);

    (void)state;
    with_passkey(s, ADA, &device, &codes);
    assert_ptr_equal(add(s, &of_bob, &device, begin_adding(s, &of_bob), 0, &codes).error,
                     &ACCOUNT_PASSKEY_TWICE);
    setting_close(s);
}

/* ---- signing in ---- */

struct answer {
    const struct device *by;
    const struct visitor *from;
    struct str handle;
    uint32_t count;
    int64_t after;
};

static struct str handle_of(struct setting *s, struct account_id account)
{
    struct str handle = STR_NONE;

    check_ok(s->store, passkey_user_handle(s->store, ARENA(s), account, &handle));
    return handle;
}

static struct str begin_signing_in(struct setting *s, const struct session *session)
{
    const struct act act = nobody_at(0);
    struct str challenge = STR_NONE;
    struct refusal refusal = { 0 };

    DOES(s, passkey_sign_in_begin(s->store, ARENA(s), &act, session, &HERE, &refusal, &challenge));
    assert_null(refusal.error);
    return challenge;
}

static struct sign_in sign(struct setting *s, const struct session *session, struct str challenge,
                           const struct answer *answer)
{
    const struct act act = nobody_at(answer->after);
    const struct said said = {
        .site = "assay.example",
        .flags = UP | UV,
        .count = answer->count,
    };
    struct str data = said_bytes(ARENA(s), &said);
    struct str client_data = browser_said(ARENA(s), "webauthn.get", challenge, ORIGIN, "");
    const struct webauthn_assertion assertion = {
        .id = answer->by->id,
        .client_data = client_data,
        .authenticator_data = data,
        .signature = device_sign(answer->by, ARENA(s), data, client_data),
        .user_handle = answer->handle,
    };
    struct sign_in in = { 0 };

    DOES(s, passkey_sign_in(s->store, ARENA(s), &act, &RULES, session, &SITE, challenge, &assertion,
                            answer->from, &in));
    return in;
}

static void a_passkey_signs_in_strongly(void **state)
{
    struct setting *s = setting_open();
    struct str_list codes;
    struct session session = with_passkey(s, ADA, &device, &codes);
    const struct answer answer = { &device, &HERE, handle_of(s, session.account), 2, MINUTES };
    struct sign_in in = sign(s, NULL, begin_signing_in(s, NULL), &answer);
    struct session signed_in;
    struct passkey_list list;

    (void)state;
    assert_null(in.refusal.error);
    signed_in = have_session(s, in.token, MINUTES);
    assert_int_equal(signed_in.account.n, session.account.n);
    assert_int_equal(signed_in.method, METHOD_PASSKEY);
    assert_int_equal(signed_in.strong, NOW + MINUTES);
    check_ok(s->store, passkeys_of_account(s->store, ARENA(s), session.account, &list));
    assert_int_equal(list.at[0].used, NOW + MINUTES);
    assert_int_equal(ask(s->store, "SELECT sign_count FROM passkey"), 2);
    setting_close(s);
}

static void whatever_is_wrong_is_refused_alike_and_the_challenge_is_gone(void **state)
{
    struct setting *s = setting_open();
    struct str_list codes;
    struct session session = with_passkey(s, ADA, &device, &codes);
    struct str handle = handle_of(s, session.account);
    struct device liar = other;
    const struct answer right = { &device, &HERE, handle, 2, 0 };
    const struct answer wrong[] = {
        { &other, &HERE, handle, 2, 0 },           /* not known */
        { &liar, &HERE, handle, 2, 0 },            /* another key under its id */
        { &device, &THERE, handle, 2, 0 },         /* another browser */
        { &device, &HERE, STR("bob"), 2, 0 },      /* another owner */
        { &device, &HERE, handle, 2, 6 * MINUTES } /* too late */
    };

    (void)state;
    liar.id = device.id;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct str challenge = begin_signing_in(s, NULL);
        bool kept = wrong[i].from == &THERE || wrong[i].after > 0;

        assert_ptr_equal(sign(s, NULL, challenge, &wrong[i]).refusal.error, &ACCOUNT_PASSKEY);
        if (!kept)
            assert_ptr_equal(sign(s, NULL, challenge, &right).refusal.error, &ACCOUNT_PASSKEY);
    }
    assert_int_equal(ask(s->store, "SELECT sign_count FROM passkey"), 1);
    assert_int_equal(ask(s->store, "SELECT count(*) FROM session"), 1);
    setting_close(s);
}

static void a_passkey_that_counts_back_is_refused_and_its_owner_told(void **state)
{
    struct setting *s = setting_open();
    struct str_list codes;
    struct session session = with_passkey(s, ADA, &device, &codes);
    const struct answer copy = { &device, &HERE, handle_of(s, session.account), 1, 0 };

    (void)state;
    assert_ptr_equal(sign(s, NULL, begin_signing_in(s, NULL), &copy).refusal.error,
                     &ACCOUNT_PASSKEY);
    assert_string_equal(letter_to(s, ADA)->template, "passkey-copied");
    setting_close(s);
}

static void a_blocked_account_does_not_sign_in_by_passkey(void **state)
{
    struct setting *s = setting_open();
    const struct act act = command_at(0);
    struct str_list codes;
    struct session session = with_passkey(s, ADA, &device, &codes);
    struct str handle = handle_of(s, session.account);
    struct str challenge = begin_signing_in(s, NULL);
    const struct said said = { .site = "assay.example", .flags = UP | UV, .count = 2 };
    struct str data = said_bytes(ARENA(s), &said);
    struct str client_data = browser_said(ARENA(s), "webauthn.get", challenge, ORIGIN, "");
    const struct webauthn_assertion assertion = {
        .id = device.id,
        .client_data = client_data,
        .authenticator_data = data,
        .signature = device_sign(&device, ARENA(s), data, client_data),
        .user_handle = handle,
    };
    struct sign_in in;

    (void)state;
    DOES(s, account_block(s->store, ARENA(s), &act, session.account, STR("a test")));
    REFUSES(s,
            passkey_sign_in(s->store, ARENA(s), &act, &RULES, NULL, &SITE, challenge, &assertion,
                            &HERE, &in),
            ACCOUNT_BLOCKED);
    setting_close(s);
}

static void a_passkey_of_somebody_else_does_not_step_up(void **state)
{
    struct setting *s = setting_open();
    struct str_list codes;
    struct session ada = with_passkey(s, ADA, &device, &codes);
    struct session bob = with_passkey(s, BOB, &other, &codes);
    const struct answer by_bob = { &other, &HERE, handle_of(s, bob.account), 2, HOURS };
    const struct answer by_ada = { &device, &HERE, STR_NONE, 2, 5 * MINUTES };
    struct str challenge = begin_signing_in(s, &ada);
    struct sign_in in;

    (void)state;
    assert_ptr_equal(sign(s, &ada, challenge, &by_bob).refusal.error, &ACCOUNT_PASSKEY);
    in = sign(s, &ada, begin_signing_in(s, &ada), &by_ada);
    assert_null(in.refusal.error);
    assert_null(in.token.p);
    assert_int_equal(ask(s->store, "SELECT max(strong_at) FROM session"), NOW + 5 * MINUTES);
    setting_close(s);
}

/* ---- losing one ---- */

static void who_lost_the_passkey_comes_back_by_link_and_recovery_code(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(HOURS);
    struct str_list codes;
    struct session session = with_passkey(s, ADA, &device, &codes);
    struct refusal refusal;
    struct passkey_list list;
    struct sign_in in;

    (void)state;
    DOES(s, link_request(s->store, ARENA(s), &act, REQUEST_SIGN_IN, STR(ADA), &HERE, &refusal));
    DOES(s, sign_in_by_link(s->store, ARENA(s), &act, &RULES, token_to(s, ADA), &HERE, &in));
    session = have_session(s, in.token, HOURS);
    assert_false(session_is_fresh(&session, NOW + HOURS));
    DOES(s, second_step_again(s->store, ARENA(s), &act, &session, STR("AAAA-AAAA-AAAA-AAAA"),
                              &refusal));
    assert_ptr_equal(refusal.error, &ACCOUNT_CODE);
    DOES(s, second_step_again(s->store, ARENA(s), &act, &session, codes.at[0], &refusal));
    assert_null(refusal.error);
    session = have_session(s, in.token, HOURS);
    assert_true(session_is_fresh(&session, NOW + HOURS));
    check_ok(s->store, passkeys_of_account(s->store, ARENA(s), session.account, &list));
    DOES(s, passkey_remove(s->store, ARENA(s), &act, session.account, list.at[0].id));
    assert_string_equal(letter_to(s, ADA)->template, "passkey-removed");
    assert_int_equal(ask(s->store, "SELECT count(*) FROM recovery_code"), 0);
    setting_close(s);
}

static void a_passkey_of_somebody_else_is_not_touched(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct str_list codes;
    struct account_id bob = have_account(s, BOB).account;

    (void)state;
    with_passkey(s, ADA, &device, &codes);
    REFUSES(s, passkey_remove(s->store, ARENA(s), &act, bob, 1), ACCOUNT_PASSKEY_UNKNOWN);
    REFUSES(s, passkey_rename(s->store, ARENA(s), &act, bob, 1, STR("mine")),
            ACCOUNT_PASSKEY_UNKNOWN);
    setting_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_passkey_brings_recovery_codes_and_a_letter),
        cmocka_unit_test(a_challenge_is_answered_once_in_its_session_and_in_time),
        cmocka_unit_test(a_passkey_that_is_known_is_refused),
        cmocka_unit_test(a_passkey_signs_in_strongly),
        cmocka_unit_test(whatever_is_wrong_is_refused_alike_and_the_challenge_is_gone),
        cmocka_unit_test(a_passkey_that_counts_back_is_refused_and_its_owner_told),
        cmocka_unit_test(a_blocked_account_does_not_sign_in_by_passkey),
        cmocka_unit_test(a_passkey_of_somebody_else_does_not_step_up),
        cmocka_unit_test(who_lost_the_passkey_comes_back_by_link_and_recovery_code),
        cmocka_unit_test(a_passkey_of_somebody_else_is_not_touched),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, begin, end);
}
