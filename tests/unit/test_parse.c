#include "refusals.h"

#include <stdlib.h>

#include "base/files.h"

static const struct frame file = { "", "", false };

static const struct refusal refusals[] = {
    { "refuses a file of something else", &file,
      "hello world\n"
      "and more\n",
      "1:1: 'hello' cannot stand here / expected 'criteria' or 'vocabulary'" },
    { "refuses a misspelt criteria", &file,
      "critera x edition 1 {\n"
      "require r { age >= 1 years }\n"
      "}\n",
      "1:1: 'critera' cannot stand here / expected 'criteria' or 'vocabulary'; did you mean "
      "'criteria'?" },
    { "refuses a brace that closes nothing", &file,
      "criteria x edition 1 { require r { age >= 1 years } }\n"
      "}\n",
      "2:1: this brace closes nothing / remove it, or look for a '{' that is missing above" },
    { "refuses items behind a brace too many", &file,
      "criteria x edition 1 {\n"
      "title \"T\"\n"
      "}\n"
      "require r {\n"
      "age >= 1 years\n"
      "}\n"
      "require s {\n"
      "age >= 1 years\n"
      "}\n"
      "}\n",
      "4:1: 'require' cannot stand here / expected 'criteria' or 'vocabulary'; a '}' too many "
      "seems to stand above it" },
    { "refuses a document that is not closed", &file,
      "criteria x edition 1 {\n"
      "require r {\n"
      "age >= 1 years\n"
      "}\n",
      "1:22: this block is not closed / expected a '}' somewhere after it" },
    { "refuses a requirement that is not closed", &file,
      "criteria x edition 1 {\n"
      "require r {\n"
      "age >= 1 years\n"
      "require s {\n"
      "age >= 2 years\n"
      "}\n"
      "}\n",
      "4:1: 'require' cannot stand here / a '}' seems to be missing above it" },
    { "refuses a document without an edition", &file,
      "criteria x {\n"
      "require r { age >= 1 years }\n"
      "}\n",
      "1:12: '{' cannot stand here / expected 'edition'" },
    { "refuses a second document on the line", &file,
      "criteria a edition 1 { } criteria b edition 1 { }\n",
      "1:26: 'criteria' cannot stand here / expected the end of the statement: a new line, ';' or "
      "'}'" },
    { "refuses a block on the next line", &file,
      "criteria a edition 1\n"
      "{\n"
      "require r { age >= 1 years }\n"
      "}\n",
      "1:21: the statement ends too early / expected '{' on the line that it continues" },
};

static struct parsed_file parse(struct arena *arena, struct diags *diags, struct str text)
{
    struct source *source = ARENA_NEW(arena, struct source);
    struct parsed_file parsed;

    *source = (struct source){ STR("test.criteria"), text };
    diags_init(diags, arena);
    criteria_parse(arena, source, diags, &parsed);
    return parsed;
}

static void check_faults(const char *text, const char *expected)
{
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    check_str(faults_of(&arena, str_from_c(text), false), expected);
    arena_release(&arena);
}

static void an_empty_file_is_a_file(void **state)
{
    struct arena arena;
    struct diags diags;
    struct parsed_file parsed;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    parsed = parse(&arena, &diags, STR(""));
    assert_int_equal(parsed.count, 0);
    parsed = parse(&arena, &diags, STR("\n\n# nothing\n;\n"));
    assert_int_equal(parsed.count, 0);
    assert_int_equal(parsed.comments_at_end.count, 1);
    check_str(parsed.comments_at_end.at[0], "# nothing");
    assert_int_equal(diags.errors, 0);
    arena_release(&arena);
}

static void documents_and_vocabularies_stand_in_their_order(void **state)
{
    struct arena arena;
    struct diags diags;
    struct parsed_file parsed;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    parsed = parse(&arena, &diags,
                   STR("vocabulary v 1 { }\n"
                       "criteria a.b edition 2.10 { }\n"
                       "vocabulary w 2.3 { }"));
    assert_int_equal(diags.errors, 0);
    assert_int_equal(parsed.count, 3);
    assert_true(parsed.at[0].vocabulary);
    check_str(parsed.at[0].vocabulary_text.name.text, "v");
    assert_false(parsed.at[1].vocabulary);
    check_str(parsed.at[1].document.name.text, "a.b");
    assert_int_equal(parsed.at[1].document.edition.parts, 2);
    assert_int_equal(parsed.at[1].document.edition.part[1], 10);
    check_str(parsed.at[1].document.source_text, "criteria a.b edition 2.10 { }");
    assert_int_equal(parsed.at[1].document.span.line, 2);
    assert_true(parsed.at[2].vocabulary);
    arena_release(&arena);
}

