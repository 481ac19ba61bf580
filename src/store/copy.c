#include "store/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/sqlite.h"
#include "store/sqlite_fault.h"

#define STEP_BYTES (4 << 20)

struct store_copy {
    struct store *store;
    char *path;
    sqlite3 *target;
    sqlite3_backup *backup;
    int pages; /* a step */
    bool made; /* the file is ours */
    bool whole;
};

/* ---- a copy ---- */

static struct result open_target(struct store_copy *copy)
{
    int file = open(copy->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (file < 0)
        return store_failed(&copy->store->fault, errno == ENOSPC ? &STORE_FULL : &STORE_CANNOT_OPEN,
                            "%s: %s", copy->path, strerror(errno));
    close(file);
    copy->made = true;
    errno = 0;
    if (sqlite3_open_v2(copy->path, &copy->target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK ||
        sqlite3_exec(copy->target, "PRAGMA synchronous = OFF", NULL, NULL, NULL) != SQLITE_OK)
        return sqlite_fault(copy->target, copy->path, &copy->store->fault);
    return OK;
}

static struct result begin(struct store_copy *copy)
{
    int64_t size = 0;

    /* The first question fixes what the transaction sees. */
    TRY(sqlite_number(copy->store, "PRAGMA page_size", &size));
    TRY(sqlite_number(copy->store, "SELECT count(*) FROM sqlite_schema", &(int64_t){ 0 }));
    copy->pages = size > 0 ? (int)(STEP_BYTES / size) : 1;
    TRY(open_target(copy));
    errno = 0;
    copy->backup = sqlite3_backup_init(copy->target, "main", sqlite_db(copy->store), "main");
    if (!copy->backup)
        return sqlite_fault(copy->target, copy->path, &copy->store->fault);
    return OK;
}

struct result store_copy_begin(struct store *store, const char *path, struct store_copy **ret)
{
    struct store_copy *copy;
    struct result result;
    size_t length = strlen(path);

    BUG_IF(store_engine(store) != STORE_SQLITE || store->access != STORE_READ ||
           !store_in_transaction(store));
    copy = memory_alloc(1, sizeof(*copy));
    copy->store = store;
    copy->path = memory_alloc(length + 1, 1);
    memcpy(copy->path, path, length);
    result = begin(copy);
    if (failed(result)) {
        struct result ended = store_copy_end(copy);
        (void)ended; /* there is nothing yet that could be whole */
        return result;
    }
    *ret = copy;
    return OK;
}

struct result store_copy_step(struct store_copy *copy, int64_t *ret_done, int64_t *ret_all)
{
    int code;

    errno = 0;
    code = sqlite3_backup_step(copy->backup, copy->pages);
    if (code != SQLITE_OK && code != SQLITE_DONE) {
        int saved = errno;
        /* What went wrong is told by the target once the backup has ended. */
        sqlite3_backup_finish(copy->backup);
        copy->backup = NULL;
        errno = saved;
        return sqlite_fault(copy->target, copy->path, &copy->store->fault);
    }
    copy->whole = code == SQLITE_DONE;
    *ret_all = sqlite3_backup_pagecount(copy->backup);
    *ret_done = *ret_all - sqlite3_backup_remaining(copy->backup);
    return OK;
}

/* The copy says of itself that a log belongs to it, as the original does. */
static struct result detach_log(struct store_copy *copy)
{
    sqlite3_close_v2(copy->target);
    copy->target = NULL;
    errno = 0;
    if (sqlite3_open_v2(copy->path, &copy->target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK ||
        sqlite3_exec(copy->target, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK)
        return sqlite_fault(copy->target, copy->path, &copy->store->fault);
    return OK;
}

static struct result sync_file(struct store_copy *copy)
{
    int file = open(copy->path, O_RDONLY | O_CLOEXEC);
    bool synced = file >= 0 && fsync(file) == 0;
    int why = errno;

    if (file >= 0)
        close(file);
    if (synced)
        return OK;
    return store_failed(&copy->store->fault, why == ENOSPC ? &STORE_FULL : &STORE_IO, "%s: %s",
                        copy->path, strerror(why));
}

struct result store_copy_end(struct store_copy *copy)
{
    struct result result = OK;

    if (!copy)
        return OK;
    if (copy->backup)
        sqlite3_backup_finish(copy->backup);
    if (copy->whole)
        result = detach_log(copy);
    sqlite3_close_v2(copy->target);
    if (copy->whole && !failed(result))
        result = sync_file(copy);
    if (copy->made && (!copy->whole || failed(result)))
        unlink(copy->path);
    memory_free(copy->path);
    memory_free(copy);
    return result;
}

/* ---- damage ---- */

/* The first answer of a question whose answers are faults, but "ok". */
static struct result first_fault(struct store *store, const char *sql, char *ret_damage,
                                 size_t size)
{
    sqlite3_stmt *statement = NULL;
    struct result result = OK;
    const char *text = NULL;
    int code;

    errno = 0;
    code = sqlite3_prepare_v2(sqlite_db(store), sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        text = (const char *)sqlite3_column_text(statement, 0);
    else if (code != SQLITE_DONE)
        result = sqlite_fault(sqlite_db(store), sql, &store->fault);
    if (text && strcmp(text, "ok") != 0)
        snprintf(ret_damage, size, "%s", text);
    sqlite3_finalize(statement);
    return result;
}

struct result store_examine_references(struct store *store, char *ret_damage, size_t size)
{
    ret_damage[0] = '\0';
    if (store_engine(store) == STORE_POSTGRES)
        return OK;
    return first_fault(store,
                       "SELECT 'a row of ' || \"table\" || ' refers to a row of ' || parent ||"
                       " ' that is not there' FROM pragma_foreign_key_check",
                       ret_damage, size);
}

struct result store_examine(struct store *store, char *ret_damage, size_t size)
{
    ret_damage[0] = '\0';
    if (store_engine(store) == STORE_POSTGRES)
        return OK;
    TRY(first_fault(store, "PRAGMA integrity_check(1)", ret_damage, size));
    return ret_damage[0] ? OK : store_examine_references(store, ret_damage, size);
}
