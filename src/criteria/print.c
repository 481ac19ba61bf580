#include "criteria/print_parts.h"

/* ---- requirements ---- */

static void print_grant(struct buf *out, const struct grant *grant, int level)
{
    line_begin(out, &grant->comments, level, "");
    switch (grant->kind) {
    case GRANT_WAIVE:
        buf_add_c(out, "waive");
        if (grant->reasons.count > 0)
            buf_add_c(out, " for");
        line_words(out, &grant->reasons);
        break;
    case GRANT_ADMIT:
        buf_add_c(out, "admit");
        break;
    case GRANT_EXTEND:
        print_dated(out, "extend until", grant->date);
        break;
    case GRANT_FLOOR:
        buf_add_c(out, "floor");
        block_open(out, &grant->comments);
        print_nodes(out, &grant->block, level + 1);
        block_end(out, &grant->comments, level);
        return;
    }
    line_end(out, grant->comments.after);
}

static void print_when(struct buf *out, const struct part *part, int level)
{
    buf_add_c(out, " when");
    block_open(out, &part->comments);
    print_nodes(out, &part->when, level + 1);
}

static void print_exempt(struct buf *out, const struct part *part, int level)
{
    line_begin(out, &part->comments, level, "exempt");
    line_word(out, part->id.text);
    line_text(out, part->text.text);
    print_when(out, part, level);
    if (!part->has_instead) {
        block_end(out, &part->comments, level);
        return;
    }
    block_close(out, &part->comments, level);
    buf_add_c(out, " instead");
    block_open(out, &part->instead_comments);
    print_nodes(out, &part->instead, level + 1);
    block_end(out, &part->instead_comments, level);
}

static void print_part(struct buf *out, const struct part *part, int level)
{
    switch (part->kind) {
    case PART_WORDING:
    case PART_NOTE:
        line_begin(out, &part->comments, level, part->kind == PART_WORDING ? "wording" : "note");
        line_lang_text(out, part->text);
        line_end(out, part->comments.after);
        break;
    case PART_NODE:
        criteria_print_node(&part->node, level, out);
        break;
    case PART_EXEMPT:
        print_exempt(out, part, level);
        break;
    case PART_REFER:
        line_begin(out, &part->comments, level, "refer to");
        line_word(out, part->body.text);
        print_when(out, part, level);
        block_end(out, &part->comments, level);
        break;
    case PART_DISCRETION:
        line_begin(out, &part->comments, level, "discretion");
        line_word(out, part->body.text);
        block_open(out, &part->comments);
        for (size_t i = 0; i < part->grants.count; i++)
            print_grant(out, &part->grants.at[i], level + 1);
        block_end(out, &part->comments, level);
        break;
    }
}

static void print_require(struct buf *out, const struct item *item, int level)
{
    line_begin(out, &item->comments, level, "require");
    line_word(out, item->word.text);
    if (item->text.text.p)
        line_text(out, item->text.text);
    block_open(out, &item->comments);
    for (size_t i = 0; i < item->parts.count; i++)
        print_part(out, &item->parts.at[i], level + 1);
    block_end(out, &item->comments, level);
}

/* ---- other items of a document ---- */

void print_term(struct buf *out, const struct comments *comments, struct str name,
                struct str record, const struct clause_list *clauses, int level)
{
    line_begin(out, comments, level, "term");
    line_word(out, name);
    buf_add_c(out, " is");
    line_word(out, record);
    print_clauses_block(out, true, clauses, comments, level);
}

static void print_bar(struct buf *out, const struct item *item, int level)
{
    line_begin(out, &item->comments, level, "bar");
    line_word(out, item->word.text);
    line_text(out, item->text.text);
    block_open(out, &item->comments);
    print_nodes(out, &item->nodes, level + 1);
    block_close(out, &item->comments, level);
    buf_add_c(out, item->refuse ? " effect refuse" : " effect refer");
    line_end(out, item->comments.after_close);
}

