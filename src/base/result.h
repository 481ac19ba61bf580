/*
 * result.h - how a function says that it could not do what it was asked.
 *
 * A result is either OK or points at a row of a room's error table, which gives the name that
 * programs rely on, the HTTP status, the exit code of the command line and the sentence for
 * people. Every function that returns one is declared RESULT, so that it cannot be ignored.
 * What is wrong with input is not told by results but gathered in diags (diag.h), so that a
 * person sees all faults at once; the result then only says that there were some.
 */
#ifndef ASSAY_BASE_RESULT_H
#define ASSAY_BASE_RESULT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

/* The exit codes of every command, documented in assay(1). */
enum exit_code {
    EXIT_OK = 0,     /* done, and the answer is yes where the command asks something */
    EXIT_NO = 1,     /* done, and the answer is no: a failing case, a text that has faults */
    EXIT_USAGE = 2,  /* the command line itself is wrong */
    EXIT_INPUT = 3,  /* a file that was given cannot be read or understood */
    EXIT_SYSTEM = 4, /* the machine refused: memory, disk, permissions */
};

struct error {
    const char *name; /* stable, lower case with hyphens */
    int http_status;
    enum exit_code exit_code;
    const char *message; /* one sentence, with no full stop */
};

struct result {
    const struct error *error; /* NULL: OK */
};

#define RESULT NODISCARD struct result
#define OK ((struct result){ NULL })

static inline struct result fail(const struct error *error)
{
    return (struct result){ error };
}

static inline bool failed(struct result result)
{
    return result.error != NULL;
}

/* Leaves the function with the same result unless it is OK. */
#define TRY(expression)                                                                            \
    do {                                                                                           \
        struct result try_result = (expression);                                                   \
        if (failed(try_result))                                                                    \
            return try_result;                                                                     \
    } while (0)

extern const struct error ERROR_INPUT; /* there are faults in the input; the diags name them */
extern const struct error ERROR_READ;  /* a file cannot be opened or read */
extern const struct error ERROR_WRITE; /* a file cannot be written */
extern const struct error ERROR_LIMIT; /* larger than this program accepts */

#endif
