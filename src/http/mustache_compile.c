#include "http/mustache_parts.h"

#include "http/html_context.h"
#include "http/mustache_name.h"
#include "http/mustache_tag.h"

/* What a text marked for translation is called: {{#_}}. */
#define MARK "_"

enum frame_kind { FRAME_SECTION, FRAME_PARENT, FRAME_BLOCK, FRAME_ARGUMENT, FRAME_MARK };

/* A tag that is open. */
struct frame {
    enum frame_kind kind;
    struct tag tag;
    size_t op;
    size_t blanks; /* FRAME_PARENT: the op of the white space before it, or none: SIZE_MAX */
    size_t dedent; /* how many blanks go at the beginning of each line */
    struct html_context html; /* at the tag */
};

/* The text that is being read: that of the template, or that of a translation within it. */
struct compiler {
    struct mustache *mustache;
    struct arena *arena;
    enum mustache_mode mode;
    struct diags *diags;
    struct tag_reader reader;
    size_t at; /* what is before has been taken */
    struct frame frames[MUSTACHE_NEST_MAX];
    size_t depth;
    size_t floor;                   /* of the frames, those that this text has opened */
    const struct str_list *allowed; /* in a translation: what may be printed */
    struct html_context html;
};

/* ---- places and faults ---- */

static struct span span_of(const struct source *source, size_t offset)
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

static void fault(struct compiler *c, const struct tag *tag, struct str hint, const char *what)
{
    diags_add(c->diags, SEVERITY_ERROR, tag->span, hint, "%s", what);
}

static bool is_strict(const struct compiler *c)
{
    return c->mode == MUSTACHE_STRICT;
}

/* ---- ops ---- */

static struct frame *top(struct compiler *c)
{
    return c->depth > 0 ? &c->frames[c->depth - 1] : NULL;
}

/* What stands right in a parent's body, outside its blocks, is not shown. */
static bool is_hidden(struct compiler *c)
{
    return c->depth > 0 && top(c)->kind == FRAME_PARENT;
}

static size_t dedent(struct compiler *c)
{
    return c->depth > 0 ? top(c)->dedent : 0;
}

static struct op *add_op(struct compiler *c, enum op_kind kind, const struct tag *tag)
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
    diags_add(c->diags, SEVERITY_ERROR, span_of(c->reader.source, from + i), STR_NONE, "%s", wrong);
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

/* Takes the text from c->at up to `to`. */
static void take_text(struct compiler *c, size_t to)
{
    struct str whole = c->reader.source->text;
    size_t from = c->at;
    struct str text = { whole.p + from, to - from };

    c->at = to;
    if (text.n == 0)
        return;
    if (is_hidden(c)) {
        if (is_strict(c) && !is_blank(text))
            diags_add(c->diags, SEVERITY_ERROR,
                      span_of(c->reader.source, from + (size_t)(str_trim(text).p - text.p)),
                      STR("put it into a block, or take it out"),
                      "text in a parent outside its blocks is never shown");
        return;
    }
    if (is_strict(c))
        check_html(c, from, text);
    if (dedent(c) > 0)
        text = without_indent(c, text, from == 0 || whole.p[from - 1] == '\n', dedent(c));
    add_op(c, OP_TEXT, NULL)->text = text;
}

/* Takes the text before a tag, and the whole line of one that stands alone on it. */
static bool take_tag(struct compiler *c, const struct tag *tag)
{
    bool alone = tag->begins_line && tag->ends_line;

    take_text(c, alone ? tag->line_from : tag->from);
    c->at = alone ? tag->line_to : tag->to;
    return alone;
}

/* The blanks from an offset on, less those that go anyway. */
static struct str indent_at(struct compiler *c, size_t at, size_t blanks)
{
    struct str text = { c->reader.source->text.p + at, blanks };
    size_t less = dedent(c);

    return str_drop(text, blanks < less ? blanks : less);
}

/* ---- frames ---- */

