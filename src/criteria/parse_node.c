#include "criteria/parse.h"

const char *const parse_node_words[] = {
    "all", "any",    "separately", "at",       "each", "count",
    "sum", "months", "holds",      "declared", "age",  "judged",
};
const size_t parse_node_word_count = ARRAY_LEN(parse_node_words);

static const char node_what[] = "a rule such as 'count', 'any' or 'holds'";

bool parse_at_node(const struct parser *p)
{
    for (size_t i = 0; i < ARRAY_LEN(parse_node_words); i++) {
        if (parse_at_word(p, parse_node_words[i]))
            return true;
    }
    return false;
}

/* ---- aggregates ---- */

static bool read_record(struct parser *p, struct node *node)
{
    return parse_own_name(p, "a kind or a term", &node->record);
}

static bool read_body(struct parser *p, struct node *node, enum clause_place place)
{
    return parse_match(p, place, &node->has_body, &node->body, &node->comments);
}

static bool read_count(struct parser *p, struct node *node)
{
    parse_next(p);
    if (parse_skip_word(p, "distinct")) {
        node->kind = NODE_DISTINCT;
        return parse_word(p, "a field", &node->field) && parse_keyword(p, "of") &&
               read_record(p, node) && parse_need(p, &node->need) &&
               read_body(p, node, PLACE_FILTERS);
    }
    node->kind = NODE_COUNT;
    return read_record(p, node) && parse_need(p, &node->need) && read_body(p, node, PLACE_COUNT);
}

static bool read_sum(struct parser *p, struct node *node)
{
    struct span need;

    parse_next(p);
    node->kind = NODE_SUM;
    if (!parse_word(p, "a measure", &node->field) || !read_record(p, node))
        return false;
    if (p->token.kind != TOKEN_AT_LEAST)
        return parse_unexpected(p, "'>='");
    parse_next(p);
    need = p->token.span;
    if (!parse_quantity(p, &node->quantity))
        return false;
    if (node->quantity.n == 0)
        return parse_fault(p, need, STR("write 1 or more, or leave the statement out"),
                           "0 is always reached and so asks for nothing");
    return read_body(p, node, PLACE_SUM);
}

static bool read_months(struct parser *p, struct node *node)
{
    parse_next(p);
    if (parse_skip_word(p, "covered")) {
        node->kind = NODE_COVERED;
    } else if (parse_skip_word(p, "since")) {
        node->kind = NODE_SINCE;
        if (!parse_keyword(p, "first"))
            return false;
    } else {
        static const char *const words[] = { "covered", "since" };

        return parse_unexpected_word(p, "'covered' or 'since first'", words, ARRAY_LEN(words));
    }
    return read_record(p, node) && parse_need(p, &node->need) && read_body(p, node, PLACE_FILTERS);
}

/* ---- other facts ---- */

static bool read_holds(struct parser *p, struct node *node)
{
    parse_next(p);
    node->kind = NODE_HOLDS;
    if (!parse_names(p, "the name of a credential", &node->names))
        return false;
    if (parse_skip_word(p, "ever"))
        node->ever = true;
    else if (parse_skip_word(p, "on") && !parse_date(p, &node->on))
        return false;
    if (parse_skip_word(p, "for") && !parse_duration(p, &node->duration))
        return false;
    if (!parse_at_word(p, "issued"))
        return true;
    return parse_keywords(p, "issued before") && parse_date(p, &node->issued_before);
}

static bool read_declared(struct parser *p, struct node *node)
{
    parse_next(p);
    node->kind = NODE_DECLARED;
    if (!parse_word(p, "the name of a statement", &node->field))
        return false;
    if (parse_skip_word(p, "edition")) {
        if (parse_skip_word(p, "current"))
            node->edition_current = true;
        else if (!parse_edition(p, &node->edition))
            return false;
    }
    return !parse_skip_word(p, "within") || parse_duration(p, &node->duration);
}

static bool read_age(struct parser *p, struct node *node)
{
    struct span span;

    parse_next(p);
    node->kind = NODE_AGE;
    if (!parse_need(p, &node->need))
        return false;
    span = p->token.span;
    if (!parse_keyword(p, "years"))
        return false;
    if (node->need > CRITERIA_YEARS_MAX)
        return parse_fault(p, span, STR_NONE, "an age is at most %d years", CRITERIA_YEARS_MAX);
    return true;
}

static bool read_judged(struct parser *p, struct node *node)
{
    parse_next(p);
    node->kind = NODE_JUDGED;
    return parse_text(p, "the question that is judged, in quotes", &node->question) &&
           parse_keyword(p, "by") && parse_word(p, "a body or a type of programme", &node->judge);
}

/* ---- combinations ---- */

static bool read_combination(struct parser *p, struct node *node, enum node_kind kind)
{
    node->kind = kind;
    parse_next(p);
    return parse_node_block(p, "a combination", &node->children, &node->comments);
}

static bool is_plain_count(const struct node *node)
{
    if (node->kind != NODE_COUNT)
        return false;
    for (size_t i = 0; i < node->body.count; i++) {
        enum clause_kind kind = node->body.at[i].kind;

        if (kind == CLAUSE_WEIGH || kind == CLAUSE_ALSO)
            return false;
    }
    return true;
}

