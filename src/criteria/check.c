#include "criteria/check.h"

#include "criteria/check_parts.h"

/* A body that judges in the requirement at hand. */
struct judge_list {
    struct word *at;
    size_t count;
    size_t room;
};

struct document_checker {
    struct checker c;
    const struct item *cycle; /* NULL: the document has none */
    struct judge_list judges;
    struct str *warned; /* credentials that were told to be unknown */
    size_t warned_count, warned_room;
};

/* ---- names ---- */

static struct str_list known_bodies(const struct document_checker *d)
{
    const struct vocabulary *v = d->c.vocabulary;
    struct str *names;
    size_t count = 0;

    if (!check_can_tell(&d->c))
        return (struct str_list){ NULL, 0 };
    names = ARENA_ARRAY(d->c.arena, v->bodies.count + v->programmes.count, struct str);
    for (size_t i = 0; i < v->bodies.count; i++)
        names[count++] = v->bodies.at[i];
    for (size_t i = 0; i < v->programmes.count; i++)
        names[count++] = v->programmes.at[i];
    return (struct str_list){ names, count };
}

/* A body, or a type of programme that may stand for one. */
static void check_body(struct document_checker *d, const struct word *word)
{
    const struct vocabulary *v = d->c.vocabulary;

    if (!vocabulary_lists(v->bodies, word->text) && !vocabulary_lists(v->programmes, word->text))
        check_unknown(&d->c, word, known_bodies(d), "a body or a type of programme",
                      "no body is named '%.*s'", STR_ARG(word->text));
}

static void check_name(struct document_checker *d, const struct word *word, struct str_list known,
                       const char *what)
{
    if (!vocabulary_lists(known, word->text))
        check_unknown(&d->c, word, known, what, "'%.*s' is not known to the vocabulary",
                      STR_ARG(word->text));
}

static struct str_list known_credentials(const struct document_checker *d)
{
    const struct library *library = d->c.library;
    struct str_list listed = d->c.vocabulary->credentials;
    size_t loaded = library_document_count(library);
    struct str *names;
    size_t count = 0;

    if (!check_can_tell(&d->c))
        return (struct str_list){ NULL, 0 };
    names = ARENA_ARRAY(d->c.arena, loaded + listed.count, struct str);
    for (size_t i = 0; i < loaded; i++)
        names[count++] = library_document_at(library, i)->name.text;
    for (size_t i = 0; i < listed.count; i++)
        names[count++] = listed.at[i];
    return (struct str_list){ names, count };
}

static void check_credential(struct document_checker *d, const struct word *name)
{
    struct str_list warned = { d->warned, d->warned_count };

    if (library_knows_credential(d->c.library, name->text))
        return;
    if (!d->c.vocabulary->inferred) {
        check_unknown(&d->c, name, known_credentials(d), "the name of a credential",
                      "no credential is named '%.*s'", STR_ARG(name->text));
        return;
    }
    if (str_list_has(warned, name->text))
        return;
    *ARENA_PUSH(d->c.arena, d->warned, d->warned_count, d->warned_room) = name->text;
    diags_add(d->c.diags, SEVERITY_WARNING, name->span, STR_NONE,
              "'%.*s' is taken for a credential: no vocabulary and no document says what it is",
              STR_ARG(name->text));
}

/* One judgement of a body on a requirement is one answer, so it has one question there. */
static void check_judge(struct document_checker *d, const struct word *body)
{
    check_body(d, body);
    for (size_t i = 0; i < d->judges.count; i++) {
        if (!str_eq(d->judges.at[i].text, body->text))
            continue;
        diags_add(d->c.diags, SEVERITY_ERROR, body->span,
                  str_format(d->c.arena, "the other one stands on line %u; divide the requirement",
                             d->judges.at[i].span.line),
                  "'%.*s' judges this requirement already", STR_ARG(body->text));
        return;
    }
    *ARENA_PUSH(d->c.arena, d->judges.at, d->judges.count, d->judges.room) = *body;
}

/* ---- rules ---- */

