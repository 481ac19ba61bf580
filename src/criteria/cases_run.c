#include "criteria/cases.h"

#include "base/buf.h"
#include "criteria/advise.h"
#include "criteria/govern.h"

#define MESSAGE_MAX ((size_t)1024 * 1024)

/* A case being run. */
struct run {
    struct arena *arena; /* of the messages */
    struct arena *scratch;
    const struct test_case *test;
    struct standing_result result;
    const struct assessed *best; /* in DECIDE; NULL: nothing governs */
    struct case_result *ret;
};

/* "FILE:LINE: case ID: expected ..., " and what came out, or what is wrong with the expectation. */
PRINTF_LIKE(3, 4)
static void fail_expectation(struct run *run, const struct expectation *expectation,
                             const char *fmt, ...)
{
    struct buf message;
    va_list args;

    buf_init(&message, MESSAGE_MAX);
    buf_format(&message, "%.*s:%u: case %.*s: expected %.*s, ",
               STR_ARG(expectation->span.source->name), expectation->span.line,
               STR_ARG(run->test->id), STR_ARG(expectation->text));
    va_start(args, fmt);
    buf_add(&message, str_format_args(run->scratch, fmt, args));
    va_end(args);
    *ARENA_PUSH(run->arena, run->ret->messages, run->ret->message_count, run->ret->message_room) =
        buf_take(&message, run->arena);
    run->ret->passed = false;
}

static void check_verdicts(struct run *run, const struct expectation *expectation)
{
    static const char *const names[] = { [DECIDE] = "decide", [PREVIEW] = "preview" };
    struct str came = STR("");
    bool wrong = false;

    for (int i = DECIDE; i < READINGS; i++) {
        if (!expectation->verdict_given[i])
            continue;
        wrong = wrong || expectation->verdict[i] != run->result.verdict[i];
        came = str_format(run->scratch, "%.*s %s %s", STR_ARG(came), names[i],
                          verdict_name(run->result.verdict[i]));
    }
    if (wrong)
        fail_expectation(run, expectation, "came out%.*s", STR_ARG(came));
}

/* The requirement that an expectation names, and its outcome; tells when there is none. */
static const struct requirement *find_requirement(struct run *run,
                                                  const struct expectation *expectation,
                                                  const struct requirement_outcome **ret_outcome)
{
    const struct requirement *requirement;

    if (!run->best) {
        fail_expectation(run, expectation, "but no edition governs on that day");
        return NULL;
    }
    requirement = edition_requirement(run->best->edition, expectation->requirement);
    if (!requirement) {
        struct str number = edition_number_text(run->scratch, run->best->edition->number);

        fail_expectation(run, expectation, "but %.*s@%.*s has no requirement '%.*s'",
                         STR_ARG(run->best->edition->name), STR_ARG(number),
                         STR_ARG(expectation->requirement));
        return NULL;
    }
    *ret_outcome = &run->best->outcome.requirements[requirement - run->best->edition->requirements];
    return requirement;
}

static void check_req(struct run *run, const struct expectation *expectation)
{
    const struct requirement_outcome *outcome;
    struct str by;

    if (!find_requirement(run, expectation, &outcome))
        return;
    by = basis_text(run->scratch, outcome->by[DECIDE].basis, outcome->by[DECIDE].who);
    if (outcome->value[DECIDE] != expectation->value ||
        (expectation->by.p && !str_eq(expectation->by, by)))
        fail_expectation(run, expectation, "came out %s %.*s", finding_name(outcome->value[DECIDE]),
                         STR_ARG(by));
}

/* ---- count ---- */

/* Hundredths against a bound in its own scale, 1 or 100. */
static bool bound_is(int64_t expected, int64_t bound, int32_t scale)
{
    if (bound >= NO_BOUND || expected == CASE_NO_BOUND)
        return bound >= NO_BOUND && expected == CASE_NO_BOUND;
    if (scale == 100)
        return expected == bound;
    return expected % 100 == 0 && expected / 100 == bound;
}

static struct str bound_text(struct arena *arena, int64_t bound, int32_t scale)
{
    long long units = bound / scale;
    int part = (int)(bound % scale);

    if (bound >= NO_BOUND)
        return STR("*");
    if (part == 0)
        return str_format(arena, "%lld", units);
    if (part % 10 == 0)
        return str_format(arena, "%lld.%d", units, part / 10);
    return str_format(arena, "%lld.%02d", units, part);
}

