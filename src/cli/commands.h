/*
 * commands.h - the commands of assay: one table, one row each, and how a row's function is called.
 *
 * The table (commands.c) is all there is to know about a command: the parser of the command line,
 * the help, the completion and the tests of the manual read it.
 */
#ifndef ASSAY_CLI_COMMANDS_H
#define ASSAY_CLI_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/date.h"
#include "base/result.h"
#include "base/str.h"
#include "cli/output.h"

struct config;
struct scheme_files;

/* What stands outside the program and was looked up once, by main. */
struct surroundings {
    day today;          /* UTC */
    int64_t now;        /* microseconds UTC */
    const char *scheme; /* ASSAY_SCHEME, or NULL */
    struct output out;  /* standard output */
    struct output err;  /* standard error */
    /* Loads the files of a scheme, unless that is NULL, and serves until somebody stops it; says on
       the streams what happens. The server stands on a floor that this room does not see. */
    enum exit_code (*serve)(const struct config *config, const struct scheme_files *files,
                            FILE *out, FILE *err);
};

/* What a shell may offer for an argument. */
enum completes {
    COMPLETES_NOTHING,
    COMPLETES_FILES,
    COMPLETES_FOLDERS,
    COMPLETES_COMMANDS,
    COMPLETES_SHELLS,
};

struct option_row {
    const char *name;     /* long, without its dashes; NULL ends a list */
    char letter;          /* short; 0: none */
    const char *argument; /* its name in help, in capitals; NULL: it takes none */
    bool repeatable;      /* may be given more than once */
    enum completes completes;
    const char *help; /* one line, begins in lower case, no full stop */
};

struct invocation;

/* What a command is about: the headings of the overview. */
enum command_group {
    GROUP_STANDARDS,
    GROUP_PEOPLE,
    GROUP_OFFICE,
    GROUP_SERVING,
    GROUP_PROGRAM,
    COMMAND_GROUPS,
};

/*
 * A name of two words, "config check", is that of a part: a command of its own, which stands behind
 * the row of the command that it is a part of. That one has parts in place of `run`, no options and
 * no operands.
 */
struct command {
    const char *name;
    enum command_group group;
    const char *summary;  /* one line, begins with a capital, no full stop */
    const char *operands; /* as help shows them; "" for none */
    size_t operands_min;
    size_t operands_max;
    enum completes completes; /* the operands */
    const struct option_row *options;
    const char *about; /* what --help says beside the options: a paragraph or two */
    enum exit_code (*run)(struct invocation *); /* NULL: it has parts */
};

extern const struct command commands[];
extern const size_t command_count;

/* The command of that name, or NULL. */
const struct command *command_find(const char *name);
/* Its part of that word, or NULL. */
const struct command *command_part(const struct command *command, const char *word);
bool command_is_part(const struct command *command);
bool command_is_part_of(const struct command *part, const struct command *command);
/* The last word of its name: that of a part, or of a command. */
const char *command_word(const struct command *command);
/* The words of all commands, or of the parts of one, for suggestions. */
struct str_list command_words(struct arena *arena, const struct command *of);

/* An option as it was given. */
struct given {
    const struct option_row *row;
    const char *value; /* NULL: takes none */
};

/* One run of one command. */
struct invocation {
    struct arena *arena; /* of the whole run */
    struct surroundings *around;
    const struct command *command;
    struct given *given;
    size_t given_count, given_room;
    const char *const *operands;
    size_t operand_count;
};

/* Whether the command's row has an option of that long name. */
bool option_known(const struct invocation *invocation, const char *name);
/* By the option's long name, which must stand in the command's row. */
bool option_given(const struct invocation *invocation, const char *name);
const char *option_value(const struct invocation *invocation, const char *name); /* NULL: none */
/* All values of a repeatable option, in order. */
size_t option_values(const struct invocation *invocation, const char *name,
                     const char *const **ret);

/* "assay COMMAND: " and the message, on a line of standard error. */
PRINTF_LIKE(2, 3) void complain(const struct invocation *invocation, const char *fmt, ...);
/* The same with a pointer to the help; gives EXIT_USAGE. */
PRINTF_LIKE(2, 3)
enum exit_code complain_usage(const struct invocation *invocation, const char *fmt, ...);

