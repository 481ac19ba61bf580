/*
 * people.h - a file of people for a simulation, one JSON object a line, read as it streams by:
 * {"id": ..., "case": "..."}, the case being the lines of a dossier in case notation.
 */
#ifndef ASSAY_CLI_PEOPLE_H
#define ASSAY_CLI_PEOPLE_H

#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "cli/commands.h"
#include "criteria/dossier.h"

#define PEOPLE_LINE_MAX ((size_t)16 * 1024 * 1024) /* bytes of one person */

struct people {
    const struct invocation *invocation;
    const char *path;
    FILE *file;
    int64_t bytes;      /* of the file; 0: not known */
    int64_t bytes_read; /* so far */
    int64_t line;       /* number of the one at hand */
    int64_t faulty;     /* lines with faults, of which the first are shown */
    bool broken;        /* a read failed, and standard error says so */
    struct buf text;    /* of the line at hand */
};

/* EXIT_INPUT, with a complaint. people_close must follow a success. */
NODISCARD enum exit_code people_open(const struct invocation *invocation, const char *path,
                                     struct people *ret);
void people_close(struct people *people);

/*
 * The next person whose line has no faults; faulty lines are counted and passed over. The arena is
 * cleared first; the id and the dossier live in it. False at the end, and where reading failed.
 */
NODISCARD bool people_next(struct people *people, struct arena *arena, struct str *ret_id,
                           struct dossier *ret_dossier);

#endif
