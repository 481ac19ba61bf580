#include "web/budget.h"

#include "web/standing.h"
#include "web/standing_complete.h"

struct budget budget_of(const struct call *call, int times)
{
    return (struct budget){ call, call_now_ms(call) + (int64_t)times * STANDING_WORK_MS };
}

bool budget_lasts(void *context)
{
    const struct budget *budget = context;

    return call_now_ms(budget->call) < budget->until;
}

struct result budget_summary(struct budget *budget, const struct standing_check *check, size_t most,
                             struct value **ret)
{
    struct arena *arena = budget->call->arena;

    TRY(standing_summary_value(arena, check, most, ret));
    return summary_complete(arena, check, budget_lasts, budget, *ret);
}
