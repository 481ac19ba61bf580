#include "cli/help.h"

static const char *const group_titles[COMMAND_GROUPS] = {
    [GROUP_STANDARDS] = "Writing standards",
    [GROUP_PEOPLE] = "Applying them to a person",
    [GROUP_OFFICE] = "Looking after people, accounts and roles",
    [GROUP_SERVING] = "Running an installation",
    [GROUP_PROGRAM] = "The program",
};

void help_overview(struct output *out)
{
    output_c(out, "assay runs a professional certification scheme from its written standards.\n\n");
    output_tone(out, TONE_STRONG, STR("Usage"));
    output_c(out, "\n  assay COMMAND [OPTION]... [OPERAND]...\n");
    for (int group = 0; group < COMMAND_GROUPS; group++) {
        output_line(out);
        output_tone(out, TONE_STRONG, str_from_c(group_titles[group]));
        output_line(out);
        for (size_t i = 0; i < command_count; i++)
            if ((int)commands[i].group == group && !command_is_part(&commands[i]))
                output_format(out, "  %-11s %s\n", commands[i].name, commands[i].summary);
    }
    output_c(out, "\n'assay help COMMAND' says more; the manual is assay(1).\n");
}

static struct str option_synopsis(struct arena *arena, const struct option_row *row)
{
    struct str letter = row->letter ? str_format(arena, "-%c, ", row->letter) : STR("    ");

    return str_format(arena, "%.*s--%s%s%s", STR_ARG(letter), row->name, row->argument ? " " : "",
                      row->argument ? row->argument : "");
}

static void print_parts(struct arena *arena, const struct command *command, struct output *out)
{
    struct table table;

    table_init(&table, arena, 2, (const bool[]){ false, false });
    for (size_t i = 0; i < command_count; i++) {
        if (!command_is_part_of(&commands[i], command))
            continue;
        table_cell(&table, TONE_PLAIN, str_from_c(command_word(&commands[i])));
        table_cell(&table, TONE_PLAIN, str_from_c(commands[i].summary));
    }
    table_print(&table, out, 2);
}

/* The title, how it is used, what it is about. */
static void print_head(struct arena *arena, const struct command *command, const char *takes,
                       struct output *out)
{
    output_paragraph(out, 0, str_format(arena, "assay %s:", command->name), TONE_STRONG,
                     str_from_c(command->summary));
    output_line(out);
    output_tone(out, TONE_STRONG, STR("Usage"));
    output_format(out, "\n  assay %s%s%s%s\n\n", command->name, takes,
                  *command->operands ? " " : "", command->operands);
    output_paragraph(out, 0, STR_NONE, TONE_PLAIN, str_from_c(command->about));
    output_line(out);
}

static void help_family(struct arena *arena, const struct command *command, struct output *out)
{
    print_head(arena, command, " PART [OPTION]... [OPERAND]...", out);
    output_tone(out, TONE_STRONG, STR("Parts"));
    output_line(out);
    print_parts(arena, command, out);
    output_format(out, "\n'assay help %s PART' says more; the manual is assay-%s(1).\n",
                  command->name, command->name);
}

void help_command(struct arena *arena, const struct command *command, struct output *out)
{
    static const struct option_row help_row = { .name = "help",
                                                .letter = 'h',
                                                .help = "show this help" };
    const struct option_row *row = command->options;
    struct table table;

    if (!command->run) {
        help_family(arena, command, out);
        return;
    }
    print_head(arena, command, row->name ? " [OPTION]..." : "", out);
    output_tone(out, TONE_STRONG, STR("Options"));
    output_line(out);
    table_init(&table, arena, 2, (const bool[]){ false, false });
    for (; row->name; row++) {
        table_cell(&table, TONE_PLAIN, option_synopsis(arena, row));
        table_cell(&table, TONE_PLAIN, str_from_c(row->help));
    }
    table_cell(&table, TONE_PLAIN, option_synopsis(arena, &help_row));
    table_cell(&table, TONE_PLAIN, str_from_c(help_row.help));
    table_print(&table, out, 2);
}
