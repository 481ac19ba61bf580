#include "http/bare_page.h"

#include "base/attr.h"
#include "base/buf.h"
#include "http/error.h"
#include "http/escape.h"
#include "http/policy.h"

#define PAGE_MAX ((size_t)8 * 1024)

/* What a person can do about it. */
static const struct {
    int status;
    const char *text;
} advice[] = {
    { 408, "Your connection may be weak. Load the page again." },
    { 413, "Send a smaller file. Nothing of what you sent was kept." },
    { 414, "Take away what stands behind the question mark in the address, and load the page." },
    { 429, "Close other windows of this site, or wait a minute, and load the page again." },
    { 431, "Delete the cookies of this site, or open it in a private window." },
    { 500, "It is not your fault, and it has been noted. Load the page again; if it happens once "
           "more, tell the people who run this site." },
    { 503, "Wait a moment, and load the page again. What you typed is still on the page before." },
};

static struct str advice_for(int status)
{
    for (size_t i = 0; i < ARRAY_LEN(advice); i++)
        if (advice[i].status == status)
            return str_from_c(advice[i].text);
    return STR_NONE;
}

/* Messages begin with a small letter. */
static void add_sentence(struct str text, struct buf *out)
{
    char first = text.n > 0 ? text.p[0] : '\0';

    if (first >= 'a' && first <= 'z') {
        buf_byte(out, (char)(first - 'a' + 'A'));
        text = str_drop(text, 1);
    }
    escape_html(text, out);
}

static void add_paragraph(struct str text, struct buf *out)
{
    if (text.n == 0)
        return;
    buf_add_c(out, "<p>");
    add_sentence(text, out);
    buf_add_c(out, text.p[text.n - 1] == '.' ? "</p>\n" : ".</p>\n");
}

static struct str page(struct arena *arena, int status, struct str message, struct str why)
{
    struct buf out;

    buf_init(&out, PAGE_MAX);
    buf_add_c(&out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    add_sentence(message, &out);
    buf_add_c(&out, "</title>\n</head>\n<body>\n<main>\n<h1>");
    add_sentence(message, &out);
    buf_add_c(&out, "</h1>\n");
    if (!str_eq(why, message))
        add_paragraph(why, &out);
    add_paragraph(advice_for(status), &out);
    buf_format(&out,
               "<p><a href=\"/\">The first page</a></p>\n<p>Answer %d</p>\n</main>\n</body>\n"
               "</html>\n",
               status);
    return buf_take(&out, arena);
}

void bare_page(struct response *response, int status, struct str why)
{
    struct str message = str_from_c(http_error(status)->message);

    response->status = status;
    response_header(response, STR("Cache-Control"), STR("no-store"));
    if (status == 503 || status == 429)
        response_header(response, STR("Retry-After"), STR("1"));
    policy_headers(response, false);
    response_body(response, STR("text/html; charset=utf-8"),
                  page(response->arena, status, message, why));
}
