/*
 * budget.h - the time that a request may take to check where somebody stands.
 */
#ifndef ASSAY_WEB_BUDGET_H
#define ASSAY_WEB_BUDGET_H

#include "register/standing.h"
#include "web/site.h"

struct budget {
    const struct call *call;
    int64_t until;
};

/* So many times STANDING_WORK_MS (standing.h), from now on. */
struct budget budget_of(const struct call *call, int times);

/* Of a struct budget: whether there is time for more. */
bool budget_lasts(void *context);

/* The summary of a check with what pages add to it, and `most` records of a reason. ERROR_LIMIT
   when the time was over. */
RESULT budget_summary(struct budget *budget, const struct standing_check *check, size_t most,
                      struct value **ret);

#endif
