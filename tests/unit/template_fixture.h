/*
 * template_fixture.h - a set of templates, a view and what came of them, for the tests of Mustache.
 */
#ifndef ASSAY_TESTS_TEMPLATE_FIXTURE_H
#define ASSAY_TESTS_TEMPLATE_FIXTURE_H

#include "http/mustache.h"
#include "unit.h"
#include "json/read.h"

struct fixture {
    struct arena arena;
    struct diags diags;
    struct mustache_set *set;
    struct buf out;
};

static inline void begin(struct fixture *f, enum mustache_mode mode,
                         const struct language *language)
{
    arena_init(&f->arena, ARENA_UNLIMITED);
    diags_init(&f->diags, &f->arena);
    f->set = mustache_set_new(&f->arena, mode, language);
    buf_init(&f->out, 100000);
}

static inline void end(struct fixture *f)
{
    buf_release(&f->out);
    arena_release(&f->arena);
}

static inline void add(struct fixture *f, const char *name, const char *text)
{
    struct source *source = ARENA_NEW(&f->arena, struct source);

    source->name = str_format(&f->arena, "%s.html", name);
    source->text = str_from_c(text);
    mustache_add(f->set, str_from_c(name), source, &f->diags);
}

static inline struct value *view_of(struct fixture *f, const char *json)
{
    const struct json_limits limits = { .bytes = 100000, .depth = 50 };
    struct json_fault fault;
    struct value *view;

    assert_false(failed(json_read(&f->arena, str_from_c(json), &limits, &fault, &view)));
    return view;
}

/* Finishes a set that has no faults; shows those that it has. */
static inline void finish(struct fixture *f)
{
    if (failed(mustache_finish(f->set, &f->diags))) {
        diags_print(&f->diags, &f->out, false);
        fail_msg("%.*s", STR_ARG(buf_str(&f->out)));
    }
}

/* The page of the template "page", of a view in JSON; faults of the two end in f->diags. */
static inline struct str page(struct fixture *f, const struct value *view)
{
    buf_clear(&f->out);
    assert_false(
        failed(mustache_render(mustache_find(f->set, STR("page")), view, &f->diags, &f->out)));
    return buf_str(&f->out);
}

/* One template of its own, rendered. */
static inline void renders(enum mustache_mode mode, const char *text, const char *json,
                           const char *expected)
{
    struct fixture f;

    begin(&f, mode, NULL);
    add(&f, "page", text);
    finish(&f);
    check_str(page(&f, view_of(&f, json)), expected);
    end(&f);
}

/* All faults of the set, as people see them. */
static inline struct str faults(struct fixture *f)
{
    buf_clear(&f->out);
    diags_print(&f->diags, &f->out, false);
    return buf_str(&f->out);
}

static inline void has(struct str text, const char *part)
{
    if (!memmem(text.p, text.n, part, str_from_c(part).n))
        fail_msg("'%s' is not in:\n%.*s", part, STR_ARG(text));
}

/* One template of its own, refused with those words at that place. */
static inline void refused(enum mustache_mode mode, const char *text, const char *place,
                           const char *words)
{
    struct fixture f;

    begin(&f, mode, NULL);
    add(&f, "page", text);
    assert_true(failed(mustache_finish(f.set, &f.diags)));
    has(faults(&f), place);
    has(faults(&f), words);
    end(&f);
}

#endif
