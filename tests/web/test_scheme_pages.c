/*
 * What the pages of a scheme say, and what they refuse.
 */
#include <string.h>

#include "hash/sha256.h"
#include "site_fixture.h"
#include "json/read.h"

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

/* ---- asking ---- */

static void set_today(const char *date)
{
    assert_true(day_parse(str_from_c(date), &f.today));
}

static const struct value *view_of(const char *path, int status)
{
    const struct json_limits limits = { .bytes = 1 << 20, .depth = 50 };
    const struct ask ask = { .path = path, .headers = { { "Accept", "application/json" } } };
    struct json_fault fault;
    struct value *view;
    struct str json = fixture_send(&f, &ask);

    if (f.response.status != status)
        fail_msg("%s is answered %d:\n%.*s", path, f.response.status, STR_ARG(json));
    if (failed(json_read(&f.request, json, &limits, &fault, &view)))
        fail_msg("%s gives no JSON", path);
    return view;
}

/* A member, by names and numbers of items with '/' between: "editions/0/edition". */
static const struct value *at(const struct value *value, const char *place)
{
    struct str rest = str_from_c(place);

    while (rest.p) {
        struct str name;
        int64_t n;

        rest = str_split(rest, '/', &name);
        if (value->kind == VALUE_ARRAY) {
            assert_true(str_to_int(name, 0, (int64_t)value->count - 1, &n));
            value = value->items[n];
        } else {
            value = value_get(value, str_to_c(&f.request, name));
        }
        if (!value)
            fail_msg("there is no %s", place);
    }
    return value;
}

static void says(const struct value *view, const char *place, const char *text)
{
    const struct value *value = at(view, place);

    assert_int_equal(value->kind, VALUE_TEXT);
    check_str(value->text, text);
}

static void is_null(const struct value *view, const char *place)
{
    assert_int_equal(at(view, place)->kind, VALUE_NULL);
}

/* ---- what is refused ---- */

static void a_certification_that_does_not_exist_is_404_with_the_nearest(void **state)
{
    const struct value *view;

    (void)state;
    view = view_of("/certifications/imi-certified-mediater", 404);
    says(view, "near/0/path", "/certifications/imi-certified-mediator");
    says(view, "near/0/title", "IMI Certified Mediator");
    check_has(fixture_get(&f, "/certifications/imi-certified-mediater"),
              "Perhaps you look for <a href=\"/certifications/imi-certified-mediator\">");
    assert_int_equal(at(view_of("/certifications/zzz", 404), "near")->count, 0);
    view_of("/certifications/zzz/cases", 404);
    view_of("/certifications/zzz/compare", 404);
    view_of("/certifications/zzz/editions/1", 404);
    view_of("/certifications/zzz/editions/1/text", 404);
}

static void an_edition_that_does_not_exist_is_404(void **state)
{
    static const char *const paths[] = {
        "/certifications/young-mediator/editions/3",
        "/certifications/young-mediator/editions/1.0",
        "/certifications/young-mediator/editions/01",
        "/certifications/young-mediator/editions/x",
        "/certifications/young-mediator/editions/3/text",
        "/certifications/young-mediator/editions/3/rule",
        "/certifications/young-mediator/compare?from=1&to=3",
        "/certifications/young-mediator/compare?from=x",
        "/certifications/imi-trainer/compare?to=9",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        const struct value *view = view_of(paths[i], 404);

        assert_int_equal(at(view, "near")->count, 1);
    }
    says(view_of(paths[0], 404), "near/0/path", "/certifications/young-mediator");
}

static void an_edition_is_not_compared_with_itself(void **state)
{
    (void)state;
    says(view_of("/certifications/young-mediator/compare?from=2&to=2", 400), "name",
         "same-edition");
    says(view_of("/certifications/young-mediator/compare?from=2", 400), "near/0/path",
         "/certifications/young-mediator/compare");
}

static void bodies_and_texts_that_do_not_exist_are_404(void **state)
{
    (void)state;
    says(view_of("/bodies/appraisal-comittee", 404), "near/0/path", "/bodies/appraisal-committee");
    view_of("/about/nothing", 404);
}

/* ---- days ---- */

static void applications_close_on_their_day(void **state)
{
    (void)state;
    set_today("2018-12-30");
    says(view_of("/certifications/young-mediation-advocate", 200), "applications/state", "open");
    set_today("2018-12-31");
    says(view_of("/certifications/young-mediation-advocate", 200), "applications/state", "closed");
    says(view_of("/certifications/young-mediation-advocate", 200), "applications/until",
         "2018-12-30");
    check_has(fixture_get(&f, "/certifications/young-mediation-advocate"),
              "the last day was <time datetime=\"2018-12-30\">30 December 2018</time>");
    set_today(TODAY);
}

