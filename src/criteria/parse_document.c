#include "criteria/parse.h"

static const char item_what[] = "an item such as 'title', 'require' or 'term'";

static const char *const item_words[] = {
    "title",      "audience", "route",   "note",  "language",   "group",    "owner",
    "vocabulary", "open",     "in",      "valid", "cycle",      "tightens", "label",
    "question",   "term",     "require", "bar",   "transition", "example",
};

/* ---- one-line items ---- */

static bool read_text_item(struct parser *p, struct item *item, enum item_kind kind)
{
    item->kind = kind;
    parse_next(p);
    return parse_lang_text(p, "a text in quotes", &item->text);
}

static bool read_language(struct parser *p, struct item *item)
{
    item->kind = ITEM_LANGUAGE;
    parse_next(p);
    item->word.span = p->token.span;
    return parse_lang(p, &item->word.text);
}

static bool read_word_item(struct parser *p, struct item *item, enum item_kind kind)
{
    item->kind = kind;
    parse_next(p);
    return parse_word(p, kind == ITEM_OWNER ? "a body" : "the name of a group", &item->word);
}

static bool read_named_edition(struct parser *p, struct item *item, enum item_kind kind)
{
    item->kind = kind;
    parse_next(p);
    if (!parse_name(p,
                    kind == ITEM_VOCABULARY ? "the name of a vocabulary" : "the name of criteria",
                    &item->word))
        return false;
    if (kind == ITEM_TIGHTENS && !parse_keyword(p, "edition"))
        return false;
    return parse_edition(p, &item->edition);
}

static bool read_open(struct parser *p, struct item *item)
{
    item->kind = ITEM_OPEN;
    parse_next(p);
    if (parse_skip_word(p, "from") && !parse_date(p, &item->from))
        return false;
    if (parse_skip_word(p, "until"))
        return parse_date(p, &item->until);
    item->until_exclusive = parse_skip_word(p, "before");
    return !item->until_exclusive || parse_date(p, &item->until);
}

static bool read_in_force(struct parser *p, struct item *item)
{
    item->kind = ITEM_IN_FORCE;
    return parse_keywords(p, "in force from") && parse_date(p, &item->from);
}

static bool read_valid(struct parser *p, struct item *item)
{
    item->kind = ITEM_VALID;
    parse_next(p);
    if (parse_skip_word(p, "without")) {
        if (!parse_keyword(p, "end"))
            return false;
    } else if (!parse_duration(p, &item->duration)) {
        return false;
    }
    if (parse_skip_word(p, "grace") && !parse_duration(p, &item->grace))
        return false;
    if (!parse_at_word(p, "renew"))
        return true;
    return parse_keywords(p, "renew from") && parse_duration(p, &item->renew) &&
           parse_keywords(p, "before end");
}

static bool read_cycle(struct parser *p, struct item *item)
{
    item->kind = ITEM_CYCLE;
    parse_next(p);
    if (!parse_duration(p, &item->duration) || !parse_keyword(p, "from"))
        return false;
    if (parse_skip_word(p, "year"))
        return parse_month_day(p, &item->month, &item->mday);
    return parse_word(p, "an anchor, or 'year' and a day of the year", &item->word);
}

static bool read_label(struct parser *p, struct item *item)
{
    item->kind = ITEM_LABEL;
    parse_next(p);
    return parse_name(p, "a requirement, a bar, or REQUIREMENT.EXEMPTION", &item->word) &&
           parse_lang(p, &item->text.lang) && parse_text(p, "a label in quotes", &item->text.text);
}

static bool read_question(struct parser *p, struct item *item)
{
    item->kind = ITEM_QUESTION;
    parse_next(p);
    return parse_word(p, "a requirement", &item->word) &&
           parse_word(p, "the body that is asked", &item->body) &&
           parse_lang(p, &item->text.lang) &&
           parse_text(p, "a question in quotes", &item->text.text);
}

/* ---- transitions ---- */

static bool read_applications(struct parser *p, struct rule *rule, enum rule_kind kind)
{
    rule->kind = kind;
    parse_next(p);
    if (parse_skip_word(p, "from") && !parse_date(p, &rule->from))
        return false;
    return parse_keyword(p, "until") && parse_date(p, &rule->until);
}

static bool read_accept(struct parser *p, struct rule *rule)
{
    if (!parse_keywords(p, "accept old for"))
        return false;
    if (parse_at_word(p, "applications"))
        return read_applications(p, rule, RULE_ACCEPT_APPLICATIONS);
    rule->kind = RULE_ACCEPT_STARTED;
    return parse_own_name(p, "'applications', a kind or a term", &rule->record) &&
           parse_match(p, PLACE_FILTERS, &rule->has_body, &rule->body, &rule->comments) &&
           parse_keywords(p, "started before") && parse_date(p, &rule->from) &&
           parse_keyword(p, "until") && parse_duration(p, &rule->duration) &&
           parse_keywords(p, "after that start");
}

