/*
 * What every route of the site may rely on: who gets which form, what errors look like, what may be
 * kept and for how long. The routes themselves are tested by their samples (test_golden.c).
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "site_fixture.h"

static struct site_fixture f;

static int begin(void **state)
{
    (void)state;
    fixture_begin(&f);
    return 0;
}

static int end(void **state)
{
    (void)state;
    fixture_end(&f);
    return 0;
}

static void accepts(const char *accept, const char *type)
{
    fixture_send(&f, &(struct ask){ .path = "/", .headers = { { "Accept", accept } } });
    check_str(fixture_type(&f), type);
}

static void a_client_gets_the_form_it_asks_for(void **state)
{
    (void)state;
    fixture_get(&f, "/");
    check_str(fixture_type(&f), "text/html; charset=utf-8");
    accepts("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8");
    accepts("*/*", "text/html; charset=utf-8");
    accepts("application/json", "application/json");
    accepts("text/html;q=0.5, application/json", "application/json");
    accepts("image/png", "text/html; charset=utf-8");
}

static void json_at_the_end_of_the_path_goes_before_accept(void **state)
{
    (void)state;
    fixture_send(&f, &(struct ask){ .path = "/.json", .headers = { { "Accept", "text/html" } } });
    check_str(fixture_type(&f), "application/json");
    assert_int_equal(f.response.status, 200);
}

static void a_route_without_a_page_gives_json(void **state)
{
    (void)state;
    check_str(fixture_send(&f, &(struct ask){ .path = "/healthz",
                                              .headers = { { "Accept", "text/html" } } }),
              "{\n  \"status\": \"ok\"\n}\n");
    check_str(fixture_header(&f, "Cache-Control"), "no-store");
}

/* ---- errors ---- */

/* A request without headers is answered by that error, as JSON and as a page. */
static void is_error(const struct ask *ask, int status, const char *name)
{
    struct ask json = *ask;
    struct str body;

    json.headers[0][0] = "Accept";
    json.headers[0][1] = "application/json";
    body = fixture_send(&f, &json);
    assert_int_equal(f.response.status, status);
    check_str(fixture_type(&f), "application/json");
    check_has(body, str_format(&f.arena, "\"status\": %d,\n  \"name\": \"%s\"", status, name).p);
    check_str(fixture_header(&f, "Cache-Control"), "no-store");
    body = fixture_send(&f, ask);
    assert_int_equal(f.response.status, status);
    check_str(fixture_type(&f), "text/html; charset=utf-8");
    check_has(body, "<main");
    check_str(fixture_header(&f, "Cache-Control"), "no-store");
}

static void what_is_not_there_is_404_in_both_forms(void **state)
{
    (void)state;
    is_error(&(struct ask){ .path = "/no<thing" }, 404, "not-found");
    check_has(fixture_get(&f, "/no<thing"), "/no&lt;thing");
    assert_false(has(fixture_get(&f, "/no<thing"), "canonical"));
    check_has(fixture_get(&f, "/no.json"), "\"path\": \"/no.json\"");
}

static void another_method_is_405_and_told_which_there_are(void **state)
{
    (void)state;
    is_error(&(struct ask){ .method = "POST", .path = "/docs" }, 405, "method-not-allowed");
    check_str(fixture_header(&f, "Allow"), "GET, HEAD");
}

static void what_another_sites_page_posts_is_403(void **state)
{
    struct ask ask = { .method = "POST",
                       .path = "/standing",
                       .headers = { { "Accept", "application/json" },
                                    { "Sec-Fetch-Site", "cross-site" } } };

    (void)state;
    check_has(fixture_send(&f, &ask), "\"name\": \"foreign-origin\"");
    assert_int_equal(f.response.status, 403);
    ask.headers[1][1] = "same-origin";
    assert_false(has(fixture_send(&f, &ask), "foreign-origin"));
}

static void a_query_that_is_none_is_400(void **state)
{
    (void)state;
    is_error(&(struct ask){ .path = "/?a=%zz" }, 400, "bad-form");
    is_error(&(struct ask){ .path = "/?=x" }, 400, "bad-form");
}

