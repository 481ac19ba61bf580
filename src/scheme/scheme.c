#include "scheme/scheme.h"

#include "scheme/check.h"
#include "scheme/conf.h"
#include "scheme/folder.h"

struct maker {
    struct arena *arena;
    struct str place; /* that the names of files begin with; empty: none */
    struct diags *diags;
    struct scheme *scheme;
    struct library *library;
};

/* A path of the scheme under the name that people know it by. */
static struct str name_of(struct maker *maker, struct arena *arena, struct str path)
{
    if (maker->place.n == 0)
        return path;
    return str_format(arena, "%.*s/%.*s", STR_ARG(maker->place), STR_ARG(path));
}

static const struct source *source_of(struct maker *maker, const struct scheme_file *file)
{
    struct source *source = ARENA_NEW(maker->arena, struct source);

    source->name = name_of(maker, maker->arena, file->path);
    source->text = file->bytes;
    return source;
}

/* Other texts pass through a lexer, which looks at every byte; these do not. */
static void check_bytes(struct maker *maker, const struct source *source)
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
    diags_add(maker->diags, SEVERITY_ERROR, span, STR("save the file as UTF-8"),
              "this byte is not UTF-8");
}

/* The name of a file without folder and ending. */
static struct str stem_of(const struct scheme_file *file, const struct scheme_file_kind *kind)
{
    struct str name = file->path;
    size_t slash;

    if (str_find(name, '/', &slash))
        name = str_drop(name, slash + 1);
    return str_take(name, name.n - str_from_c(kind->ending).n);
}

static void add_text(struct maker *maker, const struct source *source, struct str stem)
{
    check_bytes(maker, source);
    for (size_t i = 0; i < maker->scheme->texts.count; i++) {
        struct scheme_text *text = &maker->scheme->texts.at[i];

        if (str_eq(text->id.text, stem)) {
            text->source = source;
            return;
        }
    }
    diags_add(maker->diags, SEVERITY_WARNING, (struct span){ source, 0, 0, 1, 1 },
              STR("add a `text` statement there, or remove the file"),
              "scheme.conf does not name this text");
}

static void add_file(struct maker *maker, const struct scheme_file *file,
                     const struct scheme_file_kind *kind)
{
    struct scheme_sources *cases = &maker->scheme->cases;
    const struct source *source = source_of(maker, file);

    switch (kind->use) {
    case FILE_CONF:
        break;
    case FILE_CRITERIA:
        library_add(maker->library, source, maker->diags);
        break;
    case FILE_CASES:
        *ARENA_PUSH(maker->arena, cases->at, cases->count, cases->room) = source;
        break;
    case FILE_TEXT:
        add_text(maker, source, stem_of(file, kind));
        break;
    case FILE_NOTE:
        check_bytes(maker, source);
        break;
    }
}

static void add_files(struct maker *maker, const struct scheme_files *files)
{
    for (size_t k = 0; k < scheme_file_kind_count; k++) {
        const struct scheme_file_kind *kind = &scheme_file_kinds[k];

        for (size_t i = 0; i < files->count; i++)
            if (scheme_file_kind(files->at[i].path) == kind)
                add_file(maker, &files->at[i], kind);
    }
}

static void check_texts(struct maker *maker)
{
    for (size_t i = 0; i < maker->scheme->texts.count; i++) {
        const struct scheme_text *text = &maker->scheme->texts.at[i];
        struct str path = str_format(maker->diags->arena, "texts/%.*s.md", STR_ARG(text->id.text));

        if (!text->source)
            diags_add(maker->diags, SEVERITY_ERROR, text->id.span,
                      str_format(maker->diags->arena, "expected it in %.*s",
                                 STR_ARG(name_of(maker, maker->diags->arena, path))),
                      "there is no text '%.*s'", STR_ARG(text->id.text));
    }
}

struct result scheme_make(struct arena *arena, struct str place, const struct scheme_files *files,
                          struct diags *diags, struct scheme **ret)
{
    const struct scheme_file *conf = scheme_file_find(files, STR("scheme.conf"));
    struct scheme *scheme = ARENA_NEW(arena, struct scheme);
    struct maker maker = { arena, place, diags, scheme, library_new(arena) };
    size_t errors = diags->errors;
    bool whole;

    if (!conf) {
        diags_add(diags, SEVERITY_ERROR, (struct span){ .source = NULL }, STR_NONE,
                  "there is no %.*s", STR_ARG(name_of(&maker, arena, STR("scheme.conf"))));
        return fail(&ERROR_INPUT);
    }
    scheme->conf = source_of(&maker, conf);
    whole = scheme_conf_read(arena, scheme->conf, diags, scheme);
    add_files(&maker, files);
    check_texts(&maker);

    /* Its faults are in the diags, and what has none can be checked all the same. */
    (void)failed(library_finish(maker.library, diags));
    scheme->library = maker.library;
    if (whole)
        scheme_check(arena, scheme, diags);
    if (diags->errors > errors)
        return fail(&ERROR_INPUT);
    *ret = scheme;
    return OK;
}

struct result scheme_load(struct arena *arena, const char *folder, struct diags *diags,
                          struct scheme **ret)
{
    size_t errors = diags->errors;
    struct scheme_files files;
    struct scheme *scheme;

    TRY(scheme_folder_read(arena, folder, diags, &files));
    TRY(scheme_make(arena, scheme_folder_name(folder), &files, diags, &scheme));
    /* Files that could not be read are no part of what was made. */
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
