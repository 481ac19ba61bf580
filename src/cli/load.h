/*
 * load.h - standards for a command: the scheme it was given, files by name, NAME@EDITION.
 *
 * Faults of what is loaded go to standard error. A command gets what it asked for whole, or the
 * exit code to leave with: nothing is answered from texts that have errors.
 */
#ifndef ASSAY_CLI_LOAD_H
#define ASSAY_CLI_LOAD_H

#include "cli/commands.h"
#include "criteria/library.h"
#include "scheme/difference.h"
#include "scheme/scheme.h"

/* The folder that --scheme names, or ASSAY_SCHEME, or NULL. */
const char *scheme_folder(const struct invocation *invocation);

/* Whether it is that of an installation: --data is given, and --scheme is not. */
bool scheme_is_of_database(const struct invocation *invocation);
/* What to call it: its folder, or that of the installation; NULL where none is named. */
const char *scheme_place(const struct invocation *invocation);

/* Loads the scheme. EXIT_USAGE where none is named. Warnings are for lint: only errors show. */
NODISCARD enum exit_code load_scheme(const struct invocation *invocation,
                                     const struct scheme **ret);

/* The same from that folder. */
NODISCARD enum exit_code load_scheme_from(const struct invocation *invocation, const char *folder,
                                          const struct scheme **ret);

/* What the installation of --data has in its database. */
NODISCARD enum exit_code load_side_of_database(const struct invocation *invocation,
                                               struct scheme_side *ret);

/* The same as load_scheme_from, with the files in canonical form. */
NODISCARD enum exit_code load_side(const struct invocation *invocation, const char *folder,
                                   struct scheme_side *ret);

/* Says why scheme_load did not load one (errno is still its own); gives the exit code. */
enum exit_code complain_scheme(const struct invocation *invocation, const char *folder,
                               struct result result);

/*
 * One edition: NAME@EDITION or NAME (its newest) of the scheme, or a file that holds one document.
 * *scheme is loaded where it is needed and not there yet.
 */
NODISCARD enum exit_code load_edition(const struct invocation *invocation, const char *operand,
                                      const struct scheme **scheme, const struct edition **ret);

/* NAME@EDITION, or the newest of NAME. EXIT_INPUT, with a complaint; library may be NULL where the
   operand is neither. */
NODISCARD enum exit_code find_edition(const struct invocation *invocation,
                                      const struct library *library, const char *operand,
                                      const struct edition **ret);

/* The documents of a file, `most` of them at most and at least one, in the order in which they
   stand in it. The vocabularies and credentials of the scheme (if one is named) are known to it. */
NODISCARD enum exit_code load_file_editions(const struct invocation *invocation, const char *path,
                                            size_t most, const struct edition **ret,
                                            size_t *ret_count);

/* NAME or NAME@EDITION. False where it is neither. Without an edition, its parts are 0. */
NODISCARD bool edition_operand(const char *operand, struct str *ret_name,
                               struct edition_number *ret_number);

/* "no document 'X' in the scheme; did you mean 'Y'?"; gives the exit code. */
enum exit_code complain_no_document(const struct invocation *invocation,
                                    const struct library *library, struct str name,
                                    struct edition_number number);

/* The value of an option that is a date. EXIT_USAGE; `missing` where the option was not given. */
NODISCARD enum exit_code option_date(const struct invocation *invocation, const char *name,
                                     day missing, day *ret);
/* The same for an operand. */
NODISCARD enum exit_code operand_date(const struct invocation *invocation, const char *text,
                                      day *ret);

#endif
