#include "cli/paths.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/files.h"

bool path_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

bool path_is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

enum exit_code complain_read(const struct invocation *invocation, const char *path, size_t max,
                             struct result result)
{
    int reason = errno;

    if (result.error == &ERROR_LIMIT)
        complain(invocation, "'%s' is larger than %zu bytes, the most that is read of such a file",
                 path, max);
    else
        complain(invocation, "cannot read '%s': %s", path, strerror(reason));
    return result.error->exit_code;
}

static bool wanted(struct str name, const char *const *suffixes)
{
    for (; *suffixes; suffixes++)
        if (str_ends(name, str_from_c(*suffixes)))
            return true;
    return false;
}

static enum exit_code expand_folder(const struct invocation *invocation, const char *folder,
                                    const char *const *suffixes, int depth, struct path_list *list)
{
    struct arena *arena = invocation->arena;
    struct str_list names;
    struct result result = folder_list(arena, folder, &names);

    if (failed(result))
        return complain_read(invocation, folder, 0, result);
    for (size_t i = 0; i < names.count; i++) {
        bool slashed = folder[strlen(folder) - 1] == '/';
        struct str joined =
            str_format(arena, "%s%s%.*s", folder, slashed ? "" : "/", STR_ARG(names.at[i]));
        const char *path = str_to_c(arena, joined);

        if (path_is_folder(path)) {
            enum exit_code code = EXIT_OK;

            if (depth < FOLDER_DEPTH_MAX)
                code = expand_folder(invocation, path, suffixes, depth + 1, list);
            if (code != EXIT_OK)
                return code;
        } else if (wanted(names.at[i], suffixes)) {
            *ARENA_PUSH(arena, list->at, list->count, list->room) = path;
        }
    }
    return EXIT_OK;
}

enum exit_code paths_expand(const struct invocation *invocation, const char *const *paths,
                            size_t count, const char *const *suffixes, struct path_list *ret)
{
    struct path_list list = { 0 };

    for (size_t i = 0; i < count; i++) {
        size_t before = list.count;
        enum exit_code code;

        if (!path_is_folder(paths[i])) {
            *ARENA_PUSH(invocation->arena, list.at, list.count, list.room) = paths[i];
            continue;
        }
        code = expand_folder(invocation, paths[i], suffixes, 0, &list);
        if (code != EXIT_OK)
            return code;
        if (list.count == before) {
            complain(invocation, "the folder '%s' holds no file that ends in %s", paths[i],
                     suffixes[0]);
            return EXIT_INPUT;
        }
    }
    *ret = list;
    return EXIT_OK;
}

enum exit_code path_read(const struct invocation *invocation, const char *path, size_t max,
                         struct source *ret)
{
    struct str text;
    struct result result = file_read(invocation->arena, path, max, &text);

    if (failed(result))
        return complain_read(invocation, path, max, result);
    ret->name = strcmp(path, "-") == 0 ? STR("standard input") : str_from_c(path);
    ret->text = text;
    return EXIT_OK;
}
