#include "generate.h"
#include "sample.h"

static const char *const bodies[] = { "board", "panel", "council", "qap" };

struct writer {
    struct dice *dice;
    struct buf *out;
    bool cycle;
    int terms;      /* t1, t2, ... so far */
    bool judges[4]; /* the bodies that already judge in this requirement */
    bool judged_allowed;
};

/* The kind of each term, by its number from 1. */
static int term_kind(int term)
{
    return term % SAMPLE_RULE_KINDS;
}

static bool chance(struct writer *w, uint32_t percent)
{
    return dice_chance(w->dice, percent);
}

static int below(struct writer *w, int n)
{
    return (int)dice_below(w->dice, (uint32_t)n);
}

static void write_values(struct writer *w, const struct sample_field *field, bool all)
{
    int first = below(w, (int)field->value_count);
    int count = 1 + below(w, (int)field->value_count - (all ? 0 : 1));

    for (int i = 0; i < count; i++)
        buf_format(w->out, "%s %s", i ? "," : "",
                   field->values[(first + i) % (int)field->value_count]);
}

/* A question about a record's own field. */
static void write_own(struct writer *w, int kind)
{
    const struct sample_kind *k = &sample_kinds[kind];
    const struct sample_field *field;

    if (chance(w, 10)) {
        if (chance(w, 50))
            buf_format(w->out, "hours >= %d h", 1 + below(w, 4));
        else
            buf_format(w->out, "days >= %d", 1 + below(w, 3));
        return;
    }
    field = &k->fields[below(w, (int)k->field_count)];
    switch (field->sort) {
    case SORT_LEVELS:
        if (chance(w, 60)) {
            buf_format(w->out, "%s >= %s", field->name, field->values[1 + below(w, 2)]);
            break;
        }
        /* fall through */
    case SORT_VALUES:
        buf_format(w->out, "%s%s", field->name, chance(w, 25) ? " not" : "");
        write_values(w, field, false);
        break;
    case SORT_TIME:
        buf_format(w->out, "%s >= %d min", field->name, 15 * (1 + below(w, 5)));
        break;
    case SORT_NUMBER:
    case SORT_ID: /* ids are not compared: ask for points instead, which every such kind has */
        buf_format(w->out, "points >= %d", 1 + below(w, 3));
        break;
    }
}

static void write_match(struct writer *w, int kind, int most);

static void write_after_first(struct writer *w)
{
    int kind = below(w, SAMPLE_RULE_KINDS);

    buf_format(w->out, "after first %s", sample_kinds[kind].name);
    if (chance(w, 70)) {
        buf_add_c(w->out, " {");
        write_match(w, kind, 1);
        buf_add_c(w->out, " }");
    }
}

static void write_programme(struct writer *w)
{
    static const char *const when[] = { "", " at start", " throughout" };

    buf_format(w->out, "programme %s accredited%s",
               chance(w, 20) ? "qap, cmtp" : DICE_PICK(w->dice, sample_types),
               DICE_PICK(w->dice, when));
}

static void write_filter(struct writer *w, int kind)
{
    int sort = below(w, 20);

    buf_add_c(w->out, "\n ");
    if (sort < 11) {
        write_own(w, kind);
    } else if (sort < 14) {
        buf_format(w->out, "within %d months", 6 * (1 + below(w, 6)));
    } else if (sort < 16) {
        static const char *const words[] = { "from ", "from ", "until ", "before " };

        int word = below(w, 4);

        buf_add_c(w->out, words[word]);
        sample_add_day(w->out, word < 2 ? sample_date(w->dice, 2020, 2023)
                                        : sample_date(w->dice, 2023, 2025));
    } else if (sort < 17 && w->cycle) {
        buf_add_c(w->out, "in cycle");
    } else if (sort < 19) {
        write_programme(w);
    } else {
        write_after_first(w);
    }
}

static void write_match(struct writer *w, int kind, int most)
{
    for (int i = below(w, most + 1); i > 0; i--)
        write_filter(w, kind);
}

/* A kind, or a term of it. */
static int write_record(struct writer *w)
{
    int kind;

    if (w->terms > 0 && chance(w, 30)) {
        int term = 1 + below(w, w->terms);

        buf_format(w->out, "t%d", term);
        return term_kind(term);
    }
    kind = below(w, SAMPLE_RULE_KINDS);
    buf_add_c(w->out, sample_kinds[kind].name);
    return kind;
}

