#include "base/lex.h"

#include "base/arena.h"

#define BYTE_ORDER_MARK STR("\xef\xbb\xbf")

void lexer_init(struct lexer *lexer, const struct source *source, struct diags *diags)
{
    BUG_IF(source->text.n > UINT32_MAX);
    *lexer = (struct lexer){ .source = source, .diags = diags, .line = 1, .column = 1 };
    if (str_starts(source->text, BYTE_ORDER_MARK))
        lexer->at = BYTE_ORDER_MARK.n;
}

static struct str rest_of(const struct lexer *lexer)
{
    return str_drop(lexer->source->text, lexer->at);
}

/* The byte that many bytes ahead, and 0 past the end. */
static char peek(const struct lexer *lexer, size_t ahead)
{
    struct str rest = rest_of(lexer);

    if (ahead >= rest.n)
        return '\0';
    return rest.p[ahead];
}

static bool at_end(const struct lexer *lexer)
{
    return lexer->at == lexer->source->text.n;
}

/* A span at the lexer's place. */
static struct span here(const struct lexer *lexer, size_t length)
{
    return (struct span){ lexer->source, (uint32_t)lexer->at, (uint32_t)length, lexer->line,
                          lexer->column };
}

static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0);
}

static void report_byte(struct lexer *lexer, size_t length, uint32_t point)
{
    if (length == 0)
        diags_add(lexer->diags, SEVERITY_ERROR, here(lexer, 1), STR("save the file as UTF-8"),
                  "the byte 0x%02x is not UTF-8 here", (unsigned char)peek(lexer, 0));
    else
        diags_add(lexer->diags, SEVERITY_ERROR, here(lexer, length),
                  STR("the only ones that may stand in a text are tab and newline"),
                  "control character U+%04X", point);
}

/*
 * Moves on to `to`. Every byte of a source passes through here once: this counts lines and
 * columns and finds the bytes that may not stand anywhere. Of a run of them the first is told.
 */
