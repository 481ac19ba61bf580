#include "criteria/diff.h"

#include "criteria_fixture.h"

/* ---- what a requirement asks ---- */

struct row {
    const char *old, *new;
    enum change change; /* and the reverse of it the other way round */
};

static enum change reversed(enum change change)
{
    return change == CHANGE_LOOSER    ? CHANGE_TIGHTER
           : change == CHANGE_TIGHTER ? CHANGE_LOOSER
                                      : change;
}

static void check_change(enum change got, enum change expected, const char *old, const char *new)
{
    if (got != expected)
        fail_msg("%s, not %s, from\n%s\nto\n%s", change_name(got), change_name(expected), old, new);
}

static enum change rule_change(struct arena *arena, const struct edition *old,
                               const struct edition *new)
{
    struct edition_change change;
    edition_diff(arena, old, new, &change);
    assert_int_equal(change.requirement_count, 1);
    /* Whatever was proved of the requirement holds for the document that has no other. */
    assert_int_equal(change.change, change.requirements[0].change);
    return change.requirements[0].change;
}

/* A cycle stands above each of them, for those that speak of one. */
static const struct edition *rule(struct arena *arena, const char *lines)
{
    return load_body(arena, str_to_c(arena, str_format(arena,
                                                       "owner board\ncycle 2 years from join\n"
                                                       "require r {\n%s\n}",
                                                       lines)));
}

static void check_rules(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena arena;
        arena_init(&arena, ARENA_UNLIMITED);
        const struct edition *old = rule(&arena, rows[i].old);
        const struct edition *new = rule(&arena, rows[i].new);
        check_change(rule_change(&arena, old, new), rows[i].change, rows[i].old, rows[i].new);
        check_change(rule_change(&arena, new, old), reversed(rows[i].change), rows[i].new,
                     rows[i].old);
        check_change(rule_change(&arena, new, new), CHANGE_EQUAL, rows[i].new, rows[i].new);
        arena_release(&arena);
    }
}

#define CHECK_RULES(rows) check_rules((rows), ARRAY_LEN(rows))

static void test_needs(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "count mediation >= 20", "count mediation >= 15", CHANGE_LOOSER },
        { "count distinct client of mediation >= 5", "count distinct client of mediation >= 4",
          CHANGE_LOOSER },
        { "sum hours mediation >= 200 h", "sum hours mediation >= 11999 min", CHANGE_LOOSER },
        { "sum hours mediation >= 200 h", "sum hours mediation >= 12000 min", CHANGE_WORDING },
        { "months covered mediation >= 36", "months covered mediation >= 24", CHANGE_LOOSER },
        { "months since first mediation >= 3", "months since first mediation >= 2", CHANGE_LOOSER },
        { "age >= 25 years", "age >= 21 years", CHANGE_LOOSER },
        { "at least 2 of { age >= 20 years; holds first-card; holds second-card }",
          "at least 1 of { age >= 20 years; holds first-card; holds second-card }", CHANGE_LOOSER },
        /* another kind, measure, distinct field, node */
        { "count mediation >= 20", "count training >= 10", CHANGE_MIXED },
        { "sum hours mediation >= 20 h", "sum preparation mediation >= 20 h", CHANGE_MIXED },
        { "sum hours mediation >= 20 h", "sum days mediation >= 1", CHANGE_MIXED },
        { "count distinct client of mediation >= 5", "count distinct matter of mediation >= 5",
          CHANGE_MIXED },
        { "count mediation >= 20", "months covered mediation >= 1", CHANGE_MIXED },
        { "count mediation >= 20", "age >= 20 years", CHANGE_MIXED },
        { "months covered mediation >= 20", "months since first mediation >= 20", CHANGE_MIXED },
    };
    CHECK_RULES(rows);
}

static void test_filters(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "count mediation >= 5 { role mediator }", "count mediation >= 5", CHANGE_LOOSER },
        { "count mediation >= 5 { role mediator }", "count mediation >= 5 { role mediator, party }",
          CHANGE_LOOSER },
        { "count mediation >= 5 { role mediator }", "count mediation >= 5 { role party }",
          CHANGE_MIXED },
        { "count mediation >= 5 { role mediator }", "count mediation >= 5 { mode online }",
          CHANGE_MIXED },
        { "count mediation >= 5 { role not party, adviser }",
          "count mediation >= 5 { role not party }", CHANGE_LOOSER },
        { "count mediation >= 5 { role not party }", "count mediation >= 5", CHANGE_LOOSER },
        { "count mediation >= 5 { role not party }", "count mediation >= 5 { role not adviser }",
          CHANGE_MIXED },
        { "count mediation >= 5 { role mediator }", "count mediation >= 5 { role not party }",
          CHANGE_LOOSER },
        { "count mediation >= 5 { role mediator, adviser }",
          "count mediation >= 5 { role not party }", CHANGE_LOOSER }, /* unknown values besides */
        { "count mediation >= 5 { role party }", "count mediation >= 5 { role not party }",
          CHANGE_MIXED },
        { "count mediation >= 5 { role mediator; mode online }",
          "count mediation >= 5 { mode online; role mediator }", CHANGE_WORDING },
        { "count mediation >= 5 { mode online, hybrid; mode not hybrid }",
          "count mediation >= 5 { mode online }", CHANGE_WORDING },
        { "count mediation >= 5 { hours >= 4 h }", "count mediation >= 5 { hours >= 3 h }",
          CHANGE_LOOSER },
        { "count mediation >= 5 { hours >= 4 h }", "count mediation >= 5", CHANGE_LOOSER },
        { "count training >= 5 { level >= master }", "count training >= 5 { level >= bachelor }",
          CHANGE_LOOSER },
        { "count training >= 5 { level >= master }", "count training >= 5 { level master }",
          CHANGE_TIGHTER },
        { "count training >= 5 { level >= master }",
          "count training >= 5 { level master, doctorate }", CHANGE_WORDING },
        { "count training >= 5 { points >= 3; points >= 2 }", "count training >= 5 { points >= 3 }",
          CHANGE_WORDING },
        /* one filter each way */
        { "count mediation >= 5 { role mediator; mode online }",
          "count mediation >= 5 { role mediator, party; mode online; paid yes }", CHANGE_MIXED },
        { "count mediation >= 5 { role mediator }", "count mediation >= 6 { role mediator, party }",
          CHANGE_MIXED },
        /* in every kind of aggregate */
        { "sum hours mediation >= 5 h { role mediator }", "sum hours mediation >= 5 h",
          CHANGE_LOOSER },
        { "count distinct client of mediation >= 5 { role mediator }",
          "count distinct client of mediation >= 5", CHANGE_LOOSER },
        { "months covered mediation >= 5 { role mediator }", "months covered mediation >= 5",
          CHANGE_LOOSER },
        { "months since first mediation >= 5 { role mediator }",
          "months since first mediation >= 5", CHANGE_LOOSER },
    };
    CHECK_RULES(rows);
}

