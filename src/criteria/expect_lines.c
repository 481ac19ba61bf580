#include "criteria/expect_lines.h"

#include "base/buf.h"

#define COUNT_FORM "count REQUIREMENT NUMBER LO..HI/NEED"
#define HUNDREDTHS_MAX 1000000000000000 /* of a bound: as many as a million large records give */

void expect_lines_init(struct expect_lines *reader, struct case_lines *lines,
                       struct test_case *test)
{
    *reader = (struct expect_lines){ .lines = lines, .test = test };
}

/* The words of the line at hand from the i-th on, with single spaces. */
static struct str line_text(struct case_lines *lines, size_t i)
{
    struct buf text;

    buf_init(&text, SIZE_MAX);
    for (; i < lines->words.count; i++) {
        if (text.n > 0)
            buf_byte(&text, ' ');
        buf_add(&text, lines->words.at[i].text);
    }
    return buf_take(&text, lines->arena);
}

static void repeated(struct case_lines *lines, size_t word)
{
    case_fault(lines, lines->words.at[word], STR("remove one of the two"),
               "the case expects something here already");
}

/* ---- expect ---- */

static bool read_verdict(struct case_lines *lines, struct word word, enum verdict *ret)
{
    struct str names[VERDICT_ELIGIBLE + 1];

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        names[i] = str_from_c(verdict_name((enum verdict)i));
        if (str_eq(word.text, names[i])) {
            *ret = (enum verdict)i;
            return true;
        }
    }
    case_unknown_word(lines, word, "eligible, not-yet, refer, unavailable or barred",
                      (struct str_list){ names, ARRAY_LEN(names) });
    return false;
}

static bool verdict_stands(const struct test_case *test, enum reading reading)
{
    for (size_t i = 0; i < test->expectation_count; i++)
        if (test->expectations[i].kind == EXPECT_VERDICTS &&
            test->expectations[i].verdict_given[reading])
            return true;
    return false;
}

/* `decide V` or `preview V` at the i-th word. */
static bool read_half(struct expect_lines *reader, size_t i, struct expectation *ret)
{
    static const struct str readings[] = {
        [DECIDE] = { "decide", 6 }, [PREVIEW] = { "preview", 7 }
    };
    struct case_lines *lines = reader->lines;
    struct word word = lines->words.at[i];
    enum reading reading = str_eq(word.text, readings[PREVIEW]) ? PREVIEW : DECIDE;

    if (!str_eq(word.text, readings[reading])) {
        case_unknown_word(lines, word, "decide or preview",
                          (struct str_list){ readings, ARRAY_LEN(readings) });
        return false;
    }
    if (ret->verdict_given[reading] || verdict_stands(reader->test, reading)) {
        repeated(lines, i);
        return false;
    }
    ret->verdict_given[reading] = true;
    return read_verdict(lines, lines->words.at[i + 1], &ret->verdict[reading]);
}

static bool read_expect(struct expect_lines *reader, struct expectation *ret)
{
    static const char *const form = "expect decide VERDICT preview VERDICT";
    struct case_lines *lines = reader->lines;

    ret->kind = EXPECT_VERDICTS;
    if (!case_words_number(lines, lines->words.count == 4 ? 5 : 3, 5, form))
        return false;
    return read_half(reader, 1, ret) && (lines->words.count == 3 || read_half(reader, 3, ret));
}

/* ---- req and count ---- */

static bool read_finding(struct case_lines *lines, struct word word, enum finding *ret)
{
    struct str names[MET + 1];

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        names[i] = str_from_c(finding_name((enum finding)i));
        if (str_eq(word.text, names[i])) {
            *ret = (enum finding)i;
            return true;
        }
    }
    case_unknown_word(lines, word, "met, refer or not-yet",
                      (struct str_list){ names, ARRAY_LEN(names) });
    return false;
}

