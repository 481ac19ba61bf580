#include "http/mustache.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "http/mustache_parts.h"

#define EXTENSION ".html"

const struct error ERROR_TEMPLATE_DEPTH = {
    .name = "template-depth",
    .http_status = 500,
    .exit_code = EXIT_SYSTEM,
    .message = "templates include each other too deeply",
};

struct mustache_set *mustache_set_new(struct arena *arena, enum mustache_mode mode,
                                      const struct language *language)
{
    struct mustache_set *set = ARENA_NEW(arena, struct mustache_set);

    set->arena = arena;
    set->mode = mode;
    set->language = language;
    return set;
}

static bool is_taken(const struct mustache_set *set, struct str name)
{
    for (size_t i = 0; i < set->count; i++)
        if (str_eq(set->list[i]->name, name))
            return true;
    return false;
}

static void add_fault(struct mustache_set *set, const struct source *source, struct diags *diags,
                      struct str name, const char *what)
{
    struct span span = { source, 0, 0, 1, 1 };

    set->faulty = true;
    diags_add(diags, SEVERITY_ERROR, span, STR_NONE, "the template '%.*s' %s", STR_ARG(name), what);
}

void mustache_add(struct mustache_set *set, struct str name, const struct source *source,
                  struct diags *diags)
{
    size_t errors = diags->errors;
    struct mustache *mustache;

    BUG_IF(set->finished);
    if (is_taken(set, name)) {
        add_fault(set, source, diags, name, "is there twice");
        return;
    }
    if (source->text.n > MUSTACHE_BYTES_MAX) {
        add_fault(set, source, diags, name, "is larger than 1 MiB");
        return;
    }
    mustache = ARENA_NEW(set->arena, struct mustache);
    mustache->name = name;
    mustache->set = set;
    *ARENA_PUSH(set->arena, set->list, set->count, set->room) = mustache;
    mustache_compile(mustache, source, diags);
    if (diags->errors > errors)
        set->faulty = true;
}

/* ---- from a folder ---- */

static void not_read(const char *path, struct diags *diags)
{
    diags_add(diags, SEVERITY_ERROR, (struct span){ .source = NULL }, STR_NONE,
              "cannot read %s: %s", path, strerror(errno));
}

static struct result add_file(struct mustache_set *set, struct str path, struct str name,
                              struct diags *diags)
{
    struct source *source = ARENA_NEW(set->arena, struct source);
    struct result result;

    source->name = path;
    result = file_read(set->arena, path.p, MUSTACHE_BYTES_MAX, &source->text);
    if (result.error == &ERROR_LIMIT)
        diags_add(diags, SEVERITY_ERROR, (struct span){ .source = NULL }, STR_NONE,
                  "%s is larger than 1 MiB", path.p);
    else if (failed(result))
        not_read(path.p, diags);
    if (!failed(result))
        mustache_add(set, name, source, diags);
    return result;
}

/* `prefix` goes before the names: "" or "people/". Names with a dot are files, others folders. */
static struct result add_folder(struct mustache_set *set, struct str path, struct str prefix,
                                int level, struct diags *diags)
{
    struct str_list names;
    struct result result = folder_list(set->arena, path.p, &names);

    if (failed(result)) {
        not_read(path.p, diags);
        return result;
    }
    for (size_t i = 0; i < names.count; i++) {
        struct str entry = names.at[i];
        struct str inner = str_format(set->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(entry));
        size_t dot;

        if (str_ends(entry, STR(EXTENSION))) {
            struct str stem = str_take(entry, entry.n - (sizeof(EXTENSION) - 1));
            struct str name = str_format(set->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(stem));

            TRY(add_file(set, inner, name, diags));
        } else if (!str_find(entry, '.', &dot)) {
            struct str below = str_format(set->arena, "%.*s%.*s/", STR_ARG(prefix), STR_ARG(entry));

            if (level == MUSTACHE_FOLDERS_MAX) {
                diags_add(diags, SEVERITY_ERROR, (struct span){ .source = NULL }, STR_NONE,
                          "%s stands too deep in folders", inner.p);
                return fail(&ERROR_LIMIT);
            }
            TRY(add_folder(set, inner, below, level + 1, diags));
        }
    }
    return OK;
}

struct result mustache_add_folder(struct mustache_set *set, const char *path, struct diags *diags)
{
    struct result result = add_folder(set, str_from_c(path), STR(""), 1, diags);

    if (failed(result))
        set->faulty = true;
    return result;
}

void mustache_add_embedded(struct mustache_set *set, const struct embedded_file *files,
                           size_t count, struct diags *diags)
{
    for (size_t i = 0; i < count; i++) {
        struct str name = str_from_c(files[i].name);
        struct source *source;

        if (!str_ends(name, STR(EXTENSION)))
            continue;
        source = ARENA_NEW(set->arena, struct source);
        source->name = name;
        source->text = (struct str){ files[i].bytes, files[i].size };
        mustache_add(set, str_take(name, name.n - (sizeof(EXTENSION) - 1)), source, diags);
    }
}

/* ---- joining ---- */

static int compare(const void *a, const void *b)
{
    const struct mustache *const *left = a;
    const struct mustache *const *right = b;

    return str_cmp((*left)->name, (*right)->name);
}

static struct str_list names_of(const struct mustache_set *set, struct arena *arena)
{
    struct str *names = ARENA_ARRAY(arena, set->count, struct str);

    for (size_t i = 0; i < set->count; i++)
        names[i] = set->list[i]->name;
    return (struct str_list){ names, set->count };
}

static void join(struct mustache_set *set, struct op *op, struct diags *diags)
{
    op->target = mustache_find(set, op->text);
    if (op->target || set->mode == MUSTACHE_SPEC)
        return;
    set->faulty = true;
    diags_add(diags, SEVERITY_ERROR, op->span,
              diags_hint(diags, "the name of a template", op->text, names_of(set, diags->arena)),
              "there is no template '%.*s'", STR_ARG(op->text));
}

struct result mustache_finish(struct mustache_set *set, struct diags *diags)
{
    if (set->count > 0)
        qsort(set->list, set->count, sizeof(*set->list), compare);
    set->finished = true;
    for (size_t i = 0; i < set->count; i++) {
        struct mustache *mustache = set->list[i];

        for (size_t j = 0; j < mustache->count; j++)
            if (mustache->ops[j].kind == OP_PARTIAL || mustache->ops[j].kind == OP_PARENT)
                join(set, &mustache->ops[j], diags);
    }
    return set->faulty ? fail(&ERROR_INPUT) : OK;
}

const struct mustache *mustache_find(const struct mustache_set *set, struct str name)
{
    size_t from = 0;
    size_t to = set->count;

    BUG_IF(!set->finished);
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = str_cmp(name, set->list[middle]->name);

        if (order == 0)
            return set->list[middle];
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}
