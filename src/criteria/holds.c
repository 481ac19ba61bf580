/*
 * Credentials: active days, unbroken stretches of them, and the `holds` node (S18).
 */
#include "criteria/evaluate.h"

static bool visible(const struct credential *credential, enum reading reading)
{
    return !credential->claimed || reading == PREVIEW;
}

static bool active(const struct credential *credential, day on)
{
    if (on < credential->from || on > credential->to ||
        (credential->withdrawn != DAY_NONE && on >= credential->withdrawn))
        return false;
    for (size_t i = 0; i < credential->suspension_count; i++)
        if (on >= credential->suspensions[i].from && on <= credential->suspensions[i].to)
            return false;
    return true;
}

/* The first day of the active run of one period that holds `on`, on which it is active. */
static day run_start(const struct credential *credential, day on)
{
    day start = credential->from;
    for (size_t i = 0; i < credential->suspension_count; i++)
        if (credential->suspensions[i].to < on && credential->suspensions[i].to >= start)
            start = credential->suspensions[i].to + 1;
    return start;
}

day stretch_start(const struct credential *credentials, size_t count, struct str name, day on,
                  enum reading reading)
{
    day start = DAY_NONE;
    for (bool grown = true; grown;) {
        grown = false;
        for (size_t i = 0; i < count; i++) {
            const struct credential *c = &credentials[i];
            if (!str_eq(c->name, name) || !visible(c, reading))
                continue;
            /* A period that is active on the day itself, or on the day before the run begins. */
            day touching = start == DAY_NONE ? on : start - 1;
            day joined = start != DAY_NONE && active(c, start)          ? start
                         : touching >= DAY_FIRST && active(c, touching) ? touching
                                                                        : DAY_NONE;
            if (joined == DAY_NONE)
                continue;
            day from = run_start(c, joined);
            if (start == DAY_NONE || from < start) {
                start = from;
                grown = true;
            }
        }
    }
    return start;
}

static bool long_enough(const struct edition_node *node, day since, day on)
{
    return since != DAY_NONE && day_add_months(since, node->months) <= on;
}

static bool issued_in_time(const struct edition_node *node, const struct credential *credential)
{
    return node->issued_before == DAY_NONE || credential->from < node->issued_before;
}

/* `ever for`: on the last day of some active run, the stretch had lasted long enough. */
static bool once_long_enough(const struct edition_node *node, const struct credential *credentials,
                             size_t count, const struct credential *c, day on, enum reading reading)
{
    day last = c->to < on ? c->to : on;
    if (c->withdrawn != DAY_NONE && c->withdrawn - 1 < last)
        last = c->withdrawn - 1;
    for (size_t i = 0; i <= c->suspension_count; i++) {
        day end = i == c->suspension_count ? last : c->suspensions[i].from - 1;
        if (end <= last && active(c, end) &&
            long_enough(node, stretch_start(credentials, count, c->name, end, reading), end))
            return true;
    }
    return false;
}

static bool period_serves(const struct edition_node *node, const struct credential *credentials,
                          size_t count, const struct credential *c, day on, enum reading reading)
{
    if (!visible(c, reading) || !str_list_has(node->names, c->name) || !issued_in_time(node, c) ||
        c->from > on)
        return false;
    if (node->ever)
        return !node->months || once_long_enough(node, credentials, count, c, on, reading);
    if (!active(c, on))
        return false;
    return !node->months ||
           long_enough(node, stretch_start(credentials, count, c->name, on, reading), on);
}

bool holds_met(const struct edition_node *node, const struct credential *credentials, size_t count,
               day on, enum reading reading)
{
    if (node->on != DAY_NONE) {
        if (node->on > on)
            return false;
        on = node->on;
    }
    for (size_t i = 0; i < count; i++)
        if (period_serves(node, credentials, count, &credentials[i], on, reading))
            return true;
    return false;
}
