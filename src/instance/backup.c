#include "instance/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/version.h"
#include "instance/export.h"
#include "instance/import.h"
#include "store/copy.h"

/* The export of a PostgreSQL database is read into a file of that name to be examined. */
#define CHECK_NAME "check.db"

const struct error BACKUP_THERE = { "backup-exists", 409, EXIT_INPUT,
                                    "something of that name is there already" };

struct backup {
    const struct backup_settings *settings;
    struct arena *arena;
    struct told told;
    struct str *message;
    const char *folder; /* until it is whole */
    int lock;           /* of that folder */
    struct manifest manifest;
};

PRINTF_LIKE(3, 4)
static struct result refuse(struct backup *backup, const struct error *error, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    *backup->message = str_format_args(backup->arena, fmt, args);
    va_end(args);
    return fail(error);
}

static struct result refuse_system(struct backup *backup, struct result result, const char *path)
{
    const char *why = strerror(errno);

    return refuse(backup, result.error, "cannot %s '%s': %s",
                  result.error == &ERROR_READ ? "read" : "write", path, why);
}

static const char *path_in(const struct backup *backup, const char *name)
{
    return str_to_c(backup->arena, str_format(backup->arena, "%s/%s", backup->folder, name));
}

/* ---- the folder ---- */

/* What one that was broken off has left makes room; one that is being made holds the lock. */
static struct result make_folder(struct backup *backup)
{
    const char *folder = backup->folder;
    bool made = mkdir(folder, 0700) == 0;
    struct result result;

    if (!made && errno != EEXIST)
        return refuse_system(backup, fail(&ERROR_WRITE), folder);
    backup->lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (backup->lock < 0)
        return refuse_system(backup, fail(&ERROR_WRITE), folder);
    if (flock(backup->lock, LOCK_EX | LOCK_NB) != 0) {
        close(backup->lock);
        backup->lock = -1;
        return refuse(backup, &BACKUP_THERE, "another backup is being made in '%s'", folder);
    }
    if (made)
        return OK;
    close(backup->lock);
    backup->lock = -1;
    result = tree_remove(backup->arena, folder);
    if (failed(result))
        return refuse_system(backup, result, folder);
    return make_folder(backup);
}

/* ---- the database ---- */

static struct result copy_pages(struct backup *backup)
{
    struct store *store = backup->settings->store;
    struct store_copy *copy = NULL;
    struct result result;
    struct result ended;
    int64_t done = 0;
    int64_t all = 1;

    TRY(store_copy_begin(store, path_in(backup, BACKUP_SQLITE), &copy));
    do {
        result = store_copy_step(copy, &done, &all);
        tell(backup->told, "pages", done, done, all);
    } while (!failed(result) && done < all);
    ended = store_copy_end(copy);
    return failed(result) ? result : ended;
}

static struct result copy_sqlite(struct backup *backup)
{
    struct result result = copy_pages(backup);

    if (failed(result))
        return refuse(backup, result.error, "the database cannot be copied: %s (%s)",
                      result.error->message, store_fault(backup->settings->store)->message);
    backup->manifest.database = STR(BACKUP_SQLITE);
    return OK;
}

static struct result write_export(struct backup *backup, FILE *file)
{
    const struct export_settings settings = { .store = backup->settings->store, .out = file };
    struct export_done done;

    TRY(export_write(&settings, backup->arena, backup->told, &done, backup->message));
    errno = 0;
    if (fflush(file) != 0 || fsync(fileno(file)) != 0)
        return refuse_system(backup, fail(&ERROR_WRITE), path_in(backup, BACKUP_EXPORT));
    return OK;
}

static struct result export_postgres(struct backup *backup)
{
    const char *path = path_in(backup, BACKUP_EXPORT);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    struct result result;

    if (!file)
        return refuse_system(backup, fail(&ERROR_WRITE), path);
    result = write_export(backup, file);
    fclose(file);
    backup->manifest.database = STR(BACKUP_EXPORT);
    return result;
}

/* ---- examining ---- */

/* Reads the export as somebody would who has nothing else. */
static struct result import_check(struct backup *backup)
{
    const char *path = path_in(backup, BACKUP_EXPORT);
    FILE *in = fopen(path, "re");
    const struct import_settings settings = {
        .name = BACKUP_EXPORT,
        .in = in,
        .database = path_in(backup, CHECK_NAME),
        .now = backup->settings->now,
    };
    struct import_done done;
    struct result result;

    if (!in)
        return refuse_system(backup, fail(&ERROR_READ), path);
    result = import_read(&settings, backup->arena, backup->told, &done, backup->message);
    fclose(in);
    return result;
}

static struct result examine_file(struct backup *backup, const char *name)
{
    const struct store_settings settings = { .database = path_in(backup, name) };
    struct store_fault fault = { 0 };
    struct store *store = NULL;
    struct result result = store_open(&settings, STORE_READ, &store, &fault);