/* Opens a frame; false, with a fault, if there are too many. */
static bool push(struct compiler *c, enum frame_kind kind, const struct tag *tag)
{
    size_t kept = dedent(c);

    if (c->depth == MUSTACHE_NEST_MAX) {
        fault(c, tag, STR("move a part of it into a template of its own"),
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

/* Closes the innermost frame. A mark has no op of its own. */
static void pop(struct compiler *c)
{
    const struct frame *frame = &c->frames[--c->depth];

    if (frame->kind != FRAME_MARK)
        c->mustache->ops[frame->op].end = c->mustache->count;
}

static void pop_unclosed(struct compiler *c)
{
    struct str name = top(c)->tag.content;

    diags_add(c->diags, SEVERITY_ERROR, top(c)->tag.span,
              str_format(c->diags->arena, "expected {{/%.*s}}", STR_ARG(name)),
              "'%.*s' is not closed", STR_ARG(name));
    pop(c);
}

/* A tag that opens or closes a body, or includes, stands here. */
static void cut(struct compiler *c, const struct tag *tag)
{
    if (is_strict(c) && !html_context_cut(&c->html))
        fault(c, tag, STR_NONE, "a section may not begin or end here, within the HTML");
}

/* What is included begins and ends in the text of the page, and so must stand there. */
static void require_text(struct compiler *c, const struct tag *tag)
{
    if (is_strict(c) && c->html.place != HTML_TEXT)
        fault(c, tag, STR_NONE,
              "partials, parents and blocks stand in the text of a page, not within a tag, a "
              "comment, a script or a style sheet");
}

/* The name in a tag that prints, without its filter. */
static struct str printed_name(const struct tag *tag)
{
    struct str name;

    str_split(tag->content, '|', &name);
    return str_trim(name);
}

/* A translation puts the same values at other places, or says the same with fewer of them. */
static void check_allowed(struct compiler *c, const struct tag *tag)
{
    struct str name = printed_name(tag);

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

    take_text(c, tag->from);
    c->at = tag->to;
    if (!mustache_read_print(c->arena, c->mode, tag, c->diags, &path, &filter))
        return;
    if (is_hidden(c)) {
        if (is_strict(c))
            fault(c, tag, STR("put it into a block, or take it out"),
                  "a value in a parent outside its blocks is never shown");
        return;
    }
    if (is_strict(c)) {
        refusal = html_context_refusal(&c->html, filter && filter_is_for_addresses(filter->filter));
        if (refusal)
            fault(c, tag, STR_NONE, refusal);
        if (tag->kind == TAG_PRINT_RAW)
            fault(c, tag,
                  STR("write {{name}}; what is HTML already comes as such from the program"),
                  "a template may not print without escaping");
    }
    if (c->allowed)
        check_allowed(c, tag);
    op = add_op(c, OP_PRINT, tag);
    op->path = path;
    op->filter = filter;
    op->raw = tag->kind == TAG_PRINT_RAW;
    op->takes_html = !is_strict(c) || c->html.place == HTML_TEXT;
}

static void take_section(struct compiler *c, const struct tag *tag)
{
    struct path path = { NULL, 0 };
    struct op *op;

    take_tag(c, tag);
    mustache_read_path(c->arena, c->mode, tag, tag->content, c->diags, &path);
    cut(c, tag);
    if (!push(c, FRAME_SECTION, tag))
        return;
    op = add_op(c, tag->kind == TAG_SECTION ? OP_SECTION : OP_INVERTED, tag);
    op->path = path;
}

static void take_partial(struct compiler *c, const struct tag *tag)
{
    struct op *op;
    bool alone = take_tag(c, tag);

    require_text(c, tag);
    if (is_hidden(c))
        return;
    op = add_op(c, OP_PARTIAL, tag);
    op->text = tag->content;
    op->own_line = alone;
    if (alone)
        op->indent = indent_at(c, tag->line_from, tag->from - tag->line_from);
}

/* Whether a parent stands alone on its lines is known only at its end: until then the white space
   before it is an op of its own. */
static void take_parent(struct compiler *c, const struct tag *tag)
{
    size_t blanks = SIZE_MAX;
    struct op *op;

    take_text(c, tag->line_from);
    if (tag->line_from < tag->from && !is_hidden(c)) {
        blanks = c->mustache->count;
        take_text(c, tag->from);
    }
    c->at = tag->to;
    require_text(c, tag);
    if (!push(c, FRAME_PARENT, tag))
        return;
    top(c)->blanks = blanks;
    op = add_op(c, OP_PARENT, tag);
    op->text = tag->content;
}

static void close_parent(struct compiler *c, const struct frame *frame, const struct tag *tag)
{
    struct op *op = &c->mustache->ops[frame->op];

    op->own_line = frame->tag.begins_line && tag->ends_line;
    if (!op->own_line)
        return;
    op->indent = indent_at(c, frame->tag.line_from, frame->tag.from - frame->tag.line_from);
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
    bool argument = is_hidden(c);
    bool own_line = tag->ends_line && (tag->begins_line || argument);
    size_t line = tag->line_from;
    size_t blanks = tag->from - tag->line_from;
    struct str indent;
    struct op *op;

    take_text(c, own_line ? tag->line_from : tag->from);
    c->at = own_line ? tag->line_to : tag->to;
    if (own_line)
        line = indent_of_body(c, tag, &blanks);
    require_text(c, tag);
    indent = indent_at(c, line, blanks);
    if (!push(c, argument ? FRAME_ARGUMENT : FRAME_BLOCK, tag))
        return;
    if (own_line || blanks > top(c)->dedent)
        top(c)->dedent = blanks;
    op = add_op(c, OP_BLOCK, tag);
    op->text = tag->content;
    op->own_line = own_line;
    op->indent = indent;
}

static void take_delimiters(struct compiler *c, const struct tag *tag)
{
    take_tag(c, tag);
    if (is_strict(c))
        fault(c, tag, STR_NONE, "the delimiters of our templates are always {{ and }}");
    else if (!tag_set_delimiters(&c->reader, tag->content))
        fault(c, tag, STR("expected two words without '=', such as {{=<% %>=}}"),
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
        take_tag(c, tag);
        diags_add(c->diags, SEVERITY_ERROR, tag->span, STR_NONE, "'%.*s' is closed but not open",
                  STR_ARG(tag->content));
        return;
    }
    while (c->depth > depth)
        pop_unclosed(c);
    frame = *top(c);
    if (frame.kind == FRAME_MARK || frame.kind == FRAME_PARENT) {
        take_text(c, tag->from);
        c->at = tag->to;
    } else if (frame.kind == FRAME_ARGUMENT) {
        take_text(c, tag->line_from);
        c->at = tag->to;
    } else {
        take_tag(c, tag);
    }
    pop(c);
    if (frame.kind == FRAME_PARENT)
        close_parent(c, &frame, tag);
    cut(c, tag);
    if (is_strict(c) && !html_context_join(&c->html, &frame.html)) {
        diags_add(c->diags, SEVERITY_ERROR, tag->span, STR_NONE,
                  "'%.*s' ends at another place in the HTML than it began: it opens or closes a "
                  "tag, an attribute's value or a comment on one of two ways only",
                  STR_ARG(tag->content));
        c->html = frame.html;
    }
}

/* ---- texts marked for translation ---- */

/* The end of a marked text, or false. What it prints is added to the names. */
static bool find_mark_end(struct compiler *c, struct tag_reader *reader, struct str_list *ret_names,
                          struct tag *ret)
{
    struct str *names = NULL;
    size_t count = 0;
    size_t room = 0;
    struct diags ignored;
    struct tag tag;

    diags_init(&ignored, c->arena);
    while (tag_read(reader, &ignored, &tag)) {
        if (tag.kind == TAG_CLOSE && str_eq_c(tag.content, MARK)) {
            *ret_names = (struct str_list){ names, count };
            *ret = tag;
            return true;
        }
        if (tag.kind == TAG_PRINT)
            *ARENA_PUSH(c->arena, names, count, room) = printed_name(&tag);
    }
    return false;
}

static void read_tags(struct compiler *c);

/* Reads a translation in place of the text from which it was made. */
static void take_translation(struct compiler *c, struct str text, const struct str_list *names)
{
    struct source *source = ARENA_NEW(c->arena, struct source);
    struct tag_reader reader = c->reader;
    size_t floor = c->floor;
    size_t at = c->at;

    source->name = str_format(c->arena, "%.*s (translation)", STR_ARG(reader.source->name));
    source->text = text;
    tag_reader_init(&c->reader, source);
    c->at = 0;
    c->floor = c->depth;
    c->allowed = names;
    top(c)->dedent = 0;
    read_tags(c);
    c->allowed = NULL;
    c->floor = floor;
    c->at = at;
    c->reader = reader;
}

static void take_mark(struct compiler *c, const struct tag *tag)
{
    struct tag_reader reader = c->reader;
    struct str_list names;
    struct str translation;
    struct str text;
    struct tag end;

    take_text(c, tag->from);
    c->at = tag->to;
    cut(c, tag);
    if (c->allowed) {
        fault(c, tag, STR_NONE, "a translation marks nothing for translation");
        return;
    }
    if (!push(c, FRAME_MARK, tag) || !find_mark_end(c, &reader, &names, &end))
        return;
    text = (struct str){ reader.source->text.p + tag->to, end.from - tag->to };
    translation = language_text(c->mustache->set->language, text);
    if (str_eq(translation, text))
        return;
    take_translation(c, translation, &names);
    reader.at = end.from;
    c->reader = reader;
    c->at = end.from;
}

static bool in_mark(struct compiler *c)
{
    return c->depth > 0 && top(c)->kind == FRAME_MARK;
}

/* ---- the whole ---- */

static bool may_stand(struct compiler *c, const struct tag *tag)
{
    if (in_mark(c) && tag->kind != TAG_PRINT && tag->kind != TAG_PRINT_RAW &&
        tag->kind != TAG_COMMENT && tag->kind != TAG_CLOSE) {
        fault(c, tag, STR("mark the texts within the section, or those around it"),
              "a text that is marked for translation holds values only");
        return false;
    }
    if (is_hidden(c) && is_strict(c) && tag->kind != TAG_BLOCK && tag->kind != TAG_COMMENT &&
        tag->kind != TAG_CLOSE && tag->kind != TAG_PRINT && tag->kind != TAG_PRINT_RAW) {
        fault(c, tag, STR("put it into a block, or take it out"),
              "only blocks stand right in a parent");
        return false;
    }
    if (tag->content.n == 0 && tag->kind != TAG_COMMENT && tag->kind != TAG_DELIMITERS) {
        fault(c, tag, STR_NONE, "this tag has no name");
        return false;
    }
    return true;
}

static void take(struct compiler *c, const struct tag *tag)
{
    if (!may_stand(c, tag)) {
        take_tag(c, tag);
        return;
    }
    switch (tag->kind) {
    case TAG_PRINT:
    case TAG_PRINT_RAW:
        take_print(c, tag);
        break;
    case TAG_COMMENT:
        take_tag(c, tag);
        break;
    case TAG_DELIMITERS:
        take_delimiters(c, tag);
        break;
    case TAG_SECTION:
        if (is_strict(c) && str_eq_c(tag->content, MARK)) {
            take_mark(c, tag);
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

static void read_tags(struct compiler *c)
{
    struct tag tag;

    while (tag_read(&c->reader, c->diags, &tag))
        take(c, &tag);
    take_text(c, c->reader.source->text.n);
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
    read_tags(c);
    if (is_strict(c) && c->html.place != HTML_TEXT)
        diags_add(diags, SEVERITY_ERROR, span_of(source, source->text.n), STR_NONE,
                  "the template ends within a tag, an attribute's value or a comment of the HTML");
}
