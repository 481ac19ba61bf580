#include "instance/import.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/version.h"
#include "instance/export.h"
#include "instance/import_lines.h"
#include "register/attachment.h"
#include "store/copy.h"
#include "store/migrate.h"
#include "store/tables.h"

/* How many statements back PostgreSQL may tell of a failure (store/postgres.h). */
#define TOLD_LATE 128
#define TELL_ROWS 1000

const struct error IMPORT_NOT_EMPTY = { "database-not-empty", 409, EXIT_INPUT,
                                        "the database is not empty" };
const struct error IMPORT_WRONG = { "export-wrong", 422, EXIT_INPUT,
                                    "the file is not an export that can be read" };

struct importing {
    const struct import_settings *settings;
    struct arena *arena;
    struct told told;
    struct str *message;
    const char *database; /* that is filled: of an SQLite file the name it has until it is whole */
    struct store *store;
    struct import_lines lines;
    struct buf text; /* the line */
    int64_t line;
    int64_t bytes;
    int64_t rows;
    struct tables tables;
    struct attachment_file *written; /* files that were not there before */
    size_t written_count, written_room;
    const struct table *table;           /* whose rows come */
    struct datum last[STORE_PARAMS_MAX]; /* the key of the row before */
    struct arena key_arena;              /* of it */
};

PRINTF_LIKE(3, 4)
static struct result refuse(struct importing *importing, const struct error *error, const char *fmt,
                            ...)
{
    va_list args;

    va_start(args, fmt);
    *importing->message = str_format_args(importing->arena, fmt, args);
    va_end(args);
    return fail(error);
}

PRINTF_LIKE(2, 3)
static struct result refuse_line(struct importing *importing, const char *fmt, ...)
{
    va_list args;
    struct str what;

    va_start(args, fmt);
    what = str_format_args(importing->arena, fmt, args);
    va_end(args);
    return refuse(importing, &IMPORT_WRONG, "%s:%lld: %.*s", importing->settings->name,
                  (long long)importing->line, STR_ARG(what));
}

/* What the store says, where nothing better is known. */
static struct result explain(struct importing *importing, struct result result)
{
    if (!failed(result) || importing->message->p)
        return result;
    return refuse(importing, result.error, "%s (%s)", result.error->message,
                  importing->store ? store_fault(importing->store)->message : "");
}

/* ---- lines ---- */

/* Without its newline; *ret_line is false at the end of the file. */
static struct result next_line(struct importing *importing, bool *ret_line)
{
    FILE *in = importing->settings->in;
    int c;

    buf_clear(&importing->text);
    errno = 0;
    while ((c = getc_unlocked(in)) != EOF && c != '\n')
        buf_byte(&importing->text, (char)c);
    if (ferror(in))
        return refuse(importing, &ERROR_READ, "cannot read '%s': %s", importing->settings->name,
                      strerror(errno));
    importing->bytes += (int64_t)importing->text.n + 1;
    *ret_line = c == '\n' || importing->text.n > 0;
    importing->line += *ret_line;
    if (importing->text.overflow)
        return refuse_line(importing, "the line is longer than %zu bytes", EXPORT_LINE_MAX);
    if (*ret_line && c != '\n')
        return refuse_line(importing, "the file ends within this line: it was cut off");
    return OK;
}

static struct result take_line(struct importing *importing, enum import_line *ret)
{
    struct str what = STR_NONE;
    bool there = false;

    TRY(next_line(importing, &there));
    if (!there) {
        importing->line++;
        return refuse_line(importing, importing->line == 1
                                          ? "the file is empty"
                                          : "the last line is missing: the file was cut off");
    }
    if (failed(import_lines_take(&importing->lines, buf_str(&importing->text), ret, &what)))
        return refuse_line(importing, "%.*s", STR_ARG(what));
    return OK;
}

/* ---- the schema ---- */

