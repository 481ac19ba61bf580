/*
 * uses.h - which records are counted, and why the others are not, gathered by reasons.
 */
#ifndef ASSAY_REGISTER_USES_H
#define ASSAY_REGISTER_USES_H

#include "criteria/explain.h"
#include "register/standpoint.h"

#define ALL_RECORDS ((size_t)-1)

/* Records that share what became of them. */
struct use_group {
    enum unused_reason reason[READINGS];
    struct str field[READINGS]; /* of the reasons */
    size_t count;
    day first;                       /* the earliest start */
    day last;                        /* the latest end */
    const struct evidence **records; /* the first of them, in the dossier's order */
    size_t listed, room;
};

/* In the order of their first records. */
struct use_groups {
    struct arena *arena;
    size_t most; /* records that a group lists */
    struct use_group *at;
    size_t count, room;
};

/* Of one node that reads records, in both readings; with `also`, of those that its `also` speaks
   of. The parent is the node's own, NULL at the top. */
void uses_of_node(const struct standpoint *from, const struct edition_node *node,
                  const struct edition_node *parent, const struct frame *frame, bool also,
                  size_t most, struct use_groups *ret);

/*
 * Of the requirement of that number, by its rule or by the exemption that it is met by, in the
 * reading DECIDE, which stands in both members of a group. A record that several aggregates ask for
 * has the reason of the one that is nearest to using it.
 */
void uses_of_requirement(const struct standpoint *from, size_t number, size_t most,
                         struct use_groups *ret);

/* How many claimed records count, in the reading PREVIEW, for requirements that claims would
   better. */
size_t uses_of_claims(const struct standpoint *from);

/* A reason as what is said of so many records: "await verification", "differs in role". */
struct str use_reason_text(struct arena *arena, enum unused_reason reason, struct str field,
                           size_t count);

#endif
