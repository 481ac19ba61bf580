#include "instance/import_lines.h"

#include <string.h>

#include "hash/encode.h"
#include "instance/export.h"
#include "register/attachment.h"
#include "json/read.h"

#define DEPTH_MAX 4
#define OBJECT_VALUES_MAX 20000 /* of a line that is no row */

void import_lines_init(struct import_lines *lines, struct arena *arena)
{
    *lines = (struct import_lines){ .arena = arena };
    arena_init(&lines->row_arena, ARENA_UNLIMITED);
    arena_on_full(&lines->row_arena, arena->full);
    sha256_init(&lines->hash);
}

void import_lines_release(struct import_lines *lines)
{
    sha256_release(&lines->hash);
    arena_release(&lines->row_arena);
}

/* A fault of the line that is being read. */
struct fault {
    struct arena *arena;
    struct str what;
};

PRINTF_LIKE(2, 3) static void note_wrong(struct fault *fault, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    fault->what = str_format_args(fault->arena, fmt, args);
    va_end(args);
}

/* Notes what is wrong and fails: whoever reads the call sees that it does. */
#define WRONG(fault, ...) (note_wrong((fault), __VA_ARGS__), fail(&ERROR_INPUT))

static struct result read_json(struct arena *arena, struct str line, size_t values,
                               struct fault *fault, struct value **ret)
{
    const struct json_limits limits = {
        .bytes = EXPORT_LINE_MAX,
        .depth = DEPTH_MAX,
        .values = values,
    };
    struct json_fault json = { 0 };

    if (!failed(json_read(arena, line, &limits, &json, ret)))
        return OK;
    return json.column > 0 ? WRONG(fault, "column %u: %s", json.column, json.message)
                           : WRONG(fault, "%s", json.message);
}

/* ---- members of objects ---- */

static const struct value *member(const struct value *object, const char *key)
{
    return object ? value_get(object, key) : NULL;
}

static struct result get_text(const struct value *object, const char *key, struct fault *fault,
                              struct str *ret)
{
    const struct value *value = member(object, key);

    if (!value || value->kind != VALUE_TEXT)
        return WRONG(fault, "expected a text '%s'", key);
    *ret = value->text;
    return OK;
}

static struct result get_int(const struct value *object, const char *key, int64_t min,
                             struct fault *fault, int64_t *ret)
{
    const struct value *value = member(object, key);

    if (!value || value->kind != VALUE_INT || value->integer < min)
        return WRONG(fault, "expected a whole number '%s', %lld at least", key, (long long)min);
    *ret = value->integer;
    return OK;
}

static struct result get_list(const struct value *object, const char *key, struct fault *fault,
                              const struct value **ret)
{
    const struct value *value = member(object, key);

    if (!value || value->kind != VALUE_ARRAY)
        return WRONG(fault, "expected a list '%s'", key);
    *ret = value;
    return OK;
}

static struct result get_digest(const struct value *object, const char *key, struct fault *fault,
                                struct sha256_digest *ret)
{
    struct str hex = STR_NONE;

    TRY(get_text(object, key, fault, &hex));
    if (!sha256_from_hex(hex, ret))
        return WRONG(fault, "expected 64 digits in '%s', hexadecimal in lower case", key);
    return OK;
}

/* ---- the first line ---- */

static struct result read_format(const struct value *line, struct fault *fault)
{
    struct str format = STR_NONE;
    int64_t version = 0;

    if (line->kind != VALUE_OBJECT || !value_get(line, "format"))
        return WRONG(fault, "this is not the first line of an export");
    TRY(get_text(line, "format", fault, &format));
    if (!str_eq_c(format, EXPORT_FORMAT))
        return WRONG(fault, "the format is '%.*s', not '" EXPORT_FORMAT "'", STR_ARG(format));
    TRY(get_int(line, "version", 1, fault, &version));
    if (version != EXPORT_VERSION)
        return WRONG(fault,
                     "the format is of version %lld, and this program reads version %d: use the "
                     "program that wrote it",
                     (long long)version, EXPORT_VERSION);
    return OK;
}

static struct result read_schema(struct arena *arena, const struct value *line, struct fault *fault,
                                 struct import_header *header)
{
    struct import_migration *migrations;
    const struct value *list = NULL;
    struct sha256_digest digest;
    int64_t number = 0;

