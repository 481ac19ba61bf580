/*
 * attachment.h - papers beside an entry, for those who verify it.
 *
 * The bytes stand in the data folder, in attachments/ab/cdef… by the SHA-256 of what is in them, so
 * that the same paper is stored once and a name given by somebody is never a name of a file. A file
 * is written, whole and synced, before the operation that adds its row; where that fails the file
 * is an orphan, which can be found and deleted. A row's file is never missing unless somebody took
 * it.
 */
#ifndef ASSAY_REGISTER_ATTACHMENT_H
#define ASSAY_REGISTER_ATTACHMENT_H

#include "hash/sha256.h"
#include "register/evidence.h"

extern const struct error ATTACHMENT_UNKNOWN, /* 404 */
    ATTACHMENT_TYPE,                          /* 415: no PDF, JPEG or PNG by what is in it */
    ATTACHMENT_SIZE,                          /* 413: empty, or more than 10 MB */
    ATTACHMENT_NAME,                          /* 422 */
    ATTACHMENT_MANY,                          /* 409: an entry has at most 10 */
    ATTACHMENT_LOST; /* 500: its file is missing, or does not hold what it should */

#define ATTACHMENT_MAX ((size_t)10 * 1000 * 1000) /* bytes */
#define ATTACHMENTS_MAX 10                        /* of an entry */
#define ATTACHMENT_FOLDER "attachments"           /* in the data folder */

enum attachment_type { ATTACHMENT_PDF, ATTACHMENT_JPEG, ATTACHMENT_PNG, ATTACHMENT_TYPES };

/* "application/pdf": what a download says, beside `attachment` and `nosniff`. */
const char *attachment_media(enum attachment_type type);

/* By what is in it: its first bytes, and of PDF and PNG its end too. */
NODISCARD bool attachment_type_of(struct str bytes, enum attachment_type *ret);

/* "ab/cdef…" within the folder. */
struct str attachment_path(struct arena *arena, const struct sha256_digest *digest);

struct attachment_file {
    struct sha256_digest digest;
    enum attachment_type type;
    int64_t size;
};

/* Writes the file, if it is not there; on a worker, before the operation. `folder` is the data
   folder's attachments, which is made where it is missing. ATTACHMENT_TYPE and _SIZE; ERROR_WRITE,
   with errno. */
RESULT attachment_store(struct arena *arena, const char *folder, struct str bytes,
                        struct attachment_file *ret);

/* Its bytes, which have the hash. ATTACHMENT_LOST. */
RESULT attachment_fetch(struct arena *arena, const char *folder, const struct sha256_digest *digest,
                        struct str *ret);

struct attachment_id {
    int64_t n;
};

struct attachment {
    struct attachment_id id;
    struct evidence_id evidence;
    struct person_id person; /* of the entry */
    struct attachment_file file;
    struct str name; /* as it was brought, for people to read */
    int64_t added;   /* position */
};

struct attachment_list {
    const struct attachment *at;
    size_t count;
};

/* Adds the row of a file that attachment_store has written. */
RESULT attachment_add(struct store *store, struct arena *arena, const struct act *act,
                      struct evidence_id evidence, const struct attachment_file *file,
                      struct str name, struct attachment_id *ret);
/* It is shown no more. Its file stays for as long as the row does. */
RESULT attachment_remove(struct store *store, struct arena *arena, const struct act *act,
                         struct attachment_id id);

RESULT attachment_load(struct store *store, struct arena *arena, struct attachment_id id,
                       struct attachment *ret);
RESULT attachments_of(struct store *store, struct arena *arena, struct evidence_id evidence,
                      struct attachment_list *ret);

struct attachment_files {
    const struct attachment_file *at;
    size_t count;
};

/* All files that rows name, those of removed rows too, each once, by their digests. */
RESULT attachment_files(struct store *store, struct arena *arena, struct attachment_files *ret);

/* Whether a file of that name and size is there; what it holds is not read. */
bool attachment_is_there(struct arena *arena, const char *folder,
                         const struct attachment_file *file);

/*
 * Files that no row names, removed rows included, and rows whose file is not there or has another
 * size: what a crash or somebody's hand leaves behind. Paths within the folder, sorted. A file that
 * is younger than the instant may belong to an operation that is still to come, and is left out.
 */
RESULT attachment_orphans(struct store *store, struct arena *arena, const char *folder,
                          int64_t younger_than, struct str_list *ret_orphans,
                          struct str_list *ret_missing);

#endif