    if (failed(result))
        return refuse(backup, result.error, "the copy cannot be opened: %s (%s)",
                      result.error->message, fault.message);
    result =
        examine(store, backup->arena, backup->told, &backup->manifest.examined, backup->message);
    store_close(store);
    if (failed(result))
        return refuse(backup, result.error, "the copy is not good: %.*s",
                      STR_ARG(*backup->message));
    return OK;
}

static struct result examine_copy(struct backup *backup)
{
    struct result result;

    if (str_eq_c(backup->manifest.database, BACKUP_SQLITE))
        return examine_file(backup, BACKUP_SQLITE);
    TRY(import_check(backup));
    result = examine_file(backup, CHECK_NAME);
    unlink(path_in(backup, CHECK_NAME));
    return result;
}

/* ---- files ---- */

static struct result add_file(struct backup *backup, struct tree_file file)
{
    struct tree_files *files = &backup->manifest.files;

    *ARENA_PUSH(backup->arena, files->at, files->count, files->room) = file;
    return OK;
}

/* That of the database was written page by page, and is read back here. */
static struct result add_database(struct backup *backup)
{
    struct tree_file file = { .path = backup->manifest.database };
    struct result result = tree_hash(backup->arena, backup->folder, &file);

    if (failed(result))
        return refuse_system(backup, result, backup->folder);
    return add_file(backup, file);
}

static struct result copy_conf(struct backup *backup)
{
    const char *conf = backup->settings->conf;
    struct tree_file file = { .path = STR(BACKUP_CONF) };
    struct result result;
    struct str text;

    if (!conf)
        return OK;
    result = file_read(backup->arena, conf, CONFIG_FILE_MAX, &text);
    if (failed(result))
        return refuse_system(backup, result, conf);
    result = file_write(path_in(backup, BACKUP_CONF), text);
    if (failed(result) || chmod(path_in(backup, BACKUP_CONF), 0600) != 0)
        return refuse_system(backup, fail(&ERROR_WRITE), path_in(backup, BACKUP_CONF));
    file.bytes = (int64_t)text.n;
    file.sha256 = sha256(text);
    return add_file(backup, file);
}

/* Attachments are added and never changed, so those that the copy of the database knows are there
   when they are copied after it. */
static struct result copy_attachments(struct backup *backup)
{
    const char *data = backup->settings->config->data;
    const char *folder =
        str_to_c(backup->arena, str_format(backup->arena, "%s/" BACKUP_ATTACHMENTS, data));
    struct tree_files files;
    struct result result;

    if (access(folder, F_OK) != 0)
        return OK;
    result = tree_list(backup->arena, data, STR(BACKUP_ATTACHMENTS), &files);
    if (failed(result))
        return refuse_system(backup, result, folder);
    for (size_t i = 0; i < files.count; i++) {
        struct tree_file *file = &files.at[i];
        result = tree_copy(backup->arena, data, file, backup->folder, file->path);
        if (failed(result))
            return refuse_system(backup, result, str_to_c(backup->arena, file->path));
        TRY(add_file(backup, *file));
        tell(backup->told, "attachments", (int64_t)i + 1, (int64_t)i + 1, (int64_t)files.count);
    }
    return OK;
}

/* ---- the whole ---- */

/* From here on it is a backup. */
static struct result name_folder(struct backup *backup)
{
    struct result result = manifest_write(backup->arena, backup->folder, &backup->manifest);

    if (!failed(result))
        result = tree_sync(backup->arena, backup->folder);
    if (failed(result))
        return refuse_system(backup, result, backup->folder);
    result = file_move(backup->folder, backup->settings->out);
    if (failed(result))
        return refuse_system(backup, result, backup->settings->out);
    return OK;
}

static struct result make(struct backup *backup)
{
    struct store *store = backup->settings->store;
    struct result copied = store_engine(store) == STORE_SQLITE ? copy_sqlite(backup)
                                                               : export_postgres(backup);

    /* The writer's log is held back no longer than this. */
    store_rollback(store);
    TRY(copied);
    TRY(copy_attachments(backup));
    TRY(copy_conf(backup));
    TRY(examine_copy(backup));
    TRY(add_database(backup));
    backup->manifest.made = backup->settings->now;
    backup->manifest.program = STR(ASSAY_VERSION);
    return name_folder(backup);
}

struct result backup_make(const struct backup_settings *settings, struct arena *arena,
                          struct told told, struct manifest *ret, struct str *ret_message)
{
    struct backup backup = {
        .settings = settings,
        .arena = arena,
        .told = told,
        .message = ret_message,
        .folder = str_to_c(arena, str_format(arena, "%s.partial", settings->out)),
        .lock = -1,
    };
    struct result result;

    if (access(settings->out, F_OK) == 0)
        return refuse(&backup, &BACKUP_THERE, "'%s' is there already: name a new folder",
                      settings->out);
    TRY(make_folder(&backup));
    result = make(&backup);
    if (failed(result)) {
        struct result removed = tree_remove(arena, backup.folder);
        (void)removed; /* without a manifest it is no backup */
    } else {
        *ret = backup.manifest;
    }
    close(backup.lock);
    return result;
}
