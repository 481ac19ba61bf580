#include "criteria/explain.h"

#include <stdio.h>

#include "assessing.h"

static const char vocabulary[] = "vocabulary v 1 {\n"
                                 "  record work {\n"
                                 "    field role of lead, other\n"
                                 "    field topic of a, b\n"
                                 "    field client id\n"
                                 "  }\n"
                                 "  record course { field level of low, high }\n"
                                 "  programmes school\n"
                                 "  bodies board\n"
                                 "  anchors join\n"
                                 "}\n";

/* The reasons of the rule's node, or of its n-th child (from 0), in the order of the records. */
static void check_reasons(struct assessing *a, int child, bool also, enum reading reading,
                          const char *expected)
{
    const struct assessed *assessed = a->result.best[DECIDE];
    struct evaluator evaluator =
        evaluator_of(assessed->edition, &assessed->bundle, &a->arena, a->result.on);
    const struct requirement *requirement = &assessed->edition->requirements[0];
    const struct edition_node *node = requirement->rule, *separately = NULL;
    struct frame frame = frame_of_rule(&evaluator, requirement, a->result.on);
    if (child >= 0) {
        if (node->kind == NODE_SEPARATELY)
            separately = node;
        if (node->kind == NODE_EACH)
            frame = slice_frame(&evaluator, node, &frame, 0);
        node = &node->children[child];
    }
    const struct record_use *uses;
    size_t count =
        explain_records(&a->arena, &evaluator, node, separately, &frame, also, reading, &uses);
    struct buf out;
    buf_init(&out, 100000);
    for (size_t i = 0; i < count; i++) {
        buf_format(&out, "%s%.*s %s", i ? ", " : "", STR_ARG(uses[i].evidence->id),
                   unused_reason_name(uses[i].reason));
        if (uses[i].field.p)
            buf_format(&out, " (%.*s)", STR_ARG(uses[i].field));
    }
    check_str(buf_str(&out), expected);
    buf_release(&out);
}

static void begin(struct assessing *a, const char *rule, const char *lines)
{
    static char text[4000];
    snprintf(text, sizeof(text),
             "%scriteria c edition 1 {\n  owner board\n  vocabulary v 1\n  cycle 1 year from join\n"
             "  require r {\n%s\n  }\n}\n",
             vocabulary, rule);
    assessing_begin(a, text);
    assessing_read(a, lines);
    assessing_assess(a, "c", "2024-06-15");
}

static void one_reason_for_each_record(void **state)
{
    (void)state;
    struct assessing a;
    begin(&a,
          "count work >= 9 { role lead; within 12 months; after first course; "
          "programme school accredited }",
          "programme s school 2024-01-01..2024-03-31\n"
          "course 2024-01-01\n"
          "work 2024-02-01 role=other programme=s\n"
          "work 2024-02-01 programme=s\n"
          "work 2023-06-14 role=lead programme=s\n"
          "work 2024-06-16 role=lead programme=s\n"
          "work 2023-12-31 role=lead programme=s\n"
          "work 2024-02-01 role=lead programme=s claimed\n"
          "work 2024-02-01 role=lead programme=s rejected\n"
          "work 2024-02-01 role=lead programme=s withdrawn\n"
          "work 2024-02-01 role=lead programme=s duplicate\n"
          "work 2024-02-01 role=lead programme=s matter=m\n"
          "work 2024-02-02 role=lead programme=s matter=m\n"
          "work 2024-04-01 role=lead programme=s\n"
          "work 2024-04-01 role=lead\n");
    check_reasons(&a, -1, false, DECIDE,
                  "e2 field-differs (role), e3 field-unknown (role), e4 outside-window, "
                  "e5 after-reference-date, e6 before-the-first, e7 unverified, e8 rejected, "
                  "e9 withdrawn, e10 duplicate, e11 used, e12 same-matter, "
                  "e13 not-accredited-then, e14 field-unknown (programme)");
    assessing_end(&a);
}

static void a_claim_counts_in_preview(void **state)
{
    (void)state;
    struct assessing a;
    begin(&a, "count work >= 1 { role lead }",
          "work 2024-02-01 role=lead claimed\nwork 2024-02-01 role=other claimed\n");
    check_reasons(&a, -1, false, DECIDE, "e1 unverified, e2 field-differs (role)");
    check_reasons(&a, -1, false, PREVIEW, "e1 used, e2 field-differs (role)");
    assessing_end(&a);
}

static void what_is_over_a_limit(void **state)
{
    (void)state;
    struct assessing a;
    begin(&a,
          "sum hours work >= 20 h { at most 5 h topic a { at most 2 h each client }; "
          "at most 10 h topic b }",
          "work 2024-01-01 topic=a client=x hours=2\n"
          "work 2024-01-02 topic=a client=x hours=2\n"
          "work 2024-01-03 topic=a client=y hours=2\n"
          "work 2024-01-04 topic=a client=z hours=2\n"
          "work 2024-01-05 topic=a client=w hours=2\n"
          "work 2024-01-06 topic=b hours=2\n");
    check_reasons(&a, -1, false, DECIDE,
                  "e1 used, e2 over-limit, e3 used, e4 used, e5 over-limit, e6 used");
    assessing_end(&a);
}

static void a_sum_cannot_use_what_states_no_measure(void **state)
{
    (void)state;
    struct assessing a;
    begin(&a, "sum hours work >= 20 h", "work 2024-01-01 hours=2\nwork 2024-01-02\n");
    check_reasons(&a, -1, false, DECIDE, "e1 used, e2 field-unknown (hours)");
    assessing_end(&a);
}