/* It is the export that was expected, and its migrations are the first ones of this program. */
static struct result check_header(struct importing *importing)
{
    const struct journal_head *expected = importing->settings->head;
    const struct import_header *header = &importing->lines.header;
    struct migrations ours = migrations_of_program();

    if (expected && (expected->position != header->journal.position ||
                     memcmp(expected->chain.bytes, header->journal.chain.bytes, SHA256_SIZE) != 0))
        return refuse_line(importing, "the journal does not end where the manifest says");
    if (header->schema_count > ours.count)
        return refuse_line(importing,
                           "the export is of a later version of this program (%.*s; this is %s): "
                           "use that version",
                           STR_ARG(header->program), ASSAY_VERSION);
    for (size_t i = 0; i < header->schema_count; i++) {
        if (!str_eq_c(header->schema[i].name, ours.at[i].name) ||
            !str_eq_c(header->schema[i].sha256, ours.at[i].sha256))
            return refuse_line(importing,
                               "migration %zu is '%.*s' with another text than '%s' of this "
                               "program: use the program that wrote the export",
                               i + 1, STR_ARG(header->schema[i].name), ours.at[i].name);
    }
    return OK;
}

static struct result open_database(struct importing *importing)
{
    const struct store_settings settings = { .database = importing->database };
    struct store_fault fault = { 0 };
    struct result result = store_open(&settings, STORE_WRITE, &importing->store, &fault);

    if (failed(result))
        return refuse(importing, result.error, "%s (%s)", result.error->message, fault.message);
    result = store_claim(importing->store);
    if (result.error == &STORE_LOCKED)
        return refuse(importing, result.error,
                      "a server or another command writes to this database: stop it first");
    TRY(result);
    return store_fill_alone(importing->store);
}

/* What belongs to no installation is empty: the schema without rows that an import leaves which did
   not come to its end. */
static struct result check_empty(struct importing *importing)
{
    const struct table *installation = table_find(importing->tables, STR("installation"));
    const struct table *journal = table_find(importing->tables, STR("journal"));
    bool empty = true;

    if (installation)
        TRY(table_is_empty(importing->store, installation, &empty));
    if (journal && empty)
        TRY(table_is_empty(importing->store, journal, &empty));
    if (empty)
        return OK;
    return refuse(importing, &IMPORT_NOT_EMPTY,
                  "the database holds an installation already; an import needs an empty one");
}

static struct result read_tables(struct importing *importing)
{
    return tables_read(importing->store, importing->arena, &importing->tables);
}

/* The schema as the export has it. Rows that migrations have put in make room for those that
   come, what is noted of the migrations themselves included. */
static struct result make_schema(struct importing *importing)
{
    struct migrations migrations = migrations_of_program();

    TRY(read_tables(importing));
    TRY(check_empty(importing));
    migrations.count = importing->lines.header.schema_count;
    TRY(migrate(importing->store, migrations, importing->settings->now, ASSAY_VERSION));
    TRY(store_begin(importing->store));
    TRY(read_tables(importing));
    for (size_t i = importing->tables.count; i > 0; i--)
        TRY(table_clear(importing->store, &importing->tables.at[i - 1]));
    return tables_loosen(importing->store, importing->tables);
}

static struct result check_tables(struct importing *importing)
{
    const struct import_header *header = &importing->lines.header;

    for (size_t i = 0; i < importing->tables.count || i < header->table_count; i++) {
        struct str ours = i < importing->tables.count ? importing->tables.at[i].name : STR("none");
        struct str theirs = i < header->table_count ? header->tables[i] : STR("none");
        if (!str_eq(ours, theirs))
            return refuse_line(importing, "table %zu is '%.*s', and should be '%.*s'", i + 1,
                               STR_ARG(theirs), STR_ARG(ours));
    }
    return OK;
}

/* ---- tables and rows ---- */

static struct result take_table(struct importing *importing)
{
    const struct import_table *theirs = import_lines_table(&importing->lines);
    const struct table *ours = table_find(importing->tables, theirs->name);

