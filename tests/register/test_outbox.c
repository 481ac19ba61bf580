/* What outbox.h promises of letters, on both engines. */
#include "register/outbox.h"

#include <string.h>

#include "engine.h"

static struct arena arena;
static const struct act act = { .now = NOW, .actor = ACTOR_SYSTEM, .authority = STR("test") };

static struct store *begin(void)
{
    struct store *store = engine_open_migrated(engine_database());

    arena_init(&arena, 8 << 20);
    check_ok(store, store_begin(store));
    return store;
}

static void end(struct store *store)
{
    store_close(store);
    arena_release(&arena);
}

static struct str text_of(struct store *store, const char *sql)
{
    struct query query = { 0 };
    struct str text;

    check_ok(store, query_begin(store, sql, NO_PARAMS, &query));
    assert_true(query_next(&query));
    text = str_copy(&arena, query_text(&query, 0));
    check_ok(store, query_end(&query));
    return text;
}

static void a_letter_is_a_row_with_its_data_in_order(void **state)
{
    struct store *store = begin();
    struct value *data = value_object(&arena);
    const struct letter letter = {
        .to = STR("ada@sample.example"),
        .template = "sign-in",
        .data = data,
        .language = STR("de"),
        .urgency = LETTER_DIGEST,
    };

    (void)state;
    value_set_text(&arena, data, "path", STR("/account/link/x"));
    value_set_text(&arena, data, "address", STR("ada@sample.example"));
    check_ok(store, outbox_add(store, &arena, &act, &letter));
    check_str(text_of(store, "SELECT address FROM outbox"), "ada@sample.example");
    check_str(text_of(store, "SELECT template FROM outbox"), "sign-in");
    check_str(text_of(store, "SELECT data FROM outbox"),
              "{\"address\":\"ada@sample.example\",\"path\":\"/account/link/x\"}");
    check_str(text_of(store, "SELECT language FROM outbox"), "de");
    check_str(text_of(store, "SELECT urgency FROM outbox"), "digest");
    assert_int_equal(ask(store, "SELECT added_at FROM outbox"), NOW);
    assert_int_equal(ask(store, "SELECT count(*) FROM outbox WHERE about IS NULL"), 1);
    end(store);
}

static void a_letter_without_data_or_language_says_so(void **state)
{
    struct store *store = begin();
    const struct letter letter = { .to = STR("ada@sample.example"), .template = "password-set" };

    (void)state;
    check_ok(store, outbox_add(store, &arena, &act, &letter));
    check_str(text_of(store, "SELECT data FROM outbox"), "{}");
    check_str(text_of(store, "SELECT urgency FROM outbox"), "now");
    assert_int_equal(ask(store, "SELECT count(*) FROM outbox WHERE language IS NULL"), 1);
    end(store);
}

static void a_letter_goes_with_the_operation_that_is_undone(void **state)
{
    struct store *store = begin();
    const struct letter letter = { .to = STR("ada@sample.example"), .template = "password-set" };

    (void)state;
    check_ok(store, store_savepoint(store));
    check_ok(store, outbox_add(store, &arena, &act, &letter));
    check_ok(store, store_savepoint_undo(store));
    assert_int_equal(ask(store, "SELECT count(*) FROM outbox"), 0);
    end(store);
}

static void an_address_that_could_carry_a_header_is_refused(void **state)
{
    static const char *const refused[] = {
        "",
        "ada",
        "ada@sample.example\r\nBcc: bob@sample.example",
        "ada@sample.example\nDATA",
        "ada@sample.example, bob@sample.example",
        "Ada <ada@sample.example>",
        "ada@sam\tple.example",
    };
    struct store *store = begin();

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        const struct letter letter = { .to = str_from_c(refused[i]), .template = "sign-in" };

        check_fails(store, outbox_add(store, &arena, &act, &letter), OUTBOX_ADDRESS);
    }
    assert_int_equal(ask(store, "SELECT count(*) FROM outbox"), 0);
    end(store);
}

static void data_of_more_than_64_kib_are_refused(void **state)
{
    static char long_text[65536];
    struct store *store = begin();
    struct value *data = value_object(&arena);
    const struct letter letter = {
        .to = STR("ada@sample.example"),
        .template = "claim-refused",
        .data = data,
    };

    (void)state;
    memset(long_text, 'a', sizeof(long_text));
    value_set_text(&arena, data, "reason", (struct str){ long_text, sizeof(long_text) });
    check_fails(store, outbox_add(store, &arena, &act, &letter), ERROR_LIMIT);
    end(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_is_a_row_with_its_data_in_order),
        cmocka_unit_test(a_letter_without_data_or_language_says_so),
        cmocka_unit_test(a_letter_goes_with_the_operation_that_is_undone),
        cmocka_unit_test(an_address_that_could_carry_a_header_is_refused),
        cmocka_unit_test(data_of_more_than_64_kib_are_refused),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
