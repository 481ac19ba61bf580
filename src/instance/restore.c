#include "instance/restore.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/lock.h"
#include "base/version.h"
#include "instance/export.h"
#include "instance/import.h"
#include "instance/instance.h"
#include "instance/unfinished.h"
#include "store/migrate.h"

#define EXPORT_NAME "export.restoring" /* of an SQLite backup that goes to PostgreSQL */

const struct error RESTORE_NOT_EMPTY = { "folder-not-empty", 409, EXIT_INPUT,
                                         "the folder is not empty" };
const struct error RESTORE_WRONG = { "backup-wrong", 422, EXIT_INPUT,
                                     "a file of the backup is not what its manifest says" };

/* What a restore makes in the folder. */
static const char *const made_names[] = { BACKUP_CONF, BACKUP_ATTACHMENTS, EXPORT_NAME };

struct restoring {
    const struct restore_settings *settings;
    struct arena *arena;
    struct told told;
    struct str *message;
    struct manifest manifest;
    struct config config;
    const char *database; /* where it goes */
    const char *partial;  /* the name of an SQLite file until it is whole */
};

PRINTF_LIKE(3, 4)
static struct result refuse(struct restoring *restoring, const struct error *error, const char *fmt,
                            ...)
{
    va_list args;

    va_start(args, fmt);
    *restoring->message = str_format_args(restoring->arena, fmt, args);
    va_end(args);
    return fail(error);
}

static struct result refuse_system(struct restoring *restoring, struct result result,
                                   const char *path)
{
    const char *why = strerror(errno);

    return refuse(restoring, result.error, "cannot %s '%s': %s",
                  result.error == &ERROR_READ ? "read" : "write", path, why);
}

static const char *path_of(struct restoring *restoring, const char *name)
{
    return instance_path(restoring->arena, &restoring->config, name);
}

/* ---- the backup ---- */

static struct result check_file(struct restoring *restoring, const struct tree_file *expected)
{
    struct tree_file found = { .path = expected->path };
    struct result result = tree_hash(restoring->arena, restoring->settings->backup, &found);

    if (failed(result))
        return refuse(restoring, &RESTORE_WRONG, "the backup's file '%.*s' cannot be read: %s",
                      STR_ARG(expected->path),
                      errno == ELOOP ? "it is a link, or no file" : strerror(errno));
    if (!manifest_same(&found, expected))
        return refuse(restoring, &RESTORE_WRONG,
                      "the backup's file '%.*s' is not as it was written: take another backup",
                      STR_ARG(expected->path));
    return OK;
}

static struct result check_backup(struct restoring *restoring)
{
    const struct tree_files *files = &restoring->manifest.files;

    TRY(manifest_read(restoring->arena, restoring->settings->backup, &restoring->manifest,
                      restoring->message));
    for (size_t i = 0; i < files->count; i++) {
        TRY(check_file(restoring, &files->at[i]));
        tell(restoring->told, "files verified", (int64_t)i + 1, (int64_t)i + 1,
             (int64_t)files->count);
    }
    return OK;
}

/* ---- the folder ---- */

static bool belongs_to_nobody(const char *name)
{
    return strcmp(name, "lock") == 0 || strcmp(name, UNFINISHED_NAME) == 0 ||
           strcmp(name, "lost+found") == 0;
}

static struct result check_empty(struct restoring *restoring)
{
    struct str_list names;
    struct result result = folder_list(restoring->arena, restoring->config.data, &names);

    if (failed(result))
        return refuse_system(restoring, result, restoring->config.data);
    for (size_t i = 0; i < names.count; i++) {
        if (!belongs_to_nobody(str_to_c(restoring->arena, names.at[i])))
            return refuse(restoring, &RESTORE_NOT_EMPTY,
                          "the folder '%s' holds '%.*s' already: name an empty one, or one that is "
                          "yet to be made",
                          restoring->config.data, STR_ARG(names.at[i]));
    }
    return OK;
}

static const char *beside(struct restoring *restoring, const char *path, const char *end)
{
    return str_to_c(restoring->arena, str_format(restoring->arena, "%s%s", path, end));
}

static struct result remove_partial(struct restoring *restoring)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal" };

    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        TRY(tree_remove(restoring->arena, beside(restoring, restoring->partial, ends[i])));
    return OK;
}

static struct result remove_made(struct restoring *restoring)
{
    for (size_t i = 0; i < ARRAY_LEN(made_names); i++)
        TRY(tree_remove(restoring->arena, path_of(restoring, made_names[i])));
    return restoring->partial ? remove_partial(restoring) : OK;
}

/* A restore that was broken off has left what this one makes anew; its database too, if it was
   killed at the very end. */
static struct result begin_folder(struct restoring *restoring)
{
    const char *usual = path_of(restoring, "assay.db");
    struct result result = OK;
    bool again = false;

