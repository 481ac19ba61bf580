#include "criteria/print_parts.h"

#define SPACES_A_LEVEL 2

/* ---- pieces of a line ---- */

void line_indent(struct buf *out, int level)
{
    buf_repeat(out, ' ', (size_t)level * SPACES_A_LEVEL);
}

void line_text(struct buf *out, struct str text)
{
    buf_add_c(out, " \"");
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"' || text.p[i] == '\\')
            buf_byte(out, '\\');
        buf_byte(out, text.p[i]);
    }
    buf_byte(out, '"');
}

void line_word(struct buf *out, struct str word)
{
    buf_byte(out, ' ');
    buf_add(out, word);
}

void line_words(struct buf *out, const struct word_list *words)
{
    for (size_t i = 0; i < words->count; i++) {
        if (i > 0)
            buf_byte(out, ',');
        line_word(out, words->at[i].text);
    }
}

void line_lang_text(struct buf *out, struct text text)
{
    if (text.lang.p)
        line_word(out, text.lang);
    line_text(out, text.text);
}

void line_int(struct buf *out, int64_t n)
{
    buf_byte(out, ' ');
    buf_int(out, n);
}

void line_edition(struct buf *out, struct edition_number number)
{
    for (unsigned i = 0; i < number.parts; i++) {
        buf_byte(out, i == 0 ? ' ' : '.');
        buf_int(out, number.part[i]);
    }
}

void line_date(struct buf *out, const char *before, day date)
{
    char text[DAY_TEXT_SIZE];

    buf_format(out, " %s %s", before, day_text(date, text));
}

void line_duration(struct buf *out, struct duration duration)
{
    line_int(out, duration.n);
    buf_add_c(out, duration.years ? " year" : " month");
    if (duration.n != 1)
        buf_byte(out, 's');
}

void line_quantity(struct buf *out, struct quantity quantity)
{
    line_int(out, quantity.n);
    if (quantity.unit == UNIT_HOURS)
        buf_add_c(out, " h");
    else if (quantity.unit == UNIT_MINUTES)
        buf_add_c(out, " min");
}

void line_need(struct buf *out, int64_t need)
{
    buf_add_c(out, " >=");
    line_int(out, need);
}

/* ---- lines and their comments ---- */

void line_comments(struct buf *out, struct str_list lines, int level)
{
    for (size_t i = 0; i < lines.count; i++) {
        line_indent(out, level);
        buf_add(out, lines.at[i]);
        buf_byte(out, '\n');
    }
}

void line_begin(struct buf *out, const struct comments *comments, int level, const char *word)
{
    line_comments(out, comments->before, level);
    line_indent(out, level);
    buf_add_c(out, word);
}

void line_end(struct buf *out, struct str comment)
{
    if (comment.p)
        line_word(out, comment);
    buf_byte(out, '\n');
}

void block_open(struct buf *out, const struct comments *comments)
{
    buf_add_c(out, " {");
    line_end(out, comments->after);
}

/* The closing brace, without the end of its line. */
void block_close(struct buf *out, const struct comments *comments, int level)
{
    line_comments(out, comments->before_close, level + 1);
    line_indent(out, level);
    buf_byte(out, '}');
}

void block_end(struct buf *out, const struct comments *comments, int level)
{
    block_close(out, comments, level);
    line_end(out, comments->after_close);
}
