#include "criteria/vocabulary.h"

#include <stdlib.h>

#include "base/buf.h"
#include "criteria/check_parts.h"
#include "criteria/vocabulary_parts.h"
#include "hash/sha256.h"

#define PRINT_MAX ((size_t)64 * 1024 * 1024)
#define EFFORT_CANDIDATES_MAX 100 /* for what a misspelt word may have meant */

/* ---- look-up ---- */

static int compare_kinds(const void *left, const void *right)
{
    const struct kind *a = left;
    const struct kind *b = right;

    return str_cmp(a->name, b->name);
}

const struct kind *vocabulary_kind(const struct vocabulary *vocabulary, struct str name)
{
    struct kind key = { .name = name };

    if (vocabulary->kind_count == 0)
        return NULL;
    return bsearch(&key, vocabulary->kinds, vocabulary->kind_count, sizeof(key), compare_kinds);
}

const struct field *kind_field(const struct kind *kind, struct str name)
{
    for (size_t i = 0; i < kind->field_count; i++) {
        if (str_eq(kind->fields[i].name, name))
            return &kind->fields[i];
    }
    return NULL;
}

const struct vocabulary_term *vocabulary_term(const struct vocabulary *vocabulary, struct str name)
{
    for (size_t i = 0; i < vocabulary->term_count; i++) {
        if (str_eq(vocabulary->terms[i].name, name))
            return &vocabulary->terms[i];
    }
    return NULL;
}

bool field_is_time(const struct field *field)
{
    return field->type == FIELD_MINUTES;
}

bool field_is_measure(const struct field *field)
{
    return field->type == FIELD_MINUTES || field->type == FIELD_INTEGER;
}

/* ---- what every vocabulary has ---- */

void fields_init(struct arena *arena, struct field_list *fields)
{
    static const struct field implicit[] = {
        [FIELD_MATTER] = { STR("matter"), FIELD_ID, { NULL, 0 }, true },
        [FIELD_PROGRAMME] = { STR("programme"), FIELD_ID, { NULL, 0 }, true },
        [FIELD_HOURS] = { STR("hours"), FIELD_MINUTES, { NULL, 0 }, true },
        [FIELD_DAYS] = { STR("days"), FIELD_INTEGER, { NULL, 0 }, true },
    };

    *fields = (struct field_list){ .count = 0 };
    for (size_t i = 0; i < ARRAY_LEN(implicit); i++)
        *ARENA_PUSH(arena, fields->at, fields->count, fields->room) = implicit[i];
}

struct effort {
    const char *name;
    int64_t n;
};

static const struct effort kind_defaults[] = {
    { "mediation", 10 }, { "training", 40 }, { "assessment", 30 },
    { "feedback", 2 },   { "reference", 2 },
};

static int64_t *unit_of(struct efforts *efforts, struct str word)
{
    if (str_eq_c(word, "hour"))
        return &efforts->hour;
    if (str_eq_c(word, "day"))
        return &efforts->day;
    if (str_eq_c(word, "point"))
        return &efforts->point;
    if (str_eq_c(word, "declaration"))
        return &efforts->declaration;
    if (str_eq_c(word, "judgement"))
        return &efforts->judgement;
    if (str_eq_c(word, "credential"))
        return &efforts->credential;
    if (str_eq_c(word, "other"))
        return &efforts->other;
    return NULL;
}

static const char *const units[] = {
    "hour", "day", "point", "declaration", "judgement", "credential", "other",
};

static const struct entry *find_effort(const struct entry_list *entries, struct str word)
{
    for (size_t i = 0; entries && i < entries->count; i++) {
        if (entries->at[i].kind == ENTRY_EFFORT && str_eq(entries->at[i].word.text, word))
            return &entries->at[i];
    }
    return NULL;
}