static void test_windows(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "count mediation >= 5 { within 24 months }", "count mediation >= 5 { within 3 years }",
          CHANGE_LOOSER },
        { "count mediation >= 5 { within 2 years }", "count mediation >= 5 { within 24 months }",
          CHANGE_WORDING },
        { "count mediation >= 5 { within 24 months }", "count mediation >= 5", CHANGE_LOOSER },
        { "count mediation >= 5 { from 2020-01-02 }", "count mediation >= 5 { from 2020-01-01 }",
          CHANGE_LOOSER },
        { "count mediation >= 5 { from 2020-01-02 }", "count mediation >= 5", CHANGE_LOOSER },
        { "count mediation >= 5 { until 2020-01-01 }", "count mediation >= 5 { until 2020-01-02 }",
          CHANGE_LOOSER },
        { "count mediation >= 5 { before 2020-01-01 }",
          "count mediation >= 5 { before 2020-01-02 }", CHANGE_LOOSER },
        { "count mediation >= 5 { until 2020-01-01 }", "count mediation >= 5 { before 2020-01-02 }",
          CHANGE_WORDING },
        { "count mediation >= 5 { until 2020-01-01 }", "count mediation >= 5", CHANGE_LOOSER },
        { "count mediation >= 5 { in cycle }", "count mediation >= 5", CHANGE_LOOSER },
        { "count mediation >= 5 { from 2020-01-01; until 2021-01-01 }",
          "count mediation >= 5 { from 2019-01-01; until 2020-12-31 }", CHANGE_MIXED },
        { "count mediation >= 5 { within 1 year }", "count mediation >= 5 { in cycle }",
          CHANGE_MIXED },
        { "months covered mediation >= 5 { within 8 years }",
          "months covered mediation >= 5 { within 9 years }", CHANGE_LOOSER },
    };
    CHECK_RULES(rows);
}

static void test_programmes_and_after_first(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "count training >= 1 { programme qap accredited }",
          "count training >= 1 { programme cmtp, qap accredited }", CHANGE_LOOSER },
        { "count training >= 1 { programme qap accredited }", "count training >= 1",
          CHANGE_LOOSER },
        { "count training >= 1 { programme qap accredited throughout }",
          "count training >= 1 { programme qap accredited }", CHANGE_LOOSER },
        { "count training >= 1 { programme qap accredited throughout }",
          "count training >= 1 { programme qap accredited at start }", CHANGE_LOOSER },
        { "count training >= 1 { programme qap accredited throughout }",
          "count training >= 1 { programme qap, cmtp accredited at start }", CHANGE_LOOSER },
        { "count training >= 1 { programme qap accredited }",
          "count training >= 1 { programme qap accredited at start }", CHANGE_MIXED },
        { "count training >= 1 { programme qap accredited }",
          "count training >= 1 { programme cmtp accredited }", CHANGE_MIXED },
        { "count training >= 1 { programme qap, cmtp accredited throughout }",
          "count training >= 1 { programme qap accredited }", CHANGE_MIXED },
        { "count training >= 1 { programme qap accredited; programme cmtp accredited at start }",
          "count training >= 1 { programme cmtp accredited at start; programme qap, cmtp "
          "accredited }",
          CHANGE_LOOSER },
        { "count mediation >= 1 { after first training { completed yes } }",
          "count mediation >= 1 { after first training }", CHANGE_LOOSER },
        { "count mediation >= 1 { after first training }", "count mediation >= 1", CHANGE_LOOSER },
        { "count mediation >= 1 { after first training }",
          "count mediation >= 1 { after first assessment }", CHANGE_MIXED },
        { "count mediation >= 1 { after first training { after first assessment { result pass } } "
          "}",
          "count mediation >= 1 { after first training { after first assessment } }",
          CHANGE_LOOSER },
        { "count mediation >= 1 { after first training; after first assessment { result pass } }",
          "count mediation >= 1 { after first assessment; after first training }", CHANGE_LOOSER },
        { "count mediation >= 1 { after first training { within 1 year } }",
          "count mediation >= 1 { after first training { within 2 years } }", CHANGE_LOOSER },
    };
    CHECK_RULES(rows);
}

