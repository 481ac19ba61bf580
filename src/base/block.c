#include "base/block.h"

/* ---- tokens ---- */

void block_advance(struct block_reader *reader)
{
    do
        reader->token = lexer_next(&reader->lexer);
    while (reader->token.kind == TOKEN_COMMENT);
}

void block_advance_past_ends(struct block_reader *reader)
{
    while (reader->token.kind == TOKEN_END)
        block_advance(reader);
}

void block_report(struct block_reader *reader, const char *what)
{
    struct token token = reader->token;
    struct str hint = diags_hint(reader->diags, what, STR_NONE, (struct str_list){ NULL, 0 });

    switch (token.kind) {
    case TOKEN_EOF:
        diags_add(reader->diags, SEVERITY_ERROR, token.span, hint, "the file ends here");
        break;
    case TOKEN_END:
        token.span.length = 0;
        diags_add(reader->diags, SEVERITY_ERROR, token.span, hint, "the statement ends here");
        break;
    case TOKEN_TEXT:
        diags_add(reader->diags, SEVERITY_ERROR, token.span, hint, "a text does not belong here");
        break;
    default:
        diags_add(reader->diags, SEVERITY_ERROR, token.span, hint, "'%.*s' does not belong here",
                  STR_ARG(token.text));
    }
}

/* Consumes a token of that kind, or reports that `what` was expected. */
static bool take(struct block_reader *reader, enum token_kind kind, const char *what)
{
    if (reader->token.kind != kind) {
        block_report(reader, what);
        return false;
    }
    block_advance(reader);
    return true;
}

bool block_take_text(struct block_reader *reader, const char *what, struct str *ret)
{
    struct token token = reader->token;

    if (!take(reader, TOKEN_TEXT, what))
        return false;
    *ret = token_text(reader->arena, token);
    if (str_trim(*ret).n > 0)
        return true;
    diags_add(reader->diags, SEVERITY_ERROR, token.span, STR_NONE, "this text is empty");
    return false;
}

bool block_take_word(struct block_reader *reader, const char *what, bool (*is_valid)(struct str),
                     struct str *ret, struct span *ret_span)
{
    struct token token = reader->token;

    if (token.kind != TOKEN_WORD || !is_valid(token.text)) {
        block_report(reader, what);
        return false;
    }
    block_advance(reader);
    *ret = token.text;
    *ret_span = token.span;
    return true;
}

bool block_take_keyword(struct block_reader *reader, const char *word, const char *what)
{
    if (reader->token.kind != TOKEN_WORD || !str_eq_c(reader->token.text, word)) {
        block_report(reader, what);
        return false;
    }
    block_advance(reader);
    return true;
}

bool block_take_choice(struct block_reader *reader, const struct block_choices *choices, int *ret)
{
    struct str names[BLOCK_ROWS_MAX];

    BUG_IF(choices->count > BLOCK_ROWS_MAX);
    for (size_t i = 0; i < choices->count; i++) {
        names[i] = str_from_c(choices->names[i]);
        if (reader->token.kind == TOKEN_WORD && str_eq(reader->token.text, names[i])) {
            *ret = (int)i;
            block_advance(reader);
            return true;
        }
    }
    if (reader->token.kind != TOKEN_WORD) {
        block_report(reader, choices->what);
        return false;
    }
    diags_add(reader->diags, SEVERITY_ERROR, reader->token.span,
              diags_hint(reader->diags, choices->what, reader->token.text,
                         (struct str_list){ names, choices->count }),
              "'%.*s' is not %s", STR_ARG(reader->token.text), choices->what);
    return false;
}

/* ---- functions of rows ---- */

bool block_text(struct block_reader *reader, void *member)
{
    return block_take_text(reader, "a text in double quotes", member);
}

bool block_choice(struct block_reader *reader, void *member)
{
    return block_take_choice(reader, reader->row->detail, member);
}

/* ---- statements ---- */

/* Passes over what is left of a statement, its block included. */
static void skip_statement(struct block_reader *reader)
{
    size_t depth = 0;

    while (reader->token.kind != TOKEN_EOF) {
        if (depth == 0 && (reader->token.kind == TOKEN_END || reader->token.kind == TOKEN_CLOSE))
            return;
        if (reader->token.kind == TOKEN_OPEN)
            depth++;
        if (reader->token.kind == TOKEN_CLOSE)
            depth--;
        block_advance(reader);
    }
}

