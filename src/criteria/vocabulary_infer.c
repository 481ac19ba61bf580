#include "criteria/vocabulary.h"

#include <stdarg.h>

#include "criteria/vocabulary_parts.h"

/* A field as far as its uses tell. */
struct guess {
    struct str name;
    bool typed; /* a use tells its type; without one it only tells records apart: an id */
    enum field_type type;
    struct str *values;
    size_t value_count, value_room;
};

struct guessed_kind {
    struct str name;
    struct guess *fields;
    size_t field_count, field_room;
};

struct guessed_term {
    struct str name;
    size_t kind; /* the one it is made of in the end */
};

struct name_list {
    struct str *at;
    size_t count;
    size_t room;
};

struct inference {
    struct arena *arena;
    struct diags *diags; /* NULL: nobody is told */
    struct guessed_kind *kinds;
    size_t kind_count, kind_room;
    struct guessed_term *terms;
    size_t term_count, term_room;
    struct name_list programmes, bodies, statements, anchors, reasons, credentials;
};

/* ---- telling ---- */

static void warn(struct inference *in, const struct word *word, const char *what)
{
    if (in->diags)
        diags_add(in->diags, SEVERITY_WARNING, word->span, STR_NONE,
                  "'%.*s' is taken for %s: no vocabulary says what it is", STR_ARG(word->text),
                  what);
}

PRINTF_LIKE(4, 5)
static void refuse(struct inference *in, const struct word *word, struct str hint, const char *fmt,
                   ...)
{
    va_list args;
    struct str message;

    if (!in->diags)
        return;
    va_start(args, fmt);
    message = str_format_args(in->arena, fmt, args);
    va_end(args);
    diags_add(in->diags, SEVERITY_ERROR, word->span, hint, "%.*s", STR_ARG(message));
}

static bool add_name(struct inference *in, struct name_list *list, struct str name)
{
    struct str_list names = { list->at, list->count };

    if (str_list_has(names, name))
        return false;
    *ARENA_PUSH(in->arena, list->at, list->count, list->room) = name;
    return true;
}

static void infer_name(struct inference *in, struct name_list *list, const struct word *word,
                       const char *what)
{
    if (add_name(in, list, word->text))
        warn(in, word, what);
}

static void infer_names(struct inference *in, struct name_list *list, const struct word_list *words,
                        const char *what)
{
    for (size_t i = 0; i < words->count; i++)
        infer_name(in, list, &words->at[i], what);
}

/* ---- kinds and fields ---- */

/* The kind behind a record's word: a term's, or the one of that name. */
static size_t infer_kind(struct inference *in, const struct word *record)
{
    struct guessed_kind *kind;

    for (size_t i = 0; i < in->term_count; i++) {
        if (str_eq(in->terms[i].name, record->text))
            return in->terms[i].kind;
    }
    for (size_t i = 0; i < in->kind_count; i++) {
        if (str_eq(in->kinds[i].name, record->text))
            return i;
    }
    warn(in, record, "a kind of record");
    kind = ARENA_PUSH(in->arena, in->kinds, in->kind_count, in->kind_room);
    *kind = (struct guessed_kind){ .name = record->text };
    return in->kind_count - 1;
}

static bool is_implicit(struct str name)
{
    return str_eq_c(name, "matter") || str_eq_c(name, "programme") || str_eq_c(name, "hours") ||
           str_eq_c(name, "days");
}

/* The guess at a field; NULL for those that every kind has, and for one too many. */
static struct guess *infer_field(struct inference *in, size_t kind_index, const struct word *field)
{
    struct guessed_kind *kind = &in->kinds[kind_index];
    struct guess *guess;

    if (is_implicit(field->text))
        return NULL;
    for (size_t i = 0; i < kind->field_count; i++) {
        if (str_eq(kind->fields[i].name, field->text))
            return &kind->fields[i];
    }
    if (kind->field_count == KIND_FIELDS_MAX - FIELD_FIRST_OWN) {
        refuse(in, field, STR("make two kinds of it"), "a kind has more than %d fields",
               KIND_FIELDS_MAX - FIELD_FIRST_OWN);
        return NULL;
    }
    warn(in, field, "a field");
    guess = ARENA_PUSH(in->arena, kind->fields, kind->field_count, kind->field_room);
    *guess = (struct guess){ .name = field->text, .type = FIELD_ID };
    return guess;
}

/* The first use that tells the type decides; the checker tells the ones that do not agree. */
static bool set_type(struct guess *guess, enum field_type type)
{
    if (!guess->typed)
        guess->type = type;
    guess->typed = true;
    return guess->type == type;
}