/* -, evidence, unclear, exemption:ID, referral:BODY, judgement:BODY or waiver:BODY. */
static bool read_basis(struct case_lines *lines, struct word word)
{
    static const struct str alone[] = { { "-", 1 }, { "evidence", 8 }, { "unclear", 7 } };
    static const struct str with[] = {
        { "exemption", 9 }, { "referral", 8 }, { "judgement", 9 }, { "waiver", 6 }
    };
    struct str head;
    struct str who = str_split(word.text, ':', &head);

    if (!who.p && str_list_has((struct str_list){ alone, ARRAY_LEN(alone) }, head))
        return true;
    if (who.n > 0 && str_list_has((struct str_list){ with, ARRAY_LEN(with) }, head))
        return true;
    case_unknown_word(lines, word,
                      "evidence, exemption:ID, referral:BODY, judgement:BODY, waiver:BODY, "
                      "unclear or -",
                      (struct str_list){ alone + 1, ARRAY_LEN(alone) - 1 });
    return false;
}

static bool same_expectation(const struct expectation *a, const struct expectation *b)
{
    return a->kind == b->kind && str_eq(a->requirement, b->requirement) && a->number == b->number;
}

static bool stands_already(struct expect_lines *reader, const struct expectation *one, size_t word)
{
    for (size_t i = 0; i < reader->test->expectation_count; i++) {
        if (same_expectation(&reader->test->expectations[i], one)) {
            repeated(reader->lines, word);
            return true;
        }
    }
    return false;
}

static bool read_req(struct expect_lines *reader, struct expectation *ret)
{
    struct case_lines *lines = reader->lines;
    const struct word *words = lines->words.at;

    ret->kind = EXPECT_REQ;
    if (!case_words_number(lines, 3, 4, "req REQUIREMENT VALUE [BY]") ||
        !case_read_word(lines, words[1], "the id of a requirement") ||
        !read_finding(lines, words[2], &ret->value))
        return false;
    if (lines->words.count == 4) {
        if (!read_basis(lines, words[3]))
            return false;
        ret->by = words[3].text;
    }
    ret->requirement = words[1].text;
    return !stands_already(reader, ret, 1);
}

