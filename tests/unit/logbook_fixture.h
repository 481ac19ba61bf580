/*
 * logbook_fixture.h - a vocabulary with a field of every type, and checks of what becomes of a
 * logbook that is read by it.
 */
#ifndef ASSAY_TESTS_LOGBOOK_FIXTURE_H
#define ASSAY_TESTS_LOGBOOK_FIXTURE_H

#include "base/buf.h"
#include "criteria/library.h"
#include "register/logbook.h"
#include "unit.h"

/* Two kinds that share a field, and one field of every type. */
static const char vocabulary_text[] =
    "vocabulary log 1 {\n"
    "  levels degree none, bachelor, master\n"
    "  record mediation \"Mediation\" {\n"
    "    field role of mediator, adviser, party, observer\n"
    "    field mode of in-person, online, hybrid\n"
    "    field outcome of agreement, partial, none\n"
    "    field paid of yes, no\n"
    "    field client id\n"
    "    field contact-hours minutes\n"
    "  }\n"
    "  record cpd \"Continuing development\" {\n"
    "    field points integer\n"
    "    field level ordered degree\n"
    "    field paid of yes, no\n"
    "    field tag of a-b, ab, x\n"
    "  }\n"
    "}\n"
    "vocabulary single 1 { record session { field paid of yes, no } }\n";

struct fixture {
    struct arena arena;
    struct source source;
    const struct vocabulary *vocabulary;
    const struct vocabulary *single;
    struct faults faults;
    struct dossier dossier;
    struct logbook_limits limits;
    day today;
};

static inline int set_up(void **state)
{
    static struct fixture fixture;
    struct fixture *f = &fixture;
    struct library *library;
    struct diags diags;

    *f = (struct fixture){ .limits = logbook_limits };
    arena_init(&f->arena, ARENA_UNLIMITED);
    diags_init(&diags, &f->arena);
    f->source = (struct source){ STR("log"), str_from_c(vocabulary_text) };
    library = library_new(&f->arena);
    library_add(library, &f->source, &diags);
    if (failed(library_finish(library, &diags)))
        return -1;
    f->vocabulary = library_vocabulary(library, STR("log"), (struct edition_number){ { 1 }, 1 });
    f->single = library_vocabulary(library, STR("single"), (struct edition_number){ { 1 }, 1 });
    faults_init(&f->faults, &f->arena);
    dossier_init(&f->dossier);
    if (!day_parse(STR("2024-12-31"), &f->today))
        return -1;
    *state = f;
    return 0;
}

static inline int tear_down(void **state)
{
    struct fixture *f = *state;

    arena_release(&f->arena);
    return 0;
}

static inline bool read_log(struct fixture *f, struct str bytes)
{
    faults_init(&f->faults, &f->arena);
    return !failed(logbook_read(&f->arena, bytes, f->vocabulary, &f->limits, f->today, &f->faults,
                                &f->dossier));
}

static inline void show_evidence(const struct evidence *e, struct buf *out)
{
    char text[DAY_TEXT_SIZE];

    buf_format(out, "%.*s:%u %.*s %s", STR_ARG(e->id), e->line, STR_ARG(e->kind),
               day_text(e->start, text));
    if (e->end != e->start)
        buf_format(out, "..%s", day_text(e->end, text));
    if (e->matter.p)
        buf_format(out, " matter=%.*s", STR_ARG(e->matter));
    if (e->programme.p)
        buf_format(out, " programme=%.*s", STR_ARG(e->programme));
    if (e->hours >= 0)
        buf_format(out, " hours=%lld", (long long)e->hours);
    if (e->days >= 0)
        buf_format(out, " days=%lld", (long long)e->days);
    for (size_t i = 0; i < e->fact_count; i++)
        buf_format(out, " %.*s=%.*s", STR_ARG(e->facts[i].field), STR_ARG(e->facts[i].value));
    if (e->standing != STANDING_CLAIMED)
        buf_format(out, " %s", standing_name(e->standing));
    if (e->verified_on != DAY_NONE)
        buf_format(out, "@%s", day_text(e->verified_on, text));
    buf_byte(out, '\n');
}

static inline struct str shown(struct fixture *f)
{
    struct buf out;

    buf_init(&out, 1000000);
    for (size_t i = 0; i < f->dossier.evidence_count; i++)
        show_evidence(&f->dossier.evidence[i], &out);
    return buf_take(&out, &f->arena);
}

static inline struct str told(struct fixture *f)
{
    struct buf out;

    buf_init(&out, 1000000);
    faults_print(&f->faults, STR("log"), &out, false);
    return buf_take(&out, &f->arena);
}

/* The log is read without a word, and holds exactly this. */
static inline void check_log_at(struct fixture *f, struct str bytes, const char *expected, int line)
{
    f->dossier.evidence_count = 0;
    if (!read_log(f, bytes) || f->faults.warnings > 0)
        check_str_at(told(f), "", __FILE__, line);
    check_str_at(shown(f), expected, __FILE__, line);
}

/* The log is refused with exactly this, and nothing of it is taken. */
static inline void check_refused_at(struct fixture *f, struct str bytes, const char *expected,
                                    int line)
{
    f->dossier.evidence_count = 0;
    if (read_log(f, bytes))
        check_str_at(STR("it was read"), expected, __FILE__, line);
    check_str_at(told(f), expected, __FILE__, line);
    _assert_int_equal(f->dossier.evidence_count, 0, __FILE__, line);
}

#define check_log(bytes, expected) check_log_at(*state, STR(bytes), (expected), __LINE__)
#define check_refused(bytes, expected) check_refused_at(*state, STR(bytes), (expected), __LINE__)

#endif
