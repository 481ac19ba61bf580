#include "criteria/dossier.h"

#include "unit.h"

static int64_t minutes(const char *text)
{
    int64_t n = -1;

    return hours_parse(str_from_c(text), &n) ? n : -1;
}

static void test_hours_are_decimals_or_clock_times(void **state)
{
    (void)state;
    assert_int_equal(minutes("3"), 180);
    assert_int_equal(minutes("0"), 0);
    assert_int_equal(minutes("2.5"), 150);
    assert_int_equal(minutes("2:30"), 150);
    assert_int_equal(minutes("0:05"), 5);
    assert_int_equal(minutes("40:00"), 2400);
    assert_int_equal(minutes("007"), 420);
}

static void test_decimal_hours_round_to_the_nearest_minute(void **state)
{
    (void)state;
    assert_int_equal(minutes("0.01"), 1);   /* 0.6 minutes */
    assert_int_equal(minutes("0.008"), 0);  /* 0.48 */
    assert_int_equal(minutes("0.025"), 2);  /* 1.5, a tie */
    assert_int_equal(minutes("1.99"), 119); /* 119.4 */
    assert_int_equal(minutes("1.999"), 120);
    assert_int_equal(minutes("0.3333333333333333333333"), 20);
}

static void test_what_is_no_hours_is_refused(void **state)
{
    static const char *const bad[] = { "",
                                       " 1",
                                       "1 ",
                                       "-1",
                                       "+1",
                                       "1.",
                                       ".5",
                                       "1,5",
                                       "1:5",
                                       "1:60",
                                       "1:005",
                                       ":30",
                                       "1:",
                                       "1h",
                                       "*",
                                       "1.5.5",
                                       "1:30:00",
                                       "1e3",
                                       "1:-5",
                                       "-0.5",
                                       "x",
                                       "1.5:30",
                                       "99999999999999999999" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        int64_t untouched = 77;

        if (hours_parse(str_from_c(bad[i]), &untouched))
            fail_msg("'%s' was read as hours", bad[i]);
        assert_int_equal(untouched, 77);
    }
}

static void test_hours_end_at_a_thousand_million_minutes(void **state)
{
    (void)state;
    assert_int_equal(minutes("16666666:40"), 1000000000);
    assert_int_equal(minutes("16666666:41"), -1);
    assert_int_equal(minutes("16666666.66"), 1000000000);
    assert_int_equal(minutes("16666667"), -1);
}

static void test_a_new_dossier_knows_neither_birth_nor_day_of_knowledge(void **state)
{
    struct dossier dossier;

    (void)state;
    dossier_init(&dossier);
    assert_int_equal(dossier.born, DAY_NONE);
    assert_int_equal(dossier.known, DAY_NONE);
    assert_int_equal(dossier.evidence_count, 0);
}

static void test_standings_have_names(void **state)
{
    (void)state;
    assert_string_equal(standing_name(STANDING_VERIFIED), "verified");
    assert_string_equal(standing_name(STANDING_CLAIMED), "claimed");
    assert_string_equal(standing_name(STANDING_REJECTED), "rejected");
    assert_string_equal(standing_name(STANDING_WITHDRAWN), "withdrawn");
    assert_string_equal(standing_name(STANDING_DUPLICATE), "duplicate");
}

static struct evidence sample(const struct fact *facts, size_t count)
{
    return (struct evidence){
        .start = 100, .end = 102, .hours = -1, .days = -1, .facts = facts, .fact_count = count
    };
}

static void test_a_fact_is_found_by_its_field(void **state)
{
    static const struct fact facts[] = { { { "role", 4 }, { "mediator", 8 } },
                                         { { "mode", 4 }, { "online", 6 } } };
    struct evidence record = sample(facts, 2);

    (void)state;
    check_str(evidence_fact(&record, STR("mode")), "online");
    check_str(evidence_fact(&record, STR("role")), "mediator");
    assert_null(evidence_fact(&record, STR("scale")).p);
}

static void test_hours_and_days_are_measures_of_every_record(void **state)
{
    struct field hours = { .name = STR("hours"), .type = FIELD_MINUTES, .implicit = true };
    struct field days = { .name = STR("days"), .type = FIELD_INTEGER, .implicit = true };
    struct evidence record = sample(NULL, 0);

    (void)state;
    assert_int_equal(evidence_measure(&record, &hours), -1);
    assert_int_equal(evidence_measure(&record, &days), 3); /* both ends in */
    record.hours = 90;
    record.days = 1;
    assert_int_equal(evidence_measure(&record, &hours), 90);
    assert_int_equal(evidence_measure(&record, &days), 1);
}

static void test_a_measure_is_read_by_its_type(void **state)
{
    static const struct fact facts[] = { { { "points", 6 }, { "12", 2 } },
                                         { { "core", 4 }, { "1:30", 4 } },
                                         { { "bad", 3 }, { "-5", 2 } },
                                         { { "worse", 5 }, { "ten", 3 } },
                                         { { "mode", 4 }, { "7", 1 } } };
    struct field points = { .name = STR("points"), .type = FIELD_INTEGER };
    struct field core = { .name = STR("core"), .type = FIELD_MINUTES };
    struct field bad = { .name = STR("bad"), .type = FIELD_INTEGER };
    struct field worse = { .name = STR("worse"), .type = FIELD_MINUTES };
    struct field mode = { .name = STR("mode"), .type = FIELD_OF };
    struct field absent = { .name = STR("absent"), .type = FIELD_INTEGER };
    struct evidence record = sample(facts, ARRAY_LEN(facts));

    (void)state;
    assert_int_equal(evidence_measure(&record, &points), 12);
    assert_int_equal(evidence_measure(&record, &core), 90);
    assert_int_equal(evidence_measure(&record, &bad), -1);
    assert_int_equal(evidence_measure(&record, &worse), -1);
    assert_int_equal(evidence_measure(&record, &mode), -1);
    assert_int_equal(evidence_measure(&record, &absent), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hours_are_decimals_or_clock_times),
        cmocka_unit_test(test_decimal_hours_round_to_the_nearest_minute),
        cmocka_unit_test(test_what_is_no_hours_is_refused),
        cmocka_unit_test(test_hours_end_at_a_thousand_million_minutes),
        cmocka_unit_test(test_a_new_dossier_knows_neither_birth_nor_day_of_knowledge),
        cmocka_unit_test(test_standings_have_names),
        cmocka_unit_test(test_a_fact_is_found_by_its_field),
        cmocka_unit_test(test_hours_and_days_are_measures_of_every_record),
        cmocka_unit_test(test_a_measure_is_read_by_its_type),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
