/*
 * standing.h - where a person stands in every certification of a scheme: what is looked at, in
 * which order, and the answer as data, for the command line and for pages alike.
 *
 * A certification is shown in the order of the scheme's groups; documents called NAME.x follow
 * NAME, and NAME.renewal only for those who hold or have held NAME.
 */
#ifndef ASSAY_REGISTER_STANDING_H
#define ASSAY_REGISTER_STANDING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/result.h"
#include "base/str.h"
#include "base/value.h"
#include "criteria/dossier.h"
#include "criteria/govern.h"
#include "scheme/scheme.h"

/* One document that is shown: a certification, or one that is shown beside it. */
struct standing_entry {
    const struct scheme_group *group; /* NULL: in no group */
    struct str name;
    struct str title;
    bool beside;
    bool shown; /* false: the renewal of what the person never held */
    struct standing_result result;
};

struct standing_check {
    const struct scheme *scheme;
    const struct dossier *dossier;
    day on;
    struct standing_entry *entries;
    size_t count, room;
    bool (*go_on)(void *context); /* of the question */
    void *context;
};

#define STANDINGS (STANDING_DUPLICATE + 1)

/* How many records of a dossier are verified, claimed and so on, as known then. */
void count_standings(const struct dossier *dossier, size_t ret_counts[STANDINGS]);

struct standing_question {
    const struct scheme *scheme;
    const struct dossier *dossier;
    day on;
    struct str_list names; /* certifications; none: all */
    /* Asked before each node of a rule, of which none takes long; when it says no, the check ends
       with ERROR_LIMIT, and so does the summary made from it. NULL: never. */
    bool (*go_on)(void *context);
    void *context;
};

/* The vocabulary that most documents of the scheme speak, the latest loaded of equals: the one to
   read logbooks by. NULL where the scheme has none. */
const struct vocabulary *spoken_vocabulary(const struct library *library);

/* NAME.x is shown with NAME, unless nobody wrote a NAME: whether this is a NAME. */
bool is_certification(const struct library *library, struct str name);

/* Checks them all. The names exist. The answer lives in the arena, which also holds what is needed
   for a moment; after ERROR_LIMIT it is to be cleared. */
RESULT standing_check(struct arena *arena, const struct standing_question *question,
                      struct standing_check *ret);

/* Everything, to the last record: what `assay check --json` prints (docs/command-line.md). */
struct value *standing_check_value(struct arena *arena, const struct standing_check *check);

/*
 * The same answer for pages, in a size that does not grow with the records: under each count it
 * names `most` records of each reason at most, and how many there are. docs/standing.md says what
 * its members mean. What is needed for a moment stands beside the arena, under a limit of the same
 * size.
 */
RESULT standing_summary_value(struct arena *arena, const struct standing_check *check, size_t most,
                              struct value **ret);

#endif
