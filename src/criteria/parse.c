#include "criteria/parse.h"

#include <stdarg.h>

/* ---- the stream ---- */

void parse_next(struct parser *p)
{
    if (p->token.kind != TOKEN_END)
        p->read_to = p->token.span.offset + p->token.span.length;
    for (;;) {
        p->token = lexer_next(&p->lexer);
        if (p->token.kind != TOKEN_COMMENT)
            return;
        if (p->token.own_line)
            *ARENA_PUSH(p->arena, p->waiting, p->waiting_count, p->waiting_room) = p->token.text;
        else
            p->trailing = p->token.text;
    }
}

void parser_init(struct parser *p, struct arena *arena, const struct source *source,
                 struct diags *diags)
{
    *p = (struct parser){ .arena = arena, .source = source, .diags = diags };
    lexer_init(&p->lexer, source, diags);
    p->token.kind = TOKEN_END;
    parse_next(p);
}

bool parse_at_word(const struct parser *p, const char *word)
{
    return p->token.kind == TOKEN_WORD && str_eq_c(p->token.text, word);
}

bool parse_skip_word(struct parser *p, const char *word)
{
    if (!parse_at_word(p, word))
        return false;
    parse_next(p);
    return true;
}

bool parse_at_end(const struct parser *p)
{
    return p->token.kind == TOKEN_END || p->token.kind == TOKEN_CLOSE || p->token.kind == TOKEN_EOF;
}

struct span parse_line_from(const struct parser *p, struct span first)
{
    struct str text = str_drop(str_take(p->source->text, p->read_to), first.offset);
    struct str line;

    (void)str_split(text, '\n', &line);
    first.length = (uint32_t)line.n;
    return first;
}

/* ---- faults ---- */

bool parse_fault(struct parser *p, struct span span, struct str hint, const char *fmt, ...)
{
    va_list args;
    struct str message;

    va_start(args, fmt);
    message = str_format_args(p->diags->arena, fmt, args);
    va_end(args);
    diags_add(p->diags, SEVERITY_ERROR, span, hint, "%.*s", STR_ARG(message));
    return false;
}

/* The next token's place; the end of a line is told at the line that ends. */
static struct span token_span(const struct parser *p)
{
    struct span span = p->token.span;

    if (p->token.kind == TOKEN_END)
        span.length = 1;
    return span;
}

static bool unexpected(struct parser *p, struct str hint)
{
    struct span span = token_span(p);

    switch (p->token.kind) {
    case TOKEN_EOF:
        if (p->end_told)
            return false;
        p->end_told = true;
        return parse_fault(p, span, hint, "the file ends too early");
    case TOKEN_END:
        return parse_fault(p, span, hint, "the statement ends too early");
    case TOKEN_TEXT:
        return parse_fault(p, span, hint, "a text cannot stand here");
    default:
        return parse_fault(p, span, hint, "'%.*s' cannot stand here", STR_ARG(p->token.text));
    }
}

bool parse_unexpected(struct parser *p, const char *what)
{
    return unexpected(p, str_format(p->diags->arena, "expected %s", what));
}

bool parse_unexpected_word(struct parser *p, const char *what, const char *const *words,
                           size_t count)
{
    struct str *candidates;
    struct str word = p->token.kind == TOKEN_WORD ? p->token.text : STR_NONE;

    if (p->diags->count == DIAGS_MAX)
        return unexpected(p, STR_NONE);
    candidates = ARENA_ARRAY(p->diags->arena, count, struct str);
    for (size_t i = 0; i < count; i++)
        candidates[i] = str_from_c(words[i]);
    return unexpected(p, diags_hint(p->diags, what, word, (struct str_list){ candidates, count }));
}

/* Whether the next token only ever continues a line. */
static bool at_continuation(const struct parser *p)
{
    return p->token.kind == TOKEN_OPEN || parse_at_word(p, "when") || parse_at_word(p, "instead") ||
           parse_at_word(p, "effect");
}

/* Whether the next token begins a statement that only an outer block holds. */
static bool at_outer_word(const struct parser *p)
{
    static const char *const words[] = { "criteria", "require", "bar", "transition", "example" };

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (parse_at_word(p, words[i]))
            return true;
    }
    return false;
}

