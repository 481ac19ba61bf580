/*
 * criteria_fixture.h - documents compiled from a few lines of text, for tests of what is made of
 * them.
 */
#ifndef ASSAY_TESTS_CRITERIA_FIXTURE_H
#define ASSAY_TESTS_CRITERIA_FIXTURE_H

#include <string.h>

#include "criteria/library.h"

#include "unit.h" /* last: cmocka makes a macro of a word that result.h uses */

#define TEST_VOCABULARY                                                                            \
    "vocabulary sample 1 {\n"                                                                      \
    "  levels degree none, bachelor, master, doctorate\n"                                          \
    "  record mediation \"Mediation\" {\n"                                                         \
    "    field role of mediator, adviser, party\n"                                                 \
    "    field mode of in-person, online, hybrid\n"                                                \
    "    field paid of yes, no\n"                                                                  \
    "    field client id\n"                                                                        \
    "    field preparation minutes\n"                                                              \
    "  }\n"                                                                                        \
    "  record training \"Training\" {\n"                                                           \
    "    field completed of yes, no\n"                                                             \
    "    field course of basic, advanced\n"                                                        \
    "    field points integer\n"                                                                   \
    "    field level ordered degree\n"                                                             \
    "  }\n"                                                                                        \
    "  record assessment \"Assessment\" { field result of pass, fail }\n"                          \
    "  programmes qap, cmtp, ma-qap\n"                                                             \
    "  bodies board, appraisal-committee, rap\n"                                                   \
    "  statements code-of-conduct, motivation\n"                                                   \
    "  anchors join, issue\n"                                                                      \
    "  reasons health, family\n"                                                                   \
    "  credentials first-card, second-card\n"                                                      \
    "}\n"

/* All the documents and vocabularies of a text, on their own. Faults fail the test. */
static inline const struct library *load_texts(struct arena *arena, struct str text)
{
    struct source *source = ARENA_NEW(arena, struct source);
    struct library *library = library_new(arena);
    struct diags diags;
    diags_init(&diags, arena);
    *source = (struct source){ STR("test.criteria"), text };
    library_add(library, source, &diags);
    struct result result = library_finish(library, &diags);
    if (failed(result) || diags.errors > 0) {
        struct buf out;
        buf_init(&out, (size_t)1024 * 1024);
        diags_print(&diags, &out, false);
        fail_msg("%.*s", STR_ARG(buf_str(&out)));
    }
    return library;
}

/* A document under the sample vocabulary, or under the one given. Its body begins on line 3. */
static inline const struct edition *load_under(struct arena *arena, const char *vocabulary,
                                               const char *number, const char *body)
{
    struct str text = str_format(arena,
                                 "criteria sample edition %s {\n"
                                 "vocabulary sample 1\n%s\n}\n%s",
                                 number, body, vocabulary);
    return library_at(load_texts(arena, text), 0);
}

static inline const struct edition *load_body(struct arena *arena, const char *body)
{
    return load_under(arena, TEST_VOCABULARY, "1", body);
}

/* One requirement, `r`, of those lines. */
static inline const struct edition *load_rule(struct arena *arena, const char *lines)
{
    return load_body(arena,
                     str_to_c(arena, str_format(arena, "owner board\nrequire r {\n%s\n}", lines)));
}

#endif
