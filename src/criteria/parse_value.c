#include "criteria/parse.h"

#define FEBRUARY 2
#define A_LEAP_YEAR 2000

bool parse_keyword(struct parser *p, const char *word)
{
    if (parse_skip_word(p, word))
        return true;
    return parse_unexpected(p, str_to_c(p->arena, str_format(p->arena, "'%s'", word)));
}

bool parse_keywords(struct parser *p, const char *words)
{
    struct str rest = str_from_c(words);

    while (rest.p) {
        struct str word;

        rest = str_split(rest, ' ', &word);
        if (!parse_keyword(p, str_to_c(p->arena, word)))
            return false;
    }
    return true;
}

/* Takes the next token as a word, whatever its form, unless it is none or too long. */
static bool take_word(struct parser *p, const char *what, struct word *ret)
{
    struct token token = p->token;

    if (token.kind != TOKEN_WORD)
        return parse_unexpected(p, what);
    if (token.text.n > CRITERIA_WORD_MAX)
        return parse_fault(p, token.span, STR("shorten it"), "a name is longer than %d bytes",
                           CRITERIA_WORD_MAX);
    parse_next(p);
    *ret = (struct word){ token.text, token.span };
    return true;
}

bool parse_word(struct parser *p, const char *what, struct word *ret)
{
    struct word word;

    if (p->token.kind == TOKEN_WORD && p->token.text.n <= CRITERIA_WORD_MAX &&
        !criteria_is_word(p->token.text))
        return parse_fault(p, p->token.span,
                           str_format(p->diags->arena,
                                      "expected %s: small letters, digits and single hyphens, "
                                      "beginning with a letter",
                                      what),
                           "'%.*s' cannot stand here", STR_ARG(p->token.text));
    if (!take_word(p, what, &word))
        return false;
    *ret = word;
    return true;
}

bool parse_name(struct parser *p, const char *what, struct word *ret)
{
    struct word word;

    if (p->token.kind == TOKEN_WORD && p->token.text.n <= CRITERIA_WORD_MAX &&
        !criteria_is_name(p->token.text))
        return parse_fault(p, p->token.span,
                           str_format(p->diags->arena,
                                      "expected %s: words of small letters, digits and single "
                                      "hyphens, joined by full stops",
                                      what),
                           "'%.*s' cannot stand here", STR_ARG(p->token.text));
    if (!take_word(p, what, &word))
        return false;
    *ret = word;
    return true;
}

bool parse_own_name(struct parser *p, const char *what, struct word *ret)
{
    if (p->token.kind == TOKEN_WORD && criteria_word_is_reserved(p->token.text))
        return parse_fault(p, p->token.span, str_format(p->diags->arena, "expected %s", what),
                           "'%.*s' is a word of the language and names no kind, field or term",
                           STR_ARG(p->token.text));
    return parse_word(p, what, ret);
}

/* The line below is part of the same fault. */
static bool list_goes_on_below(struct parser *p, const char *what)
{
    (void)parse_unexpected(
        p,
        str_to_c(p->arena, str_format(p->diags->arena, "%s behind the comma, on its line", what)));
    parse_next(p);
    return false;
}

static bool parse_list(struct parser *p, const char *what,
                       bool (*one)(struct parser *p, const char *what, struct word *ret),
                       struct word_list *ret)
{
    struct word_list list = { .count = 0 };

    do {
        struct word word = { .text = STR_NONE };

        if (!one(p, what, &word))
            return false;
        if (list.count == CRITERIA_VALUES_MAX)
            return parse_fault(p, word.span, STR("shorten the list"),
                               "more than %d words stand in one list", CRITERIA_VALUES_MAX);
        *ARENA_PUSH(p->arena, list.at, list.count, list.room) = word;
        if (p->token.kind != TOKEN_COMMA)
            break;
        parse_next(p);
        if (p->token.kind == TOKEN_END)
            return list_goes_on_below(p, what);
    } while (true);
    *ret = list;
    return true;
}

bool parse_words(struct parser *p, const char *what, struct word_list *ret)
{
    return parse_list(p, what, parse_word, ret);
}

bool parse_names(struct parser *p, const char *what, struct word_list *ret)
{
    return parse_list(p, what, parse_name, ret);
}

bool parse_text(struct parser *p, const char *what, struct str *ret)
{
    if (p->token.kind != TOKEN_TEXT)
        return parse_unexpected(p, what);
    *ret = token_text(p->arena, p->token);
    parse_next(p);
    return true;
}

/* Two or three small letters, then parts of up to eight letters and digits, hyphens between. */
static bool is_lang(struct str s)
{
    struct str first;
    struct str rest = str_split(s, '-', &first);

    if (!criteria_is_word(s) || first.n < 2 || first.n > 3)
        return false;
    for (size_t i = 0; i < first.n; i++) {
        if (first.p[i] < 'a')
            return false;
    }
    while (rest.p) {
        struct str part;

        rest = str_split(rest, '-', &part);
        if (part.n > 8)
            return false;
    }
    return true;
}

bool parse_lang(struct parser *p, struct str *ret)
{
    if (p->token.kind != TOKEN_WORD || !is_lang(p->token.text) ||
        p->token.text.n > CRITERIA_WORD_MAX)
        return parse_unexpected(p, "a language such as en or pt-br");
    *ret = p->token.text;
    parse_next(p);
    return true;
}

