#include "criteria/syntax.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/files.h"

#include "unit.h"

#define PRINT_MAX ((size_t)4 * 1024 * 1024)

static struct str print(struct arena *arena, struct str name, struct str text)
{
    struct source *source = ARENA_NEW(arena, struct source);
    struct parsed_file parsed;
    struct diags diags;
    struct buf out;

    *source = (struct source){ name, text };
    diags_init(&diags, arena);
    criteria_parse(arena, source, &diags, &parsed);
    buf_init(&out, PRINT_MAX);
    if (diags.errors > 0) {
        diags_print(&diags, &out, false);
        fail_msg("%.*s", STR_ARG(buf_str(&out)));
    }
    criteria_print_file(&parsed, &out);
    assert_false(out.overflow);
    return buf_take(&out, arena);
}

/* Prints as expected, and that again as itself. */
static void check_print(const char *text, const char *expected)
{
    struct arena arena;
    struct str printed;

    arena_init(&arena, ARENA_UNLIMITED);
    printed = print(&arena, STR("test.criteria"), str_from_c(text));
    check_str(printed, expected);
    check_str(print(&arena, STR("printed.criteria"), printed), expected);
    arena_release(&arena);
}

/* Items that are canonical already, in a document. */
static void check_items(const char *items)
{
    struct arena arena;
    struct str text;

    arena_init(&arena, ARENA_UNLIMITED);
    text = str_format(&arena, "criteria x edition 1 {\n%s}\n", items);
    check_print(str_to_c(&arena, text), str_to_c(&arena, text));
    arena_release(&arena);
}

/* Lines of a requirement that are canonical already. */
static void check_rule(const char *lines)
{
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    check_items(str_to_c(&arena, str_format(&arena, "  require r {\n%s  }\n", lines)));
    arena_release(&arena);
}

static void nothing_prints_as_nothing(void **state)
{
    (void)state;
    check_print("", "");
    check_print("\n;\n\n", "");
    check_print("  # only\n\n# comments", "# only\n# comments\n");
}

static void one_statement_stands_on_a_line(void **state)
{
    (void)state;
    check_print("criteria x edition 1{title\"T\";owner a;;note \"N\"\n\n\n"
                "require r{any{age>=1 years;all{age>=2 years}}}}",
                "criteria x edition 1 {\n"
                "  title \"T\"\n"
                "  owner a\n"
                "  note \"N\"\n"
                "  require r {\n"
                "    any {\n"
                "      age >= 1 years\n"
                "      all {\n"
                "        age >= 2 years\n"
                "      }\n"
                "    }\n"
                "  }\n"
                "}\n");
}

static void a_blank_line_stands_between_documents(void **state)
{
    (void)state;
    check_print("criteria x edition 1 { }\n# of y\ncriteria y edition 2 { }\nvocabulary v 1 { }",
                "criteria x edition 1 {\n}\n\n"
                "# of y\ncriteria y edition 2 {\n}\n\n"
                "vocabulary v 1 {\n}\n");
}

static void every_item_of_one_line(void **state)
{
    (void)state;
    check_items("  title \"T\"\n"
                "  title pt-br \"T\"\n"
                "  audience \"A\"\n"
                "  route \"R\"\n"
                "  note de \"N\"\n"
                "  language en\n"
                "  group g\n"
                "  owner o\n"
                "  vocabulary v.w 2024.1\n"
                "  open from 2015-02-01 until 2015-06-30\n"
                "  in force from 2024-07-01\n"
                "  valid 3 years grace 3 months renew from 6 months before end\n"
                "  cycle 2 years from join\n"
                "  tightens a.b edition 1.0\n"
                "  require r \"R\" {\n"
                "    judged \"Q?\" by o\n"
                "  }\n"
                "  label r de \"R\"\n"
                "  question r o de \"Q?\"\n");
}

