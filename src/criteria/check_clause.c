#include "criteria/check_parts.h"

#include <stdarg.h>
#include <stdlib.h>

#define CANDIDATES_MAX 500 /* for what a misspelt word may have meant */

/* ---- terms ---- */

static int compare_terms(const void *left, const void *right)
{
    const struct known_term *a = left;
    const struct known_term *b = right;

    return str_cmp(a->name, b->name);
}

void checker_init(struct checker *c, struct diags *diags, const struct vocabulary *vocabulary,
                  const struct str *terms, size_t count)
{
    *c = (struct checker){ .arena = diags->arena, .diags = diags, .vocabulary = vocabulary };
    c->terms = ARENA_ARRAY(c->arena, count, struct known_term);
    c->term_count = count;
    for (size_t i = 0; i < count; i++)
        c->terms[i].name = terms[i];
    if (count > 1)
        qsort(c->terms, count, sizeof(*c->terms), compare_terms);
}

struct known_term *checker_term(const struct checker *c, struct str name)
{
    struct known_term key = { .name = name };

    if (c->term_count == 0)
        return NULL;
    return bsearch(&key, c->terms, c->term_count, sizeof(*c->terms), compare_terms);
}

/* ---- what is not known ---- */

bool check_can_tell(const struct checker *c)
{
    return c->diags->count < DIAGS_MAX;
}

void check_unknown(struct checker *c, const struct word *word, struct str_list candidates,
                   const char *what, const char *fmt, ...)
{
    struct str message;
    va_list args;

    if (candidates.count > CANDIDATES_MAX)
        candidates.count = CANDIDATES_MAX;

    va_start(args, fmt);
    message = str_format_args(c->arena, fmt, args);
    va_end(args);
    diags_add(c->diags, SEVERITY_ERROR, word->span,
              diags_hint(c->diags, what, word->text, candidates), "%.*s", STR_ARG(message));
}

/* The kinds, and the terms that may be used here; of very many, the first. */
static struct str_list known_records(const struct checker *c)
{
    const struct vocabulary *v = c->vocabulary;
    struct str *names;
    size_t count = 0;

    if (!check_can_tell(c))
        return (struct str_list){ NULL, 0 };
    names = ARENA_ARRAY(c->arena, CANDIDATES_MAX, struct str);
    for (size_t i = 0; i < v->kind_count && count < CANDIDATES_MAX; i++)
        names[count++] = v->kinds[i].name;
    for (size_t i = 0; i < c->term_count && count < CANDIDATES_MAX; i++) {
        if (c->terms[i].checked)
            names[count++] = c->terms[i].name;
    }
    return (struct str_list){ names, count };
}

static struct str_list known_fields(const struct checker *c, const struct kind *kind, bool measures)
{
    struct str *names;
    size_t count = 0;

    if (!check_can_tell(c))
        return (struct str_list){ NULL, 0 };
    names = ARENA_ARRAY(c->arena, kind->field_count, struct str);
    for (size_t i = 0; i < kind->field_count; i++) {
        if (!measures || field_is_measure(&kind->fields[i]))
            names[count++] = kind->fields[i].name;
    }
    return (struct str_list){ names, count };
}

static void unknown_record(struct checker *c, const struct word *record)
{
    check_unknown(c, record, known_records(c), "a kind or a term",
                  "no kind or term is named '%.*s'", STR_ARG(record->text));
}

const struct kind *check_record(struct checker *c, const struct word *record, bool *ret_in_cycle)
{
    const struct known_term *term = checker_term(c, record->text);
    const struct kind *kind = vocabulary_kind(c->vocabulary, record->text);

    if (term && !term->checked && !kind) {
        diags_add(c->diags, SEVERITY_ERROR, record->span, STR("move it down, or that term up"),
                  "a term uses only terms above it, and '%.*s' is none", STR_ARG(record->text));
        return NULL;
    }
    if (term && term->checked) {
        if (term->in_cycle && !c->cycle)
            diags_add(c->diags, SEVERITY_ERROR, record->span, STR("add an item 'cycle'"),
                      "the term '%.*s' speaks of a cycle, and this document has none",
                      STR_ARG(record->text));
        *ret_in_cycle = *ret_in_cycle || term->in_cycle;
        return term->kind;
    }
    if (!kind)
        unknown_record(c, record);
    return kind;
}

