/*
 * The routes of people who are signed in, asked with any parts of paths, queries and forms by
 * anybody: whatever is sent, the answer is one that was meant, never 500, and its view, shape and
 * template agree (house_send looks).
 *
 * The first byte says who asks, the second bit by bit how, the third which route. Then stand the
 * parts of its path, a line each, and the query or the form.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "engine.h"
#include "furnish.h"

#define AS_JSON 1
#define HEAD_SIZE 3

/* Inputs, after which the house is a new one: somebody may have closed all accounts. */
#define RENEWED 5000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Passwords are hashed by nothing: a tenth of a second each would leave little time for the rest.
 */
int __wrap_crypto_pwhash(unsigned char *out, unsigned long long size, const char *password,
                         unsigned long long length, const unsigned char *salt,
                         unsigned long long passes, size_t memory, int algorithm);
int __wrap_crypto_pwhash_str_alg(char *out, const char *password, unsigned long long length,
                                 unsigned long long passes, size_t memory, int algorithm);
int __wrap_crypto_pwhash_str_verify(const char *kept, const char *password,
                                    unsigned long long length);

int __wrap_crypto_pwhash(unsigned char *out, unsigned long long size, const char *password,
                         unsigned long long length, const unsigned char *salt,
                         unsigned long long passes, size_t memory, int algorithm)
{
    (void)password, (void)length, (void)salt, (void)passes, (void)memory, (void)algorithm;
    memset(out, 0, (size_t)size);
    return 0;
}

int __wrap_crypto_pwhash_str_alg(char *out, const char *password, unsigned long long length,
                                 unsigned long long passes, size_t memory, int algorithm)
{
    (void)password, (void)length, (void)passes, (void)memory, (void)algorithm;
    strcpy(out, "$argon2id$v=19$m=65536,t=3,p=1$c2FtcGxl$c2FtcGxl");
    return 0;
}

int __wrap_crypto_pwhash_str_verify(const char *kept, const char *password,
                                    unsigned long long length)
{
    (void)kept, (void)password;
    return length % 2 ? 0 : -1;
}

static struct house *house;
static struct browser browsers[DWELLERS];
static unsigned asked;

static void open_house(void)
{
    if (house)
        house_close(house);
    else if (engine_begin(NULL) != 0)
        BUG("there is no folder for a database");
    house = house_open();
    memset(browsers, 0, sizeof(browsers));
    for (size_t i = 0; i < DWELLERS; i++)
        house_dweller(house, (enum dweller)i, &browsers[i]);
    furnish(house);
}

/* What the server lets through as a part of a path. */
static bool is_part(struct str part)
{
    if (part.n == 0 || !str_is_utf8(part, NULL) || str_eq_c(part, ".") || str_eq_c(part, ".."))
        return false;
    for (size_t i = 0; i < part.n; i++)
        if ((unsigned char)part.p[i] < ' ' || part.p[i] == 0x7f || part.p[i] == '/' ||
            part.p[i] == '?')
            return false;
    return true;
}

/* The path of a route with its parts filled in from the lines of the text. */
static bool fill_path(const char *path, struct str *text, struct buf *out)
{
    struct str rest = str_from_c(path);
    struct str piece;
    struct str line;

    for (;;) {
        rest = str_split(rest, '{', &piece);
        buf_add(out, piece);
        if (!rest.p)
            return !out->overflow;
        rest = str_split(rest, '}', &piece);
        *text = str_split(*text, '\n', &line);
        if (!is_part(line))
            return false;
        buf_add(out, line);
    }
}

static void ask_for(const struct route *route, struct browser *browser, bool json, struct str text)
{
    char path[2000];
    char body[8000];
    struct buf out;

    buf_init(&out, sizeof(path) / 2);
    if (!fill_path(route->path, &text, &out) || text.n >= sizeof(path) / 2 ||
        memchr(text.p ? text.p : "", 0, text.n)) {
        buf_release(&out);
        return;
    }
    snprintf(path, sizeof(path), "%.*s", STR_ARG(buf_str(&out)));
    buf_release(&out);
    snprintf(body, sizeof(body), "%.*s", STR_ARG(text));
    if (route->method == GET && text.n > 0)
        snprintf(path + strlen(path), sizeof(path) - strlen(path), "?%s", body);
    if (route->method == POST && json)
        house_post_json(house, browser, path, body);
    else if (route->method == POST)
        house_post(house, browser, path, body);
    else if (json)
        house_get_json(house, browser, path);
    else
        house_get(house, browser, path);
    if (house_status(house) >= 500)
        BUG("%s answered %d", path, house_status(house));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = { (const char *)data + HEAD_SIZE, size - HEAD_SIZE };

    if (size < HEAD_SIZE)
        return 0;
    if (asked++ % RENEWED == 0)
        open_house();
    house->site.now += 1000000;
    ask_for(&site_routes.at[data[2] % site_routes.count], &browsers[data[0] % DWELLERS],
            data[1] & AS_JSON, text);
    return 0;
}
