#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

#define CHUNK ((size_t)64 * 1024)
#define FOLDER_BYTES_MAX ((size_t)16 * 1024 * 1024) /* of all names together */
#define TEMPORARY_TRIES 100

static void close_quietly(int fd)
{
    int kept = errno;

    close(fd);
    errno = kept;
}

/* Reads to the end of the file, or until the buffer overflows. */
static bool read_all(int fd, struct buf *content)
{
    char chunk[CHUNK];

    while (!content->overflow) {
        ssize_t got = read(fd, chunk, sizeof(chunk));

        if (got == 0)
            return true;
        if (got > 0)
            buf_add(content, (struct str){ chunk, (size_t)got });
        else if (errno != EINTR)
            return false;
    }
    return true;
}

struct result file_read(struct arena *arena, const char *path, size_t max, struct str *ret)
{
    bool standard_input = strcmp(path, "-") == 0;
    int fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct result result = OK;
    struct buf content;

    if (fd < 0)
        return fail(&ERROR_READ);
    buf_init(&content, max);
    if (!read_all(fd, &content))
        result = fail(&ERROR_READ);
    else if (content.overflow)
        result = fail(&ERROR_LIMIT);
    if (!standard_input)
        close_quietly(fd);
    if (failed(result))
        buf_release(&content);
    else
        *ret = buf_take(&content, arena);
    return result;
}

static bool write_all(int fd, struct str content)
{
    while (content.n > 0) {
        ssize_t put = write(fd, content.p, content.n);

        if (put >= 0)
            content = str_drop(content, (size_t)put);
        else if (errno != EINTR)
            return false;
    }
    return fsync(fd) == 0;
}

/* Creates a file beside path, with the permissions that path has if it exists. */
static int open_temporary(const char *path, mode_t mode, struct buf *ret_name)
{
    struct stat old;
    int fd = -1;

    for (int i = 0; i < TEMPORARY_TRIES && fd < 0; i++) {
        buf_clear(ret_name);
        buf_format(ret_name, "%s.%ld-%d.tmp", path, (long)getpid(), i);
        buf_byte(ret_name, '\0');
        if (ret_name->overflow) {
            errno = ENAMETOOLONG;
            return -1;
        }
        fd = open(ret_name->p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd < 0 && errno != EEXIST)
            return -1;
    }
    if (fd >= 0 && stat(path, &old) == 0 && fchmod(fd, old.st_mode & 07777) != 0) {
        unlink(ret_name->p);
        close_quietly(fd);
        return -1;
    }
    return fd;
}

/* Makes a rename in the folder of path last through a loss of power. */
static bool sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct buf folder;
    bool done = false;
    int fd;

    buf_init(&folder, PATH_MAX);
    if (!slash)
        buf_add_c(&folder, ".");
    else
        buf_add(&folder, (struct str){ path, (size_t)(slash - path) + 1 });
    buf_byte(&folder, '\0');
    fd = open(folder.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        done = fsync(fd) == 0;
        close_quietly(fd);
    }
    buf_release(&folder);
    return done;
}

static struct result write_anew(const char *path, mode_t mode, struct str content)
{
    struct buf temporary;
    bool written = false;
    int fd;

    buf_init(&temporary, PATH_MAX);
    fd = open_temporary(path, mode, &temporary);
    if (fd >= 0) {
        written = write_all(fd, content);
        close_quietly(fd);
        if (written)
            written = rename(temporary.p, path) == 0;
        if (written) {
            written = sync_folder(path);
        } else {
            int kept = errno;

            unlink(temporary.p);
            errno = kept;
        }
    }
    buf_release(&temporary);
    return written ? OK : fail(&ERROR_WRITE);
}

struct result file_write(const char *path, struct str content)
{
    return write_anew(path, 0666, content);
}

struct result file_write_private(const char *path, struct str content)
{
    return write_anew(path, 0600, content);
}

struct result file_sync(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool synced = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close_quietly(fd);
    return synced ? OK : fail(&ERROR_WRITE);
}

struct result file_move(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) != 0)
        return fail(&ERROR_WRITE);
    return sync_folder(to) ? OK : fail(&ERROR_WRITE);
}

struct result file_replace(const char *from, const char *to)
{
    if (rename(from, to) != 0)
        return fail(&ERROR_WRITE);
    return sync_folder(to) ? OK : fail(&ERROR_WRITE);
}

static int compare_names(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The names of a folder, each followed by a NUL. */
static bool read_names(const char *path, struct buf *names, size_t *ret_count)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    size_t count = 0;
    int fault;

    if (!folder)
        return false;
    for (;;) {
        errno = 0;
        entry = readdir(folder);
        if (!entry)
            break;
        if (entry->d_name[0] == '.')
            continue;
        buf_add_c(names, entry->d_name);
        buf_byte(names, '\0');
        count++;
    }
    fault = names->overflow ? EOVERFLOW : errno;
    closedir(folder);
    errno = fault;
    *ret_count = count;
    return fault == 0;
}

struct result folder_list(struct arena *arena, const char *path, struct str_list *ret)
{
    struct str rest;
    struct str *names;
    size_t count;
    struct buf all;

    buf_init(&all, FOLDER_BYTES_MAX);
    if (!read_names(path, &all, &count)) {
        buf_release(&all);
        return fail(&ERROR_READ);
    }
    rest = buf_take(&all, arena);
    names = ARENA_ARRAY(arena, count, struct str);
    for (size_t i = 0; i < count; i++)
        rest = str_split(rest, '\0', &names[i]);
    qsort(names, count, sizeof(*names), compare_names);
    *ret = (struct str_list){ names, count };
    return OK;
}