static void advance(struct lexer *lexer, size_t to)
{
    bool faulty = false;

    while (lexer->at < to) {
        uint32_t point = 0;
        size_t length = str_code_point(rest_of(lexer), &point);
        bool newline = point == '\n' && length == 1;
        bool allowed = newline || point == '\t' || (point == '\r' && peek(lexer, 1) == '\n');
        bool was_faulty = faulty;

        faulty = length == 0 || (is_control(point) && !allowed);
        if (faulty && !was_faulty)
            report_byte(lexer, length, point);
        lexer->at += length ? length : 1;
        lexer->column++;
        if (newline) {
            lexer->line++;
            lexer->column = 1;
        }
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static void skip_blanks(struct lexer *lexer)
{
    size_t ahead = 0;

    while (is_blank(peek(lexer, ahead)))
        ahead++;
    advance(lexer, lexer->at + ahead);
}

static bool at_least_sign(const struct lexer *lexer, size_t ahead)
{
    return peek(lexer, ahead) == '>' && peek(lexer, ahead + 1) == '=';
}

/* Consumes `length` bytes as one token. */
static struct token take(struct lexer *lexer, enum token_kind kind, size_t length)
{
    struct token token = { .kind = kind, .span = here(lexer, length) };

    token.text = str_take(rest_of(lexer), length);
    advance(lexer, lexer->at + length);
    return token;
}

static struct token take_word(struct lexer *lexer)
{
    struct str rest = rest_of(lexer);
    size_t length = 0;

    while (length < rest.n && !is_blank(rest.p[length]) && !at_least_sign(lexer, length)) {
        switch (rest.p[length]) {
        case '\n':
        case '{':
        case '}':
        case ';':
        case ',':
        case '"':
        case '#':
            return take(lexer, TOKEN_WORD, length);
        default:
            length++;
        }
    }
    return take(lexer, TOKEN_WORD, length);
}

static struct token take_comment(struct lexer *lexer)
{
    struct str text = lexer->source->text;
    size_t before = lexer->at;
    struct token token;
    struct str line;

    while (before > 0 && is_blank(text.p[before - 1]))
        before--;
    (void)str_split(rest_of(lexer), '\n', &line);
    while (is_blank(line.p[line.n - 1]))
        line.n--;
    token = take(lexer, TOKEN_COMMENT, line.n);
    token.own_line = before == 0 || text.p[before - 1] == '\n' ||
                     (before == BYTE_ORDER_MARK.n && str_starts(text, BYTE_ORDER_MARK));
    return token;
}

/* A text is told to be open at its quote only: its end is where the source ends. */
static struct token take_text(struct lexer *lexer)
{
    struct str rest = rest_of(lexer);
    struct span quote = here(lexer, 1);
    struct token token = { .kind = TOKEN_TEXT, .span = quote };
    size_t length = 1;

    while (length < rest.n && rest.p[length] != '"') {
        if (rest.p[length] == '\\' && length + 1 < rest.n) {
            char escaped = rest.p[length + 1];

            if (escaped != '"' && escaped != '\\') {
                advance(lexer, quote.offset + length);
                diags_add(lexer->diags, SEVERITY_ERROR, here(lexer, 1),
                          STR("write \\\\ for a backslash and \\\" for a double quote"),
                          "this backslash escapes nothing");
                length++;
                continue;
            }
            length++;
        }
        length++;
    }
    if (length >= rest.n) {
        diags_add(lexer->diags, SEVERITY_ERROR, quote,
                  STR("expected a closing \" somewhere after it"), "this text does not end");
        token.text = str_drop(rest, 1);
        length = rest.n;
    } else {
        token.text = str_drop(str_take(rest, length), 1);
        length++;
    }
    token.span.length = (uint32_t)length;
    advance(lexer, quote.offset + length);
    return token;
}

/* Newlines and semicolons with nothing but white space between them. */
static struct token take_end(struct lexer *lexer)
{
    size_t end = 0;

    for (size_t ahead = 0;; ahead++) {
        char c = peek(lexer, ahead);

        if (c == '\n' || c == ';')
            end = ahead + 1;
        else if (!is_blank(c))
            break;
    }
    return take(lexer, TOKEN_END, end);
}

struct token lexer_next(struct lexer *lexer)
{
    skip_blanks(lexer);
    if (at_end(lexer))
        return (struct token){ .kind = TOKEN_EOF, .text = STR(""), .span = here(lexer, 0) };
    if (at_least_sign(lexer, 0))
        return take(lexer, TOKEN_AT_LEAST, 2);
    switch (peek(lexer, 0)) {
    case '{':
        return take(lexer, TOKEN_OPEN, 1);
    case '}':
        return take(lexer, TOKEN_CLOSE, 1);
    case ',':
        return take(lexer, TOKEN_COMMA, 1);
    case '"':
        return take_text(lexer);
    case '#':
        return take_comment(lexer);
    case '\n':
    case ';':
        return take_end(lexer);
    default:
        return take_word(lexer);
    }
}

/* Passes the rest of the line and its newline. False, with nothing consumed, when something but
   white space or a comment stands there. */
static bool skip_line(struct lexer *lexer)
{
    struct str rest = rest_of(lexer);
    struct str line;
    size_t newline;

    (void)str_split(rest, '\n', &line);
    if (str_trim(line).n > 0 && !str_starts(str_trim(line), STR("#")))
        return false;
    advance(lexer, lexer->at + (str_find(rest, '\n', &newline) ? newline + 1 : rest.n));
    return true;
}

bool lexer_raw_lines(struct lexer *lexer, struct token open, struct str *ret_lines,
                     uint32_t *ret_line)
{
    struct str first;
    struct str rest;
    uint32_t first_line;

    if (!skip_line(lexer)) {
        diags_add(lexer->diags, SEVERITY_ERROR, open.span,
                  STR("expected the first line of the block below this one"),
                  "something follows this brace on its line");
        return false;
    }
    first = rest_of(lexer);
    first_line = lexer->line;
    for (rest = first; rest.n > 0;) {
        size_t before = first.n - rest.n;
        struct str line;

        rest = str_split(rest, '\n', &line);
        if (!str_eq(str_trim(line), STR("}")))
            continue;
        advance(lexer, (size_t)(str_trim(line).p + 1 - lexer->source->text.p));
        *ret_lines = str_take(first, before);
        *ret_line = first_line;
        return true;
    }
    advance(lexer, lexer->source->text.n);
    diags_add(lexer->diags, SEVERITY_ERROR, open.span,
              STR("expected a line with only } after the lines of the block"),
              "this block does not end");
    return false;
}

struct str token_text(struct arena *arena, struct token token)
{
    char *p;
    size_t n = 0;
    size_t at;

    if (token.kind != TOKEN_TEXT || !str_find(token.text, '\\', &at))
        return token.text;
    p = arena_alloc(arena, token.text.n);
    for (size_t i = 0; i < token.text.n; i++) {
        bool escape = token.text.p[i] == '\\' && i + 1 < token.text.n &&
                      (token.text.p[i + 1] == '"' || token.text.p[i + 1] == '\\');

        if (escape)
            i++;
        p[n++] = token.text.p[i];
    }
    return (struct str){ p, n };
}