static void test_combinations(void **state)
{
    (void)state;
    static const struct row rows[] = {
        /* branches */
        { "age >= 20 years\nholds first-card", "age >= 20 years", CHANGE_LOOSER },
        { "all { age >= 20 years; holds first-card }", "all { holds first-card }", CHANGE_LOOSER },
        { "any { age >= 20 years }", "any { holds first-card; age >= 20 years }", CHANGE_LOOSER },
        { "age >= 20 years", "any { age >= 20 years; holds first-card }", CHANGE_LOOSER },
        { "at least 2 of { age >= 20 years; holds first-card }",
          "at least 2 of { age >= 20 years; holds second-card; holds first-card }", CHANGE_LOOSER },
        { "separately { count mediation >= 2; count mediation >= 3 { role party };"
          " count mediation >= 1 { mode online } }",
          "separately { count mediation >= 2; count mediation >= 1 { mode online } }",
          CHANGE_LOOSER },
        { "separately { count mediation >= 2; count mediation >= 3 { role party } }",
          "separately { count mediation >= 2; count mediation >= 2 { role party } }",
          CHANGE_LOOSER },
        { "any { age >= 20 years; holds first-card }", "any { age >= 20 years; holds second-card }",
          CHANGE_MIXED },
        { "all { age >= 20 years; holds first-card }", "all { age >= 20 years; holds second-card }",
          CHANGE_MIXED },
        /* both directions */
        { "any { age >= 20 years; count mediation >= 5 }",
          "any { age >= 19 years; count mediation >= 6 }", CHANGE_MIXED },
        { "at least 2 of { age >= 20 years; holds first-card; holds second-card }",
          "at least 1 of { age >= 20 years; holds first-card }", CHANGE_MIXED },
        { "at least 1 of { age >= 20 years; holds first-card }",
          "at least 2 of { age >= 20 years; holds first-card; holds second-card }", CHANGE_MIXED },
        /* order means nothing; pairs are found across it */
        { "all { age >= 20 years; holds first-card }", "all { holds first-card; age >= 20 years }",
          CHANGE_WORDING },
        { "any { count mediation >= 5; count mediation >= 10 { role mediator } }",
          "any { count mediation >= 9 { role mediator }; count mediation >= 5 }", CHANGE_LOOSER },
        { "any { count mediation >= 5; count mediation >= 10 }",
          "any { count mediation >= 8; count mediation >= 4 }", CHANGE_LOOSER },
        { "all { count mediation >= 5; count mediation >= 10 }",
          "all { count mediation >= 8; count mediation >= 4 }", CHANGE_LOOSER },
        /* kinds of combination */
        { "all { age >= 20 years; holds first-card }", "any { age >= 20 years; holds first-card }",
          CHANGE_LOOSER },
        { "age >= 20 years\nholds first-card", "any { age >= 20 years; holds first-card }",
          CHANGE_LOOSER },
        { "separately { count mediation >= 2; count mediation >= 3 { role party } }",
          "all { count mediation >= 2; count mediation >= 3 { role party } }", CHANGE_LOOSER },
        { "separately { count mediation >= 2; count mediation >= 3 { role party } }",
          "count mediation >= 2\ncount mediation >= 3 { role party }", CHANGE_LOOSER },
        { "separately { count mediation >= 2; count mediation >= 3 { role party } }",
          "all { count mediation >= 2; count mediation >= 4 { role party } }", CHANGE_MIXED },
        { "separately { count mediation >= 2; count mediation >= 3 { role party } }",
          "any { count mediation >= 2; count mediation >= 3 { role party } }", CHANGE_MIXED },
        { "at least 1 of { age >= 20 years; holds first-card }",
          "any { age >= 20 years; holds first-card }", CHANGE_MIXED },
        { "at least 2 of { age >= 20 years; holds first-card }",
          "all { age >= 20 years; holds first-card }", CHANGE_MIXED },
        { "all { age >= 20 years; holds first-card }",
          "any { age >= 20 years; count mediation >= 1 }", CHANGE_LOOSER },
        { "all { age >= 20 years; holds first-card }",
          "any { count training >= 1; count mediation >= 1 }", CHANGE_MIXED },
        /* shells make no difference */
        { "all { age >= 20 years; all { holds first-card; holds second-card } }",
          "age >= 20 years\nholds first-card\nholds second-card", CHANGE_WORDING },
        { "any { age >= 20 years; any { holds first-card; holds second-card } }",
          "any { age >= 20 years; holds first-card; all { holds second-card } }", CHANGE_WORDING },
        { "any { age >= 20 years }", "all { age >= 20 years }", CHANGE_WORDING },
        { "any { age >= 20 years; holds first-card }",
          "any { age >= 20 years; holds first-card }\nholds second-card", CHANGE_TIGHTER },
        { "all { age >= 20 years; holds first-card }",
          "any { all { age >= 20 years; holds first-card }; holds second-card }", CHANGE_LOOSER },
        /* deep */
        { "any { all { age >= 20 years; count mediation >= 5 { role mediator } }; holds first-card "
          "}",
          "any { holds first-card; all { count mediation >= 5; age >= 20 years } }",
          CHANGE_LOOSER },
    };
    CHECK_RULES(rows);
}

static void test_weights_limits_and_also(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "count mediation >= 5 { weigh 50% mode online }",
          "count mediation >= 5 { weigh 60% mode online }", CHANGE_LOOSER },
        { "count mediation >= 5 { weigh 50% mode online; weigh 40% role party }",
          "count mediation >= 5 { weigh 50% mode online }", CHANGE_LOOSER },
        { "count mediation >= 5 { weigh 50% mode online }", "count mediation >= 5", CHANGE_LOOSER },
        { "count mediation >= 5 { weigh 100% mode online }", "count mediation >= 5",
          CHANGE_WORDING },
        { "count mediation >= 5 { weigh 50% mode online; weigh 40% role party }",
          "count mediation >= 5 { weigh 40% role party }", CHANGE_MIXED },
        { "count mediation >= 5 { weigh 50% mode online; weigh 40% role party }",
          "count mediation >= 5 { weigh 40% role party; weigh 50% mode online }", CHANGE_MIXED },
        { "count mediation >= 5 { weigh 50% mode online }",
          "count mediation >= 5 { weigh 50% mode online, hybrid }", CHANGE_MIXED },
        { "sum hours mediation >= 5 h { weigh 50% mode online }",
          "sum hours mediation >= 5 h { weigh 51% mode online }", CHANGE_LOOSER },

        { "sum hours mediation >= 9 h { at most 4 h mode online }",
          "sum hours mediation >= 9 h { at most 5 h mode online }", CHANGE_LOOSER },
        { "sum hours mediation >= 9 h { at most 4 h mode online }", "sum hours mediation >= 9 h",
          CHANGE_LOOSER },
        { "sum hours mediation >= 9 h { at most 4 h mode online; at most 5 h role party }",
          "sum hours mediation >= 9 h { at most 4 h mode online }", CHANGE_LOOSER },
        { "sum hours mediation >= 9 h { at most 4 h mode online; at most 5 h }",
          "sum hours mediation >= 9 h { at most 4 h mode online }", CHANGE_LOOSER },
        /* not the last, and not disjoint: its records fall to the next */
        { "sum hours mediation >= 9 h { at most 4 h mode online; at most 5 h role party }",
          "sum hours mediation >= 9 h { at most 5 h role party }", CHANGE_MIXED },
        { "sum hours mediation >= 9 h { at most 4 h mode online; at most 5 h }",
          "sum hours mediation >= 9 h { at most 5 h }", CHANGE_MIXED },
        { "sum hours mediation >= 9 h { at most 4 h mode online; at most 5 h mode not hybrid }",
          "sum hours mediation >= 9 h { at most 5 h mode not hybrid }", CHANGE_MIXED },
        { "sum hours mediation >= 9 h { at most 4 h mode online; at most 5 h mode hybrid }",
          "sum hours mediation >= 9 h { at most 5 h mode hybrid }", CHANGE_LOOSER },
        { "sum hours mediation >= 9 h { at most 4 h mode online; at most 5 h mode hybrid;"
          " at most 1 h }",
          "sum hours mediation >= 9 h { at most 5 h mode hybrid; at most 1 h }", CHANGE_MIXED },
        /* order, filter, each */
        { "sum hours mediation >= 9 h { at most 4 h mode online; at most 5 h role party }",
          "sum hours mediation >= 9 h { at most 5 h role party; at most 4 h mode online }",
          CHANGE_MIXED },
        { "sum hours mediation >= 9 h { at most 4 h mode online }",
          "sum hours mediation >= 9 h { at most 4 h mode hybrid }", CHANGE_MIXED },
        { "sum hours mediation >= 9 h { at most 4 h each client }",
          "sum hours mediation >= 9 h { at most 4 h each matter }", CHANGE_MIXED },
        { "sum hours mediation >= 9 h { at most 4 h each client }",
          "sum hours mediation >= 9 h { at most 4 h }", CHANGE_MIXED },
        { "sum hours mediation >= 9 h { at most 4 h each client mode online }",
          "sum hours mediation >= 9 h { at most 5 h each client mode online }", CHANGE_LOOSER },
        /* within one another */
        { "sum hours mediation >= 9 h { at most 4 h mode online { at most 1 h each client } }",
          "sum hours mediation >= 9 h { at most 4 h mode online { at most 2 h each client } }",
          CHANGE_LOOSER },
        { "sum hours mediation >= 9 h { at most 4 h mode online { at most 1 h each client } }",
          "sum hours mediation >= 9 h { at most 4 h mode online }", CHANGE_LOOSER },
        { "sum hours mediation >= 9 h { at most 4 h mode online { at most 1 h each client } }",
          "sum hours mediation >= 9 h { at most 3 h mode online }", CHANGE_MIXED },

        { "count mediation >= 5", "count mediation >= 5 { also training at most 1 }",
          CHANGE_LOOSER },
        { "count mediation >= 5 { also training at most 1 }",
          "count mediation >= 5 { also training at most 2 }", CHANGE_LOOSER },
        { "count mediation >= 5 { also training at most 1 { completed yes } }",
          "count mediation >= 5 { also training at most 1 }", CHANGE_LOOSER },
        { "count mediation >= 5 { also training at most 1 }",
          "count mediation >= 5 { also assessment at most 1 }", CHANGE_MIXED },
        { "count mediation >= 5 { weigh 50% mode online }",
          "count mediation >= 5 { also assessment at most 1 }", CHANGE_LOOSER },
    };
    CHECK_RULES(rows);
}

