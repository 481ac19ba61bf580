#include "criteria/reading.h"

#include "criteria/reading_parts.h"

struct reader {
    const struct edition *edition;
    struct buf *out;
};

static void read_node(const struct reader *r, const struct edition_node *node);

/* ---- combinations ---- */

static bool is_combination(enum node_kind kind)
{
    return kind == NODE_ALL || kind == NODE_ANY || kind == NODE_SEPARATELY ||
           kind == NODE_AT_LEAST || kind == NODE_EACH;
}

/* All or any of one thing is that thing. */
static const struct edition_node *without_shell(const struct edition_node *node)
{
    while ((node->kind == NODE_ALL || node->kind == NODE_ANY) && node->child_count == 1)
        node = &node->children[0];
    return node;
}

static void read_child(const struct reader *r, const struct edition_node *child)
{
    child = without_shell(child);
    bool brackets = is_combination(child->kind);
    if (brackets)
        buf_byte(r->out, '(');
    read_node(r, child);
    if (brackets)
        buf_byte(r->out, ')');
}

static void read_children(const struct reader *r, const struct edition_node *node,
                          const char *between)
{
    for (size_t i = 0; i < node->child_count; i++) {
        if (i > 0)
            buf_add_c(r->out, between);
        read_child(r, &node->children[i]);
    }
}

static void read_each(const struct reader *r, const struct edition_node *node)
{
    buf_add_c(r->out, "in every ");
    add_months(r->out, node->slice_months);
    buf_add_c(r->out, " of the ");
    if (node->last_months) {
        buf_add_c(r->out, "last ");
        add_months(r->out, node->last_months);
    } else {
        buf_add_c(r->out, "current cycle");
    }
    buf_add_c(r->out, ": ");
    read_children(r, node, ", and ");
}

/* ---- aggregates ---- */

static const struct field *aggregate_field(const struct edition_node *node)
{
    return &node->selection.kind->fields[node->field];
}

/* "200 hours", "1 hour 30 minutes", "48 points", "24 h of core hours" */
static void read_measure(struct buf *out, const struct field *measure, int64_t n)
{
    if (str_eq_c(measure->name, "hours")) {
        long long hours = n / 60, minutes = n % 60;
        if (hours || !minutes)
            buf_format(out, "%lld %s", hours, hours == 1 ? "hour" : "hours");
        if (hours && minutes)
            buf_byte(out, ' ');
        if (minutes)
            buf_format(out, "%lld %s", minutes, minutes == 1 ? "minute" : "minutes");
        return;
    }
    add_short_quantity(out, measure, n);
    buf_add_c(out, field_is_time(measure) ? " of " : " ");
    bool singular = n == 1 && !field_is_time(measure) && str_ends(measure->name, STR("s"));
    add_spaced(out, singular ? str_take(measure->name, measure->name.n - 1) : measure->name);
}

static void read_limits(struct buf *out, const struct kind *kind, const struct field *measure,
                        const struct limit *limits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct limit *limit = &limits[i];
        buf_add_c(out, i > 0 ? "; at most " : "at most ");
        read_measure(out, measure, limit->most);
        if (limit->filtered)
            add_picked(out, kind, &limit->own);
        if (limit->each) {
            buf_add_c(out, " for each ");
            add_spaced(out, kind->fields[limit->each_field].name);
        }
        if (!limit->filtered && !limit->each)
            buf_add_c(out, i > 0 ? " of the rest" : " in all");
        if (limit->inner_count) {
            buf_add_c(out, " (of these ");
            read_limits(out, kind, measure, limit->inner, limit->inner_count);
            buf_byte(out, ')');
        }
    }
}

static void read_weights(struct buf *out, const struct edition_node *node)
{
    for (size_t i = 0; i < node->weight_count; i++) {
        buf_add_c(out, i > 0 ? ", otherwise those" : " (those");
        add_picked(out, node->selection.kind, &node->weights[i].own);
        buf_format(out, " counting %d %%", (int)node->weights[i].percent);
    }
    if (node->weight_count)
        buf_byte(out, ')');
}

static void read_count(struct buf *out, const struct edition_node *node)
{
    buf_add_c(out, "at least ");
    add_records(out, &node->selection, node->need);
    read_weights(out, node);
    if (node->also) {
        buf_format(out, ", up to %lld of which may instead be ", (long long)node->also->most);
        add_all_records(out, &node->also->selection);
    }
}

static void read_distinct(struct buf *out, const struct edition_node *node)
{
    struct str field = aggregate_field(node)->name;
    buf_format(out, node->need == 1 ? "at least %lld " : "at least %lld different ",
               (long long)node->need);
    size_t at = out->n;
    if (node->need == 1)
        buf_add(out, field);
    else
        add_plural(out, field);
    for (size_t i = at; i < out->n; i++)
        if (out->p[i] == '-')
            out->p[i] = ' ';
    buf_add_c(out, " among ");
    add_all_records(out, &node->selection);
}