static bool read_holders(struct parser *p, struct rule *rule)
{
    if (!parse_keywords(p, "holders keep until"))
        return false;
    rule->kind = RULE_HOLDERS_RENEWAL;
    if (parse_skip_word(p, "renewal"))
        return true;
    rule->kind = RULE_HOLDERS_DATE;
    if (p->token.kind != TOKEN_WORD || !day_parse(p->token.text, &rule->until))
        return parse_unexpected(p, "'renewal' or a date that exists, as YYYY-MM-DD");
    parse_next(p);
    return true;
}

static bool read_rule(struct parser *p, struct rule *rule)
{
    static const char *const words[] = { "accept", "require", "holders" };

    if (parse_at_word(p, "accept"))
        return read_accept(p, rule);
    if (parse_at_word(p, "require")) {
        if (!parse_keywords(p, "require old for"))
            return false;
        if (!parse_at_word(p, "applications"))
            return parse_keyword(p, "applications");
        return read_applications(p, rule, RULE_REQUIRE_APPLICATIONS);
    }
    if (parse_at_word(p, "holders"))
        return read_holders(p, rule);
    return parse_no_statement(p, "'accept old', 'require old' or 'holders keep'", words,
                              ARRAY_LEN(words));
}

static bool read_rule_statement(struct parser *p, void *into)
{
    struct rule_list *rules = into;
    struct rule rule = {
        .span = p->token.span, .comments = parse_comments(p), .from = DAY_NONE, .until = DAY_NONE
    };

    if (!read_rule(p, &rule))
        return false;
    rule.span = parse_line_from(p, rule.span);
    if (!parse_end(p, rule.has_body ? &rule.comments.after_close : &rule.comments.after))
        return false;
    *ARENA_PUSH(p->arena, rules->at, rules->count, rules->room) = rule;
    return true;
}

static bool read_transition_head(struct parser *p, struct item *item)
{
    if (!parse_keywords(p, "transition from"))
        return false;
    if (p->token.kind == TOKEN_WORD && criteria_is_name(p->token.text) &&
        !parse_name(p, "the name of criteria", &item->word))
        return false;
    return parse_edition(p, &item->edition);
}

static bool read_transition(struct parser *p, struct item *item)
{
    item->kind = ITEM_TRANSITION;
    if (!read_transition_head(p, item) && !parse_resume_at_block(p))
        return false;
    return parse_block(p, read_rule_statement, &item->rules, &item->comments);
}

/* ---- other blocks ---- */

static bool read_bar(struct parser *p, struct item *item)
{
    static const char *const effects[] = { "refuse", "refer" };
    const struct node *judged;

    item->kind = ITEM_BAR;
    parse_next(p);
    if (!parse_word(p, "the id of the bar", &item->word) ||
        !parse_text(p, "the label of the bar, in quotes", &item->text.text) ||
        !parse_node_block(p, "a bar", &item->nodes, &item->comments) || !parse_keyword(p, "effect"))
        return false;
    item->refuse = parse_skip_word(p, "refuse");
    if (!item->refuse && !parse_skip_word(p, "refer"))
        return parse_unexpected_word(p, "'refuse' or 'refer'", effects, ARRAY_LEN(effects));
    judged = parse_find_judged(&item->nodes);
    if (judged)
        parse_fault(p, judged->span, STR("expected facts: a bar is not for judgement"),
                    "a bar holds no 'judged'");
    return true;
}

/* The comment behind the brace of an example, which the lexer does not give as a token. */
static struct str comment_behind(const struct parser *p, struct token open)
{
    struct str rest = str_drop(p->source->text, open.span.offset + open.span.length);
    struct str line;

    (void)str_split(rest, '\n', &line);
    line = str_trim(line);
    return line.n > 0 && line.p[0] == '#' ? line : STR_NONE;
}

static bool read_example(struct parser *p, struct item *item)
{
    struct token open;

    item->kind = ITEM_EXAMPLE;
    parse_next(p);
    if (!parse_text(p, "what the example shows, in quotes", &item->text.text) ||
        !parse_keyword(p, "asof") || !parse_date(p, &item->from))
        return false;
    if (p->token.kind != TOKEN_OPEN)
        return parse_unexpected(p, "'{' on the line that it continues");
    open = p->token;
    item->comments.after = comment_behind(p, open);
    if (!lexer_raw_lines(&p->lexer, open, &item->lines, &item->lines_line)) {
        p->end_told = p->lexer.at == p->source->text.n;
        return false;
    }
    p->token = (struct token){ .kind = TOKEN_CLOSE, .text = STR("}"), .span = open.span };
    p->token.span.offset = (uint32_t)p->lexer.at - 1;
    parse_next(p);
    return true;
}