static void test_credentials_declarations_and_questions(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "holds first-card", "holds second-card, first-card", CHANGE_LOOSER },
        { "holds first-card", "holds second-card", CHANGE_MIXED },
        { "holds first-card, second-card", "holds second-card, first-card", CHANGE_WORDING },
        { "holds first-card", "holds first-card ever", CHANGE_LOOSER },
        { "holds first-card for 2 years", "holds first-card for 23 months", CHANGE_LOOSER },
        { "holds first-card for 2 years", "holds first-card", CHANGE_LOOSER },
        { "holds first-card ever for 2 years", "holds first-card ever", CHANGE_LOOSER },
        { "holds first-card issued before 2020-01-01", "holds first-card issued before 2020-01-02",
          CHANGE_LOOSER },
        { "holds first-card issued before 2020-01-01", "holds first-card", CHANGE_LOOSER },
        { "holds first-card on 2020-01-01", "holds first-card on 2020-01-02", CHANGE_MIXED },
        { "holds first-card on 2020-01-01", "holds first-card", CHANGE_MIXED },
        { "holds first-card on 2020-01-01", "holds first-card ever", CHANGE_MIXED },
        { "holds first-card on 2020-01-01 for 1 year", "holds first-card on 2020-01-01",
          CHANGE_LOOSER },

        { "declared motivation edition 2", "declared motivation", CHANGE_LOOSER },
        { "declared motivation edition current", "declared motivation", CHANGE_LOOSER },
        { "declared motivation edition 2", "declared motivation edition current", CHANGE_MIXED },
        { "declared motivation edition 2", "declared motivation edition 2.1", CHANGE_MIXED },
        { "declared motivation within 1 year", "declared motivation within 13 months",
          CHANGE_LOOSER },
        { "declared motivation within 1 year", "declared motivation", CHANGE_LOOSER },
        { "declared motivation", "declared code-of-conduct", CHANGE_MIXED },

        { "judged \"Fit?\" by board", "judged \"Able?\" by board", CHANGE_MIXED },
        { "judged \"Fit?\" by board", "judged \"Fit?\" by rap", CHANGE_MIXED },
        { "age >= 20 years\njudged \"Fit?\" by board", "age >= 20 years", CHANGE_LOOSER },
        { "any { age >= 20 years; judged \"Fit?\" by board }", "any { age >= 20 years }",
          CHANGE_TIGHTER },
    };
    CHECK_RULES(rows);
}

static void test_slices(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "each 12 months of last 36 months { count mediation >= 2 }",
          "each 12 months of last 24 months { count mediation >= 2 }", CHANGE_LOOSER },
        { "each 12 months of last 36 months { count mediation >= 2 }",
          "each 1 year of last 3 years { count mediation >= 1 }", CHANGE_LOOSER },
        { "each 12 months of last 36 months { count mediation >= 2; sum hours mediation >= 4 h }",
          "each 12 months of last 36 months { count mediation >= 2 }", CHANGE_LOOSER },
        { "each 12 months of last 36 months { count mediation >= 2 }",
          "each 6 months of last 36 months { count mediation >= 2 }", CHANGE_MIXED },
        { "each 12 months of cycle { count mediation >= 2 }",
          "each 12 months of last 24 months { count mediation >= 2 }", CHANGE_MIXED },
        { "each 12 months of cycle { count mediation >= 2 }",
          "each 12 months of cycle { count mediation >= 1 }", CHANGE_LOOSER },
        { "each 12 months of cycle { count mediation >= 2 }",
          "each 6 months of cycle { count mediation >= 2 }", CHANGE_MIXED },
        { "each 12 months of last 36 months { count mediation >= 2 }", "count mediation >= 2",
          CHANGE_MIXED },
    };
    CHECK_RULES(rows);
}

#define AGE "age >= 20 years\n"

static void test_exemptions_referrals_and_discretions(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { AGE, AGE "exempt e \"E\" when { holds first-card }", CHANGE_LOOSER },
        { AGE "exempt e \"E\" when { holds first-card }",
          AGE "exempt e \"E\" when { holds first-card, second-card }", CHANGE_LOOSER },
        { AGE "exempt e \"E\" when { holds first-card } instead { age >= 10 years }",
          AGE "exempt e \"E\" when { holds first-card } instead { age >= 9 years }",
          CHANGE_LOOSER },
        { AGE "exempt e \"E\" when { holds first-card } instead { age >= 10 years }",
          AGE "exempt e \"E\" when { holds first-card }", CHANGE_LOOSER },
        { AGE "exempt e \"E\" when { holds first-card } instead { age >= 10 years }",
          AGE "exempt e \"E\" when { holds first-card, second-card } instead { age >= 11 years }",
          CHANGE_MIXED },
        { AGE "exempt e \"E\" when { holds first-card }",
          AGE "exempt f \"E\" when { holds first-card }", CHANGE_MIXED },
        { AGE "exempt e \"E\" when { holds first-card }\nexempt f \"F\" when { age >= 9 years }",
          AGE "exempt f \"F\" when { age >= 9 years }\nexempt e \"E\" when { holds first-card }",
          CHANGE_WORDING },
        { AGE "exempt e \"E\" when { holds first-card }",
          "age >= 21 years\nexempt e \"E\" when { holds first-card }", CHANGE_TIGHTER },

        { AGE, AGE "refer to board when { holds first-card }", CHANGE_LOOSER },
        { AGE "refer to board when { holds first-card }",
          AGE "refer to board when { holds first-card, second-card }", CHANGE_LOOSER },
        { AGE "refer to board when { holds first-card }",
          AGE "refer to rap when { holds first-card }", CHANGE_MIXED },

        { AGE, AGE "discretion rap { waive }", CHANGE_LOOSER },
        { AGE "discretion rap { waive }", AGE "discretion board { waive }", CHANGE_MIXED },
        { AGE "discretion rap { admit }", AGE "discretion rap { admit; waive }", CHANGE_LOOSER },
        { AGE "discretion rap { waive }", AGE "discretion rap { admit; waive }", CHANGE_LOOSER },
        { AGE "discretion rap { waive for health }",
          AGE "discretion rap { waive for family, health }", CHANGE_LOOSER },
        { AGE "discretion rap { waive for health, family }", AGE "discretion rap { waive }",
          CHANGE_LOOSER },
        { AGE "discretion rap { waive for health }", AGE "discretion rap { waive for family }",
          CHANGE_MIXED },
        { AGE "discretion rap { extend until 2020-01-01 }",
          AGE "discretion rap { extend until 2020-01-02 }", CHANGE_LOOSER },
        { AGE "discretion rap { admit }", AGE "discretion rap { admit; extend until 2020-01-02 }",
          CHANGE_LOOSER },
        { AGE "discretion rap { waive; floor { age >= 9 years } }",
          AGE "discretion rap { waive; floor { age >= 8 years } }", CHANGE_LOOSER },
        { AGE "discretion rap { waive; floor { age >= 9 years } }", AGE "discretion rap { waive }",
          CHANGE_LOOSER },
        { AGE "discretion rap { admit }",
          AGE "discretion rap { admit; waive; floor { age >= 9 years } }", CHANGE_LOOSER },
    };
    CHECK_RULES(rows);
}

