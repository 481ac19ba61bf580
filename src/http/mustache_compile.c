#include "http/mustache_compiler.h"

#include "http/mustache_name.h"

/* ---- frames ---- */

/* Closes the innermost frame. A mark has no op of its own. */
static void pop(struct compiler *c)
{
    const struct frame *frame = &c->frames[--c->depth];

    if (frame->kind != FRAME_MARK)
        c->mustache->ops[frame->op].end = c->mustache->count;
}

static void pop_unclosed(struct compiler *c)
{
    struct str name = compiler_top(c)->tag.content;

    diags_add(c->diags, SEVERITY_ERROR, compiler_top(c)->tag.span,
              str_format(c->diags->arena, "expected {{/%.*s}}", STR_ARG(name)),
              "'%.*s' is not closed", STR_ARG(name));
    pop(c);
}

/* What is included begins and ends in the text of the page, and so must stand there. */
static void require_text(struct compiler *c, const struct tag *tag)
{
    if (compiler_is_strict(c) && c->html.place != HTML_TEXT)
        compiler_fault(
            c, tag, STR_NONE,
            "partials, parents and blocks stand in the text of a page, not within a tag, a "
            "comment, a script or a style sheet");
}

/* A translation puts the same values at other places, or says the same with fewer of them. */
static void check_allowed(struct compiler *c, const struct tag *tag)
{
    struct str name = compiler_printed_name(tag);

    if (!str_list_has(*c->allowed, name))
        diags_add(c->diags, SEVERITY_ERROR, tag->span,
                  diags_hint(c->diags, NULL, name, *c->allowed),
                  "the translation prints '%.*s', which the text does not", STR_ARG(name));
}

/* ---- one function for each kind of tag ---- */

static void take_print(struct compiler *c, const struct tag *tag)
{
    const struct filter_use *filter;
    const char *refusal;
    struct path path;
    struct op *op;

    compiler_take_text(c, tag->from);
    c->at = tag->to;
    if (!mustache_read_print(c->arena, c->mode, tag, c->diags, &path, &filter))
        return;
    if (compiler_is_hidden(c)) {
        if (compiler_is_strict(c))
            compiler_fault(c, tag, STR("put it into a block, or take it out"),
                           "a value in a parent outside its blocks is never shown");
        return;
    }
    if (compiler_is_strict(c)) {
        refusal = html_context_refusal(&c->html, filter && filter_is_for_addresses(filter->filter));
        if (refusal)
            compiler_fault(c, tag, STR_NONE, refusal);
        if (tag->kind == TAG_PRINT_RAW)
            compiler_fault(
                c, tag, STR("write {{name}}; what is HTML already comes as such from the program"),
                "a template may not print without escaping");
    }
    if (c->allowed)
        check_allowed(c, tag);
    op = compiler_add_op(c, OP_PRINT, tag);
    op->path = path;
    op->filter = filter;
    op->raw = tag->kind == TAG_PRINT_RAW || c->mode == MUSTACHE_TEXT;
    op->takes_html = !compiler_is_strict(c) || c->html.place == HTML_TEXT;
}

static void take_section(struct compiler *c, const struct tag *tag)
{
    struct path path = { NULL, 0 };
    struct op *op;

    compiler_take_tag(c, tag);
    mustache_read_path(c->arena, c->mode, tag, tag->content, c->diags, &path);
    compiler_cut(c, tag);
    if (!compiler_push(c, FRAME_SECTION, tag))
        return;
    op = compiler_add_op(c, tag->kind == TAG_SECTION ? OP_SECTION : OP_INVERTED, tag);
    op->path = path;
}

static void take_partial(struct compiler *c, const struct tag *tag)
{
    struct op *op;
    bool alone = compiler_take_tag(c, tag);

    require_text(c, tag);
    if (compiler_is_hidden(c))
        return;
    op = compiler_add_op(c, OP_PARTIAL, tag);
    op->text = tag->content;
    op->own_line = alone;
    if (alone)
        op->indent = compiler_indent_at(c, tag->line_from, tag->from - tag->line_from);
}

/* Whether a parent stands alone on its lines is known only at its end: until then the white space
   before it is an op of its own. */
