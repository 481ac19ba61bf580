#include "follow.h"

#include "base/buf.h"

/* What a record must be, and what it must not be lest it be worth less than 100 % or limited. */
struct wish {
    const struct selection *selection;
    const struct edition_node *node; /* its weights and limits are to be kept out of; NULL: none */
};

void follow_add_programme(struct arena *arena, struct lines *lines)
{
    lines_add(arena, lines, STR("programme advised qap 1990-01-01.."));
    lines_add(arena, lines, STR("programme advised cmtp 1990-01-01.."));
}

/* Whether a value, or for a measure a number, passes a test. */
static bool passes(const struct own_test *test, int64_t n, struct str value)
{
    if (test->at_least)
        return n >= test->least;
    return str_list_has(test->values, value) != test->negated;
}

static bool will_do(const struct wish *wish, size_t field, int64_t n, struct str value)
{
    for (size_t i = 0; i < wish->selection->own_count; i++)
        if (wish->selection->own[i].field == field && !passes(&wish->selection->own[i], n, value))
            return false;
    if (!wish->node)
        return true;
    for (size_t i = 0; i < wish->node->weight_count; i++)
        if (wish->node->weights[i].own.field == field && wish->node->weights[i].percent != 100 &&
            passes(&wish->node->weights[i].own, n, value))
            return false;
    for (size_t i = 0; i < wish->node->limit_count; i++)
        if (wish->node->limits[i].own.field == field &&
            passes(&wish->node->limits[i].own, n, value))
            return false;
    return true;
}

/* The least number that a measure may be, from `least` on. */
static bool choose_number(const struct wish *wish, size_t field, int64_t least, int64_t *ret)
{
    if (will_do(wish, field, least, STR(""))) {
        *ret = least;
        return true;
    }
    for (size_t i = 0; i < wish->selection->own_count; i++) {
        const struct own_test *test = &wish->selection->own[i];

        if (test->field == field && test->at_least && test->least > least &&
            will_do(wish, field, test->least, STR(""))) {
            *ret = test->least;
            return true;
        }
    }
    return false;
}

static bool add_number(const struct wish *wish, size_t field, int64_t least, struct buf *line)
{
    const struct field *f = &wish->selection->kind->fields[field];
    int64_t n;

    if (!choose_number(wish, field, least, &n))
        return false;
    if (f->type == FIELD_MINUTES)
        buf_format(line, " %.*s=%lld:%02lld", STR_ARG(f->name), (long long)(n / 60),
                   (long long)(n % 60));
    else
        buf_format(line, " %.*s=%lld", STR_ARG(f->name), (long long)n);
    return true;
}

static bool add_listed(const struct wish *wish, size_t field, struct buf *line)
{
    const struct field *f = &wish->selection->kind->fields[field];

    for (size_t i = 0; i < f->values.count; i++) {
        if (!will_do(wish, field, (int64_t)i, f->values.at[i]))
            continue;
        buf_format(line, " %.*s=%.*s", STR_ARG(f->name), STR_ARG(f->values.at[i]));
        return true;
    }
    return false;
}

static bool add_field(const struct wish *wish, size_t field, int64_t least, size_t number,
                      struct buf *line)
{
    const struct field *f = &wish->selection->kind->fields[field];

    switch (f->type) {
    case FIELD_OF:
    case FIELD_ORDERED:
        return add_listed(wish, field, line);
    case FIELD_INTEGER:
    case FIELD_MINUTES:
        return add_number(wish, field, least, line);
    case FIELD_ID:
        if (field == FIELD_PROGRAMME)
            buf_add_c(line, " programme=advised");
        else if (field != FIELD_MATTER) /* a matter of its own is a new one */
            buf_format(line, " %.*s=advised-%zu", STR_ARG(f->name), number);
        return true;
    }
    return false;
}

static bool has_room(const struct edition_node *node)
{
    for (size_t i = 0; i < node->limit_count; i++)
        if (!node->limits[i].filtered)
            return false;
    return true;
}

/* One record with every field stated. `given` is a field that stands with this text, and `measure`
   a measure that is at least `least`; FIELD_NONE where there is none. */
#define FIELD_NONE SIZE_MAX

static bool add_record(struct arena *arena, const struct wish *wish, day on, size_t given,
                       struct str text, size_t measure, int64_t least, struct lines *lines)
{
    const struct kind *kind = wish->selection->kind;
    char date[DAY_TEXT_SIZE];
    struct buf line;
    bool done = !wish->node || has_room(wish->node);

