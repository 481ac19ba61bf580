#include "markdown/markdown.h"

#include <cmark.h>
#include <string.h>

#define LEVELS 6 /* of headings in HTML */

/* cmark resizes memory without saying how large it was, so that stands in front of each piece. */
union piece {
    size_t bytes;
    max_align_t alignment;
};

static void *piece_new(size_t count, size_t bytes_each)
{
    size_t bytes = count * bytes_each; /* memory_alloc stops at what is too large */
    union piece *piece;

    BUG_IF(bytes_each > 0 && bytes / bytes_each != count);
    piece = memory_alloc(1, sizeof(*piece) + bytes);
    piece->bytes = bytes;
    return piece + 1;
}

static void *piece_resize(void *memory, size_t bytes)
{
    union piece *piece = memory;

    if (!piece)
        return piece_new(1, bytes);
    piece--;
    piece = memory_grow(piece, sizeof(*piece) + piece->bytes, sizeof(*piece) + bytes, 1);
    piece->bytes = bytes;
    return piece + 1;
}

static void piece_drop(void *memory)
{
    if (memory)
        memory_free((union piece *)memory - 1);
}

static cmark_mem pieces = { piece_new, piece_resize, piece_drop };

static void drop_title(cmark_node *document)
{
    cmark_node *first = cmark_node_first_child(document);

    if (!first || cmark_node_get_type(first) != CMARK_NODE_HEADING ||
        cmark_node_get_heading_level(first) != 1)
        return;
    cmark_node_unlink(first);
    cmark_node_free(first);
}

/* Headings stand within quotes and lists too. */
static void move_headings(cmark_node *document, int by)
{
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        int level;

        if (event != CMARK_EVENT_ENTER || cmark_node_get_type(node) != CMARK_NODE_HEADING)
            continue;
        level = cmark_node_get_heading_level(node) + by;
        cmark_node_set_heading_level(node, level < LEVELS ? level : LEVELS);
    }
    cmark_iter_free(iter);
}

struct str markdown_html(struct arena *arena, struct str text, int n)
{
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &pieces);
    cmark_node *document;
    char *html;
    char *copy;
    size_t bytes;

    cmark_parser_feed(parser, text.p, text.n);
    document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    drop_title(document);
    move_headings(document, n - 1);
    html = cmark_render_html(document, CMARK_OPT_DEFAULT);
    cmark_node_free(document);

    bytes = strlen(html);
    copy = arena_try_alloc(arena, bytes + 1);
    if (copy)
        memcpy(copy, html, bytes);
    piece_drop(html);
    if (!copy)
        arena_exit_full(arena);
    return (struct str){ copy, bytes };
}
