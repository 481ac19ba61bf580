#include "criteria/library.h"

#include <stdlib.h>

#include "criteria/check.h"
#include "criteria/diff.h"
#include "criteria/rule.h"

struct loaded_document {
    const struct document *document;
    bool faulty;
};

struct loaded_vocabulary {
    const struct vocabulary_text *text;
    size_t order; /* in which it was added */
    bool faulty;
    const struct vocabulary *vocabulary; /* NULL where it is faulty */
};

/* An edition in the making. */
struct made {
    struct edition *edition;
    size_t order; /* in which its document was added */
    bool faulty;
};

struct library {
    struct arena *arena;
    struct loaded_document *documents;
    size_t document_count, document_room;
    struct loaded_vocabulary *texts; /* sorted by name and edition once it is finished */
    size_t text_count, text_room;

    /* Once it is finished. */
    struct made *made; /* every edition that compiled; sorted by name and edition */
    size_t made_count;
    const struct vocabulary **vocabularies; /* sorted by name and edition */
    size_t vocabulary_count;
    const struct edition **editions; /* the same */
    size_t edition_count;
    struct str *credentials; /* sorted; names of documents, and what vocabularies list */
    size_t credential_count, credential_room;
};

struct library *library_new(struct arena *arena)
{
    struct library *library = ARENA_NEW(arena, struct library);

    library->arena = arena;
    return library;
}

/* ---- adding ---- */

/* Whether an error was told in a part of its source; where some were not kept, one may have been.
 */
static bool has_fault(const struct diags *diags, size_t before, const struct source *source,
                      struct str part)
{
    size_t from = (size_t)(part.p - source->text.p);

    if (diags->errors == before)
        return false;
    if (diags->errors + diags->warnings > diags->count)
        return true;
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->list[i];

        if (diag->severity == SEVERITY_ERROR && diag->span.source == source &&
            diag->span.offset >= from && diag->span.offset <= from + part.n)
            return true;
    }
    return false;
}

void library_add(struct library *library, const struct source *source, struct diags *diags)
{
    struct parsed_file file;
    size_t before = diags->errors;

    criteria_parse(library->arena, source, diags, &file);
    for (size_t i = 0; i < file.count; i++) {
        const struct parsed *parsed = &file.at[i];

        if (parsed->vocabulary) {
            const struct vocabulary_text *text = &parsed->vocabulary_text;
            bool faulty = has_fault(diags, before, source, text->source_text);

            *ARENA_PUSH(library->arena, library->texts, library->text_count, library->text_room) =
                (struct loaded_vocabulary){ text, library->text_count, faulty, NULL };
        } else {
            const struct document *document = &parsed->document;
            bool faulty = has_fault(diags, before, source, document->source_text);

            *ARENA_PUSH(library->arena, library->documents, library->document_count,
                        library->document_room) = (struct loaded_document){ document, faulty };
        }
    }
}

/* ---- vocabularies ---- */

static int compare_editions(struct str name, struct edition_number number, struct str other_name,
                            struct edition_number other_number)
{
    int order = str_cmp(name, other_name);

    return order != 0 ? order : edition_number_cmp(number, other_number);
}

static int compare_texts(const void *left, const void *right)
{
    const struct loaded_vocabulary *a = left;
    const struct loaded_vocabulary *b = right;
    int order = compare_editions(a->text->name.text, a->text->edition, b->text->name.text,
                                 b->text->edition);

    if (order != 0)
        return order;
    return a->order < b->order ? -1 : a->order > b->order;
}

static bool same_vocabulary(const struct loaded_vocabulary *a, const struct loaded_vocabulary *b)
{
    return compare_editions(a->text->name.text, a->text->edition, b->text->name.text,
                            b->text->edition) == 0;
}

