#include "criteria/parse.h"

#include <stdarg.h>
#include <stdlib.h>

/* Something that stands once in a document, in the words in which a fault speaks of it. */
struct once {
    struct str what;
    struct span span;
};

struct once_list {
    struct once *at;
    size_t count;
    size_t room;
};

struct document_once {
    struct parser *p;
    const struct document *document;
    struct str language; /* the authoritative one */
    struct once_list list;
};

/* ---- nothing twice ---- */

static int compare(const void *left, const void *right)
{
    const struct once *a = left;
    const struct once *b = right;
    int order = str_cmp(a->what, b->what);

    if (order != 0)
        return order;
    return a->span.offset < b->span.offset ? -1 : a->span.offset > b->span.offset;
}

PRINTF_LIKE(3, 4)
static void note(struct document_once *once, struct span span, const char *fmt, ...)
{
    struct once *added =
        ARENA_PUSH(once->p->arena, once->list.at, once->list.count, once->list.room);
    va_list args;

    va_start(args, fmt);
    *added = (struct once){ str_format_args(once->p->arena, fmt, args), span };
    va_end(args);
}

static struct str language_of(const struct document_once *once, struct text text)
{
    return text.lang.p ? text.lang : once->language;
}

static void note_text(struct document_once *once, const struct item *item, const char *name)
{
    struct str lang = language_of(once, item->text);

    note(once, item->span, "the %s in the language '%.*s'", name, STR_ARG(lang));
}

static void note_parts(struct document_once *once, const struct item *item)
{
    for (size_t i = 0; i < item->parts.count; i++) {
        const struct part *part = &item->parts.at[i];

        if (part->kind == PART_EXEMPT)
            note(once, part->id.span, "the exemption '%.*s' of '%.*s'", STR_ARG(part->id.text),
                 STR_ARG(item->word.text));
        else if (part->kind == PART_DISCRETION)
            note(once, part->body.span, "the discretion of '%.*s' in '%.*s'",
                 STR_ARG(part->body.text), STR_ARG(item->word.text));
    }
}

static void note_item(struct document_once *once, const struct item *item)
{
    struct str word = item->word.text;

    switch (item->kind) {
    case ITEM_TITLE:
        return note_text(once, item, "title");
    case ITEM_AUDIENCE:
        return note_text(once, item, "audience");
    case ITEM_ROUTE:
        return note_text(once, item, "route");
    case ITEM_LANGUAGE:
        return note(once, item->span, "the language");
    case ITEM_GROUP:
        return note(once, item->span, "the group");
    case ITEM_OWNER:
        return note(once, item->span, "the owner");
    case ITEM_VOCABULARY:
        return note(once, item->span, "the vocabulary");
    case ITEM_OPEN:
        return note(once, item->span, "'open'");
    case ITEM_IN_FORCE:
        return note(once, item->span, "'in force'");
    case ITEM_VALID:
        return note(once, item->span, "'valid'");
    case ITEM_CYCLE:
        return note(once, item->span, "the cycle");
    case ITEM_TIGHTENS:
        return note(once, item->span, "'tightens'");
    case ITEM_LABEL:
        return note(once, item->span, "the label of '%.*s' in the language '%.*s'", STR_ARG(word),
                    STR_ARG(item->text.lang));
    case ITEM_QUESTION:
        return note(once, item->span, "the question of '%.*s' in '%.*s' in the language '%.*s'",
                    STR_ARG(item->body.text), STR_ARG(word), STR_ARG(item->text.lang));
    case ITEM_TERM:
        return note(once, item->word.span, "the term '%.*s'", STR_ARG(word));
    case ITEM_REQUIRE:
        note(once, item->word.span, "the id '%.*s'", STR_ARG(word));
        return note_parts(once, item);
    case ITEM_BAR:
        return note(once, item->word.span, "the id '%.*s'", STR_ARG(word));
    case ITEM_NOTE:
    case ITEM_TRANSITION:
    case ITEM_EXAMPLE:
        return;
    }
}

/* Of several that are the same, the first is right and each other one a fault. */
static void report_repeats(struct document_once *once)
{
    struct once_list *list = &once->list;

    if (list->count > 1)
        qsort(list->at, list->count, sizeof(*list->at), compare);
    for (size_t i = 1, first = 0; i < list->count; i++) {
        struct str hint;

        if (!str_eq(list->at[i].what, list->at[first].what)) {
            first = i;
            continue;
        }
        hint = str_format(once->p->diags->arena, "the first stands on line %u",
                          list->at[first].span.line);
        parse_fault(once->p, list->at[i].span, hint, "%.*s is given twice",
                    STR_ARG(list->at[i].what));
    }
}

