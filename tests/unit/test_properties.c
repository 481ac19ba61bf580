/*
 * What must hold for every document and every dossier (docs/criteria-language.md, "Properties"),
 * tried on generated ones.
 */
#include "alter.h"
#include "criteria/diff.h"
#include "criteria/rule.h"
#include "follow.h"
#include "naive.h"
#include "restate.h"
#include "trial.h"
#include "unit.h"

static const char *const readings[] = { [DECIDE] = "decide", [PREVIEW] = "preview" };

static void add_id(struct buf *why, const struct edition *edition, size_t i)
{
    buf_add(why, edition->requirements[i].id);
}

/* ---- monotone: what does good never lowers a requirement or the result ---- */

static bool is_monotone(const struct trial *trial, const struct world *world, struct buf *why)
{
    struct dice dice = { trial->seed };
    struct lines more = lines_copy(trial->arena, &trial->lines);
    struct str favour = generate_favour(&dice, trial->arena, trial->on);
    struct person before;
    struct person after;

    lines_add(trial->arena, &more, favour);
    person_see(trial->arena, world->edition, &trial->lines, trial->on, &before);
    person_see(trial->arena, world->edition, &more, trial->on, &after);
    for (int r = DECIDE; r < READINGS; r++) {
        for (size_t i = 0; i < world->edition->requirement_count; i++) {
            enum finding was = before.outcome.requirements[i].value[r];
            enum finding is = after.outcome.requirements[i].value[r];

            if (is >= was)
                continue;
            buf_format(why, "%s ", readings[r]);
            add_id(why, world->edition, i);
            buf_format(why, " was %s and is %s with: %.*s", finding_name(was), finding_name(is),
                       STR_ARG(favour));
            return false;
        }
    }
    return true;
}

static void test_monotone(void **state)
{
    static const struct trials trials = { .name = "monotone",
                                          .holds = is_monotone,
                                          .options = { .acts = true, .knowledge = true },
                                          .documents = 100,
                                          .dossiers = 12 };

    (void)state;
    trials_run(&trials);
}

/* ---- order-free ---- */

static bool same_values(const struct person *a, const struct person *b, struct buf *why)
{
    const struct edition *edition = a->evaluator.edition;

    for (int r = DECIDE; r < READINGS; r++) {
        if (a->outcome.verdict[r] != b->outcome.verdict[r]) {
            buf_format(why, "%s is %s or %s", readings[r], verdict_name(a->outcome.verdict[r]),
                       verdict_name(b->outcome.verdict[r]));
            return false;
        }
        for (size_t i = 0; i < edition->requirement_count; i++) {
            size_t k = requirement_index(b->evaluator.edition, edition->requirements[i].id);
            enum finding one = a->outcome.requirements[i].value[r];
            enum finding two = b->outcome.requirements[k].value[r];

            if (one == two)
                continue;
            buf_format(why, "%s ", readings[r]);
            add_id(why, edition, i);
            buf_format(why, " is %s or %s", finding_name(one), finding_name(two));
            return false;
        }
    }
    return true;
}

static bool is_order_free(const struct trial *trial, const struct world *world, struct buf *why)
{
    struct dice dice = { trial->seed };
    struct lines shuffled = lines_copy(trial->arena, &trial->lines);
    struct person straight;
    struct person records;
    struct person rules;

    lines_shuffle_records(&dice, &shuffled);
    person_see(trial->arena, world->edition, &trial->lines, trial->on, &straight);
    person_see(trial->arena, world->edition, &shuffled, trial->on, &records);
    person_see(trial->arena, world->other, &trial->lines, trial->on, &rules);
    return same_values(&straight, &records, why) && same_values(&straight, &rules, why);
}

/* Edition 2 is edition 1 in another order. */
static struct str shuffled_as_edition_2(struct arena *arena, struct dice *dice, struct str document)
{
    struct str shuffled = alter_shuffled(arena, dice, document);
    char *text = (char *)str_to_c(arena, shuffled);