static void other_forms_of_items(void **state)
{
    (void)state;
    check_items("  open\n  valid without end\n  cycle 18 months from year 01-31\n");
    check_items("  open from 2015-02-01\n  valid 1 year\n  cycle 1 month from year 02-28\n");
    check_items("  open before 2018-12-31\n  valid 1 month grace 1 year\n");
    check_items("  open from 2015-02-01 before 2018-12-31\n  valid 2 months renew from 1 month "
                "before end\n");
    check_items("  open until 2018-12-31\n");
}

static void units_are_plural_unless_one(void **state)
{
    (void)state;
    check_print(
        "criteria x edition 1 {\nvalid 1 years grace 1 months renew from 3 year before end\n"
        "cycle 2 month from join\n}",
        "criteria x edition 1 {\n"
        "  valid 1 year grace 1 month renew from 3 years before end\n"
        "  cycle 2 months from join\n"
        "}\n");
}

static void every_node(void **state)
{
    (void)state;
    check_rule("    count a >= 20\n"
               "    count a >= 20 {\n"
               "    }\n"
               "    count distinct client of a >= 3 {\n"
               "      role x\n"
               "    }\n"
               "    sum hours a >= 200 h\n"
               "    sum hours a >= 90 min\n"
               "    sum points a >= 48\n"
               "    months covered a >= 36\n"
               "    months since first a >= 6 {\n"
               "      role x\n"
               "    }\n"
               "    holds y\n"
               "    holds y, z.w ever for 4 years issued before 2020-01-01\n"
               "    holds y on 2020-01-01 for 1 month\n"
               "    declared code\n"
               "    declared code edition 2.1 within 2 years\n"
               "    declared code edition current\n"
               "    age >= 1 years\n"
               "    judged \"Who is \\\"fit\\\"?\" by o\n"
               "    at least 1 of {\n"
               "      separately {\n"
               "        count a >= 1\n"
               "        count a >= 2\n"
               "      }\n"
               "    }\n"
               "    each 12 months of cycle {\n"
               "      count a >= 1\n"
               "    }\n"
               "    each 1 year of last 3 years {\n"
               "      count a >= 1\n"
               "    }\n");
}

static void every_clause(void **state)
{
    (void)state;
    check_rule("    count a >= 1 {\n"
               "      role x, y\n"
               "      role not z\n"
               "      hours >= 4 h\n"
               "      prep >= 30 min\n"
               "      points >= 0\n"
               "      level >= bachelor\n"
               "      within 1 year\n"
               "      from 2020-01-01\n"
               "      until 2021-12-31\n"
               "      before 2022-01-01\n"
               "      in cycle\n"
               "      after first b\n"
               "      after first b {\n"
               "        role x\n"
               "      }\n"
               "      programme p, q accredited\n"
               "      programme p accredited at start\n"
               "      programme p accredited throughout\n"
               "      also c at most 3 {\n"
               "        qualifying yes\n"
               "      }\n"
               "    }\n"
               "    count a >= 2 {\n"
               "      also c at most 0\n"
               "    }\n"
               "    count a >= 3 {\n"
               "      weigh 50% role co, assistant\n"
               "      weigh 100% hours >= 4 h\n"
               "    }\n"
               "    sum hours a >= 25 h {\n"
               "      at most 20 h category x {\n"
               "        at most 10 h activity not y\n"
               "        at most 2 h each matter\n"
               "      }\n"
               "      at most 30 min each category days >= 2 {\n"
               "      }\n"
               "    }\n");
}

static void every_part_of_a_requirement(void **state)
{
    (void)state;
    check_rule("    wording \"W\"\n"
               "    wording de \"W\"\n"
               "    note fr \"N\"\n"
               "    age >= 1 years\n"
               "    exempt e \"E\" when {\n"
               "      age >= 2 years\n"
               "    }\n"
               "    exempt f \"F\" when {\n"
               "      age >= 2 years\n"
               "    } instead {\n"
               "      age >= 3 years\n"
               "    }\n"
               "    refer to b when {\n"
               "      age >= 4 years\n"
               "    }\n"
               "    discretion c {\n"
               "      waive for u, v\n"
               "      admit\n"
               "      extend until 2015-12-31\n"
               "      floor {\n"
               "        age >= 5 years\n"
               "      }\n"
               "    }\n"
               "    discretion d {\n"
               "      waive\n"
               "    }\n"
               "    discretion e {\n"
               "    }\n");
}

