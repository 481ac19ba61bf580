/*
 * journal_read.h - entries of the journal with their payloads, for people who look something up.
 */
#ifndef ASSAY_REGISTER_JOURNAL_READ_H
#define ASSAY_REGISTER_JOURNAL_READ_H

#include "base/arena.h"
#include "register/journal_entry.h"

/* Somebody or something that entries are looked for by. */
struct journal_sought {
    struct str kind; /* STR_NONE: whoever it was */
    int64_t id;
    bool any_id; /* whichever of that kind */
};

struct journal_filter {
    int64_t after;        /* entries after this position */
    int64_t upto;         /* and up to this one */
    struct str operation; /* STR_NONE: any */
    struct journal_sought subject;
    struct journal_sought actor;
};

/* All entries. */
#define JOURNAL_ALL ((struct journal_filter){ .upto = INT64_MAX })

struct journal_line {
    struct journal_entry entry;
    struct str payload; /* canonical JSON; STR_NONE: erased */
};

#define JOURNAL_PAGE_MAX 500

/* The first entries that pass, up to `max` (JOURNAL_PAGE_MAX at most), in the order of their
   positions; for the next ones, ask again with `after` set to the last position. In the arena. */
RESULT journal_read(struct store *store, struct arena *arena, const struct journal_filter *filter,
                    size_t max, struct journal_line **ret, size_t *ret_count);

#endif