    text[sizeof("criteria gen edition ") - 1] = '2';
    return str_from_c(text);
}

static void test_order_free(void **state)
{
    static const struct trials trials = { .name = "order-free",
                                          .holds = is_order_free,
                                          .other = shuffled_as_edition_2,
                                          .options = { .acts = true, .knowledge = true },
                                          .documents = 60,
                                          .dossiers = 15 };

    (void)state;
    trials_run(&trials);
}

/* ---- preview is at least decide ---- */

static bool preview_is_no_worse(const struct trial *trial, const struct world *world,
                                struct buf *why)
{
    struct person person;

    person_see(trial->arena, world->edition, &trial->lines, trial->on, &person);
    for (size_t i = 0; i < world->edition->requirement_count; i++) {
        const struct requirement_outcome *outcome = &person.outcome.requirements[i];

        if (outcome->value[PREVIEW] >= outcome->value[DECIDE])
            continue;
        add_id(why, world->edition, i);
        buf_format(why, " is %s, and %s in preview", finding_name(outcome->value[DECIDE]),
                   finding_name(outcome->value[PREVIEW]));
        return false;
    }
    if (person.outcome.verdict[PREVIEW] < person.outcome.verdict[DECIDE]) {
        buf_add_c(why, "the result is worse in preview");
        return false;
    }
    return true;
}

static void test_preview_is_at_least_decide(void **state)
{
    static const struct trials trials = { .name = "preview is at least decide",
                                          .holds = preview_is_no_worse,
                                          .options = { .acts = true, .knowledge = true },
                                          .documents = 80,
                                          .dossiers = 15 };

    (void)state;
    trials_run(&trials);
}

/* ---- preview and decide are what they are, by another way ---- */

static bool bounds_agree(const struct naive *naive, const struct person *person,
                         const struct requirement *requirement, day at, struct buf *why)
{
    const struct edition *edition = naive->edition;

    for (uint16_t i = 0; i < requirement->aggregate_count; i++) {
        const struct edition_node *node = edition->aggregates[requirement->aggregates + i];
        struct naive_frame frame = { .item = requirement->source, .at = at };
        struct bounds fast =
            evaluate_aggregate(&person->evaluator, requirement, node, at, naive->reading);
        struct naive_bounds slow = naive_aggregate(naive, &frame, node->source);

        if (slow.need == 0) /* no slices, so nothing to compare */
            continue;
        if (fast.need == slow.need && fast.lo[naive->reading] == slow.lo &&
            (fast.hi[naive->reading] == slow.hi ||
             (fast.hi[naive->reading] >= NO_BOUND && slow.hi >= NO_BOUND)))
            continue;
        buf_format(why, "%s, %.*s: %lld..%lld/%lld, naively %lld..%lld/%lld",
                   readings[naive->reading], STR_ARG(node->id), (long long)fast.lo[naive->reading],
                   (long long)fast.hi[naive->reading], (long long)fast.need, (long long)slow.lo,
                   (long long)slow.hi, (long long)slow.need);
        return false;
    }
    return true;
}

static bool agrees_with_naive(const struct trial *trial, const struct world *world, struct buf *why)
{
    const struct edition *edition = world->edition;
    struct person person;

    person_see(trial->arena, edition, &trial->lines, trial->on, &person);
    for (int r = DECIDE; r < READINGS; r++) {
        struct naive naive = { trial->arena, edition, &person.dossier, trial->on, (enum reading)r };
        enum verdict verdict = naive_verdict(&naive);

        for (size_t i = 0; i < edition->requirement_count; i++) {
            const struct requirement *requirement = &edition->requirements[i];
            const struct requirement_outcome *outcome = &person.outcome.requirements[i];
            enum finding slow = naive_requirement(&naive, requirement->source);

            if (!bounds_agree(&naive, &person, requirement, outcome->at[r], why))
                return false;
            if (slow == outcome->value[r])
                continue;
            buf_format(why, "%s, ", readings[r]);
            add_id(why, edition, i);
            buf_format(why, " is %s, naively %s", finding_name(outcome->value[r]),
                       finding_name(slow));
            return false;
        }
        if (verdict != person.outcome.verdict[r]) {
            buf_format(why, "%s is %s, naively %s", readings[r],
                       verdict_name(person.outcome.verdict[r]), verdict_name(verdict));
            return false;
        }
    }
    return true;
}

