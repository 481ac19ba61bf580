/*
 * import_lines.h - the lines of an export as they come: each is read, and held against those before
 * it. Knows nothing of a database; docs/export.md describes the lines.
 *
 * Until the last line has been taken nothing is certain: it holds the counts and the SHA-256 of all
 * lines before it.
 */
#ifndef ASSAY_INSTANCE_IMPORT_LINES_H
#define ASSAY_INSTANCE_IMPORT_LINES_H

#include "base/arena.h"
#include "base/result.h"
#include "hash/sha256.h"
#include "register/journal.h"
#include "store/store.h"

enum import_line {
    IMPORT_HEADER,
    IMPORT_TABLE, /* rows of it follow */
    IMPORT_ROW,
    IMPORT_FILE,
    IMPORT_END,
};

struct import_migration {
    struct str name;
    struct str sha256;
};

struct import_header {
    struct str program;
    struct str installation;
    struct journal_head journal;
    const struct import_migration *schema; /* in their order, from the first on */
    size_t schema_count;
    const struct str *tables; /* names, in their order */
    size_t table_count;
    int64_t file_count; /* that follow the tables */
    int64_t file_bytes; /* that they hold */
};

struct import_file {
    struct sha256_digest digest; /* of the content */
    struct str content;
};

struct import_column {
    struct str name;
    enum datum_kind kind;
};

struct import_table {
    struct str name;
    const struct import_column *columns;
    size_t column_count; /* STORE_PARAMS_MAX at most */
    int64_t next;        /* the next id; 0: it gives none */
    int64_t rows;        /* that have come */
};

struct import_lines {
    struct arena *arena; /* of header and tables */
    struct arena row_arena;
    struct sha256 hash;
    bool begun;
    bool ended;
    struct import_header header;
    struct import_table *tables; /* those that have come */
    size_t table_count;
    struct datum row[STORE_PARAMS_MAX]; /* until the next line */
    struct import_file file;            /* the same */
    int64_t file_count;                 /* that have come */
    int64_t file_bytes;
};

void import_lines_init(struct import_lines *lines, struct arena *arena);
void import_lines_release(struct import_lines *lines);

/* Takes the next line, without the newline that ends it. ERROR_INPUT, and *ret_what says what is
   wrong with it, in the arena. */
RESULT import_lines_take(struct import_lines *lines, struct str line, enum import_line *ret,
                         struct str *ret_what);

/* The table of which a row was taken. */
static inline struct import_table *import_lines_table(struct import_lines *lines)
{
    return &lines->tables[lines->table_count - 1];
}

#endif
