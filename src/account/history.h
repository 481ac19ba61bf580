/*
 * history.h - what was done to a person and their account, by whom and on what authority: what they
 * see of themselves. What an administrator did for somebody stands here too.
 */
#ifndef ASSAY_ACCOUNT_HISTORY_H
#define ASSAY_ACCOUNT_HISTORY_H

#include "account/account.h"
#include "base/value.h"

struct history_entry {
    int64_t position; /* in the journal */
    int64_t at;
    struct str operation;
    bool by_themself;
    struct str actor_kind;  /* "person", "command", "system", "token"; STR_NONE */
    struct person_id actor; /* 0: none, or no person */
    struct str actor_name;  /* of a person; STR_NONE */
    struct str authority;
    struct str payload; /* JSON; STR_NONE once it was erased */
};

struct history_list {
    const struct history_entry *at;
    size_t count;
};

/* The latest first: at most `max`, before that position (0: from the end). */
RESULT history_of_person(struct store *store, struct arena *arena, struct person_id person,
                         int64_t before, size_t max, struct history_list *ret);
RESULT history_of_account(struct store *store, struct arena *arena, struct account_id account,
                          int64_t before, size_t max, struct history_list *ret);

#endif