    TRY(get_list(line, "schema", fault, &list));
    migrations = ARENA_ARRAY(arena, list->count, struct import_migration);
    for (size_t i = 0; i < list->count; i++) {
        TRY(get_int(list->items[i], "number", 1, fault, &number));
        if ((size_t)number != i + 1)
            return WRONG(fault, "expected migration %zu, not %lld", i + 1, (long long)number);
        TRY(get_text(list->items[i], "name", fault, &migrations[i].name));
        TRY(get_text(list->items[i], "sha256", fault, &migrations[i].sha256));
        TRY(get_digest(list->items[i], "sha256", fault, &digest));
    }
    header->schema = migrations;
    header->schema_count = list->count;
    return OK;
}

static struct result read_table_names(struct arena *arena, const struct value *line,
                                      struct fault *fault, struct import_header *header)
{
    const struct value *list = NULL;
    struct str *names;

    TRY(get_list(line, "tables", fault, &list));
    names = ARENA_ARRAY(arena, list->count, struct str);
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->kind != VALUE_TEXT)
            return WRONG(fault, "expected texts in 'tables'");
        names[i] = list->items[i]->text;
    }
    header->tables = names;
    header->table_count = list->count;
    return OK;
}

static bool is_of_attachments(const struct value *files)
{
    const struct value *folder = files->kind == VALUE_OBJECT ? value_get(files, "folder") : NULL;

    return folder && folder->kind == VALUE_TEXT && str_eq_c(folder->text, ATTACHMENT_FOLDER);
}

/* Of one folder, or none. */
static struct result read_files(const struct value *line, struct fault *fault,
                                struct import_header *header)
{
    const struct value *list = NULL;

    TRY(get_list(line, "files", fault, &list));
    if (list->count == 0)
        return OK;
    if (list->count > 1 || !is_of_attachments(list->items[0]))
        return WRONG(fault, "files follow, which this program cannot read: use the program that "
                            "wrote it");
    TRY(get_int(list->items[0], "count", 1, fault, &header->file_count));
    return get_int(list->items[0], "bytes", 1, fault, &header->file_bytes);
}

static struct result read_header(struct import_lines *lines, struct str text, struct fault *fault)
{
    struct import_header header = { 0 };
    struct value *line = NULL;

    TRY(read_json(lines->arena, text, OBJECT_VALUES_MAX, fault, &line));
    TRY(read_format(line, fault));
    TRY(get_text(line, "program", fault, &header.program));
    TRY(get_text(line, "installation", fault, &header.installation));
    TRY(get_int(value_get(line, "journal"), "position", 0, fault, &header.journal.position));
    TRY(get_digest(value_get(line, "journal"), "head", fault, &header.journal.chain));
    TRY(read_schema(lines->arena, line, fault, &header));
    TRY(read_table_names(lines->arena, line, fault, &header));
    TRY(read_files(line, fault, &header));
    lines->header = header;
    lines->tables = ARENA_ARRAY(lines->arena, header.table_count, struct import_table);
    lines->begun = true;
    return OK;
}

/* ---- tables ---- */

static bool kind_from(struct str word, enum datum_kind *ret)
{
    if (str_eq_c(word, "integer"))
        *ret = DATUM_INT;
    else if (str_eq_c(word, "text"))
        *ret = DATUM_TEXT;
    else if (str_eq_c(word, "bytes"))
        *ret = DATUM_BYTES;
    else
        return false;
    return true;
}

static struct result read_columns(struct arena *arena, const struct value *line,
                                  struct fault *fault, struct import_table *table)
{
    struct import_column *columns;
    const struct value *list = NULL;
    struct str word = STR_NONE;

    TRY(get_list(line, "columns", fault, &list));
    if (list->count == 0 || list->count > STORE_PARAMS_MAX)
        return WRONG(fault, "expected 1 to %d columns", STORE_PARAMS_MAX);
    columns = ARENA_ARRAY(arena, list->count, struct import_column);
    for (size_t i = 0; i < list->count; i++) {
        TRY(get_text(list->items[i], "name", fault, &columns[i].name));
        TRY(get_text(list->items[i], "type", fault, &word));
        if (!kind_from(word, &columns[i].kind))
            return WRONG(fault, "expected the type integer, text or bytes, not '%.*s'",
                         STR_ARG(word));
    }
    table->columns = columns;
    table->column_count = list->count;
    return OK;
}