static void refusals_of_the_server_are_pages_too(void **state)
{
    static const int statuses[] = { 400, 408, 413, 414, 429, 431, 500, 503 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
        struct request request;

        response_release(&f.response);
        arena_clear(&f.request);
        request = fixture_request(&f, &(struct ask){ .path = "/x" });
        response_init(&f.response, &f.request);
        f.handler.error(f.handler.context, &request, statuses[i], STR("a reason"), &f.response);
        fixture_faults(&f.drift, "an error");
        assert_int_equal(f.response.status, statuses[i]);
        check_has(f.response.body, "a reason");
        check_has(f.response.body, "<main");
        assert_int_equal(fixture_header(&f, "Retry-After").p != NULL,
                         statuses[i] == 429 || statuses[i] == 503);
    }
}

static void a_refusal_of_a_path_that_is_none_has_no_path(void **state)
{
    struct request request;

    (void)state;
    response_release(&f.response);
    arena_clear(&f.request);
    request = fixture_request(
        &f, &(struct ask){ .path = "/x", .headers = { { "Accept", "application/json" } } });
    request.path = STR_NONE;
    response_init(&f.response, &f.request);
    f.handler.error(f.handler.context, &request, 400, STR_NONE, &f.response);
    check_has(f.response.body, "\"path\": null");
    check_has(f.response.body, "\"why\": null");
}

/* ---- headers ---- */

static void has_policy(const char *path)
{
    static const char *const names[] = {
        "Content-Security-Policy",      "X-Content-Type-Options",       "Referrer-Policy",
        "Cross-Origin-Opener-Policy",   "Cross-Origin-Embedder-Policy", "Permissions-Policy",
        "Cross-Origin-Resource-Policy", "Strict-Transport-Security",    "Cache-Control",
    };

    fixture_get(&f, path);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (!fixture_header(&f, names[i]).p)
            fail_msg("%s is answered without %s", path, names[i]);
    assert_true(str_starts(fixture_header(&f, names[0]), STR("default-src 'none';")));
    assert_false(has(fixture_header(&f, names[0]), "unsafe"));
}

static void every_answer_has_the_policy_of_the_site(void **state)
{
    static const char *const paths[] = { "/",        "/",           "/.json",
                                         "/nothing", "/robots.txt", "/openapi.json" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        has_policy(paths[i]);
}

static void without_https_it_is_not_asked_for(void **state)
{
    struct site_fixture plain;

    (void)state;
    fixture_begin_at(&plain, "http://localhost:8080", NULL);
    check_has(fixture_get(&plain, "/"), "href=\"http://localhost:8080/\"");
    assert_null(fixture_header(&plain, "Strict-Transport-Security").p);
    fixture_end(&plain);
}

/* ---- what is kept ---- */

static void a_kept_page_stands_ready_from_the_second_time_on(void **state)
{
    struct site_fixture g;
    struct str first;

    (void)state;
    fixture_begin(&g);
    first = str_copy(&g.arena, fixture_get(&g, "/"));
    assert_false(g.quick);
    assert_non_null(g.response.prepared);
    check_str(fixture_header(&g, "Cache-Control"), "no-cache");
    check_str(fixture_header(&g, "Vary"), "Accept");
    assert_true(str_eq(fixture_get(&g, "/"), first));
    assert_true(g.quick);
    check_str(fixture_header(&g, "Cache-Control"), "no-cache");
    check_str(fixture_header(&g, "Vary"), "Accept");
    fixture_send(&g, &(struct ask){ .method = "HEAD", .path = "/" });
    assert_true(g.quick);
    fixture_get(&g, "/.json");
    assert_false(g.quick);
    fixture_end(&g);
}

static void the_next_day_a_page_is_made_anew(void **state)
{
    struct site_fixture g;
    struct str tag;

    (void)state;
    fixture_begin(&g);
    check_has(fixture_get(&g, "/"), "23 November 2026");
    tag = str_copy(&g.arena, prepared_etag(g.response.prepared, ENCODING_IDENTITY));
    g.today++;
    check_has(fixture_get(&g, "/"), "24 November 2026");
    assert_false(g.quick);
    assert_false(str_eq(prepared_etag(g.response.prepared, ENCODING_IDENTITY), tag));
    fixture_end(&g);
}

static void a_page_with_a_query_is_not_kept(void **state)
{
    struct site_fixture g;

    (void)state;
    fixture_begin(&g);
    for (int i = 0; i < 2; i++) {
        check_has(fixture_get(&g, "/?a=b"), "href=\"/.json?a=b\"");
        assert_false(g.quick);
        assert_null(g.response.prepared);
    }
    fixture_end(&g);
}

/* What the answer holds beside the state of the site, which the quick one and the other each took
   hold of. */
static void *held_view(const struct site_fixture *g)
{
    return g->response.hold_count > 2 ? g->response.holds[2].thing : NULL;
}

static void its_view_is_kept_where_the_query_means_nothing(void **state)
{
    static const char *const asked[] = { "/certifications?a", "/certifications.json?b",
                                         "/certifications?c", "/certifications" };
    struct site_fixture g;
    void *view = NULL;

    (void)state;
    fixture_begin(&g);
    fixture_get(&g, asked[0]);
    assert_null(held_view(&g));
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        fixture_get(&g, asked[i]);
        assert_false(g.quick);
        assert_non_null(held_view(&g));
        assert_true(!view || held_view(&g) == view);
        view = held_view(&g);
    }
    g.today++;
    fixture_get(&g, asked[0]);
    assert_null(held_view(&g));
    fixture_get(&g, asked[0]);
    assert_non_null(held_view(&g));
    fixture_end(&g);
}

