#include "criteria/simulate.h"

#include "assessing.h"

static const char documents[] =
    "vocabulary v 1 {\n"
    "  record work { field role of lead, other }\n"
    "  bodies board\n"
    "}\n"
    "criteria c edition 1 {\n"
    "  owner board\n  vocabulary v 1\n"
    "  require experience { count work >= 2 }\n"
    "}\n"
    "criteria c edition 2 {\n"
    "  owner board\n  vocabulary v 1\n"
    "  in force from 2024-01-01\n"
    "  require experience {\n"
    "    count work >= 3\n"
    "    refer to board when { count work >= 2 }\n"
    "  }\n"
    "  require recent { count work >= 1 { within 6 months } }\n"
    "  transition from 1 { accept old for work started before 2020-01-01 until 120 months after "
    "that start }\n"
    "}\n"
    "criteria above edition 1 {\n"
    "  owner board\n  vocabulary v 1\n"
    "  require standing { holds c }\n"
    "}\n"
    "criteria apart edition 1 {\n"
    "  owner board\n  vocabulary v 1\n"
    "  require some { count work >= 1 }\n"
    "}\n";

struct simulating {
    struct assessing a;
    struct arena scratch;
    struct simulation simulation;
    struct simulated_person last;
};

static const struct edition *find(struct simulating *s, const char *name, const char *number)
{
    struct edition_number n;
    assert_true(edition_number_parse(str_from_c(number), &n));
    return library_find(s->a.library, str_from_c(name), n);
}

static void begin(struct simulating *s)
{
    assessing_begin(&s->a, documents);
    arena_init(&s->scratch, ARENA_UNLIMITED);
    simulation_init(&s->a.arena, s->a.library, find(s, "c", "1"), find(s, "c", "2"),
                    assessing_day("2024-06-15"), &s->simulation);
}

static void add(struct simulating *s, const char *lines)
{
    assessing_read(&s->a, lines);
    simulation_add(&s->simulation, &s->scratch, &s->a.dossier, &s->last);
    arena_clear(&s->scratch);
}

static void end(struct simulating *s)
{
    arena_release(&s->scratch);
    assessing_end(&s->a);
}

static void the_matrix_counts_before_and_after(void **state)
{
    (void)state;
    struct simulating s;
    begin(&s);
    add(&s, "3 x work 2024-06-01\n");
    add(&s, "2 x work 2024-06-01\n");
    add(&s, "1 x work 2024-06-01\n");
    add(&s, "3 x work 2023-06-01\n");
    simulation_finish(&s.simulation);
    int64_t(*matrix)[VERDICTS] = s.simulation.days[0].matrix;
    assert_int_equal(s.simulation.people, 4);
    assert_int_equal(matrix[VERDICT_ELIGIBLE][VERDICT_ELIGIBLE], 1);
    assert_int_equal(matrix[VERDICT_ELIGIBLE][VERDICT_REFER], 1);
    assert_int_equal(matrix[VERDICT_NOT_YET][VERDICT_NOT_YET], 1);
    assert_int_equal(matrix[VERDICT_ELIGIBLE][VERDICT_NOT_YET], 1);
    end(&s);
}

static void a_loss_names_the_requirement_responsible(void **state)
{
    (void)state;
    struct simulating s;
    begin(&s);
    add(&s, "2 x work 2024-06-01\n");
    check_str(s.last.cause, "experience");
    add(&s, "2 x work 2023-06-01\n");
    check_str(s.last.cause, "recent");
    add(&s, "1 x work 2023-06-01\n");
    assert_null(s.last.cause.p);
    const struct simulated_day *on = &s.simulation.days[0];
    assert_int_equal(on->loss_count, 3);
    assert_int_equal(on->losses[0].people, 1);
    assert_int_equal(on->losses[1].people, 1);
    assert_int_equal(on->losses[2].people, 0);
    end(&s);
}