static void every_other_block(void **state)
{
    (void)state;
    check_items("  term t is a {\n"
                "    role x\n"
                "  }\n"
                "  term u is t {\n"
                "  }\n"
                "  bar b \"B\" {\n"
                "    age >= 1 years\n"
                "  } effect refuse\n"
                "  bar c \"C\" {\n"
                "    age >= 1 years\n"
                "  } effect refer\n"
                "  transition from old.name 2015 {\n"
                "    accept old for applications from 2024-07-01 until 2025-06-30\n"
                "    accept old for applications until 2025-06-30\n"
                "    require old for applications until 2024-08-01\n"
                "    accept old for a started before 2024-07-01 until 36 months after that start\n"
                "    accept old for a {\n"
                "      role x\n"
                "    } started before 2024-07-01 until 1 year after that start\n"
                "    holders keep until 2025-12-31\n"
                "    holders keep until renewal\n"
                "  }\n"
                "  transition from 1 {\n"
                "  }\n");
}

static void every_entry_of_a_vocabulary(void **state)
{
    const char *text = "vocabulary v 1 {\n"
                       "  levels degree none, bachelor\n"
                       "  record a \"A\" {\n"
                       "    field role of x, y\n"
                       "    field level ordered degree\n"
                       "    field client id\n"
                       "    field points integer\n"
                       "    field prep minutes\n"
                       "  }\n"
                       "  record b {\n"
                       "  }\n"
                       "  effort a 10\n"
                       "  effort hour 1\n"
                       "  programmes p, q\n"
                       "  bodies b\n"
                       "  statements s\n"
                       "  anchors join\n"
                       "  reasons r\n"
                       "  credentials c.d, e\n"
                       "  term t is a {\n"
                       "    role x\n"
                       "  }\n"
                       "}\n";

    (void)state;
    check_print(text, text);
}

static void texts_keep_every_byte(void **state)
{
    (void)state;
    check_items("  note \"\"\n");
    check_items("  note \"one\ntwo # no comment\n\n  four; { } \\\\ \\\" \t \xc3\xa9\n\"\n");
    check_items("  note \"\\\\\\\\\\\"\\\\\"\n");
}

static void comments_stay_with_their_statements(void **state)
{
    (void)state;
    check_print("# above the document\n"
                "   # two\n"
                "criteria x edition 1 { # of the document\n"
                "\n"
                "# above the title\n"
                "title \"T\" # of the title\n"
                "owner a; group b # of the group\n"
                "require r { # of the requirement\n"
                "  # above the count\n"
                "  count a >= 1 { role x # of the role\n"
                "    # before its end\n"
                "  } # behind the count\n"
                "  any { age >= 1 years; age >= 2 years } # behind any\n"
                "  # before the end of the requirement\n"
                "} # behind the requirement\n"
                "# before the end of the document\n"
                "} # behind the document\n"
                "# at the end\n",
                "# above the document\n"
                "# two\n"
                "criteria x edition 1 { # of the document\n"
                "  # above the title\n"
                "  title \"T\" # of the title\n"
                "  owner a\n"
                "  group b # of the group\n"
                "  require r { # of the requirement\n"
                "    # above the count\n"
                "    count a >= 1 {\n"
                "      role x # of the role\n"
                "      # before its end\n"
                "    } # behind the count\n"
                "    any {\n"
                "      age >= 1 years\n"
                "      age >= 2 years\n"
                "    } # behind any\n"
                "    # before the end of the requirement\n"
                "  } # behind the requirement\n"
                "  # before the end of the document\n"
                "} # behind the document\n"
                "\n"
                "# at the end\n");
}