bool parse_lang_text(struct parser *p, const char *what, struct text *ret)
{
    struct text text = { .lang = STR_NONE };

    if (p->token.kind == TOKEN_WORD && !parse_lang(p, &text.lang))
        return false;
    if (!parse_text(p, what, &text.text))
        return false;
    *ret = text;
    return true;
}

bool parse_edition(struct parser *p, struct edition_number *ret)
{
    if (p->token.kind != TOKEN_WORD || !edition_number_parse(p->token.text, ret))
        return parse_unexpected(p, "the number of an edition, such as 3 or 2024.1");
    parse_next(p);
    return true;
}

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return s.n > 0;
}

bool parse_number(struct parser *p, const char *what, int64_t *ret)
{
    if (p->token.kind != TOKEN_WORD || !is_digits(p->token.text))
        return parse_unexpected(p, what);
    if (!str_to_int(p->token.text, 0, CRITERIA_NEED_MAX, ret))
        return parse_fault(p, p->token.span, STR_NONE, "a number is greater than %d",
                           CRITERIA_NEED_MAX);
    parse_next(p);
    return true;
}

bool parse_positive(struct parser *p, int64_t *ret)
{
    struct span span = p->token.span;
    int64_t n = 0;

    if (!parse_number(p, "a whole number", &n))
        return false;
    if (n == 0)
        return parse_fault(p, span, STR("write 1 or more, or leave the statement out"),
                           "0 is always reached and so asks for nothing");
    *ret = n;
    return true;
}

bool parse_need(struct parser *p, int64_t *ret)
{
    if (p->token.kind != TOKEN_AT_LEAST)
        return parse_unexpected(p, "'>='");
    parse_next(p);
    return parse_positive(p, ret);
}

bool parse_quantity(struct parser *p, struct quantity *ret)
{
    struct quantity quantity = { .unit = UNIT_NONE };
    struct span span = p->token.span;

    if (!parse_number(p, "a whole number, then 'h' or 'min' if it is one of time", &quantity.n))
        return false;
    if (parse_skip_word(p, "h"))
        quantity.unit = UNIT_HOURS;
    else if (parse_skip_word(p, "min"))
        quantity.unit = UNIT_MINUTES;
    if (quantity_value(quantity) > CRITERIA_NEED_MAX)
        return parse_fault(p, span, STR_NONE, "a time is longer than %d minutes",
                           CRITERIA_NEED_MAX);
    *ret = quantity;
    return true;
}

bool parse_duration(struct parser *p, struct duration *ret)
{
    static const char *const units[] = { "months", "month", "years", "year" };
    struct duration duration = { .n = 0 };
    struct span span = p->token.span;
    int64_t n = 0;

    if (!parse_number(p, "a number of months or years", &n))
        return false;
    if (parse_skip_word(p, "year") || parse_skip_word(p, "years"))
        duration.years = true;
    else if (!parse_skip_word(p, "month") && !parse_skip_word(p, "months"))
        return parse_unexpected_word(p, "'months' or 'years'", units, ARRAY_LEN(units));
    if (n == 0)
        return parse_fault(p, span, STR_NONE, "a duration is at least one month");
    if (n * (duration.years ? 12 : 1) > CRITERIA_MONTHS_MAX)
        return parse_fault(p, span, STR_NONE, "a duration is longer than %d months",
                           CRITERIA_MONTHS_MAX);
    duration.n = (int32_t)n;
    duration.months = duration.years ? duration.n * 12 : duration.n;
    *ret = duration;
    return true;
}

bool parse_date(struct parser *p, day *ret)
{
    if (p->token.kind != TOKEN_WORD || !day_parse(p->token.text, ret))
        return parse_unexpected(p, "a date that exists, as YYYY-MM-DD");
    parse_next(p);
    return true;
}

bool parse_month_day(struct parser *p, int32_t *ret_month, int32_t *ret_mday)
{
    const char *what = "a day of the year that exists, as MM-DD";
    struct str s = p->token.text;
    int64_t month, mday;

    if (p->token.kind != TOKEN_WORD || s.n != 5 || s.p[2] != '-' || !is_digits(str_take(s, 2)) ||
        !is_digits(str_drop(s, 3)))
        return parse_unexpected(p, what);
    if (!str_to_int(str_take(s, 2), 1, 12, &month) ||
        !str_to_int(str_drop(s, 3), 1, month_length(A_LEAP_YEAR, (int32_t)month), &mday))
        return parse_unexpected(p, what);
    if (month == FEBRUARY && mday == 29)
        return parse_fault(p, p->token.span, STR("choose 28 February or 1 March"),
                           "29 February does not come every year");
    parse_next(p);
    *ret_month = (int32_t)month;
    *ret_mday = (int32_t)mday;
    return true;
}

bool parse_percent(struct parser *p, int32_t *ret)
{
    struct str s = p->token.text;
    int64_t percent;

    if (p->token.kind != TOKEN_WORD || !str_ends(s, STR("%")) || !is_digits(str_take(s, s.n - 1)) ||
        !str_to_int(str_take(s, s.n - 1), 1, 100, &percent))
        return parse_unexpected(p, "a percentage from 1% to 100%");
    parse_next(p);
    *ret = (int32_t)percent;
    return true;
}
