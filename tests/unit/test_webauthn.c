/* Adding a passkey and signing in with it, with a device that lies in one way after another. */
#include "account/webauthn.h"

#include "account/passkey_error.h"
#include "device_fixture.h"
#include "webauthn_fixture.h"

static const enum cose_algorithm ALL[] = { COSE_ES256, COSE_EDDSA, COSE_RS256 };

static struct arena arena;
static struct device devices[ARRAY_LEN(ALL)];

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(ALL); i++)
        device_init(&devices[i], &arena, ALL[i]);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ALL); i++)
        device_release(&devices[i]);
    arena_release(&arena);
    return 0;
}

/* ---- adding, with a device that says what it is told ---- */

/* What a device and a browser answer. */
struct scene {
    const struct device *device;
    const char *type;
    const char *origin;
    const char *more; /* of the client data */
    struct said said;
    const char *format;
    struct str statement; /* STR_NONE: that of the format, signed by the device */
    const struct device *signer;
    struct str id;          /* that the browser tells */
    struct str user_handle; /* of an assertion */
    enum webauthn_verification verification;
    struct str challenge;
};

static struct scene adding(const struct device *device)
{
    return (struct scene){
        .device = device,
        .type = "webauthn.create",
        .origin = "https://example.org",
        .more = ",\"crossOrigin\":false",
        .said = { .site = "example.org",
                  .flags = UP | AT,
                  .count = 7,
                  .id = device->id,
                  .cose = device->cose },
        .format = "none",
        .signer = device,
        .id = device->id,
        .challenge = CHALLENGE,
    };
}

static struct str statement_of(const struct scene *scene, struct str said, struct str client_data)
{
    if (scene->statement.p)
        return scene->statement;
    if (str_eq_c(STR("packed"), scene->format))
        return self_signed(&arena, scene->device->algorithm,
                           device_sign(scene->signer, &arena, said, client_data));
    return from_hex(&arena, "a0");
}

static struct result add(const struct scene *scene, struct webauthn_credential *ret)
{
    const struct webauthn_ceremony asked = { &SITE, CHALLENGE, scene->verification };
    struct str said = said_bytes(&arena, &scene->said);
    struct str client_data =
        browser_said(&arena, scene->type, scene->challenge, scene->origin, scene->more);
    const struct webauthn_registration registration = {
        .id = scene->id,
        .client_data = client_data,
        .attestation =
            attested(&arena, scene->format, statement_of(scene, said, client_data), said),
    };

    return webauthn_verify_registration(&arena, &asked, &registration, ret);
}

static void check_add(const struct scene *scene, const struct error *error)
{
    struct webauthn_credential credential = { .sign_count = 99 };

    check_result(add(scene, &credential), error);
    if (error)
        assert_int_equal(credential.sign_count, 99);
}

static void passkeys_of_all_algorithms_are_added(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ALL); i++) {
        struct scene scene = adding(&devices[i]);
        struct webauthn_credential credential;

        check_result(add(&scene, &credential), NULL);
        assert_int_equal(credential.algorithm, ALL[i]);
        assert_int_equal(credential.sign_count, 7);
        assert_true(str_eq(credential.id, devices[i].id));
        assert_true(str_eq(credential.public_key, devices[i].cose));
        assert_int_equal(credential.attestation, WEBAUTHN_NONE);
        scene.format = "packed";
        check_result(add(&scene, &credential), NULL);
        assert_int_equal(credential.attestation, WEBAUTHN_SELF);
    }
}

static void an_answer_to_another_question_is_refused(void **state)
{
    struct scene scene = adding(&devices[0]);

    (void)state;
    scene.type = "webauthn.get";
    check_add(&scene, &PASSKEY_TYPE);
    scene = adding(&devices[0]);
    scene.challenge = STR("another one of thirty-two bytes.");
    check_add(&scene, &PASSKEY_CHALLENGE);
    scene = adding(&devices[0]);
    scene.origin = "https://evil.example";
    check_add(&scene, &PASSKEY_ORIGIN);
    scene = adding(&devices[0]);
    scene.more = ",\"crossOrigin\":true";
    check_add(&scene, &PASSKEY_FRAMED);
    scene = adding(&devices[0]);
    scene.more = ",";
    check_add(&scene, &PASSKEY_CLIENT_DATA);
}

