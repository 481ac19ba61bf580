#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/lock.h"
#include "cli/installation.h"
#include "cli/telling.h"
#include "instance/import.h"
#include "instance/instance.h"
#include "instance/unfinished.h"
#include "register/attachment.h"

static int64_t size_of(FILE *file)
{
    struct stat status;

    return fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode) ? status.st_size : 0;
}

static enum exit_code import(struct invocation *invocation, const struct config *config, FILE *in,
                             const char *name)
{
    struct telling telling = telling_of(invocation);
    const struct import_settings settings = {
        .name = name,
        .in = in,
        .bytes = size_of(in),
        .database = instance_database(invocation->arena, config),
        .attachments = instance_path(invocation->arena, config, ATTACHMENT_FOLDER),
        .now = invocation->around->now,
    };
    struct str message = STR_NONE;
    struct import_done done;
    struct result result =
        import_read(&settings, invocation->arena, telling_told(&telling), &done, &message);

    telling_end(&telling);
    if (failed(result)) {
        complain(invocation, "%.*s; nothing was kept", STR_ARG(message));
        return result.error->exit_code;
    }
    output_format(&invocation->around->out,
                  "installation %.*s: %lld rows, %lld %s; the journal holds and ends at %lld\n",
                  STR_ARG(done.installation), (long long)done.rows, (long long)done.files,
                  done.files == 1 ? "file" : "files", (long long)done.head.position);
    if (done.older > 0)
        output_format(&invocation->around->out, "brought up to date by %lld migrations\n",
                      (long long)done.older);
    return EXIT_OK;
}

/* A server that is started while this is under way, or after it was killed, refuses the folder. */
static enum exit_code import_noted(struct invocation *invocation, const struct config *config,
                                   FILE *in, const char *name)
{
    struct str message = STR_NONE;
    bool again;
    struct result result = unfinished_begin(invocation->arena, config, "import", &again, &message);
    enum exit_code code;

    if (failed(result)) {
        complain(invocation, "%.*s", STR_ARG(message));
        return result.error->exit_code;
    }
    code = import(invocation, config, in, name);
    result = unfinished_end(invocation->arena, config);
    if (failed(result) && code == EXIT_OK) {
        complain(invocation, "cannot write in '%s': %s", config->data, strerror(errno));
        code = result.error->exit_code;
    }
    return code;
}

static enum exit_code import_locked(struct invocation *invocation, FILE *in, const char *name)
{
    struct installation installation;
    struct str message = STR_NONE;
    struct result result;
    enum exit_code code = installation_read_well(invocation, &installation);
    int lock = -1;

    if (code != EXIT_OK)
        return code;
    result = instance_lock(&installation.config, INSTANCE_MAKE, invocation->arena, &lock, &message);
    if (failed(result)) {
        complain(invocation, "%.*s", STR_ARG(message));
        return result.error->exit_code;
    }
    code = import_noted(invocation, &installation.config, in, name);
    lock_release(lock);
    return code;
}

enum exit_code cmd_import(struct invocation *invocation)
{
    const char *path = invocation->operands[0];
    bool standard_input = strcmp(path, "-") == 0;
    FILE *in = standard_input ? stdin : fopen(path, "re");
    enum exit_code code;

    if (!in) {
        complain(invocation, "cannot read '%s': %s", path, strerror(errno));
        return EXIT_INPUT;
    }
    code = import_locked(invocation, in, standard_input ? "standard input" : path);
    if (!standard_input)
        fclose(in);
    return code;
}
