/* Who may come in, and what browsers and programs have to bring along: on both engines. */
#include <string.h>

#include "engine.h"
#include "house.h"
#include "http/router.h"
#include "web/notices.h"
#include "web/site.h"

static struct house *house;
static struct browser visitor;
static struct browser person;

/* A path of the row, with something at its {parts}. */
static const char *path_of(const struct route *route)
{
    struct str path = str_from_c(route->path);
    struct buf out;
    bool inside = false;

    buf_init(&out, 1000);
    for (size_t i = 0; i < path.n; i++) {
        if (path.p[i] == '{')
            buf_byte(&out, '1');
        inside = (inside || path.p[i] == '{') && path.p[i] != '}';
        if (!inside && path.p[i] != '}')
            buf_byte(&out, path.p[i]);
    }
    return str_to_c(&house->arena, buf_take(&out, &house->arena));
}

static bool is_for_everybody(const struct route *route)
{
    return role_has(ROLE_PUBLIC, (enum permission)route->permission);
}

static struct str send(struct browser *browser, const struct route *route, const char *accept)
{
    return house_send(house, browser,
                      &(struct ask){ .method = route->method == POST ? "POST" : "GET",
                                     .path = path_of(route),
                                     .headers = { { "Accept", accept } },
                                     .body = STR("") });
}

/* ---- visitors ---- */

static void a_visitor_is_sent_to_sign_in_and_comes_back(void **state)
{
    (void)state;
    house_get(house, &visitor, "/account/confirm?next=/standing?on=2026-11-23");
    assert_int_equal(house_status(house), 303);
    assert_string_equal(house_location(house), "/account/sign-in?next=%2Faccount%2Fconfirm%3F"
                                               "next%3D%2Fstanding%3Fon%3D2026-11-23");
    check_str(fixture_header(&house->site, "Cache-Control"), "no-store");
}

static void a_visitor_gets_into_no_route_that_is_not_for_everybody(void **state)
{
    size_t seen = 0;

    (void)state;
    for (size_t i = 0; i < site_routes.count; i++) {
        const struct route *route = &site_routes.at[i];

        if (is_for_everybody(route))
            continue;
        seen++;
        send(&visitor, route, "application/json");
        if (house_status(house) != 401)
            fail_msg("%s is answered %d to a visitor", route->path, house_status(house));
        if (!route->page)
            continue;
        send(&visitor, route, "text/html");
        if (house_status(house) != 303 ||
            !str_starts(str_from_c(house_location(house)), STR("/account/sign-in")))
            fail_msg("%s does not send a visitor to sign in", route->path);
    }
    assert_true(seen > 0);
}

static void a_program_is_told_where_to_sign_in(void **state)
{
    struct str view = house_get_json(house, &visitor, "/account/confirm");

    (void)state;
    assert_int_equal(house_status(house), 401);
    check_has(view, "\"name\": \"not-signed-in\"");
    check_has(view, "\"path\": \"/account/sign-in\"");
    check_str(fixture_header(&house->site, "WWW-Authenticate"), "Bearer realm=\"assay\"");
}

static void pages_for_everybody_set_no_cookie_and_know_nobody(void **state)
{
    struct str page;

    (void)state;
    for (size_t i = 0; i < site_routes.count; i++) {
        const struct route *route = &site_routes.at[i];

        if (route->permission != PUBLIC || route->method != GET)
            continue;
        send(&visitor, route, "text/html");
        if (fixture_header(&house->site, "Set-Cookie").p)
            fail_msg("%s sets a cookie", route->path);
    }
    for (int i = 0; i < 2; i++) {
        page = house_get(house, &person, "/bodies");
        assert_false(has(page, "Sample person"));
        assert_false(has(page, "name=\"token\""));
        assert_false(has(page, "Signed in"));
        check_str(fixture_header(&house->site, "Cache-Control"), "no-cache");
    }
    assert_true(house->site.quick);
}

static void the_forms_of_the_doors_set_no_cookie_before_somebody_asks(void **state)
{
    static const char *const paths[] = { "/account/sign-in", "/account/sign-up", "/account/recover",
                                         "/account/sent/sign-in" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        house_get(house, &visitor, paths[i]);
        assert_int_equal(house_status(house), 200);
        assert_null(fixture_header(&house->site, "Set-Cookie").p);
    }
}

/* ---- sessions ---- */