static void check_nodes(struct document_checker *d, const struct node_list *nodes);

static void check_selected(struct document_checker *d, const struct word *record,
                           const struct clause_list *body)
{
    bool in_cycle = false;

    (void)check_selection(&d->c, record, body, NULL, &in_cycle);
}

static void check_distinct(struct document_checker *d, const struct node *node)
{
    bool in_cycle = false;
    const struct kind *kind = check_selection(&d->c, &node->record, &node->body, NULL, &in_cycle);

    if (kind)
        (void)check_field(&d->c, kind, &node->field);
}

/* The measure comes first: the limits among the clauses are in its unit. */
static void check_sum(struct document_checker *d, const struct node *node)
{
    const struct known_term *term = checker_term(&d->c, node->record.text);
    const struct kind *kind = term ? term->kind
                                   : vocabulary_kind(d->c.vocabulary, node->record.text);
    const struct field *measure = NULL;
    bool in_cycle = false;

    if (kind)
        measure = check_measure(&d->c, kind, &node->field);
    if (measure)
        check_quantity(&d->c, node->field.span, measure, node->quantity);
    (void)check_selection(&d->c, &node->record, &node->body, measure, &in_cycle);
}

static void check_slices(struct document_checker *d, const struct node *node)
{
    int32_t whole = node->of_last.months;

    if (whole == 0 && !d->cycle) {
        diags_add(d->c.diags, SEVERITY_ERROR, node->span,
                  STR("add an item 'cycle', or write 'of last' and a duration"),
                  "this document has no cycle");
        return;
    }
    if (whole == 0)
        whole = d->cycle->duration.months;
    if (whole % node->duration.months != 0)
        diags_add(d->c.diags, SEVERITY_ERROR, node->span,
                  STR("choose slices that fill it without a rest"),
                  "%d months do not divide %d months", node->duration.months, whole);
    else if (whole / node->duration.months > CRITERIA_SLICES_MAX)
        diags_add(d->c.diags, SEVERITY_ERROR, node->span, STR("choose longer slices"),
                  "an 'each' has at most %d slices", CRITERIA_SLICES_MAX);
}

static void check_node(struct document_checker *d, const struct node *node)
{
    switch (node->kind) {
    case NODE_EACH:
        check_slices(d, node);
        check_nodes(d, &node->children);
        break;
    case NODE_ALL:
    case NODE_ANY:
    case NODE_SEPARATELY:
    case NODE_AT_LEAST:
        check_nodes(d, &node->children);
        break;
    case NODE_COUNT:
    case NODE_COVERED:
    case NODE_SINCE:
        check_selected(d, &node->record, &node->body);
        break;
    case NODE_DISTINCT:
        check_distinct(d, node);
        break;
    case NODE_SUM:
        check_sum(d, node);
        break;
    case NODE_HOLDS:
        for (size_t i = 0; i < node->names.count; i++)
            check_credential(d, &node->names.at[i]);
        break;
    case NODE_DECLARED:
        check_name(d, &node->field, d->c.vocabulary->statements, "a statement");
        break;
    case NODE_AGE:
        break;
    case NODE_JUDGED:
        check_judge(d, &node->judge);
        break;
    }
}

static void check_nodes(struct document_checker *d, const struct node_list *nodes)
{
    for (size_t i = 0; i < nodes->count; i++)
        check_node(d, &nodes->at[i]);
}

/* ---- requirements and transitions ---- */

static void check_part(struct document_checker *d, const struct part *part)
{
    switch (part->kind) {
    case PART_WORDING:
    case PART_NOTE:
        break;
    case PART_NODE:
        check_node(d, &part->node);
        break;
    case PART_EXEMPT:
        check_nodes(d, &part->when);
        check_nodes(d, &part->instead);
        break;
    case PART_REFER:
        check_judge(d, &part->body);
        check_nodes(d, &part->when);
        break;
    case PART_DISCRETION:
        check_body(d, &part->body);
        for (size_t i = 0; i < part->grants.count; i++) {
            check_words(&d->c, &part->grants.at[i].reasons, d->c.vocabulary->reasons, "a reason");
            check_nodes(d, &part->grants.at[i].block);
        }
        break;
    }
}

