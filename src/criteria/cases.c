#include "criteria/cases.h"

#include <stdlib.h>

#include "criteria/case_parts.h"
#include "criteria/dossier_lines.h"
#include "criteria/expect_lines.h"

/* What a case is read with. */
struct reader {
    struct case_lines lines;
    struct case_list *list;
    struct dossier_lines dossier;
    struct expect_lines expect;
    struct test_case *at_hand; /* NULL: no case has begun */
    bool example;              /* one case that is given, with no case line */
    bool orphan_told;
};

static struct str_list case_words(void)
{
    static struct str const words[] = { { "case", 4 },    { "expect", 6 }, { "req", 3 },
                                        { "count", 5 },   { "advice", 6 }, { "until", 5 },
                                        { "editions", 8 } };

    return (struct str_list){ words, ARRAY_LEN(words) };
}

static void begin_case(struct reader *reader, struct test_case test)
{
    struct arena *arena = reader->lines.arena;

    reader->at_hand = ARENA_PUSH(arena, reader->list->at, reader->list->count, reader->list->room);
    *reader->at_hand = test;
    dossier_lines_init(&reader->dossier, &reader->lines, &reader->at_hand->dossier,
                       CASE_RECORDS_MAX - reader->list->records);
    reader->dossier.full = reader->list->full;
    expect_lines_init(&reader->expect, &reader->lines, reader->at_hand);
}

static void end_case(struct reader *reader)
{
    struct test_case *test = reader->at_hand;

    if (!test)
        return;
    dossier_lines_finish(&reader->dossier);
    reader->list->records += test->dossier.evidence_count;
    reader->list->full |= reader->dossier.full;
    if (test->expectation_count == 0 && !reader->expect.faulty)
        diags_add(reader->lines.diags, SEVERITY_WARNING, test->span,
                  STR("add a line such as: expect decide eligible"),
                  "the case expects nothing, so it cannot fail");
    reader->at_hand = NULL;
}

/* case ID NAME[@EDITION] asof DATE */
static void read_case_line(struct reader *reader)
{
    struct case_lines *lines = &reader->lines;
    const struct word *words = lines->words.at;
    struct test_case test = { .id = STR(""), .name = STR(""), .on = DAY_FIRST };

    if (reader->example) {
        case_fault(lines, words[0], STR("remove this line"),
                   "an example is one case, of the document it stands in");
        return;
    }
    end_case(reader);
    test.span = case_lines_span(lines);
    if (lines->words.count > 1)
        test.id = words[1].text;
    if (case_words_number(lines, 5, 5, "case ID NAME[@EDITION] asof DATE") &&
        case_read_named_edition(lines, words[2], &test.name, &test.edition)) {
        if (!str_eq(words[3].text, STR("asof")))
            case_fault(lines, words[3], STR("expected case ID NAME[@EDITION] asof DATE"),
                       "expected 'asof' before the date");
        else if (!case_read_day(lines, words[4], &test.on))
            test.on = DAY_FIRST;
    }
    begin_case(reader, test);
}

/* A line that belongs to a case, where none has begun: told once, and read as if one had. */
static void begin_orphan(struct reader *reader)
{
    struct test_case none = { .id = STR(""), .name = STR(""), .on = DAY_FIRST };

    if (!reader->orphan_told)
        diags_add(reader->lines.diags, SEVERITY_ERROR, case_lines_span(&reader->lines),
                  STR("begin with: case ID NAME asof DATE"),
                  "this line stands before the first case");
    reader->orphan_told = true;
    none.span = case_lines_span(&reader->lines);
    begin_case(reader, none);
    reader->expect.faulty = true;
}

static void read_lines(struct reader *reader)
{
    while (case_lines_next(&reader->lines)) {
        if (str_eq(reader->lines.words.at[0].text, STR("case"))) {
            read_case_line(reader);
            continue;
        }
        if (!reader->at_hand)
            begin_orphan(reader);
        if (!expect_lines_read(&reader->expect))
            dossier_lines_read(&reader->dossier, case_words());
    }
    end_case(reader);
}

