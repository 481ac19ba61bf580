/*
 * applicant.h - the person that --log and --person tell of, as a dossier.
 */
#ifndef ASSAY_CLI_APPLICANT_H
#define ASSAY_CLI_APPLICANT_H

#include "cli/commands.h"
#include "criteria/dossier.h"
#include "scheme/scheme.h"

/*
 * Reads the person file and then the logbooks, in the words of the scheme's vocabulary, and takes
 * T from --known. Faults and warnings go to standard error, with their places. EXIT_USAGE where
 * neither was given, EXIT_INPUT where one of them has faults.
 */
NODISCARD enum exit_code applicant_load(const struct invocation *invocation,
                                        const struct scheme *scheme, struct dossier *ret);

#endif