static void a_requirement_keeps_all_its_parts(void **state)
{
    struct arena arena;
    struct diags diags;
    struct parsed_file parsed;
    const struct item *item;
    const struct part *part;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    parsed = parse(&arena, &diags,
                   STR("criteria x edition 1 {\n"
                       "  require r \"R\" {\n"
                       "    wording de \"W\"\n"
                       "    count distinct client of a >= 3 { role not b, c; within 2 years }\n"
                       "    exempt e \"E\" when { age >= 18 years } instead { holds y ever }\n"
                       "    discretion d { waive for f, g; extend until 2024-02-29 }\n"
                       "  }\n"
                       "}\n"));
    assert_int_equal(diags.errors, 0);
    item = &parsed.at[0].document.items.at[0];
    assert_int_equal(item->kind, ITEM_REQUIRE);
    check_str(item->word.text, "r");
    assert_int_equal(item->word.span.line, 2);
    assert_int_equal(item->word.span.column, 11);
    check_str(item->text.text, "R");
    assert_int_equal(item->parts.count, 4);

    part = &item->parts.at[0];
    assert_int_equal(part->kind, PART_WORDING);
    check_str(part->text.lang, "de");

    part = &item->parts.at[1];
    assert_int_equal(part->kind, PART_NODE);
    assert_int_equal(part->node.kind, NODE_DISTINCT);
    check_str(part->node.field.text, "client");
    check_str(part->node.record.text, "a");
    assert_int_equal(part->node.need, 3);
    assert_int_equal(part->node.body.count, 2);
    assert_int_equal(part->node.body.at[0].kind, CLAUSE_IN);
    assert_true(part->node.body.at[0].negated);
    assert_int_equal(part->node.body.at[0].values.count, 2);
    assert_int_equal(part->node.body.at[1].kind, CLAUSE_WITHIN);
    assert_int_equal(part->node.body.at[1].duration.months, 24);
    assert_int_equal(part->node.on, DAY_NONE);
    assert_int_equal(part->node.issued_before, DAY_NONE);

    part = &item->parts.at[2];
    assert_int_equal(part->kind, PART_EXEMPT);
    check_str(part->id.text, "e");
    assert_int_equal(part->when.at[0].kind, NODE_AGE);
    assert_true(part->has_instead);
    assert_true(part->instead.at[0].ever);

    part = &item->parts.at[3];
    assert_int_equal(part->kind, PART_DISCRETION);
    assert_int_equal(part->grants.count, 2);
    assert_int_equal(part->grants.at[0].reasons.count, 2);
    assert_int_equal(part->grants.at[1].kind, GRANT_EXTEND);
    assert_int_equal(part->grants.at[1].date, 19782);
    arena_release(&arena);
}

static void an_example_keeps_its_lines(void **state)
{
    struct arena arena;
    struct diags diags;
    struct parsed_file parsed;
    const struct item *item;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    parsed = parse(&arena, &diags,
                   STR("criteria x edition 1 {\n"
                       "  example \"E\" asof 2024-06-15 { # why\n"
                       "    born 2000-01-01 {\n"
                       "\n"
                       "    expect \"\n"
                       "  }\n"
                       "}\n"));
    assert_int_equal(diags.errors, 0);
    item = &parsed.at[0].document.items.at[0];
    assert_int_equal(item->kind, ITEM_EXAMPLE);
    assert_int_equal(item->from, 19889);
    check_str(item->lines, "    born 2000-01-01 {\n\n    expect \"\n");
    assert_int_equal(item->lines_line, 3);
    check_str(item->comments.after, "# why");
    arena_release(&arena);
}