static void add_values(struct inference *in, struct guess *guess, const struct word_list *words)
{
    for (size_t i = 0; i < words->count; i++) {
        struct str_list values = { guess->values, guess->value_count };

        if (str_list_has(values, words->at[i].text))
            continue;
        if (guess->value_count == CRITERIA_VALUES_MAX) {
            refuse(in, &words->at[i], STR_NONE, "a field has more than %d values",
                   CRITERIA_VALUES_MAX);
            return;
        }
        *ARENA_PUSH(in->arena, guess->values, guess->value_count, guess->value_room) =
            words->at[i].text;
    }
}

static void infer_measure(struct inference *in, size_t kind, const struct word *field,
                          struct quantity quantity)
{
    struct guess *guess = infer_field(in, kind, field);

    if (guess)
        (void)set_type(guess, quantity.unit == UNIT_NONE ? FIELD_INTEGER : FIELD_MINUTES);
}

static void infer_own(struct inference *in, size_t kind, const struct clause *own)
{
    struct guess *guess;

    if (own->kind == CLAUSE_AT_LEAST && own->values.count == 0) {
        infer_measure(in, kind, &own->field, own->quantity);
        return;
    }
    guess = infer_field(in, kind, &own->field);
    if (!guess)
        return;
    if (own->kind == CLAUSE_IN) {
        if (set_type(guess, FIELD_OF))
            add_values(in, guess, &own->values);
        return;
    }
    refuse(in, &own->field, STR("name a vocabulary that lists the levels, the lowest first"),
           "the levels of '%.*s' have an order, which cannot be inferred",
           STR_ARG(own->field.text));
}

/* ---- rules ---- */

static size_t infer_selection(struct inference *in, const struct word *record,
                              const struct clause_list *clauses);

static void infer_limit(struct inference *in, size_t kind, const struct clause *limit)
{
    if (limit->each.text.p)
        (void)infer_field(in, kind, &limit->each);
    if (limit->own)
        infer_own(in, kind, limit->own);
    for (size_t i = 0; i < limit->body.count; i++)
        infer_limit(in, kind, &limit->body.at[i]);
}

static void infer_clause(struct inference *in, size_t kind, const struct clause *clause)
{
    switch (clause->kind) {
    case CLAUSE_IN:
    case CLAUSE_AT_LEAST:
        infer_own(in, kind, clause);
        break;
    case CLAUSE_WITHIN:
    case CLAUSE_FROM:
    case CLAUSE_UNTIL:
    case CLAUSE_BEFORE:
    case CLAUSE_IN_CYCLE:
        break;
    case CLAUSE_AFTER_FIRST:
    case CLAUSE_ALSO:
        (void)infer_selection(in, &clause->record, &clause->body);
        break;
    case CLAUSE_PROGRAMME:
        infer_names(in, &in->programmes, &clause->values, "a type of programme");
        break;
    case CLAUSE_WEIGH:
        infer_own(in, kind, clause->own);
        break;
    case CLAUSE_LIMIT:
        infer_limit(in, kind, clause);
        break;
    }
}

/* Gives the kind. */
static size_t infer_selection(struct inference *in, const struct word *record,
                              const struct clause_list *clauses)
{
    size_t kind = infer_kind(in, record);

    for (size_t i = 0; i < clauses->count; i++)
        infer_clause(in, kind, &clauses->at[i]);
    return kind;
}

static void infer_term(struct inference *in, const struct item *item)
{
    size_t kind = infer_selection(in, &item->record, &item->clauses);

    *ARENA_PUSH(in->arena, in->terms, in->term_count, in->term_room) =
        (struct guessed_term){ item->word.text, kind };
}

static void infer_nodes(struct inference *in, const struct node_list *nodes);

static void infer_node(struct inference *in, const struct node *node)
{
    size_t kind;

    switch (node->kind) {
    case NODE_ALL:
    case NODE_ANY:
    case NODE_SEPARATELY:
    case NODE_AT_LEAST:
    case NODE_EACH:
        infer_nodes(in, &node->children);
        break;
    case NODE_COUNT:
    case NODE_COVERED:
    case NODE_SINCE:
        (void)infer_selection(in, &node->record, &node->body);
        break;
    case NODE_DISTINCT:
        kind = infer_selection(in, &node->record, &node->body);
        (void)infer_field(in, kind, &node->field);
        break;
    case NODE_SUM:
        kind = infer_selection(in, &node->record, &node->body);
        infer_measure(in, kind, &node->field, node->quantity);
        break;
    case NODE_HOLDS:
        for (size_t i = 0; i < node->names.count; i++)
            (void)add_name(in, &in->credentials, node->names.at[i].text);
        break;
    case NODE_DECLARED:
        infer_name(in, &in->statements, &node->field, "a statement");
        break;
    case NODE_AGE:
    case NODE_JUDGED:
        break;
    }
}

static void infer_nodes(struct inference *in, const struct node_list *nodes)
{
    for (size_t i = 0; i < nodes->count; i++)
        infer_node(in, &nodes->at[i]);
}

