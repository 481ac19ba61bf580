#include "criteria/case_parts.h"

#include <string.h>

/* A line of Markdown that may open or close a fenced block. */
struct fence {
    size_t ticks;    /* 0: it is none */
    struct str info; /* what follows the backticks, white space at its ends aside */
};

static struct fence read_fence(struct str line)
{
    struct fence fence = { .info = STR_NONE };
    size_t indent = 0;
    size_t at;

    while (indent < line.n && line.p[indent] == ' ')
        indent++;
    if (indent > 3)
        return fence;
    line = str_drop(line, indent);
    while (fence.ticks < line.n && line.p[fence.ticks] == '`')
        fence.ticks++;
    fence.info = str_trim(str_drop(line, fence.ticks));
    /* With further backticks it is code within a line of text. */
    if (fence.ticks < 3 || str_find(fence.info, '`', &at))
        fence.ticks = 0;
    return fence;
}

enum block_kind { BLOCK_OTHER, BLOCK_CASES, BLOCK_DOCUMENTS };

/* A fenced block: its lines are [from, end) of the text. */
struct block {
    enum block_kind kind;
    size_t from, end;
    uint32_t line; /* number of its first line */
    struct span opening;
    bool closed;
};

struct markdown {
    const struct source *source;
    size_t at;
    uint32_t line; /* of `at` */
};

/* The line at `at`, without its newline. */
static struct str next_line(struct markdown *markdown)
{
    struct str rest = str_drop(markdown->source->text, markdown->at);
    struct str line;

    (void)str_split(rest, '\n', &line);
    markdown->at += line.n < rest.n ? line.n + 1 : line.n;
    markdown->line++;
    return line;
}

static enum block_kind block_kind(struct str info)
{
    size_t length = 0;

    while (length < info.n && info.p[length] != ' ' && info.p[length] != '\t')
        length++;
    info = str_take(info, length);
    if (str_eq(info, STR("case")))
        return BLOCK_CASES;
    if (str_eq(info, STR("criteria")) || str_eq(info, STR("vocabulary")))
        return BLOCK_DOCUMENTS;
    return BLOCK_OTHER;
}

static void find_end(struct markdown *markdown, size_t ticks, struct block *block)
{
    block->from = block->end = markdown->at;
    block->line = markdown->line;
    while (!block->closed && markdown->at < markdown->source->text.n) {
        struct fence fence;

        block->end = markdown->at;
        fence = read_fence(next_line(markdown));
        block->closed = fence.ticks >= ticks && fence.info.n == 0;
    }
    if (!block->closed)
        block->end = markdown->at;
}

static bool next_block(struct markdown *markdown, struct block *ret)
{
    while (markdown->at < markdown->source->text.n) {
        size_t start = markdown->at;
        uint32_t line = markdown->line;
        struct str text = next_line(markdown);
        struct fence fence = read_fence(text);

        if (fence.ticks == 0)
            continue;
        *ret = (struct block){ .kind = block_kind(fence.info) };
        ret->opening = (struct span){ .source = markdown->source,
                                      .offset = (uint32_t)start,
                                      .length = (uint32_t)text.n,
                                      .line = line,
                                      .column = 1 };
        find_end(markdown, fence.ticks, ret);
        return true;
    }
    return false;
}

/* The bytes of the source with blanks for all of them, so that places stay what they are. */
static char *blank_copy(struct arena *arena, struct str text)
{
    char *copy = ARENA_ARRAY(arena, text.n + 1, char);

    for (size_t i = 0; i < text.n; i++)
        copy[i] = text.p[i] == '\n' ? '\n' : ' ';
    return copy;
}

void cases_read_markdown(struct arena *arena, const struct source *source, struct diags *diags,
                         struct case_list *list, struct source *ret_documents)
{
    struct markdown markdown = { .source = source, .line = 1 };
    size_t first = list->count;
    struct block block;
    char *documents = NULL;

    while (next_block(&markdown, &block)) {
        if (block.kind == BLOCK_OTHER)
            continue;
        if (!block.closed)
            diags_add(diags, SEVERITY_ERROR, block.opening,
                      STR("end it with a line of as many backticks"), "this block does not end");
        if (block.kind == BLOCK_CASES) {
            cases_read_part(arena, source, block.from, block.end, block.line, diags, list);
            continue;
        }
        if (!documents)
            documents = blank_copy(arena, source->text);
        memcpy(documents + block.from, source->text.p + block.from, block.end - block.from);
    }
    cases_warn_of_same_ids(arena, list, first, diags);
    ret_documents->name = source->name;
    ret_documents->text = documents ? (struct str){ documents, source->text.n } : STR_NONE;
}
