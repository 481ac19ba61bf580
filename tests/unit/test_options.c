#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#include "unit.h"

static struct arena arena;
static char said[4096];
static struct surroundings around;

static enum exit_code run_nothing(struct invocation *invocation)
{
    (void)invocation;
    return EXIT_OK;
}

static const struct option_row rows[] = {
    { .name = "log", .letter = 'l', .argument = "FILE", .repeatable = true, .help = "a log" },
    { .name = "on", .letter = 'd', .argument = "DATE", .help = "a date" },
    { .name = "json", .letter = 'j', .help = "as JSON" },
    { .name = "jury", .help = "another flag" },
    { .name = NULL },
};

static const struct command command = {
    .name = "sample",
    .summary = "A sample",
    .operands = "A [B]",
    .operands_min = 1,
    .operands_max = 2,
    .options = rows,
    .about = "Nothing.",
    .run = run_nothing,
};

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 1024 * 1024);
    memset(said, 0, sizeof(said));
    around = (struct surroundings){ .err = { .file = fmemopen(said, sizeof(said), "w") } };
    assert_non_null(around.err.file);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fclose(around.err.file);
    arena_release(&arena);
    return 0;
}

/* Words with spaces between them, behind the command's name. */
static enum parsed_options parse(const char *line, struct invocation *invocation)
{
    char **words = ARENA_ARRAY(&arena, 16, char *);
    struct str rest = str_from_c(line);
    int count = 1;

    words[0] = (char *)"sample";
    while (rest.p) {
        struct str word;

        rest = str_split(rest, ' ', &word);
        words[count++] = (char *)str_to_c(&arena, word);
    }
    *invocation = (struct invocation){ .arena = &arena, .around = &around, .command = &command };
    return options_parse(invocation, count, words);
}

static void options_and_operands_may_mix(void **state)
{
    const char *const *logs;
    struct invocation it;

    (void)state;
    assert_int_equal(parse("a --log x -j b -l y --on=z", &it), OPTIONS_READ);
    assert_int_equal(it.operand_count, 2);
    assert_string_equal(it.operands[0], "a");
    assert_string_equal(it.operands[1], "b");
    assert_true(option_given(&it, "json"));
    assert_false(option_given(&it, "jury"));
    assert_string_equal(option_value(&it, "on"), "z");
    assert_int_equal(option_values(&it, "log", &logs), 2);
    assert_string_equal(logs[0], "x");
    assert_string_equal(logs[1], "y");
}

static void two_dashes_end_the_options(void **state)
{
    struct invocation it;

    (void)state;
    assert_int_equal(parse("-- --json", &it), OPTIONS_READ);
    assert_string_equal(it.operands[0], "--json");
    assert_false(option_given(&it, "json"));
}

static void a_single_dash_is_an_operand(void **state)
{
    struct invocation it;

    (void)state;
    assert_int_equal(parse("- --log -", &it), OPTIONS_READ);
    assert_string_equal(it.operands[0], "-");
    assert_string_equal(option_value(&it, "log"), "-");
}

static void help_wins(void **state)
{
    struct invocation it;

    (void)state;
    assert_int_equal(parse("--json --help", &it), OPTIONS_HELP);
    assert_int_equal(parse("-h", &it), OPTIONS_HELP);
}

static void refused_lines_say_why(void **state)
{
    static const struct {
        const char *line;
        const char *why;
    } refused[] = {
        { "a --lgo x", "unknown option '--lgo'; did you mean '--log'?" },
        { "a --qqqqqqq", "unknown option '--qqqqqqq'\n" },
        { "a -x", "unknown option '-x'" },
        { "a -jx", "unknown option '-x'" },
        { "a --j", "'--j' could be '--json' or '--jury'" },
        { "a --log", "option '--log' expects FILE" },
        { "a -l", "option '--log' expects FILE" },
        { "a --json=1", "option '--json' takes no value" },
        { "a --on x --on y", "option '--on' may be given once" },
        { "--json", "expects A [B], but got 0 operands" },
        { "a b c", "expects A [B], but got 3 operands" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        struct invocation it;

        rewind(around.err.file);
        memset(said, 0, sizeof(said));
        assert_int_equal(parse(refused[i].line, &it), OPTIONS_WRONG);
        fflush(around.err.file);
        if (!strstr(said, refused[i].why))
            fail_msg("'%s': expected %s, got %s", refused[i].line, refused[i].why, said);
        assert_non_null(strstr(said, "'assay sample --help'"));
    }
}

/* What the recipe on top of the table asks for. */
static void the_table_is_sound(void **state)
{
    (void)state;
    for (size_t i = 0; i < command_count; i++) {
        const struct command *row = &commands[i];

        assert_ptr_equal(command_find(row->name), row);
        /* One with parts takes nothing itself, and they follow it. */
        if (!row->run) {
            assert_string_equal(row->operands, "");
            assert_null(row->options->name);
            assert_true(i + 1 < command_count && command_is_part_of(row + 1, row));
        }
        if (command_is_part(row))
            assert_true(i > 0 && (command_is_part_of(row, row - 1)
                                      ? row[-1].run == NULL
                                      : command_is_part(row - 1) &&
                                            strncmp(row->name, row[-1].name,
                                                    (size_t)(command_word(row) - row->name)) == 0));
        assert_in_range(row->summary[0], 'A', 'Z');
        assert_int_not_equal(row->summary[strlen(row->summary) - 1], '.');
        assert_true(row->operands_min <= row->operands_max);
        assert_int_equal(*row->operands == '\0', row->operands_max == 0);
        for (const struct option_row *option = row->options; option->name; option++) {
            assert_non_null(option->help);
            assert_true(option->letter != 'h');
            for (const struct option_row *other = row->options; other != option; other++) {
                assert_string_not_equal(other->name, option->name);
                assert_true(!option->letter || other->letter != option->letter);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(options_and_operands_may_mix, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_dashes_end_the_options, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_single_dash_is_an_operand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(help_wins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refused_lines_say_why, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_table_is_sound, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
