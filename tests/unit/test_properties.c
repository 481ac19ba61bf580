/*
 * What must hold for every document and every dossier (docs/criteria-language.md, "Properties"),
 * tried on generated ones.
 */
#include "alter.h"
#include "criteria/diff.h"
#include "criteria/rule.h"
#include "follow.h"
#include "naive.h"
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
                                          .documents = 150,
                                          .dossiers = 30 };

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
                                          .documents = 100,
                                          .dossiers = 20 };

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
                                          .documents = 150,
                                          .dossiers = 30 };

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
                                          .documents = 150,
                                          .dossiers = 20 };

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
                                          .documents = 200,
                                          .dossiers = 20 };

    (void)state;
    advice_followed = 0;
    trials_run(&trials);
    assert_in_range(advice_followed, 500, SIZE_MAX);
}

/* ---- round trip ---- */

static size_t round_trips;

/* Edition 2 is the print of edition 1; the rule's hash does not see the number. */
static bool comes_back(const struct trial *trial, const struct world *world, struct buf *why)
{
    struct str print = alter_not(trial->arena, trial->document);

    (void)world;
    if (!str_eq(alter_not(trial->arena, print), print)) {
        buf_add_c(why, "the print of the print is another");
        return false;
    }
    round_trips++;
    return true;
}

static void test_round_trip(void **state)
{
    static const struct trials trials = {
        .name = "round trip", .holds = comes_back, .documents = 400, .dossiers = 1
    };

    (void)state;
    round_trips = 0;
    trials_run(&trials);
    assert_in_range(round_trips, 400, SIZE_MAX);
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
                                          .documents = 400,
                                          .dossiers = 12 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        labels[i] = 0;
    trials_run(&trials);
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
        cmocka_unit_test(test_advice_is_sufficient),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_looser_and_tighter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
