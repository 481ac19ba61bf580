#include <string.h>

#include "cli/commands.h"

/* A text for single quotes, in which each of some characters gets a backslash. */
static void quoted(struct output *out, const char *text, const char *escaped)
{
    for (; *text; text++) {
        if (*text == '\'')
            output_c(out, "'\\'"); /* leaves the quotes, writes one, enters again */
        else if (strchr(escaped, *text))
            output_c(out, "\\");
        output_raw(out, (struct str){ text, 1 });
    }
}

/* The words of all commands, or of the parts of one, with a space between. */
static void words(struct output *out, const struct command *of)
{
    const char *between = "";

    for (size_t i = 0; i < command_count; i++) {
        if (of ? !command_is_part_of(&commands[i], of) : command_is_part(&commands[i]))
            continue;
        output_format(out, "%s%s", between, command_word(&commands[i]));
        between = " ";
    }
}

/* The names of the commands that have parts, as a pattern of a shell's case. */
static void families(struct output *out)
{
    const char *between = "";

    for (size_t i = 0; i < command_count; i++) {
        if (commands[i].run)
            continue;
        output_format(out, "%s%s", between, commands[i].name);
        between = " | ";
    }
}

/* ---- bash ---- */

static const char *bash_generator(enum completes completes)
{
    switch (completes) {
    case COMPLETES_FILES:
        return "-f";
    case COMPLETES_FOLDERS:
        return "-d";
    case COMPLETES_COMMANDS:
        return "-W \"$commands\"";
    case COMPLETES_SHELLS:
        return "-W 'bash zsh fish'";
    case COMPLETES_NOTHING:
        break;
    }
    return "-W ''";
}

static void bash_arguments(struct output *out, const struct command *command)
{
    for (const struct option_row *row = command->options; row->name; row++) {
        if (!row->argument)
            continue;
        output_format(out, "    '%s:--%s'", command->name, row->name);
        if (row->letter)
            output_format(out, " | '%s:-%c'", command->name, row->letter);
        output_format(out, ") what=(%s) ;;\n", bash_generator(row->completes));
    }
}

static void bash_command(struct output *out, const struct command *command)
{
    output_format(out, "    '%s') options='--help", command->name);
    for (const struct option_row *row = command->options; row->name; row++)
        output_format(out, " --%s", row->name);
    output_c(out, "' what=(");
    if (command->run) {
        output_c(out, bash_generator(command->completes));
    } else {
        output_c(out, "-W '");
        words(out, command);
        output_c(out, "'");
    }
    output_c(out, ") ;;\n");
}

static void print_bash(struct output *out)
{
    output_c(out, "# Completion of assay for bash, printed by 'assay completion bash'.\n"
                  "_assay()\n"
                  "{\n"
                  "    local commands='");
    words(out, NULL);
    output_c(out, "'\n"
                  "    local current=${COMP_WORDS[COMP_CWORD]}\n"
                  "    local name=${COMP_WORDS[1]} options='' what=()\n"
                  "    if ((COMP_CWORD > 2)); then\n"
                  "        case $name in\n"
                  "    ");
    families(out);
    output_c(out, ") name+=\" ${COMP_WORDS[2]}\" ;;\n"
                  "        esac\n"
                  "    fi\n"
                  "    if ((COMP_CWORD == 1)); then\n"
                  "        options='--help --version' what=(-W \"$commands\")\n"
                  "    else\n"
                  "        case $name in\n");
    for (size_t i = 0; i < command_count; i++)
        bash_command(out, &commands[i]);
    output_c(out, "        esac\n"
                  "        case $name:${COMP_WORDS[COMP_CWORD - 1]} in\n");
    for (size_t i = 0; i < command_count; i++)
        bash_arguments(out, &commands[i]);
    output_c(out, "        esac\n"
                  "    fi\n"
                  "    [[ $current == -?* ]] && what=(-W \"$options\")\n"
                  "    ((${#what[@]})) || return\n"
                  "    mapfile -t COMPREPLY < <(compgen \"${what[@]}\" -- \"$current\")\n"
                  "}\n"
                  "complete -o filenames -F _assay assay\n");
}

/* ---- zsh ---- */

static const char *zsh_action(enum completes completes)
{
    switch (completes) {
    case COMPLETES_FILES:
        return "_files";
    case COMPLETES_FOLDERS:
        return "_files -/";
    case COMPLETES_COMMANDS:
        return "($commands)";
    case COMPLETES_SHELLS:
        return "(bash zsh fish)";
    case COMPLETES_NOTHING:
        break;
    }
    return " ";
}

static void zsh_option(struct output *out, const struct option_row *row)
{
    output_c(out, " \\\n            ");
    if (row->repeatable)
        output_format(out, "'*'{-%c,--%s}'[", row->letter, row->name);
    else if (row->letter)
        output_format(out, "'(-%c --%s)'{-%c,--%s}'[", row->letter, row->name, row->letter,
                      row->name);
    else
        output_format(out, "'--%s[", row->name);
    quoted(out, row->help, "[]:\\");
    output_c(out, "]");
    if (row->argument)
        output_format(out, ":%s:%s", row->argument, zsh_action(row->completes));
    output_c(out, "'");
}

/* 'WORD:SUMMARY' of all commands, or of the parts of one. */
static void zsh_described(struct output *out, const struct command *of)
{
    for (size_t i = 0; i < command_count; i++) {
        if (of ? !command_is_part_of(&commands[i], of) : command_is_part(&commands[i]))
            continue;
        output_format(out, "        '%s:", command_word(&commands[i]));
        quoted(out, commands[i].summary, ":\\");
        output_c(out, "'\n");
    }
}

