/*
 * journal_entry.h - an entry of the journal as it is stored, and the hashes that chain it to the
 * one before, as anybody may compute them; docs/journal.md has the bytes. Only the journal itself
 * and what verifies or copies it include this.
 */
#ifndef ASSAY_REGISTER_JOURNAL_ENTRY_H
#define ASSAY_REGISTER_JOURNAL_ENTRY_H

#include "hash/sha256.h"
#include "register/act.h"
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
    struct journal_ref actor;
    struct str authority;
    struct sha256_digest digest;
    struct sha256_digest chain;
};

struct sha256_digest journal_root(struct str installation);
struct sha256_digest journal_digest(struct str salt, struct str payload);
struct sha256_digest journal_chain(struct sha256_digest before, const struct journal_entry *entry);

/* What the journal calls those who act; the id of one who has none is 0. */
const char *actor_kind_word(enum actor_kind kind);

/* The last position whose instant is before that one; 0 where there is none. */
RESULT journal_position_before(struct store *store, int64_t at, int64_t *ret_position);

#endif
