/*
 * How long a result lasts: each sort of end by itself, on the day that is written here, which is
 * also the day that is found by asking of every day.
 */
#include "assessing.h"

struct ending {
    const char *rule; /* of the document, its vocabulary apart */
    const char *lines;
    const char *until; /* "-": nothing ends it within 20 years */
};

#define ON "2024-06-15"

static const char vocabulary[] = "vocabulary walks 1 {\n"
                                 "  record walk { field role of leader, helper }\n"
                                 "  programmes school\n"
                                 "  bodies board\n"
                                 "  statements promise\n"
                                 "  anchors join\n"
                                 "  credentials card\n"
                                 "}\n";

static const struct ending endings[] = {
    /* records */
    { "require it { count walk >= 2 { within 12 months } }",
      "walk 2024-01-31\nwalk 2023-08-31\nwalk 2023-07-01", "2024-08-31" },
    { "require it { count walk >= 1 { within 6 months } }", "walk 2024-06-15\nwalk 2024-11-01",
      "2025-05-01" },
    { "require it { count walk >= 1 { within 1 month } }",
      "walk 2024-06-01\nwalk 2024-07-01\nwalk 2024-08-03", "2024-08-01" },
    { "require it { sum hours walk >= 3 h { within 24 months } }",
      "walk 2023-02-28 hours=2\nwalk 2024-02-29 hours=2", "2025-02-28" },
    { "require it { months covered walk >= 6 { within 12 months } }", "walk 2023-06-01..2024-06-15",
      "2024-12-17" },
    { "require it { count walk >= 1 }", "walk 2024-06-15", "-" },
    { "require it { count walk >= 1 { until 2030-01-01 } }", "walk 2024-06-15", "-" },
    { "require it { count walk >= 1 { after first walk { role leader; within 12 months } } }",
      "walk 2024-01-10 role=leader\nwalk 2024-02-10", "2025-01-10" },
    { "require it { any { count walk >= 1 { within 12 months }\n"
      "age >= 30 years } }",
      "walk 2024-01-10\nborn 1995-01-10", "-" },
    { "require it { any { count walk >= 1 { within 12 months }\n"
      "age >= 30 years } }",
      "walk 2024-01-10\nborn 1995-01-12", "2025-01-10" },
    /* slices and cycles */
    { "require it { each 6 months of last 12 months { count walk >= 1 } }",
      "walk 2023-12-20\nwalk 2024-03-01\nwalk 2023-10-01", "2024-09-01" },
    { "cycle 12 months from join\nrequire it { count walk >= 1 { in cycle } }",
      "anchor join 2020-03-01\nwalk 2024-04-01", "2025-02-28" },
    { "cycle 36 months from join\nrequire it { each 12 months of cycle { count walk >= 1 } }",
      "anchor join 2023-01-31\nwalk 2023-04-01\nwalk 2024-04-01", "2025-01-30" },
    /* credentials */
    { "require it { holds card }", "credential card 2020-01-01..2026-02-28", "2026-02-28" },
    { "require it { holds card }", "credential card 2020-01-01.. withdrawn=2025-05-05",
      "2025-05-04" },
    { "require it { holds card }", "credential card 2020-01-01.. suspended=2024-08-01..2024-08-31",
      "2024-07-31" },
    { "require it { any { holds card\ncount walk >= 1 { within 12 months } } }",
      "credential card 2020-01-01.. suspended=2024-08-01..2024-08-31\nwalk 2023-08-31", "-" },
    { "require it { any { holds card\ncount walk >= 1 { within 12 months } } }",
      "credential card 2020-01-01.. suspended=2024-08-01..2024-08-31\nwalk 2023-08-30",
      "2024-08-30" },
    { "require it { holds card ever }", "credential card 2020-01-01..2026-02-28", "-" },
    /* declarations */
    { "require it { declared promise within 12 months }", "declared promise 2024-02-29",
      "2025-02-28" },
    /* time that was granted */
    { "require it { count walk >= 1 { from 2024-07-01 }\n"
      "discretion board { extend until 2024-12-31 } }",
      "walk 2024-08-01\ndecision extend it by=board on=2024-01-01 until=2024-09-30", "-" },
    { "require it { count walk >= 1 { within 1 month }\n"
      "discretion board { extend until 2024-08-20 } }",
      "walk 2024-08-01\ndecision extend it by=board on=2024-01-01 until=2024-08-10", "2024-09-01" },
    { "require it { holds card\ndiscretion board { extend until 2030-01-01 } }",
      "credential card 2024-08-01..2024-09-10\n"
      "decision extend it by=board on=2024-01-01 until=2024-08-10",
      "2024-09-10" },
    { "require it { holds card on 2024-08-01\ndiscretion board { extend until 2024-08-05 } }",
      "credential card 2024-08-01..2024-08-03\n"
      "decision extend it by=board on=2024-01-01 until=2024-08-10",
      "-" },
    { "require it { any { holds card\nseparately { count walk >= 1\ncount walk >= 9 } }\n"
      "discretion board { extend until 2024-08-05 } }",
      "credential card 2024-08-05..2024-08-05\n"
      "decision extend it by=board on=2024-01-01 until=2024-08-10",
      "2024-08-05" },
    { "require it { holds card\ndiscretion board { extend until 2030-01-01 } }",
      "known 2024-07-20\ncredential card 2024-01-01..2024-06-20\n"
      "credential card 2024-07-20..2024-07-20\n"
      "decision extend it by=board on=2024-01-01 until=2025-01-01",
      "2024-07-20" },
    /* bars and the document itself */
    { "require it { count walk >= 1 { role leader } }\n"
      "bar no \"No\" { count walk >= 2 { role helper } } effect refuse",
      "walk 2024-01-01 role=leader\nwalk 2024-01-02 role=helper\nwalk 2024-09-09 role=helper",
      "2024-09-08" },
    { "require it { count walk >= 1 }\nbar no \"No\" { holds card for 12 months } effect refer",
      "walk 2024-01-01\ncredential card 2024-03-31..", "2025-03-30" },
    { "require it { count walk >= 1 }\nbar no \"No\" { age >= 70 years } effect refuse",
      "walk 2024-01-01\nborn 1960-02-29", "2030-02-27" },
    { "open until 2024-12-31\nrequire it { count walk >= 1 }", "walk 2024-01-01", "2024-12-31" },
};

