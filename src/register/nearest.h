/*
 * nearest.h - the nearest path to a certification, in words for the person who walks it.
 */
#ifndef ASSAY_REGISTER_NEAREST_H
#define ASSAY_REGISTER_NEAREST_H

#include "criteria/advise.h"
#include "register/standpoint.h"

/* What only somebody else can settle. */
struct waiting {
    const struct requirement *requirement;
    struct str body; /* that has to look; STR_NONE: facts are missing */
};

struct nearest {
    size_t claims;       /* that would better a requirement once they are verified */
    bool claims_suffice; /* with them nothing else is missing */
    struct waiting *waiting;
    size_t waiting_count;
    struct advice_list advice; /* from verified evidence alone */
};

/* False where there is no path to speak of: somebody is eligible, or the document is closed. */
bool nearest_find(const struct standpoint *from, struct nearest *ret);

/* "have the 5 claims verified; nothing else is missing" */
struct str nearest_claims(const struct standpoint *from, const struct nearest *nearest);
/* "for "Experience", state the facts that are missing" */
struct str nearest_waiting(const struct standpoint *from, const struct waiting *waiting);
/* One item of advice: "5 more mediations as mediator". */
struct str nearest_item(const struct standpoint *from, const struct advice *advice);

#endif
