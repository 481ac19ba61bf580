#include "criteria/dossier_lines.h"

#include <stdlib.h>

void dossier_lines_init(struct dossier_lines *reader, struct case_lines *lines,
                        struct dossier *dossier, size_t most)
{
    *reader = (struct dossier_lines){ .lines = lines, .dossier = dossier, .most = most };
    dossier_init(dossier);
}

static void tell(struct dossier_lines *reader, struct word word, struct str hint, const char *text)
{
    case_fault(reader->lines, word, hint, text);
}

/* ---- registers ---- */

static void read_programme(struct dossier_lines *reader)
{
    struct case_lines *lines = reader->lines;
    const struct word *words = lines->words.at;
    struct accreditation period;

    if (!case_words_number(lines, 4, 4, "programme ID TYPE FROM..TO") ||
        !case_read_word(lines, words[2], "a type of programme") ||
        !case_read_range(lines, words[3], true, false, &period.from, &period.to))
        return;
    period.programme = words[1].text;
    period.type = words[2].text;
    *ARENA_PUSH(lines->arena, reader->dossier->accreditations, reader->dossier->accreditation_count,
                reader->dossier->accreditation_room) = period;
}

static bool mark_annulled(struct dossier_lines *reader, struct word word, struct credential *ret)
{
    if (ret->annulled) {
        tell(reader, word, STR_NONE, "the period is annulled already");
        return false;
    }
    ret->annulled = true;
    if (str_eq(word.text, STR("annulled")))
        return true;
    return case_read_day(reader->lines, word_part(word, 9, word.text.n), &ret->annulled_on);
}

static bool read_credential_word(struct dossier_lines *reader, struct word word,
                                 struct credential *ret)
{
    static const struct str known[] = {
        { "suspended=", 10 }, { "withdrawn=", 10 }, { "annulled", 8 }, { "claimed", 7 }
    };
    struct case_lines *lines = reader->lines;

    if (str_eq(word.text, STR("annulled")) || str_starts(word.text, STR("annulled@")))
        return mark_annulled(reader, word, ret);
    if (str_eq(word.text, STR("claimed")) && !ret->claimed) {
        ret->claimed = true;
        return true;
    }
    if (str_starts(word.text, STR("withdrawn=")) && ret->withdrawn == DAY_NONE)
        return case_read_day(lines, word_part(word, 10, word.text.n), &ret->withdrawn);
    if (str_eq(word.text, STR("claimed")) || str_starts(word.text, STR("withdrawn="))) {
        tell(reader, word, STR_NONE, "this stands on the line already");
        return false;
    }
    case_unknown_word(lines, word, "suspended=FROM..TO, withdrawn=DATE, annulled or claimed",
                      (struct str_list){ known, ARRAY_LEN(known) });
    return false;
}

struct suspensions {
    struct suspension *at;
    size_t count, room;
};

static bool read_suspension(struct dossier_lines *reader, struct word word,
                            struct suspensions *list)
{
    struct suspension suspension;

    if (!case_read_range(reader->lines, word_part(word, 10, word.text.n), true, false,
                         &suspension.from, &suspension.to))
        return false;
    *ARENA_PUSH(reader->lines->arena, list->at, list->count, list->room) = suspension;
    return true;
}

static void read_credential(struct dossier_lines *reader)
{
    struct case_lines *lines = reader->lines;
    struct credential credential = { .withdrawn = DAY_NONE, .annulled_on = DAY_NONE };
    struct suspensions suspensions = { .count = 0 };
    bool good;

    if (!case_words_number(lines, 3, SIZE_MAX,
                           "credential NAME FROM..TO [suspended=FROM..TO]... [withdrawn=DATE] "
                           "[annulled] [claimed]"))
        return;
    good = case_read_name(lines, lines->words.at[1], "the name of a credential");
    good =
        case_read_range(lines, lines->words.at[2], true, false, &credential.from, &credential.to) &&
        good;
    for (size_t i = 3; i < lines->words.count; i++) {
        struct word word = lines->words.at[i];

        if (str_starts(word.text, STR("suspended=")))
            good = read_suspension(reader, word, &suspensions) && good;
        else
            good = read_credential_word(reader, word, &credential) && good;
    }
    if (!good)
        return;
    credential.name = lines->words.at[1].text;
    credential.suspensions = suspensions.at;
    credential.suspension_count = suspensions.count;
    *ARENA_PUSH(lines->arena, reader->dossier->credentials, reader->dossier->credential_count,
                reader->dossier->credential_room) = credential;
}