static void test_agrees_with_a_naive_evaluator(void **state)
{
    static const struct trials trials = { .name = "agreement with a naive evaluator",
                                          .holds = agrees_with_naive,
                                          .options = { .acts = true },
                                          .documents = 90,
                                          .dossiers = 12 };

    (void)state;
    trials_run(&trials);
}

/* ---- what is known at T is what had been recorded by then ---- */

static bool knows_what_was_recorded(const struct trial *trial, const struct world *world,
                                    struct buf *why)
{
    struct dice dice = { trial->seed };
    day known = trial->on + (day)dice_below(&dice, 500) - 250;
    struct lines with_day = { .count = 0 };
    struct lines restated;
    struct person then;
    struct person by_hand;
    char text[DAY_TEXT_SIZE];

    for (size_t i = 0; i < trial->lines.count; i++)
        if (!str_starts(trial->lines.at[i], STR("decision extend")))
            lines_add(trial->arena, &with_day, trial->lines.at[i]);
    lines_add(trial->arena, &with_day, str_format(trial->arena, "known %s", day_text(known, text)));
    restate_known(trial->arena, &trial->lines, known, &restated);
    person_see(trial->arena, world->edition, &with_day, trial->on, &then);
    person_see(trial->arena, world->edition, &restated, trial->on, &by_hand);
    if (same_values(&then, &by_hand, why))
        return true;
    buf_format(why, ", known %s or restated", text);
    return false;
}

static void test_knowledge(void **state)
{
    static const struct trials trials = { .name = "knowledge",
                                          .holds = knows_what_was_recorded,
                                          .options = { .acts = true },
                                          .documents = 60,
                                          .dossiers = 15 };

    (void)state;
    trials_run(&trials);
}

/* ---- a fact more can only narrow what is possible ---- */

struct narrowing {
    const struct person *before;
    const struct person *after;
    struct frame frame_before;
    struct frame frame_after;
    struct buf *why;
};

static bool narrows_bounds(const struct narrowing *n, const struct edition_node *node)
{
    struct bounds was = aggregate_bounds(&n->before->evaluator, node, &n->frame_before);
    struct bounds is = aggregate_bounds(&n->after->evaluator, node, &n->frame_after);

    for (int r = DECIDE; r < READINGS; r++) {
        if (is.lo[r] >= was.lo[r] && is.hi[r] <= was.hi[r])
            continue;
        buf_format(n->why, "%s, %.*s: %lld..%lld became %lld..%lld", readings[r], STR_ARG(node->id),
                   (long long)was.lo[r], (long long)was.hi[r], (long long)is.lo[r],
                   (long long)is.hi[r]);
        return false;
    }
    return true;
}

static bool narrows(const struct narrowing *n, const struct edition_node *node)
{
    struct findings was = evaluate_node(&n->before->evaluator, node, &n->frame_before);
    struct findings is = evaluate_node(&n->after->evaluator, node, &n->frame_after);

    if (node_is_aggregate(node->kind) && !narrows_bounds(n, node))
        return false;
    for (int r = DECIDE; r < READINGS; r++) {
        if (was.in[r] == REFER || is.in[r] == was.in[r])
            continue;
        buf_format(n->why, "%s, %.*s: %s became %s", readings[r], STR_ARG(node->id),
                   finding_name(was.in[r]), finding_name(is.in[r]));
        return false;
    }
    for (size_t i = 0; node->kind != NODE_EACH && i < node->child_count; i++)
        if (!narrows(n, &node->children[i]))
            return false;
    return true;
}

