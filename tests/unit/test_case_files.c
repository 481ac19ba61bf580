/*
 * The pages of tests/cases, each with documents of its own and cases that were worked out by hand
 * from the text of the language.
 */
#include "criteria/cases.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/files.h"
#include "unit.h"

#define LEAST_CASES 450 /* of all pages together, so that none can vanish unnoticed */

struct tally {
    size_t passed;
    size_t failed;
};

static void print_faults(struct diags *diags)
{
    struct buf out;

    buf_init(&out, 1000000);
    diags_print(diags, &out, false);
    print_message("%.*s", STR_ARG(buf_str(&out)));
    buf_release(&out);
}

static void run_cases(struct arena *arena, const struct library *library,
                      const struct case_list *list, struct tally *tally)
{
    struct arena scratch;

    arena_init(&scratch, ARENA_UNLIMITED);
    for (size_t i = 0; i < list->count; i++) {
        struct case_result result;

        case_run(arena, &scratch, library, &list->at[i], &result);
        for (size_t k = 0; k < result.message_count; k++)
            print_message("%.*s\n", STR_ARG(result.messages[k]));
        if (result.passed)
            tally->passed++;
        else
            tally->failed++;
    }
    arena_release(&scratch);
}

static void run_page(struct arena *arena, struct str path, struct tally *tally)
{
    struct library *library = library_new(arena);
    struct case_list list = { .count = 0 };
    struct source *page = ARENA_NEW(arena, struct source);
    struct source *documents = ARENA_NEW(arena, struct source);
    struct diags diags;

    diags_init(&diags, arena);
    page->name = path;
    assert_false(failed(file_read(arena, str_to_c(arena, path), CRITERIA_FILE_MAX, &page->text)));
    cases_read_markdown(arena, page, &diags, &list, documents);
    assert_non_null(documents->text.p);
    library_add(library, documents, &diags);
    if (failed(library_finish(library, &diags)) || diags.errors) {
        print_faults(&diags);
        fail_msg("%.*s has faults", STR_ARG(path));
    }
    cases_check(&list, library, &diags);
    if (diags.count) {
        print_faults(&diags);
        fail_msg("%.*s has faults", STR_ARG(path));
    }
    run_cases(arena, library, &list, tally);
}

static void test_every_page_passes(void **state)
{
    const char *root = getenv("ASSAY_SOURCE");
    struct tally tally = { 0, 0 };
    struct str_list names;
    struct arena arena;
    struct str folder;

    (void)state;
    assert_non_null(root);
    arena_init(&arena, ARENA_UNLIMITED);
    folder = str_format(&arena, "%s/tests/cases", root);
    assert_false(failed(folder_list(&arena, str_to_c(&arena, folder), &names)));
    for (size_t i = 0; i < names.count; i++)
        if (str_ends(names.at[i], STR(".md")))
            run_page(&arena, str_format(&arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names.at[i])),
                     &tally);
    print_message("%zu passed, %zu failed\n", tally.passed, tally.failed);
    assert_int_equal(tally.failed, 0);
    assert_in_range(tally.passed, LEAST_CASES, SIZE_MAX);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_page_passes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
