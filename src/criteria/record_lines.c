#include "criteria/dossier_lines.h"

static const struct str standings[] = {
    [STANDING_VERIFIED] = { "verified", 8 },   [STANDING_CLAIMED] = { "claimed", 7 },
    [STANDING_REJECTED] = { "rejected", 8 },   [STANDING_WITHDRAWN] = { "withdrawn", 9 },
    [STANDING_DUPLICATE] = { "duplicate", 9 },
};

static void tell(struct dossier_lines *reader, struct word word, struct str hint, const char *text)
{
    case_fault(reader->lines, word, hint, text);
}

static bool begins_with_digit(struct word word)
{
    return word.text.p[0] >= '0' && word.text.p[0] <= '9';
}

/* A record as it is read, and what has been said of it so far. */
struct record_line {
    struct evidence record;
    size_t facts_room;
    struct fact *facts;
    struct word id; /* text STR_NONE: none given */
    bool standing_given;
    int64_t times;
};

/* `verified`, `claimed`, ..., or `verified@DATE`. */
static bool read_standing(struct dossier_lines *reader, struct word word, struct record_line *line)
{
    struct str_list known = { standings, ARRAY_LEN(standings) };
    size_t at;

    if (line->standing_given) {
        tell(reader, word, STR("one word says how a record stands"),
             "the record has a standing already, or this field has no '='");
        return false;
    }
    line->standing_given = true;
    if (str_starts(word.text, STR("verified@"))) {
        line->record.standing = STANDING_VERIFIED;
        return case_read_day(reader->lines, word_part(word, 9, word.text.n),
                             &line->record.verified_on);
    }
    for (at = 0; at < known.count; at++)
        if (str_eq(word.text, known.at[at]))
            break;
    if (at == known.count) {
        case_unknown_word(reader->lines, word, "field=value, or how the record stands", known);
        return false;
    }
    line->record.standing = (enum standing)at;
    return true;
}

static bool read_hours(struct dossier_lines *reader, struct word value, struct record_line *line)
{
    if (hours_parse(value.text, &line->record.hours))
        return true;
    tell(reader, value, STR("expected hours, as in 2.5 or 2:30"), "these are no hours");
    return false;
}

static bool read_days(struct dossier_lines *reader, struct word value, struct record_line *line)
{
    if (value.text.p[0] != '-' && str_to_int(value.text, 0, 1000000000, &line->record.days))
        return true;
    tell(reader, value, STR("expected a whole number"), "these are no days");
    return false;
}

static bool read_id(struct dossier_lines *reader, struct word value, struct record_line *line)
{
    if (line->times == 1) {
        line->id = value;
        return true;
    }
    tell(reader, value, STR("write the record with this id on a line of its own"),
         "several records cannot share an id");
    return false;
}

/* A field of the record's kind, or one of no kind that is known. */
static bool read_fact(struct dossier_lines *reader, struct word key, struct word value,
                      struct record_line *line)
{
    struct fact *fact;

    if (!case_read_word(reader->lines, key, "a field"))
        return false;
    if (criteria_word_is_reserved(key.text)) {
        tell(reader, key, STR("expected a field of the record"),
             "this is a word of the language, so no field is called so");
        return false;
    }
    fact = ARENA_PUSH(reader->lines->arena, line->facts, line->record.fact_count, line->facts_room);
    *fact = (struct fact){ key.text, value.text };
    return true;
}

static bool already_given(const struct record_line *line, struct str field)
{
    const struct evidence *record = &line->record;

    if (str_eq(field, STR("hours")))
        return record->hours >= 0;
    if (str_eq(field, STR("days")))
        return record->days >= 0;
    if (str_eq(field, STR("matter")))
        return record->matter.p;
    if (str_eq(field, STR("programme")))
        return record->programme.p;
    if (str_eq(field, STR("id")))
        return line->id.text.p;
    for (size_t i = 0; i < record->fact_count; i++)
        if (str_eq(line->facts[i].field, field))
            return true;
    return false;
}

