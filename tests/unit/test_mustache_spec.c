/*
 * The public specification of Mustache: every test of every module that is ours to pass. The folder
 * is ASSAY_VECTORS/mustache; without it the test is skipped.
 */
#include "http/mustache.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/files.h"
#include "unit.h"
#include "json/read.h"

#define SKIPPED 77 /* the exit code that counts a test as skipped */

static const char *folder;

static struct value *read_module(struct arena *arena, const char *module)
{
    const struct json_limits limits = { .bytes = 1000000, .depth = 50 };
    struct str path = str_format(arena, "%s/%s.json", folder, module);
    struct json_fault fault;
    struct value *value;
    struct str text;

    assert_false(failed(file_read(arena, path.p, limits.bytes, &text)));
    assert_false(failed(json_read(arena, text, &limits, &fault, &value)));
    return value;
}

static void add(struct mustache_set *set, struct arena *arena, struct diags *diags, struct str name,
                const struct value *text)
{
    struct source *source = ARENA_NEW(arena, struct source);

    assert_int_equal(text->kind, VALUE_TEXT);
    *source = (struct source){ name, text->text };
    mustache_add(set, name, source, diags);
}

static struct str render(struct arena *arena, const struct value *test)
{
    struct mustache_set *set = mustache_set_new(arena, MUSTACHE_SPEC, NULL);
    const struct value *partials = value_get(test, "partials");
    struct diags diags;
    struct buf out;

    diags_init(&diags, arena);
    add(set, arena, &diags, STR("the test itself"), value_get(test, "template"));
    for (size_t i = 0; partials && i < partials->count; i++)
        add(set, arena, &diags, partials->members[i].key, partials->members[i].value);
    buf_init(&out, 100000);
    if (failed(mustache_finish(set, &diags)))
        diags_print(&diags, &out, false);
    else
        assert_false(failed(mustache_render(mustache_find(set, STR("the test itself")),
                                            value_get(test, "data"), NULL, &out)));
    return buf_take(&out, arena);
}

static void passes(const char *module, size_t expected_count)
{
    struct arena arena;
    const struct value *tests;
    size_t wrong = 0;

    arena_init(&arena, ARENA_UNLIMITED);
    tests = value_get(read_module(&arena, module), "tests");
    assert_int_equal(tests->count, expected_count);
    for (size_t i = 0; i < tests->count; i++) {
        struct str expected = value_get(tests->items[i], "expected")->text;
        struct str got = render(&arena, tests->items[i]);

        if (str_eq(expected, got))
            continue;
        fprintf(stderr, "%s, %.*s: expected\n[%.*s] but got\n[%.*s]\n", module,
                STR_ARG(value_get(tests->items[i], "name")->text), STR_ARG(expected), STR_ARG(got));
        wrong++;
    }
    assert_int_equal(wrong, 0);
    arena_release(&arena);
}

static void comments(void **state)
{
    (void)state;
    passes("comments", 12);
}

static void delimiters(void **state)
{
    (void)state;
    passes("delimiters", 14);
}

static void interpolation(void **state)
{
    (void)state;
    passes("interpolation", 42);
}

static void sections(void **state)
{
    (void)state;
    passes("sections", 34);
}

static void inverted(void **state)
{
    (void)state;
    passes("inverted", 22);
}

static void partials(void **state)
{
    (void)state;
    passes("partials", 12);
}

static void inheritance(void **state)
{
    (void)state;
    passes("inheritance", 27);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments),      cmocka_unit_test(delimiters),
        cmocka_unit_test(interpolation), cmocka_unit_test(sections),
        cmocka_unit_test(inverted),      cmocka_unit_test(partials),
        cmocka_unit_test(inheritance),
    };
    const char *vectors = getenv("ASSAY_VECTORS");
    struct str_list names;
    struct arena arena;
    int status = SKIPPED;

    arena_init(&arena, ARENA_UNLIMITED);
    folder = str_format(&arena, "%s/mustache", vectors ? vectors : ".").p;
    if (failed(folder_list(&arena, folder, &names)))
        fprintf(stderr, "skipped: there is no folder %s\n", folder);
    else
        status = cmocka_run_group_tests(tests, NULL, NULL) == 0 ? 0 : 1;
    arena_release(&arena);
    return status;
}
