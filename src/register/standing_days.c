#include <stdlib.h>

#include "criteria/explain.h"
#include "register/standing_part.h"

#define DAYS_MAX 100 /* that are listed of one edition */

/* Something that counts today and stops counting on a day, unless something happens. */
struct ending {
    day on;
    const char *kind;
    struct str name;                 /* of a credential or a statement; STR_NONE: neither */
    const struct edition_node *node; /* NULL: the edition itself */
    const struct requirement *requirement;
    size_t count; /* of records */
};

struct endings {
    const struct summing *s;
    const struct requirement *requirement;
    struct ending *at;
    size_t count, room;
};

static void add_ending(struct endings *endings, struct ending ending)
{
    if (ending.on <= endings->s->from.evaluator.on || ending.on >= DAY_LAST)
        return;
    ending.requirement = endings->requirement;
    *ARENA_PUSH(endings->s->from.arena, endings->at, endings->count, endings->room) = ending;
}

/* The first day on which a window of so many months that ends on it begins after x. Months are of
   uneven length, so the days around the obvious one are tried. */
static day day_after_window(day x, int32_t months)
{
    day t = day_add_months(x, months) - 4;

    while (t < DAY_LAST && day_add_months(t, -months) <= x)
        t++;
    return t;
}

static int by_day(const void *a, const void *b)
{
    const day *x = a;
    const day *y = b;

    return (*x > *y) - (*x < *y);
}

/* The records that a node uses today leave its window one by one. */
static void add_records(struct endings *endings, const struct edition_node *node,
                        const struct edition_node *parent, const struct frame *frame)
{
    const struct standpoint *from = &endings->s->from;
    struct arena *scratch = from->evaluator.scratch;
    struct arena_mark mark = arena_mark(scratch);
    const struct edition_node *separately = parent && parent->kind == NODE_SEPARATELY ? parent
                                                                                      : NULL;
    const struct record_use *uses;
    size_t count =
        explain_records(scratch, &from->evaluator, node, separately, frame, false, DECIDE, &uses);
    day *days = ARENA_ARRAY(scratch, count + 1, day);
    size_t day_count = 0;

    for (size_t i = 0; i < count; i++)
        if (uses[i].reason == USED)
            days[day_count++] = uses[i].evidence->end;
    qsort(days, day_count, sizeof(*days), by_day);
    for (size_t i = 0, next; i < day_count; i = next) {
        for (next = i; next < day_count && days[next] == days[i]; next++)
            ;
        add_ending(endings,
                   (struct ending){ .on = day_after_window(days[i], node->selection.within),
                                    .kind = "record",
                                    .node = node,
                                    .count = next - i });
    }
    arena_rewind(scratch, mark);
}

static void add_credentials(struct endings *endings, const struct edition_node *node)
{
    const struct evaluator *evaluator = &endings->s->from.evaluator;
    const struct dossier *seen = &evaluator->bundle->acts->seen;

    if (node->ever || node->on != DAY_NONE)
        return;
    for (size_t i = 0; i < seen->credential_count; i++) {
        const struct credential *credential = &seen->credentials[i];

        if (!credential->claimed && str_list_has(node->names, credential->name) &&
            credential->from <= evaluator->on && credential->to < DAY_LAST &&
            holds_met(node, credential, 1, evaluator->on, DECIDE))
            add_ending(endings, (struct ending){ .on = credential->to + 1,
                                                 .kind = "credential",
                                                 .name = credential->name,
                                                 .node = node });
    }
}

static void add_declarations(struct endings *endings, const struct edition_node *node)
{
    const struct evaluator *evaluator = &endings->s->from.evaluator;
    const struct dossier *seen = &evaluator->bundle->acts->seen;

    for (size_t i = 0; node->months > 0 && i < seen->declaration_count; i++) {
        const struct declaration *declaration = &seen->declarations[i];

        if (str_eq(declaration->statement, node->statement) && declaration->on <= evaluator->on)
            add_ending(endings,
                       (struct ending){ .on = day_after_window(declaration->on, node->months),
                                        .kind = "declaration",
                                        .name = declaration->statement,
                                        .node = node });
    }
}

