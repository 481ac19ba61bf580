#include "instance/unfinished.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "instance/instance.h"

#define WHAT_MAX 20

const struct error INSTANCE_UNFINISHED = { "unfinished", 503, EXIT_SYSTEM,
                                           "an import or a restore was broken off" };

/* What was noted; false where nothing was. */
static bool read_note(struct arena *arena, const struct config *config, struct str *ret)
{
    const char *path = instance_path(arena, config, UNFINISHED_NAME);

    if (access(path, F_OK) != 0)
        return false;
    if (failed(file_read(arena, path, WHAT_MAX, ret)) || ret->n == 0)
        *ret = STR("import or restore");
    return true;
}

struct result unfinished_check(struct arena *arena, const struct config *config,
                               struct str *ret_message)
{
    struct str what;

    if (!read_note(arena, config, &what))
        return OK;
    *ret_message =
        str_format(arena,
                   "in the folder '%s' assay %.*s is at work, or was broken off: once it "
                   "has ended, run it again to its end",
                   config->data, STR_ARG(what));
    return fail(&INSTANCE_UNFINISHED);
}

struct result unfinished_begin(struct arena *arena, const struct config *config, const char *what,
                               bool *ret_again, struct str *ret_message)
{
    const char *path = instance_path(arena, config, UNFINISHED_NAME);
    struct str noted;
    bool again = read_note(arena, config, &noted);
    struct result result;

    if (again && !str_eq_c(noted, what))
        return unfinished_check(arena, config, ret_message);
    result = file_write(path, str_from_c(what));
    if (failed(result)) {
        *ret_message = str_format(arena, "cannot write '%s': %s", path, strerror(errno));
        return result;
    }
    *ret_again = again;
    return OK;
}

struct result unfinished_end(struct arena *arena, const struct config *config)
{
    if (unlink(instance_path(arena, config, UNFINISHED_NAME)) != 0 && errno != ENOENT)
        return fail(&ERROR_WRITE);
    return file_sync(config->data);
}
