/*
 * cases.h - cases as tests of a standard: what is known of a sample person, and what must come
 * out.
 *
 * Cases stand in texts of their own (*.cases), in fenced blocks of Markdown, or in the `example`
 * blocks of documents. Reading them is strict: every fault goes to the diags with its place, and
 * cases of a text with faults are not to be run. docs/criteria-language.md describes the notation.
 *
 * To run a set of files: read them all, add their documents to a library and finish it, add the
 * examples of its documents, check the cases against the library, then run each.
 */
#ifndef ASSAY_CRITERIA_CASES_H
#define ASSAY_CRITERIA_CASES_H

#include "criteria/dossier.h"
#include "criteria/evaluate.h"
#include "criteria/library.h"

enum expectation_kind {
    EXPECT_VERDICTS, /* verdict_given, verdict */
    EXPECT_REQ,      /* requirement, value, by (STR_NONE: whatever produced it) */
    EXPECT_COUNT,    /* requirement, number, lo, hi, need */
    EXPECT_ADVICE,   /* items; none: no advice */
    EXPECT_UNTIL,    /* until (DAY_NONE: nothing ends it) */
    EXPECT_EDITIONS, /* items: NAME@EDITION, newest first */
};

/* A bound of a `count` line in hundredths, or none: `*`. */
#define CASE_NO_BOUND (-1)

struct expectation {
    enum expectation_kind kind;
    struct span span;
    struct str text; /* as written, with single spaces, without the word `expect` */
    bool verdict_given[READINGS];
    enum verdict verdict[READINGS];
    struct str requirement;
    enum finding value;
    struct str by;
    int64_t number; /* which aggregate of the requirement, from 1 */
    int64_t lo, hi, need;
    struct str *items;
    size_t item_count, item_room;
    day until;
};

struct test_case {
    struct str id;                 /* an example's is NAME@EDITION "text" */
    struct str name;               /* of the document */
    struct edition_number edition; /* parts 0: whichever governs */
    day on;                        /* D */
    struct span span;
    struct dossier dossier;
    struct expectation *expectations;
    size_t expectation_count, expectation_room;
};

struct case_list {
    struct test_case *at;
    size_t count;
    size_t room;
    size_t records; /* of all of them together */
    bool full;      /* there were too many, and it was told */
};

/* Adds the cases of a text in case notation. */
void cases_read(struct arena *arena, const struct source *source, struct diags *diags,
                struct case_list *list);

/*
 * Adds the cases of a Markdown text: of its fenced blocks called `case`. The blocks called
 * `criteria` and `vocabulary` come back as a source for the library, under the same name and with
 * blanks for everything else, so that places in it are places in the Markdown; its text is
 * STR_NONE where there are no such blocks. Fences are three or more backticks.
 */
void cases_read_markdown(struct arena *arena, const struct source *source, struct diags *diags,
                         struct case_list *list, struct source *ret_documents);

/* Adds the examples of a document, each as a case of that edition. */
void cases_of_document(struct arena *arena, const struct document *document, struct diags *diags,
                       struct case_list *list);

/* Reads lines that only say what is known of a person, with no case line and no expectations. */
void dossier_read_lines(struct arena *arena, const struct source *source, struct diags *diags,
                        struct dossier *ret);

/* Tells of values that cannot be read as what the vocabulary of a case's document says they are: a
   measure that is no number. Unknown kinds, fields and values are no faults. */
void cases_check(const struct case_list *list, const struct library *library, struct diags *diags);

struct case_result {
    const struct test_case *test;
    bool passed;
    struct str *messages; /* one line for each expectation that failed, with its place */
    size_t message_count, message_room;
};

/* Runs one case. Messages are put into the arena; scratch is rewound, unless it is the arena. */
void case_run(struct arena *arena, struct arena *scratch, const struct library *library,
              const struct test_case *test, struct case_result *ret);

#endif
