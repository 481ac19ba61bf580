#include "http/bare_page.h"

#include <string.h>

#include "base/arena.h"
#include "http/error.h"
#include "unit.h"

static struct str header(const struct response *response, const char *name)
{
    for (size_t i = 0; i < response->header_count; i++)
        if (str_eq_c(response->headers[i].name, name))
            return response->headers[i].value;
    return STR_NONE;
}

static struct str make(struct arena *arena, int status, struct str why, struct response *response)
{
    response_init(response, arena);
    bare_page(response, status, why);
    assert_false(response->faulty);
    assert_int_equal(response->status, status);
    check_str(header(response, "Content-Type"), "text/html; charset=utf-8");
    check_str(header(response, "Cache-Control"), "no-store");
    check_str(header(response, "X-Content-Type-Options"), "nosniff");
    return response->body;
}

static void it_says_what_is_wrong_and_why_and_what_to_do(void **state)
{
    struct response response;
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    check_str(make(&arena, 414, STR("it has <4,097> bytes"), &response),
              "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
              "<meta name=\"color-scheme\" content=\"light dark\">\n"
              "<title>The address is too long</title>\n</head>\n<body>\n<main>\n"
              "<h1>The address is too long</h1>\n"
              "<p>It has &lt;4,097&gt; bytes.</p>\n"
              "<p>Take away what stands behind the question mark in the address, and load the "
              "page.</p>\n"
              "<p><a href=\"/\">The first page</a></p>\n<p>Answer 414</p>\n</main>\n</body>\n"
              "</html>\n");
    arena_release(&arena);
}

static void what_is_the_same_is_said_once(void **state)
{
    struct response response;
    struct arena arena;
    struct str without;
    struct str with;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    without = make(&arena, 429, STR_NONE, &response);
    with = make(&arena, 429, str_from_c(HTTP_TOO_MANY.message), &response);
    assert_true(str_eq(with, without));
    arena_release(&arena);
}

/* Of the message, without its first letter, and short of what would be escaped. */
static const char *first_words(struct arena *arena, int status)
{
    struct str message = str_from_c(http_error(status)->message);

    return str_to_c(arena, str_take(str_drop(message, 1), 10));
}

static void every_refusal_has_one_and_crowds_are_told_when_to_come_back(void **state)
{
    static const int statuses[] = { 400, 408, 413, 414, 417, 429, 431, 500, 501, 503, 505 };
    struct response response;
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
        struct str body = make(&arena, statuses[i], STR_NONE, &response);

        assert_non_null(strstr(str_to_c(&arena, body), first_words(&arena, statuses[i])));
        assert_true(str_ends(body, STR("</html>\n")));
        if (statuses[i] == 429 || statuses[i] == 503)
            check_str(header(&response, "Retry-After"), "1");
        else
            assert_null(header(&response, "Retry-After").p);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_what_is_wrong_and_why_and_what_to_do),
        cmocka_unit_test(what_is_the_same_is_said_once),
        cmocka_unit_test(every_refusal_has_one_and_crowds_are_told_when_to_come_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
