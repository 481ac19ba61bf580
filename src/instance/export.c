#include "instance/export.h"

#include <errno.h>
#include <string.h>

#include "base/version.h"
#include "hash/encode.h"
#include "register/attachment.h"
#include "store/installation.h"
#include "store/migrate.h"
#include "store/tables.h"

#define PAGE_FIRST 64 /* rows of a page; later ones by what those before held */
#define PAGE_MOST 500
#define PAGE_BYTES ((size_t)1 << 20) /* that a page should hold, about */
#define OUT_BYTES ((size_t)1 << 16)  /* that are gathered before they are written */

const struct error EXPORT_UNFIT = { "not-exported", 500, EXIT_SYSTEM,
                                    "the database holds what cannot be exported" };

struct exporting {
    struct store *store;
    struct arena *arena;
    struct arena page; /* of one page and its last key, or of one file */
    const char *attachments;
    struct attachment_file *files; /* those that are there */
    size_t file_count;
    int64_t lost;
    FILE *out;
    struct buf text;
    struct sha256 hash; /* of all that was written */
    int64_t bytes;
    struct tables tables;
    int64_t *counts; /* by table */
    int64_t rows;
    int64_t all;
    struct told told;
    struct str message;
};

/* ---- writing ---- */

static struct result flush(struct exporting *exporting)
{
    struct buf *text = &exporting->text;

    sha256_add(&exporting->hash, buf_str(text));
    exporting->bytes += (int64_t)text->n;
    errno = 0;
    if (text->overflow || fwrite(text->p, 1, text->n, exporting->out) != text->n) {
        exporting->message =
            text->overflow
                ? STR("a row is larger than an export can hold")
                : str_format(exporting->arena, "cannot write the export: %s", strerror(errno));
        return fail(text->overflow ? &EXPORT_UNFIT : &ERROR_WRITE);
    }
    buf_clear(text);
    return OK;
}

static void add_value(struct exporting *exporting, const struct value *value)
{
    value_write_json(value, JSON_COMPACT, &exporting->text);
    buf_byte(&exporting->text, '\n');
}

/* ---- files ---- */

/* Those that the database names and that are there. A database of before there were any has no
   table of them. */
static struct result find_files(struct exporting *exporting)
{
    struct attachment_files named;

    if (!exporting->attachments || !table_find(exporting->tables, STR("attachment")))
        return OK;
    TRY(attachment_files(exporting->store, exporting->arena, &named));
    exporting->files = ARENA_ARRAY(exporting->arena, named.count, struct attachment_file);
    for (size_t i = 0; i < named.count; i++) {
        if (attachment_is_there(&exporting->page, exporting->attachments, &named.at[i]))
            exporting->files[exporting->file_count++] = named.at[i];
        else
            exporting->lost++;
        arena_clear(&exporting->page);
    }
    return OK;
}

static struct value *files_value(struct exporting *exporting)
{
    struct arena *arena = exporting->arena;
    struct value *list = value_array(arena);
    struct value *files = value_object(arena);
    int64_t bytes = 0;

    if (exporting->file_count == 0)
        return list;
    for (size_t i = 0; i < exporting->file_count; i++)
        bytes += exporting->files[i].size;
    value_set_text(arena, files, "folder", STR(ATTACHMENT_FOLDER));
    value_set_int(arena, files, "count", (int64_t)exporting->file_count);
    value_set_int(arena, files, "bytes", bytes);
    value_push(arena, list, files);
    return list;
}

static struct result add_file(struct exporting *exporting, const struct attachment_file *file)
{
    struct buf *text = &exporting->text;
    char hex[SHA256_HEX_SIZE];
    struct str bytes;

    sha256_hex(file->digest, hex);
    if (failed(attachment_fetch(&exporting->page, exporting->attachments, &file->digest, &bytes))) {
        exporting->message = str_format(
            exporting->arena,
            "the file '%s/%.*s' cannot be read, or does not hold what it should: put it back from "
            "a backup, or move it away to export without it",
            exporting->attachments, STR_ARG(attachment_path(exporting->arena, &file->digest)));
        return fail(&EXPORT_UNFIT);
    }
    buf_format(text, "{\"file\":\"%s\",\"content\":\"", hex);
    encode(BASE64, bytes, text);
    buf_add(text, STR("\"}\n"));
    arena_clear(&exporting->page);
    return flush(exporting);
}

static struct result add_files(struct exporting *exporting)
{
    for (size_t i = 0; i < exporting->file_count; i++) {
        TRY(add_file(exporting, &exporting->files[i]));
        tell(exporting->told, "files", (int64_t)i + 1, (int64_t)i + 1,
             (int64_t)exporting->file_count);
    }
    return OK;
}

/* ---- the first line ---- */

static struct value *schema_value(struct exporting *exporting, struct query *query)
{
    struct arena *arena = exporting->arena;
    struct value *schema = value_array(arena);