/* The first of several that are the same edition stays. */
static void drop_second_vocabularies(struct library *library, struct diags *diags)
{
    struct loaded_vocabulary *first = NULL;

    for (size_t i = 0; i < library->text_count; i++) {
        struct loaded_vocabulary *text = &library->texts[i];
        struct str number = edition_number_text(library->arena, text->text->edition);

        if (text->faulty)
            continue;
        if (!first || !same_vocabulary(first, text)) {
            first = text;
            continue;
        }
        text->faulty = true;
        if (str_eq(first->vocabulary->text_hash, text->vocabulary->text_hash))
            diags_add(diags, SEVERITY_WARNING, text->text->name.span,
                      STR("keep one of the two texts, which are the same"),
                      "the vocabulary %.*s %.*s is loaded twice", STR_ARG(text->text->name.text),
                      STR_ARG(number));
        else
            diags_add(diags, SEVERITY_ERROR, text->text->name.span,
                      STR("an edition never changes: give the newer text another number"),
                      "the vocabulary %.*s %.*s is loaded with two different texts",
                      STR_ARG(text->text->name.text), STR_ARG(number));
    }
}

static void finish_vocabularies(struct library *library, struct diags *diags)
{
    for (size_t i = 0; i < library->text_count; i++) {
        struct loaded_vocabulary *text = &library->texts[i];
        size_t errors = diags->errors;

        if (text->faulty)
            continue;
        text->vocabulary = vocabulary_build(library->arena, text->text, diags);
        text->faulty = diags->errors > errors;
    }
    if (library->text_count > 1)
        qsort(library->texts, library->text_count, sizeof(*library->texts), compare_texts);
    drop_second_vocabularies(library, diags);
    library->vocabularies =
        ARENA_ARRAY(library->arena, library->text_count, const struct vocabulary *);
    for (size_t i = 0; i < library->text_count; i++) {
        if (!library->texts[i].faulty)
            library->vocabularies[library->vocabulary_count++] = library->texts[i].vocabulary;
    }
}

/* ---- credentials ---- */

static int compare_names(const void *left, const void *right)
{
    const struct str *a = left;
    const struct str *b = right;

    return str_cmp(*a, *b);
}

static void add_credential(struct library *library, struct str name)
{
    *ARENA_PUSH(library->arena, library->credentials, library->credential_count,
                library->credential_room) = name;
}

/* A document NAME.x is another way to NAME, or its renewal. */
static struct str name_of_route(struct str name)
{
    for (size_t n = name.n; n > 0; n--) {
        if (name.p[n - 1] == '.')
            return str_take(name, n - 1);
    }
    return name;
}

static void gather_credentials(struct library *library)
{
    for (size_t i = 0; i < library->document_count; i++) {
        struct str name = library->documents[i].document->name.text;

        if (!name.p)
            continue;
        add_credential(library, name);
        add_credential(library, name_of_route(name));
    }
    for (size_t i = 0; i < library->text_count; i++) {
        const struct entry_list *entries = &library->texts[i].text->entries;

        for (size_t k = 0; k < entries->count; k++) {
            const struct word_list *words = &entries->at[k].values;

            for (size_t w = 0; entries->at[k].kind == ENTRY_CREDENTIALS && w < words->count; w++)
                add_credential(library, words->at[w].text);
        }
    }
    if (library->credential_count > 1)
        qsort(library->credentials, library->credential_count, sizeof(struct str), compare_names);
}

/* ---- documents ---- */

static const struct item *vocabulary_item(const struct document *document)
{
    for (size_t i = 0; i < document->items.count; i++) {
        if (document->items.at[i].kind == ITEM_VOCABULARY)
            return &document->items.at[i];
    }
    return NULL;
}

/* Whether a text of that vocabulary was added, but has faults. */
static bool vocabulary_is_faulty(const struct library *library, const struct item *item)
{
    for (size_t i = 0; i < library->text_count; i++) {
        const struct vocabulary_text *text = library->texts[i].text;

        if (compare_editions(text->name.text, text->edition, item->word.text, item->edition) == 0)
            return true;
    }
    return false;
}