static void a_view_is_not_kept_where_the_query_means_something(void **state)
{
    struct site_fixture g;

    (void)state;
    fixture_begin(&g);
    for (int i = 0; i < 2; i++) {
        fixture_get(&g, "/certifications/imi-certified-mediator/compare");
        assert_null(held_view(&g));
    }
    fixture_end(&g);
}

static void a_fresh_answer_is_never_kept(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        fixture_get(&f, "/healthz");
        assert_false(f.quick);
    }
}

/* ---- assets ---- */

/* The address that the page refers to under that beginning. */
static struct str address_in(struct str page, const char *beginning)
{
    const char *at = memmem(page.p, page.n, beginning, strlen(beginning));
    struct str address;

    if (!at)
        fail_msg("the page does not name %s", beginning);
    (void)str_split((struct str){ at, (size_t)(page.p + page.n - at) }, '"', &address);
    return str_copy(&f.arena, address);
}

static void assets_stand_ready_for_ever(void **state)
{
    struct str address = address_in(fixture_get(&f, "/"), "/assets/style.");

    (void)state;
    check_has(fixture_get(&f, str_to_c(&f.arena, address)), "url(\"/assets/fonts/serif.");
    assert_true(f.quick);
    check_str(fixture_type(&f), "text/css; charset=utf-8");
    check_str(fixture_header(&f, "Cache-Control"), "public, max-age=31536000, immutable");
    assert_true(prepared_has(f.response.prepared, ENCODING_BROTLI));
    assert_true(prepared_has(f.response.prepared, ENCODING_GZIP));
    fixture_get(&f, "/assets/style.css");
    assert_int_equal(f.response.status, 404);
    fixture_send(&f, &(struct ask){ .method = "POST", .path = str_to_c(&f.arena, address) });
    assert_int_equal(f.response.status, 404);
}

static void every_address_in_the_style_sheet_is_an_asset(void **state)
{
    struct str style = address_in(fixture_get(&f, "/"), "/assets/style.");
    struct str rest = str_copy(&f.arena, fixture_get(&f, str_to_c(&f.arena, style)));
    size_t count = 0;
    const char *at;

    (void)state;
    while ((at = memmem(rest.p, rest.n, "url(\"", 5))) {
        struct str address;

        rest = str_split(str_drop(rest, (size_t)(at - rest.p) + 5), '"', &address);
        fixture_get(&f, str_to_c(&f.arena, address));
        assert_int_equal(f.response.status, 200);
        assert_true(f.quick);
        count++;
    }
    assert_true(count > 0);
}

