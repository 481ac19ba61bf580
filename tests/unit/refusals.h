/*
 * refusals.h - texts that must be refused, one a row and each a test of its own name.
 *
 * A row's text stands in a frame. Its faults must be exactly the ones listed, one a line, in order
 * of place: LINE:COLUMN: MESSAGE / HINT, with "warning " before what is only a warning.
 */
#ifndef ASSAY_TESTS_REFUSALS_H
#define ASSAY_TESTS_REFUSALS_H

#include "criteria/library.h"

#include "unit.h" /* last: cmocka makes a macro of a word that result.h uses */

struct frame {
    const char *before;
    const char *after;
    bool load; /* as a library, not only parsed */
};

struct refusal {
    const char *name;
    const struct frame *frame;
    const char *text;
    const char *faults;
};

static inline void add_fault(struct buf *out, const struct diag *diag)
{
    buf_format(out, "%s%u:%u: %.*s", diag->severity == SEVERITY_WARNING ? "warning " : "",
               diag->span.line, diag->span.column, STR_ARG(diag->message));
    if (diag->hint.n > 0)
        buf_format(out, " / %.*s", STR_ARG(diag->hint));
    buf_byte(out, '\n');
}

/* The faults of a text, in the form of a row. */
static inline struct str faults_of(struct arena *arena, struct str text, bool load)
{
    struct source *source = ARENA_NEW(arena, struct source);
    struct diags diags;
    struct buf out;

    *source = (struct source){ STR("test.criteria"), text };
    diags_init(&diags, arena);
    if (load) {
        struct library *library = library_new(arena);
        struct result result;

        library_add(library, source, &diags);
        result = library_finish(library, &diags);
        assert_int_equal(failed(result), diags.errors > 0);
    } else {
        struct parsed_file file;

        criteria_parse(arena, source, &diags, &file);
    }
    buf_init(&out, (size_t)1024 * 1024);
    diags_print(&diags, &out, false); /* puts them in order */
    buf_clear(&out);
    for (size_t i = 0; i < diags.count; i++)
        add_fault(&out, &diags.list[i]);
    return buf_take(&out, arena);
}

static inline void test_refusal(void **state)
{
    const struct refusal *refusal = *state;
    const struct frame *frame = refusal->frame;
    struct arena arena;
    struct str text;
    struct str expected;

    arena_init(&arena, ARENA_UNLIMITED);
    text = str_format(&arena, "%s%s%s", frame->before, refusal->text, frame->after);
    expected = str_format(&arena, "%s\n", refusal->faults);
    check_str(faults_of(&arena, text, frame->load), str_to_c(&arena, expected));
    arena_release(&arena);
}

#define REFUSALS_MAX 100

/* Runs the rows, and other tests before them. */
static inline int run_refusals(const char *group, const struct CMUnitTest *others, size_t count,
                               const struct refusal *rows, size_t row_count)
{
    struct CMUnitTest tests[REFUSALS_MAX] = { { NULL, NULL, NULL, NULL, NULL } };
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        tests[n++] = others[i];
    for (size_t i = 0; i < row_count && n < REFUSALS_MAX; i++)
        tests[n++] = (struct CMUnitTest){ rows[i].name, test_refusal, NULL, NULL,
                                          (void *)(uintptr_t)&rows[i] };
    return _cmocka_run_group_tests(group, tests, n, NULL, NULL);
}

#endif