static void write_weights(struct writer *w, int kind)
{
    for (int i = 1 + below(w, 2); i > 0; i--) {
        buf_format(w->out, "\n weigh %d%% ", 5 * (1 + below(w, 20)));
        write_own(w, kind);
    }
}

static void write_count(struct writer *w, bool plain)
{
    struct buf record;
    struct buf *out = w->out;
    int kind;
    bool weighs;

    buf_init(&record, 1000);
    w->out = &record;
    kind = write_record(w);
    w->out = out;
    buf_add_c(out, "count ");
    buf_add(out, buf_str(&record));
    buf_release(&record);
    buf_format(out, " >= %d {", 1 + below(w, 4));
    write_match(w, kind, 2);
    weighs = !plain && chance(w, 20);
    if (weighs)
        write_weights(w, kind);
    if (!plain && !weighs && chance(w, 20)) {
        int other = below(w, SAMPLE_RULE_KINDS);

        buf_format(out, "\n also %s at most %d {", sample_kinds[other].name, 1 + below(w, 2));
        write_match(w, other, 1);
        buf_add_c(out, " }");
    }
    buf_add_c(out, " }");
}

static void write_distinct(struct writer *w)
{
    static const struct {
        int kind;
        const char *field;
        int most;
    } fields[] = { { 0, "client", 3 }, { 0, "matter", 3 },   { 0, "mode", 2 },     { 0, "role", 3 },
                   { 1, "level", 3 },  { 2, "activity", 2 }, { 2, "programme", 2 } };
    int i = below(w, ARRAY_LEN(fields));

    buf_format(w->out, "count distinct %s of %s >= %d {", fields[i].field,
               sample_kinds[fields[i].kind].name, 1 + below(w, fields[i].most));
    write_match(w, fields[i].kind, 1);
    buf_add_c(w->out, " }");
}

/* Limits of a measure whose quantities end with the unit. */
static void write_limits(struct writer *w, int kind, const char *unit, int level)
{
    for (int i = 1 + below(w, 2); i > 0; i--) {
        const struct sample_kind *k = &sample_kinds[kind];

        buf_format(w->out, "\n at most %d%s", 1 + below(w, 8), unit);
        if (chance(w, 25))
            buf_format(w->out, " each %s",
                       chance(w, 40)   ? "matter"
                       : chance(w, 20) ? "programme"
                                       : k->fields[below(w, 2)].name);
        if (chance(w, 75)) {
            buf_byte(w->out, ' ');
            write_own(w, kind);
        }
        if (level < 2 && chance(w, 30)) {
            buf_add_c(w->out, " {");
            write_limits(w, kind, unit, level + 1);
            buf_add_c(w->out, " }");
        }
    }
}

static void write_sum(struct writer *w)
{
    bool hours = chance(w, 60);
    bool prep = !hours && chance(w, 20);
    const char *unit = hours || prep ? " h" : "";
    int kind = prep ? 0 : below(w, SAMPLE_RULE_KINDS);

    buf_format(w->out, "sum %s %s >= %d%s {",
               hours  ? "hours"
               : prep ? "prep"
                      : "points",
               sample_kinds[kind].name, 1 + below(w, 12), unit);
    write_match(w, kind, 2);
    if (chance(w, 20))
        write_weights(w, kind);
    if (chance(w, 40))
        write_limits(w, kind, unit, 0);
    buf_add_c(w->out, " }");
}

static void write_months(struct writer *w, bool since)
{
    int kind = below(w, SAMPLE_RULE_KINDS);

    buf_format(w->out, "months %s %s >= %d {", since ? "since first" : "covered",
               sample_kinds[kind].name, since ? 6 * (1 + below(w, 5)) : 1 + below(w, 8));
    write_match(w, kind, 2);
    buf_add_c(w->out, " }");
}

