/*
 * paths.h - the files that a command line names, one by one or by their folders.
 */
#ifndef ASSAY_CLI_PATHS_H
#define ASSAY_CLI_PATHS_H

#include "base/diag.h"
#include "cli/commands.h"

#define FOLDER_DEPTH_MAX 16 /* of folders in a folder that was named; links may make rings */

struct path_list {
    const char **at;
    size_t count;
    size_t room;
};

bool path_is_folder(const char *path);
bool path_exists(const char *path);

/*
 * The paths as given, and for a folder the files in it and below it that end in one of the
 * suffixes (".criteria", NULL at the end), sorted. EXIT_INPUT, with a complaint, where a folder
 * cannot be read or holds no such file.
 */
NODISCARD enum exit_code paths_expand(const struct invocation *invocation, const char *const *paths,
                                      size_t count, const char *const *suffixes,
                                      struct path_list *ret);

/* Reads a file of standards or cases, or standard input for "-", as a source under its name.
   EXIT_INPUT, with a complaint. */
NODISCARD enum exit_code path_read(const struct invocation *invocation, const char *path,
                                   size_t max, struct source *ret);

/* "cannot read 'PATH': " and why, after file_read with that max or folder_list (0); gives the exit
   code. */
enum exit_code complain_read(const struct invocation *invocation, const char *path, size_t max,
                             struct result result);

#endif
