#include "criteria/parse.h"

/* What a body of clauses is read into. */
struct clause_body {
    enum clause_place place;
    struct clause_list *list;
    bool also;  /* one was read */
    bool weigh; /* the same */
};

static const char *const clause_words[] = {
    "within", "from", "until", "before", "in", "after", "programme", "weigh", "at", "also",
};

static const char clause_what[] = "a field or a filter";

static bool read_limit(struct parser *p, struct clause *clause);

/* ---- filters ---- */

static bool read_level(struct parser *p, struct clause *clause)
{
    struct word level;

    if (!parse_word(p, "a level", &level))
        return false;
    *ARENA_PUSH(p->arena, clause->values.at, clause->values.count, clause->values.room) = level;
    return true;
}

/* Nothing that a field may be followed by: the field may have been meant for another word. */
static bool no_value(struct parser *p, const struct word *field)
{
    const char *what = "a value of small letters, 'not' or '>='";
    struct str words[ARRAY_LEN(clause_words)];
    struct str_list list = { words, ARRAY_LEN(words) };

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        words[i] = str_from_c(clause_words[i]);
    if (!str_nearest(field->text, list).p)
        return parse_unexpected(p, what);
    return parse_fault(p, field->span, diags_hint(p->diags, NULL, field->text, list),
                       "no value of '%.*s' follows it", STR_ARG(field->text));
}

static bool at_field(const struct parser *p)
{
    bool implicit = parse_at_word(p, "hours") || parse_at_word(p, "days") ||
                    parse_at_word(p, "matter");

    return p->token.kind == TOKEN_WORD && (implicit || !criteria_word_is_reserved(p->token.text));
}

/* field ["not"] value ("," value)* | field ">=" (quantity | level), without the end. */
static bool read_own(struct parser *p, struct clause *clause)
{
    if (!parse_word(p, clause_what, &clause->field))
        return false;
    if (p->token.kind == TOKEN_AT_LEAST) {
        clause->kind = CLAUSE_AT_LEAST;
        parse_next(p);
        if (p->token.kind == TOKEN_WORD && criteria_is_word(p->token.text))
            return read_level(p, clause);
        return parse_quantity(p, &clause->quantity);
    }
    clause->kind = CLAUSE_IN;
    clause->negated = parse_skip_word(p, "not");
    if (p->token.kind != TOKEN_WORD || !criteria_is_word(p->token.text))
        return no_value(p, &clause->field);
    return parse_words(p, "a value", &clause->values);
}

static bool read_after_first(struct parser *p, struct clause *clause)
{
    clause->kind = CLAUSE_AFTER_FIRST;
    return parse_keywords(p, "after first") &&
           parse_own_name(p, "a kind or a term", &clause->record) &&
           parse_match(p, PLACE_FILTERS, &clause->has_body, &clause->body, &clause->comments);
}

static bool read_programme(struct parser *p, struct clause *clause)
{
    clause->kind = CLAUSE_PROGRAMME;
    parse_next(p);
    if (!parse_words(p, "a type of programme", &clause->values) || !parse_keyword(p, "accredited"))
        return false;
    if (parse_skip_word(p, "throughout"))
        clause->when = ACCREDITED_THROUGHOUT;
    else if (parse_at_word(p, "at")) {
        clause->when = ACCREDITED_AT_START;
        return parse_keywords(p, "at start");
    }
    return true;
}

static bool read_dated(struct parser *p, struct clause *clause, enum clause_kind kind)
{
    clause->kind = kind;
    parse_next(p);
    return parse_date(p, &clause->date);
}

static bool read_filter(struct parser *p, struct clause *clause)
{
    if (parse_skip_word(p, "within")) {
        clause->kind = CLAUSE_WITHIN;
        return parse_duration(p, &clause->duration);
    }
    if (parse_at_word(p, "from"))
        return read_dated(p, clause, CLAUSE_FROM);
    if (parse_at_word(p, "until"))
        return read_dated(p, clause, CLAUSE_UNTIL);
    if (parse_at_word(p, "before"))
        return read_dated(p, clause, CLAUSE_BEFORE);
    if (parse_skip_word(p, "in")) {
        clause->kind = CLAUSE_IN_CYCLE;
        return parse_keyword(p, "cycle");
    }
    if (parse_at_word(p, "after"))
        return read_after_first(p, clause);
    if (parse_at_word(p, "programme"))
        return read_programme(p, clause);
    if (!at_field(p))
        return parse_no_statement(p, clause_what, clause_words, ARRAY_LEN(clause_words));
    return read_own(p, clause);
}

/* ---- what only counts and sums have ---- */

/* A question about the record's own field, as part of `weigh` and `at most`. */
static bool read_inner_own(struct parser *p, struct clause *clause)
{
    struct clause *own = ARENA_NEW(p->arena, struct clause);

    own->span = p->token.span;
    if (!at_field(p))
        return parse_unexpected(p, "a field of the record itself");
    if (!read_own(p, own))
        return false;
    own->span = parse_line_from(p, own->span);
    clause->own = own;
    return true;
}