static bool facts_narrow(const struct trial *trial, const struct world *world, struct buf *why)
{
    struct dice dice = { trial->seed };
    struct narrowing n = { .why = why };
    struct person before;
    struct person after;
    struct lines more;

    if (!restate_with_fact(trial->arena, &dice, &trial->lines, &more))
        return true;
    n.before = &before;
    n.after = &after;
    person_see(trial->arena, world->edition, &trial->lines, trial->on, &before);
    person_see(trial->arena, world->edition, &more, trial->on, &after);
    for (size_t i = 0; i < world->edition->requirement_count; i++) {
        const struct requirement *requirement = &world->edition->requirements[i];

        n.frame_before = frame_of_rule(&before.evaluator, requirement, trial->on);
        n.frame_after = frame_of_rule(&after.evaluator, requirement, trial->on);
        if (!narrows(&n, requirement->rule))
            return false;
    }
    return true;
}

static void test_facts_narrow(void **state)
{
    static const struct trials trials = { .name = "facts narrow what is possible",
                                          .holds = facts_narrow,
                                          .documents = 100,
                                          .dossiers = 15 };

    (void)state;
    trials_run(&trials);
}

/* ---- advice is sufficient ---- */

static size_t advice_followed;

static bool bar_stands(const struct person *person)
{
    for (size_t i = 0; i < person->evaluator.edition->bar_count; i++)
        if (person->outcome.bars[i] != NOT_YET)
            return true;
    return false;
}

static void add_advice(struct buf *why, struct arena *arena, const struct advice_list *advice)
{
    for (size_t i = 0; i < advice->count; i++) {
        struct str text = advice_text(arena, &advice->at[i]);

        buf_format(why, "%s%.*s", i ? "; " : "", STR_ARG(text));
    }
}

static bool advice_is_sufficient(const struct trial *trial, const struct world *world,
                                 struct buf *why)
{
    struct lines lines = lines_copy(trial->arena, &trial->lines);
    struct advice_list advice = { .count = 0 };
    struct person before;
    struct person after;
    size_t own;

    follow_add_programme(trial->arena, &lines);
    own = lines.count;
    person_see(trial->arena, world->edition, &lines, trial->on, &before);
    advise(trial->arena, &before.evaluator, &before.outcome, &advice);
    if (!before.outcome.available || bar_stands(&before) ||
        !follow_advice(trial->arena, &before.evaluator, &advice, &lines))
        return true;
    advice_followed++;
    person_see(trial->arena, world->edition, &lines, trial->on, &after);
    if (after.outcome.verdict[DECIDE] == VERDICT_ELIGIBLE)
        return true;
    buf_format(why, "%s after following: ", verdict_name(after.outcome.verdict[DECIDE]));
    add_advice(why, trial->arena, &advice);
    for (size_t i = own; i < lines.count; i++)
        buf_format(why, "\n  %.*s", STR_ARG(lines.at[i]));
    return false;
}

static void test_advice_is_sufficient(void **state)
{
    static const struct trials trials = { .name = "sufficient advice",
                                          .holds = advice_is_sufficient,
                                          .options = { .acts = true },
                                          .documents = 150,
                                          .dossiers = 15 };

    (void)state;
    advice_followed = 0;
    trials_run(&trials);
    assert_in_range(advice_followed, 500, SIZE_MAX);
}

/* ---- until is the last day ---- */

#define DAYS_TRIED 400

static size_t untils_seen;

/* The lines, or the lines with what advice says, so that the person is eligible; false where
   neither will do. */
static bool make_eligible(const struct trial *trial, const struct world *world, struct lines *lines,
                          struct person *ret)
{
    struct advice_list advice;

