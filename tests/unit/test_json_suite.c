/*
 * JSONTestSuite, the public collection of texts that a reader of JSON must take (y_), must refuse
 * (n_), or may treat either way (i_). The folder is ASSAY_VECTORS/json/test_parsing; without it
 * the test is skipped.
 */
#include "json/read.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/files.h"
#include "unit.h"

#define SKIPPED 77 /* the exit code that counts a test as skipped */

/* Allowed by RFC 8259, and refused on purpose (json/read.h): keys that come twice, and U+0000. */
static const char *const stricter[] = {
    "y_object_duplicated_key.json",
    "y_object_duplicated_key_and_value.json",
    "y_object_escaped_null_in_key.json",
    "y_string_null_escape.json",
};

static const char *folder;

static bool is_stricter(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(stricter); i++)
        if (str_eq_c(name, stricter[i]))
            return true;
    return false;
}

static bool is_read(struct arena *arena, struct str name)
{
    const struct json_limits limits = { .bytes = 1000000, .depth = 500 };
    struct str path = str_format(arena, "%s/%.*s", folder, STR_ARG(name));
    struct json_fault fault;
    struct value *value;
    struct str text;

    assert_false(failed(file_read(arena, path.p, 1000000, &text)));
    return !failed(json_read(arena, text, &limits, &fault, &value));
}

static void the_suite_is_passed(void **state)
{
    struct str_list names;
    struct arena arena;
    size_t count = 0;
    size_t exceptions = 0;
    size_t wrong = 0;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(folder_list(&arena, folder, &names)));
    for (size_t i = 0; i < names.count; i++) {
        struct str name = names.at[i];
        bool exception = is_stricter(name);
        bool read = is_read(&arena, name);
        bool expected = str_starts(name, STR("y_")) && !exception;

        count++;
        exceptions += exception ? 1 : 0;
        if (!str_starts(name, STR("i_")) && read != expected) {
            fprintf(stderr, "%.*s is %s\n", STR_ARG(name), read ? "read" : "refused");
            wrong++;
        }
    }
    assert_true(count > 300);
    assert_int_equal(exceptions, ARRAY_LEN(stricter));
    assert_int_equal(wrong, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_suite_is_passed),
    };
    const char *vectors = getenv("ASSAY_VECTORS");
    struct str_list names;
    struct arena arena;
    int status = SKIPPED;

    arena_init(&arena, ARENA_UNLIMITED);
    folder = str_format(&arena, "%s/json/test_parsing", vectors ? vectors : ".").p;
    if (failed(folder_list(&arena, folder, &names)))
        fprintf(stderr, "skipped: there is no folder %s\n", folder);
    else
        status = cmocka_run_group_tests(tests, NULL, NULL) == 0 ? 0 : 1;
    arena_release(&arena);
    return status;
}
