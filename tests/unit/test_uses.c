#include "register/uses.h"

#include "assessing.h"
#include "register/measure.h"
#include "register/nearest.h"

/* Records under a requirement, and what is said of the nearest way, on 15 June 2024. */
static const char documents[] =
    "vocabulary walks 1 {\n"
    "  record walk \"Walk\" { field role of leader, helper }\n"
    "  record course { field completed of yes, no }\n"
    "  bodies board\n"
    "}\n"
    "criteria two edition 1 {\n"
    "  vocabulary walks 1; owner board\n"
    "  require it { any { count walk >= 3 { role leader }\n count walk >= 3 { role helper } }\n"
    "    refer to board when { count walk >= 1 { role helper } } }\n"
    "}\n"
    "criteria plain edition 1 {\n"
    "  vocabulary walks 1; owner board\n"
    "  require it { count walk >= 3 { role leader } }\n"
    "}\n"
    "criteria exempt edition 1 {\n"
    "  vocabulary walks 1\n"
    "  require it { count walk >= 9\n"
    "    exempt trained \"Trained\" when { count course >= 1 { completed yes } } }\n"
    "}\n"
    "criteria windows edition 1 {\n"
    "  vocabulary walks 1\n"
    "  require it { separately { count walk >= 1 { within 12 months }\n"
    "    count walk >= 1 { role leader } } }\n"
    "}\n";

struct fixture {
    struct assessing a;
    struct arena scratch;
    struct scheme scheme;
    struct standpoint from;
};

static void look(struct fixture *f, const char *name, const char *lines)
{
    const struct assessed *assessed;

    *f = (struct fixture){ 0 };
    assessing_begin(&f->a, documents);
    assessing_read(&f->a, lines);
    assessing_assess(&f->a, name, "2024-06-15");
    arena_init(&f->scratch, ARENA_UNLIMITED);
    f->scheme.library = f->a.library;
    assessed = f->a.result.best[DECIDE];
    f->from = (struct standpoint){
        .arena = &f->a.arena,
        .scheme = &f->scheme,
        .dossier = &f->a.dossier,
        .assessed = assessed,
        .evaluator =
            evaluator_of(assessed->edition, &assessed->bundle, &f->scratch, f->a.result.on),
    };
}

static void end(struct fixture *f)
{
    arena_release(&f->scratch);
    assessing_end(&f->a);
}

/* "used: e1 e2; unverified (used): e3+1" */
static struct str shown(struct fixture *f, const struct use_groups *groups)
{
    struct buf out;

    buf_init(&out, 10000);
    for (size_t i = 0; i < groups->count; i++) {
        const struct use_group *group = &groups->at[i];

        buf_format(&out, "%s%s", i > 0 ? "; " : "", unused_reason_name(group->reason[DECIDE]));
        if (group->reason[PREVIEW] != group->reason[DECIDE])
            buf_format(&out, " (%s)", unused_reason_name(group->reason[PREVIEW]));
        buf_byte(&out, ':');
        for (size_t k = 0; k < group->listed; k++)
            buf_format(&out, " %.*s", STR_ARG(group->records[k]->id));
        if (group->count > group->listed)
            buf_format(&out, "+%zu", group->count - group->listed);
    }
    return buf_take(&out, &f->a.arena);
}

/* A record that two counts ask for has the reason of the one that it is nearest to. */
static void a_requirement_gathers_its_counts(void **state)
{
    struct use_groups groups;
    struct fixture f;

    (void)state;
    look(&f, "two",
         "2 x walk 2024-01-01 role=leader\n"
         "walk 2024-01-02 role=helper claimed\n"
         "walk 2024-01-03\n"
         "walk 2024-01-04 role=leader rejected\n"
         "course 2024-01-01\n");
    uses_of_requirement(&f.from, 0, ALL_RECORDS, &groups);
    check_str(shown(&f, &groups), "used: e1 e2; unverified: e3; field-unknown: e4; rejected: e5");
    assert_int_equal(groups.at[0].first, assessing_day("2024-01-01"));
    assert_int_equal(groups.at[0].last, assessing_day("2024-01-01"));
    uses_of_requirement(&f.from, 0, 1, &groups);
    check_str(shown(&f, &groups), "used: e1+1; unverified: e3; field-unknown: e4; rejected: e5");
    assert_int_equal(f.scratch.used, 0);
    end(&f);
}

