#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "cli/ask.h"
#include "cli/load.h"
#include "cli/stored.h"
#include "instance/admin.h"

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

/* ---- the scheme ---- */

static struct result take_scheme(const struct invocation *invocation, struct instance *instance,
                                 const struct scheme_files *files, struct str *ret_message)
{
    struct value *output;

    if (files->count == 0)
        return OK;
    return admin_perform(instance, invocation->around->now, invocation->arena, STR("scheme-load"),
                         storing_input(invocation->arena, files, false), &output, ret_message);
}

/* ---- the installation ---- */

static enum exit_code make(const struct invocation *invocation, const struct config *config,
                           const struct scheme_files *files)
{
    const struct instance_settings settings = { .config = config };
    struct instance *instance = NULL;
    struct str message = STR_NONE;
    struct result result = instance_open(&settings, INSTANCE_MAKE, invocation->around->now,
                                         invocation->arena, &instance, &message);
    bool is_new = !failed(result) && instance_is_new(instance);

    if (is_new)
        result = take_scheme(invocation, instance, files, &message);
    instance_close(instance);
    if (failed(result)) {
        complain(invocation, "%.*s", STR_ARG(message));
        return result.error->exit_code;
    }
    return is_new ? EXIT_OK : refuse_second(invocation, config);
}

/* The scheme is read first: one that has faults leaves nothing behind. */
static enum exit_code read_scheme(const struct invocation *invocation, struct scheme_files *ret)
{
    const char *folder = option_value(invocation, "scheme");
    struct scheme_side scheme = { 0 };
    enum exit_code code = folder ? load_side(invocation, folder, &scheme) : EXIT_OK;

    if (code == EXIT_OK)
        *ret = scheme.files;
    return code;
}

enum exit_code cmd_init(struct invocation *invocation)
{
    struct installation installation;
    struct scheme_files files;
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
    code = read_scheme(invocation, &files);
    if (code == EXIT_OK)
        code = make(invocation, &installation.config, &files);
    if (code != EXIT_OK)
        return code;
    show(invocation, &installation.config);
    return keep_option(invocation, &installation);
}