/* ---- fields ---- */

const struct field *check_field(struct checker *c, const struct kind *kind,
                                const struct word *field)
{
    const struct field *found = kind_field(kind, field->text);
    const char *what;

    if (found)
        return found;
    what = str_to_c(c->arena, str_format(c->arena, "a field of %.*s", STR_ARG(kind->name)));
    check_unknown(c, field, known_fields(c, kind, false), what, "no field of %.*s is named '%.*s'",
                  STR_ARG(kind->name), STR_ARG(field->text));
    return NULL;
}

const struct field *check_measure(struct checker *c, const struct kind *kind,
                                  const struct word *field)
{
    const struct field *found = check_field(c, kind, field);
    const char *what;

    if (!found || field_is_measure(found))
        return found;
    what = str_to_c(c->arena, str_format(c->arena, "a measure of %.*s", STR_ARG(kind->name)));
    check_unknown(c, field, known_fields(c, kind, true), what, "'%.*s' of %.*s is no measure",
                  STR_ARG(field->text), STR_ARG(kind->name));
    return NULL;
}

void check_quantity(struct checker *c, struct span span, const struct field *measure,
                    struct quantity quantity)
{
    if (field_is_time(measure) && quantity.unit == UNIT_NONE)
        diags_add(c->diags, SEVERITY_ERROR, span, STR("write 'h' or 'min' behind the number"),
                  "'%.*s' is measured in time and needs a unit", STR_ARG(measure->name));
    else if (!field_is_time(measure) && quantity.unit != UNIT_NONE)
        diags_add(c->diags, SEVERITY_ERROR, span, STR("remove the unit"),
                  "'%.*s' is no measure of time and has no unit", STR_ARG(measure->name));
}

void check_words(struct checker *c, const struct word_list *words, struct str_list known,
                 const char *what)
{
    for (size_t i = 0; i < words->count; i++) {
        const struct word *word = &words->at[i];

        if (!vocabulary_lists(known, word->text))
            check_unknown(c, word, known, what, "'%.*s' is not known to the vocabulary",
                          STR_ARG(word->text));
    }
}

static void check_values(struct checker *c, const struct clause *own, const struct field *field)
{
    for (size_t i = 0; i < own->values.count; i++) {
        const struct word *value = &own->values.at[i];
        const char *what = own->kind == CLAUSE_IN ? "a value" : "a level";

        if (!str_list_has(field->values, value->text))
            check_unknown(c, value, field->values, what, "'%.*s' is no value of '%.*s'",
                          STR_ARG(value->text), STR_ARG(field->name));
    }
}