static void somebody_who_is_signed_in_comes_in_and_nothing_of_it_is_stored(void **state)
{
    struct str page = house_get(house, &person, "/account/confirm");

    (void)state;
    assert_int_equal(house_status(house), 200);
    check_has(page, "Signed in as Sample person");
    check_str(fixture_header(&house->site, "Cache-Control"), "no-store");
    assert_false(house->site.response.packs);
}

static void a_session_that_ended_is_no_session_and_its_cookie_goes(void **state)
{
    struct browser browser = { .network = { FAMILY_V4, { 192, 0, 2, 9 } } };

    (void)state;
    house_sign_in(house, house_account(house, "late@example.org"), true, &browser);
    house_get(house, &browser, "/account/confirm");
    assert_int_equal(house_status(house), 200);
    house->site.now += 15 * DAYS;
    house_get(house, &browser, "/account/confirm");
    house->site.now -= 15 * DAYS;
    assert_int_equal(house_status(house), 303);
    assert_string_equal(browser_cookie(&browser, "__Host-assay"), "");
}

static void a_session_that_was_used_is_written_down_at_the_end_at_the_latest(void **state)
{
    struct house *other = house;
    struct browser browser;
    struct store *store;
    const char *database;

    (void)state;
    house = house_open();
    database = house->database;
    house_dweller(house, DWELLER_SIGNED_IN, &browser);
    house->site.now += HOURS;
    house_get(house, &browser, "/account/confirm");
    house_close(house);
    house = other;
    store = engine_open(database, STORE_READ);
    check_ok(store, store_begin(store));
    assert_int_equal(ask(store, "SELECT max(seen_at) FROM session"), FIXTURE_NOW + HOURS);
    store_rollback(store);
    store_close(store);
}

static void a_cookie_of_the_other_kind_of_site_is_not_looked_at(void **state)
{
    struct browser browser = person;

    (void)state;
    browser.cookies[0].value[0] = '\0'; /* __Host-assay; assay stays */
    house_get(house, &browser, "/account/confirm");
    assert_int_equal(house_status(house), 303);
}

/* ---- sensitive acts ---- */

static void a_session_of_a_while_ago_shows_who_it_is_before_a_sensitive_act(void **state)
{
    struct browser administrator;
    size_t seen = 0;

    (void)state;
    house_dweller(house, DWELLER_ADMINISTRATOR, &administrator);
    house->site.now += STEP_UP_WITHIN + MINUTES;
    for (size_t i = 0; i < site_routes.count; i++) {
        const struct route *route = &site_routes.at[i];
        const struct permission_row *row = permission_row((enum permission)route->permission);

        if (!row->sensitive || !(row->roles & (1U << ROLE_SELF | 1U << ROLE_ADMINISTRATOR)) ||
            route->method != POST)
            continue;
        seen++;
        house_post(house, &administrator, path_of(route), "");
        if (house_status(house) != 303 ||
            !str_starts(str_from_c(house_location(house)), STR("/account/confirm")))
            fail_msg("%s does not ask to show who one is", route->path);
        house_post_json(house, &administrator, path_of(route), "");
        if (house_status(house) != 403 ||
            !has(house->site.response.body, "\"path\": \"/account/confirm\""))
            fail_msg("%s is answered %d to a program", route->path, house_status(house));
    }
    house->site.now -= STEP_UP_WITHIN + MINUTES;
    assert_true(seen > 0);
}

/* ---- forms ---- */

static int sign_out_with(struct browser *browser, const char *name, const char *value,
                         const char *fields)
{
    house_send(house, browser,
               &(struct ask){ .method = "POST",
                              .path = "/account/sign-out",
                              .headers = { { "Content-Type", "application/x-www-form-urlencoded" },
                                           { "Accept", "application/json" },
                                           { name, value } },
                              .body = str_from_c(fields) });
    return house_status(house);
}

static void a_form_without_the_sessions_token_is_refused(void **state)
{
    (void)state;
    assert_int_equal(sign_out_with(&person, "Sec-Fetch-Site", "same-origin", ""), 403);
    check_has(house->site.response.body, "\"form-token\"");
    assert_int_equal(sign_out_with(&person, "Sec-Fetch-Site", "same-origin", "token=abc"), 403);
    house_get(house, &person, "/account/confirm");
    assert_int_equal(house_status(house), 200);
}

