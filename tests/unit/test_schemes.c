/*
 * The schemes that are shipped, the examples among them: each is loaded as people load it, is in
 * canonical form, gives no cause for a warning, and passes its own cases.
 */
#include "scheme/scheme.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/files.h"
#include "criteria/cases.h"
#include "criteria/lint.h"
#include "unit.h"

#define TEXT_MAX ((size_t)4 * 1024 * 1024)
#define LEAST_FOLDERS 15 /* so that none can vanish unnoticed */
#define LEAST_CASES 700  /* of all folders together, worked examples included */

struct tally {
    size_t folders;
    size_t passed;
    size_t failed;
};

static struct str under(struct arena *arena, struct str folder, struct str name)
{
    return str_format(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
}

static void fail_on_faults(struct diags *diags, struct str folder)
{
    struct buf out;

    if (diags->errors + diags->warnings == 0)
        return;
    buf_init(&out, TEXT_MAX);
    diags_print(diags, &out, false);
    print_message("%.*s", STR_ARG(buf_str(&out)));
    buf_release(&out);
    fail_msg("%.*s has faults", STR_ARG(folder));
}

static void lint_scheme(struct arena *arena, const struct scheme *scheme, struct diags *diags)
{
    for (size_t i = 0; i < library_count(scheme->library); i++)
        edition_lint(arena, library_at(scheme->library, i), diags);
}

static void gather_cases(struct arena *arena, const struct scheme *scheme, struct diags *diags,
                         struct case_list *list)
{
    for (size_t i = 0; i < scheme->cases.count; i++)
        cases_read(arena, scheme->cases.at[i], diags, list);
    for (size_t i = 0; i < library_document_count(scheme->library); i++)
        cases_of_document(arena, library_document_at(scheme->library, i), diags, list);
    cases_check(list, scheme->library, diags);
}

static void run_cases(struct arena *arena, const struct scheme *scheme,
                      const struct case_list *list, struct tally *tally)
{
    struct arena scratch;

    arena_init(&scratch, ARENA_UNLIMITED);
    for (size_t i = 0; i < list->count; i++) {
        struct case_result result;

        case_run(arena, &scratch, scheme->library, &list->at[i], &result);
        for (size_t k = 0; k < result.message_count; k++)
            print_message("%.*s\n", STR_ARG(result.messages[k]));
        if (result.passed)
            tally->passed++;
        else
            tally->failed++;
    }
    arena_release(&scratch);
}

static void check_canonical(struct arena *arena, struct str folder)
{
    struct str_list names;

    assert_false(failed(folder_list(arena, str_to_c(arena, folder), &names)));
    for (size_t i = 0; i < names.count; i++) {
        struct source source = { .name = under(arena, folder, names.at[i]) };
        struct parsed_file parsed;
        struct diags diags;
        struct buf out;

        assert_false(
            failed(file_read(arena, str_to_c(arena, source.name), TEXT_MAX, &source.text)));
        diags_init(&diags, arena);
        criteria_parse(arena, &source, &diags, &parsed);
        buf_init(&out, TEXT_MAX);
        criteria_print_file(&parsed, &out);
        if (!str_eq(buf_str(&out), source.text))
            fail_msg("%.*s is not in canonical form", STR_ARG(source.name));
        buf_release(&out);
    }
}

static void run_scheme(struct str folder, struct tally *tally)
{
    struct case_list list = { .count = 0 };
    struct scheme *scheme;
    struct arena arena;
    struct diags diags;

    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    if (failed(scheme_load(&arena, str_to_c(&arena, folder), &diags, &scheme))) {
        fail_on_faults(&diags, folder);
        fail_msg("%.*s cannot be read", STR_ARG(folder));
    }
    lint_scheme(&arena, scheme, &diags);
    gather_cases(&arena, scheme, &diags, &list);
    fail_on_faults(&diags, folder);
    check_canonical(&arena, under(&arena, folder, STR("criteria")));
    check_canonical(&arena, under(&arena, folder, STR("vocabulary")));
    assert_true(scheme->cases.count > 0);
    run_cases(&arena, scheme, &list, tally);
    tally->folders++;
    arena_release(&arena);
}

/* The schemes right below a folder, each with a scheme.conf. */
static void run_schemes(struct arena *arena, const char *folder, struct tally *tally)
{
    const char *root = getenv("ASSAY_SOURCE");
    struct str_list names;
    struct str path;

    assert_non_null(root);
    path = str_format(arena, "%s/%s", root, folder);
    assert_false(failed(folder_list(arena, str_to_c(arena, path), &names)));
    for (size_t i = 0; i < names.count; i++) {
        struct str scheme = under(arena, path, names.at[i]);
        struct str conf = under(arena, scheme, STR("scheme.conf"));
        struct str text;

        if (!failed(file_read(arena, str_to_c(arena, conf), SCHEME_CONF_MAX, &text)))
            run_scheme(scheme, tally);
    }
}

static void every_shipped_scheme_is_sound(void **state)
{
    struct tally tally = { 0, 0, 0 };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    run_schemes(&arena, "schemes", &tally);
    run_schemes(&arena, "schemes/examples", &tally);
    arena_release(&arena);
    print_message("%zu schemes: %zu passed, %zu failed\n", tally.folders, tally.passed,
                  tally.failed);
    assert_int_equal(tally.failed, 0);
    assert_in_range(tally.folders, LEAST_FOLDERS, SIZE_MAX);
    assert_in_range(tally.passed, LEAST_CASES, SIZE_MAX);
}

/* An edition never changes: whoever carries the words of the mediation scheme carries its text. */
static void copies_of_a_vocabulary_are_the_same(void **state)
{
    static const char original[] = "schemes/mediation/vocabulary/practice.vocabulary";
    static const char *const copies[] = { "schemes/examples/amdras/vocabulary/practice.vocabulary",
                                          "schemes/examples/simi/vocabulary/practice.vocabulary" };
    const char *root = getenv("ASSAY_SOURCE");
    struct arena arena;
    struct str text;
    struct str path;

    (void)state;
    assert_non_null(root);
    arena_init(&arena, ARENA_UNLIMITED);
    path = str_format(&arena, "%s/%s", root, original);
    assert_false(failed(file_read(&arena, str_to_c(&arena, path), TEXT_MAX, &text)));
    for (size_t i = 0; i < ARRAY_LEN(copies); i++) {
        struct str copy;

        path = str_format(&arena, "%s/%s", root, copies[i]);
        assert_false(failed(file_read(&arena, str_to_c(&arena, path), TEXT_MAX, &copy)));
        assert_true(str_eq(copy, text));
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shipped_scheme_is_sound),
        cmocka_unit_test(copies_of_a_vocabulary_are_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
