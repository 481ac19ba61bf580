/*
 * view.h - one result in front of a person: what the parts that print it share.
 */
#ifndef ASSAY_CLI_VIEW_H
#define ASSAY_CLI_VIEW_H

#include "cli/output.h"
#include "register/standpoint.h"

struct view {
    struct standpoint from; /* its arena is that of the texts */
    struct output *out;
};

#endif
