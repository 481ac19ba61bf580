#include "register/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/files.h"
#include "unit.h"

static void check_folded(struct str word, const char *expected)
{
    struct folded folded;

    assert_true(word_fold(word, &folded));
    check_str(((struct str){ folded.at, folded.n }), expected);
}

static void words_are_folded(void **state)
{
    (void)state;
    check_folded(STR("Start Date"), "startdate");
    check_folded(STR(" verified_on\t"), "verifiedon");
    check_folded(STR("Vérifié-le"), "verifiele");
    check_folded(STR("VÉRIFIÉ LE"), "verifiele");
    check_folded(STR("Prüfung / Größe"), "prufung/grosse");
    check_folded(STR("e\xcc\x81t\xcc\xa7"), "et");
    check_folded(STR("Cœur, Œuvre"), "coeur,oeuvre");
    check_folded(STR("ÿ Þing æ × ÷"), "ythingae×÷");
    check_folded(STR("l\xe2\x80\x99"
                     "été: n\xc2\xa0"
                     "1."),
                 "leten1");
    check_folded(STR("日本"), "日本");
    check_folded(STR("\xff"), "\xff");
    check_folded(STR(""), "");
    check_folded(STR("---"), "");
}

static void words_that_are_too_long_are_not_folded(void **state)
{
    struct folded folded = { .n = 7 };
    char word[FOLDED_MAX + 1];

    (void)state;
    memset(word, 'x', sizeof(word));
    assert_true(word_fold((struct str){ word, FOLDED_MAX }, &folded));
    assert_int_equal(folded.n, FOLDED_MAX);
    folded.n = 7;
    assert_false(word_fold((struct str){ word, FOLDED_MAX + 1 }, &folded));
    assert_int_equal(folded.n, 7);
}

static void alike_is_the_same_but_for_spelling(void **state)
{
    (void)state;
    assert_true(word_alike(STR("in-person"), STR("In Person")));
    assert_false(word_alike(STR("in-person"), STR("in-persons")));
    assert_false(word_alike(STR(""), STR("")));
    assert_false(word_alike(STR("-"), STR("_")));
}

static void meanings_are_found(void **state)
{
    (void)state;
    check_str(word_meaning(WORD_COLUMN, STR_NONE, STR("AKTENZEICHEN")), "matter");
    check_str(word_meaning(WORD_COLUMN, STR_NONE, STR("numero de dossier")), "matter");
    check_str(word_meaning(WORD_COLUMN, STR_NONE, STR("Verified On")), "verified-on");
    check_str(word_meaning(WORD_VALUE, STR("role"), STR("Médiatrice")), "mediator");
    assert_null(word_meaning(WORD_VALUE, STR("mode"), STR("Médiatrice")).p);
    assert_null(word_meaning(WORD_KIND, STR_NONE, STR("Aktenzeichen")).p);
    assert_null(word_meaning(WORD_COLUMN, STR_NONE, STR("Akten")).p);
    assert_null(word_meaning(WORD_COLUMN, STR_NONE, STR("")).p);
    assert_null(word_meaning(WORD_COLUMN, STR_NONE, STR("-")).p);
}

static void words_of_a_row_are_gone_through(void **state)
{
    struct str rest = STR("one, two words,three");

    (void)state;
    check_str(word_next(&rest), "one");
    check_str(word_next(&rest), "two words");
    assert_non_null(rest.p);
    check_str(word_next(&rest), "three");
    assert_null(rest.p);
}

/* Whether two rows are asked for the meaning of a word in the same place. */
static bool compete(const struct word_row *a, const struct word_row *b)
{
    bool columns = a->of <= WORD_FIELD && b->of <= WORD_FIELD;

    if (columns)
        return true;
    return a->of == b->of && (!a->field || strcmp(a->field, b->field) == 0);
}

static bool row_means(const struct word_row *row, struct str word)
{
    struct str rest = str_from_c(row->words);

    if (word_alike(str_from_c(row->means), word))
        return true;
    while (rest.p)
        if (word_alike(word_next(&rest), word))
            return true;
    return false;
}