static void read_declared(struct dossier_lines *reader)
{
    struct case_lines *lines = reader->lines;
    struct case_option edition = { .key = "edition", .optional = true };
    struct declaration declaration = { .edition = { .parts = 0 } };

    if (!case_words_number(lines, 3, 4, "declared NAME DATE [edition=E]") ||
        !case_read_word(lines, lines->words.at[1], "the name of a declared text") ||
        !case_read_day(lines, lines->words.at[2], &declaration.on) ||
        !case_read_options(lines, 3, &edition, 1))
        return;
    if (edition.value.text.p && !case_read_edition(lines, edition.value, &declaration.edition))
        return;
    declaration.statement = lines->words.at[1].text;
    *ARENA_PUSH(lines->arena, reader->dossier->declarations, reader->dossier->declaration_count,
                reader->dossier->declaration_room) = declaration;
}

static void read_current(struct dossier_lines *reader)
{
    struct case_lines *lines = reader->lines;
    struct current_edition current = { .from = DAY_FIRST };

    if (!case_words_number(lines, 3, 4, "current NAME EDITION [FROM]") ||
        !case_read_word(lines, lines->words.at[1], "the name of a declared text") ||
        !case_read_edition(lines, lines->words.at[2], &current.edition))
        return;
    if (lines->words.count == 4 && !case_read_day(lines, lines->words.at[3], &current.from))
        return;
    current.statement = lines->words.at[1].text;
    *ARENA_PUSH(lines->arena, reader->dossier->currents, reader->dossier->current_count,
                reader->dossier->current_room) = current;
}

static void read_anchor(struct dossier_lines *reader)
{
    struct case_lines *lines = reader->lines;
    struct dossier *dossier = reader->dossier;
    struct anchor anchor;

    if (!case_words_number(lines, 3, 3, "anchor NAME DATE") ||
        !case_read_word(lines, lines->words.at[1], "the name of an anchor") ||
        !case_read_day(lines, lines->words.at[2], &anchor.on))
        return;
    anchor.name = lines->words.at[1].text;
    for (size_t i = 0; i < dossier->anchor_count; i++) {
        if (str_eq(dossier->anchors[i].name, anchor.name)) {
            tell(reader, lines->words.at[1], STR_NONE, "the anchor has a day already");
            return;
        }
    }
    if (dossier->anchor_count == CASE_ANCHORS_MAX) {
        tell(reader, lines->words.at[0], STR_NONE, "a person has at most 1000 anchors");
        return;
    }
    *ARENA_PUSH(lines->arena, dossier->anchors, dossier->anchor_count, dossier->anchor_room) =
        anchor;
}

static void read_single_day(struct dossier_lines *reader, const char *form, day *day_of)
{
    day read;

    if (!case_words_number(reader->lines, 2, 2, form) ||
        !case_read_day(reader->lines, reader->lines->words.at[1], &read))
        return;
    if (*day_of != DAY_NONE)
        tell(reader, reader->lines->words.at[0], STR_NONE, "this line stands here already");
    else
        *day_of = read;
}

static void read_born(struct dossier_lines *reader)
{
    read_single_day(reader, "born DATE", &reader->dossier->born);
}

static void read_known(struct dossier_lines *reader)
{
    read_single_day(reader, "known DATE", &reader->dossier->known);
}