static void print_started(struct buf *out, const struct rule *rule, int level)
{
    buf_add_c(out, "accept old for");
    line_word(out, rule->record.text);
    if (rule->has_body) {
        block_open(out, &rule->comments);
        print_clauses(out, &rule->body, level + 1);
        block_close(out, &rule->comments, level);
    }
    line_date(out, "started before", rule->from);
    buf_add_c(out, " until");
    line_duration(out, rule->duration);
    buf_add_c(out, " after that start");
    line_end(out, rule->has_body ? rule->comments.after_close : rule->comments.after);
}

static void print_rule(struct buf *out, const struct rule *rule, int level)
{
    line_begin(out, &rule->comments, level, "");
    switch (rule->kind) {
    case RULE_ACCEPT_APPLICATIONS:
    case RULE_REQUIRE_APPLICATIONS:
        buf_add_c(out, rule->kind == RULE_ACCEPT_APPLICATIONS ? "accept" : "require");
        buf_add_c(out, " old for applications");
        if (rule->from != DAY_NONE)
            line_date(out, "from", rule->from);
        line_date(out, "until", rule->until);
        break;
    case RULE_ACCEPT_STARTED:
        print_started(out, rule, level);
        return;
    case RULE_HOLDERS_RENEWAL:
        buf_add_c(out, "holders keep until renewal");
        break;
    case RULE_HOLDERS_DATE:
        print_dated(out, "holders keep until", rule->until);
        break;
    }
    line_end(out, rule->comments.after);
}