    while (query_next(query)) {
        struct value *migration = value_object(arena);
        value_set_int(arena, migration, "number", query_int(query, 0));
        value_set_text(arena, migration, "name", str_copy(arena, query_text(query, 1)));
        value_set_text(arena, migration, "sha256", str_copy(arena, query_text(query, 2)));
        value_push(arena, schema, migration);
    }
    return schema;
}

static struct result read_schema(struct exporting *exporting, struct value **ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct value *schema;

    TRY(query_begin(exporting->store, "SELECT number, name, sha256 FROM migration ORDER BY number",
                    NO_PARAMS, &query));
    schema = schema_value(exporting, &query);
    TRY(query_end(&query));
    *ret = schema;
    return OK;
}

static struct value *table_names(struct exporting *exporting)
{
    struct value *names = value_array(exporting->arena);

    for (size_t i = 0; i < exporting->tables.count; i++)
        value_push(exporting->arena, names,
                   value_text(exporting->arena, exporting->tables.at[i].name));
    return names;
}

static struct result add_header(struct exporting *exporting, struct export_done *done)
{
    struct arena *arena = exporting->arena;
    struct value *header = value_object(arena);
    struct value *journal = value_object(arena);
    struct value *schema;
    char id[INSTALLATION_ID_SIZE];
    char hex[SHA256_HEX_SIZE];

    TRY(read_schema(exporting, &schema));
    TRY(installation_id(exporting->store, id));
    if (!id[0]) {
        exporting->message =
            STR("the database is of no installation yet; make one with assay init");
        return fail(&EXPORT_UNFIT);
    }
    TRY(journal_end(exporting->store, &done->head));
    done->installation = str_copy(arena, str_from_c(id));
    value_set_text(arena, header, "format", STR(EXPORT_FORMAT));
    value_set_int(arena, header, "version", EXPORT_VERSION);
    value_set_text(arena, header, "program", STR(ASSAY_VERSION));
    value_set_text(arena, header, "installation", done->installation);
    value_set_int(arena, journal, "position", done->head.position);
    value_set_text(arena, journal, "head",
                   str_copy(arena, str_from_c(sha256_hex(done->head.chain, hex))));
    value_set(arena, header, "journal", journal);
    value_set(arena, header, "schema", schema);
    value_set(arena, header, "tables", table_names(exporting));
    value_set(arena, header, "files", files_value(exporting));
    add_value(exporting, header);
    return OK;
}

/* ---- tables ---- */

static const char *kind_word(enum datum_kind kind)
{
    return kind == DATUM_INT ? "integer" : kind == DATUM_TEXT ? "text" : "bytes";
}

static void add_table(struct exporting *exporting, const struct table *table)
{
    struct arena *arena = exporting->arena;
    struct value *line = value_object(arena);
    struct value *columns = value_array(arena);

    for (size_t i = 0; i < table->column_count; i++) {
        struct value *column = value_object(arena);
        value_set_text(arena, column, "name", table->columns[i].name);
        value_set_text(arena, column, "type", str_from_c(kind_word(table->columns[i].kind)));
        value_push(arena, columns, column);
    }
    value_set_text(arena, line, "table", table->name);
    value_set(arena, line, "columns", columns);
    if (table->id.p)
        value_set_int(arena, line, "next", table->next);
    add_value(exporting, line);
}

static struct datum datum_of(const struct query *query, size_t column)
{
    switch (query_kind(query, column)) {
    case DATUM_INT:
        return datum_int(query_int(query, column));
    case DATUM_TEXT:
        return datum_text(query_text(query, column));
    case DATUM_BYTES:
        return datum_bytes(query_bytes(query, column));
    case DATUM_NULL:
        break;
    }
    return datum_null();
}

static struct result unfit_text(struct exporting *exporting, const struct table *table,
                                const struct column *column)
{
    exporting->message = str_format(exporting->arena,
                                    "a text in the column %.*s of the table %.*s is not valid "
                                    "UTF-8 or holds a NUL: row %lld of the table",
                                    STR_ARG(column->name), STR_ARG(table->name),
                                    (long long)exporting->counts[table - exporting->tables.at] + 1);
    return fail(&EXPORT_UNFIT);
}

static struct result add_datum(struct exporting *exporting, const struct table *table,
                               const struct column *column, struct datum datum)
{
    struct buf *text = &exporting->text;

    switch (datum.kind) {
    case DATUM_NULL:
        buf_add(text, STR("null"));
        break;
    case DATUM_INT:
        buf_int(text, datum.integer);
        break;
    case DATUM_TEXT:
        if (memchr(datum.bytes.p, '\0', datum.bytes.n) || !str_is_utf8(datum.bytes, NULL))
            return unfit_text(exporting, table, column);
        json_write_text(datum.bytes, text);
        break;
    case DATUM_BYTES:
        buf_byte(text, '"');
        encode(BASE64, datum.bytes, text);
        buf_byte(text, '"');
        break;
    }
    return OK;
}

