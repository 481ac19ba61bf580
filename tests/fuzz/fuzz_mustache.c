/*
 * Templates and a view, any bytes, in both modes. The input is a view in JSON and up to four
 * templates a, b, c and d, with a line of '=' between any two. What renders at all renders twice to
 * the same bytes and keeps to its maximum; where a strict template prints one value, that value
 * opens no tag.
 */
#include "http/mustache.h"

#include <string.h>

#include "json/read.h"

#define TEMPLATES_MAX 4
#define OUTPUT_MAX ((size_t)100000)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The part up to the next separator; STR_NONE remains after the last. */
static struct str next_part(struct str *rest)
{
    static const char separator[] = "\n=\n";
    struct str part = *rest;
    const char *found = NULL;

    if (rest->n > 0)
        found = memmem(rest->p, rest->n, separator, sizeof(separator) - 1);
    if (!found) {
        *rest = STR_NONE;
        return part;
    }
    part.n = (size_t)(found - part.p);
    *rest = str_drop(*rest, part.n + sizeof(separator) - 1);
    return part;
}

static size_t count_byte(struct str text, char c)
{
    size_t count = 0;

    for (size_t i = 0; i < text.n; i++)
        count += text.p[i] == c ? 1 : 0;
    return count;
}

static bool render(const struct mustache *mustache, const struct value *view, struct diags *drift,
                   struct buf *first, struct buf *second)
{
    struct result result = mustache_render(mustache, view, NULL, first);
    struct result again = mustache_render(mustache, view, drift, second);

    BUG_IF(first->n > OUTPUT_MAX);
    BUG_IF(result.error != again.error);
    BUG_IF(!str_eq(buf_str(first), buf_str(second)));
    return !failed(result);
}

static void run(struct arena *arena, enum mustache_mode mode, struct str rest,
                const struct value *view)
{
    static const char *const names[TEMPLATES_MAX] = { "a", "b", "c", "d" };
    struct mustache_set *set = mustache_set_new(arena, mode, NULL);
    struct source sources[TEMPLATES_MAX];
    struct buf first;
    struct buf second;
    struct diags diags;
    size_t count = 0;

    diags_init(&diags, arena);
    for (; count < TEMPLATES_MAX && rest.p; count++) {
        sources[count] = (struct source){ str_from_c(names[count]), next_part(&rest) };
        mustache_add(set, sources[count].name, &sources[count], &diags);
    }
    buf_init(&first, OUTPUT_MAX);
    buf_init(&second, OUTPUT_MAX);
    if (failed(mustache_finish(set, &diags))) {
        BUG_IF(diags.errors == 0);
        diags_print(&diags, &first, false);
    } else if (mustache_find(set, STR("a"))) {
        bool rendered = render(mustache_find(set, STR("a")), view, &diags, &first, &second);

        if (rendered && mode == MUSTACHE_STRICT && count == 1 &&
            count_byte(sources[0].text, '{') == 2)
            BUG_IF(count_byte(buf_str(&first), '<') > count_byte(sources[0].text, '<'));
    }
    buf_release(&first);
    buf_release(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct json_limits limits = { .bytes = 100000, .depth = 20 };
    struct str rest = { (const char *)data, size };
    struct json_fault fault;
    struct value *view;
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    if (!failed(json_read(&arena, next_part(&rest), &limits, &fault, &view)) && rest.p) {
        run(&arena, MUSTACHE_SPEC, rest, view);
        run(&arena, MUSTACHE_STRICT, rest, view);
    }
    arena_release(&arena);
    return 0;
}