static void an_exemption_that_is_met_is_what_counts(void **state)
{
    struct use_groups groups;
    struct fixture f;

    (void)state;
    look(&f, "exempt", "walk 2024-01-01\ncourse 2024-01-01 completed=yes");
    uses_of_requirement(&f.from, 0, ALL_RECORDS, &groups);
    check_str(shown(&f, &groups), "used: e2");
    end(&f);
}

static void a_node_groups_by_both_readings(void **state)
{
    const struct edition_node *rule;
    struct use_groups groups;
    struct frame frame;
    struct fixture f;

    (void)state;
    look(&f, "windows",
         "walk 2022-01-01 role=leader\n"
         "walk 2024-01-01 role=leader\n"
         "walk 2024-01-02 role=helper claimed\n");
    rule = node_without_shell(f.from.evaluator.edition->requirements[0].rule);
    frame =
        frame_of_rule(&f.from.evaluator, &f.from.evaluator.edition->requirements[0], f.a.result.on);
    uses_of_node(&f.from, &rule->children[0], NULL, &frame, false, ALL_RECORDS, &groups);
    check_str(shown(&f, &groups), "outside-window: e1; used: e2; unverified (used): e3");
    uses_of_node(&f.from, &rule->children[1], rule, &frame, false, ALL_RECORDS, &groups);
    assert_int_equal(f.scratch.used, 0);
    assert_int_equal(groups.count, 3);
    end(&f);
}

static void the_nearest_way_begins_with_claims(void **state)
{
    struct nearest nearest;
    struct fixture f;

    (void)state;
    look(&f, "two", "2 x walk 2024-01-01 role=leader\nwalk 2024-01-02 role=leader claimed");
    assert_true(nearest_find(&f.from, &nearest));
    assert_int_equal(nearest.claims, 1);
    assert_true(nearest.claims_suffice);
    check_str(nearest_claims(&f.from, &nearest),
              "have the 1 claim verified; nothing else is missing");
    assert_int_equal(nearest.waiting_count, 0);
    assert_int_equal(nearest.advice.count, 1);
    check_str(nearest_item(&f.from, &nearest.advice.at[0]), "1 more walk as leader");
    end(&f);
}

static void what_others_settle_is_told_apart(void **state)
{
    struct nearest nearest;
    struct fixture f;

    (void)state;
    look(&f, "plain", "2 x walk 2024-01-01 role=leader\nwalk 2024-01-02");
    assert_true(nearest_find(&f.from, &nearest));
    assert_int_equal(nearest.claims, 0);
    assert_int_equal(nearest.waiting_count, 1);
    assert_null(nearest.waiting[0].body.p);
    check_str(nearest_waiting(&f.from, &nearest.waiting[0]),
              "for \"it\", state the facts that are missing");
    end(&f);
    look(&f, "two", "walk 2024-01-02 role=helper");
    assert_true(nearest_find(&f.from, &nearest));
    assert_int_equal(nearest.waiting_count, 0); /* the advice says it */
    check_str(nearest_item(&f.from, &nearest.advice.at[0]), "a judgement by the board");
    end(&f);
}

static void whoever_is_eligible_needs_no_way(void **state)
{
    struct nearest nearest;
    struct fixture f;

    (void)state;
    look(&f, "two", "3 x walk 2024-01-01 role=leader");
    assert_false(nearest_find(&f.from, &nearest));
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_requirement_gathers_its_counts),
        cmocka_unit_test(an_exemption_that_is_met_is_what_counts),
        cmocka_unit_test(a_node_groups_by_both_readings),
        cmocka_unit_test(the_nearest_way_begins_with_claims),
        cmocka_unit_test(what_others_settle_is_told_apart),
        cmocka_unit_test(whoever_is_eligible_needs_no_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