/* Offers the parts, or goes on to the part that stands there. */
static void zsh_parts(struct output *out, const struct command *command)
{
    output_format(out, "    %s)\n        parts=(\n", command->name);
    zsh_described(out, command);
    output_c(out, "        )\n"
                  "        if ((CURRENT == 2)); then\n"
                  "            _describe part parts\n"
                  "            return\n"
                  "        fi\n"
                  "        shift words\n"
                  "        ((CURRENT--))\n"
                  "        name+=\" $words[1]\"\n"
                  "        ;;\n");
}

static void zsh_command(struct output *out, const struct command *command)
{
    output_format(out, "    '%s')\n        _arguments", command->name);
    for (const struct option_row *row = command->options; row->name; row++)
        zsh_option(out, row);
    output_format(out,
                  " \\\n            '(- *)'{-h,--help}'[show this help]'"
                  " \\\n            '*::operand:%s'\n        ;;\n",
                  zsh_action(command->completes));
}

static void print_zsh(struct output *out)
{
    output_c(out, "#compdef assay\n"
                  "# Completion of assay for zsh, printed by 'assay completion zsh'.\n"
                  "_assay()\n"
                  "{\n"
                  "    local -a commands described parts\n"
                  "    local name\n"
                  "    commands=(");
    words(out, NULL);
    output_c(out, ")\n    described=(\n");
    zsh_described(out, NULL);
    output_c(out, "    )\n"
                  "    if ((CURRENT == 2)); then\n"
                  "        _describe command described\n"
                  "        return\n"
                  "    fi\n"
                  "    shift words\n"
                  "    ((CURRENT--))\n"
                  "    name=$words[1]\n"
                  "    case $name in\n");
    for (size_t i = 0; i < command_count; i++)
        if (!commands[i].run)
            zsh_parts(out, &commands[i]);
    output_c(out, "    esac\n"
                  "    case $name in\n");
    for (size_t i = 0; i < command_count; i++)
        if (commands[i].run)
            zsh_command(out, &commands[i]);
    output_c(out, "    esac\n"
                  "}\n"
                  "if [[ $funcstack[1] == _assay ]]; then\n"
                  "    _assay \"$@\"\n"
                  "else\n"
                  "    compdef _assay assay\n"
                  "fi\n");
}

/* ---- fish ---- */

static const char *fish_argument(enum completes completes)
{
    switch (completes) {
    case COMPLETES_FILES:
        return " -F";
    case COMPLETES_FOLDERS:
        return " -a '(__fish_complete_directories)'";
    case COMPLETES_SHELLS:
        return " -a 'bash zsh fish'";
    case COMPLETES_COMMANDS:
    case COMPLETES_NOTHING:
        break;
    }
    return "";
}

/* When a command, or a part of one, is what is being typed. */
static void fish_seen(struct output *out, const struct command *command)
{
    size_t first = strcspn(command->name, " ");

    output_format(out, "complete -c assay -n '__fish_seen_subcommand_from %.*s", (int)first,
                  command->name);
    if (command_is_part(command))
        output_format(out, "; and __fish_seen_subcommand_from %s", command_word(command));
    output_c(out, "'");
}

/* That there is such a command, or part of one. */
static void fish_word(struct output *out, const struct command *command)
{
    const struct command *whole = command;

    if (command_is_part(command)) {
        while (command_is_part(whole))
            whole--;
        output_format(out,
                      "complete -c assay -n '__fish_seen_subcommand_from %s;"
                      " and not __fish_seen_subcommand_from ",
                      whole->name);
        words(out, whole);
        output_c(out, "'");
    } else {
        output_c(out, "complete -c assay -n __fish_use_subcommand");
    }
    output_format(out, " -a %s -d '", command_word(command));
    quoted(out, command->summary, "");
    output_c(out, "'\n");
}

static void fish_command(struct output *out, const struct command *command)
{
    fish_word(out, command);
    if (*fish_argument(command->completes)) {
        fish_seen(out, command);
        output_format(out, "%s\n", fish_argument(command->completes));
    }
    for (const struct option_row *row = command->options; row->name; row++) {
        fish_seen(out, command);
        output_format(out, " -l %s", row->name);
        if (row->letter)
            output_format(out, " -s %c", row->letter);
        if (row->argument)
            output_format(out, " -r%s", fish_argument(row->completes));
        output_c(out, " -d '");
        quoted(out, row->help, "");
        output_c(out, "'\n");
    }
}

static void print_fish(struct output *out)
{
    output_c(out, "# Completion of assay for fish, printed by 'assay completion fish'.\n"
                  "complete -c assay -f\n"
                  "complete -c assay -s h -l help -d 'Show help'\n"
                  "complete -c assay -n __fish_use_subcommand -s V -l version"
                  " -d 'Print the version'\n");
    for (size_t i = 0; i < command_count; i++)
        fish_command(out, &commands[i]);
    output_c(out, "complete -c assay -n '__fish_seen_subcommand_from help' -a '");
    words(out, NULL);
    output_c(out, "'\n");
}

enum exit_code cmd_completion(struct invocation *invocation)
{
    struct output *out = &invocation->around->out;
    const char *shell = invocation->operands[0];

    if (strcmp(shell, "bash") == 0)
        print_bash(out);
    else if (strcmp(shell, "zsh") == 0)
        print_zsh(out);
    else if (strcmp(shell, "fish") == 0)
        print_fish(out);
    else
        return complain_usage(invocation, "no completion for '%s': bash, zsh or fish", shell);
    return EXIT_OK;
}