    BUG_IF(!ours);
    if (theirs->column_count != ours->column_count)
        return refuse_line(importing, "the table '%.*s' has %zu columns, not %zu",
                           STR_ARG(ours->name), ours->column_count, theirs->column_count);
    for (size_t i = 0; i < ours->column_count; i++) {
        if (!str_eq(theirs->columns[i].name, ours->columns[i].name) ||
            theirs->columns[i].kind != ours->columns[i].kind)
            return refuse_line(importing,
                               "column %zu of '%.*s' should be '%.*s', and of its type; "
                               "it is '%.*s'",
                               i + 1, STR_ARG(ours->name), STR_ARG(ours->columns[i].name),
                               STR_ARG(theirs->columns[i].name));
    }
    if ((theirs->next > 0) != (ours->id.p != NULL))
        return refuse_line(importing, ours->id.p ? "expected 'next', the next id"
                                                 : "'next' has no meaning for this table");
    importing->table = ours;
    return OK;
}

static int compare(const struct datum *a, const struct datum *b)
{
    if (a->kind == DATUM_INT)
        return (a->integer > b->integer) - (a->integer < b->integer);
    return str_cmp(a->bytes, b->bytes);
}

/* That of the row, in the order of its columns. */
static void key_of(const struct table *table, const struct datum *row, struct datum *ret)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].key > 0)
            ret[table->columns[i].key - 1] = row[i];
    }
}

/* Rows come in the order of their keys, so that one that comes twice is told by its line. */
static struct result check_order(struct importing *importing, const struct import_table *theirs)
{
    const struct table *table = importing->table;
    struct datum key[STORE_PARAMS_MAX] = { { 0 } };
    int order = -1;

    key_of(table, importing->lines.row, key);
    for (size_t i = 0; i < table->key_count && theirs->rows > 1; i++) {
        order = compare(&importing->last[i], &key[i]);
        if (order != 0)
            break;
    }
    if (order >= 0)
        return refuse_line(importing, order == 0
                                          ? "the row before has the same key"
                                          : "the key is smaller than that of the row before");
    arena_clear(&importing->key_arena);
    for (size_t i = 0; i < table->key_count; i++) {
        importing->last[i] = key[i];
        if (key[i].kind != DATUM_INT)
            importing->last[i].bytes = str_copy(&importing->key_arena, key[i].bytes);
    }
    return OK;
}

static struct result check_row(struct importing *importing, const struct import_table *theirs)
{
    const struct table *table = importing->table;

    for (size_t i = 0; i < table->column_count; i++) {
        const struct datum *datum = &importing->lines.row[i];
        if (datum->kind == DATUM_NULL && !table->columns[i].nullable)
            return refuse_line(importing, "column '%.*s' may not be null",
                               STR_ARG(table->columns[i].name));
        if (str_eq(table->columns[i].name, table->id) && datum->integer >= theirs->next)
            return refuse_line(importing, "the id %lld is not below %lld, the next one",
                               (long long)datum->integer, (long long)theirs->next);
    }
    return check_order(importing, theirs);
}

static struct result refuse_row(struct importing *importing, struct result result)
{
    const struct store_fault *fault = store_fault(importing->store);

    if (result.error != &STORE_CONSTRAINT && result.error != &STORE_TEXT)
        return result;
    if (store_engine(importing->store) == STORE_SQLITE)
        return refuse_line(importing, "the database refuses the row: %s",
                           fault->constraint[0] ? fault->constraint : fault->message);
    return refuse_line(importing, "the database refuses this row or one of the %d before it: %s",
                       TOLD_LATE, fault->message);
}

static struct result take_row(struct importing *importing)
{
    const struct import_table *theirs = import_lines_table(&importing->lines);
    struct result result;

    TRY(check_row(importing, theirs));
    result = table_insert(importing->store, importing->table, importing->lines.row);
    if (failed(result))
        return refuse_row(importing, result);
    importing->rows++;
    if (importing->rows % TELL_ROWS == 0)
        tell(importing->told, "rows", importing->rows, importing->bytes,
             importing->settings->bytes);
    return OK;
}

