/*
 * samples.h - for each route of the program a request or more that stand for it.
 */
#ifndef ASSAY_TESTS_SAMPLES_H
#define ASSAY_TESTS_SAMPLES_H

#include <stdbool.h>
#include <stddef.h>

struct sample {
    const char *path;   /* with its query, if it has one */
    const char *method; /* NULL: GET */
    const char *type;   /* of the body; NULL: there is none */
    const char *body;
    const char *golden; /* the name of its golden view; NULL: made of the path */
    int status;         /* 0: 200 */
    bool derived;       /* made of the program's own tables: there is no golden view */
};

extern const struct sample samples[];
extern const size_t sample_count;

#endif