static void test_terms_are_compared_by_what_they_say(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "term t is mediation { role mediator; mode online }\nrequire r { count t >= 5 }",
          "require r { count mediation >= 5 { mode online; role mediator } }", CHANGE_WORDING },
        { "term t is mediation { role mediator; mode online }\nrequire r { count t >= 5 }",
          "term t is mediation { role mediator }\nrequire r { count t >= 5 }", CHANGE_LOOSER },
        { "term t is mediation { role mediator }\nrequire r { count t >= 5 { mode online } }",
          "term t is mediation { role mediator; mode online }\nrequire r { count t >= 5 }",
          CHANGE_WORDING },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct arena arena;
        struct edition_change change;
        arena_init(&arena, ARENA_UNLIMITED);
        const struct edition *old = load_body(&arena, rows[i].old);
        const struct edition *new = load_body(&arena, rows[i].new);
        edition_diff(&arena, old, new, &change);
        check_change(change.change, rows[i].change, rows[i].old, rows[i].new);
        edition_diff(&arena, new, old, &change);
        check_change(change.change, reversed(rows[i].change), rows[i].new, rows[i].old);
        arena_release(&arena);
    }
}

/* ---- documents ---- */

static enum change document_change(const char *old, const char *new)
{
    struct arena arena;
    struct edition_change change;
    arena_init(&arena, ARENA_UNLIMITED);
    edition_diff(&arena, load_body(&arena, old), load_body(&arena, new), &change);
    arena_release(&arena);
    return change.change;
}

static void check_documents(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_change(document_change(rows[i].old, rows[i].new), rows[i].change, rows[i].old,
                     rows[i].new);
        check_change(document_change(rows[i].new, rows[i].old), reversed(rows[i].change),
                     rows[i].new, rows[i].old);
    }
}

#define CHECK_DOCUMENTS(rows) check_documents((rows), ARRAY_LEN(rows))
#define R "\nrequire r { age >= 20 years }"

static void test_document_items(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "open from 2020-01-02" R, "open from 2020-01-01" R, CHANGE_LOOSER },
        { "open until 2020-01-01" R, "open before 2020-01-03" R, CHANGE_LOOSER },
        { "open until 2020-01-01" R, "open before 2020-01-02" R, CHANGE_EQUAL },
        { "open until 2020-01-01" R, R, CHANGE_LOOSER },
        { "open from 2020-01-01 until 2020-02-01" R, "open from 2020-01-02 until 2020-02-02" R,
          CHANGE_MIXED },
        { "in force from 2020-01-01" R, R, CHANGE_EQUAL },

        { "valid 1 year" R, "valid 13 months" R, CHANGE_LOOSER },
        { "valid 1 year" R, "valid without end" R, CHANGE_LOOSER },
        { "valid 1 year grace 3 months" R, R, CHANGE_LOOSER },
        { "valid without end" R, R, CHANGE_EQUAL },
        { "valid 1 year grace 1 month" R, "valid 1 year grace 2 months" R, CHANGE_LOOSER },
        { "valid 1 year" R, "valid 1 year grace 2 months" R, CHANGE_LOOSER },
        { "valid 1 year renew from 1 month before end" R,
          "valid 1 year renew from 2 months before end" R, CHANGE_LOOSER },
        { "valid 1 year" R, "valid 1 year renew from 2 months before end" R, CHANGE_MIXED },
        { "valid 1 year grace 1 month" R, "valid 2 years" R, CHANGE_MIXED },

        { R, R "\nrequire s { age >= 1 years }", CHANGE_TIGHTER },
        { "require q { age >= 20 years }", R, CHANGE_MIXED },
        { R "\nrequire s { age >= 1 years }", "require s { age >= 1 years }" R, CHANGE_EQUAL },

        { "owner board" R, "owner rap" R, CHANGE_MIXED },
        { "owner board" R, R, CHANGE_MIXED },
        { "owner board\nrequire r { holds first-card }",
          "owner rap\nrequire r { holds first-card }", CHANGE_EQUAL },
        { "owner board\nrequire r { declared motivation }",
          "owner rap\nrequire r { declared motivation }", CHANGE_EQUAL },
        { "owner board\nrequire r { declared motivation edition 2 }",
          "owner rap\nrequire r { declared motivation edition 2 }", CHANGE_MIXED },
        { "owner board\nrequire r { age >= 20 years; judged \"Fit?\" by board }",
          "owner rap\nrequire r { age >= 20 years; judged \"Fit?\" by board }", CHANGE_EQUAL },

        { "title \"A\"" R, "title \"B\"" R, CHANGE_WORDING },
        { "audience \"A\"" R, R, CHANGE_WORDING },
        { "route \"A\"" R, R, CHANGE_WORDING },
        { "note \"A\"" R, R, CHANGE_WORDING },
        { "group a" R, "group b" R, CHANGE_WORDING },
        { "label r de \"Alter\"" R, R, CHANGE_WORDING },
        { "require r { wording \"A\"; age >= 20 years }",
          "require r { wording \"B\"; age >= 20 years }", CHANGE_WORDING },
        { "require r \"A\" { age >= 20 years }", "require r \"B\" { age >= 20 years }",
          CHANGE_WORDING },
        { "title \"A\"\nrequire r { age >= 20 years }",
          "title \"B\"\nrequire r { age >= 19 years }", CHANGE_LOOSER },
        { R "\nexample \"E\" asof 2024-01-01 {\nexpect decide not-yet\n}", R, CHANGE_WORDING },
    };
    CHECK_DOCUMENTS(rows);
}