static const struct assessed *assess_ending(struct assessing *a, struct buf *text,
                                            const struct ending *ending)
{
    buf_init(text, 100000);
    buf_format(text, "%scriteria sample edition 1 {\nvocabulary walks 1; owner board\n%s\n}\n",
               vocabulary, ending->rule);
    buf_byte(text, '\0');
    assessing_begin(a, text->p);
    assessing_read(a, ending->lines);
    assessing_assess(a, "sample", ON);
    return a->result.best[DECIDE];
}

/* The last day before the first on which the person is not eligible, by asking of each. */
static day until_by_days(struct arena *arena, const struct evaluator *evaluator)
{
    struct evaluator daily = *evaluator;
    struct outcome outcome;

    outcome_init(arena, evaluator->edition, &outcome);
    for (; daily.on <= day_add_months(evaluator->on, 240); daily.on++) {
        evaluate(&daily, &outcome);
        if (outcome.verdict[DECIDE] != VERDICT_ELIGIBLE)
            return daily.on - 1;
    }
    return DAY_NONE;
}

static const char *shown(day d, char text[DAY_TEXT_SIZE])
{
    return d == DAY_NONE ? "-" : day_text(d, text);
}

static void every_sort_of_end_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        const struct ending *ending = &endings[i];
        struct assessing a;
        struct buf text;
        const struct assessed *assessed = assess_ending(&a, &text, ending);
        struct evaluator evaluator =
            evaluator_of(assessed->edition, &assessed->bundle, &a.arena, a.result.on);
        char found[DAY_TEXT_SIZE];
        char daily[DAY_TEXT_SIZE];

        if (assessed->verdict[DECIDE] != VERDICT_ELIGIBLE)
            fail_msg("not eligible at first: %s", ending->rule);
        if (!str_eq_c(str_from_c(shown(eligible_until(&a.arena, &evaluator), found)),
                      shown(until_by_days(&a.arena, &evaluator), daily)))
            fail_msg("until %s, day by day %s: %s with\n%s", found, daily, ending->rule,
                     ending->lines);
        check_str(str_from_c(shown(eligible_until(&a.arena, &evaluator), found)), ending->until);
        assessing_end(&a);
        buf_release(&text);
    }
}

/* One record a day: halving must not look at every day of 20 years. */
static size_t asked;

static bool counting(void *context)
{
    (void)context;
    asked++;
    return true;
}

static void few_days_are_looked_at(void **state)
{
    static const struct ending ending = { "require it { count walk >= 30 { within 120 months } }",
                                          "", "" };
    struct watch watch = { .go_on = counting };
    const struct assessed *assessed;
    struct evaluator evaluator;
    struct assessing a;
    struct buf lines;
    struct buf text;
    day on = assessing_day(ON);

    (void)state;
    buf_init(&lines, 1000000);
    for (day d = on - 3000; d <= on; d++) {
        char date[DAY_TEXT_SIZE];

        buf_format(&lines, "walk %s\n", day_text(d, date));
    }
    buf_byte(&lines, '\0');
    assessed = assess_ending(
        &a, &text, &(struct ending){ .rule = ending.rule, .lines = lines.p, .until = "" });
    evaluator = evaluator_of(assessed->edition, &assessed->bundle, &a.arena, a.result.on);
    evaluator.watch = &watch;
    assert_int_equal(eligible_until(&a.arena, &evaluator),
                     day_add_months(on, 120) - 29 /* the last 30 */);
    assert_in_range(asked, 5, 100);
    assessing_end(&a);
    buf_release(&text);
    buf_release(&lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sort_of_end_is_found),
        cmocka_unit_test(few_days_are_looked_at),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