static void all_faults_of_a_file_are_told_at_once(void **state)
{
    (void)state;
    check_faults("criteria one edition {\n"
                 "  titel \"T\"\n"
                 "  require a \"A\" {\n"
                 "    count x >= 0 { role y }\n"
                 "    any { holds; age >= 3 years }\n"
                 "    wording W\n"
                 "  }\n"
                 "  owner b\n"
                 "}\n"
                 "criteria two edition 1 {\n"
                 "  open from yesterday\n"
                 "  require b { age >= 1 year }\n"
                 "}\n",
                 "1:22: '{' cannot stand here / "
                 "expected the number of an edition, such as 3 or 2024.1\n"
                 "2:3: 'titel' cannot stand here / "
                 "expected an item such as 'title', 'require' or 'term'; did you mean 'title'?\n"
                 "4:16: 0 is always reached and so asks for nothing / "
                 "write 1 or more, or leave the statement out\n"
                 "5:16: the statement ends too early / expected the name of a credential\n"
                 "6:13: 'W' cannot stand here / expected a language such as en or pt-br\n"
                 "11:13: 'yesterday' cannot stand here / "
                 "expected a date that exists, as YYYY-MM-DD\n"
                 "12:24: 'year' cannot stand here / expected 'years'\n");
}

static void a_statement_is_left_with_the_blocks_that_open_on_it(void **state)
{
    (void)state;
    check_faults("criteria x edition 1 {\n"
                 "  reqire a {\n"
                 "    wrong\n"
                 "    any { wrong {\n"
                 "    } }\n"
                 "  } wrong { }; owner b wrong\n"
                 "  require r { age >= 1 years }\n"
                 "}\n",
                 "2:3: 'reqire' cannot stand here / "
                 "expected an item such as 'title', 'require' or 'term'; did you mean 'require'?\n"
                 "6:24: 'wrong' cannot stand here / "
                 "expected the end of the statement: a new line, ';' or '}'\n");
}

/* A text of a document with `count` times `line` in it. */
static struct str repeated(struct arena *arena, const char *before, const char *line, size_t count,
                           const char *after)
{
    struct buf text;

    buf_init(&text, (size_t)64 * 1024 * 1024);
    buf_add_c(&text, before);
    for (size_t i = 0; i < count; i++)
        buf_add_c(&text, line);
    buf_add_c(&text, after);
    assert_false(text.overflow);
    return buf_take(&text, arena);
}

static void faults_past_the_most_are_counted(void **state)
{
    struct arena arena;
    struct diags diags;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    (void)parse(&arena, &diags,
                repeated(&arena, "criteria x edition 1 {\n", "wrong\n", 1000, "}\n"));
    assert_int_equal(diags.errors, 1000);
    assert_int_equal(diags.count, DIAGS_MAX);
    arena_release(&arena);
}

static void refuses_a_document_too_long(void **state)
{
    struct arena arena;
    const char *before = "criteria x edition 1 {\n";
    const char *after = "require r { age >= 1 years }\n}";
    struct str line = STR("note \"0123456789\"\n");
    size_t lines = CRITERIA_DOCUMENT_MAX / line.n;
    struct str text;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    text = repeated(&arena, before, line.p, lines, after);
    assert_true(text.n > CRITERIA_DOCUMENT_MAX);
    check_str(faults_of(&arena, text, false),
              "1:1: this text is longer than 262144 bytes / divide it\n");
    text = repeated(&arena, before, line.p, lines - 3, after);
    assert_true(text.n <= CRITERIA_DOCUMENT_MAX && text.n + line.n > CRITERIA_DOCUMENT_MAX);
    check_str(faults_of(&arena, text, false), "");
    arena_release(&arena);
}

static void refuses_a_file_too_long(void **state)
{
    struct arena arena;
    struct buf text;
    struct str longest;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    buf_init(&text, CRITERIA_FILE_MAX + 1);
    buf_repeat(&text, '{', CRITERIA_FILE_MAX + 1);
    longest = buf_take(&text, &arena);
    check_str(faults_of(&arena, str_take(longest, CRITERIA_FILE_MAX), false),
              "1:1: '{' cannot stand here / "
              "it stands at the end of the line that it continues\n");
    check_str(faults_of(&arena, longest, false),
              "1:1: this file is longer than 4194304 bytes / divide it into several files\n");
    arena_release(&arena);
}

/* A document with that many requirements, the last of them a bar. */
static struct str with_requirements(struct arena *arena, int count)
{
    struct buf text;

