#include "scheme/conf_reader.h"

#include "base/zone.h"
#include "scheme/scheme.h"

static bool take_word(struct block_reader *reader, const char *what, bool (*is_valid)(struct str),
                      struct word *ret)
{
    return block_take_word(reader, what, is_valid, &ret->text, &ret->span);
}

bool conf_take_word(struct block_reader *reader, const char *what, struct word *ret)
{
    return take_word(reader, what, criteria_is_word, ret);
}

bool conf_word(struct block_reader *reader, void *member)
{
    return conf_take_word(reader, "a word", member);
}

bool conf_zone(struct block_reader *reader, void *member)
{
    return take_word(reader, "a time zone such as Europe/Amsterdam", zone_is_name, member);
}

bool conf_names(struct block_reader *reader, void *member)
{
    struct word_list *ret = member;

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
        block_advance(reader);
    }
}

bool conf_date(struct block_reader *reader, void *member)
{
    struct scheme_date *ret = member;
    struct str text = reader->token.text;
    struct str rest = text.n == 4 ? STR("-01-01") : text.n == 7 ? STR("-01") : STR("");
    struct str whole = str_format(reader->arena, "%.*s%.*s", STR_ARG(text), STR_ARG(rest));
    struct civil end;
    day first;

    if (reader->token.kind != TOKEN_WORD || !day_parse(whole, &first)) {
        block_report(reader, "a date as exactly as it is known: 2007, 2010-04 or 2020-06-17");
        return false;
    }
    end = civil_from_day(first);
    if (text.n == 4)
        end.month = 12;
    if (text.n <= 7)
        end.mday = month_length(end.year, end.month);
    *ret = (struct scheme_date){ text, first, day_from_civil(end) };
    block_advance(reader);
    return true;
}

static bool is_hex_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

static bool read_hue(struct block_reader *reader, struct str *ret)
{
    struct span span = reader->token.span;
    struct str hue;
    bool valid;

    if (!block_take_text(reader, "a colour such as \"#1d4e5f\"", &hue))
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

bool conf_colour(struct block_reader *reader, void *member)
{
    struct scheme_colour *ret = member;
    struct scheme_colour colour;

    if (!read_hue(reader, &colour.light) ||
        !block_take_keyword(reader, "dark", "'dark' and the colour on dark pages") ||
        !read_hue(reader, &colour.dark))
        return false;
    *ret = colour;
    return true;
}
