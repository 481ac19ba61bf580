#include "criteria/case_lines.h"

#define BYTE_ORDER_MARK STR("\xef\xbb\xbf")

/* Ends the lines in front of the first one that is not UTF-8. */
static void refuse_bad_bytes(struct case_lines *lines)
{
    struct str text = { lines->source->text.p + lines->at, lines->end - lines->at };
    struct span span = { .source = lines->source, .length = 1, .line = lines->line };
    size_t start = 0; /* of the line */
    size_t bad;

    if (text.n == 0 || str_is_utf8(text, &bad))
        return;
    for (size_t i = 0; i < bad; i++) {
        if (text.p[i] == '\n') {
            span.line++;
            start = i + 1;
        }
    }
    span.offset = (uint32_t)(lines->at + bad);
    span.column = (uint32_t)str_code_points((struct str){ text.p + start, bad - start }) + 1;
    lines->end = lines->at + start;
    diags_add(lines->diags, SEVERITY_ERROR, span, STR("save the file as UTF-8"),
              "from here on, the text is not UTF-8");
}

void case_lines_init(struct case_lines *lines, struct arena *arena, struct diags *diags,
                     const struct source *source, size_t from, size_t end, uint32_t line)
{
    *lines = (struct case_lines){
        .arena = arena, .diags = diags, .source = source, .at = from, .end = end, .line = line
    };
    if (from == 0 && str_starts(str_take(source->text, end), BYTE_ORDER_MARK))
        lines->at = BYTE_ORDER_MARK.n;
    refuse_bad_bytes(lines);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool is_control(char c)
{
    return ((unsigned char)c < 0x20 && !is_blank(c)) || c == 0x7f;
}

static void refuse_control(struct case_lines *lines, const struct word *word)
{
    for (size_t i = 0; i < word->text.n; i++) {
        if (is_control(word->text.p[i])) {
            diags_add(lines->diags, SEVERITY_ERROR, word->span, STR_NONE,
                      "a control character stands here");
            return;
        }
    }
}

/* The words of one line, which begins at `start`. */
static void split_words(struct case_lines *lines, struct str line, size_t start)
{
    uint32_t column = 1;
    size_t i = 0;

    lines->words.count = 0;
    while (i < line.n && line.p[i] != '#') {
        size_t begin = i;
        struct word *word;

        if (is_blank(line.p[i])) {
            i++;
            column++;
            continue;
        }
        while (i < line.n && !is_blank(line.p[i]))
            i++;
        word = ARENA_PUSH(lines->arena, lines->words.at, lines->words.count, lines->words.room);
        word->text = (struct str){ line.p + begin, i - begin };
        word->span = (struct span){ .source = lines->source,
                                    .offset = (uint32_t)(start + begin),
                                    .length = (uint32_t)(i - begin),
                                    .line = lines->line,
                                    .column = column };
        refuse_control(lines, word);
        column += (uint32_t)str_code_points(word->text);
    }
}

bool case_lines_next(struct case_lines *lines)
{
    while (lines->at < lines->end) {
        struct str rest = { lines->source->text.p + lines->at, lines->end - lines->at };
        size_t start = lines->at;
        struct str line;

        (void)str_split(rest, '\n', &line);
        split_words(lines, line, start);
        lines->at = line.n < rest.n ? start + line.n + 1 : lines->end;
        lines->line++;
        if (lines->words.count > 0)
            return true;
    }
    return false;
}

struct word case_lines_rest(const struct case_lines *lines, size_t i)
{
    const struct word *last = &lines->words.at[lines->words.count - 1];
    struct word rest;

    if (i >= lines->words.count)
        return (struct word){ .text = STR_NONE, .span = case_lines_span(lines) };
    rest = lines->words.at[i];
    rest.text.n = (size_t)(last->text.p + last->text.n - rest.text.p);
    rest.span.length = (uint32_t)rest.text.n;
    return rest;
}

struct span case_lines_span(const struct case_lines *lines)
{
    return case_lines_rest(lines, 0).span;
}

struct word word_part(struct word word, size_t offset, size_t length)
{
    struct str before = str_take(word.text, offset);

    word.text = str_take(str_drop(word.text, offset), length);
    word.span.offset += (uint32_t)before.n;
    word.span.column += (uint32_t)str_code_points(before);
    word.span.length = (uint32_t)word.text.n;
    return word;
}

void word_pair(struct word word, struct word *ret_key, struct word *ret_value)
{
    size_t at;

    if (!str_find(word.text, '=', &at)) {
        *ret_key = word;
        *ret_value = (struct word){ .text = STR_NONE, .span = word.span };
        return;
    }
    *ret_key = word_part(word, 0, at);
    *ret_value = word_part(word, at + 1, word.text.n);
}

bool case_words_number(struct case_lines *lines, size_t least, size_t most, const char *form)
{
    size_t count = lines->words.count;

    if (count < least) {
        diags_add(lines->diags, SEVERITY_ERROR, case_lines_span(lines),
                  diags_hint(lines->diags, form, STR_NONE, (struct str_list){ NULL, 0 }),
                  "the line is too short");
        return false;
    }
    if (count > most) {
        diags_add(lines->diags, SEVERITY_ERROR, case_lines_rest(lines, most).span,
                  diags_hint(lines->diags, form, STR_NONE, (struct str_list){ NULL, 0 }),
                  "nothing more belongs on this line");
        return false;
    }
    return true;
}

static bool looks_like_day(struct str s)
{
    return s.n == 10 && s.p[4] == '-' && s.p[7] == '-';
}

bool case_read_day(struct case_lines *lines, struct word word, day *ret)
{
    if (day_parse(word.text, ret))
        return true;
    if (looks_like_day(word.text))
        diags_add(lines->diags, SEVERITY_ERROR, word.span, STR("expected a date that exists"),
                  "there is no day '%.*s'", STR_ARG(word.text));
    else
        diags_add(lines->diags, SEVERITY_ERROR, word.span, STR("expected a date, as in 2024-06-15"),
                  "'%.*s' is no date", STR_ARG(word.text));
    return false;
}

/* Where the ".." of a range stands. */
static bool find_dots(struct str s, size_t *ret_at)
{
    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.p[i] == '.' && s.p[i + 1] == '.') {
            *ret_at = i;
            return true;
        }
    }
    return false;
}

