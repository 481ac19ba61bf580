#include "jobs/daily.h"

#include <time.h>

#include "base/attr.h"

#define SECOND INT64_C(1000000)

int64_t daily_after(int64_t now, int hour)
{
    const time_t seconds = (time_t)(now / SECOND);
    struct tm today;

    if (!localtime_r(&seconds, &today))
        BUG("the date cannot be told");
    /* The hour of today, and if that is over of the days after. */
    for (int days = 0;; days++) {
        struct tm tm = {
            .tm_year = today.tm_year,
            .tm_mon = today.tm_mon,
            .tm_mday = today.tm_mday + days,
            .tm_hour = hour,
            .tm_isdst = -1,
        };
        int64_t at = (int64_t)mktime(&tm) * SECOND;

        if (at > now)
            return at;
    }
}