static struct result take_table(struct import_lines *lines, const struct value *line,
                                struct fault *fault)
{
    struct import_table table = { 0 };

    TRY(get_text(line, "table", fault, &table.name));
    if (lines->table_count == lines->header.table_count)
        return WRONG(fault, "the first line names no table after the last one");
    if (!str_eq(table.name, lines->header.tables[lines->table_count]))
        return WRONG(fault, "expected the table '%.*s', not '%.*s'",
                     STR_ARG(lines->header.tables[lines->table_count]), STR_ARG(table.name));
    TRY(read_columns(lines->arena, line, fault, &table));
    if (value_get(line, "next"))
        TRY(get_int(line, "next", 1, fault, &table.next));
    lines->tables[lines->table_count++] = table;
    return OK;
}

/* ---- rows ---- */

static struct result read_datum(struct import_lines *lines, const struct import_column *column,
                                const struct value *value, struct fault *fault, struct datum *ret)
{
    struct str bytes;

    if (value->kind == VALUE_NULL) {
        *ret = datum_null();
        return OK;
    }
    if (column->kind == DATUM_INT) {
        if (value->kind != VALUE_INT)
            return WRONG(fault, "column '%.*s': expected a whole number or null",
                         STR_ARG(column->name));
        *ret = datum_int(value->integer);
        return OK;
    }
    if (value->kind != VALUE_TEXT)
        return WRONG(fault, "column '%.*s': expected a text or null", STR_ARG(column->name));
    if (column->kind == DATUM_TEXT) {
        *ret = datum_text(value->text);
        return OK;
    }
    if (!decode(BASE64, value->text, &lines->row_arena, &bytes))
        return WRONG(fault, "column '%.*s': expected bytes in base 64", STR_ARG(column->name));
    *ret = datum_bytes(bytes.p ? bytes : STR(""));
    return OK;
}

static struct result take_row(struct import_lines *lines, struct str text, struct fault *fault)
{
    struct import_table *table;
    struct value *row = NULL;

    arena_clear(&lines->row_arena);
    if (lines->table_count == 0)
        return WRONG(fault, "a row stands before the first table");
    if (lines->file_count > 0)
        return WRONG(fault, "a row stands behind the first file");
    table = import_lines_table(lines);
    TRY(read_json(&lines->row_arena, text, STORE_PARAMS_MAX + 2, fault, &row));
    if (row->kind != VALUE_ARRAY || row->count != table->column_count)
        return WRONG(fault, "expected %zu values, as '%.*s' has columns, not %zu",
                     table->column_count, STR_ARG(table->name), row->count);
    for (size_t i = 0; i < row->count; i++)
        TRY(read_datum(lines, &table->columns[i], row->items[i], fault, &lines->row[i]));
    table->rows++;
    return OK;
}

/* ---- files ---- */

static struct result tables_have_come(const struct import_lines *lines, struct fault *fault)
{
    if (lines->table_count < lines->header.table_count)
        return WRONG(fault, "the table '%.*s' has not come",
                     STR_ARG(lines->header.tables[lines->table_count]));
    return OK;
}

static struct result read_file(struct import_lines *lines, const struct value *line,
                               struct fault *fault, struct import_file *ret)
{
    struct sha256_digest digest;
    struct str content = STR_NONE;

    TRY(get_digest(line, "file", fault, &ret->digest));
    TRY(get_text(line, "content", fault, &content));
    if (!decode(BASE64, content, &lines->row_arena, &ret->content))
        return WRONG(fault, "expected bytes in base 64 in 'content'");
    digest = sha256(ret->content);
    if (memcmp(digest.bytes, ret->digest.bytes, SHA256_SIZE) != 0)
        return WRONG(fault, "the content is not what has the SHA-256 of 'file'");
    return OK;
}

static struct result take_file(struct import_lines *lines, struct str text, struct fault *fault)
{
    struct import_file file = { 0 };
    struct value *line = NULL;