    buf_init(&text, (size_t)1024 * 1024);
    buf_add_c(&text, "criteria x edition 1 {\n");
    for (int i = 1; i < count; i++)
        buf_format(&text, "require r%d { age >= 1 years }\n", i);
    buf_add_c(&text, "bar b \"B\" { age >= 90 years } effect refer\n}\n");
    return buf_take(&text, arena);
}

static void refuses_more_than_200_requirements_and_bars(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    check_str(faults_of(&arena, with_requirements(&arena, 200), false), "");
    check_str(faults_of(&arena, with_requirements(&arena, 201), false),
              "202:1: a document holds more than 200 requirements and bars / "
              "divide the criteria\n");
    arena_release(&arena);
}

/* A document whose blocks stand that deep in each other. */
static struct str with_depth(struct arena *arena, size_t depth)
{
    struct buf text;

    buf_init(&text, (size_t)1024 * 1024);
    buf_add_c(&text, "criteria x edition 1 {\nrequire r {\n");
    for (size_t i = 2; i < depth; i++)
        buf_add_c(&text, "any { ");
    buf_add_c(&text, "age >= 1 years");
    for (size_t i = 2; i < depth; i++)
        buf_add_c(&text, " }");
    buf_add_c(&text, "\n}\n}\n");
    return buf_take(&text, arena);
}

static void refuses_more_than_12_blocks_within_each_other(void **state)
{
    const char *fault = "3:65: more than 12 blocks stand within each other / "
                        "name a part of it by a term, or flatten it\n";
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    check_str(faults_of(&arena, with_depth(&arena, 12), false), "");
    check_str(faults_of(&arena, with_depth(&arena, 13), false), fault);
    check_str(faults_of(&arena, with_depth(&arena, 10000), false), fault);
    arena_release(&arena);
}

/* Each would take hours if a fault were looked at again for what stands around it. */
static void hostile_texts_end_soon(void **state)
{
    static const char *const pieces[] = { "{", "}", "x {", "any {\n", "\"", "# c\n", ",", ">=" };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        struct arena_mark mark = arena_mark(&arena);
        struct diags diags;

        (void)parse(
            &arena, &diags,
            repeated(&arena, "criteria x edition 1 {\nrequire r {\n", pieces[i], 30000, ""));
        assert_true(diags.errors > 0);
        arena_rewind(&arena, mark);
    }
    arena_release(&arena);
}

static void word_forms(void **state)
{
    (void)state;
    assert_true(criteria_is_word(STR("a")));
    assert_true(criteria_is_word(STR("odr-qap2")));
    assert_true(criteria_is_word(STR("a1-2")));
    assert_false(criteria_is_word(STR("")));
    assert_false(criteria_is_word(STR("2a")));
    assert_false(criteria_is_word(STR("-a")));
    assert_false(criteria_is_word(STR("a-")));
    assert_false(criteria_is_word(STR("a--b")));
    assert_false(criteria_is_word(STR("A")));
    assert_false(criteria_is_word(STR("a.b")));
    assert_true(criteria_is_name(STR("a")));
    assert_true(criteria_is_name(STR("a.b-c.d")));
    assert_false(criteria_is_name(STR("")));
    assert_false(criteria_is_name(STR(".a")));
    assert_false(criteria_is_name(STR("a.")));
    assert_false(criteria_is_name(STR("a..b")));
    assert_false(criteria_is_name(STR("a.1")));
}

static void words_of_the_language_are_reserved(void **state)
{
    static const char *const reserved[] = { "accept", "h", "programme", "case", "years", "hours" };
    static const char *const free_words[] = { "accepts", "level", "x", "training", "course", "" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(reserved); i++)
        assert_true(criteria_word_is_reserved(str_from_c(reserved[i])));
    for (size_t i = 0; i < ARRAY_LEN(free_words); i++)
        assert_false(criteria_word_is_reserved(str_from_c(free_words[i])));
}

static struct edition_number number(const char *text)
{
    struct edition_number ret = { .parts = 0 };

    assert_true(edition_number_parse(str_from_c(text), &ret));
    return ret;
}

