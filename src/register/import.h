/*
 * import.h - many entries at once, from a file.
 *
 * First a preview, which changes nothing: what would be added, what looks like something that is
 * recorded already or stands twice in the file, and what is wrong in which row. Then the rows that
 * somebody chose, in pieces that are each an operation of the writer; a row is written once, so a
 * piece can be sent again after a crash. An import can be undone as a whole until the first act on
 * what it brought.
 */
#ifndef ASSAY_REGISTER_IMPORT_H
#define ASSAY_REGISTER_IMPORT_H

#include "hash/sha256.h"
#include "register/evidence.h"
#include "register/likeness.h"
#include "register/logbook.h"

extern const struct error IMPORT_UNKNOWN, /* 404 */
    IMPORT_NAME,                          /* 422: no name, or more than 200 bytes */
    IMPORT_ROWS,  /* 422: no rows, too many, or rows that the import does not have */
    IMPORT_STATE, /* 409: it is finished, or was undone */
    IMPORT_ACTED; /* 409: something it brought was verified, rejected or corrected since */

/* ---- preview ---- */

struct import_row {
    uint32_t number; /* of the file */
    struct evidence says;
    bool faulty;             /* it cannot be added: the faults say why */
    bool left_out;           /* its standing says that it does not count: it is not added */
    enum likeness likeness;  /* to what stands in `like` or `like_row` */
    struct evidence_id like; /* an entry; 0: none */
    uint32_t like_row;       /* an earlier row of the file; 0: none */
};

struct import_preview {
    const struct import_row *rows;
    size_t count;
    size_t good; /* can be added */
    size_t faulty;
    size_t left_out;
    size_t duplicates; /* of the good, those that look like something else */
    size_t confirmed;  /* of the good, those whose file says verified: they become claims */
    struct sha256_digest digest; /* of the file */
};

/* Whose word the standings in the file are. */
enum import_basis {
    IMPORT_OWN,      /* the person's: every row becomes a claim */
    IMPORT_REGISTER, /* the body's earlier register: rows keep their standing */
};

/*
 * Reads a file and compares it with what the person has. Each row that cannot be added has errors
 * among the faults; `existing` are the person's entries (evidence_of). ERROR_INPUT where the file
 * as a whole cannot be used.
 */
RESULT import_preview(struct arena *arena, struct str bytes, const struct vocabulary *vocabulary,
                      const struct logbook_limits *limits, day today, enum import_basis basis,
                      const struct dossier *registers, struct evidence_rows existing,
                      struct faults *faults, struct import_preview *ret);

/* ---- importing ---- */

struct import_id {
    int64_t n;
};

enum import_state { IMPORT_OPEN, IMPORT_DONE, IMPORT_UNDOING, IMPORT_UNDONE, IMPORT_STATES };

const char *import_state_word(enum import_state state);

struct import {
    struct import_id id;
    struct person_id person;
    struct str name; /* of the file */
    struct sha256_digest digest;
    enum import_basis basis;
    int64_t rows;  /* chosen */
    int64_t added; /* entries */
    enum import_state state;
    int64_t begun, ended, undone; /* positions; 0: not yet */
};

struct import_wish {
    struct person_id person;
    struct str name;
    struct sha256_digest digest;
    enum import_basis basis;
    size_t rows; /* that will come */
};

#define IMPORT_PIECE 50       /* rows of a piece, at most */
#define IMPORT_UNDO_PIECE 250 /* entries that one operation undoes */

RESULT import_begin(struct store *store, struct arena *arena, const struct act *act,
                    const struct import_wish *wish, struct import_id *ret);

/* What became of the rows of a piece. */
struct import_piece {
    size_t added;
    size_t known;   /* written by an earlier piece */
    size_t refused; /* the first is `refused_row`, because of `refused_why` */
    uint32_t refused_row;
    const struct error *refused_why;
};

/*
 * Adds rows, by their numbers in the file. Each is checked as by evidence_add; what is refused is
 * told, and the others are added all the same: the record may have changed since the preview.
 */
RESULT import_rows(struct store *store, struct arena *arena, const struct act *act,
                   const struct vocabulary *vocabulary, struct import_id id,
                   const struct import_row *const *rows, size_t count, struct import_piece *ret);

RESULT import_end(struct store *store, struct arena *arena, const struct act *act,
                  struct import_id id);

/* Withdraws the entries of an import, a piece at a time: to be called until *ret_left is 0. */
RESULT import_undo(struct store *store, struct arena *arena, const struct act *act,
                   struct import_id id, int64_t *ret_left);

RESULT import_load(struct store *store, struct arena *arena, struct import_id id,
                   struct import *ret);

struct import_list {
    const struct import *at;
    size_t count;
};

/* Of a person, the latest first, `max` at most. */
RESULT imports_of(struct store *store, struct arena *arena, struct person_id person, size_t max,
                  struct import_list *ret);

#endif
