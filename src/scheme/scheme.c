#include "scheme/scheme.h"

#include <errno.h>
#include <string.h>

#include "base/files.h"
#include "scheme/check.h"
#include "scheme/conf.h"

struct loader {
    struct arena *arena;
    struct str folder; /* without a slash at its end */
    struct diags *diags;
    struct scheme *scheme;
    struct library *library;
};

static const struct span nowhere = { .source = NULL };

static void report_read(struct loader *loader, struct str name, struct result result, int error)
{
    if (result.error == &ERROR_LIMIT)
        diags_add(loader->diags, SEVERITY_ERROR, nowhere, STR("expected a smaller file"),
                  "%.*s: the file is too large", STR_ARG(name));
    else
        diags_add(loader->diags, SEVERITY_ERROR, nowhere, STR_NONE, "%.*s: cannot be read: %s",
                  STR_ARG(name), strerror(error));
}

/* Reads a file of the folder under the name that people know it by; NULL if it cannot be read. */
static const struct source *read_source(struct loader *loader, struct str name, size_t max)
{
    struct source *source = ARENA_NEW(loader->arena, struct source);
    struct result result;

    source->name = name;
    result = file_read(loader->arena, str_to_c(loader->arena, name), max, &source->text);
    if (!failed(result))
        return source;
    report_read(loader, name, result, errno);
    return NULL;
}

static void add_documents(struct loader *loader, const struct source *source, struct str stem)
{
    (void)stem;
    library_add(loader->library, source, loader->diags);
}

static void add_cases(struct loader *loader, const struct source *source, struct str stem)
{
    struct scheme_sources *cases = &loader->scheme->cases;

    (void)stem;
    *ARENA_PUSH(loader->arena, cases->at, cases->count, cases->room) = source;
}

/* Other texts pass through a lexer, which looks at every byte; these do not. */
static void check_bytes(struct loader *loader, const struct source *source)
{
    struct span span = { .source = source, .length = 1, .line = 1, .column = 1 };
    size_t line_start = 0;
    size_t bad;

    if (str_is_utf8(source->text, &bad))
        return;
    for (size_t i = 0; i < bad; i++) {
        if (source->text.p[i] == '\n') {
            span.line++;
            line_start = i + 1;
        }
    }
    span.offset = (uint32_t)bad;
    span.column += (uint32_t)str_code_points(str_drop(str_take(source->text, bad), line_start));
    diags_add(loader->diags, SEVERITY_ERROR, span, STR("save the file as UTF-8"),
              "this byte is not UTF-8");
}

static void add_text(struct loader *loader, const struct source *source, struct str stem)
{
    check_bytes(loader, source);
    for (size_t i = 0; i < loader->scheme->texts.count; i++) {
        struct scheme_text *text = &loader->scheme->texts.at[i];

        if (str_eq(text->id.text, stem)) {
            text->source = source;
            return;
        }
    }
    diags_add(loader->diags, SEVERITY_WARNING, (struct span){ source, 0, 0, 1, 1 },
              STR("add a `text` statement there, or remove the file"),
              "scheme.conf does not name this text");
}

/*
 * The subfolders and what becomes of their files. To add one: a row, a function, and a paragraph
 * in docs/scheme-folder.md.
 */
struct subfolder {
    const char *name;
    const char *ending;
    size_t max; /* bytes of a file */
    bool needed;
    void (*add)(struct loader *loader, const struct source *source, struct str stem);
};

static const struct subfolder subfolders[] = {
    { "vocabulary", ".vocabulary", CRITERIA_FILE_MAX, false, add_documents },
    { "criteria", ".criteria", CRITERIA_FILE_MAX, true, add_documents },
    { "cases", ".cases", SCHEME_CASES_MAX, false, add_cases },
    { "texts", ".md", SCHEME_TEXT_MAX, false, add_text },
};