static const struct block_row *find_row(const struct block *block, struct str word)
{
    for (size_t i = 0; i < block->count; i++) {
        if (str_eq_c(word, block->rows[i].word))
            return &block->rows[i];
    }
    return NULL;
}

static void report_statement(struct block_reader *reader, const struct block *block)
{
    struct str words[BLOCK_ROWS_MAX];
    struct str_list list = { words, block->count };
    struct str hint;

    if (reader->token.kind != TOKEN_WORD) {
        block_report(reader, "a statement");
        return;
    }
    for (size_t i = 0; i < block->count; i++)
        words[i] = str_from_c(block->rows[i].word);
    hint = diags_hint(reader->diags, NULL, reader->token.text, list);
    if (!hint.p) {
        hint = str_format(reader->diags->arena, "expected one of");
        for (size_t i = 0; i < block->count; i++)
            hint = str_format(reader->diags->arena, "%.*s%s %s", STR_ARG(hint), i > 0 ? "," : "",
                              block->rows[i].word);
    }
    diags_add(reader->diags, SEVERITY_ERROR, reader->token.span, hint, "%s has no statement '%.*s'",
              block->what, STR_ARG(reader->token.text));
}

/* One statement up to its end. *ret is its row, or NULL if it has none. */
static bool read_statement(struct block_reader *reader, const struct block *block, void *into,
                           const bool *seen, const struct block_row **ret)
{
    const struct block_row *row = NULL;

    *ret = NULL;
    if (reader->token.kind == TOKEN_WORD)
        row = find_row(block, reader->token.text);
    if (!row) {
        report_statement(reader, block);
        return false;
    }
    *ret = row;
    if (row->times != OFTEN && seen[row - block->rows]) {
        diags_add(reader->diags, SEVERITY_ERROR, reader->token.span, STR("keep one of them"),
                  "'%s' stands twice in %s", row->word, block->what);
        return false;
    }
    block_advance(reader);
    if (row->second && !block_take_keyword(reader, row->second, row->second))
        return false;
    reader->row = row;
    if (!row->read(reader, (char *)into + row->member))
        return false;
    if (reader->token.kind == TOKEN_END || reader->token.kind == TOKEN_CLOSE ||
        reader->token.kind == TOKEN_EOF)
        return true;
    block_report(reader, "the end of the statement");
    return false;
}

/* Up to the closing brace or the end of the text, neither of which is consumed. */
static void read_statements(struct block_reader *reader, const struct block *block, void *into,
                            bool *seen, struct span *ret_places)
{
    BUG_IF(block->count > BLOCK_ROWS_MAX);
    for (;;) {
        const struct block_row *row;
        struct span place;

        block_advance_past_ends(reader);
        if (reader->token.kind == TOKEN_CLOSE || reader->token.kind == TOKEN_EOF)
            break;
        place = reader->token.span;
        if (!read_statement(reader, block, into, seen, &row))
            skip_statement(reader);
        if (row)
            seen[row - block->rows] = true;
        if (row && ret_places)
            ret_places[row - block->rows] = place;
    }
}

bool block_read(struct block_reader *reader, const struct block *block, struct span header,
                void *into, struct span *ret_places)
{
    bool seen[BLOCK_ROWS_MAX] = { false };

    if (!take(reader, TOKEN_OPEN, "{"))
        return false;
    read_statements(reader, block, into, seen, ret_places);
    for (size_t i = 0; i < block->count; i++) {
        if (block->rows[i].times == NEEDED && !seen[i])
            diags_add(reader->diags, SEVERITY_ERROR, header, STR_NONE, "%s needs a '%s'",
                      block->what, block->rows[i].word);
    }
    if (reader->token.kind == TOKEN_EOF) {
        diags_add(reader->diags, SEVERITY_ERROR, header, STR("expected a } after its statements"),
                  "this block does not end");
        return false;
    }
    block_advance(reader);
    return true;
}

void block_read_all(struct block_reader *reader, const struct block *block, void *into,
                    struct span *ret_places)
{
    bool seen[BLOCK_ROWS_MAX] = { false };

    read_statements(reader, block, into, seen, ret_places);
    while (reader->token.kind != TOKEN_EOF) {
        block_report(reader, "a statement");
        block_advance(reader);
        read_statements(reader, block, into, seen, ret_places);
    }
}

void block_begin(struct block_reader *reader, struct arena *arena, const struct source *source,
                 struct diags *diags)
{
    *reader = (struct block_reader){ .arena = arena, .diags = diags };
    lexer_init(&reader->lexer, source, diags);
    block_advance(reader);
    block_advance_past_ends(reader);
}
