#include "instance/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"

#define CHUNK ((size_t)1 << 16)

bool tree_is_name(struct str path)
{
    struct str rest = path;
    struct str part;
    size_t depth = 0;

    do {
        rest = str_split(rest, '/', &part);
        if (part.n == 0 || part.n > 255 || str_eq_c(part, ".") || str_eq_c(part, "..") ||
            memchr(part.p, '\0', part.n) || memchr(part.p, '\n', part.n))
            return false;
        depth++;
    } while (rest.p && depth <= TREE_DEPTH_MAX);
    return depth <= TREE_DEPTH_MAX;
}

static void close_quietly(int fd)
{
    int kept = errno;

    if (fd >= 0)
        close(fd);
    errno = kept;
}

/* Opens a file below a folder, part by part, so that no part is a link. */
static int open_below(struct arena *arena, const char *folder, struct str path)
{
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct str rest = path;
    struct str part;
    struct stat status;

    BUG_IF(!tree_is_name(path));
    while (at >= 0 && rest.p) {
        int next;
        rest = str_split(rest, '/', &part);
        next = openat(at, str_to_c(arena, part),
                      O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | (rest.p ? O_DIRECTORY : 0));
        close_quietly(at);
        at = next;
    }
    if (at >= 0 && (fstat(at, &status) != 0 || !S_ISREG(status.st_mode))) {
        close(at);
        errno = ELOOP;
        return -1;
    }
    return at;
}

/* ---- reading and copying ---- */

static bool write_all(int fd, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t put = write(fd, bytes, count);
        if (put >= 0) {
            bytes += put;
            count -= (size_t)put;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

/* Reads all of `from`, and writes it to `to` unless that is -1. */
static struct result pass(int from, int to, struct tree_file *file)
{
    CLEANUP(sha256_release) struct sha256 hash;
    char chunk[CHUNK];
    int64_t bytes = 0;

    sha256_init(&hash);
    for (;;) {
        ssize_t got = read(from, chunk, sizeof(chunk));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(&ERROR_READ);
        if (got == 0)
            break;
        sha256_add(&hash, (struct str){ chunk, (size_t)got });
        bytes += got;
        if (to >= 0 && !write_all(to, chunk, (size_t)got))
            return fail(&ERROR_WRITE);
    }
    file->bytes = bytes;
    file->sha256 = sha256_end(&hash);
    return OK;
}

struct result tree_hash(struct arena *arena, const char *folder, struct tree_file *file)
{
    int from = open_below(arena, folder, file->path);
    struct result result = from < 0 ? fail(&ERROR_READ) : pass(from, -1, file);

    close_quietly(from);
    return result;
}

static const char *joined(struct arena *arena, const char *folder, struct str path)
{
    return str_to_c(arena, str_format(arena, "%s/%.*s", folder, STR_ARG(path)));
}

/* The folders in which TO/name stands. */
static bool make_folders(struct arena *arena, const char *to, struct str name)
{
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '/' && mkdir(joined(arena, to, str_take(name, i)), 0700) != 0 &&
            errno != EEXIST)
            return false;
    }
    return true;
}

static struct result copy_open(struct arena *arena, int from, struct tree_file *file,
                               const char *to, struct str name)
{
    struct result result;
    int target;

    if (!make_folders(arena, to, name))
        return fail(&ERROR_WRITE);
    target =
        open(joined(arena, to, name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (target < 0)
        return fail(&ERROR_WRITE);
    result = pass(from, target, file);
    if (!failed(result) && fsync(target) != 0)
        result = fail(&ERROR_WRITE);
    close_quietly(target);
    return result;
}

struct result tree_copy(struct arena *arena, const char *from, struct tree_file *file,
                        const char *to, struct str name)
{
    int source = open_below(arena, from, file->path);
    struct result result = source < 0 ? fail(&ERROR_READ)
                                      : copy_open(arena, source, file, to, name);

    close_quietly(source);
    return result;
}

/* ---- folders ---- */

enum kind { KIND_NONE, KIND_FILE, KIND_FOLDER, KIND_OTHER };

static enum kind kind_of(const char *path)
{
    struct stat status;

    if (lstat(path, &status) != 0)
        return KIND_NONE;
    return S_ISREG(status.st_mode) ? KIND_FILE : S_ISDIR(status.st_mode) ? KIND_FOLDER : KIND_OTHER;
}

/* All names in a folder, also those that begin with a dot. */
static struct result names_of(struct arena *arena, const char *path, struct str_list *ret)
{
    DIR *folder = opendir(path);
    struct str *names = NULL;
    size_t count = 0;
    size_t room = 0;
    const struct dirent *entry;
    int fault;

    if (!folder)
        return fail(&ERROR_READ);
    while (errno = 0, entry = readdir(folder)) {
        struct str name = str_from_c(entry->d_name);
        if (!str_eq_c(name, ".") && !str_eq_c(name, ".."))
            *ARENA_PUSH(arena, names, count, room) = str_copy(arena, name);
    }
    fault = errno;
    closedir(folder);
    errno = fault;
    *ret = (struct str_list){ names, count };
    return fault == 0 ? OK : fail(&ERROR_READ);
}

static struct result list_below(struct arena *arena, const char *folder, struct str path,
                                size_t depth, struct tree_files *files)
{
    struct str_list names;

    if (depth > TREE_DEPTH_MAX) {
        errno = ELOOP;
        return fail(&ERROR_READ);
    }
    TRY(names_of(arena, joined(arena, folder, path), &names));
    for (size_t i = 0; i < names.count; i++) {
        struct str below = str_format(arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(names.at[i]));
        enum kind kind = kind_of(joined(arena, folder, below));
        if (kind == KIND_FOLDER) {
            TRY(list_below(arena, folder, below, depth + 1, files));
        } else if (kind == KIND_FILE && tree_is_name(below)) {
            *ARENA_PUSH(arena, files->at, files->count, files->room) =
                (struct tree_file){ .path = below };
        } else {
            errno = ELOOP;
            return fail(&ERROR_READ);
        }
    }
    return OK;
}

static int compare_files(const void *a, const void *b)
{
    return str_cmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

struct result tree_list(struct arena *arena, const char *folder, struct str path,
                        struct tree_files *ret)
{
    struct tree_files files = { 0 };

    TRY(list_below(arena, folder, path, 1, &files));
    if (files.count > 0)
        qsort(files.at, files.count, sizeof(*files.at), compare_files);
    *ret = files;
    return OK;
}

struct result tree_sync(struct arena *arena, const char *folder)
{
    struct str_list names;

    TRY(names_of(arena, folder, &names));
    for (size_t i = 0; i < names.count; i++) {
        const char *below = joined(arena, folder, names.at[i]);
        if (kind_of(below) == KIND_FOLDER)
            TRY(tree_sync(arena, below));
    }
    return file_sync(folder);
}

struct result tree_remove(struct arena *arena, const char *path)
{
    enum kind kind = kind_of(path);
    struct str_list names;

    if (kind == KIND_NONE)
        return OK;
    if (kind != KIND_FOLDER)
        return unlink(path) == 0 ? OK : fail(&ERROR_WRITE);
    TRY(names_of(arena, path, &names));
    for (size_t i = 0; i < names.count; i++)
        TRY(tree_remove(arena, joined(arena, path, names.at[i])));
    return rmdir(path) == 0 ? OK : fail(&ERROR_WRITE);
}