static bool digits_only(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

/* A number with up to two decimals, in hundredths. */
static bool parse_hundredths(struct str s, int64_t *ret)
{
    struct str whole;
    struct str decimals = str_split(s, '.', &whole);
    int64_t units;
    int64_t part = 0;

    if (!digits_only(whole) || !str_to_int(whole, 0, HUNDREDTHS_MAX / 100, &units))
        return false;
    if (decimals.p &&
        (!digits_only(decimals) || decimals.n > 2 || !str_to_int(decimals, 0, 99, &part)))
        return false;
    *ret = units * 100 + (decimals.n == 1 ? part * 10 : part);
    return true;
}

static bool parse_bound(struct str s, int64_t *ret)
{
    if (str_eq(s, STR("*"))) {
        *ret = CASE_NO_BOUND;
        return true;
    }
    return parse_hundredths(s, ret);
}

/* LO..HI/NEED. The dots between the bounds are the first two that stand together. */
static bool read_bounds(struct case_lines *lines, struct word word, struct expectation *ret)
{
    struct str rest = word.text;
    struct str hi;
    struct str need;
    size_t dots = 0;

    while (dots < rest.n && !str_starts(str_drop(rest, dots), STR("..")))
        dots++;
    need = str_split(str_drop(rest, dots + 2), '/', &hi);
    if (dots < rest.n && need.p && parse_hundredths(str_take(rest, dots), &ret->lo) &&
        parse_bound(hi, &ret->hi) && parse_hundredths(need, &ret->need))
        return true;
    case_fault(lines, word, STR("expected LO..HI/NEED, as in 18..20/20, or 18..*/20"),
               "these are no bounds");
    return false;
}

static bool read_count(struct expect_lines *reader, struct expectation *ret)
{
    struct case_lines *lines = reader->lines;
    const struct word *words = lines->words.at;

    ret->kind = EXPECT_COUNT;
    if (!case_words_number(lines, 4, 4, COUNT_FORM) ||
        !case_read_word(lines, words[1], "the id of a requirement"))
        return false;
    if (!digits_only(words[2].text) || !str_to_int(words[2].text, 1, 65535, &ret->number)) {
        case_fault(lines, words[2], STR("expected " COUNT_FORM),
                   "expected which aggregate of the requirement it is, from 1");
        return false;
    }
    ret->requirement = words[1].text;
    return read_bounds(lines, words[3], ret) && !stands_already(reader, ret, 2);
}

/* ---- advice, until, editions ---- */

enum last_word { LAST_NAME, LAST_NUMBER, LAST_DATE };

static const struct advice_form {
    struct str word;
    size_t words;
    enum last_word last;
    const char *form;
} advice_forms[] = {
    { { "count", 5 }, 3, LAST_NUMBER, "count KIND NUMBER" },
    { { "sum", 3 }, 3, LAST_NUMBER, "sum KIND NUMBER" },
    { { "distinct", 8 }, 3, LAST_NUMBER, "distinct FIELD NUMBER" },
    { { "months", 6 }, 3, LAST_NUMBER, "months KIND NUMBER" },
    { { "wait", 4 }, 2, LAST_DATE, "wait DATE" },
    { { "credential", 10 }, 2, LAST_NAME, "credential NAME" },
    { { "declare", 7 }, 2, LAST_NAME, "declare NAME" },
    { { "judgement", 9 }, 2, LAST_NAME, "judgement BODY" },
    { { "none", 4 }, 2, LAST_NAME, "none REQUIREMENT" },
};

static const struct advice_form *find_form(struct case_lines *lines, struct word first)
{
    struct str known[ARRAY_LEN(advice_forms)];

    for (size_t i = 0; i < ARRAY_LEN(advice_forms); i++) {
        if (str_eq(first.text, advice_forms[i].word))
            return &advice_forms[i];
        known[i] = advice_forms[i].word;
    }
    case_unknown_word(lines, first, "an item of advice",
                      (struct str_list){ known, ARRAY_LEN(known) });
    return NULL;
}

static bool check_last(struct case_lines *lines, const struct advice_form *form, struct word last)
{
    day on;
    bool good;

    if (form->last == LAST_DATE)
        return case_read_day(lines, last, &on);
    good = form->last == LAST_NUMBER ? digits_only(last.text) : criteria_is_name(last.text);
    if (!good)
        diags_add(lines->diags, SEVERITY_ERROR, last.span, STR_NONE, "expected %s", form->form);
    return good;
}

/* Splits at ';', which may touch a word, into items of words. */
static bool next_item(struct case_lines *lines, size_t *at, struct word_list *item,
                      struct word *ret_where)
{
    item->count = 0;
    while (*at < lines->words.count) {
        struct word word = lines->words.at[*at];
        size_t end;

        if (word.text.n == 0) { /* what a ';' at the end of a word has left */
            (*at)++;
            continue;
        }
        *ret_where = word;
        if (!str_find(word.text, ';', &end)) {
            *ARENA_PUSH(lines->arena, item->at, item->count, item->room) = word;
            (*at)++;
            continue;
        }
        if (end > 0)
            *ARENA_PUSH(lines->arena, item->at, item->count, item->room) = word_part(word, 0, end);
        lines->words.at[*at] = word_part(word, end + 1, word.text.n);
        return true;
    }
    return false;
}

static bool read_item(struct case_lines *lines, const struct word_list *item, struct word where,
                      struct str *ret)
{
    const struct advice_form *form;
    struct str text = STR("");

    if (item->count == 0) {
        case_fault(lines, where, STR("expected ITEM; ITEM"), "an item is missing here");
        return false;
    }
    form = find_form(lines, item->at[0]);
    if (!form)
        return false;
    if (item->count != form->words) {
        diags_add(lines->diags, SEVERITY_ERROR, item->at[item->count - 1].span,
                  STR("items are divided by ';'"), "expected %s", form->form);
        return false;
    }
    if (!check_last(lines, form, item->at[item->count - 1]))
        return false;
    for (size_t i = 0; i < item->count; i++)
        text = str_format(lines->arena, "%.*s%s%.*s", STR_ARG(text), i ? " " : "",
                          STR_ARG(item->at[i].text));
    *ret = text;
    return true;
}

static void add_item(struct case_lines *lines, struct expectation *expectation, struct str item)
{
    *ARENA_PUSH(lines->arena, expectation->items, expectation->item_count, expectation->item_room) =
        item;
}

static bool is_dash(const struct case_lines *lines)
{
    return lines->words.count == 2 && str_eq(lines->words.at[1].text, STR("-"));
}

static bool read_advice(struct expect_lines *reader, struct expectation *ret)
{
    struct case_lines *lines = reader->lines;
    struct word_list item = { .at = NULL };
    struct word where = { .text = STR_NONE };
    size_t at = 1;
    bool more = true;

    ret->kind = EXPECT_ADVICE;
    if (!case_words_number(lines, 2, SIZE_MAX, "advice ITEM; ITEM, or advice -") ||
        stands_already(reader, ret, 0))
        return false;
    if (is_dash(lines))
        return true;
    while (more) {
        struct str text;

        more = next_item(lines, &at, &item, &where);
        if (!read_item(lines, &item, where, &text))
            return false;
        add_item(lines, ret, text);
    }
    return true;
}

static bool read_until(struct expect_lines *reader, struct expectation *ret)
{
    struct case_lines *lines = reader->lines;

    ret->kind = EXPECT_UNTIL;
    ret->until = DAY_NONE;
    if (!case_words_number(lines, 2, 2, "until DATE, or until -") || stands_already(reader, ret, 0))
        return false;
    return is_dash(lines) || case_read_day(lines, lines->words.at[1], &ret->until);
}

static bool read_editions(struct expect_lines *reader, struct expectation *ret)
{
    struct case_lines *lines = reader->lines;

    ret->kind = EXPECT_EDITIONS;
    if (!case_words_number(lines, 2, SIZE_MAX, "editions NAME@EDITION ..., or editions -") ||
        stands_already(reader, ret, 0))
        return false;
    if (is_dash(lines))
        return true;
    for (size_t i = 1; i < lines->words.count; i++) {
        struct edition_number number;
        struct str name;

        if (!case_read_named_edition(lines, lines->words.at[i], &name, &number))
            return false;
        if (number.parts == 0) {
            case_fault(lines, lines->words.at[i], STR("expected NAME@EDITION"),
                       "the edition is missing");
            return false;
        }
        add_item(lines, ret, lines->words.at[i].text);
    }
    return true;
}

/* ---- all of them ---- */

static const struct expect_statement {
    struct str word;
    bool (*read)(struct expect_lines *reader, struct expectation *ret);
} statements[] = {
    { { "expect", 6 }, read_expect }, { { "req", 3 }, read_req },
    { { "count", 5 }, read_count },   { { "advice", 6 }, read_advice },
    { { "until", 5 }, read_until },   { { "editions", 8 }, read_editions },
};

static void read_statement(struct expect_lines *reader, const struct expect_statement *statement)
{
    struct case_lines *lines = reader->lines;
    struct test_case *test = reader->test;
    struct expectation expectation = { .requirement = STR(""), .by = STR_NONE };

    expectation.span = case_lines_span(lines);
    expectation.text = line_text(lines, statement->read == read_expect ? 1 : 0);
    if (!statement->read(reader, &expectation)) {
        reader->faulty = true;
        return;
    }
    if (test->expectation_count == CASE_EXPECTATIONS_MAX) {
        diags_add(lines->diags, SEVERITY_ERROR, expectation.span, STR("make two cases of it"),
                  "a case expects at most %d things", CASE_EXPECTATIONS_MAX);
        return;
    }
    *ARENA_PUSH(lines->arena, test->expectations, test->expectation_count, test->expectation_room) =
        expectation;
}

bool expect_lines_read(struct expect_lines *reader)
{
    for (size_t i = 0; i < ARRAY_LEN(statements); i++) {
        if (str_eq(reader->lines->words.at[0].text, statements[i].word)) {
            read_statement(reader, &statements[i]);
            return true;
        }
    }
    return false;
}