static bool read_weigh(struct parser *p, struct clause *clause)
{
    clause->kind = CLAUSE_WEIGH;
    parse_next(p);
    return parse_percent(p, &clause->percent) && read_inner_own(p, clause);
}

static bool read_also(struct parser *p, struct clause *clause)
{
    clause->kind = CLAUSE_ALSO;
    parse_next(p);
    return parse_own_name(p, "a kind or a term", &clause->record) && parse_keywords(p, "at most") &&
           parse_number(p, "a whole number of records", &clause->need) &&
           parse_match(p, PLACE_FILTERS, &clause->has_body, &clause->body, &clause->comments);
}

/* The place a comment at the end of the statement belongs to. */
static struct str *end_slot(struct clause *clause)
{
    return clause->has_body ? &clause->comments.after_close : &clause->comments.after;
}

/* Reads the end of a clause and adds it to the body. */
static bool finish(struct parser *p, struct clause *clause, struct clause_list *list)
{
    if (!parse_end(p, end_slot(clause)))
        return false;
    *ARENA_PUSH(p->arena, list->at, list->count, list->room) = *clause;
    return true;
}

static bool read_inner_limit(struct parser *p, void *into)
{
    static const char *const words[] = { "at" };
    struct clause_list *list = into;
    struct clause clause = { .span = p->token.span, .comments = parse_comments(p) };

    if (!parse_at_word(p, "at"))
        return parse_no_statement(p, "a limit that begins with 'at most'", words, ARRAY_LEN(words));
    return read_limit(p, &clause) && finish(p, &clause, list);
}

static bool read_limit(struct parser *p, struct clause *clause)
{
    clause->kind = CLAUSE_LIMIT;
    if (!parse_keywords(p, "at most") || !parse_quantity(p, &clause->quantity))
        return false;
    if (parse_skip_word(p, "each") && !parse_word(p, "a field", &clause->each))
        return false;
    if (p->token.kind == TOKEN_WORD && !read_inner_own(p, clause))
        return false;
    clause->span = parse_line_from(p, clause->span);
    if (p->token.kind != TOKEN_OPEN)
        return true;
    clause->has_body = true;
    return parse_block(p, read_inner_limit, &clause->body, &clause->comments);
}

/* ---- bodies ---- */

/* Whether the clause that begins here may stand in this body. */
static bool may_stand(struct parser *p, const struct clause_body *body)
{
    struct span span = p->token.span;

    if (parse_at_word(p, "at") && body->place != PLACE_SUM)
        return parse_fault(p, span, STR_NONE, "'at most' stands only in a sum");
    if (parse_at_word(p, "weigh") && body->place == PLACE_FILTERS)
        return parse_fault(p, span, STR("expected a filter"),
                           "'weigh' stands only in a count or a sum");
    if (parse_at_word(p, "also") && body->place != PLACE_COUNT)
        return parse_fault(p, span, STR("expected a filter"), "'also' stands only in a count");
    if (parse_at_word(p, "also") && body->also)
        return parse_fault(p, span, STR_NONE, "a count has one 'also'");
    if ((parse_at_word(p, "also") && body->weigh) || (parse_at_word(p, "weigh") && body->also))
        return parse_fault(p, span, STR("keep one of the two"),
                           "'weigh' and 'also' exclude each other");
    return true;
}

static bool read_clause(struct parser *p, void *into)
{
    struct clause_body *body = into;
    struct clause clause = { .span = p->token.span, .comments = parse_comments(p) };
    bool read;

    if (!may_stand(p, body))
        return false;
    if (parse_at_word(p, "also")) {
        body->also = true;
        read = read_also(p, &clause);
    } else if (parse_at_word(p, "weigh")) {
        body->weigh = true;
        read = read_weigh(p, &clause);
    } else if (parse_at_word(p, "at")) {
        read = read_limit(p, &clause);
    } else {
        read = read_filter(p, &clause);
    }
    if (!read)
        return false;
    clause.span = parse_line_from(p, clause.span);
    return finish(p, &clause, body->list);
}

bool parse_match(struct parser *p, enum clause_place place, bool *ret_has_body,
                 struct clause_list *ret, struct comments *comments)
{
    struct clause_body body = { .place = place, .list = ret };

    if (p->token.kind != TOKEN_OPEN)
        return true;
    *ret_has_body = true;
    return parse_block(p, read_clause, &body, comments);
}

bool parse_term(struct parser *p, struct word *ret_name, struct word *ret_record,
                bool *ret_has_body, struct clause_list *ret, struct comments *comments)
{
    if (!parse_own_name(p, "the name of the term", ret_name) || !parse_keyword(p, "is") ||
        !parse_own_name(p, "a kind or a term above", ret_record))
        return false;
    if (p->token.kind != TOKEN_OPEN)
        return parse_unexpected(p, "'{' on the line that it continues");
    return parse_match(p, PLACE_FILTERS, ret_has_body, ret, comments) &&
           parse_end(p, &comments->after_close);
}