#define IN_CYCLE "\nrequire r { count mediation >= 1 { in cycle } }"

static void test_the_cycle(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "cycle 2 years from join" IN_CYCLE, "cycle 3 years from join" IN_CYCLE, CHANGE_MIXED },
        { "cycle 2 years from join" IN_CYCLE, "cycle 2 years from issue" IN_CYCLE, CHANGE_MIXED },
        { "cycle 2 years from join" IN_CYCLE, "cycle 24 months from join" IN_CYCLE, CHANGE_EQUAL },
        { "cycle 2 years from year 01-01" IN_CYCLE, "cycle 2 years from year 01-02" IN_CYCLE,
          CHANGE_MIXED },
        { "cycle 2 years from join" R, "cycle 3 years from join" R, CHANGE_EQUAL },
        { "cycle 2 years from join" IN_CYCLE,
          "cycle 3 years from join\nrequire r { count mediation >= 1 }", CHANGE_LOOSER },
        { "cycle 2 years from join\nrequire r { each 12 months of cycle { count mediation >= 1 } }",
          "cycle 3 years from join\nrequire r { each 12 months of cycle { count mediation >= 1 } }",
          CHANGE_MIXED },
        { "cycle 2 years from join\nrequire r {"
          " count mediation >= 1 { after first training { in cycle } } }",
          "cycle 3 years from join\nrequire r {"
          " count mediation >= 1 { after first training { in cycle } } }",
          CHANGE_MIXED },
        { "cycle 2 years from join\nbar b \"B\" { count mediation >= 1 { in cycle } } effect "
          "refer" R,
          "cycle 3 years from join\nbar b \"B\" { count mediation >= 1 { in cycle } } effect "
          "refer" R,
          CHANGE_MIXED },
    };
    CHECK_DOCUMENTS(rows);
}

static void test_a_cycle_marks_the_requirements_that_speak_of_it(void **state)
{
    (void)state;
    struct arena arena;
    struct edition_change change;
    arena_init(&arena, ARENA_UNLIMITED);
    edition_diff(&arena,
                 load_body(&arena, "cycle 2 years from join" IN_CYCLE
                                   "\nrequire s { count mediation >= 1 }"),
                 load_body(&arena, "cycle 3 years from join" IN_CYCLE
                                   "\nrequire s { count mediation >= 1 }"),
                 &change);
    assert_int_equal(change.requirements[0].change, CHANGE_MIXED);
    assert_int_equal(change.requirements[1].change, CHANGE_EQUAL);
    arena_release(&arena);
}

static void test_bars_count_the_other_way(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "bar b \"B\" { holds first-card } effect refuse" R, R, CHANGE_LOOSER },
        { "bar b \"B\" { holds first-card } effect refuse" R,
          "bar b \"B\" { holds first-card } effect refer" R, CHANGE_LOOSER },
        { "bar b \"B\" { count mediation >= 1 } effect refuse" R,
          "bar b \"B\" { count mediation >= 2 } effect refuse" R, CHANGE_LOOSER },
        { "bar b \"B\" { count mediation >= 1 } effect refuse" R,
          "bar b \"B\" { count mediation >= 1 { role party } } effect refuse" R, CHANGE_LOOSER },
        { "bar b \"B\" { count mediation >= 1 } effect refuse" R,
          "bar b \"B\" { all { count mediation >= 1; holds first-card } } effect refuse" R,
          CHANGE_LOOSER },
        { "bar b \"B\" { count mediation >= 1 } effect refuse" R,
          "bar b \"B\" { any { count mediation >= 1; holds first-card } } effect refer" R,
          CHANGE_MIXED },
        { "bar b \"B\" { holds first-card } effect refuse" R,
          "bar b \"C\" { holds first-card } effect refuse" R, CHANGE_WORDING },
    };
    CHECK_DOCUMENTS(rows);
}

#define FROM_1(clauses) "transition from 0.1 { " clauses " }" R

static void test_transitions(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { R, FROM_1("accept old for applications until 2020-01-01"), CHANGE_LOOSER },
        { FROM_1("accept old for applications until 2020-01-01"),
          FROM_1("accept old for applications until 2020-01-02"), CHANGE_LOOSER },
        { FROM_1("accept old for applications from 2019-01-01 until 2020-01-01"),
          FROM_1("accept old for applications until 2020-01-01"), CHANGE_LOOSER },
        { FROM_1("accept old for applications from 2019-01-01 until 2020-01-01"),
          FROM_1("accept old for applications from 2019-01-02 until 2020-01-02"), CHANGE_MIXED },
        { FROM_1("accept old for applications until 2020-01-01"),
          "transition from 0.2 { accept old for applications until 2020-01-01 }" R, CHANGE_MIXED },
        { FROM_1("accept old for training { completed yes } started before 2020-01-01"
                 " until 3 years after that start"),
          FROM_1("accept old for training started before 2020-01-01"
                 " until 3 years after that start"),
          CHANGE_LOOSER },
        { FROM_1("accept old for training started before 2020-01-01"
                 " until 3 years after that start"),
          FROM_1("accept old for training started before 2020-01-02"
                 " until 37 months after that start"),
          CHANGE_LOOSER },
        { FROM_1("accept old for training started before 2020-01-01"
                 " until 3 years after that start"),
          FROM_1("accept old for mediation started before 2020-01-01"
                 " until 3 years after that start"),
          CHANGE_MIXED },
        { R, FROM_1("holders keep until renewal"), CHANGE_LOOSER },
        { FROM_1("holders keep until 2020-01-01"), FROM_1("holders keep until 2020-01-02"),
          CHANGE_LOOSER },
        { FROM_1("holders keep until 2020-01-01"), FROM_1("holders keep until renewal"),
          CHANGE_MIXED },
        { R, FROM_1("require old for applications until 2020-01-01"), CHANGE_MIXED },
        { FROM_1("require old for applications until 2020-01-01"),
          FROM_1("require old for applications until 2020-01-02"), CHANGE_MIXED },
        { FROM_1("require old for applications until 2020-01-01"),
          FROM_1("require old for applications until 2020-01-01; holders keep until renewal"),
          CHANGE_LOOSER },
    };
    CHECK_DOCUMENTS(rows);
}

/* ---- vocabularies ---- */

