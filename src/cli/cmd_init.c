#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "cli/ask.h"
#include "store/installation.h"

/* A file is named by its whole path, so that it is found from anywhere. */
static struct str database_setting(const struct invocation *invocation, const struct config *config)
{
    const char *database = instance_database(invocation->arena, config);
    char whole[PATH_MAX];

    if (store_engine_of(database) == STORE_SQLITE && realpath(database, whole))
        return str_copy(invocation->arena, str_from_c(whole));
    return str_from_c(database);
}

/* A database that only the option has named would not be found the next time: a new configuration
   names it, and of one that is there the line is shown. */
static enum exit_code keep_option(const struct invocation *invocation,
                                  const struct installation *installation)
{
    struct str line;

    if (!option_given(invocation, "database"))
        return EXIT_OK;
    line = str_format(invocation->arena, "database %.*s\n",
                      STR_ARG(config_text(invocation->arena,
                                          database_setting(invocation, &installation->config))));
    if (installation->file_exists) {
        output_format(&invocation->around->out,
                      "So that other commands find it, let '%s' have the line\n  %.*s",
                      installation->file, STR_ARG(line));
        return EXIT_OK;
    }
    if (!failed(file_write(installation->file, line)))
        return EXIT_OK;
    complain(invocation, "cannot write '%s': %s; write into it the line %.*s", installation->file,
             strerror(errno), STR_ARG(str_trim(line)));
    return EXIT_SYSTEM;
}

static enum exit_code refuse_second(const struct invocation *invocation,
                                    const struct config *config)
{
    complain(invocation,
             "there is an installation in '%s' already, with the database '%.*s'; nothing was "
             "changed",
             config->data,
             STR_ARG(config_database_shown(
                 invocation->arena, str_from_c(instance_database(invocation->arena, config)))));
    return INSTANCE_THERE.exit_code;
}

static void show(const struct invocation *invocation, const struct config *config)
{
    struct arena *arena = invocation->arena;
    struct str database =
        config_database_shown(arena, str_from_c(instance_database(arena, config)));
    struct value *answer = value_object(arena);

    if (!option_given(invocation, "json")) {
        output_format(&invocation->around->out,
                      "Made an installation in '%s', with the database '%.*s'.\n", config->data,
                      STR_ARG(database));
        return;
    }
    value_set_text(arena, answer, "folder", str_from_c(config->data));
    value_set_text(arena, answer, "database", database);
    output_json(&invocation->around->out, answer);
}

static enum exit_code make(const struct invocation *invocation,
                           const struct installation *installation)
{
    const struct instance_settings settings = { .config = &installation->config };
    struct instance *instance = NULL;
    struct str message = STR_NONE;
    struct result result = instance_open(&settings, INSTANCE_MAKE, invocation->around->now,
                                         invocation->arena, &instance, &message);
    bool is_new;

    if (failed(result)) {
        complain(invocation, "%.*s", STR_ARG(message));
        return result.error->exit_code;
    }
    is_new = instance_is_new(instance);
    instance_close(instance);
    return is_new ? EXIT_OK : refuse_second(invocation, &installation->config);
}

enum exit_code cmd_init(struct invocation *invocation)
{
    struct installation installation;
    enum exit_code code = installation_read_well(invocation, &installation);
    struct str message = STR_NONE;
    struct result result;
    bool there;

    if (code != EXIT_OK)
        return code;
    result = instance_exists(&installation.config, invocation->arena, &there, &message);
    if (failed(result)) {
        complain(invocation, "%.*s", STR_ARG(message));
        return result.error->exit_code;
    }
    if (there)
        return refuse_second(invocation, &installation.config);
    code = make(invocation, &installation);
    if (code != EXIT_OK)
        return code;
    show(invocation, &installation.config);
    return keep_option(invocation, &installation);
}
