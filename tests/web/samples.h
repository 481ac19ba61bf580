/*
 * samples.h - for each route of the program a request or more that stand for it.
 */
#ifndef ASSAY_TESTS_SAMPLES_H
#define ASSAY_TESTS_SAMPLES_H

#include <stdbool.h>
#include <stddef.h>

#include "house.h"

struct sample {
    const char *path;   /* with its query, if it has one */
    const char *method; /* NULL: GET, or POST for a form */
    const char *type;   /* of the body; NULL: there is none */
    const char *body;
    enum dweller as;    /* who asks; 0: a visitor */
    const char *form;   /* instead of a type and a body: a form of the site, posted; "" for one that
                           has no fields. A browser is sent on (303) where it was done */
    bool changes;       /* something that other samples stand on */
    const char *golden; /* the name of its golden view; NULL: made of the path */
    int status;         /* 0: 200 */
    bool derived;       /* made of the program's own tables: there is no golden view */
};

extern const struct sample samples[];
extern const size_t sample_count;

#endif