static void take_parent(struct compiler *c, const struct tag *tag)
{
    size_t blanks = SIZE_MAX;
    struct op *op;

    compiler_take_text(c, tag->line_from);
    if (tag->line_from < tag->from && !compiler_is_hidden(c)) {
        blanks = c->mustache->count;
        compiler_take_text(c, tag->from);
    }
    c->at = tag->to;
    require_text(c, tag);
    if (!compiler_push(c, FRAME_PARENT, tag))
        return;
    compiler_top(c)->blanks = blanks;
    op = compiler_add_op(c, OP_PARENT, tag);
    op->text = tag->content;
}

static void close_parent(struct compiler *c, const struct frame *frame, const struct tag *tag)
{
    struct op *op = &c->mustache->ops[frame->op];

    op->own_line = frame->tag.begins_line && tag->ends_line;
    if (!op->own_line)
        return;
    op->indent =
        compiler_indent_at(c, frame->tag.line_from, frame->tag.from - frame->tag.line_from);
    if (frame->blanks != SIZE_MAX)
        c->mustache->ops[frame->blanks].text = STR("");
    c->at = tag->line_to;
}

/*
 * Where the body of a block begins on a line of its own, how far that line is indented says how
 * far all of the block is; if there is nothing in the block, how far its tag is. The body loses
 * that indentation, and gets the one of the place at which it is shown. Gives the offset at which
 * the blanks stand, and their number.
 */
static size_t indent_of_body(struct compiler *c, const struct tag *tag, size_t *ret_blanks)
{
    struct str text = c->reader.source->text;
    size_t line = tag->line_to;
    size_t blanks = tag_blanks(text, line);
    struct str rest;

    while (line + blanks < text.n && text.p[line + blanks] == '\n') {
        line += blanks + 1;
        blanks = tag_blanks(text, line);
    }
    rest = str_drop(text, line + blanks);
    if (str_starts(rest, c->reader.open) &&
        str_starts(str_trim(str_drop(rest, c->reader.open.n)), STR("/"))) {
        line = tag->line_from;
        blanks = tag->from - tag->line_from;
    }
    *ret_blanks = blanks;
    return line;
}

static void take_block(struct compiler *c, const struct tag *tag)
{
    bool argument = compiler_is_hidden(c);
    bool own_line = tag->ends_line && (tag->begins_line || argument);
    size_t line = tag->line_from;
    size_t blanks = tag->from - tag->line_from;
    struct str indent;
    struct op *op;

    compiler_take_text(c, own_line ? tag->line_from : tag->from);
    c->at = own_line ? tag->line_to : tag->to;
    if (own_line)
        line = indent_of_body(c, tag, &blanks);
    require_text(c, tag);
    indent = compiler_indent_at(c, line, blanks);
    if (!compiler_push(c, argument ? FRAME_ARGUMENT : FRAME_BLOCK, tag))
        return;
    if (own_line || blanks > compiler_top(c)->dedent)
        compiler_top(c)->dedent = blanks;
    op = compiler_add_op(c, OP_BLOCK, tag);
    op->text = tag->content;
    op->own_line = own_line;
    op->indent = indent;
}

static void take_delimiters(struct compiler *c, const struct tag *tag)
{
    compiler_take_tag(c, tag);
    if (compiler_is_strict(c))
        compiler_fault(c, tag, STR_NONE, "the delimiters of our templates are always {{ and }}");
    else if (!tag_set_delimiters(&c->reader, tag->content))
        compiler_fault(c, tag, STR("expected two words without '=', such as {{=<% %>=}}"),
                       "these cannot be delimiters");
}

/* ---- closing ---- */