bool parse_no_statement(struct parser *p, const char *what, const char *const *words, size_t count)
{
    if (p->token.kind == TOKEN_OPEN)
        return unexpected(p, STR("it stands at the end of the line that it continues"));
    if (at_continuation(p))
        return unexpected(p, STR("it stands on the line that it continues"));
    if (parse_at_word(p, "not"))
        return unexpected(p, STR("no condition is negated; values of a field are excluded by "
                                 "FIELD not VALUE"));
    if (p->depth > 0 && at_outer_word(p)) {
        p->end_told = true;
        return unexpected(p, STR("a '}' seems to be missing above it"));
    }
    return parse_unexpected_word(p, what, words, count);
}

/* ---- statements and blocks ---- */

struct comments parse_comments(struct parser *p)
{
    struct comments comments = { .before = { p->waiting, p->waiting_count } };

    p->waiting = NULL;
    p->waiting_count = 0;
    p->waiting_room = 0;
    return comments;
}

static void take_trailing(struct parser *p, struct str *slot)
{
    if (!p->trailing.p || slot->p)
        return;
    *slot = p->trailing;
    p->trailing = STR_NONE;
}

bool parse_end(struct parser *p, struct str *slot)
{
    if (!parse_at_end(p))
        return parse_unexpected(p, "the end of the statement: a new line, ';' or '}'");
    take_trailing(p, slot);
    if (p->token.kind == TOKEN_END) {
        parse_next(p);
        take_trailing(p, slot);
    }
    return true;
}

/* Reads a block that opens here to behind the brace that closes it. */
static void skip_block(struct parser *p)
{
    size_t open = 0;

    do {
        if (p->token.kind == TOKEN_OPEN)
            open++;
        else if (p->token.kind == TOKEN_CLOSE)
            open--;
        parse_next(p);
    } while (open > 0 && p->token.kind != TOKEN_EOF);
}

/* Reads to the end of the statement, not behind it. */
static void skip_to_end(struct parser *p)
{
    while (!parse_at_end(p)) {
        if (p->token.kind == TOKEN_OPEN)
            skip_block(p);
        else
            parse_next(p);
    }
}

void parse_skip_statement(struct parser *p)
{
    skip_to_end(p);
    if (p->token.kind == TOKEN_END)
        parse_next(p);
    /* The fault may have been that this does not stand on the line before. */
    if (at_continuation(p)) {
        skip_to_end(p);
        if (p->token.kind == TOKEN_END)
            parse_next(p);
    }
    p->trailing = STR_NONE;
}

bool parse_resume_at_block(struct parser *p)
{
    while (!parse_at_end(p) && p->token.kind != TOKEN_OPEN)
        parse_next(p);
    return p->token.kind == TOKEN_OPEN;
}

/* Goes to the next statement. False at the end of the block or of the file. */
static bool next_statement(struct parser *p)
{
    while (p->token.kind == TOKEN_END)
        parse_next(p);
    /* A comment behind nothing but an empty statement. */
    if (p->trailing.p) {
        *ARENA_PUSH(p->arena, p->waiting, p->waiting_count, p->waiting_room) = p->trailing;
        p->trailing = STR_NONE;
    }
    return p->token.kind != TOKEN_CLOSE && p->token.kind != TOKEN_EOF;
}

static bool open_block(struct parser *p, struct comments *comments)
{
    if (p->token.kind != TOKEN_OPEN)
        return parse_unexpected(p, "'{' on the line that it continues");
    if (p->depth == CRITERIA_DEPTH_MAX)
        return parse_fault(p, p->token.span, STR("name a part of it by a term, or flatten it"),
                           "more than %d blocks stand within each other", CRITERIA_DEPTH_MAX);
    p->depth++;
    parse_next(p);
    take_trailing(p, &comments->after);
    return true;
}

static bool close_block(struct parser *p, struct span open, struct comments *comments)
{
    p->depth--;
    comments->before_close = parse_comments(p).before;
    if (p->token.kind == TOKEN_EOF) {
        if (!p->end_told)
            parse_fault(p, open, STR("expected a '}' somewhere after it"),
                        "this block is not closed");
        p->end_told = true;
        return false;
    }
    parse_next(p);
    take_trailing(p, &comments->after_close);
    return true;
}