static void read_sum(struct buf *out, const struct edition_node *node)
{
    const struct field *measure = aggregate_field(node);
    bool named = field_is_time(measure) && !str_eq_c(measure->name, "hours");
    buf_add_c(out, "at least ");
    read_measure(out, measure, node->need);
    buf_add_c(out, named ? " in " : " of ");
    add_mass(out, &node->selection);
    read_weights(out, node);
    if (node->limit_count) {
        buf_add_c(out, " (counting ");
        read_limits(out, node->selection.kind, measure, node->limits, node->limit_count);
        buf_byte(out, ')');
    }
}

/* ---- credentials, declarations, questions ---- */

static void read_holds(struct buf *out, const struct edition_node *node)
{
    bool on = node->on != DAY_NONE;
    buf_add_c(out, "the credential ");
    add_alternatives(out, node->names);
    if (node->issued_before != DAY_NONE) {
        buf_add_c(out, " issued before ");
        add_day(out, node->issued_before);
        buf_byte(out, ',');
    }
    if (node->ever)
        buf_add_c(out, " held at some time up to the application");
    else if (node->months)
        buf_add_c(out, on ? " held on " : " held on the day of the application");
    else
        buf_add_c(out, on ? " in force on " : " in force on the day of the application");
    if (on)
        add_day(out, node->on);
    if (node->months) {
        buf_add_c(out, node->ever ? " for " : " and for ");
        add_months(out, node->months);
        buf_add_c(out, node->ever ? " without a break" : " before it without a break");
    }
}

static void read_declared(const struct reader *r, const struct edition_node *node)
{
    buf_add_c(r->out, "a declaration of the ");
    add_spaced(r->out, node->statement);
    if (node->months) {
        buf_add_c(r->out, ", made in the ");
        add_months(r->out, node->months);
        buf_add_c(r->out, " up to the application");
    }
    if (node->edition_current) {
        buf_add_c(r->out, ", in the edition current that day");
    } else if (node->edition.parts) {
        buf_add_c(r->out, ", in edition ");
        for (size_t i = 0; i < node->edition.parts; i++)
            buf_format(r->out, i > 0 ? ".%u" : "%u", (unsigned)node->edition.part[i]);
    }
}

static void read_judged(const struct reader *r, const struct edition_node *node)
{
    buf_add_c(r->out, "a yes from ");
    add_body(r->out, r->edition->vocabulary, node->body);
    buf_add_c(r->out, " to the question “");
    buf_add(r->out, node->question);
    buf_add_c(r->out, "”");
}

static void read_node(const struct reader *r, const struct edition_node *node)
{
    struct buf *out = r->out;
    node = without_shell(node);
    switch (node->kind) {
    case NODE_ALL:
        read_children(r, node, ", and ");
        break;
    case NODE_ANY:
        read_children(r, node, ", or ");
        break;
    case NODE_SEPARATELY:
        read_children(r, node, ", and ");
        buf_add_c(out, ", with nothing counted twice");
        break;
    case NODE_AT_LEAST:
        buf_format(out, "at least %lld of these %zu: ", (long long)node->need, node->child_count);
        read_children(r, node, "; ");
        break;
    case NODE_EACH:
        read_each(r, node);
        break;
    case NODE_COUNT:
        read_count(out, node);
        break;
    case NODE_DISTINCT:
        read_distinct(out, node);
        break;
    case NODE_SUM:
        read_sum(out, node);
        break;
    case NODE_COVERED:
        buf_add_c(out, "at least ");
        add_months(out, (int32_t)node->need);
        buf_add_c(out, " covered by ");
        add_mass(out, &node->selection);
        break;
    case NODE_SINCE:
        buf_add_c(out, "at least ");
        add_months(out, (int32_t)node->need);
        buf_add_c(out, " since the first ");
        add_first(out, &node->selection);
        break;
    case NODE_HOLDS:
        read_holds(out, node);
        break;
    case NODE_DECLARED:
        read_declared(r, node);
        break;
    case NODE_AGE:
        buf_format(out, "at least %lld %s of age", (long long)node->need,
                   node->need == 1 ? "year" : "years");
        break;
    case NODE_JUDGED:
        read_judged(r, node);
        break;
    }
}

/* ---- sentences ---- */

static struct reader reader_begin(const struct edition *edition, struct buf *out)
{
    buf_init(out, READING_MAX);
    return (struct reader){ edition, out };
}

static struct str reader_end(struct reader *r, struct arena *arena)
{
    BUG_IF(r->out->overflow);
    return buf_take(r->out, arena);
}

