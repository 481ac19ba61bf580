#include "scheme/file.h"

#include "unit.h"

static void every_file_of_a_scheme_has_a_kind(void **state)
{
    static const struct {
        const char *path;
        enum scheme_file_use use;
    } rows[] = {
        { "scheme.conf", FILE_CONF },
        { "README.md", FILE_NOTE },
        { "criteria/a.renewal.criteria", FILE_CRITERIA },
        { "vocabulary/a.vocabulary", FILE_CRITERIA },
        { "cases/a.cases", FILE_CASES },
        { "texts/about.md", FILE_TEXT },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct scheme_file_kind *kind = scheme_file_kind(str_from_c(rows[i].path));

        if (!kind || kind->use != rows[i].use)
            fail_msg("%s is of another kind", rows[i].path);
    }
}

static void what_is_no_file_of_a_scheme_has_no_kind(void **state)
{
    static const char *const paths[] = {
        "",
        "criteria",
        "criteria/",
        "other.conf",
        "my-scheme.conf",
        "notes.txt",
        "/README.md",
        "../README.md",
        "./README.md",
        ".hidden.md",
        "criteria/.hidden.criteria",
        "criteria/a.vocabulary",
        "criteria/../a.criteria",
        "criteria/below/a.criteria",
        "criteria//a.criteria",
        "criteria/a\\b.criteria",
        "criteria/a\nb.criteria",
        "criteria/a\x7f.criteria",
        "criteria/a\xff.criteria",
        "elsewhere/a.criteria",
    };
    char name[210];
    struct str long_name = { name, sizeof(name) };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        if (scheme_file_kind(str_from_c(paths[i])))
            fail_msg("'%s' has a kind", paths[i]);
    for (size_t i = 0; i < sizeof(name); i++)
        name[i] = i < sizeof(name) - 3 ? 'a' : ".md"[i - (sizeof(name) - 3)];
    assert_null(scheme_file_kind(long_name));
    assert_non_null(scheme_file_kind(str_drop(long_name, 10)));
    assert_null(scheme_file_kind(str_drop(long_name, 9)));
}

static void canonical_form_is_that_of_the_printer(void **state)
{
    struct scheme_file files[] = {
        { STR("vocabulary/a.vocabulary"), STR("# kept\nvocabulary a 1 { record test{} }") },
        { STR("criteria/a.criteria"),
          STR("criteria a edition 1 {\n\n require b { count test>=1 }}") },
        { STR("README.md"), STR("As  it is") },
    };
    const struct scheme_files given = { files, ARRAY_LEN(files), ARRAY_LEN(files) };
    struct scheme_files canonical;
    struct scheme_files again;
    struct arena arena;
    struct diags diags;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    assert_false(failed(scheme_files_canonical(&arena, &given, &diags, &canonical)));
    assert_int_equal(canonical.count, 3);
    check_str(canonical.at[0].path, "README.md");
    check_str(canonical.at[0].bytes, "As  it is");
    check_str(canonical.at[1].bytes, "criteria a edition 1 {\n"
                                     "  require b {\n"
                                     "    count test >= 1\n"
                                     "  }\n"
                                     "}\n");
    check_str(canonical.at[2].path, "vocabulary/a.vocabulary");
    check_str(canonical.at[2].bytes, "# kept\n"
                                     "vocabulary a 1 {\n"
                                     "  record test {\n"
                                     "  }\n"
                                     "}\n");
    assert_false(failed(scheme_files_canonical(&arena, &canonical, &diags, &again)));
    for (size_t i = 0; i < again.count; i++)
        assert_true(str_eq(again.at[i].bytes, canonical.at[i].bytes));
    assert_int_equal(diags.count, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_of_a_scheme_has_a_kind),
        cmocka_unit_test(what_is_no_file_of_a_scheme_has_no_kind),
        cmocka_unit_test(canonical_form_is_that_of_the_printer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