/* ---- human acts ---- */

enum {
    OPTION_BY,
    OPTION_ON,
    OPTION_REASON,
    OPTION_RECORD = OPTION_REASON,
    OPTION_UNTIL = OPTION_REASON
};

static bool read_decision_kind(struct dossier_lines *reader, enum decision_kind *ret,
                               struct case_option *ret_option)
{
    static const struct str kinds[] = { [DECISION_WAIVE] = { "waive", 5 },
                                        [DECISION_ADMIT] = { "admit", 5 },
                                        [DECISION_EXTEND] = { "extend", 6 } };
    static const char *const keys[] = { "reason", "record", "until" };
    struct word word = reader->lines->words.at[1];

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (str_eq(word.text, kinds[i])) {
            *ret = (enum decision_kind)i;
            *ret_option = (struct case_option){ .key = keys[i], .optional = i == DECISION_WAIVE };
            return true;
        }
    }
    case_unknown_word(reader->lines, word, "waive, admit or extend",
                      (struct str_list){ kinds, ARRAY_LEN(kinds) });
    return false;
}

static void read_decision(struct dossier_lines *reader)
{
    struct case_lines *lines = reader->lines;
    struct case_option options[] = { { .key = "by" }, { .key = "on" }, { .key = NULL } };
    struct decision decision = { .reason = STR_NONE, .record = STR_NONE, .until = DAY_NONE };

    if (!case_words_number(lines, 3, SIZE_MAX,
                           "decision waive|admit|extend REQUIREMENT by=BODY on=DATE") ||
        !read_decision_kind(reader, &decision.kind, &options[OPTION_REASON]) ||
        !case_read_word(lines, lines->words.at[2], "the id of a requirement") ||
        !case_read_options(lines, 3, options, ARRAY_LEN(options)) ||
        !case_read_day(lines, options[OPTION_ON].value, &decision.on))
        return;
    decision.requirement = lines->words.at[2].text;
    decision.by = options[OPTION_BY].value.text;
    if (decision.kind == DECISION_WAIVE) {
        decision.reason = options[OPTION_REASON].value.text;
    } else if (decision.kind == DECISION_ADMIT) {
        decision.record = options[OPTION_RECORD].value.text;
        *ARENA_PUSH(lines->arena, reader->admitted.at, reader->admitted.count,
                    reader->admitted.room) = options[OPTION_RECORD].value;
    } else if (!case_read_day(lines, options[OPTION_UNTIL].value, &decision.until)) {
        return;
    }
    *ARENA_PUSH(lines->arena, reader->dossier->decisions, reader->dossier->decision_count,
                reader->dossier->decision_room) = decision;
}

static void read_judgement(struct dossier_lines *reader)
{
    static const struct str values[] = { { "satisfied", 9 }, { "not-satisfied", 13 } };
    struct case_lines *lines = reader->lines;
    const struct word *words = lines->words.at;
    struct case_option options[] = { { .key = "by" }, { .key = "on" } };
    struct judgement judgement;

    if (!case_words_number(lines, 3, SIZE_MAX,
                           "judgement REQUIREMENT satisfied|not-satisfied by=BODY on=DATE") ||
        !case_read_word(lines, words[1], "the id of a requirement"))
        return;
    judgement.satisfied = str_eq(words[2].text, values[0]);
    if (!judgement.satisfied && !str_eq(words[2].text, values[1])) {
        case_unknown_word(lines, words[2], "satisfied or not-satisfied",
                          (struct str_list){ values, ARRAY_LEN(values) });
        return;
    }
    if (!case_read_options(lines, 3, options, ARRAY_LEN(options)) ||
        !case_read_day(lines, options[OPTION_ON].value, &judgement.on))
        return;
    judgement.requirement = words[1].text;
    judgement.by = options[OPTION_BY].value.text;
    *ARENA_PUSH(lines->arena, reader->dossier->judgements, reader->dossier->judgement_count,
                reader->dossier->judgement_room) = judgement;
}