static void no_word_means_two_things(void **state)
{
    (void)state;
    for (size_t i = 0; i < word_row_count; i++) {
        for (size_t j = 0; j < word_row_count; j++) {
            struct str rest = str_from_c(word_rows[i].words);

            if (i == j || !compete(&word_rows[i], &word_rows[j]))
                continue;
            if (row_means(&word_rows[j], str_from_c(word_rows[i].means)))
                fail_msg("'%s' means '%s' too", word_rows[i].means, word_rows[j].means);
            while (rest.p) {
                struct str word = word_next(&rest);

                if (row_means(&word_rows[j], word))
                    fail_msg("'%.*s' means '%s' and '%s'", STR_ARG(word), word_rows[i].means,
                             word_rows[j].means);
            }
        }
    }
}

static void no_word_is_listed_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < word_row_count; i++) {
        struct str rest = str_from_c(word_rows[i].words);

        while (rest.p) {
            struct str word = word_next(&rest);
            struct str later = rest;

            assert_true(word.n > 0);
            if (word_alike(word, str_from_c(word_rows[i].means)))
                fail_msg("'%.*s' stands beside itself", STR_ARG(word));
            while (later.p)
                if (word_alike(word, word_next(&later)))
                    fail_msg("'%.*s' is listed twice", STR_ARG(word));
        }
    }
}

static void every_word_can_be_folded(void **state)
{
    struct folded folded;

    (void)state;
    for (size_t i = 0; i < word_row_count; i++) {
        struct str rest = str_from_c(word_rows[i].words);

        while (rest.p)
            assert_true(word_fold(word_next(&rest), &folded) && folded.n > 0);
    }
}

/* ---- the documentation ---- */

static const char *const tables[] = {
    [WORD_COLUMN] = "| Column | Also understood |\n|---|---|\n",
    [WORD_FIELD] = "| Field | Also understood |\n|---|---|\n",
    [WORD_KIND] = "| Kind | Also understood |\n|---|---|\n",
    [WORD_STANDING] = "| Standing | Also understood |\n|---|---|\n",
    [WORD_YES_NO] = "| Answer | Also understood |\n|---|---|\n",
    [WORD_VALUE] = "| Value | Also understood |\n|---|---|\n",
    [WORD_UNIT] = "| Unit | Also understood |\n|---|---|\n",
};

static void write_table(enum word_of of, struct buf *out)
{
    buf_add_c(out, tables[of]);
    for (size_t i = 0; i < word_row_count; i++) {
        const struct word_row *row = &word_rows[i];

        if (row->of != of)
            continue;
        buf_add_c(out, "| ");
        if (row->field)
            buf_format(out, "`%s` ", row->field);
        buf_format(out, "`%s` | %s |\n", row->means, row->words);
    }
}

/* Each table stands in the documentation as it is here: a heading line, and then no other row. */
static void the_documentation_lists_exactly_the_table(void **state)
{
    const char *source = getenv("ASSAY_SOURCE");
    struct arena arena;
    struct str path;
    struct str docs;

    (void)state;
    assert_non_null(source);
    arena_init(&arena, ARENA_UNLIMITED);
    path = str_format(&arena, "%s/docs/logbook.md", source);
    assert_false(failed(file_read(&arena, str_to_c(&arena, path), 1000000, &docs)));
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        const char *text = str_to_c(&arena, docs);
        struct buf table;

        buf_init(&table, 100000);
        write_table((enum word_of)i, &table);
        buf_byte(&table, '\n');
        if (!strstr(text, str_to_c(&arena, buf_str(&table))))
            fail_msg("docs/logbook.md should hold this table:\n%.*s", STR_ARG(buf_str(&table)));
        buf_release(&table);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_folded),
        cmocka_unit_test(words_that_are_too_long_are_not_folded),
        cmocka_unit_test(alike_is_the_same_but_for_spelling),
        cmocka_unit_test(meanings_are_found),
        cmocka_unit_test(words_of_a_row_are_gone_through),
        cmocka_unit_test(no_word_means_two_things),
        cmocka_unit_test(no_word_is_listed_twice),
        cmocka_unit_test(every_word_can_be_folded),
        cmocka_unit_test(the_documentation_lists_exactly_the_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