static void a_passkey_of_another_site_is_refused(void **state)
{
    struct scene scene = adding(&devices[0]);

    (void)state;
    scene.said.site = "evil.example";
    check_add(&scene, &PASSKEY_SITE);
}

static void an_absent_user_is_refused(void **state)
{
    struct scene scene = adding(&devices[0]);

    (void)state;
    scene.said.flags = AT | UV;
    check_add(&scene, &PASSKEY_ABSENT);
}

static void a_user_who_was_not_verified_is_refused_where_that_is_asked(void **state)
{
    struct scene scene = adding(&devices[0]);

    (void)state;
    scene.verification = WEBAUTHN_REQUIRED;
    check_add(&scene, &PASSKEY_NOT_VERIFIED);
    scene.said.flags |= UV;
    check_add(&scene, NULL);
}

static void a_backup_of_what_cannot_be_backed_up_is_refused(void **state)
{
    struct scene scene = adding(&devices[0]);

    (void)state;
    scene.said.flags |= BS;
    check_add(&scene, &PASSKEY_BACKUP);
    scene.said.flags |= BE;
    check_add(&scene, NULL);
}

static void an_answer_without_a_passkey_is_refused(void **state)
{
    struct scene scene = adding(&devices[0]);

    (void)state;
    scene.said.flags = UP;
    check_add(&scene, &PASSKEY_AUTHENTICATOR_DATA);
}

static void an_id_that_is_not_the_passkeys_is_refused(void **state)
{
    struct scene scene = adding(&devices[0]);

    (void)state;
    scene.id = STR("the id of another");
    check_add(&scene, &PASSKEY_ID);
}

static void a_bad_key_is_refused(void **state)
{
    struct scene scene = adding(&devices[0]);

    (void)state;
    scene.said.cose = from_hex(&arena, "a10102");
    check_add(&scene, &PASSKEY_ALGORITHM);
    scene.said.cose = eddsa_cose(&arena, STR("no point of the curve's subgroup"));
    check_add(&scene, &PASSKEY_KEY);
}

static void statements_that_are_malformed_are_refused(void **state)
{
    static const struct {
        const char *format;
        const char *statement;
    } refused[] = {
        { "none", "a1616100" },                          /* one that says something */
        { "none", "80" },                                /* no map */
        { "fido-u2f", "00" },                            /* the same of one that is ignored */
        { "packed", "a0" },                              /* nothing */
        { "packed", "a163616c6726" },                    /* no signature */
        { "packed", "a16373696741 00" },                 /* no algorithm */
        { "packed", "a263616c672663736967 60" },         /* a signature that is a text */
        { "packed", "a363616c67266373696741 00616100" }, /* something besides */
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        struct scene scene = adding(&devices[0]);

        scene.format = refused[i].format;
        scene.statement = from_hex(&arena, refused[i].statement);
        check_add(&scene, &PASSKEY_ATTESTATION);
    }
}

static void attestation_objects_that_are_malformed_are_refused(void **state)
{
    static const char *const refused[] = {
        "",
        "a0",
        "80",
        "a263666d74646e6f6e656761747453746d74a0",                       /* no authData */
        "a363666d74646e6f6e656761747453746d74a068617574684461746160",   /* a text */
        "a363666d74446e6f6e656761747453746d74a068617574684461746140",   /* fmt: bytes */
        "a363666d74646e6f6e656761747453746d74a06861757468446174614000", /* a byte more */
        "9b0000000100000000",
    };
    const struct webauthn_ceremony asked = { &SITE, CHALLENGE, WEBAUTHN_PREFERRED };
    struct webauthn_credential credential;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        const struct webauthn_registration registration = {
            .id = STR("id"),
            .client_data =
                browser_said(&arena, "webauthn.create", CHALLENGE, "https://example.org", ""),
            .attestation = from_hex(&arena, refused[i]),
        };

        check_result(webauthn_verify_registration(&arena, &asked, &registration, &credential),
                     &PASSKEY_ATTESTATION);
    }
}

