#include "http/router.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "http/error.h"
#include "unit.h"

static struct result answer(struct call *call, struct value **ret_view)
{
    (void)call;
    (void)ret_view;
    return OK;
}

static struct result raw(struct call *call, struct response *response)
{
    (void)call;
    (void)response;
    return OK;
}

#define ROW(m, p)                                                                                  \
    {                                                                                              \
        .method = (m), .path = (p), .permission = 1, .view = &shape_text, .keeping = FRESH,        \
        .answer = answer                                                                           \
    }
#define RAW(p)                                                                                     \
    {                                                                                              \
        .path = (p), .permission = 1, .raw = raw                                                   \
    }

static const struct route rows[] = {
    ROW(GET, "/"),           ROW(GET, "/people/{id}"),
    ROW(GET, "/people/new"), ROW(POST, "/people/new"),
    ROW(POST, "/send"),      ROW(GET, "/a/{b}/c/{d}"),
    RAW("/openapi.json"),    RAW("/files/{name}"),
    ROW(GET, "/{x}/last"),
};
static const struct route_table table = { rows, ARRAY_LEN(rows) };

static void finds(const char *method, const char *path, const char *row, bool json)
{
    struct routing routing;

    if (failed(router_find(&table, str_from_c(method), str_from_c(path), &routing)))
        fail_msg("%s %s has no row", method, path);
    assert_string_equal(routing.route->path, row);
    assert_int_equal(routing.json, json);
}

static void refuses(const char *method, const char *path, const struct error *error)
{
    struct routing routing;

    assert_ptr_equal(router_find(&table, str_from_c(method), str_from_c(path), &routing).error,
                     error);
}

static void rows_are_found_by_their_paths(void **state)
{
    (void)state;
    finds("GET", "/", "/", false);
    finds("GET", "/people/7", "/people/{id}", false);
    finds("GET", "/x/last", "/{x}/last", false);
    finds("POST", "/send", "/send", false);
}

static void head_is_answered_as_get(void **state)
{
    (void)state;
    finds("HEAD", "/people/7", "/people/{id}", false);
}

static void a_row_without_parts_goes_before_one_with_parts(void **state)
{
    (void)state;
    finds("GET", "/people/new", "/people/new", false);
    finds("GET", "/people/new.json", "/people/new", true);
}

static void json_at_the_end_asks_for_the_view(void **state)
{
    (void)state;
    finds("GET", "/.json", "/", true);
    finds("GET", "/people/a.b.json", "/people/{id}", true);
    finds("GET", "/people/a.jsonx", "/people/{id}", false);
    finds("POST", "/send.json", "/send", true);
}

static void a_row_may_be_written_with_json_itself(void **state)
{
    (void)state;
    finds("GET", "/openapi.json", "/openapi.json", false);
    finds("GET", "/files/a.json", "/files/{name}", false);
    refuses("GET", "/openapi.json.json", &HTTP_NOT_FOUND);
}

static void parts_are_what_stands_there(void **state)
{
    struct routing routing;

    (void)state;
    assert_false(failed(router_find(&table, STR("GET"), STR("/a/x y/c/z.json"), &routing)));
    check_str(routing.parts[0], "x y");
    check_str(routing.parts[1], "z");
}

static void what_no_row_matches_is_not_found(void **state)
{
    static const char *const paths[] = { "/people",     "/people/",  "/people/7/",
                                         "/people/7/x", "//",        "/people//",
                                         "/a//c/d",     "/People/7", "/people/.json" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        refuses("GET", paths[i], &HTTP_NOT_FOUND);
}

static void another_method_is_not_allowed_and_those_that_are_are_told(void **state)
{
    (void)state;
    refuses("GET", "/send", &HTTP_METHOD_NOT_ALLOWED);
    refuses("GET", "/send.json", &HTTP_METHOD_NOT_ALLOWED);
    refuses("PUT", "/people/new", &HTTP_METHOD_NOT_ALLOWED);
    refuses("post", "/send", &HTTP_METHOD_NOT_ALLOWED);
    check_str(router_allow(&table, STR("/send")), "POST");
    check_str(router_allow(&table, STR("/people/7")), "GET, HEAD");
    check_str(router_allow(&table, STR("/people/new")), "GET, HEAD, POST");
}

/* Whether a table of these rows ends the program. */
static bool is_mistake(const struct route *mistaken, size_t count)
{
    const struct route_table wrong = { mistaken, count };
    int status;
    pid_t child = fork();

    if (child == 0) {
        fclose(stderr);
        router_check(&wrong);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void a_good_table_passes(void **state)
{
    (void)state;
    assert_false(is_mistake(rows, ARRAY_LEN(rows)));
}

static const struct shape named = { .kind = IS_OBJECT, .name = "Named" };

static void a_mistaken_row_ends_the_program(void **state)
{
    struct route open = ROW(GET, "/x");
    struct route both = ROW(GET, "/x");
    struct route none = ROW(GET, "/x");
    struct route shapeless = ROW(GET, "/x");
    struct route kept = ROW(POST, "/x");
    struct route takes = ROW(GET, "/x");
    struct route nameless = ROW(POST, "/x");
    const struct route bad_paths[] = { ROW(GET, "x"), ROW(GET, "/a{b}"), ROW(GET, "/{}"),
                                       ROW(GET, "/{a}/{b}/{c}/{d}/{e}") };

    (void)state;
    open.permission = 0;
    both.raw = raw;
    none.answer = NULL;
    shapeless.view = NULL;
    kept.keeping = KEPT;
    takes.accepts = &named;
    nameless.accepts = &shape_text;
    assert_true(is_mistake(&open, 1));
    assert_true(is_mistake(&both, 1));
    assert_true(is_mistake(&none, 1));
    assert_true(is_mistake(&shapeless, 1));
    assert_true(is_mistake(&takes, 1));
    assert_true(is_mistake(&nameless, 1));
    assert_true(is_mistake(&kept, 1));
    for (size_t i = 0; i < ARRAY_LEN(bad_paths); i++)
        assert_true(is_mistake(&bad_paths[i], 1));
}

static void two_rows_of_the_same_paths_end_the_program(void **state)
{
    const struct route twice[] = { ROW(GET, "/a/{b}"), ROW(GET, "/a/{c}") };
    const struct route two_methods[] = { ROW(GET, "/a/{b}"), ROW(POST, "/a/{c}") };

    (void)state;
    assert_true(is_mistake(twice, 2));
    assert_false(is_mistake(two_methods, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_found_by_their_paths),
        cmocka_unit_test(head_is_answered_as_get),
        cmocka_unit_test(a_row_without_parts_goes_before_one_with_parts),
        cmocka_unit_test(json_at_the_end_asks_for_the_view),
        cmocka_unit_test(a_row_may_be_written_with_json_itself),
        cmocka_unit_test(parts_are_what_stands_there),
        cmocka_unit_test(what_no_row_matches_is_not_found),
        cmocka_unit_test(another_method_is_not_allowed_and_those_that_are_are_told),
        cmocka_unit_test(a_good_table_passes),
        cmocka_unit_test(a_mistaken_row_ends_the_program),
        cmocka_unit_test(two_rows_of_the_same_paths_end_the_program),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