static enum change change_under(const char *old, const char *new, const char *body)
{
    struct arena arena;
    struct edition_change change;
    arena_init(&arena, ARENA_UNLIMITED);
    edition_diff(&arena, load_under(&arena, old, "1", body), load_under(&arena, new, "2", body),
                 &change);
    arena_release(&arena);
    return change.change;
}

#define WORDS(fields, levels)                                                                      \
    "vocabulary sample 1 {\nlevels degree " levels "\nrecord mediation { " fields " }\n}\n"

static void test_another_vocabulary(void **state)
{
    (void)state;
    static const char old[] =
        WORDS("field role of a, b; field level ordered degree; field n id", "low, high");
    static const char more[] =
        WORDS("field role of a, b, c; field level ordered degree; field n id; field z id",
              "low, middle, high");
    static const char swapped[] =
        WORDS("field role of a, b; field level ordered degree; field n integer", "high, low");
    static const char listed[] = "require r { count mediation >= 1 { role a } }";
    static const char unlisted[] = "require r { count mediation >= 1 { role not a } }";
    static const char levels[] = "require r { count mediation >= 1 { level >= low } }";
    static const char high[] = "require r { count mediation >= 1 { level >= high } }";
    static const char roles[] = "require r { count distinct role of mediation >= 1 }";
    static const char ids[] = "require r { count distinct n of mediation >= 1 }";

    assert_int_equal(change_under(old, more, listed), CHANGE_EQUAL);
    assert_int_equal(change_under(old, more, unlisted), CHANGE_LOOSER);
    assert_int_equal(change_under(more, old, unlisted), CHANGE_TIGHTER);
    assert_int_equal(change_under(old, more, levels), CHANGE_LOOSER);
    assert_int_equal(change_under(old, more, high), CHANGE_EQUAL);
    assert_int_equal(change_under(old, swapped, levels), CHANGE_TIGHTER);
    assert_int_equal(change_under(old, swapped, high), CHANGE_LOOSER);
    assert_int_equal(change_under(old, more, roles), CHANGE_MIXED);
    assert_int_equal(change_under(old, swapped, roles), CHANGE_EQUAL);
    assert_int_equal(change_under(old, more, ids), CHANGE_EQUAL);
    assert_int_equal(change_under(old, swapped, ids), CHANGE_MIXED);
}

/* ---- what is shown ---- */

static const char young_mediators[] =
    "criteria young-mediator edition 1 {\n"
    "title \"Young Mediator\"\ngroup g; owner board; vocabulary sample 1\n"
    "require training \"Training\" { wording \"At least 40 hours of completed training.\"\n"
    "sum hours training >= 40 h { completed yes } }\n"
    "require motivation \"Motivation\" { declared motivation }\n}\n"
    "criteria young-mediator edition 2 {\n"
    "title \"Young Mediator\"\ngroup g; owner board; vocabulary sample 1\n"
    "audience \"Newcomers.\"\nin force from 2022-03-01\n"
    "require status \"Qualified status\" { wording \"Qualified status.\"; holds first-card }\n"
    "require motivation \"Motivation\" { wording \"A statement of why.\"; declared motivation }\n"
    "transition from 1 { holders keep until renewal }\n}\n";

static void test_the_line_reads_as_in_the_language(void **state)
{
    (void)state;
    struct arena arena;
    struct edition_change change;
    arena_init(&arena, ARENA_UNLIMITED);
    const struct library *library =
        load_texts(&arena, str_format(&arena, "%s%s", TEST_VOCABULARY, young_mediators));
    edition_diff(&arena, library_at(library, 0), library_at(library, 1), &change);
    check_str(edition_change_line(&arena, &change),
              "training removed (looser); status added (tighter); motivation wording only; "
              "document mixed");

    assert_int_equal(change.requirement_count, 3);
    check_str(change.requirements[0].id, "status");
    assert_null(change.requirements[0].old);
    assert_int_equal(change.requirements[0].presence, ADDED);
    check_str(change.requirements[1].id, "motivation");
    assert_int_equal(change.requirements[1].presence, PRESENT_IN_BOTH);
    check_str(change.requirements[2].id, "training");
    assert_null(change.requirements[2].new);
    assert_int_equal(change.requirements[2].presence, REMOVED);

    assert_int_equal(change.detail_count, 3);
    check_str(change.details[0].where, "transition");
    check_str(change.details[0].what, "holders keep: added");
    assert_int_equal(change.details[0].change, CHANGE_LOOSER);
    check_str(change.details[1].where, "in force");
    check_str(change.details[1].what, "none -> 2022-03-01");
    assert_int_equal(change.details[1].change, CHANGE_EQUAL);
    check_str(change.details[2].where, "audience");
    assert_int_equal(change.details[2].change, CHANGE_WORDING);

    edition_diff(&arena, library_at(library, 0), library_at(library, 0), &change);
    check_str(edition_change_line(&arena, &change), "document equal");
    arena_release(&arena);
}

/* All details of a requirement, as "where: what (label)" in lines. */
static void check_details(const char *old, const char *new, const char *expected)
{
    struct arena arena;
    struct edition_change change;
    struct buf out;
    arena_init(&arena, ARENA_UNLIMITED);
    buf_init(&out, 65536);
    edition_diff(&arena, rule(&arena, old), rule(&arena, new), &change);
    for (size_t i = 0; i < change.requirements[0].detail_count; i++) {
        const struct change_detail *detail = &change.requirements[0].details[i];
        buf_format(&out, "%.*s: %.*s (%s)\n", STR_ARG(detail->where), STR_ARG(detail->what),
                   change_name(detail->change));
    }
    check_str(buf_str(&out), expected);
    buf_release(&out);
    arena_release(&arena);
}

static void test_details_say_where_and_what(void **state)
{
    (void)state;
    check_details("count mediation >= 20 { role mediator; within 24 months }",
                  "count mediation >= 15 { role mediator, party; within 36 months }",
                  "r.1: role: mediator -> mediator, party (looser)\n"
                  "r.1: within: 24 months -> 36 months (looser)\n"
                  "r.1: need 20 -> 15 (looser)\n");
    check_details("sum hours mediation >= 20 h { hours >= 2 h; mode not online }",
                  "sum hours mediation >= 90 min",
                  "r.1: hours: >= 120 min -> anything (looser)\n"
                  "r.1: mode: not online -> anything (looser)\n"
                  "r.1: need 20 h -> 1 h 30 min (looser)\n");
    check_details("any { age >= 20 years; count mediation >= 5 }",
                  "any { age >= 21 years; holds first-card }",
                  "r.1.1: need 20 -> 21 (tighter)\n"
                  "r.1.2: removed: at least 5 mediations (tighter)\n"
                  "r.1.2: added: the credential first-card in force on the day of the application "
                  "(looser)\n");
    check_details("age >= 20 years", "age >= 20 years\nholds first-card",
                  "r.2: added: the credential first-card in force on the day of the application "
                  "(tighter)\n");
    check_details("all { age >= 20 years; holds first-card }",
                  "any { age >= 20 years; holds first-card }", "r.1: all -> any (looser)\n");
    check_details("count mediation >= 5", "count training >= 5",
                  "r.1: kind: mediation -> training (mixed)\n");
    check_details("count mediation >= 5", "age >= 20 years",
                  "r.1: at least 5 mediations -> at least 20 years of age (mixed)\n");
    check_details("count training >= 1 { programme qap accredited }",
                  "count training >= 1 { programme cmtp, qap accredited at start }",
                  "r.1: programme: qap accredited -> cmtp, qap accredited at start (mixed)\n");
    check_details("wording \"A\"\nage >= 20 years\nexempt e \"E\" when { holds first-card }",
                  "wording \"B\"\nage >= 20 years\ndiscretion rap { waive }",
                  "r.e: exemption removed (tighter)\n"
                  "r.discretion-rap: discretion added (looser)\n"
                  "r: wording changed (wording only)\n");
    check_details("age >= 20 years # why", "age >= 20 years",
                  "r: the same is written otherwise (wording only)\n");
}