/* ---- files ---- */

static struct result take_file(struct importing *importing)
{
    const struct import_file *theirs = &importing->lines.file;
    const char *folder = importing->settings->attachments;
    struct arena *arena = &importing->lines.row_arena;
    struct attachment_file file = { .digest = theirs->digest, .size = (int64_t)theirs->content.n };
    struct result result;

    if (!folder)
        return refuse_line(importing, "no files are expected here: they stand beside the database");
    if (!attachment_is_there(arena, folder, &file))
        *ARENA_PUSH(importing->arena, importing->written, importing->written_count,
                    importing->written_room) = file;
    result = attachment_store(arena, folder, theirs->content, &file);
    if (result.error == &ERROR_WRITE)
        return refuse(importing, result.error, "cannot write in '%s': %s", folder, strerror(errno));
    if (failed(result))
        return refuse_line(importing, "%s", result.error->message);
    tell(importing->told, "files", importing->lines.file_count, importing->bytes,
         importing->settings->bytes);
    return OK;
}

static void remove_written(struct importing *importing)
{
    for (size_t i = 0; i < importing->written_count; i++) {
        struct str path = attachment_path(importing->arena, &importing->written[i].digest);
        const char *folder = importing->settings->attachments;

        unlink(str_to_c(importing->arena,
                        str_format(importing->arena, "%s/%.*s", folder, STR_ARG(path))));
        rmdir(str_to_c(importing->arena, str_format(importing->arena, "%s/%.2s", folder, path.p)));
        rmdir(folder);
    }
}

/* ---- what follows the first line ---- */

static struct result take_lines(struct importing *importing)
{
    enum import_line kind = IMPORT_HEADER;

    while (kind != IMPORT_END) {
        TRY(take_line(importing, &kind));
        if (kind == IMPORT_TABLE)
            TRY(take_table(importing));
        else if (kind == IMPORT_ROW)
            TRY(take_row(importing));
        else if (kind == IMPORT_FILE)
            TRY(take_file(importing));
    }
    return OK;
}

/* ---- the end ---- */

static void tell_journal(void *context, int64_t done, int64_t all)
{
    const struct importing *importing = context;

    tell(importing->told, "entries of the journal", done, done, all);
}

static struct result check_journal(struct importing *importing)
{
    const struct import_header *header = &importing->lines.header;
    const struct journal_heads kept = { &header->journal, 1 };
    struct journal_report report;

    TRY(journal_verify(importing->store, importing->arena, kept, tell_journal, importing, &report));
    if (report.faults > 0)
        return refuse(importing, &IMPORT_WRONG,
                      "%s: the journal does not hold: %s at position %lld (faults: %lld)",
                      importing->settings->name, journal_fault_text(report.kind),
                      (long long)report.first_fault, (long long)report.faults);
    if (report.position != header->journal.position)
        return refuse(importing, &IMPORT_WRONG,
                      "%s: the journal ends at position %lld, and the first line says %lld",
                      importing->settings->name, (long long)report.position,
                      (long long)header->journal.position);
    return OK;
}

static struct result check_installation(struct importing *importing)
{
    CLEANUP(query_release) struct query query = { 0 };
    bool same;

    TRY(query_begin(importing->store, "SELECT id FROM installation", NO_PARAMS, &query));
    same = query_next(&query) &&
           str_eq(query_text(&query, 0), importing->lines.header.installation);
    TRY(query_end(&query));
    if (same)
        return OK;
    return refuse(importing, &IMPORT_WRONG,
                  "%s: the installation is another one than the first line says",
                  importing->settings->name);
}

static struct result check_references(struct importing *importing)
{
    struct result fastened = tables_fasten(importing->store, importing->tables);
    char damage[300] = "";

