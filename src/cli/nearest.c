#include "cli/nearest.h"

#include "cli/phrases.h"
#include "cli/uses.h"
#include "criteria/reading.h"

#define STEP 2 /* columns of indentation */

/* The phrase of a node that asks for n: "at least 5 mediations as mediator", without its first two
   words. */
static struct str what_is_asked(const struct view *view, const struct edition_node *node, int64_t n,
                                struct str *ret_number)
{
    struct edition_node wanted = *node;
    struct str phrase;
    struct str least = STR("at least ");

    wanted.need = n;
    wanted.weight_count = 0;
    wanted.limit_count = 0;
    wanted.also = NULL;
    phrase = reading_of_node(view->from.arena, view->from.evaluator.edition, &wanted);
    if (str_starts(phrase, least))
        phrase = str_drop(phrase, least.n);
    return str_split(phrase, ' ', ret_number);
}

static struct str more_text(const struct view *view, const struct edition_node *node, int64_t n)
{
    struct str number;
    struct str what = what_is_asked(view, node, n, &number);

    return str_format(view->from.arena, "%.*s more %.*s", STR_ARG(number), STR_ARG(what));
}

/* "155 more hours of mediation" would be wrong of "1 hour 30 minutes of mediation". */
static struct str another_text(const struct view *view, const struct edition_node *node, int64_t n)
{
    struct str number;
    struct str what = what_is_asked(view, node, n, &number);

    return str_format(view->from.arena, "another %.*s %.*s", STR_ARG(number), STR_ARG(what));
}

static struct str first_text(const struct view *view, const struct advice *advice)
{
    struct edition_node wanted = { .kind = NODE_COUNT, .selection = *advice->first };

    return more_text(view, &wanted, advice->n);
}

static struct str days_text(const struct view *view, const struct advice *advice)
{
    struct str number;
    struct str what = what_is_asked(view, advice->node, advice->node->need, &number);
    struct str unit;
    struct str rest = str_split(what, ' ', &unit); /* after "months" */

    return str_format(view->from.arena, "%lld more day%s %.*s", (long long)advice->n,
                      advice->n == 1 ? "" : "s", STR_ARG(rest));
}

struct str nearest_item(const struct view *view, const struct advice *advice)
{
    switch (advice->kind) {
    case ADVICE_COUNT:
        return advice->first ? first_text(view, advice) : more_text(view, advice->node, advice->n);
    case ADVICE_DISTINCT:
    case ADVICE_SUM:
        return another_text(view, advice->node, advice->n);
    case ADVICE_MONTHS:
        return days_text(view, advice);
    case ADVICE_WAIT:
        return str_format(view->from.arena, "wait until %.*s",
                          STR_ARG(phrase_date(view->from.arena, advice->until)));
    case ADVICE_CREDENTIAL:
        return str_format(view->from.arena, "the credential %.*s",
                          STR_ARG(certification_title(view->from.scheme->library, advice->word)));
    case ADVICE_DECLARE:
        return str_format(view->from.arena, "the declaration %.*s", STR_ARG(advice->word));
    case ADVICE_JUDGEMENT:
        return str_format(view->from.arena, "a judgement by the %.*s",
                          STR_ARG(body_title(view->from.scheme, advice->word)));
    case ADVICE_NONE:
        return str_format(view->from.arena, "nothing done now leads to \"%.*s\" on this date",
                          STR_ARG(requirement_title(advice->requirement)));
    }
    BUG("advice of kind %d", (int)advice->kind);
}

/* ---- the steps ---- */

struct steps {
    const struct view *view;
    int indent;
    struct advice_list advice;
    size_t count; /* printed so far */
};

static void print_step(struct steps *steps, struct str text)
{
    struct str lead = steps->count == 0 ? STR("Nearest path:") : STR("          or:");

    output_paragraph(steps->view->out, steps->indent, lead,
                     steps->count == 0 ? TONE_STRONG : TONE_FAINT, text);
    steps->count++;
}

static void print_claims(struct steps *steps)
{
    const struct view *view = steps->view;
    size_t claims = uses_of_claims(view);
    bool enough = view->from.assessed->verdict[PREVIEW] == VERDICT_ELIGIBLE;

    if (claims > 0)
        print_step(steps, str_format(view->from.arena, "have the %.*s verified%s",
                                     STR_ARG(phrase_count(view->from.arena, claims, "claim")),
                                     enough ? "; nothing else is missing" : ""));
}

/* Whether the advice says already whose judgement a requirement waits for. */
static bool judgement_advised(const struct steps *steps, const struct requirement *requirement)
{
    for (size_t i = 0; i < steps->advice.count; i++)
        if (steps->advice.at[i].kind == ADVICE_JUDGEMENT &&
            steps->advice.at[i].requirement == requirement)
            return true;
    return false;
}

static void print_waiting(struct steps *steps, const struct requirement *requirement,
                          const struct basis_text *by)
{
    const struct view *view = steps->view;
    struct str title = requirement_title(requirement);

    if (judgement_advised(steps, requirement))
        return;
    if (by->basis == BY_REFERRAL)
        print_step(steps,
                   str_format(view->from.arena, "for \"%.*s\", a judgement by the %.*s",
                              STR_ARG(title), STR_ARG(body_title(view->from.scheme, by->who))));
    else if (by->basis == BY_UNCLEAR)
        print_step(steps,
                   str_format(view->from.arena, "for \"%.*s\", state the facts that are missing",
                              STR_ARG(title)));
}

static void print_advice(struct steps *steps)
{
    const struct view *view = steps->view;
    struct str *items = ARENA_ARRAY(view->from.arena, steps->advice.count + 1, struct str);
    size_t count = 0;

    for (size_t i = 0; i < steps->advice.count; i++)
        if (steps->advice.at[i].kind != ADVICE_NONE)
            items[count++] = nearest_item(view, &steps->advice.at[i]);
    if (count == 1)
        print_step(steps, items[0]);
    if (count > 1)
        print_step(steps, STR("all of these:"));
    for (size_t i = 0; count > 1 && i < count; i++)
        output_paragraph(view->out, steps->indent + STEP, STR("-"), TONE_FAINT, items[i]);
    for (size_t i = 0; i < steps->advice.count; i++)
        if (steps->advice.at[i].kind == ADVICE_NONE)
            output_paragraph(view->out, steps->indent, STR("No path:"), TONE_STRONG,
                             nearest_item(view, &steps->advice.at[i]));
}

void nearest_print(const struct view *view, int indent)
{
    const struct outcome *outcome = &view->from.assessed->outcome;
    const struct edition *edition = view->from.evaluator.edition;
    struct steps steps = { .view = view, .indent = indent };

    if (!outcome->available || outcome->verdict[DECIDE] == VERDICT_ELIGIBLE)
        return;
    advise(view->from.arena, &view->from.evaluator, outcome, &steps.advice);
    print_claims(&steps);
    for (size_t i = 0; i < edition->requirement_count; i++)
        print_waiting(&steps, &edition->requirements[i], &outcome->requirements[i].by[DECIDE]);
    print_advice(&steps);
}
