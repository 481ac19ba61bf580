/*
 * diff_parts.h - proofs that one rule asks no more, or no less, than another; used by the files
 * diff*.c and by lint.c alone.
 *
 * A proof is two bits about the new rule against the old one, for every dossier, day and reading:
 * nobody's value is worse, nobody's is better. Both bits mean that the two ask the same. A bit
 * that is not set says nothing. What stands beside one another is joined with &: because the
 * language is monotone, the whole is no worse where no part of it is.
 */
#ifndef ASSAY_CRITERIA_DIFF_PARTS_H
#define ASSAY_CRITERIA_DIFF_PARTS_H

#include "criteria/diff.h"

enum { NOTHING_PROVED = 0, NOT_WORSE = 1, NOT_BETTER = 2, SAME = NOT_WORSE | NOT_BETTER };

/* What was found to differ, for people. */
struct notes {
    struct change_detail *at;
    size_t count, room;
};

struct differ {
    struct arena *arena;
    const struct edition *old;
    const struct edition *new;
    bool same_cycle;
    bool in_bar;    /* where a looser rule is a tighter document */
    bool in_shell;  /* a node is already compared as the only branch of a combination */
    uint32_t steps; /* comparisons left; a text made to cost more is left unproved */
};

void differ_init(struct differ *differ, struct arena *arena, const struct edition *old,
                 const struct edition *new);

/* Where notes is NULL, the functions only prove. */
unsigned prove_nodes(struct differ *d, const struct edition_node *old,
                     const struct edition_node *new, struct notes *notes);
unsigned prove_aggregates(struct differ *d, const struct edition_node *old,
                          const struct edition_node *new, struct notes *notes);
unsigned prove_selections(struct differ *d, const struct selection *old,
                          const struct selection *new, struct str where, struct notes *notes);

/* The document's own items: what is proved of them, and what else differs. An overlay (diff.h) is
   not held against its base's owner. */
unsigned prove_items(struct differ *d, bool overlay, struct notes *notes);

/* Less is looser; more is looser. */
unsigned prove_less(int64_t old, int64_t new);
unsigned prove_more(int64_t old, int64_t new);

enum change change_of(unsigned proved); /* never CHANGE_WORDING */

/* Notes one thing that differs, unless it is proved the same or notes is NULL. In a bar the
   labels swap. */
PRINTF_LIKE(5, 6)
void note_change(const struct differ *d, struct notes *notes, struct str where, unsigned proved,
                 const char *fmt, ...);

/*
 * Two lists held against each other one to one. The caller fills `proved` (and `alike`, the more
 * the better, for what is not proved and yet the same thing changed) at i * new_count + j.
 */
struct pairs {
    size_t old_count, new_count;
    unsigned char *proved;
    unsigned char *alike;
    size_t *of_old; /* by place in the old list: the place in the new one, or NO_PAIR */
    size_t *of_new;
};

#define NO_PAIR ((size_t)-1)
#define PAIRS_MAX 4096 /* of two longer lists only what stands at the same place is compared */

void pairs_init(struct arena *arena, size_t old_count, size_t new_count, struct pairs *ret);
bool pairs_are_compared(const struct pairs *pairs, size_t i, size_t j);

/* How a list makes a value: the least of all, so that one less is looser, or, with `any`, the
   greatest, so that one more is looser. */
enum joined { JOINED_ALL, JOINED_ANY };

/* Proves the lists against each other and pairs what belongs together. */
unsigned pairs_prove(struct arena *arena, struct pairs *pairs, enum joined joined);

#endif