static int compare_cases(const void *a, const void *b)
{
    const struct test_case *first = *(const struct test_case *const *)a;
    const struct test_case *second = *(const struct test_case *const *)b;
    int order = str_cmp(first->id, second->id);

    if (order != 0)
        return order;
    return (first->span.offset > second->span.offset) - (first->span.offset < second->span.offset);
}

void cases_warn_of_same_ids(struct arena *arena, const struct case_list *list, size_t from,
                            struct diags *diags)
{
    size_t count = list->count - from;
    const struct test_case **sorted = ARENA_ARRAY(arena, count, const struct test_case *);

    for (size_t i = 0; i < count; i++)
        sorted[i] = &list->at[from + i];
    if (count > 0)
        qsort(sorted, count, sizeof(sorted[0]), compare_cases);
    for (size_t i = 1; i < count; i++)
        if (sorted[i]->id.n > 0 && str_eq(sorted[i]->id, sorted[i - 1]->id))
            diags_add(diags, SEVERITY_WARNING, sorted[i]->span, STR_NONE,
                      "a case called '%.*s' stands above", STR_ARG(sorted[i]->id));
}

void cases_read_part(struct arena *arena, const struct source *source, size_t from, size_t end,
                     uint32_t line, struct diags *diags, struct case_list *list)
{
    struct reader reader = { .list = list };

    case_lines_init(&reader.lines, arena, diags, source, from, end, line);
    read_lines(&reader);
}

void cases_read(struct arena *arena, const struct source *source, struct diags *diags,
                struct case_list *list)
{
    size_t from = list->count;

    cases_read_part(arena, source, 0, source->text.n, 1, diags, list);
    cases_warn_of_same_ids(arena, list, from, diags);
}

/* NAME@EDITION "text", on one line. */
static struct str example_id(struct arena *arena, const struct document *document,
                             const struct item *item)
{
    struct str number = edition_number_text(arena, document->edition);
    struct str text = item->text.text;
    char *flat = ARENA_ARRAY(arena, text.n + 1, char);

    for (size_t i = 0; i < text.n; i++)
        flat[i] = text.p[i] == '\n' || text.p[i] == '\r' || text.p[i] == '\t' ? ' ' : text.p[i];
    return str_format(arena, "%.*s@%.*s \"%.*s\"", STR_ARG(document->name.text), STR_ARG(number),
                      str_int_length(text), flat);
}

static void read_example(struct arena *arena, const struct document *document,
                         const struct item *item, struct diags *diags, struct case_list *list)
{
    struct reader reader = { .list = list, .example = true };
    const struct source *source = item->span.source;
    size_t from = item->lines.n ? (size_t)(item->lines.p - source->text.p) : source->text.n;
    struct test_case test = { .id = example_id(arena, document, item),
                              .name = document->name.text,
                              .edition = document->edition,
                              .on = item->from,
                              .span = item->span };

    case_lines_init(&reader.lines, arena, diags, source, from, from + item->lines.n,
                    item->lines_line);
    begin_case(&reader, test);
    read_lines(&reader);
}

void cases_of_document(struct arena *arena, const struct document *document, struct diags *diags,
                       struct case_list *list)
{
    for (size_t i = 0; i < document->items.count; i++)
        if (document->items.at[i].kind == ITEM_EXAMPLE)
            read_example(arena, document, &document->items.at[i], diags, list);
}

void dossier_read_lines(struct arena *arena, const struct source *source, struct diags *diags,
                        struct dossier *ret)
{
    struct dossier_lines reader;
    struct case_lines lines;

    case_lines_init(&lines, arena, diags, source, 0, source->text.n, 1);
    dossier_lines_init(&reader, &lines, ret, CASE_RECORDS_MAX);
    while (case_lines_next(&lines)) {
        struct word first = lines.words.at[0];

        if (str_list_has(case_words(), first.text))
            diags_add(diags, SEVERITY_ERROR, first.span, STR_NONE,
                      "a line that begins with '%.*s' belongs to a case; here, only what is known "
                      "of a person can stand",
                      STR_ARG(first.text));
        else
            dossier_lines_read(&reader, (struct str_list){ NULL, 0 });
    }
    dossier_lines_finish(&reader);
}
