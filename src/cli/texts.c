#include "cli/texts.h"

#include <string.h>

#include "cli/diagnostics.h"
#include "cli/load.h"
#include "cli/stored.h"

/* A document or a vocabulary that stands in one of the files. */
struct text_name {
    bool vocabulary;
    struct str name;
    struct edition_number number;
};

struct text_names {
    struct text_name *at;
    size_t count;
    size_t room;
};

static struct text_name name_of(const struct parsed *parsed)
{
    return parsed->vocabulary
               ? (struct text_name){ true, parsed->vocabulary_text.name.text,
                                     parsed->vocabulary_text.edition }
               : (struct text_name){ false, parsed->document.name.text, parsed->document.edition };
}

/* Reads a source only to know what stands in it. */
static void parse_quietly(struct arena *arena, const struct source *source, struct parsed_file *ret)
{
    struct diags ignored;

    diags_init(&ignored, arena);
    criteria_parse(arena, source, &ignored, ret);
}

static void note_given(struct arena *arena, const struct source *source, struct text_names *given)
{
    struct parsed_file file;

    parse_quietly(arena, source, &file);
    for (size_t i = 0; i < file.count; i++)
        *ARENA_PUSH(arena, given->at, given->count, given->room) = name_of(&file.at[i]);
}

static bool is_given(const struct text_names *given, struct text_name sought)
{
    for (size_t i = 0; i < given->count; i++)
        if (given->at[i].vocabulary == sought.vocabulary &&
            str_eq(given->at[i].name, sought.name) &&
            edition_number_eq(given->at[i].number, sought.number))
            return true;
    return false;
}

/* Puts blanks in the place of a text, so that what stands around it keeps its place. */
static void blank(char *text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (text[i] != '\n')
            text[i] = ' ';
}

/* Leaves out of a source of the scheme what one of the files holds too. */
static void leave_out_given(struct arena *arena, struct source *source,
                            const struct text_names *given)
{
    char *text = NULL;
    struct parsed_file file;

    parse_quietly(arena, source, &file);
    for (size_t i = 0; i < file.count; i++) {
        const struct parsed *parsed = &file.at[i];
        struct str body = parsed->vocabulary ? parsed->vocabulary_text.source_text
                                             : parsed->document.source_text;
        struct span head = parsed->vocabulary ? parsed->vocabulary_text.span
                                              : parsed->document.span;

        if (!body.p || !is_given(given, name_of(parsed)))
            continue;
        if (!text)
            text =
                (char *)memcpy(arena_alloc(arena, source->text.n), source->text.p, source->text.n);
        blank(text, head.offset, (size_t)(body.p - source->text.p) + body.n);
    }
    if (text)
        source->text.p = text;
}

static void add_documents(struct texts *texts, struct arena *arena, const struct source *source,
                          struct text_names *given)
{
    *ARENA_PUSH(arena, texts->sources, texts->source_count, texts->source_room) = source;
    note_given(arena, source, given);
    library_add(texts->library, source, &texts->diags);
}

static enum exit_code add_file(const struct invocation *invocation, const char *path,
                               struct texts *texts, struct text_names *given)
{
    struct arena *arena = invocation->arena;
    struct source *source = ARENA_NEW(arena, struct source);
    struct str name = str_from_c(path);
    enum exit_code code = path_read(invocation, path, CRITERIA_FILE_MAX, source);

    if (code != EXIT_OK)
        return code;
    if (str_ends(name, STR(".cases"))) {
        cases_read(arena, source, &texts->diags, &texts->cases);
    } else if (str_ends(name, STR(".md"))) {
        struct source *documents = ARENA_NEW(arena, struct source);

        cases_read_markdown(arena, source, &texts->diags, &texts->cases, documents);
        if (documents->text.p)
            add_documents(texts, arena, documents, given);
    } else {
        add_documents(texts, arena, source, given);
    }
    return EXIT_OK;
}

/* The standards of the scheme that the files do not hold themselves. */
static enum exit_code add_scheme(const struct invocation *invocation, const char *folder,
                                 struct texts *texts, const struct text_names *given,
                                 struct diags *diags)
{
    static const char *const suffixes[] = { ".criteria", ".vocabulary", NULL };
    struct arena *arena = invocation->arena;
    struct path_list paths;
    enum exit_code code = paths_expand(invocation, &folder, 1, suffixes, &paths);