static bool read_separately(struct parser *p, struct node *node)
{
    size_t errors = p->diags->errors;

    if (!read_combination(p, node, NODE_SEPARATELY))
        return false;
    for (size_t i = 0; i < node->children.count; i++) {
        const struct node *child = &node->children.at[i];

        if (!is_plain_count(child))
            parse_fault(p, child->span, STR("expected a count without 'weigh' and 'also'"),
                        "'separately' holds only plain counts");
    }
    if (p->diags->errors == errors &&
        (node->children.count < 2 || node->children.count > CRITERIA_SEPARATELY_MAX))
        parse_fault(p, node->span, STR_NONE, "'separately' holds 2 to %d counts, not %zu",
                    CRITERIA_SEPARATELY_MAX, node->children.count);
    return true;
}

static bool read_at_least(struct parser *p, struct node *node)
{
    size_t errors = p->diags->errors;
    struct span n;

    node->kind = NODE_AT_LEAST;
    if (!parse_keywords(p, "at least"))
        return false;
    n = p->token.span;
    if (!parse_positive(p, &node->need) || !parse_keyword(p, "of") ||
        !parse_node_block(p, "a combination", &node->children, &node->comments))
        return false;
    if (p->diags->errors == errors && node->need > (int64_t)node->children.count)
        parse_fault(p, n, STR_NONE, "'at least' asks for %d of %zu", (int)node->need,
                    node->children.count);
    return true;
}

/* An `each` holds only what can be confined to a slice. */
static void check_each(struct parser *p, const struct node_list *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        const struct node *node = &nodes->at[i];

        switch (node->kind) {
        case NODE_ALL:
        case NODE_ANY:
        case NODE_SEPARATELY:
        case NODE_AT_LEAST:
            check_each(p, &node->children);
            break;
        case NODE_COUNT:
        case NODE_DISTINCT:
        case NODE_SUM:
        case NODE_COVERED:
            break;
        default:
            parse_fault(p, node->span,
                        STR("expected 'count', 'sum', 'months covered' or a combination of them"),
                        "this cannot stand in an 'each'");
        }
    }
}

static bool read_each(struct parser *p, struct node *node)
{
    static const char *const words[] = { "cycle", "last" };

    parse_next(p);
    node->kind = NODE_EACH;
    if (!parse_duration(p, &node->duration) || !parse_keyword(p, "of"))
        return false;
    if (parse_skip_word(p, "last")) {
        if (!parse_duration(p, &node->of_last))
            return false;
    } else if (!parse_skip_word(p, "cycle")) {
        return parse_unexpected_word(p, "'cycle' or 'last'", words, ARRAY_LEN(words));
    }
    if (!parse_node_block(p, "an 'each'", &node->children, &node->comments))
        return false;
    check_each(p, &node->children);
    return true;
}

/* ---- nodes ---- */

static bool read_node(struct parser *p, struct node *node)
{
    if (parse_at_word(p, "all"))
        return read_combination(p, node, NODE_ALL);
    if (parse_at_word(p, "any"))
        return read_combination(p, node, NODE_ANY);
    if (parse_at_word(p, "separately"))
        return read_separately(p, node);
    if (parse_at_word(p, "at"))
        return read_at_least(p, node);
    if (parse_at_word(p, "each"))
        return read_each(p, node);
    if (parse_at_word(p, "count"))
        return read_count(p, node);
    if (parse_at_word(p, "sum"))
        return read_sum(p, node);
    if (parse_at_word(p, "months"))
        return read_months(p, node);
    if (parse_at_word(p, "holds"))
        return read_holds(p, node);
    if (parse_at_word(p, "declared"))
        return read_declared(p, node);
    if (parse_at_word(p, "age"))
        return read_age(p, node);
    if (parse_at_word(p, "judged"))
        return read_judged(p, node);
    return parse_no_statement(p, node_what, parse_node_words, parse_node_word_count);
}

bool parse_node(struct parser *p, struct node_list *into)
{
    struct node node = { .span = p->token.span,
                         .comments = parse_comments(p),
                         .on = DAY_NONE,
                         .issued_before = DAY_NONE };
    bool block;

    if (!read_node(p, &node))
        return false;
    block = node.has_body || node.children.count > 0;
    node.span = parse_line_from(p, node.span);
    if (!parse_end(p, block ? &node.comments.after_close : &node.comments.after))
        return false;
    *ARENA_PUSH(p->arena, into->at, into->count, into->room) = node;
    return true;
}

static bool read_block_node(struct parser *p, void *into)
{
    return parse_node(p, into);
}

bool parse_node_block(struct parser *p, const char *owner, struct node_list *ret,
                      struct comments *comments)
{
    struct span open = p->token.span;
    size_t errors = p->diags->errors;

    if (!parse_block(p, read_block_node, ret, comments))
        return false;
    if (ret->count == 0 && p->diags->errors == errors)
        parse_fault(p, open, STR("expected a rule such as 'count', 'any' or 'holds'"),
                    "%s holds at least one rule", owner);
    return true;
}

const struct node *parse_find_judged(const struct node_list *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        const struct node *found;

        if (nodes->at[i].kind == NODE_JUDGED)
            return &nodes->at[i];
        found = parse_find_judged(&nodes->at[i].children);
        if (found)
            return found;
    }
    return NULL;
}
