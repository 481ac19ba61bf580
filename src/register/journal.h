/*
 * journal.h - the audit trail of an installation, and the order of what happened in it.
 *
 * Each operation that changes something appends one entry, in the same transaction. Entries have
 * the positions 1, 2, 3, ... without gaps. "As known at T" is a position.
 *
 * An entry says when, what, to whom, by whom and by what authority, and holds a digest of its
 * payload: the SHA-256 of a salt of 32 random bytes and the payload. Entries are chained: the chain
 * of one is the SHA-256 of the chain before it and of the entry itself, and before the first stands
 * one made of the installation's id. So none can be changed, left out or put in without all that
 * come after it being made anew, which whoever has noted a later chain elsewhere will notice.
 *
 * What is about people stands in the payload alone, with the salt in a table of its own. Erasure
 * deletes both: the chain still holds, and nobody can try out what the payload might have been.
 */
#ifndef ASSAY_REGISTER_JOURNAL_H
#define ASSAY_REGISTER_JOURNAL_H

#include "hash/sha256.h"
#include "store/store.h"

/* Somebody or something: what it is, and the key in its table. kind STR_NONE: none. */
struct journal_ref {
    struct str kind;
    int64_t id;
};

struct journal_entry {
    int64_t position; /* from 1 */
    int64_t at;       /* microseconds UTC, never before the entry before */
    struct str operation;
    struct journal_ref subject;
    struct journal_ref actor; /* none: the program itself, or the command line */
    struct str authority;     /* by what right: a permission, an appointment, a rule */
    struct sha256_digest digest;
    struct sha256_digest chain;
};

/* ---- the hashes, as anybody may compute them; docs/journal.md has the bytes ---- */

struct sha256_digest journal_root(struct str installation);
struct sha256_digest journal_digest(struct str salt, struct str payload);
struct sha256_digest journal_chain(struct sha256_digest before, const struct journal_entry *entry);

/* ---- inside an operation ---- */

/* Appends an entry of which at, operation, subject, actor and authority are given. Where the clock
   has gone back, the instant is that of the entry before. */
RESULT journal_append(struct store *store, const struct journal_entry *entry, struct str payload,
                      int64_t *ret_position);

/* Deletes the payload of an entry; nothing where it is gone already. */
RESULT journal_erase(struct store *store, int64_t position);

/* ---- reading ---- */

/* The last position whose instant is before that one; 0 where there is none. */
RESULT journal_position_before(struct store *store, int64_t at, int64_t *ret_position);

enum journal_fault_kind {
    JOURNAL_MISSING,         /* the entries from position to last are not there */
    JOURNAL_CHANGED,         /* the entry does not follow from the one before it */
    JOURNAL_PAYLOAD_CHANGED, /* the payload is not the one of which the entry holds a digest */
};

struct journal_fault {
    enum journal_fault_kind kind;
    int64_t position;
    int64_t last; /* the position, but for JOURNAL_MISSING */
};

/* Where the journal ends, and what has been seen. */
struct journal_summary {
    int64_t position;           /* of the last entry, 0: there is none */
    struct sha256_digest chain; /* of the last entry, or the root */
    int64_t erased;             /* entries without payload */
    int64_t faults;
};

/*
 * Goes through the whole journal, in pages, and tells each fault, in the order of positions. Each
 * entry is compared with the one that stands before it, so that one changed entry is one fault. A
 * journal whose end was cut off has no fault: compare the summary with one that was noted earlier.
 */
RESULT journal_verify(struct store *store,
                      void (*tell)(void *context, const struct journal_fault *fault), void *context,
                      struct journal_summary *ret);

#endif