/* The vocabulary of a document, inferred if need be. NULL when there were errors in either. */
static const struct vocabulary *vocabulary_of(struct library *library,
                                              const struct document *document, struct diags *diags)
{
    const struct item *item = vocabulary_item(document);
    const struct vocabulary *found = NULL;
    size_t errors = diags->errors;

    if (item)
        found = library_vocabulary(library, item->word.text, item->edition);
    if (found)
        return found;
    if (item && vocabulary_is_faulty(library, item))
        return NULL;
    if (item)
        diags_add(diags, SEVERITY_WARNING, item->word.span,
                  STR("load it, or nothing tells a misspelt name from a right one"),
                  "the vocabulary %.*s %.*s is not loaded", STR_ARG(item->word.text),
                  STR_ARG(edition_number_text(library->arena, item->edition)));
    else
        diags_add(diags, SEVERITY_WARNING, document->span,
                  STR("name one, or nothing tells a misspelt name from a right one"),
                  "this document names no vocabulary");
    found = vocabulary_infer(library->arena, document, diags);
    return diags->errors == errors ? found : NULL;
}

/* The compiled edition, or NULL when there were errors. */
static struct edition *make_edition(struct library *library, const struct document *document,
                                    struct diags *diags)
{
    const struct vocabulary *vocabulary = vocabulary_of(library, document, diags);
    struct edition *edition;
    struct hashes hashes;

    if (!vocabulary || !document_check(document, vocabulary, library, diags))
        return NULL;
    edition = edition_compile(library->arena, document, vocabulary, diags);
    if (!edition)
        return NULL;
    hashes = edition_hashes(library->arena, edition);
    edition->text_hash = hashes.text;
    edition->rule_hash = hashes.rule;
    return edition;
}

