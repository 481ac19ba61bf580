#include "http/mustache_compiler.h"

struct span compiler_span(const struct source *source, size_t offset)
{
    struct span span = { source, (uint32_t)offset, 1, 1, 1 };

    for (size_t i = 0; i < offset; i++) {
        if (source->text.p[i] == '\n') {
            span.line++;
            span.column = 1;
        } else if (((unsigned char)source->text.p[i] & 0xc0) != 0x80) {
            span.column++;
        }
    }
    return span;
}

void compiler_fault(struct compiler *c, const struct tag *tag, struct str hint, const char *what)
{
    diags_add(c->diags, SEVERITY_ERROR, tag->span, hint, "%s", what);
}

bool compiler_is_strict(const struct compiler *c)
{
    return c->mode != MUSTACHE_SPEC;
}

struct frame *compiler_top(struct compiler *c)
{
    return c->depth > 0 ? &c->frames[c->depth - 1] : NULL;
}

bool compiler_is_hidden(struct compiler *c)
{
    return c->depth > 0 && compiler_top(c)->kind == FRAME_PARENT;
}

size_t compiler_dedent(struct compiler *c)
{
    return c->depth > 0 ? compiler_top(c)->dedent : 0;
}

bool compiler_push(struct compiler *c, enum frame_kind kind, const struct tag *tag)
{
    size_t kept = compiler_dedent(c);

    if (c->depth == MUSTACHE_NEST_MAX) {
        compiler_fault(c, tag, STR("move a part of it into a template of its own"),
                       "sections and blocks stand too deep in each other");
        return false;
    }
    c->frames[c->depth++] = (struct frame){ .kind = kind,
                                            .tag = *tag,
                                            .op = c->mustache->count,
                                            .blanks = SIZE_MAX,
                                            .dedent = kept,
                                            .html = c->html };
    return true;
}

void compiler_cut(struct compiler *c, const struct tag *tag)
{
    if (compiler_is_strict(c) && !html_context_cut(&c->html))
        compiler_fault(c, tag, STR_NONE, "a section may not begin or end here, within the HTML");
}

struct op *compiler_add_op(struct compiler *c, enum op_kind kind, const struct tag *tag)
{
    struct mustache *m = c->mustache;
    struct op *op = ARENA_PUSH(c->arena, m->ops, m->count, m->room);

    op->kind = kind;
    if (tag)
        op->span = tag->span;
    return op;
}

static void check_html(struct compiler *c, size_t from, struct str text)
{
    struct html_context before = c->html;
    const char *wrong = html_context_read(&c->html, text);
    size_t i = 0;

    if (!wrong)
        return;
    while (i < text.n && !html_context_read(&before, (struct str){ text.p + i, 1 }))
        i++;
    diags_add(c->diags, SEVERITY_ERROR, compiler_span(c->reader.source, from + i), STR_NONE, "%s",
              wrong);
}

static bool is_blank(struct str text)
{
    return str_trim(text).n == 0;
}

/* The text with `blanks` spaces and tabs fewer at the beginning of each line. */
static struct str without_indent(struct compiler *c, struct str text, bool begins_line,
                                 size_t blanks)
{
    struct buf out;

    buf_init(&out, text.n);
    while (text.n > 0) {
        size_t length = 0;
        struct str line = text;

        if (str_find(text, '\n', &length))
            line = str_take(text, length + 1);
        text = str_drop(text, line.n);
        if (begins_line) {
            size_t found = tag_blanks(line, 0);

            line = str_drop(line, found < blanks ? found : blanks);
        }
        begins_line = true;
        buf_add(&out, line);
    }
    return buf_take(&out, c->arena);
}

void compiler_take_text(struct compiler *c, size_t to)
{
    struct str whole = c->reader.source->text;
    size_t from = c->at;
    struct str text = { whole.p + from, to - from };

    c->at = to;
    if (text.n == 0)
        return;
    if (compiler_is_hidden(c)) {
        if (compiler_is_strict(c) && !is_blank(text))
            diags_add(c->diags, SEVERITY_ERROR,
                      compiler_span(c->reader.source, from + (size_t)(str_trim(text).p - text.p)),
                      STR("put it into a block, or take it out"),
                      "text in a parent outside its blocks is never shown");
        return;
    }
    if (c->mode == MUSTACHE_STRICT)
        check_html(c, from, text);
    if (compiler_dedent(c) > 0)
        text = without_indent(c, text, from == 0 || whole.p[from - 1] == '\n', compiler_dedent(c));
    compiler_add_op(c, OP_TEXT, NULL)->text = text;
}

bool compiler_take_tag(struct compiler *c, const struct tag *tag)
{
    bool alone = tag->begins_line && tag->ends_line;

    compiler_take_text(c, alone ? tag->line_from : tag->from);
    c->at = alone ? tag->line_to : tag->to;
    return alone;
}

struct str compiler_indent_at(struct compiler *c, size_t at, size_t blanks)
{
    struct str text = { c->reader.source->text.p + at, blanks };
    size_t less = compiler_dedent(c);

    return str_drop(text, blanks < less ? blanks : less);
}