/* ---- all lines ---- */

static const struct statement {
    struct str word;
    void (*read)(struct dossier_lines *reader);
} statements[] = {
    { { "programme", 9 }, read_programme }, { { "credential", 10 }, read_credential },
    { { "declared", 8 }, read_declared },   { { "current", 7 }, read_current },
    { { "born", 4 }, read_born },           { { "anchor", 6 }, read_anchor },
    { { "decision", 8 }, read_decision },   { { "judgement", 9 }, read_judgement },
    { { "known", 5 }, read_known },
};

/* Tells that a line begins with a word that begins none, and which one is near it. */
static void unknown_beginning(struct dossier_lines *reader, struct str_list others)
{
    struct case_lines *lines = reader->lines;
    struct word word = lines->words.at[0];
    size_t count = ARRAY_LEN(statements) + others.count;
    struct str *known = ARENA_ARRAY(lines->arena, count, struct str);

    for (size_t i = 0; i < ARRAY_LEN(statements); i++)
        known[i] = statements[i].word;
    for (size_t i = 0; i < others.count; i++)
        known[ARRAY_LEN(statements) + i] = others.at[i];
    diags_add(lines->diags, SEVERITY_ERROR, word.span,
              diags_hint(lines->diags, "a record, " RECORD_FORM, word.text,
                         (struct str_list){ known, count }),
              "no line begins with '%.*s', unless it is a kind of record with a date behind it",
              STR_ARG(word.text));
}

void dossier_lines_read(struct dossier_lines *reader, struct str_list others)
{
    for (size_t i = 0; i < ARRAY_LEN(statements); i++) {
        if (str_eq(reader->lines->words.at[0].text, statements[i].word)) {
            statements[i].read(reader);
            return;
        }
    }
    if (record_line_is(reader->lines))
        record_line_read(reader);
    else
        unknown_beginning(reader, others);
}

static int compare_words(const void *a, const void *b)
{
    return str_cmp(((const struct word *)a)->text, ((const struct word *)b)->text);
}

/* The number of the record that would be called so if it had been given no id, from 1; else 0. */
static size_t own_number(const struct dossier *dossier, struct str id)
{
    int64_t n;

    if (id.n < 2 || id.p[0] != 'e' || id.p[1] < '1' || id.p[1] > '9' ||
        !str_to_int(str_drop(id, 1), 1, (int64_t)dossier->evidence_count, &n))
        return 0;
    return (size_t)n;
}

void dossier_lines_finish(struct dossier_lines *reader)
{
    struct word_list *given = &reader->given;

    if (given->count > 0)
        qsort(given->at, given->count, sizeof(given->at[0]), compare_words);
    for (size_t i = 0; i < given->count; i++) {
        struct str id = given->at[i].text;
        size_t number = own_number(reader->dossier, id);
        bool twice = i > 0 && str_eq(given->at[i - 1].text, id);

        /* The record of that number may be the one that was given this id, or have another. */
        if (number > 0 && reader->dossier->evidence[number - 1].line != given->at[i].span.line &&
            str_eq(reader->dossier->evidence[number - 1].id, id))
            twice = true;
        if (twice)
            tell(reader, given->at[i], STR("records without an id are e1, e2, ... in their order"),
                 "another record has this id");
    }
    for (size_t i = 0; i < reader->admitted.count; i++) {
        struct word word = reader->admitted.at[i];
        size_t number = own_number(reader->dossier, word.text);
        bool known = number > 0 && str_eq(reader->dossier->evidence[number - 1].id, word.text);

        if (!known && (given->count == 0 ||
                       !bsearch(&word, given->at, given->count, sizeof(word), compare_words)))
            diags_add(reader->lines->diags, SEVERITY_WARNING, word.span, STR_NONE,
                      "no record has the id '%.*s', so nothing is admitted", STR_ARG(word.text));
    }
}
