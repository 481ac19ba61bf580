#include "instance/manifest.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "base/files.h"
#include "base/version.h"
#include "json/read.h"

#define MANIFEST_MAX ((size_t)64 << 20)

const struct error MANIFEST_WRONG = { "not-a-backup", 422, EXIT_INPUT,
                                      "the folder is no backup that can be believed" };

const struct tree_file *manifest_file(const struct manifest *manifest, struct str name)
{
    for (size_t i = 0; i < manifest->files.count; i++) {
        if (str_eq(manifest->files.at[i].path, name))
            return &manifest->files.at[i];
    }
    return NULL;
}

bool manifest_same(const struct tree_file *a, const struct tree_file *b)
{
    return a->bytes == b->bytes &&
           memcmp(a->sha256.bytes, b->sha256.bytes, sizeof(a->sha256.bytes)) == 0;
}

/* ---- writing ---- */

static struct value *hex_value(struct arena *arena, struct sha256_digest digest)
{
    char hex[SHA256_HEX_SIZE];

    return value_text(arena, str_copy(arena, str_from_c(sha256_hex(digest, hex))));
}

static struct value *files_value(struct arena *arena, const struct manifest *manifest)
{
    struct value *files = value_array(arena);

    for (size_t i = 0; i < manifest->files.count; i++) {
        const struct tree_file *file = &manifest->files.at[i];
        struct value *value = value_object(arena);
        value_set_text(arena, value, "path", file->path);
        value_set_int(arena, value, "bytes", file->bytes);
        value_set(arena, value, "sha256", hex_value(arena, file->sha256));
        value_push(arena, files, value);
    }
    return files;
}

static struct value *rows_value(struct arena *arena, const struct examined *examined)
{
    struct value *rows = value_object(arena);

    for (size_t i = 0; i < examined->table_count; i++)
        value_set_str(arena, rows, examined->tables[i].name,
                      value_int(arena, examined->tables[i].rows));
    return rows;
}

static struct value *manifest_value(struct arena *arena, const struct manifest *manifest)
{
    struct value *value = value_object(arena);
    struct value *journal = value_object(arena);
    char made[INSTANT_SIZE];

    value_set_text(arena, value, "format", STR(MANIFEST_FORMAT));
    value_set_int(arena, value, "version", MANIFEST_VERSION);
    value_set_text(arena, value, "program", STR(ASSAY_VERSION));
    value_set_text(arena, value, "made",
                   str_copy(arena, str_from_c(instant_utc(manifest->made, made))));
    value_set_text(arena, value, "installation", manifest->examined.installation);
    value_set_int(arena, journal, "position", manifest->examined.head.position);
    value_set(arena, journal, "head", hex_value(arena, manifest->examined.head.chain));
    value_set(arena, value, "journal", journal);
    value_set_text(arena, value, "database", manifest->database);
    value_set(arena, value, "rows", rows_value(arena, &manifest->examined));
    value_set(arena, value, "files", files_value(arena, manifest));
    return value;
}

static struct sha256_digest hash_of(const struct value *value)
{
    struct sha256_digest digest;
    struct buf json;

    buf_init(&json, MANIFEST_MAX);
    value_write_json(value, JSON_CANONICAL, &json);
    digest = sha256(buf_str(&json));
    buf_release(&json);
    return digest;
}

struct result manifest_write(struct arena *arena, const char *folder,
                             const struct manifest *manifest)
{
    struct value *value = manifest_value(arena, manifest);
    const char *path = str_to_c(arena, str_format(arena, "%s/" MANIFEST_NAME, folder));
    struct result result;
    struct buf json;

    value_set(arena, value, "sha256", hex_value(arena, hash_of(value)));
    buf_init(&json, MANIFEST_MAX);
    value_write_json(value, JSON_PRETTY, &json);
    errno = EFBIG;
    result = json.overflow ? fail(&ERROR_WRITE) : file_write(path, buf_str(&json));
    buf_release(&json);
    TRY(result);
    return chmod(path, 0600) == 0 ? OK : fail(&ERROR_WRITE);
}

/* ---- reading ---- */

struct manifest_reading {
    struct arena *arena;
    struct str *message;
};

PRINTF_LIKE(2, 3) static void note_wrong(struct manifest_reading *reading, const char *fmt, ...)
{
    va_list args;
    struct str what;

    va_start(args, fmt);
    what = str_format_args(reading->arena, fmt, args);
    va_end(args);
    *reading->message = str_format(reading->arena, MANIFEST_NAME ": %.*s", STR_ARG(what));
}

/* Notes what is wrong and fails: whoever reads the call sees that it does. */
#define WRONG(reading, ...) (note_wrong((reading), __VA_ARGS__), fail(&MANIFEST_WRONG))

static struct result get(struct manifest_reading *reading, const struct value *object,
                         const char *key, enum value_kind kind, const struct value **ret)
{
    const struct value *value = object ? value_get(object, key) : NULL;

    if (!value || value->kind != kind)
        return WRONG(reading, "'%s' is missing, or is something else than it should be", key);
    *ret = value;
    return OK;
}

static struct result get_count(struct manifest_reading *reading, const struct value *object,
                               const char *key, int64_t *ret)
{
    const struct value *value = NULL;

    TRY(get(reading, object, key, VALUE_INT, &value));
    if (value->integer < 0)
        return WRONG(reading, "'%s' is below zero", key);
    *ret = value->integer;
    return OK;
}

static struct result get_digest(struct manifest_reading *reading, const struct value *object,
                                const char *key, struct sha256_digest *ret)
{
    const struct value *value = NULL;

    TRY(get(reading, object, key, VALUE_TEXT, &value));
    if (!sha256_from_hex(value->text, ret))
        return WRONG(reading, "'%s' is no SHA-256", key);
    return OK;
}

