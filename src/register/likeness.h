/*
 * likeness.h - which records of one person look like one and the same event, and which lie so close
 * together that one of them may be misdated. Both are pointed out to people; nothing is refused.
 */
#ifndef ASSAY_REGISTER_LIKENESS_H
#define ASSAY_REGISTER_LIKENESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "criteria/dossier.h"

enum likeness {
    LIKE_NOT,
    LIKE_OVERLAP, /* on the same days as another matter */
    LIKE_TIME,    /* the same kind and days, and nothing else that differs where both say it */
    LIKE_MATTER,  /* the same kind and private reference, on days that overlap */
    LIKE_SAME,    /* nothing differs */
};

#define OVERLAP_DAYS 7 /* longer records overlap with others as a matter of course */

const char *likeness_word(enum likeness likeness); /* "matter" */
/* "the same matter on overlapping days": why somebody should look. */
const char *likeness_text(enum likeness likeness);

/* Whether a likeness speaks for one event rather than two. */
static inline bool is_duplicate(enum likeness likeness)
{
    return likeness >= LIKE_TIME;
}

/* How two records look beside each other. Their standing and ids are not compared. */
enum likeness likeness_of(const struct evidence *a, const struct evidence *b);

/* A record, and the one that it is most like. */
struct alike {
    enum likeness likeness;
    size_t other; /* the index; only where there is a likeness */
};

/*
 * For each record the one before it that it is most like, the first of equals. Records that were
 * rejected or withdrawn, or are duplicates, are like nothing. ret_alike has room for count.
 */
void likeness_find(struct arena *arena, const struct evidence *const *records, size_t count,
                   struct alike *ret_alike);

#endif
