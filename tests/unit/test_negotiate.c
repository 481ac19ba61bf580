#include "http/negotiate.h"

#include "base/attr.h"

#include "unit.h"

#define BROWSER "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

static void the_most_exact_range_counts(void **state)
{
    (void)state;
    assert_int_equal(accept_quality(STR_NONE, STR("text/html")), 1000);
    assert_int_equal(accept_quality(STR(""), STR("text/html")), 1000);
    assert_int_equal(accept_quality(STR(BROWSER), STR("text/html")), 1000);
    assert_int_equal(accept_quality(STR(BROWSER), STR("application/json")), 800);
    assert_int_equal(accept_quality(STR("*/*, text/*;q=0.5, text/html;q=0"), STR("text/html")), 0);
    assert_int_equal(accept_quality(STR("*/*, text/*;q=0.5"), STR("Text/HTML")), 500);
    assert_int_equal(accept_quality(STR("image/png"), STR("text/html")), 0);
}

static void odd_elements_are_passed_over(void **state)
{
    static const char *const odd[] = {
        "text/html;q=2",  "text/html;q=",      "text/html;q=0.1234", "text/html;q=1.001",
        "text/html;q=-1", "text/html;q=.5",    "text/html;q=0,5",    ";q=1",
        "text/*x",        "text/html;level=1", "text/html;q=1x",     "text",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        if (accept_quality(str_from_c(odd[i]), STR("text/html")) != 0)
            fail_msg("%s was understood", odd[i]);
    }
    assert_int_equal(accept_quality(STR("text/html;q=7, */*;q=0.123"), STR("text/html")), 123);
}

static void chooses_the_best_liked_offer(void **state)
{
    const struct str offers[] = { STR("text/html"), STR("application/json") };

    (void)state;
    assert_int_equal(accept_choose(STR_NONE, offers, 2), 0);
    assert_int_equal(accept_choose(STR("*/*"), offers, 2), 0);
    assert_int_equal(accept_choose(STR(BROWSER), offers, 2), 0);
    assert_int_equal(accept_choose(STR("application/json"), offers, 2), 1);
    assert_int_equal(accept_choose(STR("text/html;q=0.4, application/*;q=0.5"), offers, 2), 1);
    assert_int_equal(accept_choose(STR("image/png"), offers, 2), 2);
}

static void chooses_an_encoding(void **state)
{
    static const struct {
        const char *header;
        bool gzip, brotli;
        enum encoding chosen;
    } rows[] = {
        { "", true, true, ENCODING_IDENTITY },
        { "gzip, deflate, br", true, true, ENCODING_BROTLI },
        { "gzip, deflate, br", true, false, ENCODING_GZIP },
        { "gzip, deflate, br", false, false, ENCODING_IDENTITY },
        { "gzip;q=0.9, br;q=0.5", true, true, ENCODING_GZIP },
        { "br;q=0, gzip;q=0.000", true, true, ENCODING_IDENTITY },
        { "*", true, true, ENCODING_BROTLI },
        { "br;q=0, *", true, true, ENCODING_GZIP },
        { "identity", true, true, ENCODING_IDENTITY },
        { "GZIP", true, true, ENCODING_GZIP },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (encoding_choose(str_from_c(rows[i].header), rows[i].gzip, rows[i].brotli) !=
            rows[i].chosen)
            fail_msg("row %zu: %s", i, rows[i].header);
    }
}

static void entity_tags_are_compared(void **state)
{
    (void)state;
    assert_true(etag_listed(STR("\"a\""), STR("\"a\"")));
    assert_true(etag_listed(STR("\"x\", W/\"a\""), STR("\"a\"")));
    assert_true(etag_listed(STR("\"a,b\""), STR("W/\"a,b\"")));
    assert_true(etag_listed(STR(" * "), STR("\"a\"")));
    assert_false(etag_listed(STR_NONE, STR("\"a\"")));
    assert_false(etag_listed(STR("a"), STR("\"a\"")));
    assert_false(etag_listed(STR("\"b\""), STR("\"a\"")));
    assert_false(etag_listed(STR("\"a"), STR("\"a")));
    assert_false(is_etag(STR("\"")));
    assert_false(is_etag(STR("\"a b\"")));
    assert_false(is_etag(STR("\"a\"\"")));
    assert_true(is_etag(STR("\"\"")));
}

static void writes_dates(void **state)
{
    char out[HTTP_DATE_SIZE];

    (void)state;
    assert_string_equal(http_date(784111777, out), "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_string_equal(http_date(0, out), "Thu, 01 Jan 1970 00:00:00 GMT");
    assert_string_equal(http_date(1709251199, out), "Thu, 29 Feb 2024 23:59:59 GMT");
    assert_string_equal(http_date(253402300799, out), "Fri, 31 Dec 9999 23:59:59 GMT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_exact_range_counts),
        cmocka_unit_test(odd_elements_are_passed_over),
        cmocka_unit_test(chooses_the_best_liked_offer),
        cmocka_unit_test(chooses_an_encoding),
        cmocka_unit_test(entity_tags_are_compared),
        cmocka_unit_test(writes_dates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