static void the_colours_of_the_scheme_are_a_style_sheet(void **state)
{
    struct str address = address_in(fixture_get(&f, "/"), "/assets/scheme.");
    struct str sheet = fixture_get(&f, str_to_c(&f.arena, address));

    (void)state;
    check_has(sheet, ":root{--ink:#18212b;");
    check_has(sheet, "prefers-color-scheme:dark");
    check_has(sheet, "--gold:#e2b548;");
}

/* ---- the source tree ---- */

static void the_source_tree_is_read_anew_and_not_kept(void **state)
{
    struct site_fixture dev;

    (void)state;
    fixture_begin_at(&dev, BASE, source_root());
    for (int i = 0; i < 2; i++) {
        check_has(fixture_get(&dev, "/"), "href=\"/assets/style.css\"");
        assert_false(dev.quick);
    }
    check_has(fixture_get(&dev, "/assets/style.css"), "fonts/serif.woff2");
    check_str(fixture_header(&dev, "Cache-Control"), "no-store");
    check_has(fixture_get(&dev, "/assets/scheme.css"), "--ink:");
    fixture_get(&dev, "/assets/fonts/serif-licence.txt.html");
    assert_int_equal(dev.response.status, 404);
    fixture_get(&dev, "/assets/none.css");
    assert_int_equal(dev.response.status, 404);
    fixture_end(&dev);
}

/* A tree whose templates and assets are those of the sources, but for templates/home.html. */
static const char *tree_with_home(const char *home)
{
    char *tree = ARENA_ARRAY(&f.arena, 64, char);
    char *root = realpath(source_root(), NULL); /* links are not relative to where we stand */
    const char *web = str_format(&f.arena, "%s/src/web", root).p;
    struct str_list names;

    free(root);
    snprintf(tree, 64, "/tmp/assay-site-XXXXXX");
    assert_non_null(mkdtemp(tree));
    for (size_t i = 0; i < 3; i++) {
        static const char *const folders[] = { "src", "src/web", "src/web/templates" };

        assert_int_equal(mkdir(str_format(&f.arena, "%s/%s", tree, folders[i]).p, 0700), 0);
    }
    assert_false(
        failed(folder_list(&f.arena, str_format(&f.arena, "%s/templates", web).p, &names)));
    for (size_t i = 0; i < names.count; i++) {
        const char *from = str_format(&f.arena, "%s/templates/%.*s", web, STR_ARG(names.at[i])).p;
        const char *to =
            str_format(&f.arena, "%s/src/web/templates/%.*s", tree, STR_ARG(names.at[i])).p;

        if (str_eq_c(names.at[i], "home.html"))
            assert_false(failed(file_write(to, str_from_c(home))));
        else
            assert_int_equal(symlink(from, to), 0);
    }
    return tree;
}

static void remove_tree(const char *tree)
{
    const char *templates = str_format(&f.arena, "%s/src/web/templates", tree).p;
    struct str_list names;

    assert_false(failed(folder_list(&f.arena, templates, &names)));
    for (size_t i = 0; i < names.count; i++)
        unlink(str_format(&f.arena, "%s/%.*s", templates, STR_ARG(names.at[i])).p);
    rmdir(templates);
    rmdir(str_format(&f.arena, "%s/src/web", tree).p);
    rmdir(str_format(&f.arena, "%s/src", tree).p);
    rmdir(tree);
}

/* What the first page says when its template, good at the start, has become that. */
static void home_becomes(const char *home, const char *place, const char *words)
{
    const char *tree = tree_with_home("<!doctype html>\n{{title}}\n");
    const char *path = str_format(&f.arena, "%s/src/web/templates/home.html", tree).p;
    struct site_fixture dev;
    struct str said;

    fixture_begin_at(&dev, BASE, tree);
    check_has(fixture_get(&dev, "/"), "<!doctype html>\nInternational");
    assert_false(failed(file_write(path, str_from_c(home))));
    said = fixture_get(&dev, "/");
    assert_int_equal(dev.response.status, 500);
    check_str(fixture_type(&dev), "text/plain; charset=utf-8");
    check_has(said, place);
    check_has(said, words);
    fixture_get(&dev, "/.json");
    assert_int_equal(dev.response.status, 200);
    fixture_end(&dev);
    remove_tree(tree);
}