static void load_subfolder(struct loader *loader, const struct subfolder *subfolder)
{
    struct str path =
        str_format(loader->arena, "%.*s/%s", STR_ARG(loader->folder), subfolder->name);
    struct str ending = str_from_c(subfolder->ending);
    struct str_list names;
    struct result result = folder_list(loader->arena, str_to_c(loader->arena, path), &names);

    if (failed(result)) {
        if (subfolder->needed || errno != ENOENT)
            report_read(loader, path, result, errno);
        return;
    }
    for (size_t i = 0; i < names.count; i++) {
        struct str name =
            str_format(loader->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(names.at[i]));
        const struct source *source;

        if (!str_ends(name, ending)) {
            diags_add(loader->diags, SEVERITY_WARNING, nowhere,
                      str_format(loader->diags->arena, "expected names that end in %s",
                                 subfolder->ending),
                      "%.*s: this file is not read", STR_ARG(name));
            continue;
        }
        source = read_source(loader, name, subfolder->max);
        if (source)
            subfolder->add(loader, source, str_take(names.at[i], names.at[i].n - ending.n));
    }
}

static void check_texts(struct loader *loader)
{
    for (size_t i = 0; i < loader->scheme->texts.count; i++) {
        const struct scheme_text *text = &loader->scheme->texts.at[i];

        if (!text->source)
            diags_add(loader->diags, SEVERITY_ERROR, text->id.span,
                      str_format(loader->diags->arena, "expected it in %.*s/texts/%.*s.md",
                                 STR_ARG(loader->folder), STR_ARG(text->id.text)),
                      "there is no text '%.*s'", STR_ARG(text->id.text));
    }
}

static struct str without_slash(struct str path)
{
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    return path;
}

struct result scheme_load(struct arena *arena, const char *folder, struct diags *diags,
                          struct scheme **ret)
{
    struct scheme *scheme = ARENA_NEW(arena, struct scheme);
    struct loader loader = { arena, without_slash(str_from_c(folder)), diags, scheme,
                             library_new(arena) };
    struct str conf = str_format(arena, "%.*s/scheme.conf", STR_ARG(loader.folder));
    size_t errors = diags->errors;
    bool whole;

    scheme->conf = read_source(&loader, conf, SCHEME_CONF_MAX);
    if (!scheme->conf)
        return fail(&ERROR_READ);
    whole = scheme_conf_read(arena, scheme->conf, diags, scheme);
    for (size_t i = 0; i < ARRAY_LEN(subfolders); i++)
        load_subfolder(&loader, &subfolders[i]);
    check_texts(&loader);

    /* Its faults are in the diags, and what has none can be checked all the same. */
    (void)failed(library_finish(loader.library, diags));
    scheme->library = loader.library;
    if (whole)
        scheme_check(arena, scheme, diags);
    if (diags->errors > errors)
        return fail(&ERROR_INPUT);
    *ret = scheme;
    return OK;
}

const struct scheme_group *scheme_group(const struct scheme *scheme, struct str id)
{
    for (size_t i = 0; i < scheme->groups.count; i++) {
        if (str_eq(scheme->groups.at[i].id.text, id))
            return &scheme->groups.at[i];
    }
    return NULL;
}

const struct scheme_body *scheme_body(const struct scheme *scheme, struct str id)
{
    for (size_t i = 0; i < scheme->bodies.count; i++) {
        if (str_eq(scheme->bodies.at[i].id.text, id))
            return &scheme->bodies.at[i];
    }
    return NULL;
}

const struct scheme_programme *scheme_programme(const struct scheme *scheme, struct str id)
{
    for (size_t i = 0; i < scheme->programmes.count; i++) {
        if (str_eq(scheme->programmes.at[i].id.text, id))
            return &scheme->programmes.at[i];
    }
    return NULL;
}

const struct scheme_text *scheme_text(const struct scheme *scheme, struct str id)
{
    for (size_t i = 0; i < scheme->texts.count; i++) {
        if (str_eq(scheme->texts.at[i].id.text, id))
            return &scheme->texts.at[i];
    }
    return NULL;
}
