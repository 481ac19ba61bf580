#include "cli/commands.h"
#include "cli/installation.h"
#include "cli/load.h"

enum exit_code cmd_serve(struct invocation *invocation)
{
    struct surroundings *around = invocation->around;
    struct installation installation;
    struct scheme_snapshot *scheme;
    const char *folder;
    enum exit_code code = installation_read_well(invocation, &installation);

    if (code != EXIT_OK)
        return code;
    folder = installation_scheme(invocation, &installation);
    if (!folder)
        return complain_usage(invocation,
                              "no scheme: give --scheme DIR, a line 'scheme \"DIR\"' in '%s', or "
                              "set ASSAY_SCHEME",
                              installation.file);
    code = load_snapshot(invocation, folder, &scheme);
    if (code != EXIT_OK)
        return code;
    installation.config.dev = option_given(invocation, "dev");
    BUG_IF(!around->serve);
    code = around->serve(&installation.config, scheme, around->out.file, around->err.file);
    scheme_snapshot_release(scheme);
    return code;
}
