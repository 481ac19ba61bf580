/*
 * texts.h - files of standards and of cases, read together into one library.
 *
 * Where a scheme is named as well, its own standards stand behind the files, so that a draft is
 * held against the vocabulary and the credentials it will live with. What the scheme and one of
 * the files both hold is taken from the file, which is the newer one.
 */
#ifndef ASSAY_CLI_TEXTS_H
#define ASSAY_CLI_TEXTS_H

#include "cli/commands.h"
#include "cli/paths.h"
#include "criteria/cases.h"
#include "criteria/library.h"

struct texts {
    struct library *library;       /* finished */
    const struct source **sources; /* with documents; those of the scheme are not among them */
    size_t source_count, source_room;
    struct case_list cases; /* of *.cases and of Markdown, in the order of the files */
    struct diags diags;     /* what is wrong with the files */
    size_t scheme_errors;   /* errors in the scheme that stands behind them */
};

/*
 * Reads *.cases, *.md, and all else as criteria and vocabularies. EXIT_INPUT, with a complaint,
 * where a file cannot be read; faults are left in the diags.
 */
NODISCARD enum exit_code texts_load(const struct invocation *invocation,
                                    const struct path_list *paths, struct texts *ret);

/* Shows the errors, if there are any, and gives EXIT_INPUT; warnings are for lint. */
NODISCARD enum exit_code texts_complain(const struct invocation *invocation,
                                        const struct texts *texts);

/* The documents of the file of that index among the sources, in its order. EXIT_INPUT where it
   holds none, or more than `most`, which is 1 or 2. */
NODISCARD enum exit_code texts_editions(const struct invocation *invocation,
                                        const struct texts *texts, size_t source, size_t most,
                                        const struct edition **ret, size_t *ret_count);

/* Whether a document was read from one of the files. */
bool texts_hold(const struct texts *texts, const struct document *document);

#endif
