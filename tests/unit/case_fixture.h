/*
 * case_fixture.h - what a text gives when it is read as cases, for tests of the notation.
 */
#ifndef ASSAY_TESTS_CASE_FIXTURE_H
#define ASSAY_TESTS_CASE_FIXTURE_H

#include "base/buf.h"
#include "criteria/cases.h"
#include "unit.h"

struct fixture {
    struct arena arena;
    struct diags diags;
    struct source source;
    struct case_list list;
    struct buf out;
};

static inline void begin(struct fixture *f, struct str text)
{
    *f = (struct fixture){ .source = { STR("t.cases"), text } };
    arena_init(&f->arena, ARENA_UNLIMITED);
    diags_init(&f->diags, &f->arena);
    buf_init(&f->out, 100000);
}

static inline void end(struct fixture *f)
{
    buf_release(&f->out);
    arena_release(&f->arena);
}

/* The faults in short: LINE:COLUMN: message (hint), one a line. */
static inline struct str faults(struct fixture *f)
{
    for (size_t i = 0; i < f->diags.count; i++) {
        const struct diag *diag = &f->diags.list[i];

        buf_format(&f->out, "%u:%u+%u %s%.*s", diag->span.line, diag->span.column,
                   diag->span.length, diag->severity == SEVERITY_WARNING ? "warning: " : "",
                   STR_ARG(diag->message));
        if (diag->hint.n > 0)
            buf_format(&f->out, " (%.*s)", STR_ARG(diag->hint));
        buf_byte(&f->out, '\n');
    }
    return buf_str(&f->out);
}

/* One case of which `line` is the second line, with an expectation so that no warning comes. */
static inline void read_line(struct fixture *f, const char *line)
{
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    begin(f, STR_NONE);
    f->source.text = str_format(&f->arena, "case c doc asof 2024-06-15\n%s\nuntil -\n", line);
    cases_read(&f->arena, &f->source, &f->diags, &f->list);
    arena_release(&arena);
}

static inline void check_fault(const char *line, const char *expected)
{
    struct fixture f;

    read_line(&f, line);
    if (!str_eq_c(faults(&f), expected))
        print_message("in: %s\n", line);
    check_str(buf_str(&f.out), expected);
    end(&f);
}

#endif