static void test_details_of_a_bar_are_swapped(void **state)
{
    (void)state;
    struct arena arena;
    struct edition_change change;
    arena_init(&arena, ARENA_UNLIMITED);
    edition_diff(&arena,
                 load_body(&arena, "bar b \"B\" { count mediation >= 1 } effect refuse"
                                   "\nbar c \"C\" { holds first-card } effect refer" R),
                 load_body(&arena, "bar b \"B\" { count mediation >= 2 } effect refuse" R),
                 &change);
    assert_int_equal(change.bar_count, 2);
    check_str(change.bars[0].id, "b");
    assert_int_equal(change.bars[0].detail_count, 1);
    check_str(change.bars[0].details[0].what, "need 1 -> 2");
    assert_int_equal(change.bars[0].details[0].change, CHANGE_LOOSER);
    check_str(change.bars[1].id, "c");
    assert_int_equal(change.bars[1].presence, REMOVED);
    check_str(edition_change_line(&arena, &change),
              "bar c removed (looser); bar b looser; document looser");
    arena_release(&arena);
}

static void test_the_difference_as_data(void **state)
{
    (void)state;
    struct arena arena;
    struct edition_change change;
    struct buf out;
    arena_init(&arena, ARENA_UNLIMITED);
    buf_init(&out, 65536);
    edition_diff(
        &arena, load_under(&arena, TEST_VOCABULARY, "1", "require r { age >= 20 years }"),
        load_under(&arena, TEST_VOCABULARY, "2", "title \"T\"\nrequire r { age >= 19 years }"),
        &change);
    value_write_json(edition_change_value(&arena, &change), JSON_COMPACT, &out);
    check_str(buf_str(&out),
              "{\"old\":{\"name\":\"sample\",\"edition\":\"1\"},\"new\":{\"name\":\"sample\","
              "\"edition\":\"2\"},\"change\":\"looser\",\"requirements\":[{\"id\":\"r\","
              "\"presence\":\"both\",\"change\":\"looser\",\"details\":[{\"where\":\"r.1\","
              "\"what\":\"need 20 -> 19\",\"change\":\"looser\"}]}],\"bars\":[],\"details\":[{"
              "\"where\":\"title\",\"what\":\"added\",\"change\":\"wording only\"}]}");
    buf_release(&out);
    arena_release(&arena);
}

/* ---- overlays ---- */

static bool tightens(const char *base, const char *overlay)
{
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    bool is = edition_tightens(&arena, load_body(&arena, base), load_body(&arena, overlay));
    arena_release(&arena);
    return is;
}

static void test_an_overlay_may_be_higher_never_lower(void **state)
{
    (void)state;
    const char *base = "owner board\nrequire r { age >= 20 years }";
    assert_true(tightens(base, base));
    assert_true(tightens(base, "owner board\nrequire r { wording \"W\"; age >= 20 years }"));
    assert_true(tightens(base, "owner board\nrequire r { age >= 21 years }"));
    assert_true(
        tightens(base, "owner rap\nrequire r { age >= 20 years }\nrequire s { age >= 1 years }"));
    assert_false(tightens(base, "owner board\nrequire r { age >= 19 years }"));
    assert_false(tightens(base, "owner board\nrequire s { age >= 20 years }"));
    assert_false(tightens(base, "owner board\nrequire r { holds first-card }"));
    assert_false(tightens("open until 2020-01-01\nrequire r { age >= 20 years }",
                          "require r { age >= 20 years }"));
    assert_false(tightens(base, "owner board\ntransition from 0.1 { holders keep until renewal }\n"
                                "require r { age >= 20 years }"));
}

/* ---- large documents ---- */

static const char *many_branches(struct arena *arena, int first, int count)
{
    struct buf out;
    buf_init(&out, (size_t)1024 * 1024);
    buf_add_c(&out, "any {\n");
    for (int i = 0; i < count; i++)
        buf_format(&out, "count mediation >= %d { hours >= %d h }\n", first + i, 1000 - i);
    buf_add_c(&out, "}");
    return str_to_c(arena, buf_take(&out, arena));
}

static void test_long_lists_are_compared_place_by_place(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    const struct edition *old = rule(&arena, many_branches(&arena, 2, 300));
    const struct edition *new = rule(&arena, many_branches(&arena, 1, 300));
    assert_int_equal(rule_change(&arena, old, old), CHANGE_EQUAL);
    assert_int_equal(rule_change(&arena, old, new), CHANGE_LOOSER);
    assert_int_equal(rule_change(&arena, new, old), CHANGE_TIGHTER);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_needs),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_programmes_and_after_first),
        cmocka_unit_test(test_combinations),
        cmocka_unit_test(test_weights_limits_and_also),
        cmocka_unit_test(test_credentials_declarations_and_questions),
        cmocka_unit_test(test_slices),
        cmocka_unit_test(test_exemptions_referrals_and_discretions),
        cmocka_unit_test(test_terms_are_compared_by_what_they_say),
        cmocka_unit_test(test_document_items),
        cmocka_unit_test(test_the_cycle),
        cmocka_unit_test(test_a_cycle_marks_the_requirements_that_speak_of_it),
        cmocka_unit_test(test_bars_count_the_other_way),
        cmocka_unit_test(test_transitions),
        cmocka_unit_test(test_another_vocabulary),
        cmocka_unit_test(test_the_line_reads_as_in_the_language),
        cmocka_unit_test(test_details_say_where_and_what),
        cmocka_unit_test(test_details_of_a_bar_are_swapped),
        cmocka_unit_test(test_the_difference_as_data),
        cmocka_unit_test(test_an_overlay_may_be_higher_never_lower),
        cmocka_unit_test(test_long_lists_are_compared_place_by_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
