#include "alter.h"

#include <string.h>

#include "base/buf.h"
#include "criteria/syntax.h"
#include "sample.h"

/* ---- a document as a tree, and as a text again ---- */

static struct document *parse(struct arena *arena, struct str text)
{
    struct source *source = ARENA_NEW(arena, struct source);
    struct parsed_file file;
    struct diags diags;

    *source = (struct source){ STR("document"), text };
    diags_init(&diags, arena);
    criteria_parse(arena, source, &diags, &file);
    BUG_IF(diags.errors || file.count != 1);
    return &file.at[0].document;
}

static struct str print(struct arena *arena, const struct document *document)
{
    struct buf out;

    buf_init(&out, 1000000);
    criteria_print_document(document, &out);
    return buf_take(&out, arena);
}

struct str alter_not(struct arena *arena, struct str document)
{
    return print(arena, parse(arena, document));
}

/* ---- all places of a tree ---- */

enum list_sort { LIST_ITEMS, LIST_PARTS, LIST_NODES, LIST_CLAUSES, LIST_GRANTS, LIST_WORDS };

/* An element of a list of the tree. */
struct site {
    enum list_sort sort;
    union {
        struct item_list *items;
        struct part_list *parts;
        struct node_list *nodes;
        struct clause_list *clauses;
        struct grant_list *grants;
        struct word_list *words;
    };
    size_t index;
    struct str field; /* LIST_WORDS: the field whose values they are; else STR_NONE */
};

struct sites {
    struct arena *arena;
    struct site *at;
    size_t count;
    size_t room;
};

static void add_site(struct sites *sites, struct site site)
{
    *ARENA_PUSH(sites->arena, sites->at, sites->count, sites->room) = site;
}

static void visit_words(struct sites *sites, struct word_list *words, struct str field)
{
    for (size_t i = 0; i < words->count; i++)
        add_site(sites,
                 (struct site){ .sort = LIST_WORDS, .words = words, .index = i, .field = field });
}

static void visit_clauses(struct sites *sites, struct clause_list *clauses)
{
    for (size_t i = 0; i < clauses->count; i++) {
        struct clause *clause = &clauses->at[i];

        add_site(sites, (struct site){ .sort = LIST_CLAUSES, .clauses = clauses, .index = i });
        visit_words(sites, &clause->values, clause->field.text);
        if (clause->own)
            visit_words(sites, &clause->own->values, clause->own->field.text);
        visit_clauses(sites, &clause->body);
    }
}

static void visit_node(struct sites *sites, struct node *node);

static void visit_nodes(struct sites *sites, struct node_list *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        add_site(sites, (struct site){ .sort = LIST_NODES, .nodes = nodes, .index = i });
        visit_node(sites, &nodes->at[i]);
    }
}

static void visit_node(struct sites *sites, struct node *node)
{
    visit_clauses(sites, &node->body);
    visit_words(sites, &node->names, STR_NONE);
    visit_nodes(sites, &node->children);
}

static void visit_parts(struct sites *sites, struct part_list *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        struct part *part = &parts->at[i];

        add_site(sites, (struct site){ .sort = LIST_PARTS, .parts = parts, .index = i });
        visit_node(sites, &part->node);
        visit_nodes(sites, &part->when);
        visit_nodes(sites, &part->instead);
        for (size_t k = 0; k < part->grants.count; k++) {
            add_site(sites,
                     (struct site){ .sort = LIST_GRANTS, .grants = &part->grants, .index = k });
            visit_words(sites, &part->grants.at[k].reasons, STR_NONE);
            visit_nodes(sites, &part->grants.at[k].block);
        }
    }
}

static struct sites all_sites(struct arena *arena, struct document *document)
{
    struct sites sites = { .arena = arena };

    for (size_t i = 0; i < document->items.count; i++) {
        struct item *item = &document->items.at[i];

        if (item->kind != ITEM_VOCABULARY) /* without it, the words would mean other things */
            add_site(&sites,
                     (struct site){ .sort = LIST_ITEMS, .items = &document->items, .index = i });
        visit_clauses(&sites, &item->clauses);
        visit_parts(&sites, &item->parts);
        visit_nodes(&sites, &item->nodes);
    }
    return sites;
}

