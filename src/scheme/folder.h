/*
 * folder.h - the files of a scheme read from a folder, and written into one.
 */
#ifndef ASSAY_SCHEME_FOLDER_H
#define ASSAY_SCHEME_FOLDER_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/result.h"
#include "base/str.h"
#include "scheme/file.h"

/* What the names of its files begin with: the folder without a slash at its end. */
struct str scheme_folder_name(const char *folder);

/*
 * Reads the folder's files into the arena. What cannot be read goes to the diags as a fault, and a
 * file of no kind in one of its subfolders as a warning; the others are read all the same.
 * ERROR_READ, with errno, when there is no readable scheme.conf.
 */
RESULT scheme_folder_read(struct arena *arena, const char *folder, struct diags *diags,
                          struct scheme_files *ret);

/*
 * Writes the files into the folder, which is made where it is missing, and deletes from it what is
 * of a kind of scheme_file_kinds and not among them; other files stay. ERROR_READ and ERROR_WRITE,
 * with errno; *ret_path is then the path that was being worked on. What was written stays.
 */
RESULT scheme_folder_write(struct arena *arena, const char *folder,
                           const struct scheme_files *files, struct str *ret_path);

#endif