static void a_fault_in_a_template_is_shown_instead_of_the_page(void **state)
{
    (void)state;
    home_becomes("{{#title}}", "templates/home.html:1:1: error", "'title' is not closed");
}

static void a_name_that_the_view_does_not_have_is_shown_instead_of_the_page(void **state)
{
    (void)state;
    home_becomes("<p>{{titel}}</p>", "templates/home.html:1:4: error", "the view has no 'titel'");
}

static void a_site_with_a_faulty_template_is_not_begun(void **state)
{
    const char *tree = tree_with_home("{{>no/such}}");
    struct site_settings settings = { .scheme = f.snapshot,
                                      .base = STR(BASE),
                                      .dev_root = tree,
                                      .today = fixture_today,
                                      .now_ms = fixture_now_ms,
                                      .clock = &f };
    struct site *site;
    struct diags diags;
    struct buf told;

    (void)state;
    diags_init(&diags, &f.arena);
    assert_ptr_equal(site_new(&settings, &diags, &site).error, &ERROR_INPUT);
    assert_int_equal(diags.errors, 1);
    check_str(diags.list[0].message, "there is no template 'no/such'");
    buf_init(&told, 10000);
    diags_print(&diags, &told, false);
    check_has(buf_take(&told, &f.arena), "templates/home.html:");
    remove_tree(tree);
}

/* ---- bodies ---- */

static void how_large_a_body_may_be_is_the_routes_affair(void **state)
{
    struct request request = { .method = STR("POST"), .path = STR("/nothing") };

    (void)state;
    assert_int_equal(f.handler.body_max(f.handler.context, &request), SERVER_BODY_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_client_gets_the_form_it_asks_for),
        cmocka_unit_test(json_at_the_end_of_the_path_goes_before_accept),
        cmocka_unit_test(a_route_without_a_page_gives_json),
        cmocka_unit_test(what_is_not_there_is_404_in_both_forms),
        cmocka_unit_test(another_method_is_405_and_told_which_there_are),
        cmocka_unit_test(what_another_sites_page_posts_is_403),
        cmocka_unit_test(a_query_that_is_none_is_400),
        cmocka_unit_test(refusals_of_the_server_are_pages_too),
        cmocka_unit_test(a_refusal_of_a_path_that_is_none_has_no_path),
        cmocka_unit_test(every_answer_has_the_policy_of_the_site),
        cmocka_unit_test(without_https_it_is_not_asked_for),
        cmocka_unit_test(a_kept_page_stands_ready_from_the_second_time_on),
        cmocka_unit_test(the_next_day_a_page_is_made_anew),
        cmocka_unit_test(a_page_with_a_query_is_not_kept),
        cmocka_unit_test(its_view_is_kept_where_the_query_means_nothing),
        cmocka_unit_test(a_view_is_not_kept_where_the_query_means_something),
        cmocka_unit_test(a_fresh_answer_is_never_kept),
        cmocka_unit_test(assets_stand_ready_for_ever),
        cmocka_unit_test(every_address_in_the_style_sheet_is_an_asset),
        cmocka_unit_test(the_colours_of_the_scheme_are_a_style_sheet),
        cmocka_unit_test(the_source_tree_is_read_anew_and_not_kept),
        cmocka_unit_test(a_fault_in_a_template_is_shown_instead_of_the_page),
        cmocka_unit_test(a_name_that_the_view_does_not_have_is_shown_instead_of_the_page),
        cmocka_unit_test(a_site_with_a_faulty_template_is_not_begun),
        cmocka_unit_test(how_large_a_body_may_be_is_the_routes_affair),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
