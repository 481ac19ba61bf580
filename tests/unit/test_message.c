#include "http/message.h"

#include "http/error.h"
#include "http/prepared.h"

#include "unit.h"

static void reads_a_head(void **state)
{
    struct request request = { .body = STR("kept") };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(request_read(
        &arena, STR("GET /a%20b/+?c=%20?d HTTP/1.1\tHost:h\tAccept: x \taccept:  y\tCookie:"),
        &request)));
    check_str(request.method, "GET");
    check_str(request.path, "/a b/+");
    check_str(request.query, "c=%20?d");
    assert_int_equal(request.header_count, 4);
    check_str(request_header(&request, STR("HOST")), "h");
    check_str(request_header(&request, STR("Accept")), "x");
    check_str(request_header_list(&request, STR("Accept")), "x, y");
    assert_non_null(request_header(&request, STR("cookie")).p);
    check_str(request_header(&request, STR("cookie")), "");
    assert_null(request_header(&request, STR("X")).p);
    assert_null(request_header_list(&request, STR("X")).p);
    check_str(request.body, "kept");
    arena_release(&arena);
}

static void a_query_is_absent_or_empty(void **state)
{
    struct request request = { .body = STR("") };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    assert_false(failed(request_read(&arena, STR("GET /a HTTP/1.1"), &request)));
    assert_null(request.query.p);
    assert_int_equal(request.header_count, 0);
    assert_false(failed(request_read(&arena, STR("GET /a? HTTP/1.1"), &request)));
    assert_non_null(request.query.p);
    assert_int_equal(request.query.n, 0);
    arena_release(&arena);
}

static void refuses_paths_that_could_be_read_in_two_ways(void **state)
{
    static const char *const paths[] = {
        "/%",     "/%4", "/%4x", "/%00",   "/%0a",  "/%7f",      "/%ff",    "/a%2Fb",
        "/a%5cb", "/.",  "/..",  "/a/./b", "/a/..", "/%2e%2E/a", "/a/.%2e", "/%ed%a0%80",
    };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        struct request request = { .path = STR("before") };
        struct str head = str_format(&arena, "GET %s HTTP/1.1", paths[i]);

        if (request_read(&arena, head, &request).error != &HTTP_BAD_REQUEST)
            fail_msg("%s was not refused", paths[i]);
        check_str(request.path, "before");
    }
    arena_release(&arena);
}

static void accepts_paths_that_only_look_so(void **state)
{
    static const char *const paths[] = {
        "/...", "/.a", "/a.", "/a..b", "//", "/a%252fb", "/%c3%a9"
    };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        struct request request = { .body = STR("") };
        struct str head = str_format(&arena, "GET %s HTTP/1.1", paths[i]);

        if (failed(request_read(&arena, head, &request)))
            fail_msg("%s was refused", paths[i]);
    }
    arena_release(&arena);
}

static void headers_that_would_break_the_answer_are_noticed(void **state)
{
    static const struct header bad[] = {
        { STR("X"), STR("a\r\nb: c") }, { STR("X"), STR("a\nb") }, { STR("X"), STR("a\0") },
        { STR("X y"), STR("a") },       { STR("X:"), STR("a") },   { STR(""), STR("a") },
    };
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct response response;

        response_init(&response, &arena);
        response_header(&response, STR("Good"), STR("value \xc3\xa9"));
        assert_false(response.faulty);
        response_header(&response, bad[i].name, bad[i].value);
        if (!response.faulty)
            fail_msg("header %zu was taken", i);
        assert_int_equal(response.header_count, 1);
    }
    arena_release(&arena);
}

static int let_go_count;

static void let_go(void *order)
{
    *(int *)order = ++let_go_count;
}

static void a_response_lets_go_once_of_what_it_was_made_from(void **state)
{
    struct response response;
    struct arena arena;
    int first = 0;
    int second = 0;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    response_init(&response, &arena);
    let_go_count = 0;
    response_hold(&response, &first, let_go);
    response_hold(&response, &second, let_go);
    assert_int_equal(let_go_count, 0);
    response_release(&response);
    response_release(&response);
    assert_int_equal(second, 1);
    assert_int_equal(first, 2);
    assert_int_equal(let_go_count, 2);
    arena_release(&arena);
}

static void a_response_that_is_begun_anew_holds_on(void **state)
{
    struct prepared *prepared = prepared_new(STR("text/plain"), STR("1"), STR("body"), STR_NONE);
    struct response response;
    struct arena arena;
    int held = 0;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    response_init(&response, &arena);
    let_go_count = 0;
    response_hold(&response, &held, let_go);
    response.status = 404;
    response_header(&response, STR("Vary"), STR("Accept"));
    response_prepared(&response, prepared);
    prepared_release(prepared);
    response_clear(&response);
    assert_int_equal(response.status, 200);
    assert_int_equal(response.header_count, 0);
    assert_null(response.prepared);
    assert_int_equal(held, 0);
    response_release(&response);
    assert_int_equal(held, 1);
    arena_release(&arena);
}

static void a_response_holds_what_is_prepared(void **state)
{
    struct prepared *prepared = prepared_new(STR("text/plain"), STR("1"), STR("body"), STR_NONE);
    struct response response;
    struct arena arena;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    response_init(&response, &arena);
    response_body(&response, STR("text/html"), STR("other"));
    response_prepared(&response, prepared);
    response_prepared(&response, prepared);
    prepared_release(prepared);
    check_str(response.body, "");
    check_str(prepared_body(response.prepared, ENCODING_IDENTITY), "body");
    response_release(&response);
    assert_null(response.prepared);
    response_release(&response);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_head),
        cmocka_unit_test(a_query_is_absent_or_empty),
        cmocka_unit_test(refuses_paths_that_could_be_read_in_two_ways),
        cmocka_unit_test(accepts_paths_that_only_look_so),
        cmocka_unit_test(headers_that_would_break_the_answer_are_noticed),
        cmocka_unit_test(a_response_lets_go_once_of_what_it_was_made_from),
        cmocka_unit_test(a_response_that_is_begun_anew_holds_on),
        cmocka_unit_test(a_response_holds_what_is_prepared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