bool case_read_range(struct case_lines *lines, struct word word, bool open, bool single,
                     day *ret_from, day *ret_to)
{
    struct word to;
    size_t dots;
    day from;
    day end;

    if (!find_dots(word.text, &dots)) {
        if (!case_read_day(lines, word, &from))
            return false;
        if (!single) {
            diags_add(lines->diags, SEVERITY_ERROR, word.span,
                      STR("write FROM..TO, or FROM.. where it has no end"),
                      "one date stands where a period is expected");
            return false;
        }
        *ret_from = *ret_to = from;
        return true;
    }
    to = word_part(word, dots + 2, word.text.n);
    if (!case_read_day(lines, word_part(word, 0, dots), &from))
        return false;
    if (to.text.n == 0 && open) {
        end = DAY_LAST;
    } else if (to.text.n == 0) {
        diags_add(lines->diags, SEVERITY_ERROR, word.span, STR("expected FROM..TO"),
                  "this period needs an end");
        return false;
    } else if (!case_read_day(lines, to, &end)) {
        return false;
    }
    if (from > end) {
        diags_add(lines->diags, SEVERITY_ERROR, word.span, STR("expected the earlier date first"),
                  "the period ends before it begins");
        return false;
    }
    *ret_from = from;
    *ret_to = end;
    return true;
}

bool case_read_edition(struct case_lines *lines, struct word word, struct edition_number *ret)
{
    if (edition_number_parse(word.text, ret))
        return true;
    diags_add(lines->diags, SEVERITY_ERROR, word.span,
              STR("expected numbers with points between, as in 2024.1"), "'%.*s' is no edition",
              STR_ARG(word.text));
    return false;
}

