#include "scheme/file.h"

#include <stdlib.h>

#include "base/buf.h"
#include "criteria/limits.h"
#include "criteria/syntax.h"

#define NAME_MAX_BYTES 200

/*
 * To add a kind of file: a row here, what becomes of it in scheme.c, and a paragraph in
 * docs/scheme-folder.md.
 */
const struct scheme_file_kind scheme_file_kinds[] = {
    { "", "scheme.conf", SCHEME_CONF_MAX, true, FILE_CONF },
    { "", ".md", SCHEME_TEXT_MAX, true, FILE_NOTE },
    { "vocabulary", ".vocabulary", CRITERIA_FILE_MAX, false, FILE_CRITERIA },
    { "criteria", ".criteria", CRITERIA_FILE_MAX, true, FILE_CRITERIA },
    { "cases", ".cases", SCHEME_CASES_MAX, false, FILE_CASES },
    { "texts", ".md", SCHEME_TEXT_MAX, false, FILE_TEXT },
};

const size_t scheme_file_kind_count = ARRAY_LEN(scheme_file_kinds);

/* Whether a name can stand in a folder on any machine, without leading out of it. */
static bool is_file_name(struct str name)
{
    if (name.n == 0 || name.n > NAME_MAX_BYTES || name.p[0] == '.' || !str_is_utf8(name, NULL))
        return false;
    for (size_t i = 0; i < name.n; i++) {
        if ((unsigned char)name.p[i] < ' ' || name.p[i] == 0x7f || name.p[i] == '/' ||
            name.p[i] == '\\')
            return false;
    }
    return true;
}

static bool is_of(const struct scheme_file_kind *kind, struct str name)
{
    struct str ending = str_from_c(kind->ending);

    return kind->use == FILE_CONF ? str_eq(name, ending) : str_ends(name, ending);
}

const struct scheme_file_kind *scheme_file_kind(struct str path)
{
    struct str folder = STR("");
    struct str name = path;
    struct str head;
    struct str rest = str_split(path, '/', &head);

    if (rest.p) {
        folder = head;
        name = rest;
    }
    if (!is_file_name(name) || (rest.p && folder.n == 0))
        return NULL;
    for (size_t i = 0; i < scheme_file_kind_count; i++) {
        const struct scheme_file_kind *kind = &scheme_file_kinds[i];

        if (str_eq_c(folder, kind->folder) && is_of(kind, name))
            return kind;
    }
    return NULL;
}

const struct scheme_file *scheme_file_find(const struct scheme_files *files, struct str path)
{
    for (size_t i = 0; i < files->count; i++)
        if (str_eq(files->at[i].path, path))
            return &files->at[i];
    return NULL;
}

static int compare_paths(const void *a, const void *b)
{
    return str_cmp(((const struct scheme_file *)a)->path, ((const struct scheme_file *)b)->path);
}

void scheme_files_sort(struct scheme_files *files)
{
    if (files->count > 1)
        qsort(files->at, files->count, sizeof(*files->at), compare_paths);
}

/* ---- canonical form ---- */

static bool print_canonical(struct arena *arena, const struct scheme_file *file, size_t max,
                            struct str *ret)
{
    const struct source source = { file->path, file->bytes };
    struct parsed_file parsed;
    struct diags ignored;
    struct buf out;
    bool fits;

    diags_init(&ignored, arena);
    criteria_parse(arena, &source, &ignored, &parsed);
    BUG_IF(ignored.errors > 0);
    buf_init(&out, max);
    criteria_print_file(&parsed, &out);
    fits = !out.overflow;
    if (fits)
        *ret = buf_take(&out, arena);
    else
        buf_release(&out);
    return fits;
}

struct result scheme_files_canonical(struct arena *arena, const struct scheme_files *files,
                                     struct diags *diags, struct scheme_files *ret)
{
    struct scheme_files canonical = { ARENA_ARRAY(arena, files->count, struct scheme_file), 0, 0 };
    bool all = true;

    for (size_t i = 0; i < files->count; i++) {
        const struct scheme_file *file = &files->at[i];
        const struct scheme_file_kind *kind = scheme_file_kind(file->path);
        struct str bytes = file->bytes;

        if (kind->use == FILE_CRITERIA && !print_canonical(arena, file, kind->max, &bytes)) {
            diags_add(diags, SEVERITY_ERROR, (struct span){ .source = NULL },
                      STR("put some of its documents into a file of their own"),
                      "%.*s: the file is too large in canonical form", STR_ARG(file->path));
            all = false;
        }
        canonical.at[canonical.count++] = (struct scheme_file){ file->path, bytes };
    }
    if (!all)
        return fail(&ERROR_INPUT);
    canonical.room = canonical.count;
    scheme_files_sort(&canonical);
    *ret = canonical;
    return OK;
}