/* ---- items ---- */

struct document_body {
    struct document *document;
    size_t requirements; /* and bars */
};

static bool read_worded_item(struct parser *p, struct item *item)
{
    if (parse_at_word(p, "title"))
        return read_text_item(p, item, ITEM_TITLE);
    if (parse_at_word(p, "audience"))
        return read_text_item(p, item, ITEM_AUDIENCE);
    if (parse_at_word(p, "route"))
        return read_text_item(p, item, ITEM_ROUTE);
    if (parse_at_word(p, "note"))
        return read_text_item(p, item, ITEM_NOTE);
    if (parse_at_word(p, "language"))
        return read_language(p, item);
    if (parse_at_word(p, "group"))
        return read_word_item(p, item, ITEM_GROUP);
    if (parse_at_word(p, "owner"))
        return read_word_item(p, item, ITEM_OWNER);
    if (parse_at_word(p, "label"))
        return read_label(p, item);
    if (parse_at_word(p, "question"))
        return read_question(p, item);
    return parse_no_statement(p, item_what, item_words, ARRAY_LEN(item_words));
}

static bool read_item(struct parser *p, struct item *item)
{
    if (parse_at_word(p, "vocabulary"))
        return read_named_edition(p, item, ITEM_VOCABULARY);
    if (parse_at_word(p, "tightens"))
        return read_named_edition(p, item, ITEM_TIGHTENS);
    if (parse_at_word(p, "open"))
        return read_open(p, item);
    if (parse_at_word(p, "in"))
        return read_in_force(p, item);
    if (parse_at_word(p, "valid"))
        return read_valid(p, item);
    if (parse_at_word(p, "cycle"))
        return read_cycle(p, item);
    if (parse_at_word(p, "require")) {
        item->kind = ITEM_REQUIRE;
        return parse_require(p, item);
    }
    if (parse_at_word(p, "bar"))
        return read_bar(p, item);
    if (parse_at_word(p, "transition"))
        return read_transition(p, item);
    if (parse_at_word(p, "example"))
        return read_example(p, item);
    return read_worded_item(p, item);
}

/* Terms end themselves. */
static bool read_item_whole(struct parser *p, struct item *item)
{
    bool block;

    if (parse_skip_word(p, "term")) {
        item->kind = ITEM_TERM;
        return parse_term(p, &item->word, &item->record, &item->has_body, &item->clauses,
                          &item->comments);
    }
    if (!read_item(p, item))
        return false;
    block = item->kind == ITEM_REQUIRE || item->kind == ITEM_BAR || item->kind == ITEM_TRANSITION ||
            item->kind == ITEM_EXAMPLE;
    return parse_end(p, block ? &item->comments.after_close : &item->comments.after);
}

static bool read_item_statement(struct parser *p, void *into)
{
    struct document_body *body = into;
    struct item_list *items = &body->document->items;
    struct span first = p->token.span;
    struct item item = {
        .span = first, .comments = parse_comments(p), .from = DAY_NONE, .until = DAY_NONE
    };

    if (!read_item_whole(p, &item))
        return false;
    item.span = parse_line_from(p, first);
    if ((item.kind == ITEM_REQUIRE || item.kind == ITEM_BAR) &&
        ++body->requirements == CRITERIA_REQUIREMENTS_MAX + 1)
        parse_fault(p, item.span, STR("divide the criteria"),
                    "a document holds more than %d requirements and bars",
                    CRITERIA_REQUIREMENTS_MAX);
    *ARENA_PUSH(p->arena, items->at, items->count, items->room) = item;
    return true;
}

bool parse_document(struct parser *p, struct document *document)
{
    struct document_body body = { .document = document };
    size_t errors = p->diags->errors;
    bool head =
        parse_name(p, "the name of the criteria", &document->name) && parse_keyword(p, "edition") &&
        parse_edition(p, &document->edition) &&
        (p->token.kind == TOKEN_OPEN || parse_unexpected(p, "'{' on the line that it continues"));

    if (!head && !parse_resume_at_block(p))
        return false;
    if (!parse_block(p, read_item_statement, &body, &document->comments))
        return false;
    parse_document_once(p, document, p->diags->errors == errors);
    return true;
}