static void write_holds(struct writer *w)
{
    buf_format(w->out, "holds %s",
               chance(w, 25) ? "card, licence" : DICE_PICK(w->dice, sample_credentials));
    if (chance(w, 30)) {
        buf_add_c(w->out, " ever");
    } else if (chance(w, 20)) {
        buf_add_c(w->out, " on ");
        sample_add_day(w->out, sample_date(w->dice, 2022, 2025));
    }
    if (chance(w, 35))
        buf_format(w->out, " for %d months", 1 + below(w, 30));
    if (chance(w, 25)) {
        buf_add_c(w->out, " issued before ");
        sample_add_day(w->out, sample_date(w->dice, 2021, 2025));
    }
}

static void write_declared(struct writer *w)
{
    buf_format(w->out, "declared %s", DICE_PICK(w->dice, sample_statements));
    if (chance(w, 30))
        buf_format(w->out, " edition %d", 1 + below(w, 3));
    else if (chance(w, 40))
        buf_add_c(w->out, " edition current");
    if (chance(w, 40))
        buf_format(w->out, " within %d months", 6 * (1 + below(w, 4)));
}

/* A body that does not judge in this requirement yet, or NULL. */
static const char *judge(struct writer *w)
{
    int i = below(w, 4);

    if (w->judges[i])
        return NULL;
    w->judges[i] = true;
    return bodies[i];
}

static void write_judged(struct writer *w)
{
    const char *body = w->judged_allowed && chance(w, 60) ? judge(w) : NULL;

    if (body)
        buf_format(w->out, "judged \"Is it so?\" by %s", body);
    else
        buf_format(w->out, "age >= %d years", 18 + below(w, 20));
}

static void write_node(struct writer *w, int level, bool sliced);

static void write_children(struct writer *w, int count, int level, bool sliced)
{
    buf_add_c(w->out, " {");
    for (int i = 0; i < count; i++) {
        buf_add_c(w->out, "\n ");
        write_node(w, level + 1, sliced);
    }
    buf_add_c(w->out, "\n }");
}

static void write_combination(struct writer *w, int level, bool sliced)
{
    int count = 2 + below(w, 2);

    if (chance(w, 25))
        buf_format(w->out, "at least %d of", 1 + below(w, count));
    else
        buf_add_c(w->out, chance(w, 60) ? "any" : "all");
    write_children(w, count, level, sliced);
}

static void write_separately(struct writer *w)
{
    buf_add_c(w->out, "separately {");
    for (int i = 2 + below(w, 2); i > 0; i--) {
        buf_add_c(w->out, "\n ");
        write_count(w, true);
    }
    buf_add_c(w->out, "\n }");
}

static void write_each(struct writer *w, int level)
{
    int slice = 6 * (1 + below(w, 2));

    if (w->cycle && chance(w, 50))
        buf_format(w->out, "each %d months of cycle", slice);
    else
        buf_format(w->out, "each %d months of last %d months", slice, slice * (1 + below(w, 3)));
    write_children(w, 1 + below(w, 2), level, true);
}

static void write_aggregate(struct writer *w)
{
    int sort = below(w, 20);

    if (sort < 10)
        write_count(w, false);
    else if (sort < 15)
        write_sum(w);
    else if (sort < 18)
        write_distinct(w);
    else
        write_months(w, false);
}

static void write_node(struct writer *w, int level, bool sliced)
{
    int sort = below(w, 24);

    if (level < 3 && sort >= 18)
        write_combination(w, level, sliced);
    else if (sliced || sort < 11)
        write_aggregate(w);
    else if (sort == 11)
        write_months(w, true);
    else if (sort == 12)
        write_holds(w);
    else if (sort < 15)
        write_declared(w);
    else if (sort == 15)
        write_judged(w);
    else if (sort == 16)
        write_separately(w);
    else
        write_each(w, level);
}

static void write_block(struct writer *w, int level)
{
    write_children(w, 1 + (chance(w, 25) ? 1 : 0), level, false);
}

static void write_exemption(struct writer *w, int number)
{
    buf_format(w->out, "\n exempt x%d \"Exemption\" when", number);
    write_block(w, 2);
    if (chance(w, 50)) {
        buf_add_c(w->out, " instead");
        write_block(w, 2);
    }
}

static void write_referral(struct writer *w)
{
    const char *body = judge(w);

    if (!body)
        return;
    buf_format(w->out, "\n refer to %s when", body);
    write_block(w, 2);
}