static void what_an_also_does_not_take(void **state)
{
    (void)state;
    struct assessing a;
    begin(&a, "count work >= 9 { role lead; also work at most 1 { topic a } }",
          "work 2024-01-01 role=lead topic=a\n"
          "2 x work 2024-01-02 role=other topic=a\n"
          "work 2024-01-03 role=other topic=b\n");
    check_reasons(&a, -1, true, DECIDE,
                  "e1 used-by-another-count, e2 used, e3 over-limit, e4 field-differs (topic)");
    assessing_end(&a);
}

static void what_separately_gives_to_another(void **state)
{
    (void)state;
    struct assessing a;
    begin(&a, "separately { count work >= 1 { role lead }; count work >= 1 { topic a } }",
          "work 2024-01-01 role=lead topic=a\nwork 2024-01-02 role=lead topic=b\n");
    check_reasons(&a, 0, false, DECIDE, "e1 used-by-another-count, e2 used");
    check_reasons(&a, 1, false, DECIDE, "e1 used, e2 field-differs (topic)");
    assert_int_equal(a.result.verdict[DECIDE], VERDICT_ELIGIBLE);
    assessing_end(&a);
}

static void what_lies_outside_a_slice(void **state)
{
    (void)state;
    struct assessing a;
    begin(&a, "each 12 months of last 24 months { count work >= 1 }",
          "work 2022-06-14\nwork 2022-06-15\nwork 2023-06-14\nwork 2023-06-15\n");
    check_reasons(&a, 0, false, DECIDE, "e1 outside-slice, e2 used, e3 used, e4 outside-slice");
    assessing_end(&a);
}

static void a_cycle_without_its_anchor_is_named(void **state)
{
    (void)state;
    struct assessing a;
    begin(&a, "count work >= 1 { in cycle }", "work 2024-01-01\n");
    check_reasons(&a, -1, false, DECIDE, "e1 field-unknown (join)");
    assessing_end(&a);
}

/* What is listed as used is what is counted: as many as the lower bound says. */
static void used_records_make_the_lower_bound(void **state)
{
    (void)state;
    struct assessing a;
    begin(&a, "count work >= 3 { role lead; weigh 50% topic a }",
          "work 2024-01-01 role=lead topic=a matter=m\n"
          "work 2024-01-02 role=lead topic=b matter=m\n"
          "2 x work 2024-01-03 role=lead topic=a\n");
    check_reasons(&a, -1, false, DECIDE, "e1 same-matter, e2 used, e3 used, e4 used");
    const struct assessed *assessed = a.result.best[DECIDE];
    struct evaluator evaluator =
        evaluator_of(assessed->edition, &assessed->bundle, &a.arena, a.result.on);
    const struct requirement *requirement = &assessed->edition->requirements[0];
    struct bounds bounds =
        evaluate_aggregate(&evaluator, requirement, requirement->rule, a.result.on, DECIDE);
    assert_int_equal(bounds.scale, 100);
    assert_int_equal(bounds.lo[DECIDE], 200);
    assessing_end(&a);
}

static void the_whole_is_written_as_json(void **state)
{
    (void)state;
    struct assessing a;
    begin(&a, "any { count work >= 2 { role lead }\n sum hours work >= 10 h }",
          "work 2024-01-01 role=lead hours=2 claimed\nwork 2024-01-01 role=lead hours=2\n");
    struct value *value = explain_result(&a.arena, &a.result);
    struct buf out;
    buf_init(&out, 1000000);
    value_write_json(value, JSON_COMPACT, &out);
    assert_false(out.overflow);
    const struct value *result = value_get(value, "result");
    check_str(value_get(value, "decide")->text, "not-yet");
    check_str(value_get(value, "preview")->text, "eligible");
    const struct value *rule = value_get(value_get(result, "requirements")->items[0], "rule");
    check_str(value_get(value_get(rule, "preview"), "chosen")->text, "r.1.1");
    const struct value *count = value_get(rule, "children")->items[0];
    assert_int_equal(value_get(value_get(count, "decide"), "lo")->integer, 1);
    assert_int_equal(value_get(count, "records")->count, 2);
    check_str(value_get(value_get(result, "advice")->items[0], "item")->text, "sum work 480");
    buf_release(&out);
    assessing_end(&a);
}

static void evaluating_leaves_nothing_allocated(void **state)
{
    (void)state;
    struct assessing a;
    begin(&a,
          "count work >= 1 { weigh 50% topic a; after first work { role lead } }\n"
          "separately { count work >= 1; count course >= 1 }\n"
          "months covered work >= 1\n"
          "sum hours work >= 1 h { at most 1 h each client }\n"
          "count distinct client of work >= 1",
          "5 x work 2024-01-01 role=lead hours=2 client=x\ncourse 2024-01-01 claimed\n");
    const struct assessed *assessed = a.result.best[DECIDE];
    struct evaluator evaluator =
        evaluator_of(assessed->edition, &assessed->bundle, &a.arena, a.result.on);
    struct outcome outcome;
    outcome_init(&a.arena, assessed->edition, &outcome);
    size_t used = a.arena.used;
    for (int i = 0; i < 100; i++)
        evaluate(&evaluator, &outcome);
    assert_int_equal(a.arena.used, used);
    assessing_end(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_reason_for_each_record),
        cmocka_unit_test(a_claim_counts_in_preview),
        cmocka_unit_test(what_is_over_a_limit),
        cmocka_unit_test(a_sum_cannot_use_what_states_no_measure),
        cmocka_unit_test(what_an_also_does_not_take),
        cmocka_unit_test(what_separately_gives_to_another),
        cmocka_unit_test(what_lies_outside_a_slice),
        cmocka_unit_test(a_cycle_without_its_anchor_is_named),
        cmocka_unit_test(used_records_make_the_lower_bound),
        cmocka_unit_test(the_whole_is_written_as_json),
        cmocka_unit_test(evaluating_leaves_nothing_allocated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