    arena_clear(&lines->row_arena);
    TRY(read_json(&lines->row_arena, text, OBJECT_VALUES_MAX, fault, &line));
    TRY(tables_have_come(lines, fault));
    if (lines->file_count == lines->header.file_count)
        return WRONG(fault, "the first line tells of %lld files, and this is one more",
                     (long long)lines->file_count);
    TRY(read_file(lines, line, fault, &file));
    if (lines->file_count > 0 &&
        memcmp(lines->file.digest.bytes, file.digest.bytes, SHA256_SIZE) >= 0)
        return WRONG(fault, "files come in the order of their SHA-256, each once");
    lines->file = file;
    lines->file_count++;
    lines->file_bytes += (int64_t)file.content.n;
    return OK;
}

static struct result files_have_come(const struct import_lines *lines, struct fault *fault)
{
    if (lines->file_count < lines->header.file_count)
        return WRONG(fault, "%lld files should have come, and %lld have",
                     (long long)lines->header.file_count, (long long)lines->file_count);
    if (lines->file_bytes != lines->header.file_bytes)
        return WRONG(fault, "the files should hold %lld bytes, and hold %lld",
                     (long long)lines->header.file_bytes, (long long)lines->file_bytes);
    return OK;
}

/* ---- the last line ---- */

static struct result check_counts(struct import_lines *lines, const struct value *rows,
                                  struct fault *fault)
{
    if (!rows || rows->kind != VALUE_OBJECT || rows->count != lines->table_count)
        return WRONG(fault, "expected the numbers of rows of %zu tables", lines->table_count);
    for (size_t i = 0; i < lines->table_count; i++) {
        const struct import_table *table = &lines->tables[i];
        int64_t count = 0;

        TRY(get_int(rows, str_to_c(fault->arena, table->name), 0, fault, &count));
        if (count != table->rows)
            return WRONG(fault, "the table '%.*s' should have %lld rows; %lld have come",
                         STR_ARG(table->name), (long long)count, (long long)table->rows);
    }
    return OK;
}

static struct result take_end(struct import_lines *lines, const struct value *line,
                              struct fault *fault)
{
    struct sha256_digest expected = { { 0 } };
    struct sha256_digest digest;

    TRY(tables_have_come(lines, fault));
    TRY(files_have_come(lines, fault));
    TRY(check_counts(lines, value_get(line, "rows"), fault));
    TRY(get_digest(line, "sha256", fault, &expected));
    digest = sha256_end(&lines->hash);
    if (memcmp(digest.bytes, expected.bytes, sizeof(digest.bytes)) != 0)
        return WRONG(fault, "the lines before are not those that were written: their SHA-256 is "
                            "another");
    lines->ended = true;
    return OK;
}

/* ---- any line ---- */

static struct result take_object(struct import_lines *lines, struct str text, struct fault *fault,
                                 enum import_line *ret)
{
    struct value *line = NULL;

    TRY(read_json(lines->arena, text, OBJECT_VALUES_MAX, fault, &line));
    if (value_get(line, "table")) {
        *ret = IMPORT_TABLE;
        return take_table(lines, line, fault);
    }
    if (value_get(line, "rows")) {
        *ret = IMPORT_END;
        return take_end(lines, line, fault);
    }
    return WRONG(fault, "expected a table, a row, a file or the last line");
}

static struct result take(struct import_lines *lines, struct str text, struct fault *fault,
                          enum import_line *ret)
{
    if (lines->ended)
        return WRONG(fault, "nothing may stand after the last line");
    if (!lines->begun) {
        *ret = IMPORT_HEADER;
        return read_header(lines, text, fault);
    }
    if (str_starts(text, STR("["))) {
        *ret = IMPORT_ROW;
        return take_row(lines, text, fault);
    }
    if (str_starts(text, STR("{\"file\":"))) {
        *ret = IMPORT_FILE;
        return take_file(lines, text, fault);
    }
    return take_object(lines, text, fault, ret);
}

struct result import_lines_take(struct import_lines *lines, struct str line, enum import_line *ret,
                                struct str *ret_what)
{
    struct fault fault = { .arena = lines->arena };
    enum import_line kind = IMPORT_HEADER;
    struct result result = take(lines, line, &fault, &kind);

    if (failed(result)) {
        *ret_what = fault.what;
        return result;
    }
    if (kind != IMPORT_END) {
        sha256_add(&lines->hash, line);
        sha256_add(&lines->hash, STR("\n"));
    }
    *ret = kind;
    return OK;
}
