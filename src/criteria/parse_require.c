#include "criteria/parse.h"

/* ---- discretion ---- */

static const char *const grant_words[] = { "waive", "admit", "extend", "floor" };

static bool granted(const struct grant_list *grants, enum grant_kind kind)
{
    for (size_t i = 0; i < grants->count; i++) {
        if (grants->at[i].kind == kind)
            return true;
    }
    return false;
}

static bool read_grant(struct parser *p, struct grant *grant)
{
    if (parse_skip_word(p, "waive")) {
        grant->kind = GRANT_WAIVE;
        return !parse_skip_word(p, "for") || parse_words(p, "a reason", &grant->reasons);
    }
    if (parse_skip_word(p, "admit")) {
        grant->kind = GRANT_ADMIT;
        return true;
    }
    if (parse_at_word(p, "extend")) {
        grant->kind = GRANT_EXTEND;
        return parse_keywords(p, "extend until") && parse_date(p, &grant->date);
    }
    if (parse_skip_word(p, "floor")) {
        grant->kind = GRANT_FLOOR;
        return parse_node_block(p, "a floor", &grant->block, &grant->comments);
    }
    return parse_no_statement(p, "'waive', 'admit', 'extend' or 'floor'", grant_words,
                              ARRAY_LEN(grant_words));
}

static bool read_grant_statement(struct parser *p, void *into)
{
    struct grant_list *grants = into;
    struct grant grant = { .span = p->token.span, .comments = parse_comments(p), .date = DAY_NONE };
    struct comments *comments = &grant.comments;

    if (!read_grant(p, &grant))
        return false;
    grant.span = parse_line_from(p, grant.span);
    if (!parse_end(p, grant.kind == GRANT_FLOOR ? &comments->after_close : &comments->after))
        return false;
    if (granted(grants, grant.kind))
        parse_fault(p, grant.span, STR("keep one of them"), "a discretion has one '%s'",
                    grant_words[grant.kind]);
    *ARENA_PUSH(p->arena, grants->at, grants->count, grants->room) = grant;
    return true;
}

static bool read_discretion(struct parser *p, struct part *part)
{
    size_t errors = p->diags->errors;

    parse_next(p);
    part->kind = PART_DISCRETION;
    if (!parse_word(p, "a body or a type of programme", &part->body) ||
        !parse_block(p, read_grant_statement, &part->grants, &part->comments))
        return false;
    for (size_t i = 0; i < part->grants.count && p->diags->errors == errors; i++) {
        if (part->grants.at[i].kind == GRANT_FLOOR && !granted(&part->grants, GRANT_WAIVE))
            parse_fault(p, part->grants.at[i].span, STR("add 'waive', or remove the floor"),
                        "a floor is what remains when a body waives, and here none may");
    }
    return true;
}

/* ---- the parts of a requirement ---- */

static const char part_what[] = "a rule, a wording, a note, 'exempt', 'refer to' or 'discretion'";

static bool read_exempt(struct parser *p, struct part *part)
{
    parse_next(p);
    part->kind = PART_EXEMPT;
    if (!parse_word(p, "the id of the exemption", &part->id) ||
        !parse_text(p, "the name of the exemption, in quotes", &part->text.text) ||
        !parse_keyword(p, "when") ||
        !parse_node_block(p, "an exemption", &part->when, &part->comments))
        return false;
    if (!parse_skip_word(p, "instead"))
        return true;
    part->has_instead = true;
    return parse_node_block(p, "an exemption", &part->instead, &part->instead_comments);
}

static bool read_refer(struct parser *p, struct part *part)
{
    part->kind = PART_REFER;
    return parse_keywords(p, "refer to") &&
           parse_word(p, "a body or a type of programme", &part->body) &&
           parse_keyword(p, "when") &&
           parse_node_block(p, "a referral", &part->when, &part->comments);
}

static bool read_worded(struct parser *p, struct part *part, enum part_kind kind)
{
    part->kind = kind;
    parse_next(p);
    return parse_lang_text(p, "a text in quotes", &part->text);
}

/* A node keeps its comments itself. */
static bool read_part_node(struct parser *p, struct part *part)
{
    struct node_list nodes = { .count = 0 };

    part->kind = PART_NODE;
    if (!parse_node(p, &nodes))
        return false;
    part->node = nodes.at[0];
    return true;
}

static bool no_part(struct parser *p)
{
    const char *words[32] = { "wording", "note", "exempt", "refer", "discretion" };
    size_t count = 5;

    for (size_t i = 0; i < parse_node_word_count; i++)
        words[count++] = parse_node_words[i];
    return parse_no_statement(p, part_what, words, count);
}

static bool read_part(struct parser *p, struct part *part)
{
    if (parse_at_word(p, "wording"))
        return read_worded(p, part, PART_WORDING);
    if (parse_at_word(p, "note"))
        return read_worded(p, part, PART_NOTE);
    if (parse_at_word(p, "exempt"))
        return read_exempt(p, part);
    if (parse_at_word(p, "refer"))
        return read_refer(p, part);
    if (parse_at_word(p, "discretion"))
        return read_discretion(p, part);
    return no_part(p);
}

/* Where a comment behind the statement belongs. */
static struct str *end_slot(struct part *part)
{
    if (part->kind == PART_WORDING || part->kind == PART_NOTE)
        return &part->comments.after;
    return part->has_instead ? &part->instead_comments.after_close : &part->comments.after_close;
}

static bool read_part_statement(struct parser *p, void *into)
{
    struct part_list *parts = into;
    struct part part = { .span = p->token.span };

    if (parse_at_node(p)) {
        if (!read_part_node(p, &part))
            return false;
        part.span = part.node.span;
    } else {
        part.comments = parse_comments(p);
        if (!read_part(p, &part))
            return false;
        part.span = parse_line_from(p, part.span);
        if (!parse_end(p, end_slot(&part)))
            return false;
    }
    *ARENA_PUSH(p->arena, parts->at, parts->count, parts->room) = part;
    return true;
}

static bool has_node(const struct part_list *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->at[i].kind == PART_NODE)
            return true;
    }
    return false;
}

bool parse_require(struct parser *p, struct item *item)
{
    struct span first = p->token.span;
    size_t errors = p->diags->errors;
    bool head;

    parse_next(p);
    head = parse_word(p, "the id of the requirement", &item->word) &&
           (p->token.kind != TOKEN_TEXT || parse_text(p, "a label", &item->text.text)) &&
           (p->token.kind == TOKEN_OPEN ||
            parse_unexpected(p, "a label in quotes, or '{' on the line that it continues"));
    if (!head && !parse_resume_at_block(p))
        return false;
    if (!parse_block(p, read_part_statement, &item->parts, &item->comments))
        return false;
    if (!has_node(&item->parts) && p->diags->errors == errors)
        parse_fault(p, parse_line_from(p, first),
                    STR("expected a rule such as 'count', 'any' or 'holds'"),
                    "a requirement holds at least one rule");
    return true;
}
