#include "register/nearest.h"

#include "criteria/reading.h"
#include "register/phrases.h"
#include "register/uses.h"

/* The phrase of a node that asks for n: "at least 5 mediations as mediator", without its first two
   words. */
static struct str what_is_asked(const struct standpoint *from, const struct edition_node *node,
                                int64_t n, struct str *ret_number)
{
    struct edition_node wanted = *node;
    struct str phrase;
    struct str least = STR("at least ");

    wanted.need = n;
    wanted.weight_count = 0;
    wanted.limit_count = 0;
    wanted.also = NULL;
    phrase = reading_of_node(from->arena, from->evaluator.edition, &wanted);
    if (str_starts(phrase, least))
        phrase = str_drop(phrase, least.n);
    return str_split(phrase, ' ', ret_number);
}

static struct str more_text(const struct standpoint *from, const struct edition_node *node,
                            int64_t n)
{
    struct str number;
    struct str what = what_is_asked(from, node, n, &number);

    return str_format(from->arena, "%.*s more %.*s", STR_ARG(number), STR_ARG(what));
}

/* "155 more hours of mediation" would be wrong of "1 hour 30 minutes of mediation". */
static struct str another_text(const struct standpoint *from, const struct edition_node *node,
                               int64_t n)
{
    struct str number;
    struct str what = what_is_asked(from, node, n, &number);

    return str_format(from->arena, "another %.*s %.*s", STR_ARG(number), STR_ARG(what));
}

static struct str first_text(const struct standpoint *from, const struct advice *advice)
{
    struct edition_node wanted = { .kind = NODE_COUNT, .selection = *advice->first };

    return more_text(from, &wanted, advice->n);
}

static struct str days_text(const struct standpoint *from, const struct advice *advice)
{
    struct str number;
    struct str what = what_is_asked(from, advice->node, advice->node->need, &number);
    struct str unit;
    struct str rest = str_split(what, ' ', &unit); /* after "months" */

    return str_format(from->arena, "%lld more day%s %.*s", (long long)advice->n,
                      advice->n == 1 ? "" : "s", STR_ARG(rest));
}

struct str nearest_item(const struct standpoint *from, const struct advice *advice)
{
    switch (advice->kind) {
    case ADVICE_COUNT:
        return advice->first ? first_text(from, advice) : more_text(from, advice->node, advice->n);
    case ADVICE_DISTINCT:
    case ADVICE_SUM:
        return another_text(from, advice->node, advice->n);
    case ADVICE_MONTHS:
        return days_text(from, advice);
    case ADVICE_WAIT:
        return str_format(from->arena, "wait until %.*s",
                          STR_ARG(phrase_date(from->arena, advice->until)));
    case ADVICE_CREDENTIAL:
        return str_format(from->arena, "the credential %.*s",
                          STR_ARG(certification_title(from->scheme->library, advice->word)));
    case ADVICE_DECLARE:
        return str_format(from->arena, "the declaration %.*s", STR_ARG(advice->word));
    case ADVICE_JUDGEMENT:
        return str_format(from->arena, "a judgement by the %.*s",
                          STR_ARG(body_title(from->scheme, advice->word)));
    case ADVICE_NONE:
        return str_format(from->arena, "nothing done now leads to \"%.*s\" on this date",
                          STR_ARG(requirement_title(advice->requirement)));
    }
    BUG("advice of kind %d", (int)advice->kind);
}

/* ---- the whole path ---- */

struct str nearest_claims(const struct standpoint *from, const struct nearest *nearest)
{
    return str_format(from->arena, "have the %.*s verified%s",
                      STR_ARG(phrase_count(from->arena, nearest->claims, "claim")),
                      nearest->claims_suffice ? "; nothing else is missing" : "");
}

struct str nearest_waiting(const struct standpoint *from, const struct waiting *waiting)
{
    struct str title = requirement_title(waiting->requirement);

    if (waiting->body.p)
        return str_format(from->arena, "for \"%.*s\", a judgement by the %.*s", STR_ARG(title),
                          STR_ARG(body_title(from->scheme, waiting->body)));
    return str_format(from->arena, "for \"%.*s\", state the facts that are missing",
                      STR_ARG(title));
}

/* Whether the advice says already whose judgement a requirement waits for. */
static bool judgement_advised(const struct advice_list *advice,
                              const struct requirement *requirement)
{
    for (size_t i = 0; i < advice->count; i++)
        if (advice->at[i].kind == ADVICE_JUDGEMENT && advice->at[i].requirement == requirement)
            return true;
    return false;
}

static void find_waiting(const struct standpoint *from, struct nearest *nearest)
{
    const struct edition *edition = from->evaluator.edition;
    size_t room = 0;

    for (size_t i = 0; i < edition->requirement_count; i++) {
        const struct requirement *requirement = &edition->requirements[i];
        const struct basis_text *by = &from->assessed->outcome.requirements[i].by[DECIDE];

        if ((by->basis != BY_REFERRAL && by->basis != BY_UNCLEAR) ||
            judgement_advised(&nearest->advice, requirement))
            continue;
        *ARENA_PUSH(from->arena, nearest->waiting, nearest->waiting_count, room) =
            (struct waiting){ requirement, by->basis == BY_REFERRAL ? by->who : STR_NONE };
    }
}

bool nearest_find(const struct standpoint *from, struct nearest *ret)
{
    const struct outcome *outcome = &from->assessed->outcome;
    struct nearest nearest = { 0 };

    if (!outcome->available || outcome->verdict[DECIDE] == VERDICT_ELIGIBLE)
        return false;
    advise(from->arena, &from->evaluator, outcome, &nearest.advice);
    nearest.claims = uses_of_claims(from);
    nearest.claims_suffice = nearest.claims > 0 &&
                             from->assessed->verdict[PREVIEW] == VERDICT_ELIGIBLE;
    find_waiting(from, &nearest);
    *ret = nearest;
    return true;
}
