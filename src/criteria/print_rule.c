#include "criteria/print_parts.h"

/* ---- clauses ---- */

void print_clauses(struct buf *out, const struct clause_list *clauses, int level)
{
    for (size_t i = 0; i < clauses->count; i++)
        criteria_print_clause(&clauses->at[i], level, out);
}

void print_clauses_block(struct buf *out, bool has_body, const struct clause_list *body,
                         const struct comments *comments, int level)
{
    if (!has_body) {
        line_end(out, comments->after);
        return;
    }
    block_open(out, comments);
    print_clauses(out, body, level + 1);
    block_end(out, comments, level);
}

static void add_own(struct buf *out, const struct clause *own)
{
    buf_add(out, own->field.text);
    if (own->kind == CLAUSE_AT_LEAST) {
        buf_add_c(out, " >=");
        if (own->values.count == 0) {
            line_quantity(out, own->quantity);
            return;
        }
    }
    if (own->negated)
        buf_add_c(out, " not");
    line_words(out, &own->values);
}

static void add_limit(struct buf *out, const struct clause *limit)
{
    buf_add_c(out, "at most");
    line_quantity(out, limit->quantity);
    if (limit->each.text.p) {
        buf_add_c(out, " each");
        line_word(out, limit->each.text);
    }
    if (limit->own) {
        buf_byte(out, ' ');
        add_own(out, limit->own);
    }
}

static void add_programme(struct buf *out, const struct clause *clause)
{
    buf_add_c(out, "programme");
    line_words(out, &clause->values);
    buf_add_c(out, " accredited");
    if (clause->when == ACCREDITED_AT_START)
        buf_add_c(out, " at start");
    else if (clause->when == ACCREDITED_THROUGHOUT)
        buf_add_c(out, " throughout");
}

void print_dated(struct buf *out, const char *word, day date)
{
    char text[DAY_TEXT_SIZE];

    buf_format(out, "%s %s", word, day_text(date, text));
}

void criteria_print_clause(const struct clause *clause, int level, struct buf *out)
{
    line_begin(out, &clause->comments, level, "");
    switch (clause->kind) {
    case CLAUSE_IN:
    case CLAUSE_AT_LEAST:
        add_own(out, clause);
        break;
    case CLAUSE_WITHIN:
        buf_add_c(out, "within");
        line_duration(out, clause->duration);
        break;
    case CLAUSE_FROM:
        print_dated(out, "from", clause->date);
        break;
    case CLAUSE_UNTIL:
        print_dated(out, "until", clause->date);
        break;
    case CLAUSE_BEFORE:
        print_dated(out, "before", clause->date);
        break;
    case CLAUSE_IN_CYCLE:
        buf_add_c(out, "in cycle");
        break;
    case CLAUSE_AFTER_FIRST:
        buf_add_c(out, "after first");
        line_word(out, clause->record.text);
        break;
    case CLAUSE_PROGRAMME:
        add_programme(out, clause);
        break;
    case CLAUSE_WEIGH:
        buf_format(out, "weigh %d%% ", clause->percent);
        add_own(out, clause->own);
        break;
    case CLAUSE_LIMIT:
        add_limit(out, clause);
        break;
    case CLAUSE_ALSO:
        buf_add_c(out, "also");
        line_word(out, clause->record.text);
        buf_add_c(out, " at most");
        line_int(out, clause->need);
        break;
    }
    print_clauses_block(out, clause->has_body, &clause->body, &clause->comments, level);
}

/* ---- nodes ---- */

void print_nodes(struct buf *out, const struct node_list *nodes, int level)
{
    for (size_t i = 0; i < nodes->count; i++)
        criteria_print_node(&nodes->at[i], level, out);
}

static void add_record_need(struct buf *out, const struct node *node)
{
    line_word(out, node->record.text);
    line_need(out, node->need);
}

static void add_holds(struct buf *out, const struct node *node)
{
    buf_add_c(out, "holds");
    line_words(out, &node->names);
    if (node->ever)
        buf_add_c(out, " ever");
    else if (node->on != DAY_NONE)
        line_date(out, "on", node->on);
    if (node->duration.months > 0) {
        buf_add_c(out, " for");
        line_duration(out, node->duration);
    }
    if (node->issued_before != DAY_NONE)
        line_date(out, "issued before", node->issued_before);
}

static void add_declared(struct buf *out, const struct node *node)
{
    buf_add_c(out, "declared");
    line_word(out, node->field.text);
    if (node->edition_current || node->edition.parts > 0)
        buf_add_c(out, " edition");
    if (node->edition_current)
        buf_add_c(out, " current");
    line_edition(out, node->edition);
    if (node->duration.months > 0) {
        buf_add_c(out, " within");
        line_duration(out, node->duration);
    }
}

static void add_each(struct buf *out, const struct node *node)
{
    buf_add_c(out, "each");
    line_duration(out, node->duration);
    if (node->of_last.months == 0) {
        buf_add_c(out, " of cycle");
        return;
    }
    buf_add_c(out, " of last");
    line_duration(out, node->of_last);
}

/* The line of a node, up to the block that may follow. */
static void add_node(struct buf *out, const struct node *node)
{
    switch (node->kind) {
    case NODE_ALL:
        buf_add_c(out, "all");
        break;
    case NODE_ANY:
        buf_add_c(out, "any");
        break;
    case NODE_SEPARATELY:
        buf_add_c(out, "separately");
        break;
    case NODE_AT_LEAST:
        buf_add_c(out, "at least");
        line_int(out, node->need);
        buf_add_c(out, " of");
        break;
    case NODE_EACH:
        add_each(out, node);
        break;
    case NODE_COUNT:
        buf_add_c(out, "count");
        add_record_need(out, node);
        break;
    case NODE_DISTINCT:
        buf_add_c(out, "count distinct");
        line_word(out, node->field.text);
        buf_add_c(out, " of");
        add_record_need(out, node);
        break;
    case NODE_SUM:
        buf_add_c(out, "sum");
        line_word(out, node->field.text);
        line_word(out, node->record.text);
        buf_add_c(out, " >=");
        line_quantity(out, node->quantity);
        break;
    case NODE_COVERED:
        buf_add_c(out, "months covered");
        add_record_need(out, node);
        break;
    case NODE_SINCE:
        buf_add_c(out, "months since first");
        add_record_need(out, node);
        break;
    case NODE_HOLDS:
        add_holds(out, node);
        break;
    case NODE_DECLARED:
        add_declared(out, node);
        break;
    case NODE_AGE:
        buf_add_c(out, "age");
        line_need(out, node->need);
        buf_add_c(out, " years");
        break;
    case NODE_JUDGED:
        buf_add_c(out, "judged");
        line_text(out, node->question);
        buf_add_c(out, " by");
        line_word(out, node->judge.text);
        break;
    }
}

void criteria_print_node(const struct node *node, int level, struct buf *out)
{
    line_begin(out, &node->comments, level, "");
    add_node(out, node);
    if (node->children.count == 0) {
        print_clauses_block(out, node->has_body, &node->body, &node->comments, level);
        return;
    }
    block_open(out, &node->comments);
    print_nodes(out, &node->children, level + 1);
    block_end(out, &node->comments, level);
}
