/*
 * diff.h - what changes for people between two editions, proved from the rules.
 *
 * LOOSER means that nobody's value can be worse under the new one, TIGHTER that nobody's can be
 * better, MIXED that neither is proved: simulate. It is sound because the language is monotone.
 * What people decide (judgements, waivers, other acts) is left aside. Which change counts as what
 * is told in docs/criteria-language.md, and where that leaves a choice, in docs/criteria-json.md.
 */
#ifndef ASSAY_CRITERIA_DIFF_H
#define ASSAY_CRITERIA_DIFF_H

#include "base/arena.h"
#include "base/value.h"
#include "criteria/edition.h"

enum change {
    CHANGE_EQUAL,
    CHANGE_WORDING, /* the same is asked, the text differs */
    CHANGE_LOOSER,
    CHANGE_TIGHTER,
    CHANGE_MIXED,
};

const char *change_name(enum change change); /* "equal", "wording only", "looser", ... */

/* One thing that differs. People read it as "WHAT (LABEL)": "need 20 -> 15 (looser)". */
struct change_detail {
    struct str where; /* a node's id, or the name of an item */
    struct str what;
    enum change change;
};

enum presence { PRESENT_IN_BOTH, ADDED, REMOVED };

struct requirement_change {
    struct str id;
    enum presence presence;
    const struct requirement *old; /* NULL: added */
    const struct requirement *new; /* NULL: removed */
    enum change change;
    struct change_detail *details;
    size_t detail_count, detail_room;
};

struct edition_change {
    const struct edition *old;
    const struct edition *new;
    enum change change;
    struct requirement_change *requirements; /* the new edition's order, removed ones at the end */
    size_t requirement_count;
    struct requirement_change *bars; /* the same; `old` and `new` are NULL here */
    size_t bar_count;
    struct change_detail *details; /* of the document's own items; dates of force are EQUAL */
    size_t detail_count, detail_room;
};

void edition_diff(struct arena *arena, const struct edition *old, const struct edition *new,
                  struct edition_change *ret);

/* As data: its shape is documented in docs/criteria-json.md. */
struct value *edition_change_value(struct arena *arena, const struct edition_change *change);

/* In a line: "training removed (looser); status added (tighter); motivation wording only;
   document mixed". What is equal is left out, save the document. */
struct str edition_change_line(struct arena *arena, const struct edition_change *change);

/*
 * Whether `overlay` is proved to be nowhere looser than `base`: the document and every requirement
 * equal, tighter, or changed in wording only. Its own owner, and what it says to tighten, are left
 * aside: it only ever applies beside its base, and the lesser result counts.
 */
bool edition_tightens(struct arena *arena, const struct edition *base,
                      const struct edition *overlay);

#endif