static void comments_of_blocks_that_go_on(void **state)
{
    (void)state;
    check_rule("    age >= 1 years # a\n"
               "    # b\n"
               "    exempt e \"E\" when { # c\n"
               "      # d\n"
               "      age >= 2 years # e\n"
               "      # f\n"
               "    } instead { # g\n"
               "      age >= 3 years\n"
               "      # h\n"
               "    } # i\n"
               "    refer to b when { # j\n"
               "      age >= 4 years\n"
               "      # k\n"
               "    } # l\n"
               "    discretion c { # m\n"
               "      # n\n"
               "      waive # o\n"
               "      # p\n"
               "      floor { # q\n"
               "        age >= 5 years\n"
               "        # r\n"
               "      } # s\n"
               "      # t\n"
               "    } # u\n");
    check_items("  term t is a { # a\n"
                "    after first b { # b\n"
                "      role x\n"
                "      # c\n"
                "    } # d\n"
                "    # e\n"
                "  } # f\n"
                "  # g\n"
                "  bar b \"B\" { # h\n"
                "    age >= 1 years\n"
                "    # i\n"
                "  } effect refuse # j\n"
                "  transition from 1 { # k\n"
                "    # l\n"
                "    accept old for a { # m\n"
                "      role x\n"
                "      # n\n"
                "    } started before 2024-07-01 until 1 year after that start # o\n"
                "    accept old for a started before 2024-07-01 until 1 year after that start # p\n"
                "    holders keep until renewal # q\n"
                "    # r\n"
                "  } # s\n"
                "  # t\n"
                "  example \"E\" asof 2024-01-01 { # u\n"
                "    # v\n"
                "    expect decide eligible # w\n"
                "  }\n");
}

static void comments_of_a_vocabulary(void **state)
{
    const char *text = "# a\n"
                       "vocabulary v 1 { # b\n"
                       "  # c\n"
                       "  record a { # d\n"
                       "    # e\n"
                       "    field role of x # f\n"
                       "    # g\n"
                       "  } # h\n"
                       "  effort a 10 # i\n"
                       "  # j\n"
                       "  term t is a { # k\n"
                       "    # l\n"
                       "  } # m\n"
                       "  # n\n"
                       "} # o\n";

    (void)state;
    check_print(text, text);
}

static void a_comment_behind_a_semicolon_belongs_to_the_line(void **state)
{
    (void)state;
    check_print("criteria x edition 1 {\n"
                "owner a; # of the owner\n"
                "require r { ; # of nothing\n"
                "  any { age >= 1 years }; # of any\n"
                "}; # of the requirement\n"
                "}; # of the document\n",
                "criteria x edition 1 {\n"
                "  owner a # of the owner\n"
                "  require r {\n"
                "    # of nothing\n"
                "    any {\n"
                "      age >= 1 years\n"
                "    } # of any\n"
                "  } # of the requirement\n"
                "} # of the document\n");
}

static void examples_are_set_one_level_in(void **state)
{
    (void)state;
    check_print("criteria x edition 1 {\n"
                "example \"E\" asof 2024-06-15 {   \n"
                "\tborn 1990-01-01 { } \"  \n"
                "\n"
                "\t  # in\n"
                "\n"
                "\texpect decide eligible\n"
                "   }\n"
                "example \"F\" asof 2024-06-15 {\n"
                "}\n"
                "example \"G\" asof 2024-06-15 {\n"
                "expect decide eligible\n"
                "  deeper\n"
                "}\n"
                "}\n",
                "criteria x edition 1 {\n"
                "  example \"E\" asof 2024-06-15 {\n"
                "    born 1990-01-01 { } \"\n"
                "\n"
                "      # in\n"
                "\n"
                "    expect decide eligible\n"
                "  }\n"
                "  example \"F\" asof 2024-06-15 {\n"
                "  }\n"
                "  example \"G\" asof 2024-06-15 {\n"
                "    expect decide eligible\n"
                "      deeper\n"
                "  }\n"
                "}\n");
}