void vocabulary_set_efforts(struct arena *arena, struct vocabulary *vocabulary,
                            const struct entry_list *entries)
{
    struct efforts *efforts = &vocabulary->efforts;
    size_t room = ARRAY_LEN(kind_defaults) + (entries ? entries->count : 0);
    struct str *kinds = ARENA_ARRAY(arena, room, struct str);
    int64_t *ns = ARENA_ARRAY(arena, room, int64_t);

    *efforts = (struct efforts){ .hour = 1,
                                 .day = 5,
                                 .point = 1,
                                 .declaration = 1,
                                 .judgement = 5,
                                 .credential = 300,
                                 .other = 10,
                                 .kinds = kinds,
                                 .kind_efforts = ns };
    for (size_t i = 0; entries && i < entries->count; i++) {
        const struct entry *entry = &entries->at[i];
        int64_t *unit;

        if (entry->kind != ENTRY_EFFORT)
            continue;
        unit = unit_of(efforts, entry->word.text);
        if (unit) {
            *unit = entry->n;
        } else {
            kinds[efforts->kind_count] = entry->word.text;
            ns[efforts->kind_count++] = entry->n;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(kind_defaults); i++) {
        struct str name = str_from_c(kind_defaults[i].name);

        if (!vocabulary_kind(vocabulary, name) || find_effort(entries, name))
            continue;
        kinds[efforts->kind_count] = name;
        ns[efforts->kind_count++] = kind_defaults[i].n;
    }
}

void vocabulary_sort_kinds(struct kind *kinds, size_t count)
{
    if (count > 1)
        qsort(kinds, count, sizeof(*kinds), compare_kinds);
}

static int compare_names(const void *left, const void *right)
{
    const struct str *a = left;
    const struct str *b = right;

    return str_cmp(*a, *b);
}

void vocabulary_sort_names(struct str *names, size_t count)
{
    if (count > 1)
        qsort(names, count, sizeof(*names), compare_names);
}

bool vocabulary_lists(struct str_list names, struct str name)
{
    return names.count > 0 &&
           bsearch(&name, names.at, names.count, sizeof(name), compare_names) != NULL;
}

/* ---- building one from its text ---- */

/* A word that may be given once in its list, for finding those given twice. */
struct given {
    const char *what;
    struct word word;
};

struct builder {
    struct arena *arena;
    struct diags *diags;
    const struct vocabulary_text *text;
    struct vocabulary *vocabulary;
    struct kind *kinds;
    struct given *given;
    size_t given_count, given_room;
};

static int compare_given(const void *left, const void *right)
{
    const struct given *a = left;
    const struct given *b = right;
    int order = str_cmp(str_from_c(a->what), str_from_c(b->what));

    if (order == 0)
        order = str_cmp(a->word.text, b->word.text);
    if (order != 0)
        return order;
    return a->word.span.offset < b->word.span.offset ? -1
                                                     : a->word.span.offset > b->word.span.offset;
}

static void give(struct builder *b, const char *what, struct word word)
{
    *ARENA_PUSH(b->arena, b->given, b->given_count, b->given_room) = (struct given){ what, word };
}

static void report_twice(struct builder *b, struct given *given, size_t count)
{
    if (count > 1)
        qsort(given, count, sizeof(*given), compare_given);
    for (size_t i = 1; i < count; i++) {
        if (!str_eq(str_from_c(given[i].what), str_from_c(given[i - 1].what)) ||
            !str_eq(given[i].word.text, given[i - 1].word.text))
            continue;
        diags_add(b->diags, SEVERITY_ERROR, given[i].word.span,
                  str_format(b->diags->arena, "another one stands on line %u",
                             given[i - 1].word.span.line),
                  "%s '%.*s' is given twice", given[i].what, STR_ARG(given[i].word.text));
    }
}

/* The texts of words, those given twice told. */
static struct str_list distinct_words(struct builder *b, const struct word_list *words,
                                      const char *what)
{
    struct str *list = ARENA_ARRAY(b->arena, words->count, struct str);
    struct given *given = ARENA_ARRAY(b->arena, words->count, struct given);

    for (size_t i = 0; i < words->count; i++) {
        list[i] = words->at[i].text;
        given[i] = (struct given){ what, words->at[i] };
    }
    report_twice(b, given, words->count);
    return (struct str_list){ list, words->count };
}

static const struct entry *find_levels(const struct builder *b, struct str name)
{
    for (size_t i = 0; i < b->text->entries.count; i++) {
        const struct entry *entry = &b->text->entries.at[i];

        if (entry->kind == ENTRY_LEVELS && str_eq(entry->word.text, name))
            return entry;
    }
    return NULL;
}

static struct str_list level_names(const struct builder *b)
{
    const struct entry_list *entries = &b->text->entries;
    struct str *names = ARENA_ARRAY(b->arena, entries->count, struct str);
    size_t count = 0;

    for (size_t i = 0; i < entries->count; i++) {
        if (entries->at[i].kind == ENTRY_LEVELS)
            names[count++] = entries->at[i].word.text;
    }
    return (struct str_list){ names, count };
}

static struct str_list field_values(struct builder *b, const struct field_entry *entry)
{
    const struct entry *levels;
    struct str *list;

    if (entry->type == FIELD_OF)
        return distinct_words(b, &entry->values, "the value");
    if (entry->type != FIELD_ORDERED)
        return (struct str_list){ NULL, 0 };
    levels = find_levels(b, entry->values.at[0].text);
    if (!levels) {
        struct word name = entry->values.at[0];

        diags_add(b->diags, SEVERITY_ERROR, name.span,
                  diags_hint(b->diags, "the name of 'levels' of this vocabulary", name.text,
                             level_names(b)),
                  "no levels are named '%.*s'", STR_ARG(name.text));
        return (struct str_list){ NULL, 0 };
    }
    list = ARENA_ARRAY(b->arena, levels->values.count, struct str);
    for (size_t i = 0; i < levels->values.count; i++)
        list[i] = levels->values.at[i].text;
    return (struct str_list){ list, levels->values.count };
}

static void build_kind(struct builder *b, const struct entry *entry, struct kind *ret)
{
    struct given *given = ARENA_ARRAY(b->arena, entry->fields.count, struct given);
    struct field_list fields;

    fields_init(b->arena, &fields);
    for (size_t i = 0; i < entry->fields.count; i++) {
        const struct field_entry *field = &entry->fields.at[i];

        given[i] = (struct given){ "the field", field->name };
        if (fields.count == KIND_FIELDS_MAX) {
            diags_add(b->diags, SEVERITY_ERROR, field->span, STR("make two kinds of it"),
                      "a kind has more than %d fields", KIND_FIELDS_MAX - FIELD_FIRST_OWN);
            break;
        }
        *ARENA_PUSH(b->arena, fields.at, fields.count, fields.room) = (struct field){
            .name = field->name.text, .type = field->type, .values = field_values(b, field)
        };
    }
    report_twice(b, given, fields.count - FIELD_FIRST_OWN);
    *ret = (struct kind){ .name = entry->word.text,
                          .label = entry->text,
                          .fields = fields.at,
                          .field_count = fields.count };
}

static void build_kinds(struct builder *b)
{
    const struct entry_list *entries = &b->text->entries;
    size_t count = 0;

    b->kinds = ARENA_ARRAY(b->arena, entries->count, struct kind);
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->at[i];

        if (entry->kind == ENTRY_LEVELS) {
            give(b, "the name of levels", entry->word);
            (void)distinct_words(b, &entry->values, "the level");
        }
        if (entry->kind != ENTRY_RECORD)
            continue;
        give(b, "the kind", entry->word);
        build_kind(b, entry, &b->kinds[count++]);
    }
    vocabulary_sort_kinds(b->kinds, count);
    b->vocabulary->kinds = b->kinds;
    b->vocabulary->kind_count = count;
}

