#include "web/case_result.h"

#include "criteria/library.h"

/* ---- shapes ---- */

static const char *const outcome_words[] = { "as-expected", "otherwise", "not-run", NULL };
static const struct shape outcome_shape = { .kind = IS_WORD, .words = outcome_words };
static const char *const verdict_words[] = { "unavailable", "barred",   "not-yet",
                                             "refer",       "eligible", NULL };
static const struct shape verdict_shape = { .kind = IS_WORD, .words = verdict_words };
static const struct shape_member case_members[] = {
    { "title", &shape_text, false, "The title of the example, or the word of the case" },
    { "edition", &shape_text, true,
      "The edition it is of; null: whichever may govern on its date" },
    { "on", &shape_date, false, "The day on which the sample person asks" },
    { "given", &shape_texts, false, "What is known of the sample person, in case notation" },
    { "expected", &shape_texts, false, "What must come out, in case notation" },
    { "verdict", &verdict_shape, true, "The result that is expected by what is verified" },
    { "outcome", &outcome_shape, false,
      "What came out when it was run for this page; not-run: it has faults" },
    { "messages", &shape_texts, false, "What came out otherwise, a line for each expectation" },
    { 0 },
};
static const struct shape case_shape = { .kind = IS_OBJECT,
                                         .name = "WorkedExample",
                                         .members = case_members };
const struct shape case_list_shape = { .kind = IS_LIST, .item = &case_shape };

/* ---- its lines ---- */

static bool is_expectation(struct str line)
{
    static const struct str words[] = { STR("expect"), STR("req"),   STR("count"),
                                        STR("advice"), STR("until"), STR("editions") };
    struct str word;

    (void)str_split(line, ' ', &word);
    return str_list_has((struct str_list){ words, ARRAY_LEN(words) }, word);
}

/* Parts the lines into what is given and what is expected. The case's own line is neither, nor are
   comments. */
static void set_lines(const struct scheme_view *v, struct value *object, struct str text)
{
    struct value *given = value_array(v->arena);
    struct value *expected = value_array(v->arena);

    while (text.p) {
        struct str line;

        text = str_split(text, '\n', &line);
        line = str_trim(line);
        if (line.n == 0 || line.p[0] == '#' || str_starts(line, STR("case ")))
            continue;
        value_push(v->arena, is_expectation(line) ? expected : given, value_text(v->arena, line));
    }
    value_set(v->arena, object, "given", given);
    value_set(v->arena, object, "expected", expected);
}

static struct value *case_value(const struct scheme_view *v, struct str title, struct str edition,
                                day on, struct str lines)
{
    struct value *object = value_object(v->arena);

    value_set_text(v->arena, object, "title", title);
    set_text(v, object, "edition", edition);
    value_set(v->arena, object, "on", value_day(v->arena, on));
    set_lines(v, object, lines);
    return object;
}

/* ---- running it ---- */

/* The verdict that the case expects in the reading DECIDE, or STR_NONE. */
static struct str expected_verdict(const struct test_case *test)
{
    for (size_t i = 0; i < test->expectation_count; i++) {
        const struct expectation *expectation = &test->expectations[i];

        if (expectation->kind == EXPECT_VERDICTS && expectation->verdict_given[DECIDE])
            return str_from_c(verdict_name(expectation->verdict[DECIDE]));
    }
    return STR_NONE;
}

/* A message begins with the place, "FILE:LINE: ", which is of no use to those who read pages. */
static struct str without_place(const struct test_case *test, struct str message)
{
    struct str file;

    if (str_starts(message, test->span.source->name))
        (void)str_split(str_drop(message, test->span.source->name.n + 1), ':', &file);
    else
        return message;
    return str_trim(str_drop(message, test->span.source->name.n + 1 + file.n + 1));
}

/* Runs the case, unless its text has faults, and says what came out. True unless it came out
   otherwise. What a case that came out as expected leaves in the arena is given back. */
