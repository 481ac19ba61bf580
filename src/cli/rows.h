/*
 * rows.h - lists of things of an installation, and single ones, printed for people from the same
 * values that --json prints.
 */
#ifndef ASSAY_CLI_ROWS_H
#define ASSAY_CLI_ROWS_H

#include "base/value.h"
#include "cli/commands.h"

struct column {
    const char *key;   /* of the member; NULL ends a list */
    const char *title; /* of the column, or of the line */
};

/* As JSON where the command has --json and it was given; otherwise as a table, or `none`, a
   sentence, where the list is empty. */
void rows_show(const struct invocation *invocation, const struct value *list,
               const struct column *columns, const char *none);

/* One object: as JSON, or a line for each column. */
void row_show(const struct invocation *invocation, const struct value *object,
              const struct column *columns);

/* Asks for an operation (ask.h), and shows the object that it gives. */
NODISCARD enum exit_code ask_and_show(const struct invocation *invocation, const char *operation,
                                      const struct value *input, const struct column *columns);

/* A member as people read it: a person is their number and name, a list its items, null a dash. */
struct str member_text(struct arena *arena, const struct value *value);

/* An operand that is the number of something; otherwise complains and gives false. `what` is what
   it is the number of: "a person". */
NODISCARD bool operand_number(const struct invocation *invocation, size_t operand, const char *what,
                              int64_t *ret);
/* The same for an option; *ret stays as it is where that is not given. */
NODISCARD bool option_number(const struct invocation *invocation, const char *name, int64_t *ret);
/* And for one that is a date. */
NODISCARD bool option_day(const struct invocation *invocation, const char *name, day *ret);

/* Sets a member to what was given with an option, if it was. */
void set_option(const struct invocation *invocation, struct value *input, const char *option,
                const char *key);

/* Sets a member to an operand as operand_number reads it; false after its complaint. */
NODISCARD bool set_operand(const struct invocation *invocation, struct value *input, size_t operand,
                           const char *what, const char *key);

/* Sets "account" to an account as it was named: by its number, or by an address that it has. */
void set_account(const struct invocation *invocation, struct value *input, const char *given);

#endif
