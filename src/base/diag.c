#include "base/diag.h"

#define LINE_MAX_SHOWN 96 /* code points of a source line */
#define LINE_BEFORE 32    /* of them before the span, where a line is trimmed */
#define ELLIPSIS "…"

void diags_init(struct diags *diags, struct arena *arena)
{
    *diags = (struct diags){ .arena = arena };
}

static bool already_told(const struct diags *diags, struct span span, struct str message)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->list[i];

        if (diag->span.source == span.source && diag->span.offset == span.offset &&
            str_eq(diag->message, message))
            return true;
    }
    return false;
}

void diags_add(struct diags *diags, enum severity severity, struct span span, struct str hint,
               const char *fmt, ...)
{
    struct arena_mark mark = arena_mark(diags->arena);
    struct str message;
    struct diag *diag;
    va_list args;
    bool told;

    va_start(args, fmt);
    message = str_format_args(diags->arena, fmt, args);
    va_end(args);
    told = already_told(diags, span, message);
    if (!told && severity == SEVERITY_ERROR)
        diags->errors++;
    if (!told && severity == SEVERITY_WARNING)
        diags->warnings++;
    if (told || diags->count == DIAGS_MAX) {
        arena_rewind(diags->arena, mark);
        return;
    }
    diag = ARENA_PUSH(diags->arena, diags->list, diags->count, diags->room);
    *diag = (struct diag){ severity, span, message, hint };
}

/* Of the source that a diag before this one was given instead; NULL: none was. */
static const struct source *copy_of(const struct diags *diags, const struct source *const *before,
                                    size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (before[k] == before[i])
            return diags->list[k].span.source;
    return NULL;
}

void diags_keep_sources(struct diags *diags)
{
    const struct source **before = ARENA_ARRAY(diags->arena, diags->count, const struct source *);

    for (size_t i = 0; i < diags->count; i++) {
        struct span *span = &diags->list[i].span;
        const struct source *copied;

        before[i] = span->source;
        if (!span->source)
            continue;
        copied = copy_of(diags, before, i);
        if (!copied) {
            struct source *copy = ARENA_NEW(diags->arena, struct source);

            copy->name = str_copy(diags->arena, span->source->name);
            copy->text = str_copy(diags->arena, span->source->text);
            copied = copy;
        }
        span->source = copied;
    }
}

struct str diags_hint(struct diags *diags, const char *what, struct str word,
                      struct str_list candidates)
{
    struct str near = str_nearest(word, candidates);

    if (what && near.p)
        return str_format(diags->arena, "expected %s; did you mean '%.*s'?", what, STR_ARG(near));
    if (what)
        return str_format(diags->arena, "expected %s", what);
    if (near.p)
        return str_format(diags->arena, "did you mean '%.*s'?", STR_ARG(near));
    return STR_NONE;
}

/* The order in which a person reads: no place first, then by source, place, and as they came. */
static bool stands_before(const struct diag *a, const struct diag *b)
{
    int order;

    if (!a->span.source || !b->span.source)
        return !a->span.source && b->span.source;
    order = str_cmp(a->span.source->name, b->span.source->name);
    if (order != 0)
        return order < 0;
    return a->span.offset < b->span.offset;
}

/* By insertion: there are DIAGS_MAX at most, mostly in order, and equal ones stay as they came. */
static void sort(struct diag *list, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct diag moved = list[i];
        size_t at = i;

        for (; at > 0 && stands_before(&moved, &list[at - 1]); at--)
            list[at] = list[at - 1];
        list[at] = moved;
    }
}

/* The text, with '?' for what a terminal could take as a command and for bytes that are not
   UTF-8. Tabs stay: the marker line repeats them. */
static void add_visible(struct buf *out, struct str s)
{
    while (s.n > 0) {
        uint32_t point = 0;
        size_t length = str_code_point(s, &point);
        bool control = (point < 0x20 && point != '\t') || (point >= 0x7f && point < 0xa0);

        if (length == 0 || control)
            buf_byte(out, '?');
        else
            buf_add(out, str_take(s, length));
        s = str_drop(s, length ? length : 1);
    }
}

/* The bytes of the first n code points of s. */
static size_t bytes_of_points(struct str s, size_t n)
{
    struct str rest = s;

    for (; n > 0 && rest.n > 0; n--) {
        size_t length = str_code_point(rest, NULL);

        rest = str_drop(rest, length ? length : 1);
    }
    return s.n - rest.n;
}

