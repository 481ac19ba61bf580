#include "jobs/backoff.h"

#include "base/attr.h"

#define MINUTE INT64_C(60000000)

static const int64_t steps[] = { MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 360 * MINUTE };

int64_t backoff(int64_t failures, int64_t seed)
{
    const int64_t last = (int64_t)ARRAY_LEN(steps);
    int64_t step = steps[failures < last ? failures - 1 : last - 1];
    /* Knuth's multiplicative hash: neighbours come to lie far apart. */
    uint64_t scattered = ((uint64_t)seed * 16 + (uint64_t)failures) * UINT64_C(2654435761);

    return step + (int64_t)((scattered >> 8) % (uint64_t)(step / 8));
}