static void a_wrong_signature_of_its_own_is_refused(void **state)
{
    struct device other;
    struct scene scene = adding(&devices[0]);

    (void)state;
    device_init(&other, &arena, COSE_ES256);
    scene.format = "packed";
    scene.signer = &other;
    check_add(&scene, &PASSKEY_SELF_SIGNED);
    /* Rightly signed, and called another algorithm's. */
    scene.statement = from_hex(&arena, "a263616c672763736967 4100");
    check_add(&scene, &PASSKEY_SELF_SIGNED);
    device_release(&other);
}

static void statements_of_makers_are_ignored(void **state)
{
    static const struct {
        const char *format;
        const char *statement;
    } ignored[] = {
        { "packed", "a363616c672663736967 4100 63783563 8141ff" },
        { "fido-u2f", "a16373696741ff" },
        { "tpm", "a0" },
        { "of a later year", "a1616100" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ignored); i++) {
        struct scene scene = adding(&devices[0]);
        struct webauthn_credential credential;

        scene.format = ignored[i].format;
        scene.statement = from_hex(&arena, ignored[i].statement);
        check_result(add(&scene, &credential), NULL);
        assert_int_equal(credential.attestation, WEBAUTHN_IGNORED);
    }
}

/* ---- signing in ---- */

static struct scene signing_in(const struct device *device)
{
    struct scene scene = adding(device);

    scene.type = "webauthn.get";
    scene.said.flags = UP;
    scene.said.count = 8;
    scene.user_handle = HANDLE;
    return scene;
}

static struct webauthn_stored kept(const struct device *device)
{
    return (struct webauthn_stored){
        .id = device->id,
        .public_key = device->cose,
        .user_handle = HANDLE,
        .sign_count = 7,
    };
}

static struct result sign(const struct scene *scene, const struct webauthn_stored *stored,
                          bool owner_told, struct webauthn_use *ret)
{
    const struct webauthn_ceremony asked = { &SITE, CHALLENGE, scene->verification };
    struct str said = said_bytes(&arena, &scene->said);
    struct str client_data =
        browser_said(&arena, scene->type, scene->challenge, scene->origin, scene->more);
    const struct webauthn_assertion assertion = {
        .id = scene->id,
        .client_data = client_data,
        .authenticator_data = said,
        .signature = device_sign(scene->signer, &arena, said, client_data),
        .user_handle = scene->user_handle,
    };

    return webauthn_verify_assertion(&arena, &asked, stored, owner_told, &assertion, ret);
}

static void check_sign(const struct scene *scene, const struct error *error)
{
    const struct webauthn_stored stored = kept(scene->device);
    struct webauthn_use use = { .sign_count = 99 };

    check_result(sign(scene, &stored, false, &use), error);
    assert_int_equal(use.sign_count, error ? 99 : scene->said.count);
}

static void passkeys_of_all_algorithms_sign_in(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ALL); i++) {
        struct scene scene = signing_in(&devices[i]);

        check_sign(&scene, NULL);
    }
}

static void what_changes_with_a_use(void **state)
{
    struct scene scene = signing_in(&devices[0]);
    struct webauthn_stored stored = kept(&devices[0]);
    struct webauthn_use use;

    (void)state;
    stored.backup_eligible = true;
    scene.said.flags = UP | UV | BE | BS;
    check_result(sign(&scene, &stored, false, &use), NULL);
    assert_true(use.user_verified);
    assert_true(use.backed_up);
    assert_int_equal(use.sign_count, 8);
}