/* Ends a sentence that begins at `at`, in capitals. */
static void end_sentence(struct buf *out, size_t at)
{
    if (at < out->n && out->p[at] >= 'a' && out->p[at] <= 'z')
        out->p[at] = (char)(out->p[at] - 'a' + 'A');
    buf_byte(out, '.');
}

struct dates {
    bool read;    /* records are asked for at all */
    bool dated;   /* some of them within given dates */
    bool undated; /* some of them without */
};

static void find_dates(const struct edition_node *node, bool sliced, struct dates *dates)
{
    if (node_reads_records(node->kind)) {
        bool dated = sliced || selection_is_dated(&node->selection);
        dates->read = true;
        dates->dated |= dated;
        dates->undated |= !dated;
    }
    for (size_t i = 0; i < node->child_count; i++)
        find_dates(&node->children[i], sliced || node->kind == NODE_EACH, dates);
}

struct str reading_of_node(struct arena *arena, const struct edition *edition,
                           const struct edition_node *node)
{
    struct buf out;
    struct reader r = reader_begin(edition, &out);
    read_node(&r, node);
    return reader_end(&r, arena);
}

struct str reading_of_requirement(struct arena *arena, const struct edition *edition,
                                  const struct requirement *requirement)
{
    struct buf out;
    struct reader r = reader_begin(edition, &out);
    struct dates dates = { 0 };
    find_dates(requirement->rule, false, &dates);
    read_node(&r, requirement->rule);
    buf_byte(&out, '.');
    if (dates.undated)
        buf_add_c(&out, dates.dated ? " Where no dates are given, any date up to the application."
                                    : " Any date up to the application.");
    if (dates.read)
        buf_add_c(&out, " Evidence must be verified.");
    return reader_end(&r, arena);
}

struct str reading_of_selection(struct arena *arena, const struct edition *edition,
                                const struct selection *selection)
{
    struct buf out;
    struct reader r = reader_begin(edition, &out);
    add_one_record(&out, selection);
    end_sentence(&out, 0);
    return reader_end(&r, arena);
}

struct str reading_of_exemption(struct arena *arena, const struct edition *edition,
                                const struct exemption *exemption)
{
    struct buf out;
    struct reader r = reader_begin(edition, &out);
    buf_add_c(&out, exemption->instead ? "for anyone with " : "not asked of anyone with ");
    read_node(&r, exemption->when);
    if (exemption->instead) {
        buf_add_c(&out, ", this is asked instead: ");
        read_node(&r, exemption->instead);
    }
    end_sentence(&out, 0);
    return reader_end(&r, arena);
}

struct str reading_of_referral(struct arena *arena, const struct edition *edition,
                               const struct referral *referral)
{
    struct buf out;
    struct reader r = reader_begin(edition, &out);
    buf_add_c(&out, "otherwise ");
    add_body(&out, edition->vocabulary, referral->body);
    buf_add_c(&out, " decides on anyone with ");
    read_node(&r, referral->when);
    end_sentence(&out, 0);
    return reader_end(&r, arena);
}

static void read_waiver(const struct reader *r, const struct discretion *discretion)
{
    buf_add_c(r->out, " may waive this requirement");
    for (size_t i = 0; i < discretion->reasons.count; i++) {
        if (i == 0)
            buf_add_c(r->out, " for ");
        else
            buf_add_c(r->out, i + 1 < discretion->reasons.count ? ", " : " or ");
        add_spaced(r->out, discretion->reasons.at[i]);
    }
    if (discretion->floor) {
        buf_add_c(r->out, ", given ");
        read_node(r, discretion->floor);
    }
}

struct str reading_of_discretion(struct arena *arena, const struct edition *edition,
                                 const struct discretion *discretion)
{
    struct buf out;
    struct reader r = reader_begin(edition, &out);
    const char *between = "";
    add_body(&out, edition->vocabulary, discretion->body);
    if (discretion->waive) {
        read_waiver(&r, discretion);
        between = ";";
    }
    if (discretion->admit) {
        buf_add_c(&out, between);
        buf_add_c(&out, " may let a record count that does not fit");
        between = ";";
    }
    if (discretion->extend_until != DAY_NONE) {
        buf_add_c(&out, between);
        buf_add_c(&out, " may extend the time until ");
        add_day(&out, discretion->extend_until);
        between = ";";
    }
    if (!*between)
        buf_add_c(&out, " is granted nothing");
    end_sentence(&out, 0);
    return reader_end(&r, arena);
}

struct str reading_of_quantity(struct arena *arena, const struct field *measure, int64_t n)
{
    struct buf out;
    buf_init(&out, READING_MAX);
    add_short_quantity(&out, measure, n);
    return buf_take(&out, arena);
}

struct str reading_of_months(struct arena *arena, int32_t months)
{
    struct buf out;
    buf_init(&out, READING_MAX);
    add_months(&out, months);
    return buf_take(&out, arena);
}
