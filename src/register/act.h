/*
 * act.h - who does something, when, and on what authority: what every operation that changes the
 * record is told, and what its entry in the journal keeps.
 */
#ifndef ASSAY_REGISTER_ACT_H
#define ASSAY_REGISTER_ACT_H

#include <stdint.h>

#include "base/date.h"
#include "base/str.h"

struct person_id {
    int64_t n;
};

enum actor_kind {
    ACTOR_SYSTEM,  /* a timer or a consumer of the journal */
    ACTOR_COMMAND, /* whoever may use the command line of the installation */
    ACTOR_PERSON,
    ACTOR_TOKEN, /* a program, by its token */
};

struct act {
    int64_t now; /* microseconds UTC */
    enum actor_kind actor;
    int64_t actor_id;     /* of the person or token; 0: none */
    struct str authority; /* "self", "appointment 17", "command line": what allowed it */
};

/* The day of an act, UTC: the one on which roles and terms are looked at. */
static inline day act_day(const struct act *act)
{
    const int64_t microseconds = INT64_C(86400000000);

    return (day)((act->now - (act->now < 0 ? microseconds - 1 : 0)) / microseconds);
}

#endif
