#include "register/outbox.h"

#include <string.h>

#include "unit.h"

static void addresses_that_people_have_are_taken(void **state)
{
    static const char *const addresses[] = {
        "ada@sample.example", "ADA.b-c+d_e@a-b.sample.example", "o'neill@sample.example",
        "ada@localhost",      "łukasz@sample.example",          "a@b",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(addresses); i++)
        assert_true(mail_address_is_valid(str_from_c(addresses[i])));
}

static void what_could_break_a_header_or_a_command_is_refused(void **state)
{
    static const char *const refused[] = {
        "",
        "ada",
        "@sample.example",
        "ada@",
        "ada@@sample.example",
        "ada@sample@example",
        "ada @sample.example",
        "ada@sample.example\r\nBcc: x@sample.example",
        "ada@sample.example\n",
        "ada\t@sample.example",
        "<ada@sample.example>",
        "Ada <ada@sample.example>",
        "\"ada\"@sample.example",
        "ada,bob@sample.example",
        "ada;@sample.example",
        ".ada@sample.example",
        "a..b@sample.example",
        "ada@sample..example",
        "ada@-sample.example",
        "ada@sample.example.",
        "ada@[192.0.2.1]",
        "ada\x7f@sample.example",
        "ada\xff@sample.example",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        assert_false(mail_address_is_valid(str_from_c(refused[i])));
    assert_false(mail_address_is_valid(STR("ada\0b@sample.example")));
    assert_false(mail_address_is_valid(STR_NONE));
}

static void the_longest_address_has_254_bytes(void **state)
{
    char text[300];

    (void)state;
    memset(text, 'a', sizeof(text));
    text[64] = '@';
    assert_true(mail_address_is_valid((struct str){ text, 254 }));
    assert_false(mail_address_is_valid((struct str){ text, 255 }));
    text[64] = 'a';
    text[65] = '@';
    assert_false(mail_address_is_valid((struct str){ text, 200 }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_that_people_have_are_taken),
        cmocka_unit_test(what_could_break_a_header_or_a_command_is_refused),
        cmocka_unit_test(the_longest_address_has_254_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
