#include "scheme/folder.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"

/* ---- reading ---- */

struct reading {
    struct arena *arena;
    struct str folder; /* without a slash at its end */
    struct diags *diags;
    struct scheme_files files;
};

static const struct span nowhere = { .source = NULL };

struct str scheme_folder_name(const char *folder)
{
    struct str name = str_from_c(folder);

    while (name.n > 1 && name.p[name.n - 1] == '/')
        name.n--;
    return name;
}

static const char *path_in(struct arena *arena, struct str folder, struct str path)
{
    if (path.n == 0)
        return str_to_c(arena, folder);
    return str_to_c(arena, str_format(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(path)));
}

static void report(struct reading *r, struct str path, struct result result, int error)
{
    const char *name = path_in(r->arena, r->folder, path);

    if (result.error == &ERROR_LIMIT)
        diags_add(r->diags, SEVERITY_ERROR, nowhere, STR("expected a smaller file"),
                  "%s: the file is too large", name);
    else
        diags_add(r->diags, SEVERITY_ERROR, nowhere, STR_NONE, "%s: cannot be read: %s", name,
                  strerror(error));
}

static struct result read_file(struct reading *r, struct str path, size_t max)
{
    struct scheme_file file = { .path = path };
    struct result result =
        file_read(r->arena, path_in(r->arena, r->folder, path), max, &file.bytes);

    if (failed(result)) {
        int error = errno;

        report(r, path, result, error);
        errno = error;
        return result;
    }
    *ARENA_PUSH(r->arena, r->files.at, r->files.count, r->files.room) = file;
    return OK;
}

static struct str joined(struct arena *arena, const char *folder, struct str name)
{
    return *folder ? str_format(arena, "%s/%.*s", folder, STR_ARG(name)) : name;
}

static void read_kind(struct reading *r, const struct scheme_file_kind *kind)
{
    struct str folder = str_from_c(kind->folder);
    struct str_list names;
    struct result result = folder_list(r->arena, path_in(r->arena, r->folder, folder), &names);

    if (failed(result)) {
        if (kind->needed || errno != ENOENT)
            report(r, folder, result, errno);
        return;
    }
    for (size_t i = 0; i < names.count; i++) {
        struct str path = joined(r->arena, kind->folder, names.at[i]);

        if (scheme_file_kind(path) == kind)
            (void)failed(read_file(r, path, kind->max));
        else if (folder.n > 0)
            diags_add(r->diags, SEVERITY_WARNING, nowhere,
                      str_format(r->diags->arena, "expected names that end in %s", kind->ending),
                      "%s: this file is not read", path_in(r->arena, r->folder, path));
    }
}

struct result scheme_folder_read(struct arena *arena, const char *folder, struct diags *diags,
                                 struct scheme_files *ret)
{
    struct reading r = { arena, scheme_folder_name(folder), diags, { NULL, 0, 0 } };

    for (size_t i = 0; i < scheme_file_kind_count; i++) {
        const struct scheme_file_kind *kind = &scheme_file_kinds[i];

        if (kind->use != FILE_CONF)
            read_kind(&r, kind);
        else if (failed(read_file(&r, str_from_c(kind->ending), kind->max)))
            return fail(&ERROR_READ);
    }
    *ret = r.files;
    return OK;
}

/* ---- writing ---- */

struct writing {
    struct arena *arena;
    struct str folder;
    struct str path; /* that is worked on */
};

static struct result make_folder(const char *path)
{
    struct stat found;

    if (mkdir(path, 0777) == 0)
        return OK;
    if (errno != EEXIST || stat(path, &found) != 0)
        return fail(&ERROR_WRITE);
    if (S_ISDIR(found.st_mode))
        return OK;
    errno = ENOTDIR;
    return fail(&ERROR_WRITE);
}

static const char *work_on(struct writing *w, struct str path)
{
    w->path = str_from_c(path_in(w->arena, w->folder, path));
    return w->path.p;
}

static bool has_file_in(const struct scheme_files *files, const char *folder)
{
    struct str prefix = str_from_c(folder);

    for (size_t i = 0; i < files->count; i++) {
        struct str path = files->at[i].path;

        if (str_starts(path, prefix) && path.n > prefix.n && path.p[prefix.n] == '/')
            return true;
    }
    return false;
}

static struct result write_file(struct writing *w, const struct scheme_file *file)
{
    const char *path = work_on(w, file->path);
    struct str old;

    /* What is there already keeps its time of writing. */
    if (!failed(file_read(w->arena, path, file->bytes.n + 1, &old)) && str_eq(old, file->bytes))
        return OK;
    return file_write(path, file->bytes);
}

static struct result delete_others(struct writing *w, const struct scheme_file_kind *kind,
                                   const struct scheme_files *files)
{
    const char *folder = work_on(w, str_from_c(kind->folder));
    struct str_list names;
    struct result result = folder_list(w->arena, folder, &names);

    if (failed(result))
        return errno == ENOENT ? OK : result;
    for (size_t i = 0; i < names.count; i++) {
        struct str path = joined(w->arena, kind->folder, names.at[i]);

        if (scheme_file_kind(path) == kind && !scheme_file_find(files, path) &&
            unlink(work_on(w, path)) != 0)
            return fail(&ERROR_WRITE);
    }
    return OK;
}

static struct result write_all(struct writing *w, const struct scheme_files *files)
{
    TRY(make_folder(work_on(w, STR(""))));
    for (size_t i = 0; i < scheme_file_kind_count; i++) {
        const char *folder = scheme_file_kinds[i].folder;

        if (*folder && has_file_in(files, folder))
            TRY(make_folder(work_on(w, str_from_c(folder))));
    }
    for (size_t i = 0; i < files->count; i++)
        TRY(write_file(w, &files->at[i]));
    for (size_t i = 0; i < scheme_file_kind_count; i++)
        TRY(delete_others(w, &scheme_file_kinds[i], files));
    return OK;
}

struct result scheme_folder_write(struct arena *arena, const char *folder,
                                  const struct scheme_files *files, struct str *ret_path)
{
    struct writing w = { arena, scheme_folder_name(folder), STR_NONE };
    struct result result = write_all(&w, files);

    if (failed(result))
        *ret_path = w.path;
    return result;
}