/* Where, in bytes from its beginning, the line of a span begins and ends. */
static struct str line_of(struct span span, size_t *ret_start)
{
    struct str text = span.source->text;
    size_t start = span.offset < text.n ? span.offset : text.n;
    struct str line;

    while (start > 0 && text.p[start - 1] != '\n')
        start--;
    (void)str_split(str_drop(text, start), '\n', &line);
    if (str_ends(line, STR("\r")))
        line.n--;
    *ret_start = start;
    return line;
}

/* What is shown of a line: the slice from `from`, of `length` bytes, and where the marker goes. */
struct window {
    size_t from;
    size_t length;
    size_t mark; /* offset of the span in the line */
    size_t mark_length;
};

static struct window window_of(struct span span, struct str line, size_t start)
{
    struct window w = { .length = line.n };
    size_t points_before;

    w.mark = span.offset - start < line.n ? span.offset - start : line.n;
    w.mark_length = span.length < line.n - w.mark ? span.length : line.n - w.mark;
    if (str_code_points(line) <= LINE_MAX_SHOWN)
        return w;
    points_before = str_code_points(str_take(line, w.mark));
    if (points_before > LINE_BEFORE)
        w.from = bytes_of_points(line, points_before - LINE_BEFORE);
    w.length = bytes_of_points(str_drop(line, w.from), LINE_MAX_SHOWN);
    if (w.mark_length > w.from + w.length - w.mark)
        w.mark_length = w.from + w.length - w.mark;
    return w;
}

/* As much white space as s is wide: its tabs, and a space for any other code point. */
static void add_blank(struct buf *out, struct str s)
{
    while (s.n > 0) {
        size_t length = str_code_point(s, NULL);

        buf_byte(out, s.p[0] == '\t' ? '\t' : ' ');
        s = str_drop(s, length ? length : 1);
    }
}

static void print_place(struct buf *out, struct span span, const char *mark_on,
                        const char *mark_off)
{
    size_t start;
    struct str line = line_of(span, &start);
    struct window w = window_of(span, line, start);
    size_t gutter = out->n;
    size_t width;
    size_t marked;

    buf_format(out, "   %u ", span.line);
    width = out->n - gutter;
    buf_add_c(out, "| ");
    if (w.from > 0)
        buf_add_c(out, ELLIPSIS);
    add_visible(out, str_take(str_drop(line, w.from), w.length));
    if (w.from + w.length < line.n)
        buf_add_c(out, ELLIPSIS);
    buf_byte(out, '\n');

    buf_repeat(out, ' ', width);
    buf_add_c(out, "| ");
    if (w.from > 0)
        buf_byte(out, ' ');
    add_blank(out, str_take(str_drop(line, w.from), w.mark - w.from));
    buf_add_c(out, mark_on);
    marked = str_code_points(str_take(str_drop(line, w.mark), w.mark_length));
    buf_byte(out, '^');
    buf_repeat(out, '~', marked > 1 ? marked - 1 : 0);
    buf_add_c(out, mark_off);
    buf_byte(out, '\n');
}

static void print_diag(const struct diag *diag, struct buf *out, bool colour)
{
    bool error = diag->severity == SEVERITY_ERROR;
    const char *on = "";
    const char *off = "";

    if (colour) {
        on = error ? "\033[1;31m" : "\033[1;35m";
        off = "\033[0m";
    }
    if (diag->span.source) {
        add_visible(out, diag->span.source->name);
        buf_format(out, ":%u:%u: ", diag->span.line, diag->span.column);
    }
    buf_add_c(out, on);
    buf_add_c(out, error ? "error:" : "warning:");
    buf_add_c(out, off);
    buf_byte(out, ' ');
    add_visible(out, diag->message);
    buf_byte(out, '\n');
    if (diag->span.source)
        print_place(out, diag->span, on, off);
    if (diag->hint.n > 0) {
        buf_add_c(out, "   ");
        add_visible(out, diag->hint);
        buf_byte(out, '\n');
    }
}

void diags_print(struct diags *diags, struct buf *out, bool colour)
{
    size_t all = diags->errors + diags->warnings;

    sort(diags->list, diags->count);
    for (size_t i = 0; i < diags->count; i++)
        print_diag(&diags->list[i], out, colour);
    if (all > diags->count)
        buf_format(out, "%zu further faults are not shown\n", all - diags->count);
}