static void tell_too_long(struct parser *p)
{
    parse_fault(p, p->part, STR("divide it"), "this text is longer than %zu bytes",
                CRITERIA_DOCUMENT_MAX);
}

/* Whether what comes next is past the length that a document may have, which is then told. */
static bool past_limit(struct parser *p)
{
    if (p->token.span.offset - p->part.offset <= CRITERIA_DOCUMENT_MAX)
        return false;
    tell_too_long(p);
    return true;
}

bool parse_block(struct parser *p, parse_statement *read, void *into, struct comments *comments)
{
    struct span open = p->token.span;

    if (!open_block(p, comments))
        return false;
    while (next_statement(p)) {
        if (past_limit(p) || !read(p, into))
            parse_skip_statement(p);
    }
    return close_block(p, open, comments);
}

/* ---- files ---- */

static const char *const file_words[] = { "criteria", "vocabulary" };

/* The bytes of a document or vocabulary, now that it was read. */
static struct str part_text(struct parser *p)
{
    struct str text = str_drop(str_take(p->source->text, p->read_to), p->part.offset);

    if (text.n > CRITERIA_DOCUMENT_MAX)
        tell_too_long(p);
    return text;
}

static bool read_document(struct parser *p, struct parsed_file *file)
{
    struct parsed parsed = { .vocabulary = false };
    struct document *document = &parsed.document;
    bool whole;

    p->part = p->token.span;
    document->comments = parse_comments(p);
    parse_next(p);
    whole = parse_document(p, document);
    document->source_text = part_text(p);
    document->span = parse_line_from(p, p->part);
    if (whole)
        whole = parse_end(p, &document->comments.after_close);
    *ARENA_PUSH(p->arena, file->at, file->count, file->room) = parsed;
    return whole;
}

static bool read_vocabulary(struct parser *p, struct parsed_file *file)
{
    struct parsed parsed = { .vocabulary = true };
    struct vocabulary_text *vocabulary = &parsed.vocabulary_text;
    bool whole;

    p->part = p->token.span;
    vocabulary->comments = parse_comments(p);
    parse_next(p);
    whole = parse_vocabulary(p, vocabulary);
    vocabulary->source_text = part_text(p);
    vocabulary->span = parse_line_from(p, p->part);
    if (whole)
        whole = parse_end(p, &vocabulary->comments.after_close);
    *ARENA_PUSH(p->arena, file->at, file->count, file->room) = parsed;
    return whole;
}

/* What stands between the parts is told once: behind a brace too many, all of it is astray. */
static bool read_part(struct parser *p, struct parsed_file *file)
{
    bool astray = p->astray;

    p->astray = false;
    if (parse_at_word(p, "criteria"))
        return read_document(p, file);
    if (parse_at_word(p, "vocabulary"))
        return read_vocabulary(p, file);
    p->astray = true;
    if (astray)
        return false;
    if (at_outer_word(p))
        return parse_fault(p, p->token.span,
                           STR("expected 'criteria' or 'vocabulary'; a '}' too many seems to stand "
                               "above it"),
                           "'%.*s' cannot stand here", STR_ARG(p->token.text));
    return parse_no_statement(p, "'criteria' or 'vocabulary'", file_words, ARRAY_LEN(file_words));
}

void criteria_parse(struct arena *arena, const struct source *source, struct diags *diags,
                    struct parsed_file *ret)
{
    struct parser p;
    struct parsed_file file = { .count = 0 };

    *ret = file;
    if (source->text.n > CRITERIA_FILE_MAX) {
        diags_add(diags, SEVERITY_ERROR, (struct span){ .source = source, .line = 1, .column = 1 },
                  STR("divide it into several files"), "this file is longer than %zu bytes",
                  CRITERIA_FILE_MAX);
        return;
    }
    parser_init(&p, arena, source, diags);
    while (next_statement(&p) || p.token.kind == TOKEN_CLOSE) {
        if (p.token.kind == TOKEN_CLOSE) {
            if (!p.astray)
                parse_fault(&p, p.token.span,
                            STR("remove it, or look for a '{' that is missing above"),
                            "this brace closes nothing");
            parse_next(&p);
        } else if (!read_part(&p, &file)) {
            parse_skip_statement(&p);
        }
    }
    file.comments_at_end = parse_comments(&p).before;
    *ret = file;
}