    *lines = lines_copy(trial->arena, &trial->lines);
    follow_add_programme(trial->arena, lines);
    person_see(trial->arena, world->edition, lines, trial->on, ret);
    if (ret->outcome.verdict[DECIDE] == VERDICT_ELIGIBLE)
        return true;
    advise(trial->arena, &ret->evaluator, &ret->outcome, &advice);
    if (!follow_advice(trial->arena, &ret->evaluator, &advice, lines))
        return false;
    person_see(trial->arena, world->edition, lines, trial->on, ret);
    return ret->outcome.verdict[DECIDE] == VERDICT_ELIGIBLE;
}

static bool until_is_the_last_day(const struct trial *trial, const struct world *world,
                                  struct buf *why)
{
    struct lines lines;
    struct person person;
    char text[DAY_TEXT_SIZE];
    char end[DAY_TEXT_SIZE];
    day until;

    if (!make_eligible(trial, world, &lines, &person))
        return true;
    until = eligible_until(trial->arena, &person.evaluator);
    untils_seen += until != DAY_NONE && until < trial->on + DAYS_TRIED;
    for (day d = trial->on; d < trial->on + DAYS_TRIED; d++) {
        struct evaluator then = person.evaluator;
        bool expected = until == DAY_NONE || d <= until;

        then.on = d;
        evaluate(&then, &person.outcome);
        if ((person.outcome.verdict[DECIDE] == VERDICT_ELIGIBLE) != expected) {
            buf_format(why, "until %s, but %s on %s with\n%.*s",
                       until == DAY_NONE ? "-" : day_text(until, end),
                       verdict_name(person.outcome.verdict[DECIDE]), day_text(d, text),
                       STR_ARG(lines_text(trial->arena, &lines)));
            return false;
        }
        if (!expected)
            return true; /* whatever may come after the first bad day */
    }
    return true;
}

static void test_until_is_the_last_day(void **state)
{
    static const struct trials trials = { .name = "until",
                                          .holds = until_is_the_last_day,
                                          .options = { .acts = true, .knowledge = true },
                                          .documents = 30,
                                          .dossiers = 4 };
    static const struct trials small = { .name = "until, of one requirement",
                                         .holds = until_is_the_last_day,
                                         .options = { .acts = true, .knowledge = true },
                                         .small = true,
                                         .documents = 160,
                                         .dossiers = 4 };

    (void)state;
    untils_seen = 0;
    trials_run(&trials);
    trials_run(&small);
    assert_in_range(untils_seen, 50, SIZE_MAX);
}

/* ---- round trip ---- */

static bool same_hashes(struct arena *arena, const struct edition *a, const struct edition *b,
                        struct buf *why)
{
    if (!str_eq(a->rule_hash, b->rule_hash) || !str_eq(a->text_hash, b->text_hash)) {
        buf_add_c(why, "the print has another hash");
        return false;
    }
    for (size_t i = 0; i < a->requirement_count; i++) {
        struct hashes one = requirement_hashes(arena, a, &a->requirements[i]);
        struct hashes two = requirement_hashes(arena, b, &b->requirements[i]);

        if (str_eq(one.rule, two.rule) && str_eq(one.text, two.text))
            continue;
        add_id(why, a, i);
        buf_add_c(why, " has another hash in the print");
        return false;
    }
    return true;
}

static bool comes_back(const struct trial *trial, const struct world *world, struct buf *why)
{
    struct str print = alter_not(trial->arena, trial->document);
    struct world again;
    bool same;

    if (!str_eq(alter_not(trial->arena, print), print)) {
        buf_add_c(why, "the print of the print is another");
        return false;
    }
    if (!world_load(&again, print, STR_NONE)) {
        buf_add_c(why, "the print has faults");
        return false;
    }
    same = same_hashes(trial->arena, world->edition, again.edition, why);
    world_release(&again);
    return same;
}