static void check_item(struct document_checker *d, const struct item *item)
{
    switch (item->kind) {
    case ITEM_OWNER:
        check_body(d, &item->word);
        break;
    case ITEM_CYCLE:
        if (item->word.text.p)
            check_name(d, &item->word, d->c.vocabulary->anchors, "an anchor");
        break;
    case ITEM_REQUIRE:
        d->judges.count = 0;
        for (size_t i = 0; i < item->parts.count; i++)
            check_part(d, &item->parts.at[i]);
        break;
    case ITEM_BAR:
        check_nodes(d, &item->nodes);
        break;
    case ITEM_TRANSITION:
        for (size_t i = 0; i < item->rules.count; i++) {
            const struct rule *rule = &item->rules.at[i];

            if (rule->kind == RULE_ACCEPT_STARTED)
                check_selected(d, &rule->record, &rule->body);
        }
        break;
    default:
        break;
    }
}

/* ---- documents ---- */

/* Whether a `in cycle` stands in the clauses, or a term of a cycle is used by them. */
static bool speaks_of_cycle(const struct checker *c, struct str record,
                            const struct clause_list *clauses)
{
    const struct known_term *term = checker_term(c, record);

    if (term && term->in_cycle)
        return true;
    for (size_t i = 0; i < clauses->count; i++) {
        const struct clause *clause = &clauses->at[i];

        if (clause->kind == CLAUSE_IN_CYCLE)
            return true;
        if (clause->kind == CLAUSE_AFTER_FIRST &&
            speaks_of_cycle(c, clause->record.text, &clause->body))
            return true;
    }
    return false;
}

/* The vocabulary's own terms were checked when it was built. */
static void know_term(struct checker *c, const struct vocabulary_term *known)
{
    struct known_term *term = checker_term(c, known->name);
    const struct known_term *base = checker_term(c, known->record);

    term->kind = base ? base->kind : vocabulary_kind(c->vocabulary, known->record);
    term->in_cycle = speaks_of_cycle(c, known->record, known->clauses);
    term->checked = true;
}

static struct str *term_names(struct arena *arena, const struct document *document,
                              const struct vocabulary *vocabulary, size_t *ret_count)
{
    size_t room = document->items.count + vocabulary->term_count;
    struct str *names = ARENA_ARRAY(arena, room, struct str);
    size_t count = 0;

    for (size_t i = 0; i < vocabulary->term_count; i++)
        names[count++] = vocabulary->terms[i].name;
    for (size_t i = 0; i < document->items.count; i++) {
        if (document->items.at[i].kind == ITEM_TERM)
            names[count++] = document->items.at[i].word.text;
    }
    *ret_count = count;
    return names;
}

bool document_check(const struct document *document, const struct vocabulary *vocabulary,
                    const struct library *library, struct diags *diags)
{
    struct document_checker d = { .cycle = NULL };
    const struct item_list *items = &document->items;
    size_t errors = diags->errors;
    size_t count;
    const struct str *names = term_names(diags->arena, document, vocabulary, &count);

    checker_init(&d.c, diags, vocabulary, names, count);
    d.c.library = library;
    for (size_t i = 0; i < items->count; i++) {
        if (items->at[i].kind == ITEM_CYCLE)
            d.cycle = &items->at[i];
    }
    d.c.cycle = d.cycle != NULL;
    for (size_t i = 0; i < vocabulary->term_count; i++)
        know_term(&d.c, &vocabulary->terms[i]);
    for (size_t i = 0; i < items->count; i++) {
        const struct item *item = &items->at[i];

        if (item->kind == ITEM_TERM)
            check_term(&d.c, &item->word, &item->record, &item->clauses);
    }
    for (size_t i = 0; i < items->count; i++)
        check_item(&d, &items->at[i]);
    return diags->errors == errors;
}