static void infer_part(struct inference *in, const struct part *part)
{
    if (part->kind == PART_NODE)
        infer_node(in, &part->node);
    infer_nodes(in, &part->when);
    infer_nodes(in, &part->instead);
    for (size_t i = 0; i < part->grants.count; i++) {
        infer_names(in, &in->reasons, &part->grants.at[i].reasons, "a reason");
        infer_nodes(in, &part->grants.at[i].block);
    }
}

static void infer_item(struct inference *in, const struct item *item)
{
    if (item->kind == ITEM_CYCLE && item->word.text.p)
        infer_name(in, &in->anchors, &item->word, "an anchor");
    for (size_t i = 0; i < item->parts.count; i++)
        infer_part(in, &item->parts.at[i]);
    infer_nodes(in, &item->nodes);
    for (size_t i = 0; i < item->rules.count; i++) {
        if (item->rules.at[i].kind == RULE_ACCEPT_STARTED)
            (void)infer_selection(in, &item->rules.at[i].record, &item->rules.at[i].body);
    }
}

/* ---- bodies, once the types of programmes are known that may stand for them ---- */

static void infer_body(struct inference *in, const struct word *word)
{
    struct str_list types = { in->programmes.at, in->programmes.count };

    if (!str_list_has(types, word->text))
        infer_name(in, &in->bodies, word, "a body");
}

static void infer_judges(struct inference *in, const struct node_list *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        if (nodes->at[i].kind == NODE_JUDGED)
            infer_body(in, &nodes->at[i].judge);
        infer_judges(in, &nodes->at[i].children);
    }
}

static void infer_bodies(struct inference *in, const struct item *item)
{
    if (item->kind == ITEM_OWNER)
        infer_body(in, &item->word);
    for (size_t i = 0; i < item->parts.count; i++) {
        const struct part *part = &item->parts.at[i];

        if (part->kind == PART_NODE && part->node.kind == NODE_JUDGED)
            infer_body(in, &part->node.judge);
        infer_judges(in, &part->node.children);
        if (part->kind == PART_REFER || part->kind == PART_DISCRETION)
            infer_body(in, &part->body);
        infer_judges(in, &part->when);
        infer_judges(in, &part->instead);
        for (size_t k = 0; k < part->grants.count; k++)
            infer_judges(in, &part->grants.at[k].block);
    }
}

/* ---- the vocabulary ---- */

static struct kind finish_kind(struct inference *in, const struct guessed_kind *guessed)
{
    struct field_list fields;

    fields_init(in->arena, &fields);
    for (size_t i = 0; i < guessed->field_count; i++) {
        const struct guess *guess = &guessed->fields[i];

        *ARENA_PUSH(in->arena, fields.at, fields.count, fields.room) =
            (struct field){ .name = guess->name,
                            .type = guess->type,
                            .values = { guess->values, guess->value_count } };
    }
    return (struct kind){ .name = guessed->name, .fields = fields.at, .field_count = fields.count };
}

static struct str_list finish_names(struct name_list *list)
{
    vocabulary_sort_names(list->at, list->count);
    return (struct str_list){ list->at, list->count };
}

static struct vocabulary *finish(struct inference *in)
{
    struct vocabulary *v = ARENA_NEW(in->arena, struct vocabulary);
    struct kind *kinds = ARENA_ARRAY(in->arena, in->kind_count, struct kind);

    for (size_t i = 0; i < in->kind_count; i++)
        kinds[i] = finish_kind(in, &in->kinds[i]);
    vocabulary_sort_kinds(kinds, in->kind_count);
    v->inferred = true;
    v->kinds = kinds;
    v->kind_count = in->kind_count;
    v->programmes = finish_names(&in->programmes);
    v->bodies = finish_names(&in->bodies);
    v->statements = finish_names(&in->statements);
    v->anchors = finish_names(&in->anchors);
    v->reasons = finish_names(&in->reasons);
    v->credentials = finish_names(&in->credentials);
    vocabulary_set_efforts(in->arena, v, NULL);
    return v;
}

struct vocabulary *vocabulary_infer(struct arena *arena, const struct document *document,
                                    struct diags *diags)
{
    struct inference in = { .arena = arena, .diags = diags };
    const struct item_list *items = &document->items;
    struct vocabulary *v;

    for (size_t i = 0; i < items->count; i++) {
        if (items->at[i].kind == ITEM_TERM)
            infer_term(&in, &items->at[i]);
    }
    for (size_t i = 0; i < items->count; i++)
        infer_item(&in, &items->at[i]);
    for (size_t i = 0; i < items->count; i++)
        infer_bodies(&in, &items->at[i]);
    v = finish(&in);
    for (size_t i = 0; i < items->count; i++) {
        if (items->at[i].kind == ITEM_VOCABULARY) {
            v->name = items->at[i].word.text;
            v->edition = items->at[i].edition;
        }
    }
    return v;
}
