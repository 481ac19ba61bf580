#include "cli/options.h"

#include <getopt.h>
#include <stdarg.h>
#include <string.h>

#define FIRST_LONG 256 /* values of long options; a letter's own value lies below */
#define HELP_LONG 255

static size_t row_count(const struct option_row *rows)
{
    size_t count = 0;

    while (rows[count].name)
        count++;
    return count;
}

static const struct option *long_options(struct arena *arena, const struct option_row *rows)
{
    size_t count = row_count(rows);
    struct option *list = ARENA_ARRAY(arena, count + 2, struct option);

    for (size_t i = 0; i < count; i++)
        list[i] = (struct option){ rows[i].name, rows[i].argument ? required_argument : no_argument,
                                   NULL, FIRST_LONG + (int)i };
    list[count] = (struct option){ "help", no_argument, NULL, HELP_LONG };
    return list;
}

/* The leading ':' makes getopt tell a missing argument from an unknown option. */
static const char *short_options(struct arena *arena, const struct option_row *rows)
{
    struct str letters = STR(":h");

    for (; rows->name; rows++)
        if (rows->letter)
            letters = str_format(arena, "%.*s%c%s", STR_ARG(letters), rows->letter,
                                 rows->argument ? ":" : "");
    return str_to_c(arena, letters);
}

static const struct option_row *row_of(const struct option_row *rows, int value)
{
    if (value >= FIRST_LONG)
        return &rows[value - FIRST_LONG];
    for (; rows->name; rows++)
        if (rows->letter == value)
            return rows;
    return NULL;
}

static struct str_list option_names(struct arena *arena, const struct option_row *rows)
{
    size_t count = row_count(rows);
    struct str *names = ARENA_ARRAY(arena, count + 1, struct str);

    for (size_t i = 0; i < count; i++)
        names[i] = str_from_c(rows[i].name);
    names[count] = STR("help");
    return (struct str_list){ names, count + 1 };
}

/* What getopt could not place: an unknown name, an ambiguous beginning, or a value too many. */
static void complain_unknown(const struct invocation *invocation, const char *text)
{
    struct arena *arena = invocation->arena;
    struct str_list names = option_names(arena, invocation->command->options);
    struct str word;
    struct str near = STR_NONE;
    struct str second = STR_NONE;

    if (optopt > 0 && optopt < HELP_LONG) {
        complain_usage(invocation, "unknown option '-%c'", optopt);
        return;
    }
    str_split(str_drop(str_from_c(text), 2), '=', &word);
    if (str_list_has(names, word)) {
        complain_usage(invocation, "option '--%.*s' takes no value", STR_ARG(word));
        return;
    }
    for (size_t i = 0; i < names.count; i++)
        if (word.n > 0 && str_starts(names.at[i], word)) {
            second = near;
            near = names.at[i];
        }
    if (second.p) {
        complain_usage(invocation, "'--%.*s' could be '--%.*s' or '--%.*s'", STR_ARG(word),
                       STR_ARG(second), STR_ARG(near));
        return;
    }
    near = str_nearest(word, names);
    if (near.p)
        complain_usage(invocation, "unknown option '--%.*s'; did you mean '--%.*s'?", STR_ARG(word),
                       STR_ARG(near));
    else
        complain_usage(invocation, "unknown option '--%.*s'", STR_ARG(word));
}

static bool take(struct invocation *invocation, const struct option_row *row, const char *value)
{
    if (!row->repeatable && option_given(invocation, row->name)) {
        complain_usage(invocation, "option '--%s' may be given once", row->name);
        return false;
    }
    *ARENA_PUSH(invocation->arena, invocation->given, invocation->given_count,
                invocation->given_room) = (struct given){ row, value };
    return true;
}

static bool operands_fit(const struct invocation *invocation)
{
    const struct command *command = invocation->command;
    size_t count = invocation->operand_count;

    if (count >= command->operands_min && count <= command->operands_max)
        return true;
    if (*command->operands == '\0')
        complain_usage(invocation, "takes no operand, but '%s' was given", invocation->operands[0]);
    else
        complain_usage(invocation, "expects %s, but got %zu operand%s", command->operands, count,
                       count == 1 ? "" : "s");
    return false;
}

enum parsed_options options_parse(struct invocation *invocation, int argc, char **argv)
{
    const struct option_row *rows = invocation->command->options;
    const struct option *longs = long_options(invocation->arena, rows);
    const char *shorts = short_options(invocation->arena, rows);
    int value;

    optind = 0; /* the GNU way to begin anew */
    opterr = 0;
    while ((value = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (value == 'h' || value == HELP_LONG)
            return OPTIONS_HELP;
        if (value == ':') {
            const struct option_row *row = row_of(rows, optopt);

            complain_usage(invocation, "option '--%s' expects %s", row->name, row->argument);
            return OPTIONS_WRONG;
        }
        if (value == '?') {
            complain_unknown(invocation, argv[optind - 1]);
            return OPTIONS_WRONG;
        }
        if (!take(invocation, row_of(rows, value), optarg))
            return OPTIONS_WRONG;
    }
    invocation->operands = (const char *const *)argv + optind;
    invocation->operand_count = (size_t)(argc - optind);
    return operands_fit(invocation) ? OPTIONS_READ : OPTIONS_WRONG;
}

bool option_known(const struct invocation *invocation, const char *name)
{
    const struct option_row *row = invocation->command->options;

    while (row->name && strcmp(row->name, name) != 0)
        row++;
    return row->name;
}

static void must_be_in_row(const struct invocation *invocation, const char *name)
{
    if (!option_known(invocation, name))
        BUG("%s has no option --%s", invocation->command->name, name);
}

const char *option_value(const struct invocation *invocation, const char *name)
{
    must_be_in_row(invocation, name);
    for (size_t i = 0; i < invocation->given_count; i++)
        if (strcmp(invocation->given[i].row->name, name) == 0)
            return invocation->given[i].value;
    return NULL;
}

bool option_given(const struct invocation *invocation, const char *name)
{
    must_be_in_row(invocation, name);
    for (size_t i = 0; i < invocation->given_count; i++)
        if (strcmp(invocation->given[i].row->name, name) == 0)
            return true;
    return false;
}

size_t option_values(const struct invocation *invocation, const char *name, const char *const **ret)
{
    const char **values = ARENA_ARRAY(invocation->arena, invocation->given_count + 1, const char *);
    size_t count = 0;

    must_be_in_row(invocation, name);
    for (size_t i = 0; i < invocation->given_count; i++)
        if (strcmp(invocation->given[i].row->name, name) == 0)
            values[count++] = invocation->given[i].value;
    *ret = values;
    return count;
}

PRINTF_LIKE(2, 0)
static void complain_args(const struct invocation *invocation, const char *fmt, va_list args)
{
    struct output *err = &invocation->around->err;

    output_format(err, "assay %s: ", invocation->command->name);
    output_str(err, str_format_args(invocation->arena, fmt, args));
    output_line(err);
}

void complain(const struct invocation *invocation, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    complain_args(invocation, fmt, args);
    va_end(args);
}

enum exit_code complain_usage(const struct invocation *invocation, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    complain_args(invocation, fmt, args);
    va_end(args);
    output_format(&invocation->around->err, "'assay %s --help' shows how it is used.\n",
                  invocation->command->name);
    return EXIT_USAGE;
}
