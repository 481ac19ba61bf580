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
 *     {"output": {...}} or {"error": NAME, "exit": EXIT CODE, "message": TEXT}
 *
 * The operations stand in admin_operations.c, which says how to add one.
 */
#ifndef ASSAY_INSTANCE_ADMIN_H
#define ASSAY_INSTANCE_ADMIN_H

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "base/value.h"
#include "instance/instance.h"

#define ADMIN_LINE_MAX ((size_t)64 * 1024 * 1024) /* bytes, of either side, without its end */

extern const struct error
    ADMIN_NO_ANSWER;                     /* the process that has the installation open is silent */
extern const struct error ADMIN_UNKNOWN; /* it knows no such operation */

/*
 * Runs one by name: here if this process can open the installation for writing, otherwise in the
 * process that has it open. `now` is in microseconds UTC; another process uses its own clock.
 * *ret_output is in the arena. On failure *ret_message says what is wrong and what to do; the error
 * may be a copy of the one that the operation met, with the same name and exit code: admin_is.
 */
RESULT admin_ask(const struct config *config, int64_t now, struct arena *arena,
                 const char *operation, const struct value *input, struct value **ret_output,
                 struct str *ret_message);

/* Whether it is that error, or a copy of it. */
bool admin_is(struct result result, const struct error *error);

/* The same in the process that has the installation open. Not for the writer's own thread. */
RESULT admin_perform(struct instance *instance, int64_t now, struct arena *arena,
                     struct str operation, const struct value *input, struct value **ret_output,
                     struct str *ret_message);

/* The side that answers, on a thread of its own, until it is closed. `now` is called on that
   thread, and gives microseconds UTC. INSTANCE_FOLDER. */
struct admin_socket;
RESULT admin_listen(struct instance *instance, int64_t (*now)(void), struct arena *arena,
                    struct admin_socket **ret, struct str *ret_message);
void admin_close(struct admin_socket *socket); /* before its instance; NULL: nothing */

#endif
