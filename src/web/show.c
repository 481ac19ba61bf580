#include "web/show.h"

#include "http/error.h"

#define TEMPLATES_FOLDER "src/web/templates"
#define PAGE_BYTES_USUAL ((size_t)32 * 1024)

extern const struct embedded_file web_templates[];
extern const size_t web_templates_count;

struct result templates_read(struct arena *arena, const char *dev_root, struct diags *diags,
                             const struct mustache_set **ret)
{
    struct mustache_set *set = mustache_set_new(arena, MUSTACHE_STRICT, NULL);

    if (dev_root)
        TRY(mustache_add_folder(set, str_format(arena, "%s/" TEMPLATES_FOLDER, dev_root).p, diags));
    else
        mustache_add_embedded(set, web_templates, web_templates_count, diags);
    TRY(mustache_finish(set, diags));
    *ret = set;
    return OK;
}

struct result show_json(struct arena *arena, const struct value *view, struct str *ret)
{
    struct buf out;

    buf_init(&out, PAGE_BYTES_MAX);
    value_write_json(view, JSON_PRETTY, &out);
    if (out.overflow) {
        buf_release(&out);
        return fail(&HTTP_INTERNAL);
    }
    *ret = buf_take(&out, arena);
    return OK;
}

struct result show_page(const struct site_state *site, struct arena *arena, const char *template,
                        const struct value *view, struct diags *drift, struct str *ret)
{
    const struct mustache_set *set = site->templates;
    const struct mustache *mustache;
    struct buf out;

    if (!set && failed(templates_read(arena, site->settings.dev_root, drift, &set)))
        return fail(&HTTP_INTERNAL);
    mustache = mustache_find(set, str_from_c(template));
    if (!mustache)
        return fail(&HTTP_INTERNAL);
    buf_init(&out, PAGE_BYTES_MAX);
    buf_reserve(&out, PAGE_BYTES_USUAL);
    if (failed(mustache_render(mustache, view, drift, &out))) {
        buf_release(&out);
        return fail(&HTTP_INTERNAL);
    }
    *ret = buf_take(&out, arena);
    return OK;
}