static void a_form_with_another_sessions_token_is_refused(void **state)
{
    struct browser other = { .network = { FAMILY_V4, { 192, 0, 2, 9 } } };
    struct str page;
    const char *at;

    (void)state;
    house_sign_in(house, house_account(house, "other@example.org"), true, &other);
    page = house_get(house, &other, "/account/confirm");
    at = memmem(page.p, page.n, "name=\"token\" value=\"", 20);
    assert_non_null(at);
    assert_int_equal(sign_out_with(&person, "Sec-Fetch-Site", "same-origin",
                                   str_format(&house->arena, "token=%.*s", 86, at + 20).p),
                     403);
    check_has(house->site.response.body, "\"form-token\"");
}

static void a_form_of_another_site_is_refused(void **state)
{
    (void)state;
    assert_int_equal(sign_out_with(&person, "Sec-Fetch-Site", "cross-site", ""), 403);
    check_has(house->site.response.body, "\"foreign-origin\"");
    assert_int_equal(sign_out_with(&person, "Origin", "https://elsewhere.example", ""), 403);
    check_has(house->site.response.body, "\"foreign-origin\"");
}

static void the_token_of_forms_is_another_one_in_each_page(void **state)
{
    struct str first = str_copy(&house->arena, house_get(house, &person, "/account/confirm"));
    struct str second = house_get(house, &person, "/account/confirm");

    (void)state;
    assert_int_equal(first.n, second.n);
    assert_false(str_eq(first, second));
}

/* ---- programs ---- */

static const enum permission scopes[] = { PERMISSION_HISTORY_SEE };

static void a_program_comes_in_by_its_token_and_by_no_cookie(void **state)
{
    struct account_id account;
    struct person_id owner = house_person(house, "Sample owner", "owner@example.org", &account);
    struct browser program = { .network = { FAMILY_V4, { 192, 0, 2, 8 } } };

    (void)state;
    program.token = house_token(house, owner, scopes, ARRAY_LEN(scopes));
    /* Known, and refused for what its scopes do not hold. */
    house_get_json(house, &program, "/account/confirm");
    assert_int_equal(house_status(house), 403);
    check_has(house->site.response.body, "\"not-permitted\"");
    /* The cookie of a session that comes along is not looked at. */
    house_sign_in(house, account, true, &program);
    house_get_json(house, &program, "/account/confirm");
    assert_int_equal(house_status(house), 403);
}

static void a_token_that_is_none_is_refused_and_not_taken_for_a_visitors(void **state)
{
    static const char *const tokens[] = { "", "assay_",
                                          "assay_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                                          "x y" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(tokens); i++) {
        struct browser program = { .token = tokens[i] };

        house_get_json(house, &program, "/account/sign-in");
        assert_int_equal(house_status(house), 401);
        check_has(house->site.response.body, "\"token-refused\"");
    }
}

static void no_program_gets_into_what_is_sensitive(void **state)
{
    struct person_id owner = house_person(house, "Sample two", "two@example.org", NULL);
    struct browser program = { .network = { FAMILY_V4, { 192, 0, 2, 8 } } };
    size_t seen = 0;

    (void)state;
    house_appoint(house, owner, APPOINTED_ADMINISTRATOR, SCOPE_ALL);
    program.token = house_token(house, owner, scopes, ARRAY_LEN(scopes));
    for (size_t i = 0; i < site_routes.count; i++) {
        const struct route *route = &site_routes.at[i];

        if (!permission_row((enum permission)route->permission)->sensitive)
            continue;
        seen++;
        send(&program, route, "application/json");
        if (house_status(house) != 403)
            fail_msg("%s is answered %d to a program", route->path, house_status(house));
    }
    assert_true(seen > 0);
}

/* ---- where to go on ---- */

static void only_paths_of_this_site_are_gone_on_to(void **state)
{
    static const char *const refused[] = {
        "https://elsewhere.example/", "//elsewhere.example/",   "/\\elsewhere.example/",
        "/%09/elsewhere.example/",    "javascript:alert(1)",    "standing",
        "/a%0d%0aSet-Cookie:+x=y",    "/%5Celsewhere.example/", "",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        struct str view = house_get_json(
            house, &visitor, str_format(&house->arena, "/account/sign-in?next=%s", refused[i]).p);

        if (!has(view, "\"next\": null"))
            fail_msg("next=%s is taken: %.*s", refused[i], STR_ARG(view));
    }
    check_has(house_get_json(house, &visitor, "/account/sign-in?next=/standing?on=1"),
              "\"next\": \"/standing?on=1\"");
}