static void write_discretion(struct writer *w, const char *body)
{
    static const char *const waivers[] = { "\n waive", "\n waive for health",
                                           "\n waive for health, access" };
    bool waive = chance(w, 60);

    buf_format(w->out, "\n discretion %s {", body);
    if (waive)
        buf_add_c(w->out, DICE_PICK(w->dice, waivers));
    if (waive && chance(w, 50)) {
        buf_add_c(w->out, "\n floor");
        write_block(w, 2);
    }
    if (chance(w, 50))
        buf_add_c(w->out, "\n admit");
    if (!waive || chance(w, 40)) {
        buf_add_c(w->out, "\n extend until ");
        sample_add_day(w->out, sample_date(w->dice, 2023, 2026));
    }
    buf_add_c(w->out, "\n }");
}

static void write_requirement(struct writer *w, int number)
{
    for (size_t i = 0; i < ARRAY_LEN(w->judges); i++)
        w->judges[i] = false;
    w->judged_allowed = true;
    buf_format(w->out, "\n require r%d {", number);
    for (int i = 1 + (chance(w, 20) ? 1 : 0); i > 0; i--) {
        buf_add_c(w->out, "\n ");
        write_node(w, 1, false);
    }
    for (int i = 0; chance(w, 30) && i < 2; i++)
        write_exemption(w, i + 1);
    w->judged_allowed = false;
    while (chance(w, 25))
        write_referral(w);
    if (chance(w, 25))
        write_discretion(w, "board");
    if (chance(w, 15))
        write_discretion(w, "panel");
    buf_add_c(w->out, "\n }");
}

static void write_term(struct writer *w)
{
    int term = w->terms + 1;

    /* A term of a term of the same kind, now and then. */
    if (term > SAMPLE_RULE_KINDS && chance(w, 70))
        buf_format(w->out, "\n term t%d is t%d {", term, term - SAMPLE_RULE_KINDS);
    else
        buf_format(w->out, "\n term t%d is %s {", term, sample_kinds[term_kind(term)].name);
    write_match(w, term_kind(term), 2);
    buf_add_c(w->out, " }");
    w->terms = term;
}

static void write_bar(struct writer *w, int number)
{
    buf_format(w->out, "\n bar b%d \"Bar\" {\n count finding >= %d {", number, 1 + below(w, 2));
    write_match(w, 3, 2);
    buf_format(w->out, " } } effect %s", chance(w, 50) ? "refuse" : "refer");
}

static void write_head(struct writer *w)
{
    buf_add_c(w->out, " vocabulary sample 1");
    if (chance(w, 80))
        buf_add_c(w->out, "\n owner board");
    if (chance(w, 50)) {
        w->cycle = true;
        buf_format(w->out, "\n cycle %d year%s from %s", 1 + below(w, 3), "s",
                   chance(w, 80) ? "join" : "year 07-01");
    }
    if (chance(w, 15)) {
        buf_add_c(w->out, "\n open from ");
        sample_add_day(w->out, sample_date(w->dice, 2022, 2023));
        buf_add_c(w->out, chance(w, 50) ? " until " : " before ");
        sample_add_day(w->out, sample_date(w->dice, 2024, 2026));
    }
}

void generate_document(struct dice *dice, const char *name, struct buf *out)
{
    struct writer w = { .dice = dice, .out = out };

    buf_format(out, "criteria %s edition 1 {\n", name);
    write_head(&w);
    for (int i = below(&w, 5); i > 0; i--)
        write_term(&w);
    for (int i = 1 + below(&w, 3); i > 0; i--)
        write_requirement(&w, i);
    for (int i = 0; i < 2 && chance(&w, 20); i++) {
        w.judged_allowed = false;
        write_bar(&w, i + 1);
    }
    buf_add_c(out, "\n}\n");
}

void generate_small_document(struct dice *dice, const char *name, struct buf *out)
{
    struct writer w = { .dice = dice, .out = out };

    buf_format(out, "criteria %s edition 1 {\n vocabulary sample 1", name);
    if (chance(&w, 20)) {
        w.cycle = true;
        buf_add_c(out, "\n cycle 2 years from join");
    }
    if (chance(&w, 20))
        write_term(&w);
    buf_add_c(out, "\n require r1 {\n ");
    write_node(&w, chance(&w, 30) ? 2 : 3, false);
    if (chance(&w, 10))
        write_exemption(&w, 1);
    buf_add_c(out, "\n }\n}\n");
}
