#include "mail/mime.h"

#include "hash/encode.h"
#include "mail/header.h"

#define LINE_MAX 76        /* bytes */
#define PLAIN_LINE_MAX 200 /* of what needs no encoding; servers take 998 */
#define BASE64_LINE 57     /* bytes that give a line of LINE_MAX */
#define BOUNDARY "=_assay" /* cannot stand in quoted-printable, nor in base64 */

/* ---- quoted-printable ---- */

static bool stands_for_itself(struct str body, size_t i)
{
    char c = body.p[i];

    /* White space at the end of a line would be lost. */
    if (c == ' ' || c == '\t')
        return i + 1 < body.n && body.p[i + 1] != '\n';
    return c > ' ' && c <= '~' && c != '=';
}

static void write_quoted(struct str body, struct buf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t column = 0;

    for (size_t i = 0; i < body.n; i++) {
        unsigned char c = (unsigned char)body.p[i];
        bool itself = stands_for_itself(body, i);

        if (c == '\n') {
            buf_add_c(out, "\r\n");
            column = 0;
            continue;
        }
        /* One place is kept for the '=' that says that the line goes on. */
        if (column + (itself ? 1 : 3) > LINE_MAX - 1) {
            buf_add_c(out, "=\r\n");
            column = 0;
        }
        if (itself)
            buf_byte(out, (char)c);
        else
            buf_format(out, "=%c%c", digits[c >> 4], digits[c & 15]);
        column += itself ? 1 : 3;
    }
}

/* ---- base64 ---- */

/* Lines end with CR and LF in what is encoded, too. */
static void write_base64(struct str body, struct buf *out)
{
    struct buf lines;
    struct str rest;

    buf_init(&lines, 2 * body.n);
    for (size_t i = 0; i < body.n; i++) {
        if (body.p[i] == '\n')
            buf_byte(&lines, '\r');
        buf_byte(&lines, body.p[i]);
    }
    for (rest = buf_str(&lines); rest.n > 0; rest = str_drop(rest, BASE64_LINE)) {
        encode(BASE64, str_take(rest, BASE64_LINE), out);
        buf_add_c(out, "\r\n");
    }
    buf_release(&lines);
}

/* ---- as it is ---- */

/* Letters that are files can then be read, and their links taken out, as they are. */
static bool is_plain(struct str body)
{
    size_t column = 0;

    for (size_t i = 0; i < body.n; i++) {
        char c = body.p[i];

        column = c == '\n' ? 0 : column + 1;
        if ((c != '\n' && (c < ' ' || c > '~')) || column > PLAIN_LINE_MAX ||
            str_starts(str_drop(body, i), STR(BOUNDARY)))
            return false;
    }
    return true;
}

static void write_plain(struct str body, struct buf *out)
{
    for (size_t i = 0; i < body.n; i++) {
        if (body.p[i] == '\n')
            buf_byte(out, '\r');
        buf_byte(out, body.p[i]);
    }
}

const char *mime_encode(struct str body, struct buf *out)
{
    size_t others = 0;

    if (is_plain(body)) {
        write_plain(body, out);
        return "7bit";
    }

    for (size_t i = 0; i < body.n; i++)
        others += body.p[i] != '\n' && !stands_for_itself(body, i);
    /* Each of the others takes three bytes; base64 makes four of three. */
    if (others > body.n / 6) {
        write_base64(body, out);
        return "base64";
    }
    write_quoted(body, out);
    return "quoted-printable";
}

/* ---- the whole ---- */

static void write_part(const char *type, struct str body, struct buf *out)
{
    struct buf encoded;
    const char *how;

    buf_init(&encoded, MIME_MAX);
    how = mime_encode(body, &encoded);
    buf_format(out,
               "--" BOUNDARY "\r\n"
               "Content-Type: %s; charset=utf-8\r\n"
               "Content-Transfer-Encoding: %s\r\n"
               "\r\n",
               type, how);
    buf_add(out, buf_str(&encoded));
    buf_add_c(out, "\r\n");
    buf_release(&encoded);
}

void mime_write(const struct mime_message *message, struct buf *out)
{
    header_date(message->date, out);
    buf_format(out, "Message-ID: <%.*s>\r\n", STR_ARG(message->id));
    header_mailbox("From", message->from_name, message->from, out);
    if (message->reply_to.n > 0)
        header_mailbox("Reply-To", STR_NONE, message->reply_to, out);
    header_mailbox("To", STR_NONE, message->to, out);
    header_text("Subject", message->subject, out);
    /* Nobody's absence is to be answered to it (RFC 3834). */
    buf_add_c(out, "Auto-Submitted: auto-generated\r\n"
                   "MIME-Version: 1.0\r\n"
                   "Content-Type: multipart/alternative; boundary=\"" BOUNDARY "\"\r\n"
                   "\r\n");
    write_part("text/plain", message->text, out);
    write_part("text/html", message->html, out);
    buf_add_c(out, "--" BOUNDARY "--\r\n");
}
