#include "cli/export_all.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "cli/ask.h"
#include "cli/telling.h"
#include "instance/export.h"
#include "register/attachment.h"

/* What goes into the export must not be for others to read: it holds all that the database holds.
 */
static FILE *create(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;

    if (fd >= 0 && !file)
        close(fd);
    return file;
}

static enum exit_code cannot_write(const struct invocation *invocation, const char *path)
{
    complain(invocation, "cannot write '%s': %s", path, strerror(errno));
    return EXIT_SYSTEM;
}

static enum exit_code write_to(struct invocation *invocation, struct reading *reading, FILE *file,
                               struct export_done *ret)
{
    const struct export_settings settings = {
        .store = reading->store,
        .attachments =
            instance_path(invocation->arena, &reading->installation.config, ATTACHMENT_FOLDER),
        .out = file,
    };
    struct telling telling = telling_of(invocation);
    struct str message = STR_NONE;
    struct result result =
        export_write(&settings, invocation->arena, telling_told(&telling), ret, &message);

    telling_end(&telling);
    if (!failed(result)) {
        if (ret->lost > 0)
            complain(invocation,
                     "of the files that records name, %lld could not be found and are not in the "
                     "export: "
                     "'assay doctor' names one",
                     (long long)ret->lost);
        return reading_end(invocation, reading, OK);
    }
    /* What the database met it tells itself. */
    if (reading_end(invocation, reading, OK) == EXIT_OK)
        complain(invocation, "%.*s", STR_ARG(message));
    return result.error->exit_code;
}

/* The file has another name until it is whole. */
static enum exit_code write_file(struct invocation *invocation, struct reading *reading,
                                 const char *path)
{
    const char *partial =
        str_to_c(invocation->arena, str_format(invocation->arena, "%s.partial", path));
    FILE *file = create(partial);
    struct export_done done;
    enum exit_code code;
    bool written;

    if (!file) {
        int why = errno;
        code = reading_end(invocation, reading, OK);
        errno = why;
        return code == EXIT_OK ? cannot_write(invocation, partial) : code;
    }
    code = write_to(invocation, reading, file, &done);
    errno = 0;
    written = code == EXIT_OK && fflush(file) == 0 && fsync(fileno(file)) == 0;
    if (fclose(file) != 0 || !written || failed(file_replace(partial, path))) {
        if (code == EXIT_OK)
            code = cannot_write(invocation, path);
        unlink(partial);
        return code;
    }
    output_format(&invocation->around->out, "%s: %lld rows, %lld %s; the journal ends at %lld\n",
                  path, (long long)done.rows, (long long)done.files,
                  done.files == 1 ? "file" : "files", (long long)done.head.position);
    return EXIT_OK;
}

enum exit_code export_all(struct invocation *invocation)
{
    const char *path = option_value(invocation, "out");
    struct reading reading;
    struct export_done done;
    enum exit_code code;

    if (option_given(invocation, "scheme"))
        return complain_usage(invocation, "--scheme is for the rule of a document: give its NAME");
    code = reading_begin(invocation, &reading);
    if (code != EXIT_OK)
        return code;
    if (path)
        return write_file(invocation, &reading, path);
    return write_to(invocation, &reading, invocation->around->out.file, &done);
}
