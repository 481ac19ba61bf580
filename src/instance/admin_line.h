/*
 * admin_line.h - the socket of the command line and the lines that are written to it, for the two
 * sides of it.
 */
#ifndef ASSAY_INSTANCE_ADMIN_LINE_H
#define ASSAY_INSTANCE_ADMIN_LINE_H

#include "base/buf.h"
#include "instance/admin.h"

/* What an operation may use, its input and output included. */
#define ADMIN_ARENA_MAX ((size_t)512 * 1024 * 1024)

/*
 * Binds or connects a socket to DATA/admin.sock, however long the path is. -1, with errno, where it
 * cannot be done.
 */
int admin_bind(struct arena *arena, const struct config *config);
int admin_connect(struct arena *arena, const struct config *config);

/* Reads a line, without its end, into an object. ERROR_INPUT and ERROR_LIMIT, with *ret_why. */
RESULT admin_read_line(struct arena *arena, struct str line, struct value **ret,
                       const char **ret_why);

/* An object and the end of the line. ERROR_LIMIT where it is longer than ADMIN_LINE_MAX; the buffer
   is empty then. */
RESULT admin_write_line(const struct value *value, struct buf *out);

/* The two answers. */
struct value *admin_success(struct arena *arena, struct value *output);
struct value *admin_failure(struct arena *arena, const struct error *error, struct str message);

#endif