static bool set_outcome(const struct scheme_view *v, const struct test_case *test, bool faulty,
                        struct value *object)
{
    struct value *messages = value_array(v->arena);
    struct str outcome = STR("not-run");
    struct case_result result = { .passed = true };

    if (!faulty) {
        struct arena_mark mark = arena_mark(v->arena);

        case_run(v->arena, v->arena, v->scheme->library, test, &result);
        if (result.passed)
            arena_rewind(v->arena, mark);
        outcome = result.passed ? STR("as-expected") : STR("otherwise");
    }
    for (size_t i = 0; i < result.message_count; i++)
        value_push(v->arena, messages,
                   value_text(v->arena, without_place(test, result.messages[i])));
    set_text(v, object, "verdict", expected_verdict(test));
    value_set_text(v->arena, object, "outcome", outcome);
    value_set(v->arena, object, "messages", messages);
    return result.passed;
}

struct value *examples_value(const struct scheme_view *v, const struct edition *edition)
{
    const struct item_list *items = &edition->document->items;
    struct value *list = value_array(v->arena);
    struct case_list cases = { .count = 0 };
    struct diags diags;
    size_t next = 0;

    diags_init(&diags, v->arena);
    cases_of_document(v->arena, edition->document, &diags, &cases);
    cases_check(&cases, v->scheme->library, &diags);
    for (size_t i = 0; i < items->count; i++) {
        const struct item *item = &items->at[i];
        struct value *object;

        if (item->kind != ITEM_EXAMPLE)
            continue;
        object = case_value(v, item->text.text, edition_number_text(v->arena, edition->number),
                            item->from, item->lines);
        (void)set_outcome(v, &cases.at[next++], diags.errors > 0, object);
        value_push(v->arena, list, object);
    }
    return list;
}

/* The text of the n-th case: up to the next one of the same file, or the file's end. */
static struct str text_of_case(const struct case_list *cases, size_t n)
{
    const struct span *span = &cases->at[n].span;
    struct str text = str_drop(span->source->text, span->offset);

    if (n + 1 < cases->count)
        text = str_take(text, cases->at[n + 1].span.offset - span->offset);
    return text;
}

static void push_cases(const struct scheme_view *v, const struct source *source, struct str name,
                       struct value *list, int64_t *failures)
{
    struct case_list cases = { .count = 0 };
    struct diags diags;

    diags_init(&diags, v->arena);
    cases_read(v->arena, source, &diags, &cases);
    cases_check(&cases, v->scheme->library, &diags);
    for (size_t i = 0; i < cases.count; i++) {
        const struct test_case *test = &cases.at[i];
        struct str edition = STR_NONE;
        struct value *object;

        if (!str_eq(test->name, name))
            continue;
        if (test->edition.parts > 0)
            edition = edition_number_text(v->arena, test->edition);
        object = case_value(v, test->id, edition, test->on, text_of_case(&cases, i));
        *failures += !set_outcome(v, test, diags.errors > 0, object);
        value_push(v->arena, list, object);
    }
}

/* case ID NAME[@EDITION] asof DATE */
static bool is_case_of(struct str line, struct str name)
{
    struct str word;
    struct str rest = str_split(line, ' ', &word);

    if (!str_eq(word, STR("case")))
        return false;
    (void)str_split(str_split(rest, ' ', &word), ' ', &word);
    (void)str_split(word, '@', &word);
    return str_eq(word, name);
}

bool cases_speak_of(struct str text, struct str name)
{
    while (text.p) {
        struct str line;

        text = str_split(text, '\n', &line);
        if (is_case_of(line, name))
            return true;
    }
    return false;
}

struct value *cases_value(const struct scheme_view *v, struct str name, int64_t *failures)
{
    struct value *list = value_array(v->arena);

    for (size_t i = 0; i < v->scheme->cases.count; i++)
        if (cases_speak_of(v->scheme->cases.at[i]->text, name))
            push_cases(v, v->scheme->cases.at[i], name, list, failures);
    return list;
}
