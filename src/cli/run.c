#include <errno.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/options.h"

static enum exit_code unknown_command(struct arena *arena, struct output *err, const char *name)
{
    struct str near = str_nearest(str_from_c(name), command_words(arena, NULL));

    output_format(err, "assay: no command '%s'", name);
    if (near.p)
        output_format(err, "; did you mean '%.*s'?", STR_ARG(near));
    output_c(err, "\n'assay --help' lists the commands.\n");
    return EXIT_USAGE;
}

static enum exit_code run_command(const struct command *command, struct arena *arena, int argc,
                                  char **argv, struct surroundings *around)
{
    struct invocation invocation = { .arena = arena, .around = around, .command = command };

    switch (options_parse(&invocation, argc, argv)) {
    case OPTIONS_HELP:
        help_command(arena, command, &around->out);
        return EXIT_OK;
    case OPTIONS_WRONG:
        return EXIT_USAGE;
    case OPTIONS_READ:
        break;
    }
    return command->run(&invocation);
}

/* A command with parts: the next word says which. */
static enum exit_code run_part(const struct command *command, struct arena *arena, int argc,
                               char **argv, struct surroundings *around)
{
    const char *word = argc > 1 ? argv[1] : NULL;
    struct output *err = &around->err;
    const struct command *part;
    struct str near;

    if (!word) {
        help_command(arena, command, err);
        return EXIT_USAGE;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        help_command(arena, command, &around->out);
        return EXIT_OK;
    }
    part = command_part(command, word);
    if (part)
        return run_command(part, arena, argc - 1, argv + 1, around);
    near = str_nearest(str_from_c(word), command_words(arena, command));
    output_format(err, "assay %s: no part '%s'", command->name, word);
    if (near.p)
        output_format(err, "; did you mean '%.*s'?", STR_ARG(near));
    output_format(err, "\n'assay %s --help' lists its parts.\n", command->name);
    return EXIT_USAGE;
}

static enum exit_code dispatch(struct arena *arena, int argc, char **argv,
                               struct surroundings *around)
{
    const char *name = argc > 1 ? argv[1] : NULL;
    const struct command *command;

    if (!name) {
        help_overview(&around->err);
        return EXIT_USAGE;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        help_overview(&around->out);
        return EXIT_OK;
    }
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0)
        name = "version";
    command = command_find(name);
    if (!command)
        return unknown_command(arena, &around->err, name);
    if (!command->run)
        return run_part(command, arena, argc - 1, argv + 1, around);
    return run_command(command, arena, argc - 1, argv + 1, around);
}

/* What a command has printed counts only once it has reached the file. */
static enum exit_code finish(struct surroundings *around, enum exit_code code)
{
    if (failed(output_finish(&around->out))) {
        output_format(&around->err, "assay: cannot write the output: %s\n",
                      errno ? strerror(errno) : "the stream is closed");
        code = EXIT_SYSTEM;
    }
    if (failed(output_finish(&around->err)))
        code = EXIT_SYSTEM;
    return code;
}

enum exit_code cli_run(int argc, char **argv, struct surroundings *around)
{
    volatile enum exit_code code = EXIT_SYSTEM;
    struct arena arena;
    jmp_buf full;

    arena_init(&arena, ARENA_UNLIMITED);
    if (setjmp(full) == 0) {
        arena_on_full(&arena, &full);
        code = dispatch(&arena, argc, argv, around);
    } else {
        output_c(&around->err, "assay: there is not enough memory\n");
    }
    arena_release(&arena);
    return finish(around, code);
}