    if (fastened.error == &STORE_CONSTRAINT)
        return refuse_row(importing, fastened);
    TRY(fastened);
    TRY(store_examine_references(importing->store, damage, sizeof(damage)));
    if (damage[0])
        return refuse(importing, &IMPORT_WRONG, "%s: %s", importing->settings->name, damage);
    return OK;
}

static struct result finish(struct importing *importing)
{
    const struct import_lines *lines = &importing->lines;
    bool more = false;

    TRY(next_line(importing, &more));
    if (more)
        return refuse_line(importing, "nothing may stand after the last line");
    for (size_t i = 0; i < lines->table_count; i++)
        TRY(table_set_next(importing->store, &importing->tables.at[i], lines->tables[i].next));
    TRY(check_references(importing));
    TRY(check_installation(importing));
    TRY(check_journal(importing));
    return store_commit(importing->store);
}

static struct result import_all(struct importing *importing)
{
    enum import_line kind = IMPORT_END;

    TRY(take_line(importing, &kind));
    TRY(check_header(importing));
    TRY(open_database(importing));
    TRY(make_schema(importing));
    TRY(check_tables(importing));
    TRY(take_lines(importing));
    TRY(finish(importing));
    return migrate(importing->store, migrations_of_program(), importing->settings->now,
                   ASSAY_VERSION);
}

/* ---- the file ---- */

static void remove_unfinished(const struct importing *importing)
{
    unlink(importing->database);
    unlink(str_to_c(importing->arena,
                    str_format(importing->arena, "%s-journal", importing->database)));
    unlink(str_to_c(importing->arena, str_format(importing->arena, "%s-wal", importing->database)));
    unlink(str_to_c(importing->arena, str_format(importing->arena, "%s-shm", importing->database)));
}

static struct result prepare_file(struct importing *importing)
{
    const char *database = importing->settings->database;

    if (store_engine_of(database) == STORE_POSTGRES) {
        importing->database = database;
        return OK;
    }
    if (access(database, F_OK) == 0)
        return refuse(importing, &IMPORT_NOT_EMPTY,
                      "'%s' is there already; an import makes a new database", database);
    importing->database =
        str_to_c(importing->arena, str_format(importing->arena, "%s.importing", database));
    remove_unfinished(importing);
    return OK;
}

static struct result name_file(struct importing *importing)
{
    const char *database = importing->settings->database;
    struct result result = file_sync(importing->database);

    if (!failed(result))
        result = file_move(importing->database, database);
    if (failed(result))
        return refuse(importing, result.error, "cannot write '%s': %s", database, strerror(errno));
    return OK;
}

/* Once the connection is closed. */
static struct result settle(struct importing *importing, struct result result)
{
    if (!importing->database || store_engine_of(importing->database) == STORE_POSTGRES)
        return result;
    if (!failed(result))
        result = name_file(importing);
    if (failed(result))
        remove_unfinished(importing);
    return result;
}

struct result import_read(const struct import_settings *settings, struct arena *arena,
                          struct told told, struct import_done *ret, struct str *ret_message)
{
    struct str message = STR_NONE;
    struct importing importing = {
        .settings = settings,
        .arena = arena,
        .told = told,
        .message = &message,
    };
    struct result result;

    import_lines_init(&importing.lines, arena);
    buf_init(&importing.text, EXPORT_LINE_MAX);
    arena_init(&importing.key_arena, ARENA_UNLIMITED);
    result = prepare_file(&importing);
    if (!failed(result))
        result = explain(&importing, import_all(&importing));
    store_close(importing.store);
    result = settle(&importing, result);
    if (failed(result)) {
        remove_written(&importing);
        *ret_message = message;
    } else {
        *ret = (struct import_done){
            .rows = importing.rows,
            .files = importing.lines.file_count,
            .installation = importing.lines.header.installation,
            .head = importing.lines.header.journal,
            .older = (int64_t)(migrations_of_program().count - importing.lines.header.schema_count),
        };
    }
    arena_release(&importing.key_arena);
    buf_release(&importing.text);
    import_lines_release(&importing.lines);
    return result;
}