    TRY(unfinished_begin(restoring->arena, &restoring->config, "restore", &again,
                         restoring->message));
    if (again) {
        restoring->partial = beside(restoring, usual, ".restoring");
        result = remove_made(restoring);
        restoring->partial = NULL;
        if (!failed(result))
            result = tree_remove(restoring->arena, usual);
    }
    if (failed(result))
        return refuse_system(restoring, result, restoring->config.data);
    result = check_empty(restoring);
    if (failed(result)) {
        struct result ended = unfinished_end(restoring->arena, &restoring->config);
        (void)ended; /* what is there is told, and is not ours */
    }
    return result;
}

/* ---- files ---- */

static struct result copy_file(struct restoring *restoring, const struct tree_file *expected,
                               const char *folder, struct str name)
{
    struct tree_file copied = { .path = expected->path };
    struct result result =
        tree_copy(restoring->arena, restoring->settings->backup, &copied, folder, name);

    if (failed(result))
        return refuse_system(
            restoring, result,
            str_to_c(restoring->arena,
                     str_format(restoring->arena, "%s/%.*s",
                                result.error == &ERROR_READ ? restoring->settings->backup : folder,
                                STR_ARG(name))));
    if (!manifest_same(&copied, expected))
        return refuse(restoring, &RESTORE_WRONG, "the backup's file '%.*s' was changed meanwhile",
                      STR_ARG(expected->path));
    return OK;
}

static struct result copy_files(struct restoring *restoring)
{
    for (size_t i = 0; i < restoring->manifest.files.count; i++) {
        const struct tree_file *file = &restoring->manifest.files.at[i];
        if (!str_eq(file->path, restoring->manifest.database))
            TRY(copy_file(restoring, file, restoring->config.data, file->path));
    }
    return OK;
}

/* The database that the restored configuration names, as a server will read it. */
static const char *database_of_conf(struct restoring *restoring)
{
    const char *path = path_of(restoring, BACKUP_CONF);
    struct config config;
    struct diags diags;

    config_init(&config);
    config.data = restoring->config.data;
    diags_init(&diags, restoring->arena);
    if (access(path, F_OK) == 0 && failed(config_read(restoring->arena, path, &diags, &config)))
        return NULL;
    return instance_database(restoring->arena, &config);
}

static struct result choose_database(struct restoring *restoring, bool *ret_conf_differs)
{
    const char *conf = database_of_conf(restoring);

    restoring->database = restoring->settings->database ? restoring->settings->database : conf;
    if (!restoring->database)
        return refuse(restoring, &RESTORE_WRONG,
                      "the backup's assay.conf has faults: say with --database where the database "
                      "is to be");
    *ret_conf_differs = !conf || strcmp(conf, restoring->database) != 0;
    return OK;
}

/* ---- the database ---- */

static struct result compare(struct restoring *restoring, const struct examined *found)
{
    const struct examined *expected = &restoring->manifest.examined;
    bool same = str_eq(found->installation, expected->installation) &&
                found->head.position == expected->head.position &&
                memcmp(found->head.chain.bytes, expected->head.chain.bytes,
                       sizeof(found->head.chain.bytes)) == 0 &&
                found->table_count == expected->table_count;

    for (size_t i = 0; i < found->table_count && same; i++)
        same = str_eq(found->tables[i].name, expected->tables[i].name) &&
               found->tables[i].rows == expected->tables[i].rows;
    if (same)
        return OK;
    return refuse(
        restoring, &RESTORE_WRONG,
        "the database in the backup is whole, but not the one that the manifest tells of");
}

/* Opens it as it will be used, and brings it up to date if it is of an earlier version. */
static struct result examine_store(struct restoring *restoring, struct store *store)
{
    struct examined found;
    size_t applied;
    struct result result = migrate_applied(store, migrations_of_program(), &applied);

    if (failed(result))
        return refuse(restoring, result.error, "%s (%s)", result.error->message,
                      store_fault(store)->message);
    TRY(examine(store, restoring->arena, restoring->told, &found, restoring->message));
    TRY(compare(restoring, &found));
    result = migrate(store, migrations_of_program(), restoring->settings->now, ASSAY_VERSION);
    if (failed(result))
        return refuse(restoring, result.error, "%s (%s)", result.error->message,
                      store_fault(store)->message);
    return OK;
}

static struct result open_and_examine(struct restoring *restoring, const char *path)
{
    const struct store_settings settings = { .database = path };
    struct store_fault fault = { 0 };
    struct store *store = NULL;
    struct result result = store_open(&settings, STORE_WRITE, &store, &fault);

    if (failed(result))
        return refuse(restoring, result.error, "the database cannot be opened: %s (%s)",
                      result.error->message, fault.message);
    result = examine_store(restoring, store);
    store_close(store);
    return result;
}

/* The file as it is, under another name until it has been examined. */
static struct result restore_file(struct restoring *restoring)
{
    const struct tree_file *file =
        manifest_file(&restoring->manifest, restoring->manifest.database);
    const char *slash = strrchr(restoring->database, '/');
    const char *folder = slash ? str_to_c(restoring->arena,
                                          (struct str){ restoring->database,
                                                        (size_t)(slash - restoring->database) + 1 })
                               : ".";
    struct result result;