static void add_node(struct endings *endings, const struct edition_node *node,
                     const struct edition_node *parent, const struct frame *frame)
{
    if (node_reads_records(node->kind) && node->selection.within > 0)
        add_records(endings, node, parent, frame);
    else if (node->kind == NODE_HOLDS)
        add_credentials(endings, node);
    else if (node->kind == NODE_DECLARED)
        add_declarations(endings, node);
    for (size_t i = 0; node->kind != NODE_EACH && i < node->child_count; i++)
        add_node(endings, &node->children[i], node, frame);
}

static void add_requirement(struct endings *endings, size_t number)
{
    const struct standpoint *from = &endings->s->from;
    const struct requirement *requirement = &from->evaluator.edition->requirements[number];
    const struct requirement_outcome *outcome = &from->assessed->outcome.requirements[number];
    struct frame rule = frame_of_rule(&from->evaluator, requirement, outcome->at[DECIDE]);
    struct frame condition = frame_of_condition(&from->evaluator, requirement, outcome->at[DECIDE]);
    const struct basis_text *by = &outcome->by[DECIDE];

    endings->requirement = requirement;
    if (by->basis != BY_EXEMPTION)
        add_node(endings, requirement->rule, NULL, &rule);
    for (size_t i = 0; i < requirement->exemption_count; i++) {
        const struct exemption *exemption = &requirement->exemptions[i];

        if (by->basis != BY_EXEMPTION || !str_eq(by->who, exemption->id))
            continue;
        add_node(endings, exemption->when, NULL, &condition);
        if (exemption->instead)
            add_node(endings, exemption->instead, NULL, &rule);
    }
    endings->requirement = NULL;
}

static void add_edition(struct endings *endings)
{
    const struct evaluator *evaluator = &endings->s->from.evaluator;
    const struct edition *edition = evaluator->edition;
    day from;
    day to;

    if (edition->open_until < DAY_LAST)
        add_ending(endings, (struct ending){ .on = edition->open_until + 1, .kind = "closes" });
    if (edition->cycle_months > 0 &&
        cycle_holding(edition, evaluator->bundle->acts, evaluator->on, &from, &to) == CYCLE_KNOWN)
        add_ending(endings, (struct ending){ .on = to + 1, .kind = "cycle" });
}

static int by_ending(const void *a, const void *b)
{
    const struct ending *x = a;
    const struct ending *y = b;

    if (x->on != y->on)
        return x->on < y->on ? -1 : 1;
    return x->node && y->node ? str_cmp(x->node->id, y->node->id) : (!x->node) - (!y->node);
}

static struct value *ending_value(struct arena *arena, const struct ending *ending)
{
    const struct requirement *requirement = ending->requirement;
    struct value *object = value_object(arena);

    value_set(arena, object, "on", value_day(arena, ending->on));
    set_name(arena, object, "kind", ending->kind);
    set_text_or_null(arena, object, "name", ending->name);
    set_text_or_null(arena, object, "requirement", requirement ? requirement->id : STR_NONE);
    set_text_or_null(arena, object, "title",
                     requirement ? requirement_title(requirement) : STR_NONE);
    set_text_or_null(arena, object, "node", ending->node ? ending->node->id : STR_NONE);
    value_set_int(arena, object, "count", (int64_t)ending->count);
    return object;
}

struct value *summary_days(const struct summing *s, size_t *ret_more)
{
    struct endings endings = { .s = s };
    struct value *list = value_array(s->from.arena);
    size_t listed;

    for (size_t i = 0; i < s->from.evaluator.edition->requirement_count; i++)
        add_requirement(&endings, i);
    add_edition(&endings);
    if (endings.count > 0)
        qsort(endings.at, endings.count, sizeof(*endings.at), by_ending);
    listed = endings.count < DAYS_MAX ? endings.count : DAYS_MAX;
    for (size_t i = 0; i < listed; i++)
        value_push(s->from.arena, list, ending_value(s->from.arena, &endings.at[i]));
    *ret_more = endings.count - listed;
    return list;
}