/* ---- leaving out ---- */

#define REMOVE(list, index)                                                                        \
    memmove(&(list)->at[(index)], &(list)->at[(index) + 1],                                        \
            (--(list)->count - (index)) * sizeof((list)->at[0]))

static void leave_out(const struct site *site)
{
    switch (site->sort) {
    case LIST_ITEMS:
        REMOVE(site->items, site->index);
        break;
    case LIST_PARTS:
        REMOVE(site->parts, site->index);
        break;
    case LIST_NODES:
        REMOVE(site->nodes, site->index);
        break;
    case LIST_CLAUSES:
        REMOVE(site->clauses, site->index);
        break;
    case LIST_GRANTS:
        REMOVE(site->grants, site->index);
        break;
    case LIST_WORDS:
        if (site->words->count > 1) /* an empty list is another statement */
            REMOVE(site->words, site->index);
        break;
    }
}

struct str alter_without(struct arena *arena, struct str text, size_t k)
{
    struct document *document = parse(arena, text);
    struct sites sites = all_sites(arena, document);

    if (k >= sites.count)
        return STR_NONE;
    leave_out(&sites.at[k]);
    return print(arena, document);
}

/* ---- changing ---- */

static int64_t nudge(struct dice *dice, int64_t n, int64_t step)
{
    int64_t moved = n + step * (dice_chance(dice, 50) ? 1 : -1);

    return moved > 0 ? moved : n + step;
}

static void nudge_duration(struct dice *dice, struct duration *duration)
{
    if (!duration->months)
        return;
    duration->n = (int32_t)nudge(dice, duration->months, 6);
    duration->months = duration->n;
    duration->years = false;
}

static void nudge_day(struct dice *dice, day *d)
{
    if (*d != DAY_NONE)
        *d = day_add_months(*d, dice_chance(dice, 50) ? 5 : -5);
}

static struct word word_of(struct str text)
{
    return (struct word){ .text = text };
}

/* One more value of the field. */
static void add_value(struct arena *arena, struct dice *dice, struct word_list *values,
                      struct str name)
{
    for (size_t k = 0; k < SAMPLE_KINDS; k++) {
        for (size_t i = 0; i < sample_kinds[k].field_count; i++) {
            const struct sample_field *field = &sample_kinds[k].fields[i];

            if (!str_eq_c(name, field->name) || field->value_count == 0)
                continue;
            *ARENA_PUSH(arena, values->at, values->count, values->room) =
                word_of(str_from_c(field->values[dice_below(dice, (uint32_t)field->value_count)]));
            return;
        }
    }
}

static void change_own(struct arena *arena, struct dice *dice, struct clause *own)
{
    if (own->kind == CLAUSE_AT_LEAST && own->values.count) {
        own->values.count = 0;
        add_value(arena, dice, &own->values, own->field.text);
    } else if (own->kind == CLAUSE_AT_LEAST) {
        own->quantity.n = nudge(dice, own->quantity.n, 1);
    } else if (dice_chance(dice, 20)) {
        own->negated = !own->negated;
    } else {
        add_value(arena, dice, &own->values, own->field.text);
    }
}

static void change_clause(struct arena *arena, struct dice *dice, struct clause *clause)
{
    switch (clause->kind) {
    case CLAUSE_IN:
    case CLAUSE_AT_LEAST:
        change_own(arena, dice, clause);
        break;
    case CLAUSE_WITHIN:
        nudge_duration(dice, &clause->duration);
        break;
    case CLAUSE_FROM:
    case CLAUSE_UNTIL:
    case CLAUSE_BEFORE:
        nudge_day(dice, &clause->date);
        break;
    case CLAUSE_IN_CYCLE:
        break;
    case CLAUSE_AFTER_FIRST:
        clause->body.count = 0;
        break;
    case CLAUSE_PROGRAMME:
        if (dice_chance(dice, 50))
            clause->when = (enum accredited)dice_below(dice, 3);
        else
            *ARENA_PUSH(arena, clause->values.at, clause->values.count, clause->values.room) =
                word_of(str_from_c(DICE_PICK(dice, sample_types)));
        break;
    case CLAUSE_WEIGH:
        if (dice_chance(dice, 70))
            clause->percent = clause->percent > 50 ? clause->percent - 25 : clause->percent + 25;
        else
            change_own(arena, dice, clause->own);
        break;
    case CLAUSE_LIMIT:
        if (clause->each.text.p && dice_chance(dice, 20))
            clause->each = word_of(STR_NONE);
        else if (clause->own && dice_chance(dice, 20))
            clause->own = NULL;
        else
            clause->quantity.n = nudge(dice, clause->quantity.n, 2);
        break;
    case CLAUSE_ALSO:
        clause->need = nudge(dice, clause->need, 1);
        break;
    }
}

