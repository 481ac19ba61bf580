/*
 * audit.h - a random sample of entries that the office looks at closely.
 *
 * Anybody who knows the seed can draw the same sample again. The population is a list of entries as
 * it was known at a position of the journal. Each of them has a lot:
 *
 *     SHA-256( "assay audit 1" LF seed LF number ), with the entry's number in decimal digits
 *
 * and the sample are those with the smallest lots, by their bytes. So a seed that nobody could
 * choose to their liking, such as numbers drawn in public later than the position, makes a sample
 * that nobody could choose either.
 */
#ifndef ASSAY_REGISTER_AUDIT_H
#define ASSAY_REGISTER_AUDIT_H

#include "hash/sha256.h"
#include "register/evidence.h"

extern const struct error AUDIT_UNKNOWN, /* 404: no such audit, or no such place in it */
    AUDIT_SEED,                          /* 422: 1 to 200 bytes on one line */
    AUDIT_SIZE,   /* 422: 1 to 1,000 entries, of a population that has some */
    AUDIT_RESULT; /* 409: it has a result already */

#define AUDIT_MAX 1000

struct audit_wish {
    struct str seed;
    struct str kind; /* of entry; STR_NONE: all */
    bool any_standing;
    enum standing standing; /* unless any */
    day from, until;        /* they end within */
    size_t wanted;
    int64_t position; /* as known at */
};

struct audit_sample {
    struct evidence_id *at; /* by their lots */
    size_t count;           /* wanted, or the whole population */
    int64_t population;
};

struct sha256_digest audit_lot(struct str seed, struct evidence_id id);

/* Draws, changing nothing: for a reader, because a population may be large. AUDIT_SEED and _SIZE.
 */
RESULT audit_draw(struct store *store, struct arena *arena, const struct audit_wish *wish,
                  struct audit_sample *ret);

struct audit_id {
    int64_t n;
};

/* Records a sample that was drawn. */
RESULT audit_open(struct store *store, struct arena *arena, const struct act *act,
                  const struct audit_wish *wish, const struct audit_sample *sample,
                  struct audit_id *ret);

enum audit_result { AUDIT_WAITING, AUDIT_IN_ORDER, AUDIT_NOT_IN_ORDER, AUDIT_NO_ANSWER };

const char *audit_result_word(enum audit_result result); /* "in-order"; NULL while it waits */

/* What was found at a place of the sample, from 1. It changes no standing: that is for verify.h. */
RESULT audit_close(struct store *store, struct arena *arena, const struct act *act,
                   struct audit_id id, int64_t place, enum audit_result result, struct str note);

struct audit_entry {
    int64_t place;
    struct evidence_id evidence;
    struct person_id person;
    enum audit_result result;
    struct str note; /* STR_NONE: none */
};

struct audit {
    struct audit_id id;
    struct audit_wish wish;
    int64_t population;
    int64_t drawn; /* position */
    const struct audit_entry *entries;
    size_t entry_count;
};

RESULT audit_load(struct store *store, struct arena *arena, struct audit_id id, struct audit *ret);

#endif