/* A question about a record's own field. */
static void check_own(struct checker *c, const struct kind *kind, const struct clause *own)
{
    const struct field *field = check_field(c, kind, &own->field);
    bool level = own->values.count > 0;
    bool listed;

    if (!field)
        return;
    listed = field->type == FIELD_OF || field->type == FIELD_ORDERED;
    if (own->kind == CLAUSE_IN && field->type == FIELD_ID)
        diags_add(c->diags, SEVERITY_ERROR, own->field.span,
                  STR("an id tells records apart; it is not compared with values"),
                  "'%.*s' is an id and is not listed", STR_ARG(field->name));
    else if (own->kind == CLAUSE_IN && !listed)
        diags_add(c->diags, SEVERITY_ERROR, own->field.span, STR("compare it by '>='"),
                  "'%.*s' is a measure and has no values", STR_ARG(field->name));
    else if (own->kind == CLAUSE_IN || (level && field->type == FIELD_ORDERED))
        check_values(c, own, field);
    else if (!level && field_is_measure(field))
        check_quantity(c, own->field.span, field, own->quantity);
    else if (field->type == FIELD_ORDERED)
        diags_add(c->diags, SEVERITY_ERROR, own->field.span,
                  STR("write the name of the lowest level that will do"),
                  "'%.*s' has levels, not numbers", STR_ARG(field->name));
    else if (field_is_measure(field))
        diags_add(c->diags, SEVERITY_ERROR, own->field.span, STR("write a number"),
                  "'%.*s' is a measure and has no levels", STR_ARG(field->name));
    else
        diags_add(c->diags, SEVERITY_ERROR, own->field.span,
                  STR("list the values that will do, without '>='"), "'%.*s' has no order",
                  STR_ARG(field->name));
}

/* ---- clauses ---- */

static void check_limit(struct checker *c, const struct kind *kind, const struct clause *limit,
                        const struct field *measure)
{
    if (measure)
        check_quantity(c, limit->span, measure, limit->quantity);
    if (limit->each.text.p)
        (void)check_field(c, kind, &limit->each);
    if (limit->own)
        check_own(c, kind, limit->own);
    for (size_t i = 0; i < limit->body.count; i++)
        check_limit(c, kind, &limit->body.at[i], measure);
}

static void check_clause(struct checker *c, const struct kind *kind, const struct clause *clause,
                         const struct field *measure, bool *ret_in_cycle)
{
    switch (clause->kind) {
    case CLAUSE_IN:
    case CLAUSE_AT_LEAST:
        check_own(c, kind, clause);
        break;
    case CLAUSE_WITHIN:
    case CLAUSE_FROM:
    case CLAUSE_UNTIL:
    case CLAUSE_BEFORE:
        break;
    case CLAUSE_IN_CYCLE:
        *ret_in_cycle = *ret_in_cycle || c->cycle;
        if (!c->cycle)
            diags_add(c->diags, SEVERITY_ERROR, clause->span,
                      STR("add an item 'cycle', such as: cycle 3 years from ANCHOR"),
                      "this document has no cycle");
        break;
    case CLAUSE_AFTER_FIRST:
    case CLAUSE_ALSO:
        (void)check_selection(c, &clause->record, &clause->body, NULL, ret_in_cycle);
        break;
    case CLAUSE_PROGRAMME:
        check_words(c, &clause->values, c->vocabulary->programmes, "a type of programme");
        break;
    case CLAUSE_WEIGH:
        check_own(c, kind, clause->own);
        break;
    case CLAUSE_LIMIT:
        check_limit(c, kind, clause, measure);
        break;
    }
}

const struct kind *check_selection(struct checker *c, const struct word *record,
                                   const struct clause_list *clauses, const struct field *measure,
                                   bool *ret_in_cycle)
{
    const struct kind *kind = check_record(c, record, ret_in_cycle);

    if (!kind)
        return NULL;
    for (size_t i = 0; i < clauses->count; i++)
        check_clause(c, kind, &clauses->at[i], measure, ret_in_cycle);
    return kind;
}

void check_term(struct checker *c, const struct word *name, const struct word *record,
                const struct clause_list *clauses)
{
    struct known_term *term = checker_term(c, name->text);
    bool in_cycle = false;
    const struct kind *kind;

    if (vocabulary_kind(c->vocabulary, name->text) || term->checked) {
        diags_add(c->diags, SEVERITY_ERROR, name->span, STR("give the term another name"),
                  "the name '%.*s' is taken by %s", STR_ARG(name->text),
                  term->checked ? "another term" : "a kind");
        return;
    }
    kind = check_selection(c, record, clauses, NULL, &in_cycle);
    term->kind = kind;
    term->in_cycle = in_cycle;
    term->checked = true;
}
