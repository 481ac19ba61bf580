#include "http/mustache_name.h"

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

static bool is_part(struct str part, enum mustache_mode mode)
{
    for (size_t i = 0; i < part.n; i++) {
        char c = part.p[i];

        if (mode != MUSTACHE_SPEC ? !is_plain(c) : c == ' ' || c == '\t' || c == '\n')
            return false;
    }
    return part.n > 0;
}

bool mustache_read_path(struct arena *arena, enum mustache_mode mode, const struct tag *tag,
                        struct str name, struct diags *diags, struct path *ret)
{
    struct str rest = name;
    struct str *parts = NULL;
    size_t count = 0;
    size_t room = 0;

    if (str_eq_c(name, ".")) {
        *ret = (struct path){ NULL, 0 };
        return true;
    }
    do {
        struct str part;

        rest = str_split(rest, '.', &part);
        if (!is_part(part, mode)) {
            diags_add(
                diags, SEVERITY_ERROR, tag->span,
                STR("a name is made of letters, digits, - and _, with dots between its parts"),
                "'%.*s' is no name", STR_ARG(name));
            return false;
        }
        *ARENA_PUSH(arena, parts, count, room) = part;
    } while (rest.p);
    *ret = (struct path){ parts, count };
    return true;
}

static bool read_words(const struct tag *tag, struct str text, struct diags *diags,
                       struct filter_use *use)
{
    do {
        struct str word;

        text = str_split(text, ',', &word);
        word = str_trim(word);
        if (word.n == 0 || use->count == FILTER_WORDS_MAX) {
            diags_add(diags, SEVERITY_ERROR, tag->span, STR_NONE,
                      word.n == 0 ? "a word after the filter is missing"
                                  : "there are more words after the filter than any filter takes");
            return false;
        }
        use->words[use->count++] = word;
    } while (text.p);
    return true;
}

static const struct filter_use *read_filter(struct arena *arena, const struct tag *tag,
                                            struct str text, struct diags *diags)
{
    struct filter_use *use = ARENA_NEW(arena, struct filter_use);
    const char *takes;
    struct str name;
    struct str words = str_split(text, ':', &name);

    name = str_trim(name);
    use->filter = filter_find(name);
    if (!use->filter) {
        diags_add(diags, SEVERITY_ERROR, tag->span,
                  diags_hint(diags, "a filter", name, filter_names(diags->arena)),
                  "there is no filter '%.*s'", STR_ARG(name));
        return NULL;
    }
    if (words.p && !read_words(tag, words, diags, use))
        return NULL;
    if (!filter_accepts(use->filter, use->count, &takes)) {
        diags_add(diags, SEVERITY_ERROR, tag->span,
                  diags_hint(diags, takes, STR_NONE, (struct str_list){ NULL, 0 }),
                  "the filter %.*s does not take %zu words", STR_ARG(name), use->count);
        return NULL;
    }
    return use;
}

bool mustache_read_print(struct arena *arena, enum mustache_mode mode, const struct tag *tag,
                         struct diags *diags, struct path *ret_path,
                         const struct filter_use **ret_filter)
{
    const struct filter_use *use = NULL;
    struct path path;
    struct str name;
    struct str filter = str_split(tag->content, '|', &name);

    if (!mustache_read_path(arena, mode, tag, str_trim(name), diags, &path))
        return false;
    if (filter.p) {
        use = read_filter(arena, tag, filter, diags);
        if (!use)
            return false;
    }
    *ret_path = path;
    *ret_filter = use;
    return true;
}