static void in_twelve_months_more_is_out_of_the_window(void **state)
{
    (void)state;
    struct simulating s;
    begin(&s);
    add(&s, "3 x work 2024-06-01\n");
    assert_int_equal(s.simulation.days[1].on, assessing_day("2025-06-15"));
    assert_int_equal(s.simulation.days[0].matrix[VERDICT_ELIGIBLE][VERDICT_ELIGIBLE], 1);
    assert_int_equal(s.simulation.days[1].matrix[VERDICT_ELIGIBLE][VERDICT_NOT_YET], 1);
    end(&s);
}

static void a_transition_keeps_those_who_began_before(void **state)
{
    (void)state;
    struct simulating s;
    begin(&s);
    add(&s, "2 x work 2019-06-01\n");
    assert_int_equal(s.last.old, VERDICT_ELIGIBLE);
    assert_int_equal(s.last.new, VERDICT_NOT_YET);
    assert_int_equal(s.last.with_transition, VERDICT_ELIGIBLE);
    end(&s);
}

static void referrals_are_counted_as_work_for_people(void **state)
{
    (void)state;
    struct simulating s;
    begin(&s);
    add(&s, "2 x work 2024-06-01\n");
    assert_int_equal(s.simulation.days[0].questions_old, 0);
    assert_int_equal(s.simulation.days[0].questions_new, 1);
    end(&s);
}

static void distributions_let_any_threshold_be_read_off(void **state)
{
    (void)state;
    struct simulating s;
    begin(&s);
    for (int i = 0; i < 40; i++)
        add(&s, i % 2 ? "2 x work 2024-06-01\n" : "5 x work 2024-06-01\n");
    add(&s, "");
    simulation_finish(&s.simulation);
    const struct distribution *d = &s.simulation.distributions[0];
    check_str(d->requirement->id, "experience");
    assert_int_equal(d->count, 3);
    assert_int_equal(d->tallies[0].lo, 0);
    assert_int_equal(d->tallies[0].people, 1);
    assert_int_equal(d->tallies[1].lo, 2);
    assert_int_equal(d->tallies[1].people, 20);
    assert_int_equal(d->tallies[2].lo, 5);
    assert_int_equal(d->tallies[2].people, 20);
    end(&s);
}

static void those_who_depend_on_it_are_run_again(void **state)
{
    (void)state;
    struct simulating s;
    begin(&s);
    assert_int_equal(s.simulation.dependent_count, 1);
    add(&s, "2 x work 2024-06-01\ncredential c 2020-01-01..\n");
    const struct dependent *dependent = &s.simulation.dependents[0];
    check_str(dependent->edition->name, "above");
    assert_int_equal(dependent->rerun, 1);
    assert_int_equal(dependent->matrix[VERDICT_ELIGIBLE][VERDICT_NOT_YET], 1);
    add(&s, "3 x work 2024-06-01\ncredential c 2020-01-01..\n");
    assert_int_equal(dependent->rerun, 1);
    end(&s);
}

static void small_cells_are_hidden_in_public(void **state)
{
    (void)state;
    struct simulating s;
    begin(&s);
    for (int i = 0; i < 9; i++)
        add(&s, "3 x work 2024-06-01\n");
    for (int i = 0; i < 10; i++)
        add(&s, "1 x work 2024-06-01\n");
    simulation_finish(&s.simulation);
    for (int small = 0; small < 2; small++) {
        struct value *value = simulation_value(&s.a.arena, &s.simulation, small);
        const struct value *matrix = value_get(value_get(value, "days")->items[0], "matrix");
        const struct value *nine = value_get(value_get(matrix, "eligible"), "eligible");
        const struct value *ten = value_get(value_get(matrix, "not-yet"), "not-yet");
        assert_int_equal(nine->kind, small ? VALUE_INT : VALUE_NULL);
        assert_int_equal(ten->integer, 10);
    }
    end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_matrix_counts_before_and_after),
        cmocka_unit_test(a_loss_names_the_requirement_responsible),
        cmocka_unit_test(in_twelve_months_more_is_out_of_the_window),
        cmocka_unit_test(a_transition_keeps_those_who_began_before),
        cmocka_unit_test(referrals_are_counted_as_work_for_people),
        cmocka_unit_test(distributions_let_any_threshold_be_read_off),
        cmocka_unit_test(those_who_depend_on_it_are_run_again),
        cmocka_unit_test(small_cells_are_hidden_in_public),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
