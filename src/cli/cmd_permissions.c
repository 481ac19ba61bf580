#include "account/permissions.h"
#include "cli/commands.h"

static struct str roles_text(struct arena *arena, enum permission permission)
{
    struct str text = STR("");

    for (size_t i = 0; i < ROLES; i++) {
        if (role_has((enum role)i, permission))
            text = str_format(arena, "%.*s%s%s", STR_ARG(text), text.n > 0 ? ", " : "",
                              role_word((enum role)i));
    }
    return text;
}

static void show_text(const struct invocation *invocation)
{
    struct output *out = &invocation->around->out;

    for (size_t i = PERMISSION_NONE + 1; i < PERMISSIONS; i++) {
        const struct permission_row *row = permission_row((enum permission)i);

        output_tone(out, TONE_STRONG, str_from_c(row->name));
        output_c(out, row->sensitive ? ", sensitive" : "");
        output_line(out);
        output_paragraph(out, 4, STR_NONE, TONE_PLAIN, str_from_c(row->about));
        output_paragraph(out, 4, STR("by"), TONE_FAINT,
                         roles_text(invocation->arena, (enum permission)i));
    }
}

enum exit_code cmd_permissions(struct invocation *invocation)
{
    if (option_given(invocation, "json"))
        output_json(&invocation->around->out, permissions_view(invocation->arena));
    else
        show_text(invocation);
    return EXIT_OK;
}
