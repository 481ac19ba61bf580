#include "mail/header.h"

#include "base/date.h"
#include "hash/encode.h"

#define LINE_MAX 76 /* bytes, as RFC 5322 asks for, without the end of line */
#define WORD_MAX 45 /* bytes that an encoded word of 75 can hold, whatever its code points */
#define WORDS "=?UTF-8?B?"

static bool is_plain(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < ' ' || text.p[i] > '~')
            return false;
        /* What looks like an encoded word would be read as one. */
        if (text.p[i] == '=' && i + 1 < text.n && text.p[i + 1] == '?')
            return false;
    }
    return true;
}

/* The text with its control characters, ends of lines among them, as spaces. */
static void add_cleaned(struct str text, struct buf *out)
{
    for (size_t i = 0; i < text.n; i++)
        buf_byte(out, (unsigned char)text.p[i] < ' ' || text.p[i] == 0x7f ? ' ' : text.p[i]);
}

/* ---- encoded words ---- */

/* As many whole code points as one encoded word holds. */
static struct str word_of(struct str text)
{
    size_t n = 0;

    while (n < text.n) {
        size_t length = str_code_point(str_drop(text, n), NULL);

        if (length == 0)
            length = 1;
        if (n + length > WORD_MAX)
            break;
        n += length;
    }
    return str_take(text, n);
}

/* Each on a line of its own; the white space between them does not count. */
static void add_encoded(struct str text, struct buf *out)
{
    for (bool first = true; text.n > 0; first = false) {
        struct str word = word_of(text);

        buf_add_c(out, first ? WORDS : "\r\n " WORDS);
        encode(BASE64, word, out);
        buf_add_c(out, "?=");
        text = str_drop(text, word.n);
    }
}

/* ---- folding ---- */

/* Words, each on a new line if it does not fit any more; `column` is where the line stands. */
static void add_folded(struct str text, size_t column, struct buf *out)
{
    while (text.p) {
        struct str word;

        text = str_split(text, ' ', &word);
        if (column + 1 + word.n > LINE_MAX && word.n > 0) {
            buf_add_c(out, "\r\n");
            column = 0;
        }
        buf_byte(out, ' ');
        buf_add(out, word);
        column += 1 + word.n;
    }
}

static void add_text(struct str text, size_t column, struct buf *out)
{
    if (is_plain(text)) {
        add_folded(text, column, out);
        return;
    }
    buf_add_c(out, column > 1 ? "\r\n " : " ");
    add_encoded(text, out);
}

/* ---- headers ---- */

void header_text(const char *name, struct str text, struct buf *out)
{
    struct buf cleaned;

    buf_init(&cleaned, text.n);
    add_cleaned(text, &cleaned);
    buf_format(out, "%s:", name);
    add_text(str_trim(buf_str(&cleaned)), str_from_c(name).n + 1, out);
    buf_add_c(out, "\r\n");
    buf_release(&cleaned);
}

/* In quotes, in which all that is printable may stand. */
static void add_quoted(struct str text, struct buf *out)
{
    buf_byte(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"' || text.p[i] == '\\')
            buf_byte(out, '\\');
        buf_byte(out, text.p[i]);
    }
    buf_byte(out, '"');
}

void header_mailbox(const char *name, struct str display, struct str address, struct buf *out)
{
    struct buf cleaned;
    struct str shown;

    buf_init(&cleaned, display.n);
    add_cleaned(display, &cleaned);
    shown = str_trim(buf_str(&cleaned));
    buf_format(out, "%s: ", name);
    if (shown.n > 0) {
        if (is_plain(shown))
            add_quoted(shown, out);
        else
            add_encoded(shown, out);
        buf_add_c(out, "\r\n ");
    }
    buf_format(out, "<%.*s>\r\n", STR_ARG(address));
    buf_release(&cleaned);
}

void header_date(int64_t instant, struct buf *out)
{
    static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int64_t seconds = instant / 1000000;
    int64_t within = seconds % 86400;
    day on = (day)(seconds / 86400);
    struct civil civil = civil_from_day(on);

    BUG_IF(instant < 0);
    buf_format(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[on % 7], (int)civil.mday,
               months[civil.month - 1], (int)civil.year, (int)(within / 3600),
               (int)(within / 60 % 60), (int)(within % 60));
}