static void change_holds(struct arena *arena, struct dice *dice, struct node *node)
{
    switch (dice_below(dice, 5)) {
    case 0:
        node->ever = !node->ever && node->on == DAY_NONE;
        break;
    case 1:
        nudge_duration(dice, &node->duration);
        break;
    case 2:
        node->duration = (struct duration){ 0, false, 0 };
        break;
    case 3:
        nudge_day(dice, dice_chance(dice, 50) ? &node->issued_before : &node->on);
        break;
    default:
        *ARENA_PUSH(arena, node->names.at, node->names.count, node->names.room) =
            word_of(str_from_c(DICE_PICK(dice, sample_credentials)));
        break;
    }
}

static void change_declared(struct dice *dice, struct node *node)
{
    if (dice_chance(dice, 50)) {
        nudge_duration(dice, &node->duration);
        return;
    }
    node->edition_current = dice_chance(dice, 30);
    node->edition.parts = !node->edition_current && dice_chance(dice, 30) ? 1 : 0;
    node->edition.part[0] = 1 + dice_below(dice, 3);
}

static void change_node(struct arena *arena, struct dice *dice, struct node *node)
{
    switch (node->kind) {
    case NODE_ALL:
        node->kind = NODE_ANY;
        break;
    case NODE_ANY:
        node->kind = NODE_ALL;
        break;
    case NODE_SEPARATELY:
        node->kind = dice_chance(dice, 50) ? NODE_ALL : NODE_ANY;
        break;
    case NODE_AT_LEAST:
    case NODE_COUNT:
    case NODE_DISTINCT:
    case NODE_AGE:
        node->need = nudge(dice, node->need, 1);
        break;
    case NODE_COVERED:
    case NODE_SINCE:
        node->need = nudge(dice, node->need, 3);
        break;
    case NODE_SUM:
        node->quantity.n = nudge(dice, node->quantity.n, 2);
        break;
    case NODE_EACH:
        if (node->of_last.months)
            node->of_last.n = node->of_last.months =
                (int32_t)nudge(dice, node->of_last.months, node->duration.months);
        break;
    case NODE_HOLDS:
        change_holds(arena, dice, node);
        break;
    case NODE_DECLARED:
        change_declared(dice, node);
        break;
    case NODE_JUDGED:
        node->question = STR("Is it otherwise?");
        break;
    }
}

static void change_grant(struct dice *dice, struct grant *grant)
{
    if (grant->kind == GRANT_EXTEND)
        nudge_day(dice, &grant->date);
    else
        grant->reasons.count = 0;
}

static void change_item(struct dice *dice, struct item *item)
{
    if (item->kind == ITEM_BAR)
        item->refuse = !item->refuse;
    else if (item->kind == ITEM_OPEN)
        nudge_day(dice, dice_chance(dice, 50) ? &item->from : &item->until);
    else if (item->kind == ITEM_CYCLE)
        nudge_duration(dice, &item->duration);
}

static void change(struct arena *arena, struct dice *dice, const struct site *site)
{
    switch (site->sort) {
    case LIST_ITEMS:
        change_item(dice, &site->items->at[site->index]);
        break;
    case LIST_PARTS:
        if (site->parts->at[site->index].kind == PART_NODE)
            change_node(arena, dice, &site->parts->at[site->index].node);
        else
            site->parts->at[site->index].has_instead = false;
        break;
    case LIST_NODES:
        change_node(arena, dice, &site->nodes->at[site->index]);
        break;
    case LIST_CLAUSES:
        change_clause(arena, dice, &site->clauses->at[site->index]);
        break;
    case LIST_GRANTS:
        change_grant(dice, &site->grants->at[site->index]);
        break;
    case LIST_WORDS:
        add_value(arena, dice, site->words, site->field);
        break;
    }
}