static void check_count(struct run *run, const struct expectation *expectation)
{
    const struct requirement_outcome *outcome;
    const struct requirement *requirement = find_requirement(run, expectation, &outcome);
    struct evaluator evaluator;
    struct bounds bounds;
    struct str lo, hi, need;

    if (!requirement)
        return;
    if (expectation->number > requirement->aggregate_count) {
        fail_expectation(run, expectation, "but the requirement counts only %d things",
                         requirement->aggregate_count);
        return;
    }
    evaluator = evaluator_of(run->best->edition, &run->best->bundle, run->scratch, run->result.on);
    bounds = evaluate_aggregate(
        &evaluator, requirement,
        run->best->edition->aggregates[requirement->aggregates + expectation->number - 1],
        outcome->at[DECIDE], DECIDE);
    if (bound_is(expectation->lo, bounds.lo[DECIDE], bounds.scale) &&
        bound_is(expectation->hi, bounds.hi[DECIDE], bounds.scale) &&
        bound_is(expectation->need, bounds.need, bounds.scale))
        return;
    lo = bound_text(run->scratch, bounds.lo[DECIDE], bounds.scale);
    hi = bound_text(run->scratch, bounds.hi[DECIDE], bounds.scale);
    need = bound_text(run->scratch, bounds.need, bounds.scale);
    fail_expectation(run, expectation, "came out %.*s..%.*s/%.*s", STR_ARG(lo), STR_ARG(hi),
                     STR_ARG(need));
}

/* ---- lists ---- */

/* Compares item by item what was expected and what came out; both in full where they differ. */
static void check_items(struct run *run, const struct expectation *expectation,
                        struct str_list came, const char *separator)
{
    bool same = came.count == expectation->item_count;
    struct buf text;

    for (size_t i = 0; same && i < came.count; i++)
        same = str_eq(came.at[i], expectation->items[i]);
    if (same)
        return;
    buf_init(&text, MESSAGE_MAX);
    for (size_t i = 0; i < came.count; i++) {
        if (i > 0)
            buf_add_c(&text, separator);
        buf_add(&text, came.at[i]);
    }
    if (came.count == 0)
        buf_byte(&text, '-');
    fail_expectation(run, expectation, "came out %.*s", STR_ARG(buf_str(&text)));
    buf_release(&text);
}

static void check_advice(struct run *run, const struct expectation *expectation)
{
    struct advice_list advice = { .count = 0 };
    struct evaluator evaluator;
    struct str *items;

    if (run->best) {
        evaluator =
            evaluator_of(run->best->edition, &run->best->bundle, run->scratch, run->result.on);
        advise(run->scratch, &evaluator, &run->best->outcome, &advice);
    }
    items = ARENA_ARRAY(run->scratch, advice.count, struct str);
    for (size_t i = 0; i < advice.count; i++)
        items[i] = advice_text(run->scratch, &advice.at[i]);
    check_items(run, expectation, (struct str_list){ items, advice.count }, "; ");
}

static void check_editions(struct run *run, const struct expectation *expectation)
{
    const struct governing_list *list = &run->result.governing;
    struct str *items = ARENA_ARRAY(run->scratch, list->count, struct str);

    for (size_t i = 0; i < list->count; i++) {
        struct str number = edition_number_text(run->scratch, list->at[i].number);

        items[i] =
            str_format(run->scratch, "%.*s@%.*s", STR_ARG(list->at[i].name), STR_ARG(number));
    }
    check_items(run, expectation, (struct str_list){ items, list->count }, " ");
}

/* The earlier of two last days, of which DAY_NONE is the latest. */
static day earlier(day a, day b)
{
    if (a == DAY_NONE || b == DAY_NONE)
        return a == DAY_NONE ? b : a;
    return a < b ? a : b;
}

/* Who is eligible under a programme's own document is so as long as under both. */
static day last_day(const struct run *run)
{
    struct evaluator evaluator;
    day until;

    if (run->result.verdict[DECIDE] != VERDICT_ELIGIBLE)
        return DAY_NONE;
    evaluator = evaluator_of(run->best->edition, &run->best->bundle, run->scratch, run->result.on);
    until = eligible_until(run->scratch, &evaluator);
    if (!run->best->base)
        return until;
    evaluator.edition = run->best->base->edition;
    evaluator.bundle = &run->best->base->bundle;
    return earlier(until, eligible_until(run->scratch, &evaluator));
}

static void check_until(struct run *run, const struct expectation *expectation)
{
    day until = last_day(run);
    char text[DAY_TEXT_SIZE];

    if (until != expectation->until)
        fail_expectation(run, expectation, "came out %s",
                         until == DAY_NONE ? "-" : day_text(until, text));
}

