#include "cli/commands.h"
#include "cli/diagnostics.h"
#include "cli/load.h"
#include "cli/scratch.h"
#include "cli/texts.h"

/* What is to be run: cases, and the library they speak of. */
struct suite {
    const struct library *library;
    struct case_list cases;
    struct diags diags;
};

/* A text with faults would hide what it was meant to test, so nothing is run then. */
static enum exit_code complain_faults(const struct invocation *invocation,
                                      const struct suite *suite)
{
    diagnostics_show(&suite->diags, &invocation->around->err);
    complain(invocation, "the files have errors, so no case was run");
    return EXIT_INPUT;
}

static enum exit_code suite_of_files(const struct invocation *invocation, struct suite *ret)
{
    static const char *const suffixes[] = { ".criteria", ".vocabulary", ".cases", ".md", NULL };
    struct path_list paths;
    struct texts texts;
    enum exit_code code =
        paths_expand(invocation, invocation->operands, invocation->operand_count, suffixes, &paths);

    if (code == EXIT_OK)
        code = texts_load(invocation, &paths, &texts);
    if (code != EXIT_OK)
        return code;
    if (texts.scheme_errors > 0) {
        complain(invocation, "the scheme in '%s' has errors; 'assay lint' lists them",
                 scheme_place(invocation));
        return EXIT_INPUT;
    }
    *ret = (struct suite){ texts.library, texts.cases, texts.diags };
    for (size_t i = 0; i < library_document_count(texts.library); i++) {
        const struct document *document = library_document_at(texts.library, i);

        if (texts_hold(&texts, document))
            cases_of_document(invocation->arena, document, &ret->diags, &ret->cases);
    }
    return EXIT_OK;
}

static enum exit_code suite_of_scheme(const struct invocation *invocation, struct suite *ret)
{
    const struct scheme *scheme;
    enum exit_code code = load_scheme(invocation, &scheme);

    if (code != EXIT_OK)
        return code;
    *ret = (struct suite){ .library = scheme->library };
    diags_init(&ret->diags, invocation->arena);
    for (size_t i = 0; i < scheme->cases.count; i++)
        cases_read(invocation->arena, scheme->cases.at[i], &ret->diags, &ret->cases);
    for (size_t i = 0; i < library_document_count(scheme->library); i++)
        cases_of_document(invocation->arena, library_document_at(scheme->library, i), &ret->diags,
                          &ret->cases);
    return EXIT_OK;
}

/* Runs all of them and prints what is not as expected; gives the number of cases that failed. */
static size_t run(const struct invocation *invocation, const struct suite *suite)
{
    struct output *out = &invocation->around->out;
    CLEANUP(arena_release) struct arena scratch = scratch_arena(invocation);
    size_t failures = 0;

    for (size_t i = 0; i < suite->cases.count; i++) {
        struct arena_mark mark = arena_mark(invocation->arena);
        struct case_result result;

        case_run(invocation->arena, &scratch, suite->library, &suite->cases.at[i], &result);
        for (size_t j = 0; j < result.message_count; j++) {
            output_str(out, result.messages[j]);
            output_line(out);
        }
        failures += result.passed ? 0 : 1;
        arena_rewind(invocation->arena, mark);
    }
    return failures;
}

enum exit_code cmd_test(struct invocation *invocation)
{
    struct output *out = &invocation->around->out;
    size_t failures;
    struct suite suite;
    enum exit_code code;

    if (invocation->operand_count > 0)
        code = suite_of_files(invocation, &suite);
    else
        code = suite_of_scheme(invocation, &suite);
    if (code != EXIT_OK)
        return code;
    cases_check(&suite.cases, suite.library, &suite.diags);
    if (suite.diags.errors > 0)
        return complain_faults(invocation, &suite);
    failures = run(invocation, &suite);
    output_format(out, "%zu passed, %zu failed\n", suite.cases.count - failures, failures);
    return failures > 0 ? EXIT_NO : EXIT_OK;
}