static void another_passkey_is_refused(void **state)
{
    struct scene scene = signing_in(&devices[0]);

    (void)state;
    scene.id = STR("the id of another");
    check_sign(&scene, &PASSKEY_UNKNOWN);
}

static void the_passkey_of_another_account_is_refused(void **state)
{
    struct scene scene = signing_in(&devices[0]);
    const struct webauthn_stored stored = kept(&devices[0]);
    struct webauthn_use use;

    (void)state;
    scene.user_handle = STR("another handle of 32 random byte");
    check_sign(&scene, &PASSKEY_OWNER);
    check_result(sign(&scene, &stored, true, &use), &PASSKEY_OWNER);
    scene.user_handle = STR("");
    check_sign(&scene, &PASSKEY_OWNER);
}

static void a_passkey_that_does_not_name_its_owner_is_refused(void **state)
{
    struct scene scene = signing_in(&devices[0]);
    const struct webauthn_stored stored = kept(&devices[0]);
    struct webauthn_use use;

    (void)state;
    scene.user_handle = STR_NONE;
    check_sign(&scene, &PASSKEY_NO_OWNER);
    /* Unless it was asked for by name. */
    check_result(sign(&scene, &stored, true, &use), NULL);
}

static void an_answer_to_another_question_does_not_sign_in(void **state)
{
    struct scene scene = signing_in(&devices[0]);

    (void)state;
    scene.type = "webauthn.create";
    check_sign(&scene, &PASSKEY_TYPE);
    scene = signing_in(&devices[0]);
    scene.challenge = STR("another one of thirty-two bytes.");
    check_sign(&scene, &PASSKEY_CHALLENGE);
    scene = signing_in(&devices[0]);
    scene.origin = "https://evil.example";
    check_sign(&scene, &PASSKEY_ORIGIN);
    scene = signing_in(&devices[0]);
    scene.more = ",\"topOrigin\":\"https://evil.example\"";
    check_sign(&scene, &PASSKEY_FRAMED);
    scene = signing_in(&devices[0]);
    scene.said.site = "evil.example";
    check_sign(&scene, &PASSKEY_SITE);
}

static void a_device_that_is_not_used_by_its_user_does_not_sign_in(void **state)
{
    struct scene scene = signing_in(&devices[0]);

    (void)state;
    scene.said.flags = UV;
    check_sign(&scene, &PASSKEY_ABSENT);
    scene.said.flags = UP;
    scene.verification = WEBAUTHN_REQUIRED;
    check_sign(&scene, &PASSKEY_NOT_VERIFIED);
    scene.said.flags = UP | UV;
    check_sign(&scene, NULL);
}

static void data_that_are_malformed_do_not_sign_in(void **state)
{
    struct scene scene = signing_in(&devices[0]);

    (void)state;
    scene.said.extensions = "00";
    check_sign(&scene, &PASSKEY_AUTHENTICATOR_DATA);
    scene.said.flags = UP | ED;
    check_sign(&scene, &PASSKEY_AUTHENTICATOR_DATA);
    scene.said.extensions = "a0";
    check_sign(&scene, NULL);
    /* A passkey is made only when one is asked for. */
    scene = signing_in(&devices[0]);
    scene.said.flags = UP | AT;
    check_sign(&scene, &PASSKEY_AUTHENTICATOR_DATA);
}

static void a_wrong_signature_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ALL); i++) {
        struct scene scene = signing_in(&devices[i]);
        struct device other;

        device_init(&other, &arena, ALL[i]);
        scene.signer = &other;
        check_sign(&scene, &PASSKEY_SIGNATURE);
        device_release(&other);
        /* One of another kind of key. */
        scene.signer = &devices[(i + 1) % ARRAY_LEN(ALL)];
        check_sign(&scene, &PASSKEY_SIGNATURE);
    }
}