/* ---- a case ---- */

static void check_expectation(struct run *run, const struct expectation *expectation)
{
    switch (expectation->kind) {
    case EXPECT_VERDICTS:
        check_verdicts(run, expectation);
        break;
    case EXPECT_REQ:
        check_req(run, expectation);
        break;
    case EXPECT_COUNT:
        check_count(run, expectation);
        break;
    case EXPECT_ADVICE:
        check_advice(run, expectation);
        break;
    case EXPECT_UNTIL:
        check_until(run, expectation);
        break;
    case EXPECT_EDITIONS:
        check_editions(run, expectation);
        break;
    }
}

static void fail_case(struct run *run)
{
    const struct test_case *test = run->test;
    struct str number = edition_number_text(run->scratch, test->edition);

    *ARENA_PUSH(run->arena, run->ret->messages, run->ret->message_count, run->ret->message_room) =
        str_format(run->arena,
                   "%.*s:%u: case %.*s: expected a document %.*s%s%.*s, but none is loaded",
                   STR_ARG(test->span.source->name), test->span.line, STR_ARG(test->id),
                   STR_ARG(test->name), test->edition.parts ? "@" : "", STR_ARG(number));
    run->ret->passed = false;
}

void case_run(struct arena *arena, struct arena *scratch, const struct library *library,
              const struct test_case *test, struct case_result *ret)
{
    struct arena_mark mark = arena_mark(scratch);
    struct case_result result = { .test = test, .passed = true };
    struct run run = { .arena = arena, .scratch = scratch, .test = test, .ret = &result };

    if (assess(scratch, library, test->name, test->edition, &test->dossier, test->on,
               &run.result)) {
        run.best = run.result.best[DECIDE];
        for (size_t i = 0; i < test->expectation_count; i++)
            check_expectation(&run, &test->expectations[i]);
    } else {
        fail_case(&run);
    }
    if (scratch != arena)
        arena_rewind(scratch, mark);
    *ret = result;
}

/* ---- values that cannot be read ---- */

/* A value is a slice of the case's text, so its place follows from it. */
static struct span span_of_value(const struct test_case *test, const struct evidence *evidence,
                                 struct str value)
{
    const struct source *source = test->span.source;
    struct span span = { .source = source,
                         .offset = (uint32_t)(value.p - source->text.p),
                         .length = (uint32_t)value.n,
                         .line = evidence->line };
    size_t start = span.offset;

    while (start > 0 && source->text.p[start - 1] != '\n')
        start--;
    span.column =
        (uint32_t)str_code_points(str_take(str_drop(source->text, start), span.offset - start)) + 1;
    return span;
}

static void check_evidence(const struct test_case *test, const struct evidence *evidence,
                           const struct kind *kind, struct diags *diags)
{
    for (size_t i = 0; i < evidence->fact_count; i++) {
        const struct fact *fact = &evidence->facts[i];
        const struct field *field = kind_field(kind, fact->field);

        if (!field || !field_is_measure(field) || evidence_measure(evidence, field) >= 0)
            continue;
        diags_add(diags, SEVERITY_ERROR, span_of_value(test, evidence, fact->value),
                  field_is_time(field) ? STR("expected hours, as in 2.5 or 2:30")
                                       : STR("expected a whole number"),
                  "'%.*s' of %.*s cannot be '%.*s'", STR_ARG(fact->field), STR_ARG(kind->name),
                  STR_ARG(fact->value));
    }
}

static void check_case(const struct test_case *test, const struct vocabulary *vocabulary,
                       struct diags *diags)
{
    const struct fact *last = NULL;

    for (size_t i = 0; i < test->dossier.evidence_count; i++) {
        const struct evidence *evidence = &test->dossier.evidence[i];
        const struct kind *kind;

        if (evidence->fact_count == 0 || evidence->facts == last)
            continue; /* identical records share their facts */
        last = evidence->facts;
        kind = vocabulary_kind(vocabulary, evidence->kind);
        if (kind)
            check_evidence(test, evidence, kind, diags);
    }
}

void cases_check(const struct case_list *list, const struct library *library, struct diags *diags)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct test_case *test = &list->at[i];
        size_t count;
        const struct edition *const *editions = library_editions(library, test->name, &count);

        for (size_t k = 0; k < count; k++)
            if (test->edition.parts == 0 || edition_number_eq(test->edition, editions[k]->number))
                check_case(test, editions[k]->vocabulary, diags);
    }
}