static int compare_made(const void *left, const void *right)
{
    const struct made *a = left;
    const struct made *b = right;
    int order = compare_editions(a->edition->name, a->edition->number, b->edition->name,
                                 b->edition->number);

    if (order != 0)
        return order;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void make_editions(struct library *library, struct diags *diags)
{
    library->made = ARENA_ARRAY(library->arena, library->document_count, struct made);
    for (size_t i = 0; i < library->document_count; i++) {
        struct edition *edition;

        if (library->documents[i].faulty)
            continue;
        edition = make_edition(library, library->documents[i].document, diags);
        if (edition)
            library->made[library->made_count++] = (struct made){ edition, i, false };
    }
    if (library->made_count > 1)
        qsort(library->made, library->made_count, sizeof(*library->made), compare_made);
}

static void drop_second_editions(struct library *library, struct diags *diags)
{
    for (size_t i = 1, first = 0; i < library->made_count; i++) {
        struct made *made = &library->made[i];
        const struct edition *kept = library->made[first].edition;
        struct str name = made->edition->name;
        struct str number = edition_number_text(library->arena, made->edition->number);

        if (!str_eq(name, kept->name) || !edition_number_eq(made->edition->number, kept->number)) {
            first = i;
            continue;
        }
        made->faulty = true;
        if (str_eq(made->edition->rule_hash, kept->rule_hash))
            diags_add(diags, SEVERITY_WARNING, made->edition->document->name.span,
                      STR("keep one of the two; their rules are the same"),
                      "%.*s edition %.*s is loaded twice", STR_ARG(name), STR_ARG(number));
        else
            diags_add(diags, SEVERITY_ERROR, made->edition->document->name.span,
                      STR("an edition never changes: give the newer text another number"),
                      "%.*s edition %.*s is loaded with two different rules", STR_ARG(name),
                      STR_ARG(number));
    }
}

/* Lists the editions without fault. */
static void list_editions(struct library *library)
{
    library->edition_count = 0;
    for (size_t i = 0; i < library->made_count; i++) {
        if (!library->made[i].faulty)
            library->editions[library->edition_count++] = library->made[i].edition;
    }
}

/* ---- documents that tighten others ---- */

static struct span tightens_span(const struct document *document)
{
    for (size_t i = 0; i < document->items.count; i++) {
        if (document->items.at[i].kind == ITEM_TIGHTENS)
            return document->items.at[i].span;
    }
    return document->span;
}

static void prove_tighter(struct library *library, struct diags *diags)
{
    for (size_t i = 0; i < library->made_count; i++) {
        struct made *made = &library->made[i];
        const struct edition *edition = made->edition;
        const struct edition *base;
        struct str number;

        if (made->faulty || !edition->tightens.p)
            continue;
        base = library_find(library, edition->tightens, edition->tightens_edition);
        number = edition_number_text(library->arena, edition->tightens_edition);
        if (!base) {
            diags_add(diags, SEVERITY_WARNING, tightens_span(edition->document),
                      STR("load it without faults, so that this can be proved"),
                      "%.*s edition %.*s is not loaded", STR_ARG(edition->tightens),
                      STR_ARG(number));
        } else if (!edition_tightens(library->arena, base, edition)) {
            made->faulty = true;
            diags_add(diags, SEVERITY_ERROR, tightens_span(edition->document),
                      STR("compare the two: every requirement must be equal or tighter"),
                      "this is not proved to be nowhere looser than %.*s edition %.*s",
                      STR_ARG(edition->tightens), STR_ARG(number));
        }
    }
}

RESULT library_finish(struct library *library, struct diags *diags)
{
    finish_vocabularies(library, diags);
    gather_credentials(library);
    make_editions(library, diags);
    drop_second_editions(library, diags);
    library->editions = ARENA_ARRAY(library->arena, library->made_count, const struct edition *);
    list_editions(library);
    prove_tighter(library, diags);
    list_editions(library);
    return diags->errors > 0 ? fail(&ERROR_INPUT) : OK;
}

/* ---- look-up ---- */

size_t library_count(const struct library *library)
{
    return library->edition_count;
}

const struct edition *library_at(const struct library *library, size_t index)
{
    BUG_IF(index >= library->edition_count);
    return library->editions[index];
}

/* The first place whose edition does not stand before that name and number. */
static size_t edition_place(const struct library *library, struct str name,
                            struct edition_number number)
{
    size_t low = 0;
    size_t high = library->edition_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct edition *edition = library->editions[middle];

        if (compare_editions(edition->name, edition->number, name, number) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct edition *library_find(const struct library *library, struct str name,
                                   struct edition_number number)
{
    size_t place = edition_place(library, name, number);
    const struct edition *found;

    if (place == library->edition_count)
        return NULL;
    found = library->editions[place];
    return str_eq(found->name, name) && edition_number_eq(found->number, number) ? found : NULL;
}

const struct edition *const *library_editions(const struct library *library, struct str name,
                                              size_t *ret_count)
{
    size_t first = edition_place(library, name, (struct edition_number){ .parts = 0 });
    size_t count = 0;

    while (first + count < library->edition_count &&
           str_eq(library->editions[first + count]->name, name))
        count++;
    *ret_count = count;
    return library->editions + first;
}

size_t library_vocabulary_count(const struct library *library)
{
    return library->vocabulary_count;
}

const struct vocabulary *library_vocabulary_at(const struct library *library, size_t index)
{
    BUG_IF(index >= library->vocabulary_count);
    return library->vocabularies[index];
}

const struct vocabulary *library_vocabulary(const struct library *library, struct str name,
                                            struct edition_number number)
{
    size_t low = 0;
    size_t high = library->vocabulary_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct vocabulary *v = library->vocabularies[middle];
        int order = compare_editions(v->name, v->edition, name, number);

        if (order == 0)
            return v;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool library_knows_credential(const struct library *library, struct str name)
{
    return library->credential_count > 0 &&
           bsearch(&name, library->credentials, library->credential_count, sizeof(name),
                   compare_names) != NULL;
}

size_t library_document_count(const struct library *library)
{
    return library->document_count;
}

const struct document *library_document_at(const struct library *library, size_t index)
{
    BUG_IF(index >= library->document_count);
    return library->documents[index].document;
}
