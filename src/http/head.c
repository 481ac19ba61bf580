#include "http/head.h"

#include <string.h>

#include "base/attr.h"
#include "http/grammar.h"

#define REFUSE(status, why) ((struct rejection){ (status), (why) })
#define ACCEPT REFUSE(0, NULL)

enum head_end head_find_end(struct str bytes, size_t *scanned, size_t *ret_length)
{
    for (size_t i = *scanned; i < bytes.n; i++) {
        if (bytes.p[i] == '\n' && (i == 0 || bytes.p[i - 1] != '\r'))
            return HEAD_BROKEN;
        if (i > 0 && bytes.p[i - 1] == '\r' && bytes.p[i] != '\n')
            return HEAD_BROKEN;
        if (bytes.p[i] == '\n' && i >= 3 && bytes.p[i - 2] == '\n') {
            *ret_length = i + 1;
            return HEAD_ENDS;
        }
    }
    *scanned = bytes.n;
    return HEAD_GOES_ON;
}

/* What is gathered while the lines are read. */
struct findings {
    struct framing framing;
    struct str method;
    bool host;
    bool length;
    bool coding;
    bool keep_alive;
    bool close;
};

static struct rejection check_method(struct str method)
{
    static const struct str known[] = { STR("GET"),   STR("HEAD"),   STR("POST"),   STR("PUT"),
                                        STR("PATCH"), STR("DELETE"), STR("OPTIONS") };

    if (!is_token(method))
        return REFUSE(400, "the method is no word");
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        if (str_eq(method, known[i]))
            return ACCEPT;
    }
    return REFUSE(501, "the method is not known");
}

static struct rejection check_target(struct str target)
{
    if (target.n > HEAD_TARGET_MAX)
        return REFUSE(414, "the address is too long");
    if (target.n == 0 || target.p[0] != '/')
        return REFUSE(400, "the address is not a path");
    for (size_t i = 0; i < target.n; i++) {
        if (target.p[i] <= 0x20 || target.p[i] >= 0x7f || target.p[i] == '#')
            return REFUSE(400, "the address holds a character that must be escaped");
    }
    return ACCEPT;
}

static struct rejection check_version(struct str version, bool *ret_old)
{
    bool form = version.n == 8 && str_starts(version, STR("HTTP/")) && version.p[6] == '.' &&
                is_digits((struct str){ version.p + 5, 1 }) &&
                is_digits((struct str){ version.p + 7, 1 });

    if (!form)
        return REFUSE(400, "the first line does not end with a version of HTTP");
    if (!str_eq(version, STR("HTTP/1.1")) && !str_eq(version, STR("HTTP/1.0")))
        return REFUSE(505, "this version of HTTP is not spoken");
    *ret_old = version.p[7] == '0';
    return ACCEPT;
}

static struct rejection check_first_line(struct str line, struct findings *findings)
{
    struct rejection refusal;
    struct str target;
    struct str rest = str_split(line, ' ', &findings->method);
    struct str version = str_split(rest, ' ', &target);

    if (!version.p)
        return REFUSE(400, "the first line is not a method, an address and a version");
    refusal = check_version(version, &findings->framing.old);
    if (!refusal.status)
        refusal = check_method(findings->method);
    if (!refusal.status)
        refusal = check_target(target);
    return refusal;
}

static struct rejection check_length(struct str value, struct findings *findings)
{
    if (findings->length)
        return REFUSE(400, "Content-Length stands twice");
    findings->length = true;
    if (!is_digits(value) || !str_to_int(value, 0, INT64_MAX, &findings->framing.length))
        return REFUSE(400, "Content-Length is not a number of bytes");
    return ACCEPT;
}

static struct rejection check_coding(struct str value, struct findings *findings)
{
    if (findings->coding)
        return REFUSE(400, "Transfer-Encoding stands twice");
    findings->coding = true;
    if (!str_eq_any_case(value, STR("chunked")))
        return REFUSE(400, "Transfer-Encoding is not 'chunked'");
    findings->framing.chunked = true;
    return ACCEPT;
}

static struct rejection check_host(struct str value, struct findings *findings)
{
    if (findings->host)
        return REFUSE(400, "Host stands twice");
    findings->host = true;
    for (size_t i = 0; i < value.n; i++) {
        if (!is_token((struct str){ value.p + i, 1 }) && !strchr(":[]", value.p[i]))
            return REFUSE(400, "Host is not a name or address");
    }
    return value.n > 0 ? ACCEPT : REFUSE(400, "Host is empty");
}

static struct rejection check_expect(struct str value, struct findings *findings)
{
    if (!str_eq_any_case(value, STR("100-continue")))
        return REFUSE(417, "what Expect asks for cannot be done");
    findings->framing.expects = true;
    return ACCEPT;
}

static struct rejection check_connection(struct str value, struct findings *findings)
{
    struct str option;

    while (list_next(&value, &option)) {
        findings->close |= str_eq_any_case(option, STR("close"));
        findings->keep_alive |= str_eq_any_case(option, STR("keep-alive"));
    }
    return ACCEPT;
}

static struct rejection check_line(struct str line, struct findings *findings)
{
    static const struct {
        struct str name;
        struct rejection (*check)(struct str value, struct findings *findings);
    } known[] = {
        { STR("content-length"), check_length },
        { STR("transfer-encoding"), check_coding },
        { STR("host"), check_host },
        { STR("expect"), check_expect },
        { STR("connection"), check_connection },
    };
    struct str name;
    struct str value = str_split(line, ':', &name);

    if (line.p[0] == ' ' || line.p[0] == '\t')
        return REFUSE(400, "a header goes on in a second line");
    if (!value.p)
        return REFUSE(400, "a header has no colon");
    if (!is_token(name))
        return REFUSE(400, "the name of a header holds a character that names have not");
    if (!is_field_value(value))
        return REFUSE(400, "the value of a header holds a control character");
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        if (str_eq_any_case(name, known[i].name))
            return known[i].check(trim_blanks(value), findings);
    }
    return ACCEPT;
}

/* What must hold between the headers of one head. */
static struct rejection check_together(const struct findings *findings)
{
    bool reads = str_eq(findings->method, STR("GET")) || str_eq(findings->method, STR("HEAD"));

    if (findings->coding && findings->length)
        return REFUSE(400, "Content-Length and Transfer-Encoding stand together");
    if (findings->coding && findings->framing.old)
        return REFUSE(400, "Transfer-Encoding stands in an HTTP/1.0 request");
    if (!findings->host && !findings->framing.old)
        return REFUSE(400, "Host is missing");
    if (reads && (findings->coding || findings->framing.length > 0))
        return REFUSE(400, "GET and HEAD have no body here");
    return ACCEPT;
}

/* Takes the next line, without its CRLF, from a text whose lines all end so. */
static struct str next_line(struct str *text)
{
    struct str line;

    *text = str_split(*text, '\n', &line);
    return str_take(line, line.n - 1);
}

struct rejection head_check(struct str head, struct framing *ret)
{
    struct findings findings = { .method = STR_NONE };
    struct rejection refusal = check_first_line(next_line(&head), &findings);
    size_t count = 0;

    while (!refusal.status) {
        struct str line = next_line(&head);

        if (line.n == 0)
            break;
        refusal = count++ < HEAD_LINES_MAX ? check_line(line, &findings)
                                           : REFUSE(431, "there are too many headers");
    }
    if (!refusal.status)
        refusal = check_together(&findings);
    if (refusal.status)
        return refusal;
    findings.framing.close = findings.close || (findings.framing.old && !findings.keep_alive);
    *ret = findings.framing;
    return refusal;
}