static void each_notice_has_its_sentence_and_nothing_else_is_one(void **state)
{
    struct str_list names = notice_names(&house->arena);

    (void)state;
    for (size_t i = 0; i < names.count; i++) {
        struct str page = house_get(
            house, &visitor,
            str_format(&house->arena, "/account/sign-up?done=%.*s", STR_ARG(names.at[i])).p);
        const char *notice = memmem(page.p, page.n, "role=\"status\"", 13);

        if (!notice || !str_starts(str_trim((struct str){ notice + 14, 20 }), STR("<p>")))
            fail_msg("templates/part/notice.html has no sentence for %.*s", STR_ARG(names.at[i]));
    }
    assert_false(
        has(house_get(house, &visitor, "/account/sign-up?done=%3Cb%3E"), "role=\"status\""));
}

/* ---- the log ---- */

static void paths_that_are_secrets_do_not_stand_in_the_log(void **state)
{
    static const char *const secret[] = { "/account/link/abc", "/account/link/abc.json",
                                          "/account/link/abc/def" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(secret); i++) {
        const struct request request = { .method = STR("GET"), .path = str_from_c(secret[i]) };

        check_str(house->site.handler.logged_path(house->site.handler.context, &request),
                  "/account/link/{token}");
    }
    check_str(house->site.handler.logged_path(
                  house->site.handler.context,
                  &(struct request){ .method = STR("GET"), .path = STR("/bodies") }),
              "/bodies");
}

/* ---- without a database ---- */

static void without_a_database_there_are_public_pages_alone(void **state)
{
    struct site_fixture f;

    (void)state;
    fixture_begin(&f);
    fixture_get(&f, "/bodies");
    assert_int_equal(f.response.status, 200);
    fixture_get(&f, "/account/sign-in");
    assert_int_equal(f.response.status, 503);
    check_has(f.response.body, "<main");
    fixture_send(
        &f, &(struct ask){ .method = "POST",
                           .path = "/account/sign-up",
                           .headers = { { "Content-Type", "application/x-www-form-urlencoded" } },
                           .body = STR("address=a@example.org") });
    assert_int_equal(f.response.status, 503);
    assert_non_null(fixture_header(&f, "Retry-After").p);
    fixture_end(&f);
}

static int begin(void **state)
{
    if (engine_begin(state) != 0)
        return -1;
    engine_or_skip();
    house = house_open();
    house_dweller(house, DWELLER_VISITOR, &visitor);
    house_dweller(house, DWELLER_PERSON, &person);
    return 0;
}

static int end(void **state)
{
    house_close(house);
    return engine_end(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_visitor_is_sent_to_sign_in_and_comes_back),
        cmocka_unit_test(a_visitor_gets_into_no_route_that_is_not_for_everybody),
        cmocka_unit_test(a_program_is_told_where_to_sign_in),
        cmocka_unit_test(pages_for_everybody_set_no_cookie_and_know_nobody),
        cmocka_unit_test(the_forms_of_the_doors_set_no_cookie_before_somebody_asks),
        cmocka_unit_test(somebody_who_is_signed_in_comes_in_and_nothing_of_it_is_stored),
        cmocka_unit_test(a_session_that_ended_is_no_session_and_its_cookie_goes),
        cmocka_unit_test(a_session_that_was_used_is_written_down_at_the_end_at_the_latest),
        cmocka_unit_test(a_cookie_of_the_other_kind_of_site_is_not_looked_at),
        cmocka_unit_test(a_session_of_a_while_ago_shows_who_it_is_before_a_sensitive_act),
        cmocka_unit_test(a_form_without_the_sessions_token_is_refused),
        cmocka_unit_test(a_form_with_another_sessions_token_is_refused),
        cmocka_unit_test(a_form_of_another_site_is_refused),
        cmocka_unit_test(the_token_of_forms_is_another_one_in_each_page),
        cmocka_unit_test(a_program_comes_in_by_its_token_and_by_no_cookie),
        cmocka_unit_test(a_token_that_is_none_is_refused_and_not_taken_for_a_visitors),
        cmocka_unit_test(no_program_gets_into_what_is_sensitive),
        cmocka_unit_test(only_paths_of_this_site_are_gone_on_to),
        cmocka_unit_test(each_notice_has_its_sentence_and_nothing_else_is_one),
        cmocka_unit_test(paths_that_are_secrets_do_not_stand_in_the_log),
        cmocka_unit_test(without_a_database_there_are_public_pages_alone),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
