#include "http/mustache.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "hash/sha256.h"
#include "template_fixture.h"

/* Made by tools/embed of the files in tests/templates. */
extern const struct embedded_file embedded_templates[];
extern const size_t embedded_templates_count;

static const char view[] = "{\"heading\":\"Mediators & more\",\"people\":["
                           "{\"id\":\"a/1\",\"name\":\"Sample One\",\"minutes\":150},"
                           "{\"id\":\"2\",\"name\":\"Sample Two\",\"minutes\":45}]}";

static const char expected[] = "<!doctype html>\n"
                               "<title>Mediators &amp; more</title>\n"
                               "<main>\n"
                               "  <ul>\n"
                               "    <li><a href=\"/people/a%2F1\">Sample One</a>, 2 h 30 min</li>\n"
                               "    <li><a href=\"/people/2\">Sample Two</a>, 45 min</li>\n"
                               "  </ul>\n"
                               "</main>\n";

static void renders_the_list(struct fixture *f)
{
    const struct mustache *list;

    finish(f);
    list = mustache_find(f->set, STR("people/list"));
    assert_non_null(list);
    assert_false(failed(mustache_render(list, view_of(f, view), &f->diags, &f->out)));
    check_str(buf_str(&f->out), expected);
    assert_int_equal(f->diags.errors, 0);
}

static const char *templates(struct fixture *f)
{
    const char *source = getenv("ASSAY_SOURCE");

    return str_format(&f->arena, "%s/tests/templates", source ? source : ".").p;
}

static void a_folder_is_read_with_those_in_it(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    assert_false(failed(mustache_add_folder(f.set, templates(&f), &f.diags)));
    renders_the_list(&f);
    assert_null(mustache_find(f.set, STR("README")));
    end(&f);
}

static void files_in_the_program_are_read_alike(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    mustache_add_embedded(f.set, embedded_templates, embedded_templates_count, &f.diags);
    renders_the_list(&f);
    end(&f);
}

static void embedded_files_are_what_the_folder_holds(void **state)
{
    char digest[SHA256_HEX_SIZE];
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    assert_int_equal(embedded_templates_count, 5);
    for (size_t i = 0; i < embedded_templates_count; i++) {
        const struct embedded_file *file = &embedded_templates[i];
        struct str path = str_format(&f.arena, "%s/%s", templates(&f), file->name);
        struct str text;

        assert_false(failed(file_read(&f.arena, path.p, 10000, &text)));
        assert_true(str_eq(text, (struct str){ file->bytes, file->size }));
        assert_string_equal(file->sha256, sha256_hex(sha256(text), digest));
    }
    assert_string_equal(embedded_templates[0].name, "empty.html");
    assert_string_equal(embedded_templates[4].name, "people/row.html");
    end(&f);
}

static void a_folder_that_cannot_be_read_is_told(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    assert_true(failed(mustache_add_folder(f.set, "/no/such/folder", &f.diags)));
    assert_true(failed(mustache_finish(f.set, &f.diags)));
    has(faults(&f), "cannot read /no/such/folder: No such file or directory");
    end(&f);
}

static void a_fault_in_a_file_names_the_file(void **state)
{
    char folder[] = "/tmp/assay-templates-XXXXXX";
    struct fixture f;
    struct str path;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    assert_non_null(mkdtemp(folder));
    path = str_format(&f.arena, "%s/a.html", folder);
    assert_false(failed(file_write(path.p, STR("<p>\n{{{x}}}\n"))));
    assert_false(failed(mustache_add_folder(f.set, folder, &f.diags)));
    assert_true(failed(mustache_finish(f.set, &f.diags)));
    has(faults(&f), str_format(&f.arena, "%s:2:1: error", path.p).p);
    unlink(path.p);
    rmdir(folder);
    end(&f);
}

static void a_name_that_does_not_exist_is_refused(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "a\n{{>people/rwo}}");
    add(&f, "people/row", "");
    assert_true(failed(mustache_finish(f.set, &f.diags)));
    has(faults(&f), "page.html:2:1: error: there is no template 'people/rwo'");
    has(faults(&f), "did you mean 'people/row'?");
    end(&f);
}

static void a_name_that_is_taken_is_refused(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    add(&f, "page", "a");
    add(&f, "page", "b");
    assert_true(failed(mustache_finish(f.set, &f.diags)));
    has(faults(&f), "the template 'page' is there twice");
    end(&f);
}

static void a_text_that_is_too_large_is_refused(void **state)
{
    struct source source = { STR("page.html"), STR_NONE };
    struct fixture f;
    char *text;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    text = arena_alloc(&f.arena, MUSTACHE_BYTES_MAX + 1);
    memset(text, 'a', MUSTACHE_BYTES_MAX + 1);
    source.text = (struct str){ text, MUSTACHE_BYTES_MAX + 1 };
    mustache_add(f.set, STR("page"), &source, &f.diags);
    assert_true(failed(mustache_finish(f.set, &f.diags)));
    has(faults(&f), "is larger than 1 MiB");
    end(&f);
}

static void names_are_found_in_any_order(void **state)
{
    static const char *const names[] = { "m", "a", "z", "a/b", "b", "aa" };
    struct fixture f;

    (void)state;
    begin(&f, MUSTACHE_STRICT, NULL);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        add(&f, names[i], names[i]);
    finish(&f);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        buf_clear(&f.out);
        assert_false(failed(mustache_render(mustache_find(f.set, str_from_c(names[i])),
                                            view_of(&f, "{}"), NULL, &f.out)));
        check_str(buf_str(&f.out), names[i]);
    }
    assert_null(mustache_find(f.set, STR("c")));
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_read_with_those_in_it),
        cmocka_unit_test(files_in_the_program_are_read_alike),
        cmocka_unit_test(embedded_files_are_what_the_folder_holds),
        cmocka_unit_test(a_folder_that_cannot_be_read_is_told),
        cmocka_unit_test(a_fault_in_a_file_names_the_file),
        cmocka_unit_test(a_name_that_does_not_exist_is_refused),
        cmocka_unit_test(a_name_that_is_taken_is_refused),
        cmocka_unit_test(a_text_that_is_too_large_is_refused),
        cmocka_unit_test(names_are_found_in_any_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
