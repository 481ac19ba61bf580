/*
 * What must hold for every document and every dossier (docs/criteria-language.md, "Properties"),
 * tried on generated ones.
 */
#include "alter.h"
#include "criteria/diff.h"
#include "criteria/rule.h"
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

/* ---- round trip ---- */

static bool comes_back(const struct trial *trial, const struct world *world, struct buf *why)
{
    struct str again = alter_not(trial->arena, trial->other);
    struct str old = world->edition->rule_hash;

    if (!str_eq(again, trial->other)) {
        buf_add_c(why, "the print of the print differs");
        return false;
    }
    for (size_t i = 0; i < world->edition->requirement_count; i++) {
        struct hashes one = requirement_hashes(trial->arena, &world->edition->requirements[i]);
        struct hashes two = requirement_hashes(trial->arena, &world->other->requirements[i]);

        if (str_eq(one.rule, two.rule) && str_eq(one.text, two.text))
            continue;
        add_id(why, world->edition, i);
        buf_add_c(why, " has another hash");
        return false;
    }
    (void)old;
    return true;
}
