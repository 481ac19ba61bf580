/*
 * options.h - a command line read by the row of its command.
 */
#ifndef ASSAY_CLI_OPTIONS_H
#define ASSAY_CLI_OPTIONS_H

#include "cli/commands.h"

enum parsed_options {
    OPTIONS_READ,
    OPTIONS_HELP,  /* --help was among them */
    OPTIONS_WRONG, /* standard error says how */
};

/*
 * Reads argv, whose first element is the command's name, into the invocation: its options, and its
 * operands in the order in which they stand. Options and operands may mix; -- ends the options. A
 * unique beginning of a long name will do. argv is reordered.
 */
enum parsed_options options_parse(struct invocation *invocation, int argc, char **argv);

#endif