    if (access(restoring->database, F_OK) == 0)
        return refuse(restoring, &RESTORE_NOT_EMPTY, "'%s' is there already: move it away",
                      restoring->database);
    restoring->partial = beside(restoring, restoring->database, ".restoring");
    result = remove_partial(restoring);
    if (failed(result))
        return refuse_system(restoring, result, restoring->partial);
    TRY(copy_file(restoring, file, folder,
                  str_from_c(slash ? restoring->partial + (slash - restoring->database) + 1
                                   : restoring->partial)));
    TRY(open_and_examine(restoring, restoring->partial));
    result = file_sync(restoring->partial);
    if (!failed(result))
        result = file_move(restoring->partial, restoring->database);
    return failed(result) ? refuse_system(restoring, result, restoring->database) : OK;
}

static struct result restore_lines(struct restoring *restoring, const char *path)
{
    FILE *in = fopen(path, "re");
    const struct import_settings settings = {
        .name = path,
        .in = in,
        .database = restoring->database,
        .head = &restoring->manifest.examined.head,
        .now = restoring->settings->now,
    };
    struct import_done done;
    struct result result;

    if (!in)
        return refuse_system(restoring, fail(&ERROR_READ), path);
    result = import_read(&settings, restoring->arena, restoring->told, &done, restoring->message);
    fclose(in);
    if (result.error == &IMPORT_NOT_EMPTY && !restoring->settings->database)
        return refuse(restoring, result.error,
                      "%.*s; it is the one that the backup's assay.conf names: say with --database "
                      "where it is to be instead",
                      STR_ARG(*restoring->message));
    return result;
}

static struct result export_file(struct restoring *restoring, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *out = fd >= 0 ? fdopen(fd, "w") : NULL;
    const char *database = str_to_c(
        restoring->arena, str_format(restoring->arena, "%s/%.*s", restoring->settings->backup,
                                     STR_ARG(restoring->manifest.database)));
    const struct store_settings settings = { .database = database };
    struct store_fault fault = { 0 };
    struct store *store = NULL;
    struct export_settings export = { .out = out };
    struct export_done done;
    struct result result;

    if (!out)
        return refuse_system(restoring, fail(&ERROR_WRITE), path);
    result = store_open(&settings, STORE_READ, &store, &fault);
    if (failed(result))
        refuse(restoring, result.error, "the backup's database cannot be opened: %s",
               fault.message);
    else
        result = store_begin(store);
    export.store = store;
    if (!failed(result))
        result =
            export_write(&export, restoring->arena, restoring->told, &done, restoring->message);
    store_close(store);
    if (fclose(out) != 0 && !failed(result))
        return refuse_system(restoring, fail(&ERROR_WRITE), path);
    return result;
}

static struct result restore_database(struct restoring *restoring)
{
    bool file = str_eq_c(restoring->manifest.database, BACKUP_SQLITE);
    const char *path = path_of(restoring, EXPORT_NAME);

    if (file && store_engine_of(restoring->database) == STORE_SQLITE)
        return restore_file(restoring);
    if (file)
        TRY(export_file(restoring, path));
    else
        TRY(copy_file(restoring, manifest_file(&restoring->manifest, STR(BACKUP_EXPORT)),
                      restoring->config.data, STR(EXPORT_NAME)));
    TRY(restore_lines(restoring, path));
    unlink(path);
    return OK;
}

/* ---- the whole ---- */

static struct result restore_marked(struct restoring *restoring, struct restore_done *done)
{
    struct result result;

    TRY(copy_files(restoring));
    TRY(choose_database(restoring, &done->conf_differs));
    TRY(restore_database(restoring));
    result = tree_sync(restoring->arena, restoring->config.data);
    return failed(result) ? refuse_system(restoring, result, restoring->config.data) : OK;
}

static struct result restore_locked(struct restoring *restoring, struct restore_done *done)
{
    struct result result;
    struct result ended;

    TRY(begin_folder(restoring));
    result = restore_marked(restoring, done);
    if (failed(result)) {
        ended = remove_made(restoring);
        if (failed(ended))
            return result; /* the mark stays: what is left is not to be believed */
    }
    ended = unfinished_end(restoring->arena, &restoring->config);
    if (!failed(result) && failed(ended))
        return refuse_system(restoring, ended, restoring->config.data);
    return result;
}

struct result restore_run(const struct restore_settings *settings, struct arena *arena,
                          struct told told, struct restore_done *ret, struct str *ret_message)
{
    struct restoring restoring = {
        .settings = settings,
        .arena = arena,
        .told = told,
        .message = ret_message,
    };
    struct restore_done done = { 0 };
    struct result result;
    int lock = -1;

    config_init(&restoring.config);
    restoring.config.data = settings->data;
    TRY(check_backup(&restoring));
    TRY(instance_lock(&restoring.config, INSTANCE_MAKE, arena, &lock, ret_message));
    result = restore_locked(&restoring, &done);
    lock_release(lock);
    if (failed(result))
        return result;
    done.manifest = restoring.manifest;
    done.database = restoring.database;
    *ret = done;
    return OK;
}
