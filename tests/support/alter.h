/*
 * alter.h - documents made from a document: smaller by one part, changed in one place, or in
 * another order.
 *
 * A document is a text that holds one; it is parsed, changed as a tree, and printed. What comes out
 * need not be valid: whoever alters looks whether it loads.
 */
#ifndef ASSAY_TESTS_ALTER_H
#define ASSAY_TESTS_ALTER_H

#include "base/arena.h"
#include "dice.h"

/* The canonical print of the document. */
struct str alter_not(struct arena *arena, struct str document);

/* Without the k-th part that can be left out (items, nodes, clauses, grants, values); STR_NONE when
   there are not so many. */
struct str alter_without(struct arena *arena, struct str document, size_t k);

/* With one or two small changes of its rule, under the edition number 2. */
struct str alter_changed(struct arena *arena, struct dice *dice, struct str document);

/* With requirements, and the children of combinations and blocks, in another order. */
struct str alter_shuffled(struct arena *arena, struct dice *dice, struct str document);

#endif
