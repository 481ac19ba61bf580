#include "scheme/mentions.h"

struct gather {
    struct arena *arena;
    const struct document *document;
    struct mentions found;
};

static void add(struct gather *gather, enum mention_kind kind, struct word word)
{
    if (!word.text.p)
        return;
    *ARENA_PUSH(gather->arena, gather->found.at, gather->found.count, gather->found.room) =
        (struct mention){ kind, word, gather->document };
}

static void in_clauses(struct gather *gather, const struct clause_list *clauses)
{
    for (size_t i = 0; i < clauses->count; i++) {
        const struct clause *clause = &clauses->at[i];

        if (clause->kind == CLAUSE_PROGRAMME) {
            for (size_t j = 0; j < clause->values.count; j++)
                add(gather, MENTION_PROGRAMME, clause->values.at[j]);
        }
        in_clauses(gather, &clause->body);
    }
}

static void in_nodes(struct gather *gather, const struct node_list *nodes);

static void in_node(struct gather *gather, const struct node *node)
{
    if (node->kind == NODE_JUDGED)
        add(gather, MENTION_BODY, node->judge);
    in_clauses(gather, &node->body);
    in_nodes(gather, &node->children);
}

static void in_nodes(struct gather *gather, const struct node_list *nodes)
{
    for (size_t i = 0; i < nodes->count; i++)
        in_node(gather, &nodes->at[i]);
}

static void in_part(struct gather *gather, const struct part *part)
{
    switch (part->kind) {
    case PART_WORDING:
    case PART_NOTE:
        return;
    case PART_NODE:
        in_node(gather, &part->node);
        return;
    case PART_EXEMPT:
        in_nodes(gather, &part->when);
        in_nodes(gather, &part->instead);
        return;
    case PART_REFER:
        add(gather, MENTION_BODY, part->body);
        in_nodes(gather, &part->when);
        return;
    case PART_DISCRETION:
        add(gather, MENTION_BODY, part->body);
        for (size_t i = 0; i < part->grants.count; i++)
            in_nodes(gather, &part->grants.at[i].block);
        return;
    }
}

static void in_item(struct gather *gather, const struct item *item)
{
    switch (item->kind) {
    case ITEM_GROUP:
        add(gather, MENTION_GROUP, item->word);
        return;
    case ITEM_OWNER:
        add(gather, MENTION_OWNER, item->word);
        return;
    case ITEM_QUESTION:
        add(gather, MENTION_BODY, item->body);
        return;
    case ITEM_TERM:
        in_clauses(gather, &item->clauses);
        return;
    case ITEM_REQUIRE:
        for (size_t i = 0; i < item->parts.count; i++)
            in_part(gather, &item->parts.at[i]);
        return;
    case ITEM_BAR:
        in_nodes(gather, &item->nodes);
        return;
    case ITEM_TRANSITION:
        for (size_t i = 0; i < item->rules.count; i++)
            in_clauses(gather, &item->rules.at[i].body);
        return;
    default:
        return;
    }
}

struct mentions mentions_gather(struct arena *arena, const struct library *library)
{
    struct gather gather = { .arena = arena };

    for (size_t i = 0; i < library_document_count(library); i++) {
        gather.document = library_document_at(library, i);
        for (size_t j = 0; j < gather.document->items.count; j++)
            in_item(&gather, &gather.document->items.at[j]);
    }
    return gather.found;
}