static struct result add_row(struct exporting *exporting, const struct table *table,
                             const struct query *query)
{
    struct buf *text = &exporting->text;

    buf_byte(text, '[');
    for (size_t i = 0; i < table->column_count; i++) {
        if (i > 0)
            buf_byte(text, ',');
        TRY(add_datum(exporting, table, &table->columns[i], datum_of(query, i)));
    }
    buf_add(text, STR("]\n"));
    exporting->counts[table - exporting->tables.at]++;
    exporting->rows++;
    return text->n >= OUT_BYTES || text->overflow ? flush(exporting) : OK;
}

/* Where the next page begins. */
static void keep_key(struct exporting *exporting, const struct table *table,
                     const struct query *query, struct datum *key)
{
    arena_clear(&exporting->page);
    for (size_t i = 0; i < table->column_count; i++) {
        size_t place = table->columns[i].key;
        if (place == 0)
            continue;
        key[place - 1] = datum_of(query, i);
        if (key[place - 1].kind != DATUM_INT)
            key[place - 1].bytes = str_copy(&exporting->page, key[place - 1].bytes);
    }
}

static struct result add_page(struct exporting *exporting, const struct table *table,
                              struct datum *key, int64_t size, int64_t *ret_count)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t done = exporting->counts[table - exporting->tables.at];
    int64_t count = 0;

    TRY(table_read(exporting->store, table, done > 0 ? key : NULL, size, &query));
    while (query_next(&query)) {
        TRY(add_row(exporting, table, &query));
        if (++count == size)
            keep_key(exporting, table, &query, key);
    }
    TRY(query_end(&query));
    *ret_count = count;
    return OK;
}

/* As many rows as fill a page, by those of the page before. */
static int64_t page_size(int64_t rows, int64_t bytes)
{
    int64_t size = bytes > 0 ? rows * (int64_t)PAGE_BYTES / bytes : PAGE_MOST;

    return size < 1 ? 1 : size > PAGE_MOST ? PAGE_MOST : size;
}

static struct result add_rows(struct exporting *exporting, const struct table *table)
{
    struct datum key[STORE_PARAMS_MAX];
    int64_t size = PAGE_FIRST;
    int64_t count;

    for (;;) {
        int64_t before = exporting->bytes + (int64_t)exporting->text.n;
        TRY(add_page(exporting, table, key, size, &count));
        tell(exporting->told, "rows", exporting->rows, exporting->rows, exporting->all);
        if (count < size)
            return OK;
        size = page_size(count, exporting->bytes + (int64_t)exporting->text.n - before);
    }
}

/* ---- the whole ---- */

static struct result add_end(struct exporting *exporting)
{
    struct arena *arena = exporting->arena;
    struct value *line = value_object(arena);
    struct value *rows = value_object(arena);
    char hex[SHA256_HEX_SIZE];

    TRY(flush(exporting));
    for (size_t i = 0; i < exporting->tables.count; i++)
        value_set_str(arena, rows, exporting->tables.at[i].name,
                      value_int(arena, exporting->counts[i]));
    sha256_hex(sha256_end(&exporting->hash), hex);
    value_set(arena, line, "rows", rows);
    value_set_text(arena, line, "sha256", str_from_c(hex));
    add_value(exporting, line);
    return flush(exporting);
}

static struct result write_all(struct exporting *exporting, struct export_done *done)
{
    const struct tables *tables = &exporting->tables;

    TRY(tables_read(exporting->store, exporting->arena, &exporting->tables));
    exporting->counts = ARENA_ARRAY(exporting->arena, tables->count, int64_t);
    for (size_t i = 0; i < tables->count; i++) {
        int64_t rows = 0;
        TRY(table_count(exporting->store, &tables->at[i], &rows));
        exporting->all += rows;
    }
    TRY(find_files(exporting));
    TRY(add_header(exporting, done));
    for (size_t i = 0; i < tables->count; i++) {
        add_table(exporting, &tables->at[i]);
        TRY(add_rows(exporting, &tables->at[i]));
    }
    TRY(add_files(exporting));
    TRY(add_end(exporting));
    done->rows = exporting->rows;
    done->files = (int64_t)exporting->file_count;
    done->lost = exporting->lost;
    done->bytes = exporting->bytes;
    return OK;
}

struct result export_write(const struct export_settings *settings, struct arena *arena,
                           struct told told, struct export_done *ret, struct str *ret_message)
{
    struct exporting exporting = {
        .store = settings->store,
        .arena = arena,
        .attachments = settings->attachments,
        .out = settings->out,
        .told = told,
    };
    struct export_done done = { 0 };
    struct result result;

    arena_init(&exporting.page, ARENA_UNLIMITED);
    buf_init(&exporting.text, EXPORT_LINE_MAX);
    sha256_init(&exporting.hash);
    result = write_all(&exporting, &done);
    if (!failed(result))
        *ret = done;
    else if (exporting.message.p)
        *ret_message = exporting.message;
    else
        *ret_message = str_format(arena, "the database: %s", store_fault(settings->store)->message);
    sha256_release(&exporting.hash);
    buf_release(&exporting.text);
    arena_release(&exporting.page);
    return result;
}
