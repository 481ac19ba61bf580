#include "scheme/conf_reader.h"

#include "scheme/scheme.h"

/* ---- tokens ---- */

void conf_advance(struct conf_reader *reader)
{
    do
        reader->token = lexer_next(&reader->lexer);
    while (reader->token.kind == TOKEN_COMMENT);
}

void conf_report(struct conf_reader *reader, const char *what)
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
static bool take(struct conf_reader *reader, enum token_kind kind, const char *what)
{
    if (reader->token.kind != kind) {
        conf_report(reader, what);
        return false;
    }
    conf_advance(reader);
    return true;
}

bool conf_take_text(struct conf_reader *reader, const char *what, struct str *ret)
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

static bool take_word(struct conf_reader *reader, const char *what, bool (*is_valid)(struct str),
                      struct word *ret)
{
    struct token token = reader->token;

    if (token.kind != TOKEN_WORD || !is_valid(token.text)) {
        conf_report(reader, what);
        return false;
    }
    conf_advance(reader);
    *ret = (struct word){ token.text, token.span };
    return true;
}

bool conf_take_word(struct conf_reader *reader, const char *what, struct word *ret)
{
    return take_word(reader, what, criteria_is_word, ret);
}

bool conf_take_keyword(struct conf_reader *reader, const char *word, const char *what)
{
    if (reader->token.kind != TOKEN_WORD || !str_eq_c(reader->token.text, word)) {
        conf_report(reader, what);
        return false;
    }
    conf_advance(reader);
    return true;
}

static bool take_names(struct conf_reader *reader, struct word_list *ret)
{
    for (;;) {
        struct word word;

        if (!take_word(reader, "a name such as young-mediator", criteria_is_name, &word))
            return false;
        for (size_t i = 0; i < ret->count; i++) {
            if (str_eq(ret->at[i].text, word.text))
                diags_add(reader->diags, SEVERITY_ERROR, word.span, STR_NONE,
                          "'%.*s' stands twice in this list", STR_ARG(word.text));
        }
        if (ret->count == CRITERIA_VALUES_MAX) {
            diags_add(reader->diags, SEVERITY_ERROR, word.span, STR_NONE,
                      "a list holds at most %d names", CRITERIA_VALUES_MAX);
            return false;
        }
        *ARENA_PUSH(reader->arena, ret->at, ret->count, ret->room) = word;
        if (reader->token.kind != TOKEN_COMMA)
            return true;
        conf_advance(reader);
    }
}

/* Passes over what is left of a statement, its block included. */
static void skip_statement(struct conf_reader *reader)
{
    size_t depth = 0;

    while (reader->token.kind != TOKEN_EOF) {
        if (depth == 0 && (reader->token.kind == TOKEN_END || reader->token.kind == TOKEN_CLOSE))
            return;
        if (reader->token.kind == TOKEN_OPEN)
            depth++;
        if (reader->token.kind == TOKEN_CLOSE)
            depth--;
        conf_advance(reader);
    }
}

/* ---- values ---- */

static bool is_zone(struct str s)
{
    bool part_begins = true;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        bool inner = (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+';

        if (c == '/' ? part_begins : !letter && (part_begins || !inner))
            return false;
        part_begins = c == '/';
    }
    return s.n > 0 && !part_begins;
}

bool conf_take_choice(struct conf_reader *reader, const struct conf_choices *choices, int *ret)
{
    struct str names[CONF_ROWS_MAX];

    BUG_IF(choices->count > CONF_ROWS_MAX);
    for (size_t i = 0; i < choices->count; i++) {
        names[i] = str_from_c(choices->names[i]);
        if (reader->token.kind == TOKEN_WORD && str_eq(reader->token.text, names[i])) {
            *ret = (int)i;
            conf_advance(reader);
            return true;
        }
    }
    if (reader->token.kind != TOKEN_WORD) {
        conf_report(reader, choices->what);
        return false;
    }
    diags_add(reader->diags, SEVERITY_ERROR, reader->token.span,
              diags_hint(reader->diags, choices->what, reader->token.text,
                         (struct str_list){ names, choices->count }),
              "'%.*s' is not %s", STR_ARG(reader->token.text), choices->what);
    return false;
}

