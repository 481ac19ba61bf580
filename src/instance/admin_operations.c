/*
 * To add an operation:
 *  1. write `struct result admin_NAME(struct admin_call *, struct value **ret_output)` in a file
 *     admin_AREA.c of this room, with its input and output in a comment above it, and declare it at
 *     the end of admin_operations.h;
 *  2. add its row to the table below, in the order of the names;
 *  3. call it from a command with ask() (cli/ask.h).
 * It runs on the writer's thread, so it takes milliseconds and looks only at what it was given.
 */
#include "instance/admin_operations.h"

static const struct admin_operation operations[] = {
    { "installation-show", admin_installation_show },
    { "scheme-load", admin_scheme_load },
};

const struct admin_operation *admin_operation_find(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(operations); i++)
        if (str_eq_c(name, operations[i].name))
            return &operations[i];
    return NULL;
}
