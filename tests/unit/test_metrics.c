#include "http/metrics.h"

#include "unit.h"

#define TEXT_MAX ((size_t)64 * 1024)

static struct metrics_answer answered(const char *method, int status, int64_t us)
{
    return (struct metrics_answer){
        .method = str_from_c(method),
        .status = status,
        .bytes_in = 3,
        .bytes_out = 100,
        .us = us,
        .whole = true,
    };
}

static void count(struct metrics *metrics, struct metrics_answer answer)
{
    metrics_count_answer(metrics, &answer);
}

/* Whether the text has that line, whole. */
static bool has_line(struct str text, const char *line)
{
    while (text.p) {
        struct str first;

        text = str_split(text, '\n', &first);
        if (str_eq_c(first, line))
            return true;
    }
    return false;
}

static void expect_lines(struct metrics *metrics, const char *const *lines, size_t n)
{
    struct buf out;

    buf_init(&out, TEXT_MAX);
    metrics_write(metrics, &out);
    assert_false(out.overflow);
    for (size_t i = 0; i < n; i++) {
        if (!has_line(buf_str(&out), lines[i]))
            fail_msg("no line '%s' in\n%.*s", lines[i], STR_ARG(buf_str(&out)));
    }
    buf_release(&out);
}

static void counts_answers_by_method_and_status(void **state)
{
    static const char *const lines[] = {
        "assay_http_requests_total{method=\"GET\",code=\"200\"} 2",
        "assay_http_requests_total{method=\"POST\",code=\"413\"} 1",
        "assay_http_requests_total{method=\"other\",code=\"400\"} 2",
        "assay_http_request_bytes_total 15",
        "assay_http_response_bytes_total 400",
        "assay_http_broken_total 2",
    };
    static struct metrics metrics;
    struct metrics_answer broken = answered(NULL, 400, 5);

    (void)state;
    count(&metrics, answered("GET", 200, 5));
    count(&metrics, answered("GET", 200, 5));
    count(&metrics, answered("POST", 413, 5));
    count(&metrics, answered("BREW", 400, 5));
    broken.whole = false;
    count(&metrics, broken);
    broken.status = 0;
    count(&metrics, broken);
    expect_lines(&metrics, lines, ARRAY_LEN(lines));
}

static void buckets_hold_what_took_as_long_or_less(void **state)
{
    static const char *const lines[] = {
        "# TYPE assay_http_request_duration_seconds histogram",
        "assay_http_request_duration_seconds_bucket{le=\"0.0005\"} 2",
        "assay_http_request_duration_seconds_bucket{le=\"0.001\"} 3",
        "assay_http_request_duration_seconds_bucket{le=\"1\"} 3",
        "assay_http_request_duration_seconds_bucket{le=\"10\"} 4",
        "assay_http_request_duration_seconds_bucket{le=\"+Inf\"} 5",
        "assay_http_request_duration_seconds_sum 30.001001",
        "assay_http_request_duration_seconds_count 5",
    };
    static struct metrics metrics;

    (void)state;
    count(&metrics, answered("GET", 200, -7));
    count(&metrics, answered("GET", 200, 500));
    count(&metrics, answered("GET", 200, 501));
    count(&metrics, answered("GET", 200, 10000000));
    count(&metrics, answered("GET", 200, 20000000));
    expect_lines(&metrics, lines, ARRAY_LEN(lines));
}

static void names_the_reasons_of_refusals(void **state)
{
    static const char *const lines[] = {
        "assay_http_refused_total{reason=\"bad-request\"} 1",
        "assay_http_refused_total{reason=\"busy\"} 2",
    };
    static struct metrics metrics;

    (void)state;
    metrics_count_refusal(&metrics, 503);
    metrics_count_refusal(&metrics, 400);
    metrics_count_refusal(&metrics, 503);
    expect_lines(&metrics, lines, ARRAY_LEN(lines));
}

static void labels_are_escaped(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, TEXT_MAX);
    metrics_write_label(&out, "title", STR("a \"b\"\\\nc"));
    assert_true(str_eq_c(buf_str(&out), "title=\"a \\\"b\\\"\\\\\\nc\""));
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_answers_by_method_and_status),
        cmocka_unit_test(buckets_hold_what_took_as_long_or_less),
        cmocka_unit_test(names_the_reasons_of_refusals),
        cmocka_unit_test(labels_are_escaped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
