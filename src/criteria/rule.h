/*
 * rule.h - the rule of an edition as JSON, the export for programs and what its hash is made of.
 *
 * Terms are expanded and values sorted; the JSON holds the vocabulary's edition, the ids, the
 * cycle and the questions in the authoritative language, and nothing that only people read: no
 * title, audience, route, group, wording, label, note, comment or example. Nor does it hold the
 * document's own name and edition, so that an edition that changes words alone keeps its rule
 * hash. Its shape is documented in docs/criteria-json.md.
 */
#ifndef ASSAY_CRITERIA_RULE_H
#define ASSAY_CRITERIA_RULE_H

#include "base/arena.h"
#include "base/value.h"
#include "criteria/edition.h"

struct value *rule_of_edition(struct arena *arena, const struct edition *edition);
struct value *rule_of_requirement(struct arena *arena, const struct requirement *requirement);
struct value *rule_of_node(struct arena *arena, const struct edition_node *node);
struct value *rule_of_selection(struct arena *arena, const struct selection *selection);

/*
 * Text hash (of the canonical print) and rule hash (of the canonical JSON), both SHA-256 in
 * hexadecimal, of a document or of one requirement of it. What a requirement asks depends on the
 * document's vocabulary too, and on its cycle where the requirement speaks of one: its rule hash
 * is made of these and its rule.
 */
struct hashes {
    struct str text;
    struct str rule;
};
struct hashes edition_hashes(struct arena *arena, const struct edition *edition);
struct hashes requirement_hashes(struct arena *arena, const struct edition *edition,
                                 const struct requirement *requirement);

/* The canonical print of the requirement alone, comments and all. */
struct str requirement_text(struct arena *arena, const struct requirement *requirement);

/* Whether the document's cycle bears on the value. The node may be NULL: it then does not. */
bool node_in_cycle(const struct edition_node *node);
bool requirement_in_cycle(const struct requirement *requirement);

/*
 * What makes a node what it is, save its need: two aggregates with the same signature ask for the
 * same records in the same way, whatever order their filters and values are written in. The
 * slice that an aggregate stands in is no part of it.
 */
struct str node_signature(struct arena *arena, const struct edition_node *node);

#endif