static bool read_field(struct dossier_lines *reader, struct word word, struct record_line *line)
{
    struct word key;
    struct word value;

    word_pair(word, &key, &value);
    if (!value.text.p)
        return read_standing(reader, word, line);
    if (value.text.n == 0) {
        tell(reader, word, STR("leave out a field that is not known"), "nothing follows the '='");
        return false;
    }
    if (already_given(line, key.text)) {
        tell(reader, word, STR_NONE, "the record has this field already");
        return false;
    }
    if (str_eq(key.text, STR("hours")))
        return read_hours(reader, value, line);
    if (str_eq(key.text, STR("days")))
        return read_days(reader, value, line);
    if (str_eq(key.text, STR("id")))
        return read_id(reader, value, line);
    if (str_eq(key.text, STR("matter")))
        line->record.matter = value.text;
    else if (str_eq(key.text, STR("programme")))
        line->record.programme = value.text;
    else
        return read_fact(reader, key, value, line);
    return true;
}

/* Adds the record as often as its line says. */
static void add_records(struct dossier_lines *reader, struct record_line *line)
{
    struct dossier *dossier = reader->dossier;
    struct arena *arena = reader->lines->arena;

    line->record.facts = line->facts;
    for (int64_t i = 0; i < line->times; i++) {
        struct evidence *record;

        if (dossier->evidence_count == reader->most) {
            if (!reader->full)
                diags_add(reader->lines->diags, SEVERITY_ERROR, case_lines_span(reader->lines),
                          STR("write smaller cases, or fewer of them in one run"),
                          "the cases that are read together have more than %d records",
                          CASE_RECORDS_MAX);
            reader->full = true;
            return;
        }
        record =
            ARENA_PUSH(arena, dossier->evidence, dossier->evidence_count, dossier->evidence_room);
        *record = line->record;
        record->id = line->id.text.p ? line->id.text
                                     : str_format(arena, "e%zu", dossier->evidence_count);
    }
    if (line->id.text.p)
        *ARENA_PUSH(arena, reader->given.at, reader->given.count, reader->given.room) = line->id;
}

/* N x: *ret_next is then the index of the kind. */
static bool read_repeat(struct dossier_lines *reader, struct record_line *line, size_t *ret_next)
{
    const struct word_list *words = &reader->lines->words;

    *ret_next = 0;
    if (!begins_with_digit(words->at[0]))
        return true;
    if (!str_to_int(words->at[0].text, 1, CASE_REPEAT_MAX, &line->times)) {
        diags_add(reader->lines->diags, SEVERITY_ERROR, words->at[0].span,
                  STR("expected " RECORD_FORM), "expected a number from 1 to %d before 'x'",
                  CASE_REPEAT_MAX);
        return false;
    }
    if (words->count < 2 || !str_eq(words->at[1].text, STR("x"))) {
        tell(reader, words->at[words->count < 2 ? 0 : 1], STR("expected " RECORD_FORM),
             "expected 'x' after the number of records");
        return false;
    }
    *ret_next = 2;
    return true;
}

static bool read_kind(struct dossier_lines *reader, size_t at, struct record_line *line)
{
    struct case_lines *lines = reader->lines;
    struct word kind;

    if (at == lines->words.count) {
        tell(reader, lines->words.at[at - 1], STR("expected " RECORD_FORM),
             "the record has no kind");
        return false;
    }
    kind = lines->words.at[at];
    if (!case_read_word(lines, kind, "a kind of record"))
        return false;
    if (criteria_word_is_reserved(kind.text)) {
        tell(reader, kind, STR("expected a kind of record"),
             "this is a word of the language, so no kind is called so");
        return false;
    }
    line->record.kind = kind.text;
    return true;
}

bool record_line_is(const struct case_lines *lines)
{
    return begins_with_digit(lines->words.at[0]) ||
           (lines->words.count > 1 && begins_with_digit(lines->words.at[1]));
}

void record_line_read(struct dossier_lines *reader)
{
    struct case_lines *lines = reader->lines;
    struct record_line line = {
        .record = { .matter = STR_NONE,
                    .programme = STR_NONE,
                    .hours = -1,
                    .days = -1,
                    .verified_on = DAY_NONE,
                    .line = lines->words.at[0].span.line },
        .times = 1,
    };
    bool good;
    size_t at;

    if (!read_repeat(reader, &line, &at) || !read_kind(reader, at, &line))
        return;
    if (at + 1 == lines->words.count) {
        tell(reader, lines->words.at[at], STR("expected " RECORD_FORM), "the record has no date");
        return;
    }
    good = case_read_range(lines, lines->words.at[at + 1], false, true, &line.record.start,
                           &line.record.end);
    for (size_t i = at + 2; i < lines->words.count; i++)
        good = read_field(reader, lines->words.at[i], &line) && good;
    if (good)
        add_records(reader, &line);
}
