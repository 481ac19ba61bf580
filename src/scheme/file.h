/*
 * file.h - the files that a scheme is made of, under their paths in its folder: "scheme.conf",
 * "criteria/young-mediator.criteria". They come from a folder (folder.h) or from a database, and a
 * scheme is made from them (scheme.h) the same way.
 */
#ifndef ASSAY_SCHEME_FILE_H
#define ASSAY_SCHEME_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/result.h"
#include "base/str.h"

#define SCHEME_CONF_MAX ((size_t)256 * 1024)       /* bytes of scheme.conf */
#define SCHEME_TEXT_MAX ((size_t)256 * 1024)       /* bytes of a file in texts/, and of notes */
#define SCHEME_CASES_MAX ((size_t)4 * 1024 * 1024) /* bytes of a file in cases/ */
#define SCHEME_FILES_MAX 4096                      /* files of a scheme */

struct scheme_file {
    struct str path;
    struct str bytes;
};

/* Each path stands once. */
struct scheme_files {
    struct scheme_file *at;
    size_t count, room;
};

/* What becomes of a file. */
enum scheme_file_use {
    FILE_CONF,
    FILE_CRITERIA, /* documents and vocabularies */
    FILE_CASES,
    FILE_TEXT,
    FILE_NOTE, /* for those who edit the folder: it belongs to the scheme, and is not read */
};

struct scheme_file_kind {
    const char *folder; /* "": the root */
    const char *ending; /* of the names, or of scheme.conf the whole name */
    size_t max;         /* bytes of a file */
    bool needed;        /* the folder must be there */
    enum scheme_file_use use;
};

/* In the order in which they are read. */
extern const struct scheme_file_kind scheme_file_kinds[];
extern const size_t scheme_file_kind_count;

/* The kind that a path is of. NULL where it is of none: another folder or ending, a hidden name, or
   one with control characters or more than 200 bytes. */
const struct scheme_file_kind *scheme_file_kind(struct str path);

/* The bytes of the file of that path, or NULL. */
const struct scheme_file *scheme_file_find(const struct scheme_files *files, struct str path);

void scheme_files_sort(struct scheme_files *files); /* by path, as bytes */

/*
 * The same files in canonical form, sorted: standards and vocabularies as they are printed, all
 * others as they are. They must be without fault. ERROR_INPUT, with a fault, where one becomes too
 * large by it. Parts of `files` are shared.
 */
RESULT scheme_files_canonical(struct arena *arena, const struct scheme_files *files,
                              struct diags *diags, struct scheme_files *ret);

#endif