static void print_transition(struct buf *out, const struct item *item, int level)
{
    line_begin(out, &item->comments, level, "transition from");
    if (item->word.text.p)
        line_word(out, item->word.text);
    line_edition(out, item->edition);
    block_open(out, &item->comments);
    for (size_t i = 0; i < item->rules.count; i++)
        print_rule(out, &item->rules.at[i], level + 1);
    block_end(out, &item->comments, level);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* A line without the white space at its end. */
static struct str next_line(struct str *rest)
{
    struct str line;

    *rest = str_split(*rest, '\n', &line);
    while (line.n > 0 && is_blank(line.p[line.n - 1]))
        line.n--;
    return line;
}

/* The white space that all lines begin with, blank ones aside. */
static struct str common_indentation(struct str lines)
{
    struct str common = STR_NONE;

    while (lines.n > 0) {
        struct str line = next_line(&lines);
        size_t n = 0;

        if (line.n == 0)
            continue;
        while (is_blank(line.p[n]) && (!common.p || (n < common.n && line.p[n] == common.p[n])))
            n++;
        common = str_take(line, n);
    }
    return common;
}

static void print_example(struct buf *out, const struct item *item, int level)
{
    struct str rest = item->lines;
    size_t indentation = common_indentation(rest).n;

    line_begin(out, &item->comments, level, "example");
    line_text(out, item->text.text);
    line_date(out, "asof", item->from);
    block_open(out, &item->comments);
    while (rest.n > 0) {
        struct str line = next_line(&rest);

        if (line.n > 0) {
            line_indent(out, level + 1);
            buf_add(out, str_drop(line, indentation));
        }
        buf_byte(out, '\n');
    }
    block_end(out, &item->comments, level);
}

static void add_open(struct buf *out, const struct item *item)
{
    if (item->from != DAY_NONE)
        line_date(out, "from", item->from);
    if (item->until != DAY_NONE)
        line_date(out, item->until_exclusive ? "before" : "until", item->until);
}

static void add_valid(struct buf *out, const struct item *item)
{
    if (item->duration.months > 0)
        line_duration(out, item->duration);
    else
        buf_add_c(out, " without end");
    if (item->grace.months > 0) {
        buf_add_c(out, " grace");
        line_duration(out, item->grace);
    }
    if (item->renew.months > 0) {
        buf_add_c(out, " renew from");
        line_duration(out, item->renew);
        buf_add_c(out, " before end");
    }
}

static void add_cycle(struct buf *out, const struct item *item)
{
    line_duration(out, item->duration);
    buf_add_c(out, " from");
    if (item->month > 0)
        buf_format(out, " year %02d-%02d", item->month, item->mday);
    else
        line_word(out, item->word.text);
}

static const char *const item_words[] = {
    [ITEM_TITLE] = "title",       [ITEM_AUDIENCE] = "audience",     [ITEM_ROUTE] = "route",
    [ITEM_NOTE] = "note",         [ITEM_LANGUAGE] = "language",     [ITEM_GROUP] = "group",
    [ITEM_OWNER] = "owner",       [ITEM_VOCABULARY] = "vocabulary", [ITEM_OPEN] = "open",
    [ITEM_IN_FORCE] = "in force", [ITEM_VALID] = "valid",           [ITEM_CYCLE] = "cycle",
    [ITEM_TIGHTENS] = "tightens", [ITEM_LABEL] = "label",           [ITEM_QUESTION] = "question",
};

/* What follows the first word of an item of one line. */
static void add_item(struct buf *out, const struct item *item)
{
    switch (item->kind) {
    case ITEM_TITLE:
    case ITEM_AUDIENCE:
    case ITEM_ROUTE:
    case ITEM_NOTE:
        line_lang_text(out, item->text);
        break;
    case ITEM_LANGUAGE:
    case ITEM_GROUP:
    case ITEM_OWNER:
        line_word(out, item->word.text);
        break;
    case ITEM_VOCABULARY:
        line_word(out, item->word.text);
        line_edition(out, item->edition);
        break;
    case ITEM_OPEN:
        add_open(out, item);
        break;
    case ITEM_IN_FORCE:
        line_date(out, "from", item->from);
        break;
    case ITEM_VALID:
        add_valid(out, item);
        break;
    case ITEM_CYCLE:
        add_cycle(out, item);
        break;
    case ITEM_TIGHTENS:
        line_word(out, item->word.text);
        buf_add_c(out, " edition");
        line_edition(out, item->edition);
        break;
    case ITEM_LABEL:
        line_word(out, item->word.text);
        line_lang_text(out, item->text);
        break;
    case ITEM_QUESTION:
        line_word(out, item->word.text);
        line_word(out, item->body.text);
        line_lang_text(out, item->text);
        break;
    default:
        BUG("an item of several lines");
    }
}

void criteria_print_item(const struct item *item, int level, struct buf *out)
{
    switch (item->kind) {
    case ITEM_TERM:
        print_term(out, &item->comments, item->word.text, item->record.text, &item->clauses, level);
        return;
    case ITEM_REQUIRE:
        print_require(out, item, level);
        return;
    case ITEM_BAR:
        print_bar(out, item, level);
        return;
    case ITEM_TRANSITION:
        print_transition(out, item, level);
        return;
    case ITEM_EXAMPLE:
        print_example(out, item, level);
        return;
    default:
        line_begin(out, &item->comments, level, item_words[item->kind]);
        add_item(out, item);
        line_end(out, item->comments.after);
    }
}

void criteria_print_document(const struct document *document, struct buf *out)
{
    line_begin(out, &document->comments, 0, "criteria");
    line_word(out, document->name.text);
    buf_add_c(out, " edition");
    line_edition(out, document->edition);
    block_open(out, &document->comments);
    for (size_t i = 0; i < document->items.count; i++)
        criteria_print_item(&document->items.at[i], 1, out);
    block_end(out, &document->comments, 0);
}

void criteria_print_file(const struct parsed_file *file, struct buf *out)
{
    for (size_t i = 0; i < file->count; i++) {
        if (i > 0)
            buf_byte(out, '\n');
        if (file->at[i].vocabulary)
            criteria_print_vocabulary(&file->at[i].vocabulary_text, out);
        else
            criteria_print_document(&file->at[i].document, out);
    }
    if (file->count > 0 && file->comments_at_end.count > 0)
        buf_byte(out, '\n');
    line_comments(out, file->comments_at_end, 0);
}
