/*
 * The lines of an export, fed with any bytes: each line is taken or refused with a reason, what is
 * taken fits what came before, and after the last line nothing is taken any more. The SHA-256 of
 * the last line is put right first, in half of the runs, so that what stands behind that check is
 * met too.
 */
#include "instance/import_lines.h"

#include <string.h>

#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_row(const struct import_lines *lines, const struct import_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const struct datum *datum = &lines->row[i];
        BUG_IF(datum->kind != DATUM_NULL && datum->kind != table->columns[i].kind);
        BUG_IF(datum->kind == DATUM_TEXT && (!datum->bytes.p || !str_is_utf8(datum->bytes, NULL)));
        BUG_IF(datum->kind == DATUM_BYTES && !datum->bytes.p);
    }
}

static void check_taken(struct import_lines *lines, enum import_line kind)
{
    BUG_IF(!lines->begun || lines->table_count > lines->header.table_count);
    if (kind == IMPORT_TABLE || kind == IMPORT_ROW) {
        const struct import_table *table = import_lines_table(lines);
        BUG_IF(table->column_count == 0 || table->column_count > STORE_PARAMS_MAX);
        BUG_IF(!str_eq(table->name, lines->header.tables[lines->table_count - 1]));
        if (kind == IMPORT_ROW)
            check_row(lines, table);
    }
    if (kind == IMPORT_FILE) {
        struct sha256_digest digest = sha256(lines->file.content);
        BUG_IF(memcmp(digest.bytes, lines->file.digest.bytes, SHA256_SIZE) != 0);
        BUG_IF(lines->table_count != lines->header.table_count);
    }
    BUG_IF(lines->file_count > lines->header.file_count);
    BUG_IF((kind == IMPORT_END) != lines->ended);
    BUG_IF(lines->ended && lines->file_count != lines->header.file_count);
    BUG_IF(lines->ended && lines->table_count != lines->header.table_count);
}

/* The line with the hash of what came before, where it ends as a last line does. */
static struct str sealed(struct arena *arena, struct str before, struct str line)
{
    const size_t tail = sizeof("\"sha256\":\"\"}") - 1 + 64;
    char hex[SHA256_HEX_SIZE];

    if (line.n < tail || !str_starts(str_drop(line, line.n - tail), STR("\"sha256\":\"")))
        return line;
    sha256_hex(sha256(before), hex);
    return str_format(arena, "%.*s\"sha256\":\"%s\"}", STR_ARG(str_take(line, line.n - tail)), hex);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str all = { (const char *)data, size };
    bool seal = size > 0 && data[size - 1] % 2 == 0;
    struct import_lines lines;
    struct str rest = all;
    struct str line;
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    import_lines_init(&lines, &arena);
    while (rest.p) {
        struct str before = { all.p, size - rest.n };
        struct str what = STR_NONE;
        enum import_line kind;
        bool ended = lines.ended;

        rest = str_split(rest, '\n', &line);
        if (seal)
            line = sealed(&arena, before, line);
        if (failed(import_lines_take(&lines, line, &kind, &what))) {
            BUG_IF(what.n == 0 || !str_is_utf8(what, NULL));
            break;
        }
        BUG_IF(ended);
        check_taken(&lines, kind);
    }
    import_lines_release(&lines);
    arena_release(&arena);
    return 0;
}