static void editions_are_compared_number_by_number(void **state)
{
    static const char *const rising[] = {
        "0", "0.1", "1", "1.9", "1.10", "2", "2024.1", "2024.1.0"
    };
    struct arena arena;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rising); i++) {
        for (size_t k = 0; k < ARRAY_LEN(rising); k++) {
            int order = edition_number_cmp(number(rising[i]), number(rising[k]));

            assert_int_equal(order < 0, i < k);
            assert_int_equal(order > 0, i > k);
            assert_int_equal(edition_number_eq(number(rising[i]), number(rising[k])), i == k);
        }
    }
    arena_init(&arena, ARENA_UNLIMITED);
    check_str(edition_number_text(&arena, number("2024.1.999999999")), "2024.1.999999999");
    arena_release(&arena);
}

static void refuses_what_is_no_edition(void **state)
{
    static const char *const wrong[] = { "",   ".",    "1.", ".1",         "1..2",
                                         "01", "1.00", "-1", "1a",         "1,2",
                                         "+1", "1 ",   "v1", "1000000000", "1.2.3.4.5.6.7.8.9" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct edition_number ret;

        assert_false(edition_number_parse(str_from_c(wrong[i]), &ret));
    }
}

static void quantities_of_time_are_minutes(void **state)
{
    (void)state;
    assert_int_equal(quantity_value((struct quantity){ 20, UNIT_HOURS }), 1200);
    assert_int_equal(quantity_value((struct quantity){ 20, UNIT_MINUTES }), 20);
    assert_int_equal(quantity_value((struct quantity){ 20, UNIT_NONE }), 20);
}

/* The text between two lines ```LANGUAGE and ``` of Markdown, and then what follows. */
static struct str next_block(struct str *rest, struct str fence)
{
    while (rest->n > 0) {
        struct str line;
        struct str block;

        *rest = str_split(*rest, '\n', &line);
        if (!str_eq(line, fence))
            continue;
        block = (struct str){ rest->p, 0 };
        while (rest->n > 0 && !str_starts(*rest, STR("```"))) {
            *rest = str_split(*rest, '\n', &line);
            block.n += line.n + 1;
        }
        return block;
    }
    return STR_NONE;
}

static size_t check_blocks(struct arena *arena, struct str page, struct str fence)
{
    size_t count = 0;

    for (struct str block = next_block(&page, fence); block.p; block = next_block(&page, fence)) {
        check_str(faults_of(arena, block, false), "");
        count++;
    }
    return count;
}

static void every_text_of_the_specification_is_without_fault(void **state)
{
    const char *folder = getenv("ASSAY_VECTORS");
    struct arena arena;
    struct str page = STR_NONE;
    bool read;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    read = folder &&
           !failed(file_read(
               &arena, str_to_c(&arena, str_format(&arena, "%s/../criteria-language.md", folder)),
               (size_t)1024 * 1024, &page));
    if (!read) {
        arena_release(&arena);
        print_message("skipped: the specification is not there\n");
        skip();
    }
    assert_int_equal(check_blocks(&arena, page, STR("```criteria")), 2);
    assert_int_equal(check_blocks(&arena, page, STR("```vocabulary")), 2);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_is_a_file),
        cmocka_unit_test(documents_and_vocabularies_stand_in_their_order),
        cmocka_unit_test(a_requirement_keeps_all_its_parts),
        cmocka_unit_test(an_example_keeps_its_lines),
        cmocka_unit_test(all_faults_of_a_file_are_told_at_once),
        cmocka_unit_test(a_statement_is_left_with_the_blocks_that_open_on_it),
        cmocka_unit_test(faults_past_the_most_are_counted),
        cmocka_unit_test(refuses_a_document_too_long),
        cmocka_unit_test(refuses_a_file_too_long),
        cmocka_unit_test(refuses_more_than_200_requirements_and_bars),
        cmocka_unit_test(refuses_more_than_12_blocks_within_each_other),
        cmocka_unit_test(hostile_texts_end_soon),
        cmocka_unit_test(word_forms),
        cmocka_unit_test(words_of_the_language_are_reserved),
        cmocka_unit_test(editions_are_compared_number_by_number),
        cmocka_unit_test(refuses_what_is_no_edition),
        cmocka_unit_test(quantities_of_time_are_minutes),
        cmocka_unit_test(every_text_of_the_specification_is_without_fault),
    };

    return run_refusals("parse", tests, ARRAY_LEN(tests), refusals, ARRAY_LEN(refusals));
}
