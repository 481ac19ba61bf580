#include "web/clock.h"

#include <stdlib.h>
#include <time.h>

#include "base/arena.h"

void clock_set_zone(struct str zone)
{
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    /* The colon says that it is a file's name, and nothing else that TZ may hold. */
    if (setenv("TZ", str_to_c(&arena, str_format(&arena, ":%.*s", STR_ARG(zone))), 1) != 0)
        BUG("the zone cannot be set");
    arena_release(&arena);
    tzset();
}

day clock_today(void *context)
{
    time_t now = time(NULL);
    struct tm tm;

    (void)context;
    if (!localtime_r(&now, &tm))
        BUG("the date cannot be told");
    return day_from_civil((struct civil){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday });
}

int64_t clock_now_ms(void *context)
{
    struct timespec now;

    (void)context;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_now(void *context)
{
    struct timespec now;

    (void)context;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