/* ---- translations of what is there ---- */

static const struct item *find_item(const struct document *document, struct str id)
{
    for (size_t i = 0; i < document->items.count; i++) {
        const struct item *item = &document->items.at[i];

        if ((item->kind == ITEM_REQUIRE || item->kind == ITEM_BAR) && str_eq(item->word.text, id))
            return item;
    }
    return NULL;
}

static bool has_exemption(const struct item *item, struct str id)
{
    for (size_t i = 0; i < item->parts.count; i++) {
        if (item->parts.at[i].kind == PART_EXEMPT && str_eq(item->parts.at[i].id.text, id))
            return true;
    }
    return false;
}

static void check_label(struct document_once *once, const struct item *label)
{
    struct str id;
    struct str exemption = str_split(label->word.text, '.', &id);
    const struct item *item = find_item(once->document, id);
    bool labelled;

    if (!item || (exemption.p && !has_exemption(item, exemption))) {
        parse_fault(once->p, label->word.span,
                    STR("expected a requirement, a bar, or REQUIREMENT.EXEMPTION of this document"),
                    "nothing here is called '%.*s'", STR_ARG(label->word.text));
        return;
    }
    labelled = exemption.p || item->text.text.p;
    if (labelled && str_eq(label->text.lang, once->language))
        parse_fault(once->p, label->span,
                    STR("change it where it stands, or name another language"),
                    "'%.*s' has a label in '%.*s' already", STR_ARG(label->word.text),
                    STR_ARG(label->text.lang));
}

static bool any_judges(const struct node_list *nodes, struct str body);

static bool judges(const struct node *node, struct str body)
{
    return (node->kind == NODE_JUDGED && str_eq(node->judge.text, body)) ||
           any_judges(&node->children, body);
}

static bool any_judges(const struct node_list *nodes, struct str body)
{
    for (size_t i = 0; i < nodes->count; i++) {
        if (judges(&nodes->at[i], body))
            return true;
    }
    return false;
}

/* Whether a `judged` of that body, which says its question itself, stands in the part. */
static bool part_judges(const struct part *part, struct str body)
{
    if (part->kind == PART_NODE)
        return judges(&part->node, body);
    for (size_t i = 0; i < part->grants.count; i++) {
        if (any_judges(&part->grants.at[i].block, body))
            return true;
    }
    return any_judges(&part->when, body) || any_judges(&part->instead, body);
}

static void check_question(struct document_once *once, const struct item *question)
{
    const struct item *item = find_item(once->document, question->word.text);
    struct str body = question->body.text;
    bool judged = false;
    bool asked = false;

    if (!item || item->kind != ITEM_REQUIRE) {
        parse_fault(once->p, question->word.span, STR("expected a requirement of this document"),
                    "no requirement here is called '%.*s'", STR_ARG(question->word.text));
        return;
    }
    for (size_t i = 0; i < item->parts.count; i++) {
        const struct part *part = &item->parts.at[i];

        judged = judged || part_judges(part, body);
        asked = asked || ((part->kind == PART_REFER || part->kind == PART_DISCRETION) &&
                          str_eq(part->body.text, body));
    }
    if (!judged && !asked)
        parse_fault(once->p, question->body.span,
                    STR("expected a body that judges, is referred to or has discretion there"),
                    "'%.*s' is asked nothing in '%.*s'", STR_ARG(body),
                    STR_ARG(question->word.text));
    if (judged && str_eq(question->text.lang, once->language))
        parse_fault(
            once->p, question->span, STR("change it where it stands, or name another language"),
            "'%.*s' has a question in '%.*s' already", STR_ARG(body), STR_ARG(question->text.lang));
}

void parse_document_once(struct parser *p, const struct document *document, bool whole)
{
    struct document_once once = { .p = p, .document = document, .language = STR("en") };

    for (size_t i = 0; i < document->items.count; i++) {
        if (document->items.at[i].kind == ITEM_LANGUAGE)
            once.language = document->items.at[i].word.text;
    }
    for (size_t i = 0; i < document->items.count; i++) {
        const struct item *item = &document->items.at[i];

        note_item(&once, item);
        if (whole && item->kind == ITEM_LABEL)
            check_label(&once, item);
        else if (whole && item->kind == ITEM_QUESTION)
            check_question(&once, item);
    }
    report_repeats(&once);
}
