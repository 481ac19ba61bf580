/*
 * assessing.h - a document and a dossier, given as texts, evaluated for a test.
 */
#ifndef ASSAY_TESTS_ASSESSING_H
#define ASSAY_TESTS_ASSESSING_H

#include "base/buf.h"
#include "criteria/cases.h"
#include "criteria/explain.h"
#include "criteria/govern.h"
#include "unit.h"

struct assessing {
    struct arena arena;
    struct diags diags;
    struct library *library;
    struct source documents;
    struct source lines;
    struct dossier dossier;
    struct standing_result result;
};

static inline void assessing_fail_on_faults(struct assessing *a)
{
    if (!a->diags.errors)
        return;
    struct buf out;
    buf_init(&out, 100000);
    diags_print(&a->diags, &out, false);
    buf_byte(&out, '\0');
    fail_msg("%s", out.p);
}

static inline void assessing_begin(struct assessing *a, const char *documents)
{
    *a = (struct assessing){ .documents = { STR("documents"), str_from_c(documents) } };
    arena_init(&a->arena, ARENA_UNLIMITED);
    diags_init(&a->diags, &a->arena);
    a->library = library_new(&a->arena);
    library_add(a->library, &a->documents, &a->diags);
    bool unfinished = failed(library_finish(a->library, &a->diags));
    assessing_fail_on_faults(a);
    assert_false(unfinished);
}

static inline void assessing_read(struct assessing *a, const char *lines)
{
    a->lines = (struct source){ STR("lines"), str_from_c(lines) };
    dossier_init(&a->dossier);
    dossier_read_lines(&a->arena, &a->lines, &a->diags, &a->dossier);
    assessing_fail_on_faults(a);
}

static inline day assessing_day(const char *text)
{
    day d = DAY_NONE;
    assert_true(day_parse(str_from_c(text), &d));
    return d;
}

static inline void assessing_assess(struct assessing *a, const char *name, const char *on)
{
    assert_true(assess(&a->arena, a->library, str_from_c(name), (struct edition_number){ 0 },
                       &a->dossier, assessing_day(on), &a->result));
}

static inline void assessing_end(struct assessing *a)
{
    arena_release(&a->arena);
}

#endif