/* Puts a copy of something of the same sort, from anywhere in the document, beside it. */
static void put_beside(struct arena *arena, struct dice *dice, const struct sites *sites,
                       const struct site *site)
{
    const struct site *other = &sites->at[dice_below(dice, (uint32_t)sites->count)];

    if (site->sort == LIST_NODES && other->sort == LIST_NODES) {
        struct node copy = other->nodes->at[other->index];

        if (copy.children.count == 0) /* or it could come to stand within itself */
            *ARENA_PUSH(arena, site->nodes->at, site->nodes->count, site->nodes->room) = copy;
    } else if (site->sort == LIST_CLAUSES && other->sort == LIST_CLAUSES) {
        struct clause copy = other->clauses->at[other->index];

        if (copy.body.count == 0)
            *ARENA_PUSH(arena, site->clauses->at, site->clauses->count, site->clauses->room) = copy;
    }
}

static void swap_parts(struct part_list *parts, size_t i, size_t k)
{
    struct part part = parts->at[i];

    parts->at[i] = parts->at[k];
    parts->at[k] = part;
}

static void change_once(struct arena *arena, struct dice *dice, struct document *document)
{
    struct sites sites = all_sites(arena, document);
    const struct site *site;
    uint32_t way = dice_below(dice, 10);

    if (sites.count == 0)
        return;
    site = &sites.at[dice_below(dice, (uint32_t)sites.count)];
    if (way < 3)
        leave_out(site);
    else if (way < 5)
        put_beside(arena, dice, &sites, site);
    else if (way < 6 && site->sort == LIST_PARTS)
        swap_parts(site->parts, site->index, dice_below(dice, (uint32_t)site->parts->count));
    else
        change(arena, dice, site);
}

struct str alter_changed(struct arena *arena, struct dice *dice, struct str text)
{
    struct document *document = parse(arena, text);

    for (uint32_t i = dice_chance(dice, 70) ? 1 : 2; i > 0; i--)
        change_once(arena, dice, document);
    document->edition.part[0] = 2;
    return print(arena, document);
}

/* ---- shuffling ---- */

static void shuffle_nodes(struct dice *dice, struct node_list *nodes)
{
    for (size_t i = nodes->count; i > 1; i--) {
        size_t k = dice_below(dice, (uint32_t)i);
        struct node node = nodes->at[i - 1];

        nodes->at[i - 1] = nodes->at[k];
        nodes->at[k] = node;
    }
    for (size_t i = 0; i < nodes->count; i++)
        shuffle_nodes(dice, &nodes->at[i].children);
}

static void shuffle_parts(struct dice *dice, struct part_list *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        struct part *part = &parts->at[i];
        size_t k = dice_below(dice, (uint32_t)parts->count);

        shuffle_nodes(dice, &part->node.children);
        shuffle_nodes(dice, &part->when);
        shuffle_nodes(dice, &part->instead);
        for (size_t g = 0; g < part->grants.count; g++)
            shuffle_nodes(dice, &part->grants.at[g].block);
        if (part->kind == PART_NODE && parts->at[k].kind == PART_NODE)
            swap_parts(parts, i, k);
    }
}

struct str alter_shuffled(struct arena *arena, struct dice *dice, struct str text)
{
    struct document *document = parse(arena, text);
    struct item_list *items = &document->items;

    for (size_t i = 0; i < items->count; i++) {
        size_t k = dice_below(dice, (uint32_t)items->count);
        struct item item;

        shuffle_parts(dice, &items->at[i].parts);
        shuffle_nodes(dice, &items->at[i].nodes);
        item = items->at[i];
        if (item.kind != ITEM_REQUIRE || items->at[k].kind != ITEM_REQUIRE)
            continue;
        items->at[i] = items->at[k];
        items->at[k] = item;
    }
    return print(arena, document);
}