static void a_change_of_what_can_be_backed_up_is_refused(void **state)
{
    struct scene scene = signing_in(&devices[0]);
    struct webauthn_stored stored = kept(&devices[0]);
    struct webauthn_use use;

    (void)state;
    scene.said.flags = UP | BE;
    check_sign(&scene, &PASSKEY_BACKUP_CHANGED);
    stored.backup_eligible = true;
    check_result(sign(&scene, &stored, false, &use), NULL);
    scene.said.flags = UP;
    check_result(sign(&scene, &stored, false, &use), &PASSKEY_BACKUP_CHANGED);
    scene.said.flags = UP | BS;
    check_result(sign(&scene, &stored, false, &use), &PASSKEY_BACKUP);
}

static void a_count_that_does_not_go_up_is_refused(void **state)
{
    static const struct {
        uint32_t before;
        uint32_t now;
        bool good;
    } counts[] = {
        { 0, 0, true },          { 0, 1, true },           { 7, 8, true },
        { 7, UINT32_MAX, true }, { 7, 7, false },          { 7, 6, false },
        { 7, 0, false },         { UINT32_MAX, 0, false }, { 1, 1, false },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        struct scene scene = signing_in(&devices[0]);
        struct webauthn_stored stored = kept(&devices[0]);
        struct webauthn_use use;

        stored.sign_count = counts[i].before;
        scene.said.count = counts[i].now;
        check_result(sign(&scene, &stored, false, &use),
                     counts[i].good ? NULL : &PASSKEY_COUNTED_BACK);
    }
}

/* Who has not the key must not make an owner think that there is a copy of it. */
static void a_forged_answer_does_not_look_like_a_copy(void **state)
{
    struct scene scene = signing_in(&devices[0]);
    struct device other;

    (void)state;
    device_init(&other, &arena, COSE_ES256);
    scene.signer = &other;
    scene.said.count = 1;
    check_sign(&scene, &PASSKEY_SIGNATURE);
    device_release(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passkeys_of_all_algorithms_are_added),
        cmocka_unit_test(an_answer_to_another_question_is_refused),
        cmocka_unit_test(a_passkey_of_another_site_is_refused),
        cmocka_unit_test(an_absent_user_is_refused),
        cmocka_unit_test(a_user_who_was_not_verified_is_refused_where_that_is_asked),
        cmocka_unit_test(a_backup_of_what_cannot_be_backed_up_is_refused),
        cmocka_unit_test(an_answer_without_a_passkey_is_refused),
        cmocka_unit_test(an_id_that_is_not_the_passkeys_is_refused),
        cmocka_unit_test(a_bad_key_is_refused),
        cmocka_unit_test(statements_that_are_malformed_are_refused),
        cmocka_unit_test(attestation_objects_that_are_malformed_are_refused),
        cmocka_unit_test(a_wrong_signature_of_its_own_is_refused),
        cmocka_unit_test(statements_of_makers_are_ignored),
        cmocka_unit_test(passkeys_of_all_algorithms_sign_in),
        cmocka_unit_test(what_changes_with_a_use),
        cmocka_unit_test(another_passkey_is_refused),
        cmocka_unit_test(the_passkey_of_another_account_is_refused),
        cmocka_unit_test(a_passkey_that_does_not_name_its_owner_is_refused),
        cmocka_unit_test(an_answer_to_another_question_does_not_sign_in),
        cmocka_unit_test(a_device_that_is_not_used_by_its_user_does_not_sign_in),
        cmocka_unit_test(data_that_are_malformed_do_not_sign_in),
        cmocka_unit_test(a_wrong_signature_is_refused),
        cmocka_unit_test(a_change_of_what_can_be_backed_up_is_refused),
        cmocka_unit_test(a_count_that_does_not_go_up_is_refused),
        cmocka_unit_test(a_forged_answer_does_not_look_like_a_copy),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
