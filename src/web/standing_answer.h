/*
 * standing_answer.h - the answer as data: where somebody stands, a timeline of each certification,
 * what a plan would change, and what the answer was made from.
 */
#ifndef ASSAY_WEB_STANDING_ANSWER_H
#define ASSAY_WEB_STANDING_ANSWER_H

#include "base/arena.h"
#include "base/result.h"
#include "base/value.h"
#include "scheme/scheme.h"
#include "web/standing_facts.h"
#include "web/standing_sent.h"

#define ANSWER_RECORDS_SHOWN 8 /* of each reason under each count */

struct answer_question {
    const struct scheme *scheme;
    const struct sent *sent;
    const struct standing_facts *facts; /* without errors */
    day today;
    bool (*go_on)(void *context); /* whether there is time for more */
    void *context;
};

/* ERROR_LIMIT when there was no time for it. Its shape is standing_answer_shape. */
RESULT standing_answer_value(struct arena *arena, const struct answer_question *question,
                             struct value **ret);

/* What is wrong with what was sent, as a list of at most `most`; its items are of
   standing_fault_shape. */
struct value *standing_faults_value(struct arena *arena, const struct standing_facts *facts,
                                    enum severity severity, size_t most);

#endif
