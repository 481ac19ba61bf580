#include "cli/installation.h"

#include <errno.h>
#include <string.h>

#include "cli/diagnostics.h"
#include "cli/paths.h"

/* Options that set what the file would set, under the same name. */
static const char *const settings[] = { "port",       "address", "base",
                                        "admin-port", "scheme",  "database" };

static enum exit_code set_options(const struct invocation *invocation, struct config *config)
{
    for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
        const char *value =
            option_known(invocation, settings[i]) ? option_value(invocation, settings[i]) : NULL;
        const char *expected;

        if (!value)
            continue;
        expected = config_set(invocation->arena, config, settings[i], str_from_c(value));
        if (expected)
            return complain_usage(invocation, "option '--%s' expects %s, but got '%s'", settings[i],
                                  expected, value);
    }
    return EXIT_OK;
}

/* The file may be missing where nobody has named it. */
static enum exit_code read_file(const struct invocation *invocation, struct installation *new)
{
    bool named = option_given(invocation, "config");
    struct result result = config_read(invocation->arena, new->file, &new->diags, &new->config);

    new->file_exists = true;
    if (!failed(result) || result.error == &ERROR_INPUT)
        return EXIT_OK;
    if (result.error == &ERROR_READ && errno == ENOENT && !named) {
        new->file_exists = false;
        return EXIT_OK;
    }
    complain(invocation, "cannot read '%s': %s", new->file,
             result.error == &ERROR_READ ? strerror(errno) : result.error->message);
    return result.error->exit_code;
}

static void check_scheme(struct arena *arena, struct installation *new)
{
    const struct config *config = &new->config;
    struct str conf = str_format(arena, "%.*s/scheme.conf", STR_ARG(config->scheme));
    struct span place = config_place(config, "scheme");

    if (place.source && !path_exists(str_to_c(arena, conf)))
        diags_add(&new->diags, SEVERITY_ERROR, place,
                  STR("expected the folder of a scheme, relative to that of this file"),
                  "there is no '%.*s'", STR_ARG(conf));
}

enum exit_code installation_read(const struct invocation *invocation, struct installation *ret)
{
    const char *data = option_value(invocation, "data");
    const char *file = option_value(invocation, "config");
    struct installation new = { .file = file };
    enum exit_code code;

    if (!data && !file)
        return complain_usage(invocation, "no installation: give --data DIR");
    if (!file)
        new.file = str_to_c(invocation->arena,
                            str_format(invocation->arena, "%s/" CONFIG_FILE_NAME, data));
    diags_init(&new.diags, invocation->arena);
    config_init(&new.config);
    new.config.data = data;
    code = read_file(invocation, &new);
    if (code != EXIT_OK)
        return code;
    check_scheme(invocation->arena, &new);
    code = set_options(invocation, &new.config);
    if (code != EXIT_OK)
        return code;
    *ret = new;
    return EXIT_OK;
}

enum exit_code installation_read_well(const struct invocation *invocation, struct installation *ret)
{
    struct installation new = { 0 };
    enum exit_code code;

    if (!option_given(invocation, "data"))
        return complain_usage(invocation, "no installation: give --data DIR");
    code = installation_read(invocation, &new);
    if (code != EXIT_OK)
        return code;
    if (new.diags.errors > 0) {
        diagnostics_show(&new.diags, &invocation->around->err);
        complain(invocation, "'%s' has faults, so nothing was done", new.file);
        return EXIT_INPUT;
    }
    *ret = new;
    return EXIT_OK;
}

const char *installation_scheme(const struct invocation *invocation,
                                const struct installation *installation)
{
    if (installation->config.scheme.p)
        return str_to_c(invocation->arena, installation->config.scheme);
    return invocation->around->scheme;
}