    buf_init(&line, 10000);
    buf_format(&line, "%.*s %s", STR_ARG(kind->name), day_text(on, date));
    for (size_t f = 0; done && f < kind->field_count; f++) {
        if (f == given)
            buf_format(&line, " %.*s=%.*s", STR_ARG(kind->fields[f].name), STR_ARG(text));
        else
            done = add_field(wish, f, f == measure ? least : 1, lines->count, &line);
    }
    if (done)
        lines_add(arena, lines, buf_take(&line, arena));
    buf_release(&line);
    return done;
}

static bool add_records(struct arena *arena, const struct wish *wish, day on, int64_t n,
                        struct lines *lines)
{
    for (int64_t i = 0; i < n; i++)
        if (!add_record(arena, wish, on, FIELD_NONE, STR_NONE, FIELD_NONE, 0, lines))
            return false;
    return true;
}

/* Records of new values: for a field with listed values, one of each that will do. */
static bool add_values(struct arena *arena, const struct wish *wish, day on, int64_t n,
                       struct lines *lines)
{
    size_t field = wish->node->field;
    const struct field *f = &wish->selection->kind->fields[field];
    int64_t good = 0;

    if (field == FIELD_PROGRAMME)
        return false; /* new programmes would have to be accredited first */
    if (f->type == FIELD_ID)
        return add_records(arena, wish, on, n, lines);
    for (size_t i = 0; i < f->values.count; i++) {
        if (!will_do(wish, field, (int64_t)i, f->values.at[i]))
            continue;
        if (!add_record(arena, wish, on, field, f->values.at[i], FIELD_NONE, 0, lines))
            return false;
        good++;
    }
    return good >= wish->node->need;
}

static bool add_declaration(struct arena *arena, const struct evaluator *evaluator,
                            const struct advice *item, struct lines *lines)
{
    const struct dossier *seen = &evaluator->bundle->acts->seen;
    struct edition_number number = item->node->edition;
    struct edition_number latest = { .parts = 0 };
    day from = DAY_NONE;
    char date[DAY_TEXT_SIZE];
    struct str edition;

    /* Every field stated: where no edition is asked for, the current one. */
    for (size_t i = 0; number.parts == 0 && i < seen->current_count; i++) {
        const struct current_edition *current = &seen->currents[i];

        if (!str_eq(current->statement, item->word) || current->from > evaluator->on ||
            current->from < from)
            continue;
        latest = current->edition;
        from = current->from;
    }
    if (number.parts == 0)
        number = latest;
    edition = edition_number_text(arena, number);
    lines_add(arena, lines,
              str_format(arena, "declared %.*s %s%s%.*s", STR_ARG(item->word),
                         day_text(evaluator->on, date), number.parts ? " edition=" : "",
                         STR_ARG(edition)));
    return true;
}

static bool follow_item(struct arena *arena, const struct evaluator *evaluator,
                        const struct advice *item, struct lines *lines)
{
    struct wish wish = { .node = item->first ? NULL : item->node };
    char date[DAY_TEXT_SIZE];
    day on = evaluator->on;

    wish.selection = item->first ? item->first : item->node ? &item->node->selection : NULL;
    switch (item->kind) {
    case ADVICE_COUNT:
        return add_records(arena, &wish, on, item->n, lines);
    case ADVICE_SUM:
        return add_record(arena, &wish, on, FIELD_NONE, STR_NONE, item->node->field, item->n,
                          lines);
    case ADVICE_DISTINCT:
        return add_values(arena, &wish, on, item->n, lines);
    case ADVICE_CREDENTIAL:
        lines_add(
            arena, lines,
            str_format(arena, "credential %.*s %s..", STR_ARG(item->word), day_text(on, date)));
        return true;
    case ADVICE_DECLARE:
        return add_declaration(arena, evaluator, item, lines);
    case ADVICE_MONTHS:
    case ADVICE_WAIT:
    case ADVICE_JUDGEMENT:
    case ADVICE_NONE:
        return false;
    }
    return false;
}

bool follow_advice(struct arena *arena, const struct evaluator *evaluator,
                   const struct advice_list *advice, struct lines *lines)
{
    for (size_t i = 0; i < advice->count; i++)
        if (!follow_item(arena, evaluator, &advice->at[i], lines))
            return false;
    return true;
}
