/*
 * Documents and cases together, fed as Markdown: whatever loads is run, explained, linted, read
 * out, exported and compared, edition against edition. Nothing of that may crash or hang, whatever
 * the document says, and every explanation is valid UTF-8.
 */
#include "base/buf.h"
#include "criteria/cases.h"
#include "criteria/diff.h"
#include "criteria/explain.h"
#include "criteria/lint.h"
#include "criteria/rule.h"

#define JSON_MAX ((size_t)64 * 1024 * 1024)
#define INPUT_MAX 8192
#define RECORDS_MAX 200 /* of one case: more of them cost time and find nothing */
#define EDITIONS_MAX 6

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_json(struct value *value)
{
    struct buf out;

    buf_init(&out, JSON_MAX);
    value_write_json(value, JSON_COMPACT, &out);
    BUG_IF(!out.overflow && !str_is_utf8(buf_str(&out), NULL));
    buf_release(&out);
}

static void run_case(struct arena *arena, const struct library *library,
                     const struct test_case *test)
{
    struct standing_result result;
    struct case_result outcome = { .test = test };
    struct arena scratch;

    if (test->dossier.evidence_count > RECORDS_MAX)
        return;
    arena_init(&scratch, ARENA_UNLIMITED);
    case_run(arena, &scratch, library, test, &outcome);
    arena_release(&scratch);
    if (assess(arena, library, test->name, test->edition, &test->dossier, test->on, &result))
        check_json(explain_result(arena, &result));
}

static void compare(struct arena *arena, const struct library *library, struct diags *diags)
{
    size_t count = library_count(library);

    for (size_t i = 0; i < count && i < EDITIONS_MAX; i++) {
        edition_lint(arena, library_at(library, i), diags);
        check_json(rule_of_edition(arena, library_at(library, i)));
        for (size_t k = 0; k < count && k < EDITIONS_MAX; k++) {
            struct edition_change change;

            edition_diff(arena, library_at(library, i), library_at(library, k), &change);
            check_json(edition_change_value(arena, &change));
            BUG_IF(i == k && change.change != CHANGE_EQUAL);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source source = { STR("fuzz"), { (const char *)data, size } }, documents;
    struct case_list cases = { 0 };
    struct library *library;
    struct arena arena;
    struct diags diags;

    if (size > INPUT_MAX)
        return 0;
    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    library = library_new(&arena);
    cases_read_markdown(&arena, &source, &diags, &cases, &documents);
    if (documents.text.p)
        library_add(library, &documents, &diags);
    if (!failed(library_finish(library, &diags))) {
        for (size_t i = 0; i < library_document_count(library); i++)
            cases_of_document(&arena, library_document_at(library, i), &diags, &cases);
        for (size_t i = 0; i < cases.count; i++)
            run_case(&arena, library, &cases.at[i]);
        compare(&arena, library, &diags);
    }
    arena_release(&arena);
    return 0;
}
