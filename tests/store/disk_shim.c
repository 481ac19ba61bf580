#include "disk_shim.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

struct disk disk;

struct file {
    sqlite3_file base;
    bool is_log;
    sqlite3_file *real; /* in the bytes after this */
};

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct file *)file)->real;
}

/* Whether this change is to fail. */
static bool fails(void)
{
    disk.changes++;
    if (disk.fail_at == 0)
        return false;
    if (disk.fail_at > 1) {
        disk.fail_at--;
        return false;
    }
    if (!disk.for_good)
        disk.fail_at = 0;
    return true;
}

static int shim_close(sqlite3_file *file)
{
    sqlite3_file *real = real_of(file);

    return real->pMethods ? real->pMethods->xClose(real) : SQLITE_OK;
}

static int shim_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 at)
{
    return real_of(file)->pMethods->xRead(real_of(file), bytes, count, at);
}

/* Half of it gets through, as on a disk that fills up. */
static int shim_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 at)
{
    sqlite3_file *real = real_of(file);

    if (!fails())
        return real->pMethods->xWrite(real, bytes, count, at);
    (void)real->pMethods->xWrite(real, bytes, count / 2, at);
    errno = disk.system_error;
    return disk.write_code;
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return fails() ? SQLITE_IOERR_TRUNCATE
                   : real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int shim_sync(sqlite3_file *file, int flags)
{
    if (fails() || disk.fail_syncs) {
        errno = disk.system_error;
        return disk.sync_code;
    }
    disk.syncs += ((struct file *)file)->is_log;
    return real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int shim_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int shim_lock(sqlite3_file *file, int lock)
{
    return real_of(file)->pMethods->xLock(real_of(file), lock);
}

static int shim_unlock(sqlite3_file *file, int lock)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}

static int shim_check_lock(sqlite3_file *file, int *held)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), held);
}

static int shim_control(sqlite3_file *file, int operation, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int shim_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int shim_device(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int shim_map(sqlite3_file *file, int page, int size, int extend, void volatile **bytes)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, bytes);
}

static int shim_shared_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void shim_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int shim_unmap(sqlite3_file *file, int remove)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = shim_close,
    .xRead = shim_read,
    .xWrite = shim_write,
    .xTruncate = shim_truncate,
    .xSync = shim_sync,
    .xFileSize = shim_size,
    .xLock = shim_lock,
    .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_check_lock,
    .xFileControl = shim_control,
    .xSectorSize = shim_sector,
    .xDeviceCharacteristics = shim_device,
    .xShmMap = shim_map,
    .xShmLock = shim_shared_lock,
    .xShmBarrier = shim_barrier,
    .xShmUnmap = shim_unmap,
};

static sqlite3_vfs shim;
static sqlite3_vfs *below;

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out)
{
    struct file *file = (struct file *)base;
    int code;

    (void)vfs;
    memset(file, 0, sizeof(*file));
    file->is_log = (flags & SQLITE_OPEN_WAL) != 0;
    file->real = (sqlite3_file *)(file + 1);
    code = below->xOpen(below, name, file->real, flags, out);
    if (code == SQLITE_OK)
        file->base.pMethods = &methods;
    return code;
}

void disk_install(void)
{
    below = sqlite3_vfs_find(NULL);
    shim = *below;
    shim.zName = "shim";
    shim.pNext = NULL;
    shim.szOsFile = (int)sizeof(struct file) + below->szOsFile;
    shim.xOpen = shim_open;
    sqlite3_vfs_register(&shim, 1);
}