/* The whole without its last member is what that one is the hash of. */
static struct result check_hash(struct manifest_reading *reading, struct value *value)
{
    struct sha256_digest noted;
    struct sha256_digest digest;

    TRY(get_digest(reading, value, "sha256", &noted));
    if (!str_eq_c(value->members[value->count - 1].key, "sha256"))
        return WRONG(reading, "'sha256' does not stand at the end");
    value->count--;
    digest = hash_of(value);
    if (memcmp(noted.bytes, digest.bytes, sizeof(noted.bytes)) != 0)
        return WRONG(reading, "it is not as it was written: its SHA-256 is another");
    return OK;
}

static bool is_backup_name(struct str name)
{
    return str_eq_c(name, BACKUP_SQLITE) || str_eq_c(name, BACKUP_EXPORT) ||
           str_eq_c(name, BACKUP_CONF) ||
           (str_starts(name, STR(BACKUP_ATTACHMENTS "/")) && tree_is_name(name));
}

static struct result read_files(struct manifest_reading *reading, const struct value *value,
                                struct manifest *manifest)
{
    const struct value *list = NULL;
    const struct value *path = NULL;

    TRY(get(reading, value, "files", VALUE_ARRAY, &list));
    for (size_t i = 0; i < list->count; i++) {
        struct tree_file file = { 0 };
        TRY(get(reading, list->items[i], "path", VALUE_TEXT, &path));
        file.path = path->text;
        if (!is_backup_name(file.path) || manifest_file(manifest, file.path))
            return WRONG(reading, "a backup has no file '%.*s', or has it once",
                         STR_ARG(file.path));
        TRY(get_count(reading, list->items[i], "bytes", &file.bytes));
        TRY(get_digest(reading, list->items[i], "sha256", &file.sha256));
        *ARENA_PUSH(reading->arena, manifest->files.at, manifest->files.count,
                    manifest->files.room) = file;
    }
    return OK;
}

static struct result read_rows(struct manifest_reading *reading, const struct value *value,
                               struct manifest *manifest)
{
    const struct value *rows = NULL;
    struct examined_table *tables;

    TRY(get(reading, value, "rows", VALUE_OBJECT, &rows));
    tables = ARENA_ARRAY(reading->arena, rows->count, struct examined_table);
    for (size_t i = 0; i < rows->count; i++) {
        tables[i].name = rows->members[i].key;
        TRY(get_count(reading, rows, str_to_c(reading->arena, tables[i].name), &tables[i].rows));
    }
    manifest->examined.tables = tables;
    manifest->examined.table_count = rows->count;
    return OK;
}

static struct result read_format(struct manifest_reading *reading, const struct value *value)
{
    const struct value *format = NULL;
    int64_t version;

    TRY(get(reading, value, "format", VALUE_TEXT, &format));
    if (!str_eq_c(format->text, MANIFEST_FORMAT))
        return WRONG(reading, "the format is '%.*s', not '" MANIFEST_FORMAT "'",
                     STR_ARG(format->text));
    TRY(get_count(reading, value, "version", &version));
    if (version != MANIFEST_VERSION)
        return WRONG(reading,
                     "the backup is of version %lld of the format, and this program reads "
                     "version %d: use the program that made it",
                     (long long)version, MANIFEST_VERSION);
    return OK;
}

static struct result read_value(struct manifest_reading *reading, struct value *value,
                                struct manifest *manifest)
{
    const struct value *member = NULL;

    TRY(read_format(reading, value));
    TRY(check_hash(reading, value));
    TRY(get(reading, value, "program", VALUE_TEXT, &member));
    manifest->program = member->text;
    TRY(get(reading, value, "installation", VALUE_TEXT, &member));
    manifest->examined.installation = member->text;
    TRY(get(reading, value, "journal", VALUE_OBJECT, &member));
    TRY(get_count(reading, member, "position", &manifest->examined.head.position));
    TRY(get_digest(reading, member, "head", &manifest->examined.head.chain));
    TRY(read_rows(reading, value, manifest));
    TRY(read_files(reading, value, manifest));
    TRY(get(reading, value, "database", VALUE_TEXT, &member));
    manifest->database = member->text;
    if ((!str_eq_c(member->text, BACKUP_SQLITE) && !str_eq_c(member->text, BACKUP_EXPORT)) ||
        !manifest_file(manifest, member->text))
        return WRONG(reading, "the database is not among its files");
    return OK;
}

struct result manifest_read(struct arena *arena, const char *folder, struct manifest *ret,
                            struct str *ret_message)
{
    const struct json_limits limits = { .bytes = MANIFEST_MAX, .depth = 4 };
    const char *path = str_to_c(arena, str_format(arena, "%s/" MANIFEST_NAME, folder));
    struct manifest_reading reading = { arena, ret_message };
    struct manifest manifest = { 0 };
    struct json_fault fault;
    struct value *value;
    struct str text;
    struct result result = file_read(arena, path, MANIFEST_MAX, &text);

    if (failed(result))
        return WRONG(&reading,
                     "cannot be read in '%s': %s: this is no backup, or one that was not "
                     "finished",
                     folder, result.error == &ERROR_READ ? strerror(errno) : result.error->message);
    if (failed(json_read(arena, text, &limits, &fault, &value)))
        return WRONG(&reading, "line %u, column %u: %s", fault.line, fault.column, fault.message);
    TRY(read_value(&reading, value, &manifest));
    *ret = manifest;
    return OK;
}
