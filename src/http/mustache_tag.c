#include "http/mustache_tag.h"

#include <string.h>

void tag_reader_init(struct tag_reader *reader, const struct source *source)
{
    *reader = (struct tag_reader){
        .source = source,
        .open = STR("{{"),
        .close = STR("}}"),
        .line = 1,
        .column = 1,
    };
}

/* Searches from `from` on. */
static bool find(struct str text, struct str what, size_t from, size_t *ret)
{
    const char *found = NULL;

    if (from < text.n)
        found = memmem(text.p + from, text.n - from, what.p, what.n);
    if (found)
        *ret = (size_t)(found - text.p);
    return found;
}

static struct span span_at(struct tag_reader *reader, size_t from, size_t to)
{
    struct str text = reader->source->text;

    for (; reader->counted < from; reader->counted++) {
        char c = text.p[reader->counted];

        if (c == '\n') {
            reader->line++;
            reader->column = 1;
        } else if (((unsigned char)c & 0xc0) != 0x80) {
            reader->column++;
        }
    }
    return (struct span){ reader->source, (uint32_t)from, (uint32_t)(to - from), reader->line,
                          reader->column };
}

size_t tag_blanks(struct str text, size_t at)
{
    size_t end = at;

    while (end < text.n && (text.p[end] == ' ' || text.p[end] == '\t'))
        end++;
    return end - at;
}

static void look_around(struct str text, struct tag *tag)
{
    size_t from = tag->from;
    size_t to = tag->to + tag_blanks(text, tag->to);

    while (from > 0 && (text.p[from - 1] == ' ' || text.p[from - 1] == '\t'))
        from--;
    tag->begins_line = from == 0 || text.p[from - 1] == '\n';
    tag->line_from = tag->begins_line ? from : tag->from;
    tag->ends_line = true;
    if (to < text.n && text.p[to] == '\n')
        tag->line_to = to + 1;
    else if (to + 1 < text.n && text.p[to] == '\r' && text.p[to + 1] == '\n')
        tag->line_to = to + 2;
    else if (to == text.n)
        tag->line_to = to;
    else
        tag->ends_line = false;
    if (!tag->ends_line)
        tag->line_to = tag->to;
}

/* Takes the sigil off the content. False if there is none: a name to print. */
static bool take_sigil(struct str *content, enum tag_kind *ret)
{
    static const char sigils[] = "&!#^></$";
    static const enum tag_kind kinds[] = { TAG_PRINT_RAW, TAG_COMMENT, TAG_SECTION, TAG_INVERTED,
                                           TAG_PARTIAL,   TAG_PARENT,  TAG_CLOSE,   TAG_BLOCK };
    const char *found;

    if (content->n == 0 || content->p[0] == '\0')
        return false;
    found = strchr(sigils, content->p[0]);
    if (!found)
        return false;
    *ret = kinds[found - sigils];
    *content = str_trim(str_drop(*content, 1));
    return true;
}

bool tag_read(struct tag_reader *reader, struct diags *diags, struct tag *ret)
{
    struct str text = reader->source->text;
    struct tag tag = { .kind = TAG_PRINT };
    struct str close = reader->close;
    char closing[64];
    size_t inner;
    size_t end;
    char first;

    if (!find(text, reader->open, reader->at, &tag.from))
        return false;
    inner = tag.from + reader->open.n;
    first = inner < text.n ? text.p[inner] : '\0';
    if (first == '{' || first == '=') {
        /* These two close with a sign of their own before the delimiter. */
        BUG_IF(close.n >= sizeof(closing));
        closing[0] = first == '{' ? '}' : '=';
        memcpy(closing + 1, close.p, close.n);
        close = (struct str){ closing, close.n + 1 };
        tag.kind = first == '{' ? TAG_PRINT_RAW : TAG_DELIMITERS;
        inner++;
    }
    if (!find(text, close, inner, &end)) {
        diags_add(diags, SEVERITY_ERROR, span_at(reader, tag.from, inner),
                  str_format(diags->arena, "close it with %.*s", STR_ARG(close)),
                  "this tag is not closed");
        reader->at = text.n;
        return false;
    }
    tag.to = end + close.n;
    tag.content = str_trim((struct str){ text.p + inner, end - inner });
    if (tag.kind == TAG_PRINT)
        take_sigil(&tag.content, &tag.kind);
    tag.span = span_at(reader, tag.from, tag.to);
    look_around(text, &tag);
    reader->at = tag.to;
    *ret = tag;
    return true;
}

static bool is_delimiter(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (strchr(" \t\r\n=", s.p[i]))
            return false;
    return s.n > 0 && s.n <= 32;
}

bool tag_set_delimiters(struct tag_reader *reader, struct str content)
{
    size_t end = 0;
    struct str open;
    struct str close;

    while (end < content.n && !strchr(" \t\r\n", content.p[end]))
        end++;
    open = str_take(content, end);
    close = str_trim(str_drop(content, end));
    if (!is_delimiter(open) || !is_delimiter(close))
        return false;
    reader->open = open;
    reader->close = close;
    return true;
}