/* The functions of the rows, one file each (cmd_NAME.c). */
enum exit_code cmd_account_block(struct invocation *invocation);
enum exit_code cmd_account_create_administrator(struct invocation *invocation);
enum exit_code cmd_account_end_sessions(struct invocation *invocation);
enum exit_code cmd_account_invite(struct invocation *invocation);
enum exit_code cmd_account_link(struct invocation *invocation);
enum exit_code cmd_account_list(struct invocation *invocation);
enum exit_code cmd_account_show(struct invocation *invocation);
enum exit_code cmd_account_unblock(struct invocation *invocation);
enum exit_code cmd_appointment_end(struct invocation *invocation);
enum exit_code cmd_appointment_list(struct invocation *invocation);
enum exit_code cmd_appointment_make(struct invocation *invocation);
enum exit_code cmd_backup(struct invocation *invocation);
enum exit_code cmd_check(struct invocation *invocation);
enum exit_code cmd_claim_decide(struct invocation *invocation);
enum exit_code cmd_claim_list(struct invocation *invocation);
enum exit_code cmd_claim_show(struct invocation *invocation);
enum exit_code cmd_completion(struct invocation *invocation);
enum exit_code cmd_config_check(struct invocation *invocation);
enum exit_code cmd_config_show(struct invocation *invocation);
enum exit_code cmd_diff(struct invocation *invocation);
enum exit_code cmd_doctor(struct invocation *invocation);
enum exit_code cmd_explain(struct invocation *invocation);
enum exit_code cmd_export(struct invocation *invocation);
enum exit_code cmd_fmt(struct invocation *invocation);
enum exit_code cmd_help(struct invocation *invocation);
enum exit_code cmd_import(struct invocation *invocation);
enum exit_code cmd_init(struct invocation *invocation);
enum exit_code cmd_jobs(struct invocation *invocation);
enum exit_code cmd_journal_list(struct invocation *invocation);
enum exit_code cmd_journal_verify(struct invocation *invocation);
enum exit_code cmd_lint(struct invocation *invocation);
enum exit_code cmd_mail_drop(struct invocation *invocation);
enum exit_code cmd_mail_list(struct invocation *invocation);
enum exit_code cmd_mail_retry(struct invocation *invocation);
enum exit_code cmd_mail_show(struct invocation *invocation);
enum exit_code cmd_mail_test(struct invocation *invocation);
enum exit_code cmd_migrate(struct invocation *invocation);
enum exit_code cmd_permissions(struct invocation *invocation);
enum exit_code cmd_person_add(struct invocation *invocation);
enum exit_code cmd_person_alike(struct invocation *invocation);
enum exit_code cmd_person_apart(struct invocation *invocation);
enum exit_code cmd_person_list(struct invocation *invocation);
enum exit_code cmd_person_merge(struct invocation *invocation);
enum exit_code cmd_person_rename(struct invocation *invocation);
enum exit_code cmd_person_show(struct invocation *invocation);
enum exit_code cmd_person_unmerge(struct invocation *invocation);
enum exit_code cmd_record_download(struct invocation *invocation);
enum exit_code cmd_record_erase(struct invocation *invocation);
enum exit_code cmd_record_show(struct invocation *invocation);
enum exit_code cmd_recovery_approve(struct invocation *invocation);
enum exit_code cmd_recovery_list(struct invocation *invocation);
enum exit_code cmd_recovery_refuse(struct invocation *invocation);
enum exit_code cmd_recovery_show(struct invocation *invocation);
enum exit_code cmd_restore(struct invocation *invocation);
enum exit_code cmd_scheme_diff(struct invocation *invocation);
enum exit_code cmd_scheme_load(struct invocation *invocation);
enum exit_code cmd_scheme_save(struct invocation *invocation);
enum exit_code cmd_serve(struct invocation *invocation);
enum exit_code cmd_simulate(struct invocation *invocation);
enum exit_code cmd_test(struct invocation *invocation);
enum exit_code cmd_token_list(struct invocation *invocation);
enum exit_code cmd_token_revoke(struct invocation *invocation);
enum exit_code cmd_version(struct invocation *invocation);

/*
 * Runs what a command line asks for and gives the exit code of the process. Standard output has
 * been written to its end, or the code is EXIT_SYSTEM and standard error says why.
 */
enum exit_code cli_run(int argc, char **argv, struct surroundings *around);

#endif
