/* The table of permissions, to be read (permissions.h). */
#include "account/permissions.h"

void permissions_write(struct buf *out)
{
    for (size_t i = 0; i < PERMISSIONS; i++) {
        const struct permission_row *row = permission_row((enum permission)i);

        buf_format(out, "%s: %s%s\n   ", row->name, row->about,
                   row->sensitive ? " (sensitive)" : "");
        for (size_t role = 0; role < ROLES; role++) {
            if (role_has((enum role)role, (enum permission)i))
                buf_format(out, " %s", role_word((enum role)role));
        }
        buf_byte(out, '\n');
    }
}

struct value *permissions_view(struct arena *arena)
{
    struct value *list = value_array(arena);

    for (size_t i = 0; i < PERMISSIONS; i++) {
        const struct permission_row *row = permission_row((enum permission)i);
        struct value *permission = value_object(arena);
        struct value *roles = value_array(arena);

        for (size_t role = 0; role < ROLES; role++) {
            if (role_has((enum role)role, (enum permission)i))
                value_push(arena, roles, value_text(arena, str_from_c(role_word((enum role)role))));
        }
        value_set_text(arena, permission, "name", str_from_c(row->name));
        value_set_text(arena, permission, "about", str_from_c(row->about));
        value_set_bool(arena, permission, "sensitive", row->sensitive);
        value_set(arena, permission, "roles", roles);
        value_push(arena, list, permission);
    }
    return list;
}
