#include <errno.h>
#include <string.h>

#include "base/value.h"
#include "cli/commands.h"
#include "cli/diagnostics.h"
#include "cli/installation.h"
#include "cli/paths.h"

/* Reads the installation, which has to be there. */
static enum exit_code read_existing(const struct invocation *invocation, struct installation *ret)
{
    enum exit_code code = installation_read(invocation, ret);

    if (code == EXIT_OK && !ret->file_exists && !path_exists(ret->config.data)) {
        complain(invocation, "cannot read '%s': %s", ret->config.data, strerror(ENOENT));
        return EXIT_INPUT;
    }
    return code;
}

enum exit_code cmd_config_check(struct invocation *invocation)
{
    struct output *out = &invocation->around->out;
    struct installation installation;
    enum exit_code code = read_existing(invocation, &installation);

    if (code != EXIT_OK)
        return code;
    diagnostics_show(&installation.diags, out);
    if (!installation.file_exists)
        output_format(out, "there is no '%s'; the defaults hold\n", installation.file);
    else
        output_format(out, "%s: %.*s\n", installation.file,
                      STR_ARG(diagnostics_counted(invocation->arena, &installation.diags)));
    return installation.diags.errors > 0 ? EXIT_NO : EXIT_OK;
}

static void show_json(const struct invocation *invocation, const struct installation *installation)
{
    struct arena *arena = invocation->arena;
    struct value *settings = value_array(arena);
    struct value *all = value_object(arena);

    for (size_t i = 0; i < config_setting_count(); i++) {
        struct config_line line = config_describe(arena, &installation->config, i);
        struct value *setting = value_object(arena);

        value_set_text(arena, setting, "name", str_from_c(line.name));
        value_set(arena, setting, "value",
                  line.absent ? value_null(arena) : value_text(arena, line.value));
        value_set_text(arena, setting, "from", line.from);
        value_push(arena, settings, setting);
    }
    value_set(arena, all, "file",
              installation->file_exists ? value_text(arena, str_from_c(installation->file))
                                        : value_null(arena));
    value_set(arena, all, "settings", settings);
    output_json(&invocation->around->out, all);
}

static void show_text(const struct invocation *invocation, const struct installation *installation)
{
    static const bool right[] = { false, false, false };
    struct arena *arena = invocation->arena;
    struct table table;

    table_init(&table, arena, ARRAY_LEN(right), right);
    for (size_t i = 0; i < config_setting_count(); i++) {
        struct config_line line = config_describe(arena, &installation->config, i);

        table_cell(&table, TONE_PLAIN, str_from_c(line.name));
        table_cell(&table, line.absent ? TONE_FAINT : TONE_PLAIN,
                   line.absent ? str_format(arena, "(%.*s)", STR_ARG(line.value)) : line.value);
        table_cell(&table, TONE_FAINT, line.from);
    }
    table_print(&table, &invocation->around->out, 0);
}

enum exit_code cmd_config_show(struct invocation *invocation)
{
    struct installation installation;
    enum exit_code code = read_existing(invocation, &installation);

    if (code != EXIT_OK)
        return code;
    if (installation.diags.errors > 0) {
        diagnostics_show(&installation.diags, &invocation->around->err);
        complain(invocation, "'%s' has faults", installation.file);
        return EXIT_INPUT;
    }
    if (option_given(invocation, "json"))
        show_json(invocation, &installation);
    else
        show_text(invocation, &installation);
    return EXIT_OK;
}