static void the_edition_of_the_day_is_shown(void **state)
{
    const struct value *view;

    (void)state;
    set_today("2022-02-28");
    view = view_of("/certifications/young-mediator", 200);
    says(view, "edition/edition", "1");
    says(view, "edition/state", "in-force");
    is_null(view, "edition/in_force_from");
    says(view, "edition/in_force_until", "2022-02-28");
    says(view, "editions/0/edition/state", "coming");
    check_has(fixture_get(&f, "/certifications/young-mediator/editions/2"),
              "It comes into force on <time datetime=\"2022-03-01\">1 March 2022</time>.");
    set_today("2022-03-01");
    view = view_of("/certifications/young-mediator", 200);
    says(view, "edition/edition", "2");
    says(view, "editions/1/edition/state", "superseded");
    check_has(fixture_get(&f, "/certifications/young-mediator/editions/1"),
              "<a href=\"/certifications/young-mediator\">See edition 2, which is in force today");
    set_today(TODAY);
}

static void a_name_may_hold_a_dot(void **state)
{
    (void)state;
    check_has(fixture_get(&f, "/certifications/imi-certified-mediator.renewal.json"),
              "\"ending\": \"renewal\"");
    says(view_of("/certifications/imi-certified-mediator.renewal", 200), "of/name",
         "imi-certified-mediator");
    says(view_of("/certifications/imi-certified-mediator", 200), "beside/0/name",
         "imi-certified-mediator.renewal");
}

/* ---- what can be checked ---- */

static void check_hash(const char *path, const char *place)
{
    struct arena arena;
    char hex[SHA256_HEX_SIZE];
    struct str hash;

    arena_init(&arena, ARENA_UNLIMITED);
    hash = str_copy(&arena,
                    at(view_of("/certifications/young-mediator/editions/1", 200), place)->text);
    check_str(hash, sha256_hex(sha256(fixture_get(&f, path)), hex));
    assert_int_equal(f.response.status, 200);
    arena_release(&arena);
}

static void the_hashes_are_those_of_what_is_served(void **state)
{
    (void)state;
    check_hash("/certifications/young-mediator/editions/1/text", "text_hash");
    check_str(fixture_type(&f), "text/plain; charset=utf-8");
    check_hash("/certifications/young-mediator/editions/1/rule", "rule_hash");
    check_str(fixture_type(&f), "application/json");
}

static void wording_and_reading_stand_apart(void **state)
{
    struct str page;

    (void)state;
    page = fixture_get(&f, "/certifications/imi-certified-mediator");
    check_has(page, "<blockquote lang=\"en\"><p>At least 20 mediations, or at least 200 hours of "
                    "mediation.</p></blockquote>");
    check_has(page, "<b>How this is checked:</b> <span lang=\"en\">at least 20 mediations as "
                    "mediator, or at least "
                    "200 hours of mediation as mediator.");
}

static void editions_are_compared_both_ways(void **state)
{
    (void)state;
    says(view_of("/certifications/young-mediator/compare?from=1&to=2", 200),
         "difference/requirements/2/presence", "removed");
    says(view_of("/certifications/young-mediator/compare?from=1&to=2", 200),
         "difference/requirements/2/change", "looser");
    says(view_of("/certifications/young-mediator/compare?from=2&to=1", 200),
         "difference/requirements/0/change", "tighter");
    is_null(view_of("/certifications/imi-trainer/compare", 200), "difference");
}

static void cases_are_run_for_the_page(void **state)
{
    const struct value *view;

    (void)state;
    view = view_of("/certifications/imi-certified-mediator/cases", 200);
    assert_in_range(at(view, "cases")->count, 5, 1000);
    for (size_t i = 0; i < at(view, "cases")->count; i++)
        says(at(view, "cases")->items[i], "outcome", "as-expected");
    says(view, "cases/0/title", "certified-exactly-twenty");
    says(view, "cases/0/given/1", "20 x mediation 2023-05-10 hours=3 role=mediator");
    says(view, "cases/0/expected/0", "expect decide eligible preview eligible");
    is_null(view, "cases/0/edition");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_certification_that_does_not_exist_is_404_with_the_nearest),
        cmocka_unit_test(an_edition_that_does_not_exist_is_404),
        cmocka_unit_test(an_edition_is_not_compared_with_itself),
        cmocka_unit_test(bodies_and_texts_that_do_not_exist_are_404),
        cmocka_unit_test(applications_close_on_their_day),
        cmocka_unit_test(the_edition_of_the_day_is_shown),
        cmocka_unit_test(a_name_may_hold_a_dot),
        cmocka_unit_test(the_hashes_are_those_of_what_is_served),
        cmocka_unit_test(wording_and_reading_stand_apart),
        cmocka_unit_test(editions_are_compared_both_ways),
        cmocka_unit_test(cases_are_run_for_the_page),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