/* All the words that entries of one kind list. A body and a type of programme share their names,
   for either may stand where somebody judges. */
static struct str_list gather(struct builder *b, enum entry_kind kind, const char *what)
{
    const struct entry_list *entries = &b->text->entries;
    struct str *list = NULL;
    size_t count = 0, room = 0;

    for (size_t i = 0; i < entries->count; i++) {
        const struct word_list *words = &entries->at[i].values;

        for (size_t k = 0; entries->at[i].kind == kind && k < words->count; k++) {
            *ARENA_PUSH(b->arena, list, count, room) = words->at[k].text;
            give(b, what, words->at[k]);
        }
    }
    vocabulary_sort_names(list, count);
    return (struct str_list){ list, count };
}

static void unknown_effort(struct builder *b, const struct word *word)
{
    const struct vocabulary *v = b->vocabulary;
    struct str known[ARRAY_LEN(units) + EFFORT_CANDIDATES_MAX];
    size_t count = 0;

    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        known[count++] = str_from_c(units[i]);
    for (size_t i = 0; i < v->kind_count && i < EFFORT_CANDIDATES_MAX; i++)
        known[count++] = v->kinds[i].name;
    diags_add(
        b->diags, SEVERITY_ERROR, word->span,
        diags_hint(b->diags, "a kind or a unit", word->text, (struct str_list){ known, count }),
        "'%.*s' is no kind and no unit of effort", STR_ARG(word->text));
}