static void lines_may_end_in_carriage_returns(void **state)
{
    (void)state;
    check_print("criteria x edition 1 {\r\n"
                "  # c \r\n"
                "  owner a # d\r\n"
                "  example \"E\" asof 2024-06-15 {\r\n"
                "    expect decide eligible\r\n"
                "  }\r\n"
                "}\r\n",
                "criteria x edition 1 {\n"
                "  # c\n"
                "  owner a # d\n"
                "  example \"E\" asof 2024-06-15 {\n"
                "    expect decide eligible\n"
                "  }\n"
                "}\n");
}

static void single_items_print_at_their_level(void **state)
{
    struct arena arena;
    struct source source = { STR("test.criteria"),
                             STR("criteria x edition 1 {\n"
                                 "require r { count a >= 1 { role x } }\n}\n") };
    const struct document *document;
    struct parsed_file parsed;
    struct diags diags;
    struct buf out;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    criteria_parse(&arena, &source, &diags, &parsed);
    document = &parsed.at[0].document;
    buf_init(&out, PRINT_MAX);
    criteria_print_item(&document->items.at[0], 0, &out);
    check_str(buf_str(&out), "require r {\n  count a >= 1 {\n    role x\n  }\n}\n");
    buf_clear(&out);
    criteria_print_node(&document->items.at[0].parts.at[0].node, 1, &out);
    check_str(buf_str(&out), "  count a >= 1 {\n    role x\n  }\n");
    buf_clear(&out);
    criteria_print_clause(&document->items.at[0].parts.at[0].node.body.at[0], 2, &out);
    check_str(buf_str(&out), "    role x\n");
    buf_release(&out);
    arena_release(&arena);
}

/* The scheme's own texts are kept in canonical form. */
static void check_folder(struct arena *arena, const char *folder, size_t least)
{
    struct str_list names;

    assert_false(failed(folder_list(arena, folder, &names)));
    assert_true(names.count >= least);
    for (size_t i = 0; i < names.count; i++) {
        struct str path = str_format(arena, "%s/%.*s", folder, STR_ARG(names.at[i]));
        struct str text;

        assert_false(failed(file_read(arena, str_to_c(arena, path), PRINT_MAX, &text)));
        if (!str_eq(print(arena, path, text), text))
            fail_msg("%.*s is not in canonical form", STR_ARG(path));
    }
}

static void the_schemes_are_in_canonical_form(void **state)
{
    const char *root = getenv("ASSAY_SOURCE");
    struct arena arena;

    (void)state;
    assert_non_null(root);
    arena_init(&arena, ARENA_UNLIMITED);
    check_folder(&arena,
                 str_to_c(&arena, str_format(&arena, "%s/schemes/mediation/criteria", root)), 10);
    check_folder(&arena,
                 str_to_c(&arena, str_format(&arena, "%s/schemes/mediation/vocabulary", root)), 1);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_prints_as_nothing),
        cmocka_unit_test(one_statement_stands_on_a_line),
        cmocka_unit_test(a_blank_line_stands_between_documents),
        cmocka_unit_test(every_item_of_one_line),
        cmocka_unit_test(other_forms_of_items),
        cmocka_unit_test(units_are_plural_unless_one),
        cmocka_unit_test(every_node),
        cmocka_unit_test(every_clause),
        cmocka_unit_test(every_part_of_a_requirement),
        cmocka_unit_test(every_other_block),
        cmocka_unit_test(every_entry_of_a_vocabulary),
        cmocka_unit_test(texts_keep_every_byte),
        cmocka_unit_test(comments_stay_with_their_statements),
        cmocka_unit_test(comments_of_blocks_that_go_on),
        cmocka_unit_test(comments_of_a_vocabulary),
        cmocka_unit_test(a_comment_behind_a_semicolon_belongs_to_the_line),
        cmocka_unit_test(examples_are_set_one_level_in),
        cmocka_unit_test(lines_may_end_in_carriage_returns),
        cmocka_unit_test(single_items_print_at_their_level),
        cmocka_unit_test(the_schemes_are_in_canonical_form),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
