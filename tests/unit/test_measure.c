#include "register/measure.h"

#include "assessing.h"

/* How much of one requirement is done, as `NODE` asks it, of a person who has three walks, two of
   them verified, on one of four days. */
static const char vocabulary[] = "vocabulary walks 1 {\n"
                                 "  record walk { field role of leader, helper\n"
                                 "    field points integer }\n"
                                 "  bodies board\n"
                                 "  statements promise\n"
                                 "}\n";

static const char lines[] = "walk 2024-01-01 role=leader hours=2:30 points=2\n"
                            "walk 2024-03-01 role=helper hours=1\n"
                            "walk 2024-05-01 role=leader hours=4 points=3 claimed\n";

struct measured {
    struct buf text; /* of the documents */
    struct assessing a;
    struct arena scratch;
    struct standpoint from;
    struct frame frame;
};

static void measure(struct measured *m, const char *node)
{
    *m = (struct measured){ 0 };
    buf_init(&m->text, 10000);
    buf_format(&m->text,
               "%scriteria sample edition 1 {\n  vocabulary walks 1; owner board\n"
               "  require it { %s }\n}\n",
               vocabulary, node);
    buf_byte(&m->text, '\0');
    assessing_begin(&m->a, m->text.p);
    assessing_read(&m->a, lines);
    assessing_assess(&m->a, "sample", "2024-06-15");
    arena_init(&m->scratch, ARENA_UNLIMITED);
    m->from = (struct standpoint){
        .arena = &m->a.arena,
        .dossier = &m->a.dossier,
        .assessed = m->a.result.best[DECIDE],
        .evaluator = evaluator_of(m->a.result.best[DECIDE]->edition,
                                  &m->a.result.best[DECIDE]->bundle, &m->scratch, m->a.result.on),
    };
    m->frame = frame_of_rule(&m->from.evaluator, &m->from.evaluator.edition->requirements[0],
                             m->a.result.on);
}

static void end(struct measured *m)
{
    arena_release(&m->scratch);
    assessing_end(&m->a);
    buf_release(&m->text);
}

static void check_share_at(const char *node, int decide, int preview, int line)
{
    struct measured m;
    const struct requirement *requirement;
    const struct requirement_outcome *outcome;

    measure(&m, node);
    requirement = &m.from.evaluator.edition->requirements[0];
    outcome = &m.from.assessed->outcome.requirements[0];
    _assert_int_equal(measure_requirement(&m.from, requirement, outcome, DECIDE), decide, __FILE__,
                      line);
    _assert_int_equal(measure_requirement(&m.from, requirement, outcome, PREVIEW), preview,
                      __FILE__, line);
    end(&m);
}
#define check_share(node, decide, preview) check_share_at(node, decide, preview, __LINE__)

static void check_text_at(const char *node, const char *expected, int line)
{
    struct measured m;

    measure(&m, node);
    check_str_at(measure_text(&m.from,
                              node_without_shell(m.from.evaluator.edition->requirements[0].rule),
                              &m.frame),
                 expected, __FILE__, line);
    end(&m);
}
#define check_text(node, expected) check_text_at(node, expected, __LINE__)

static void an_aggregate_is_done_as_far_as_its_need_is_covered(void **state)
{
    (void)state;
    check_share("count walk >= 4", 500, 750);
    check_share("count walk >= 3", 666, 1000);
    check_share("count walk >= 2", 1000, 1000);
    check_share("count walk >= 1000", 2, 3);
    check_share("sum hours walk >= 10 h", 350, 750);
    check_share("count walk >= 2 { weigh 50% role helper }", 750, 1000);
    check_share("count distinct role of walk >= 4", 500, 500);
}

static void a_combination_is_done_as_its_parts_are(void **state)
{
    (void)state;
    check_share("all { count walk >= 4\ncount walk >= 2 }", 750, 875);
    check_share("any { count walk >= 4\ncount walk >= 8 }", 500, 750);
    check_share("at least 2 of { count walk >= 4\ncount walk >= 8\ncount walk >= 2 }", 750, 875);
    check_share("separately { count walk >= 1 { role helper }\ncount walk >= 4 { role leader } }",
                625, 750);
    check_share("each 6 months of last 12 months { count walk >= 1 }", 500, 500);
}

/* Rounding never fills a ring that is not met, nor is a condition half done. */
static void only_what_is_met_is_whole(void **state)
{
    (void)state;
    check_share("all { count walk >= 2\ncount walk >= 2\ndeclared promise }", 666, 666);
    check_share("declared promise", 0, 0);
    check_share("count walk >= 1 { role leader }\njudged \"Well led?\" by board", 500, 500);
}

static void an_exemption_counts_where_it_is_further(void **state)
{
    (void)state;
    check_share(
        "count walk >= 8\nexempt helpers \"Helpers\" when { count walk >= 1 { role helper } } "
        "instead { count walk >= 3 }",
        666, 1000);
    check_share("count walk >= 8\nexempt promised \"Promised\" when { declared promise } instead { "
                "count walk >= 3 }",
                250, 375);
}

static void phrases_tell_what_there_is_and_what_could_be(void **state)
{
    (void)state;
    check_text("count walk >= 4 { role leader }", "1 of 4 walks as leader; 1 more claimed");
    check_text("count walk >= 2", "2 of 2 walks");
    check_text("sum hours walk >= 10 h", "3 h 30 min of 10 hours of walks; 4 h more claimed");
    check_text("sum points walk >= 9", "2 of 9 points of walks; 3 more claimed; more is possible "
                                       "where facts are missing");
    check_text("declared promise", "a declaration of the promise: not made yet");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_aggregate_is_done_as_far_as_its_need_is_covered),
        cmocka_unit_test(a_combination_is_done_as_its_parts_are),
        cmocka_unit_test(only_what_is_met_is_whole),
        cmocka_unit_test(an_exemption_counts_where_it_is_further),
        cmocka_unit_test(phrases_tell_what_there_is_and_what_could_be),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