static void test_round_trip(void **state)
{
    static const struct trials trials = {
        .name = "round trip", .holds = comes_back, .documents = 200, .dossiers = 1
    };

    (void)state;
    trials_run(&trials);
}

/* ---- looser and tighter ---- */

static size_t labels[CHANGE_MIXED + 1];

/* Whether going from `was` to `is` is what the label allows. */
static bool label_allows(enum change label, int was, int is)
{
    switch (label) {
    case CHANGE_EQUAL:
    case CHANGE_WORDING:
        return is == was;
    case CHANGE_LOOSER:
        return is >= was;
    case CHANGE_TIGHTER:
        return is <= was;
    case CHANGE_MIXED:
        return true;
    }
    return false;
}

static bool requirement_keeps_label(const struct requirement_change *change,
                                    const struct person *old, const struct person *new,
                                    struct buf *why)
{
    size_t i;
    size_t k;

    if (!change->old || !change->new)
        return true;
    i = requirement_index(old->evaluator.edition, change->id);
    k = requirement_index(new->evaluator.edition, change->id);
    for (int r = DECIDE; r < READINGS; r++) {
        enum finding was = old->outcome.requirements[i].value[r];
        enum finding is = new->outcome.requirements[k].value[r];

        if (label_allows(change->change, (int)was, (int)is))
            continue;
        buf_format(why, "%s %.*s is called %s, was %s and is %s", readings[r], STR_ARG(change->id),
                   change_name(change->change), finding_name(was), finding_name(is));
        return false;
    }
    return true;
}

static bool keeps_label(const struct trial *trial, const struct world *world, struct buf *why)
{
    struct edition_change change;
    struct person old;
    struct person new;

    edition_diff(trial->arena, world->edition, world->other, &change);
    labels[change.change]++;
    person_see(trial->arena, world->edition, &trial->lines, trial->on, &old);
    person_see(trial->arena, world->other, &trial->lines, trial->on, &new);
    for (size_t i = 0; i < change.requirement_count; i++)
        if (!requirement_keeps_label(&change.requirements[i], &old, &new, why))
            return false;
    for (int r = DECIDE; r < READINGS; r++) {
        if (label_allows(change.change, (int)old.outcome.verdict[r], (int)new.outcome.verdict[r]))
            continue;
        buf_format(why, "%s the document is called %s, was %s and is %s", readings[r],
                   change_name(change.change), verdict_name(old.outcome.verdict[r]),
                   verdict_name(new.outcome.verdict[r]));
        return false;
    }
    return true;
}

static void test_looser_and_tighter(void **state)
{
    static const struct trials trials = { .name = "looser and tighter",
                                          .holds = keeps_label,
                                          .other = alter_changed,
                                          .documents = 60,
                                          .dossiers = 6 };
    static const struct trials small = { .name = "looser and tighter, of one requirement",
                                         .holds = keeps_label,
                                         .other = alter_changed,
                                         .small = true,
                                         .documents = 500,
                                         .dossiers = 8 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        labels[i] = 0;
    trials_run(&trials);
    trials_run(&small);
    assert_in_range(labels[CHANGE_EQUAL], 10, SIZE_MAX);
    assert_in_range(labels[CHANGE_LOOSER], 100, SIZE_MAX);
    assert_in_range(labels[CHANGE_TIGHTER], 100, SIZE_MAX);
    assert_in_range(labels[CHANGE_MIXED], 100, SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_monotone),
        cmocka_unit_test(test_order_free),
        cmocka_unit_test(test_preview_is_at_least_decide),
        cmocka_unit_test(test_agrees_with_a_naive_evaluator),
        cmocka_unit_test(test_knowledge),
        cmocka_unit_test(test_facts_narrow),
        cmocka_unit_test(test_advice_is_sufficient),
        cmocka_unit_test(test_until_is_the_last_day),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_looser_and_tighter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