bool case_read_word(struct case_lines *lines, struct word word, const char *what)
{
    if (criteria_is_word(word.text))
        return true;
    diags_add(lines->diags, SEVERITY_ERROR, word.span,
              STR("expected small letters and digits, joined by hyphens, a letter first"),
              "'%.*s' cannot be %s", STR_ARG(word.text), what);
    return false;
}

bool case_read_name(struct case_lines *lines, struct word word, const char *what)
{
    if (criteria_is_name(word.text))
        return true;
    diags_add(lines->diags, SEVERITY_ERROR, word.span,
              STR("expected words of small letters, digits and hyphens, joined by points"),
              "'%.*s' cannot be %s", STR_ARG(word.text), what);
    return false;
}

bool case_read_named_edition(struct case_lines *lines, struct word word, struct str *ret_name,
                             struct edition_number *ret_edition)
{
    struct edition_number edition = { .parts = 0 };
    struct word name = word;
    size_t at;

    if (str_find(word.text, '@', &at)) {
        name = word_part(word, 0, at);
        if (!case_read_edition(lines, word_part(word, at + 1, word.text.n), &edition))
            return false;
    }
    if (!case_read_name(lines, name, "the name of a document"))
        return false;
    *ret_name = name.text;
    *ret_edition = edition;
    return true;
}

void case_unknown_word(struct case_lines *lines, struct word word, const char *what,
                       struct str_list known)
{
    diags_add(lines->diags, SEVERITY_ERROR, word.span,
              diags_hint(lines->diags, what, word.text, known), "'%.*s' is not known here",
              STR_ARG(word.text));
}

void case_fault(struct case_lines *lines, struct word word, struct str hint, const char *text)
{
    diags_add(lines->diags, SEVERITY_ERROR, word.span, hint, "%s", text);
}

static struct case_option *find_option(struct case_option *options, size_t count, struct str key)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_c(key, options[i].key))
            return &options[i];
    return NULL;
}

/* "by=, on= or reason=" */
static const char *options_text(struct case_lines *lines, const struct case_option *options,
                                size_t count, struct str_list *ret_keys)
{
    struct str *keys = ARENA_ARRAY(lines->arena, count, struct str);
    struct str text = STR("");

    for (size_t i = 0; i < count; i++) {
        const char *before = i == 0 ? "" : i + 1 == count ? " or " : ", ";

        keys[i] = str_from_c(options[i].key);
        text = str_format(lines->arena, "%.*s%s%s=", STR_ARG(text), before, options[i].key);
    }
    *ret_keys = (struct str_list){ keys, count };
    return str_to_c(lines->arena, text);
}

static bool read_option(struct case_lines *lines, struct word word, struct case_option *options,
                        size_t count)
{
    struct word key;
    struct word value;
    struct case_option *option;

    word_pair(word, &key, &value);
    option = find_option(options, count, key.text);
    if (!option || !value.text.p) {
        struct str_list keys;
        const char *text = options_text(lines, options, count, &keys);

        case_unknown_word(lines, value.text.p ? key : word, text, keys);
        return false;
    }
    if (option->value.text.p) {
        diags_add(lines->diags, SEVERITY_ERROR, word.span, STR_NONE, "'%s=' stands here twice",
                  option->key);
        return false;
    }
    if (value.text.n == 0) {
        diags_add(lines->diags, SEVERITY_ERROR, word.span, STR_NONE, "nothing follows '%s='",
                  option->key);
        return false;
    }
    option->value = value;
    return true;
}

bool case_read_options(struct case_lines *lines, size_t i, struct case_option *options,
                       size_t count)
{
    bool good = true;

    for (; i < lines->words.count; i++)
        good = read_option(lines, lines->words.at[i], options, count) && good;
    for (size_t k = 0; good && k < count; k++) {
        if (!options[k].optional && !options[k].value.text.p) {
            diags_add(lines->diags, SEVERITY_ERROR, case_lines_span(lines), STR_NONE,
                      "'%s=' is missing on this line", options[k].key);
            good = false;
        }
    }
    return good;
}