static void take_close(struct compiler *c, const struct tag *tag)
{
    size_t depth = c->depth;
    struct frame frame;

    while (depth > c->floor && !str_eq(c->frames[depth - 1].tag.content, tag->content))
        depth--;
    if (depth == c->floor) {
        compiler_take_tag(c, tag);
        diags_add(c->diags, SEVERITY_ERROR, tag->span, STR_NONE, "'%.*s' is closed but not open",
                  STR_ARG(tag->content));
        return;
    }
    while (c->depth > depth)
        pop_unclosed(c);
    frame = *compiler_top(c);
    if (frame.kind == FRAME_MARK || frame.kind == FRAME_PARENT) {
        compiler_take_text(c, tag->from);
        c->at = tag->to;
    } else if (frame.kind == FRAME_ARGUMENT) {
        compiler_take_text(c, tag->line_from);
        c->at = tag->to;
    } else {
        compiler_take_tag(c, tag);
    }
    pop(c);
    if (frame.kind == FRAME_PARENT)
        close_parent(c, &frame, tag);
    compiler_cut(c, tag);
    if (compiler_is_strict(c) && !html_context_join(&c->html, &frame.html)) {
        diags_add(c->diags, SEVERITY_ERROR, tag->span, STR_NONE,
                  "'%.*s' ends at another place in the HTML than it began: it opens or closes a "
                  "tag, an attribute's value or a comment on one of two ways only",
                  STR_ARG(tag->content));
        c->html = frame.html;
    }
}

/* ---- the whole ---- */

static bool in_mark(struct compiler *c)
{
    return c->depth > 0 && compiler_top(c)->kind == FRAME_MARK;
}

static bool may_stand(struct compiler *c, const struct tag *tag)
{
    if (in_mark(c) && tag->kind != TAG_PRINT && tag->kind != TAG_PRINT_RAW &&
        tag->kind != TAG_COMMENT && tag->kind != TAG_CLOSE) {
        compiler_fault(c, tag, STR("mark the texts within the section, or those around it"),
                       "a text that is marked for translation holds values only");
        return false;
    }
    if (compiler_is_hidden(c) && compiler_is_strict(c) && tag->kind != TAG_BLOCK &&
        tag->kind != TAG_COMMENT && tag->kind != TAG_CLOSE && tag->kind != TAG_PRINT &&
        tag->kind != TAG_PRINT_RAW) {
        compiler_fault(c, tag, STR("put it into a block, or take it out"),
                       "only blocks stand right in a parent");
        return false;
    }
    if (tag->content.n == 0 && tag->kind != TAG_COMMENT && tag->kind != TAG_DELIMITERS) {
        compiler_fault(c, tag, STR_NONE, "this tag has no name");
        return false;
    }
    return true;
}

static void take(struct compiler *c, const struct tag *tag)
{
    if (!may_stand(c, tag)) {
        compiler_take_tag(c, tag);
        return;
    }
    switch (tag->kind) {
    case TAG_PRINT:
    case TAG_PRINT_RAW:
        take_print(c, tag);
        break;
    case TAG_COMMENT:
        compiler_take_tag(c, tag);
        break;
    case TAG_DELIMITERS:
        take_delimiters(c, tag);
        break;
    case TAG_SECTION:
        if (compiler_is_strict(c) && str_eq_c(tag->content, MUSTACHE_MARK)) {
            compiler_take_mark(c, tag);
            break;
        }
        /* fall through */
    case TAG_INVERTED:
        take_section(c, tag);
        break;
    case TAG_PARTIAL:
        take_partial(c, tag);
        break;
    case TAG_PARENT:
        take_parent(c, tag);
        break;
    case TAG_BLOCK:
        take_block(c, tag);
        break;
    case TAG_CLOSE:
        take_close(c, tag);
        break;
    }
}

void compiler_read_tags(struct compiler *c)
{
    struct tag tag;

    while (tag_read(&c->reader, c->diags, &tag))
        take(c, &tag);
    compiler_take_text(c, c->reader.source->text.n);
    while (c->depth > c->floor)
        pop_unclosed(c);
}

void mustache_compile(struct mustache *mustache, const struct source *source, struct diags *diags)
{
    struct compiler *c = ARENA_NEW(mustache->set->arena, struct compiler);

    c->mustache = mustache;
    c->arena = mustache->set->arena;
    c->mode = mustache->set->mode;
    c->diags = diags;
    tag_reader_init(&c->reader, source);
    html_context_init(&c->html);
    compiler_read_tags(c);
    if (compiler_is_strict(c) && c->html.place != HTML_TEXT)
        diags_add(diags, SEVERITY_ERROR, compiler_span(source, source->text.n), STR_NONE,
                  "the template ends within a tag, an attribute's value or a comment of the HTML");
}