    for (size_t i = 0; code == EXIT_OK && i < paths.count; i++) {
        struct source *source = ARENA_NEW(arena, struct source);

        code = path_read(invocation, paths.at[i], CRITERIA_FILE_MAX, source);
        if (code == EXIT_OK) {
            leave_out_given(arena, source, given);
            library_add(texts->library, source, diags);
        }
    }
    return code;
}

/* The same from the database. */
static enum exit_code add_stored(const struct invocation *invocation, struct texts *texts,
                                 const struct text_names *given, struct diags *diags)
{
    struct scheme_files files;
    enum exit_code code = stored_files(invocation, &files);

    for (size_t i = 0; code == EXIT_OK && i < files.count; i++) {
        struct source *source = ARENA_NEW(invocation->arena, struct source);

        if (scheme_file_kind(files.at[i].path)->use != FILE_CRITERIA)
            continue;
        *source = (struct source){ files.at[i].path, files.at[i].bytes };
        leave_out_given(invocation->arena, source, given);
        library_add(texts->library, source, diags);
    }
    return code;
}

static bool is_of_files(const struct texts *texts, const struct diag *diag)
{
    for (size_t i = 0; i < texts->source_count; i++)
        if (diag->span.source == texts->sources[i])
            return true;
    return !diag->span.source;
}

/* Takes over what concerns the files; what concerns the scheme is only counted. */
static void sort_out(struct texts *texts, const struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->list[i];

        if (is_of_files(texts, diag))
            diags_add(&texts->diags, diag->severity, diag->span, diag->hint, "%.*s",
                      STR_ARG(diag->message));
        else if (diag->severity == SEVERITY_ERROR)
            texts->scheme_errors++;
    }
}

enum exit_code texts_load(const struct invocation *invocation, const struct path_list *paths,
                          struct texts *ret)
{
    const char *folder = scheme_folder(invocation);
    struct texts texts = { .library = library_new(invocation->arena) };
    struct text_names given = { 0 };
    enum exit_code code = EXIT_OK;
    struct diags behind;

    diags_init(&texts.diags, invocation->arena);
    diags_init(&behind, invocation->arena);
    for (size_t i = 0; code == EXIT_OK && i < paths->count; i++)
        code = add_file(invocation, paths->at[i], &texts, &given);
    if (code == EXIT_OK && scheme_is_of_database(invocation))
        code = add_stored(invocation, &texts, &given, &behind);
    else if (code == EXIT_OK && folder)
        code = add_scheme(invocation, folder, &texts, &given, &behind);
    if (code != EXIT_OK)
        return code;
    if (failed(library_finish(texts.library, &behind)) && behind.errors == 0)
        BUG("a library with errors names none");
    sort_out(&texts, &behind);
    *ret = texts;
    return EXIT_OK;
}

enum exit_code texts_complain(const struct invocation *invocation, const struct texts *texts)
{
    if (texts->diags.errors > 0) {
        diagnostics_show(&texts->diags, &invocation->around->err);
        complain(invocation, "the files have errors, so nothing was done with them");
    } else if (texts->scheme_errors > 0) {
        complain(invocation, "the scheme in '%s' has errors; 'assay lint' lists them",
                 scheme_place(invocation));
    } else {
        return EXIT_OK;
    }
    return EXIT_INPUT;
}

enum exit_code texts_editions(const struct invocation *invocation, const struct texts *texts,
                              size_t source, size_t most, const struct edition **ret,
                              size_t *ret_count)
{
    const struct source *file = texts->sources[source];
    const struct edition *found[2];
    size_t count = 0;

    BUG_IF(most > ARRAY_LEN(found));
    for (size_t i = 0; i < library_document_count(texts->library); i++) {
        const struct document *document = library_document_at(texts->library, i);

        if (document->span.source != file)
            continue;
        if (count == most) {
            complain(invocation, "'%.*s' holds more than %s", STR_ARG(file->name),
                     most == 1 ? "one document" : "two documents");
            return EXIT_INPUT;
        }
        found[count++] = library_find(texts->library, document->name.text, document->edition);
    }
    if (count == 0) {
        complain(invocation, "'%.*s' holds no document", STR_ARG(file->name));
        return EXIT_INPUT;
    }
    for (size_t i = 0; i < count; i++)
        ret[i] = found[i];
    *ret_count = count;
    return EXIT_OK;
}

bool texts_hold(const struct texts *texts, const struct document *document)
{
    for (size_t i = 0; i < texts->source_count; i++)
        if (document->span.source == texts->sources[i])
            return true;
    return false;
}
