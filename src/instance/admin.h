/*
 * admin.h - what the command line asks of an installation, whether a server runs on it or not.
 *
 * An admin operation has a name, an input and an output, both values as JSON has them. It runs as
 * an operation of the writer: in the process of the command where nobody else has the installation
 * open, otherwise in the process that has, which is asked at DATA/admin.sock. That file is for its
 * owner alone; whoever may open it may do everything, as whoever may use the command line.
 *
 * At the socket both sides write one line of JSON:
 *     {"operation": NAME, "input": {...}}
 *     {"output": {...}} or {"error": NAME, "message": TEXT}
 *
 * To add an operation: write its function in a file admin_AREA.c of this room, declare it in
 * admin_operations.h, and add its row to the table in admin_operations.c.
 */
#ifndef ASSAY_INSTANCE_ADMIN_H
#define ASSAY_INSTANCE_ADMIN_H

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "base/value.h"
#include "instance/instance.h"
#include "register/act.h"

#define ADMIN_LINE_MAX ((size_t)64 * 1024 * 1024) /* bytes, of either side */

struct admin_call {
    struct store *store; /* the writer's, within the operation */
    struct arena *arena;
    struct act act; /* ACTOR_COMMAND, by the authority of the command line */
    const struct config *config;
    const struct value *input; /* an object; what is missing or wrong in it is ERROR_INPUT */
};

struct admin_operation {
    const char *name; /* "appointment-make" */
    struct result (*run)(const struct admin_call *call, struct value **ret_output);
};

extern const struct admin_operation admin_operations[];
extern const size_t admin_operation_count;

/*
 * Runs one by name: here if this process can open the installation for writing, otherwise in the
 * process that has it open. On failure *ret_message says what is wrong and what to do.
 */
RESULT admin_ask(const struct config *config, int64_t now, struct arena *arena,
                 const char *operation, const struct value *input, struct value **ret_output,
                 struct str *ret_message);

/* The side that answers, on a thread of its own, until it is stopped. */
struct admin_socket;
RESULT admin_listen(struct instance *instance, int64_t (*now)(void), struct admin_socket **ret,
                    struct str *ret_message, struct arena *arena);
void admin_close(struct admin_socket *socket); /* NULL: nothing */

#endif
