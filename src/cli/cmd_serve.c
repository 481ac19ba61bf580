#include "cli/commands.h"
#include "cli/installation.h"
#include "cli/load.h"

enum exit_code cmd_serve(struct invocation *invocation)
{
    struct surroundings *around = invocation->around;
    struct installation installation;
    struct scheme_side scheme = { 0 };
    const char *folder;
    enum exit_code code = installation_read_well(invocation, &installation);

    if (code != EXIT_OK)
        return code;
    folder = installation_scheme(invocation, &installation);
    if (folder)
        code = load_side(invocation, folder, &scheme);
    if (code != EXIT_OK)
        return code;
    installation.config.dev = option_given(invocation, "dev");
    BUG_IF(!around->serve);
    return around->serve(&installation.config, folder ? &scheme.files : NULL, around->out.file,
                         around->err.file);
}