static void check_efforts(struct builder *b)
{
    const struct entry_list *entries = &b->text->entries;

    for (size_t i = 0; i < entries->count; i++) {
        const struct word *word = &entries->at[i].word;
        struct efforts none;

        if (entries->at[i].kind != ENTRY_EFFORT)
            continue;
        give(b, "the effort of", *word);
        if (!vocabulary_kind(b->vocabulary, word->text) && !unit_of(&none, word->text))
            unknown_effort(b, word);
    }
}

static void build_terms(struct builder *b)
{
    const struct entry_list *entries = &b->text->entries;
    struct vocabulary_term *terms = ARENA_ARRAY(b->arena, entries->count, struct vocabulary_term);
    struct str *names = ARENA_ARRAY(b->arena, entries->count, struct str);
    struct checker c;
    size_t count = 0;

    for (size_t i = 0; i < entries->count; i++) {
        if (entries->at[i].kind == ENTRY_TERM)
            names[count++] = entries->at[i].word.text;
    }
    checker_init(&c, b->diags, b->vocabulary, names, count);
    c.cycle = true; /* the documents that use the term must have one */
    count = 0;
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->at[i];

        if (entry->kind != ENTRY_TERM)
            continue;
        check_term(&c, &entry->word, &entry->record, &entry->clauses);
        terms[count++] =
            (struct vocabulary_term){ entry->word.text, entry->record.text, &entry->clauses };
    }
    b->vocabulary->terms = terms;
    b->vocabulary->term_count = count;
}

static struct str hash_of(struct arena *arena, const struct vocabulary_text *text)
{
    char hex[SHA256_HEX_SIZE];
    struct buf print;

    buf_init(&print, PRINT_MAX);
    criteria_print_vocabulary(text, &print);
    BUG_IF(print.overflow);
    (void)sha256_hex(sha256(buf_str(&print)), hex);
    buf_release(&print);
    return str_copy(arena, str_from_c(hex));
}

struct vocabulary *vocabulary_build(struct arena *arena, const struct vocabulary_text *text,
                                    struct diags *diags)
{
    struct vocabulary *v = ARENA_NEW(arena, struct vocabulary);
    struct builder b = { .arena = arena, .diags = diags, .text = text, .vocabulary = v };

    v->name = text->name.text;
    v->edition = text->edition;
    build_kinds(&b);
    v->programmes = gather(&b, ENTRY_PROGRAMMES, "the body or type of programme");
    v->bodies = gather(&b, ENTRY_BODIES, "the body or type of programme");
    v->statements = gather(&b, ENTRY_STATEMENTS, "the statement");
    v->anchors = gather(&b, ENTRY_ANCHORS, "the anchor");
    v->reasons = gather(&b, ENTRY_REASONS, "the reason");
    v->credentials = gather(&b, ENTRY_CREDENTIALS, "the credential");
    check_efforts(&b);
    report_twice(&b, b.given, b.given_count);
    build_terms(&b);
    vocabulary_set_efforts(arena, v, &text->entries);
    v->text_hash = hash_of(arena, text);
    return v;
}
