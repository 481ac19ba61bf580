#include "cli/output.h"

#include <errno.h>
#include <stdarg.h>

#include "base/buf.h"

#define JSON_MAX ((size_t)1024 * 1024 * 1024) /* of one answer */
#define GAP 2                                 /* columns between two of a table */

static const char *const tone_codes[] = {
    [TONE_PLAIN] = "",  [TONE_STRONG] = "1", [TONE_FAINT] = "2",
    [TONE_GOOD] = "32", [TONE_WAIT] = "33",  [TONE_BAD] = "31",
};

/* The C0 controls save the newline, DEL, and the C1 controls. */
static bool steers_terminal(uint32_t code_point)
{
    return (code_point < 0x20 && code_point != '\n') || (code_point >= 0x7f && code_point < 0xa0);
}

/* How many bytes at the beginning can be printed as they are. */
static size_t printable_run(struct str text)
{
    size_t at = 0;

    while (at < text.n) {
        uint32_t code_point;
        size_t length = str_code_point(str_drop(text, at), &code_point);

        if (length == 0 || steers_terminal(code_point))
            break;
        at += length;
    }
    return at;
}

void output_raw(struct output *out, struct str bytes)
{
    if (bytes.n > 0)
        (void)fwrite(bytes.p, 1, bytes.n, out->file);
}

void output_str(struct output *out, struct str text)
{
    while (text.n > 0) {
        size_t run = printable_run(text);

        output_raw(out, str_take(text, run));
        text = str_drop(text, run);
        if (text.n > 0) {
            size_t length = str_code_point(text, NULL);

            output_raw(out, STR("?"));
            text = str_drop(text, length > 0 ? length : 1);
        }
    }
}

void output_c(struct output *out, const char *text)
{
    output_str(out, str_from_c(text));
}

void output_format(struct output *out, const char *fmt, ...)
{
    struct arena arena;
    va_list args;

    arena_init(&arena, ARENA_UNLIMITED);
    va_start(args, fmt);
    output_str(out, str_format_args(&arena, fmt, args));
    va_end(args);
    arena_release(&arena);
}

void output_tone(struct output *out, enum tone tone, struct str text)
{
    bool coloured = out->colour && tone != TONE_PLAIN && text.n > 0;

    if (coloured)
        fprintf(out->file, "\033[%sm", tone_codes[tone]);
    output_str(out, text);
    if (coloured)
        fputs("\033[0m", out->file);
}

void output_spaces(struct output *out, int count)
{
    for (; count > 0; count--)
        fputc(' ', out->file);
}

void output_line(struct output *out)
{
    fputc('\n', out->file);
}

void output_json(struct output *out, const struct value *value)
{
    struct buf json;

    buf_init(&json, JSON_MAX);
    value_write_json(value, JSON_PRETTY, &json);
    output_raw(out, buf_str(&json));
    buf_release(&json);
}

int text_width(struct str text)
{
    return (int)str_code_points(text);
}

/* A unit such as the h of "2 h" stays with its number. */
static bool before_one_letter(struct str text, size_t space)
{
    return space + 2 < text.n && text.p[space + 2] == ' ';
}

/* The part of a text that fits into some columns, up to a space; a longer word is not broken. */
static struct str fitting_line(struct str text, int columns)
{
    size_t end = 0;
    int width = 0;

    for (size_t at = 0; at < text.n;) {
        size_t length = str_code_point(str_drop(text, at), NULL);

        if (text.p[at] == '\n')
            return str_take(text, at);
        if (text.p[at] == ' ' && !before_one_letter(text, at))
            end = at;
        if (width >= columns && end > 0)
            return str_take(text, end);
        at += length > 0 ? length : 1;
        width++;
    }
    return text;
}

/* A text whose lines all begin at a column, which the line at hand has reached. The last line is
   not ended. */
static void print_wrapped(struct output *out, struct str text, enum tone tone, int column)
{
    for (bool first = true; first || text.n > 0; first = false) {
        struct str line = fitting_line(text, out->width - column);

        if (!first) {
            output_line(out);
            output_spaces(out, column);
        }
        output_tone(out, tone, line);
        text = str_drop(text, line.n);
        if (text.n > 0)
            text = str_drop(text, 1);
    }
}

void output_paragraph(struct output *out, int indent, struct str lead, enum tone tone,
                      struct str text)
{
    output_spaces(out, indent);
    if (lead.n > 0) {
        output_tone(out, tone, lead);
        indent += text_width(lead);
    }
    if (lead.n > 0 && text.n > 0) {
        output_spaces(out, 1);
        indent++;
    }
    print_wrapped(out, text, TONE_PLAIN, indent);
    output_line(out);
}

void output_ends(struct output *out, int at, struct str left, enum tone left_tone, struct str right,
                 enum tone right_tone)
{
    int space = out->width - at - text_width(left) - text_width(right);

    output_tone(out, left_tone, left);
    if (right.n > 0 && space < GAP) {
        output_line(out);
        space = out->width - text_width(right);
    }
    if (right.n > 0)
        output_spaces(out, space);
    output_tone(out, right_tone, right);
    output_line(out);
}

struct result output_finish(struct output *out)
{
    errno = 0;
    return fflush(out->file) == 0 && !ferror(out->file) ? OK : fail(&ERROR_WRITE);
}

void table_init(struct table *table, struct arena *arena, size_t columns, const bool *right)
{
    *table = (struct table){ .arena = arena, .columns = columns, .right = right };
}

void table_cell(struct table *table, enum tone tone, struct str text)
{
    struct table_cell *cell = ARENA_PUSH(table->arena, table->cells, table->count, table->room);

    *cell = (struct table_cell){ text, tone };
}

static int column_width(const struct table *table, size_t column)
{
    int widest = 0;

    for (size_t i = column; i < table->count; i += table->columns) {
        int width = text_width(table->cells[i].text);

        if (width > widest)
            widest = width;
    }
    return widest;
}

void table_print(const struct table *table, struct output *out, int indent)
{
    int *widths = ARENA_ARRAY(table->arena, table->columns, int);

    for (size_t i = 0; i < table->columns; i++)
        widths[i] = column_width(table, i);
    for (size_t i = 0; i + table->columns <= table->count; i += table->columns) {
        int begin = indent; /* of the column */
        int column = 0;     /* of the line: spaces are written when something follows */

        for (size_t j = 0; j < table->columns; j++) {
            const struct table_cell *cell = &table->cells[i + j];
            int at = begin + (table->right[j] ? widths[j] - text_width(cell->text) : 0);

            begin += widths[j] + GAP;
            if (cell->text.n == 0)
                continue;
            output_spaces(out, at - column);
            column = at + text_width(cell->text);
            if (j + 1 == table->columns)
                print_wrapped(out, cell->text, cell->tone, at);
            else
                output_tone(out, cell->tone, cell->text);
        }
        output_line(out);
    }
}