static bool read_date(struct conf_reader *reader, struct scheme_date *ret)
{
    struct str text = reader->token.text;
    struct str rest = text.n == 4 ? STR("-01-01") : text.n == 7 ? STR("-01") : STR("");
    struct str whole = str_format(reader->arena, "%.*s%.*s", STR_ARG(text), STR_ARG(rest));
    struct civil end;
    day first;

    if (reader->token.kind != TOKEN_WORD || !day_parse(whole, &first)) {
        conf_report(reader, "a date as exactly as it is known: 2007, 2010-04 or 2020-06-17");
        return false;
    }
    end = civil_from_day(first);
    if (text.n == 4)
        end.month = 12;
    if (text.n <= 7)
        end.mday = month_length(end.year, end.month);
    *ret = (struct scheme_date){ text, first, day_from_civil(end) };
    conf_advance(reader);
    return true;
}

static bool is_hex_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

static bool read_hue(struct conf_reader *reader, struct str *ret)
{
    struct span span = reader->token.span;
    struct str hue;
    bool valid;

    if (!conf_take_text(reader, "a colour such as \"#1d4e5f\"", &hue))
        return false;
    valid = hue.n == 7 && hue.p[0] == '#';
    for (size_t i = 1; valid && i < hue.n; i++)
        valid = is_hex_digit(hue.p[i]);
    if (!valid) {
        diags_add(reader->diags, SEVERITY_ERROR, span,
                  STR("expected # and six hexadecimal digits in lower case"),
                  "this is not a colour");
        return false;
    }
    *ret = hue;
    return true;
}

static bool read_colour(struct conf_reader *reader, struct scheme_colour *ret)
{
    struct scheme_colour colour;

    if (!read_hue(reader, &colour.light) ||
        !conf_take_keyword(reader, "dark", "'dark' and the colour on dark pages") ||
        !read_hue(reader, &colour.dark))
        return false;
    *ret = colour;
    return true;
}

static bool read_value(struct conf_reader *reader, const struct conf_row *row, void *into)
{
    void *member = (char *)into + row->member;

    switch (row->shape) {
    case SHAPE_TEXT:
        return conf_take_text(reader, "a text in double quotes", member);
    case SHAPE_WORD:
        return conf_take_word(reader, "a word", member);
    case SHAPE_ZONE:
        return take_word(reader, "a time zone such as Europe/Amsterdam", is_zone, member);
    case SHAPE_NAMES:
        return take_names(reader, member);
    case SHAPE_DATE:
        return read_date(reader, member);
    case SHAPE_COLOUR:
        return read_colour(reader, member);
    case SHAPE_CHOICE:
        return conf_take_choice(reader, row->choices, member);
    case SHAPE_OWN:
        return row->read(reader, into);
    }
    BUG("a row of scheme.conf has no shape");
}

/* ---- statements ---- */

static const struct conf_row *find_row(const struct conf_block *block, struct str word)
{
    for (size_t i = 0; i < block->count; i++) {
        if (str_eq_c(word, block->rows[i].word))
            return &block->rows[i];
    }
    return NULL;
}

static void report_statement(struct conf_reader *reader, const struct conf_block *block)
{
    struct str words[CONF_ROWS_MAX];
    struct str_list list = { words, block->count };
    struct str hint;

    if (reader->token.kind != TOKEN_WORD) {
        conf_report(reader, "a statement");
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
static bool read_statement(struct conf_reader *reader, const struct conf_block *block, void *into,
                           const bool *seen, const struct conf_row **ret)
{
    const struct conf_row *row = NULL;

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
    conf_advance(reader);
    if (row->second && !conf_take_keyword(reader, row->second, row->second))
        return false;
    if (!read_value(reader, row, into))
        return false;
    if (reader->token.kind == TOKEN_END || reader->token.kind == TOKEN_CLOSE ||
        reader->token.kind == TOKEN_EOF)
        return true;
    conf_report(reader, "the end of the statement");
    return false;
}

/* From the opening brace to the closing one. What is missing is told at `header`. */
bool conf_read_block(struct conf_reader *reader, const struct conf_block *block, struct span header,
                     void *into)
{
    bool seen[CONF_ROWS_MAX] = { false };

    BUG_IF(block->count > CONF_ROWS_MAX);
    if (!take(reader, TOKEN_OPEN, "{"))
        return false;
    for (;;) {
        const struct conf_row *row;

        while (reader->token.kind == TOKEN_END)
            conf_advance(reader);
        if (reader->token.kind == TOKEN_CLOSE || reader->token.kind == TOKEN_EOF)
            break;
        if (!read_statement(reader, block, into, seen, &row))
            skip_statement(reader);
        if (row)
            seen[row - block->rows] = true;
    }
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
    conf_advance(reader);
    return true;
}
