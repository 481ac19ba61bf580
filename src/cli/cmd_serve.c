#include "cli/commands.h"
#include "cli/installation.h"
#include "cli/load.h"

enum exit_code cmd_serve(struct invocation *invocation)
{
    struct surroundings *around = invocation->around;
    struct installation installation;
    const struct scheme *scheme;
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
    code = load_scheme_from(invocation, folder, &scheme);
    if (code != EXIT_OK)
        return code;
    installation.config.dev = option_given(invocation, "dev");
    BUG_IF(!around->serve);
    return around->serve(&installation.config, scheme, around->out.file, around->err.file);
}
