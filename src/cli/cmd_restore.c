#include "cli/commands.h"
#include "cli/telling.h"
#include "config/config.h"
#include "instance/restore.h"

static void show(const struct invocation *invocation, const struct restore_done *done)
{
    const struct examined *examined = &done->manifest.examined;
    struct output *out = &invocation->around->out;
    struct str database = config_database_shown(invocation->arena, str_from_c(done->database));
    int64_t rows = 0;

    for (size_t i = 0; i < examined->table_count; i++)
        rows += examined->tables[i].rows;
    output_format(out,
                  "installation %.*s: %lld rows in '%.*s'; the journal holds and ends at %lld\n",
                  STR_ARG(examined->installation), (long long)rows, STR_ARG(database),
                  (long long)examined->head.position);
    if (done->conf_differs)
        output_format(out,
                      "assay.conf says another database: write there that it is '%.*s', before you "
                      "start the server\n",
                      STR_ARG(database));
}

enum exit_code cmd_restore(struct invocation *invocation)
{
    struct telling telling = telling_of(invocation);
    const struct restore_settings settings = {
        .backup = invocation->operands[0],
        .data = option_value(invocation, "data"),
        .database = option_value(invocation, "database"),
        .now = invocation->around->now,
    };
    struct str message = STR_NONE;
    struct restore_done done;
    struct result result;

    if (!settings.data)
        return complain_usage(invocation, "no folder to restore to: give --data DIR");
    result = restore_run(&settings, invocation->arena, telling_told(&telling), &done, &message);
    telling_end(&telling);
    if (failed(result)) {
        complain(invocation, "%.*s", STR_ARG(message));
        return result.error->exit_code;
    }
    show(invocation, &done);
    return EXIT_OK;
}
