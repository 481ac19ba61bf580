#include "http/metrics.h"

#include "base/attr.h"
#include "http/error.h"

#define US_PER_SECOND 1000000

static const struct {
    int64_t us;
    const char *text; /* in seconds */
} bounds[METRICS_BUCKETS - 1] = {
    { 500, "0.0005" },  { 1000, "0.001" },  { 2500, "0.0025" }, { 5000, "0.005" },
    { 10000, "0.01" },  { 25000, "0.025" }, { 50000, "0.05" },  { 100000, "0.1" },
    { 250000, "0.25" }, { 1000000, "1" },   { 2500000, "2.5" }, { 10000000, "10" },
};

static const char *const method_names[METRICS_METHODS] = { "GET", "HEAD", "POST", "other" };

static void add(atomic_ullong *counter, uint64_t n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

static uint64_t read(atomic_ullong *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

static enum metrics_method method_of(struct str method)
{
    for (int i = 0; i < METRICS_OTHER; i++) {
        if (str_eq_c(method, method_names[i]))
            return (enum metrics_method)i;
    }
    return METRICS_OTHER;
}

static size_t bucket_of(int64_t us)
{
    size_t i = 0;

    while (i < ARRAY_LEN(bounds) && us > bounds[i].us)
        i++;
    return i;
}

void metrics_count_answer(struct metrics *metrics, const struct metrics_answer *answer)
{
    int64_t us = answer->us > 0 ? answer->us : 0;

    BUG_IF(answer->status < 0 || answer->status >= METRICS_STATUSES);
    if (!answer->whole)
        add(&metrics->broken, 1);
    if (answer->status == 0)
        return;
    add(&metrics->answers[method_of(answer->method)][answer->status], 1);
    add(&metrics->durations[bucket_of(us)], 1);
    add(&metrics->duration_us, (uint64_t)us);
    add(&metrics->bytes_in, answer->bytes_in);
    if (answer->whole)
        add(&metrics->bytes_out, answer->bytes_out);
}

void metrics_count_refusal(struct metrics *metrics, int status)
{
    BUG_IF(status < 0 || status >= METRICS_STATUSES);
    add(&metrics->refusals[status], 1);
}

void metrics_write_head(struct buf *out, const char *name, const char *type, const char *help)
{
    buf_format(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

void metrics_write_one(struct buf *out, const char *name, const char *type, const char *help,
                       uint64_t value)
{
    metrics_write_head(out, name, type, help);
    buf_format(out, "%s %llu\n", name, (unsigned long long)value);
}

void metrics_write_label(struct buf *out, const char *name, struct str text)
{
    buf_format(out, "%s=\"", name);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n')
            buf_add_c(out, "\\n");
        else if (text.p[i] == '"' || text.p[i] == '\\')
            buf_format(out, "\\%c", text.p[i]);
        else
            buf_byte(out, text.p[i]);
    }
    buf_byte(out, '"');
}

static void write_answers(struct metrics *metrics, struct buf *out)
{
    metrics_write_head(out, "assay_http_requests_total", "counter",
                       "Requests that were answered, by method and status.");
    for (int method = 0; method < METRICS_METHODS; method++) {
        for (int status = 0; status < METRICS_STATUSES; status++) {
            uint64_t count = read(&metrics->answers[method][status]);

            if (count > 0)
                buf_format(out, "assay_http_requests_total{method=\"%s\",code=\"%d\"} %llu\n",
                           method_names[method], status, (unsigned long long)count);
        }
    }
}

static void write_refusals(struct metrics *metrics, struct buf *out)
{
    metrics_write_head(out, "assay_http_refused_total", "counter",
                       "Requests that the server itself refused, by reason.");
    for (int status = 0; status < METRICS_STATUSES; status++) {
        uint64_t count = read(&metrics->refusals[status]);

        if (count > 0)
            buf_format(out, "assay_http_refused_total{reason=\"%s\"} %llu\n",
                       http_error(status)->name, (unsigned long long)count);
    }
}

static void write_durations(struct metrics *metrics, struct buf *out)
{
    const char *name = "assay_http_request_duration_seconds";
    uint64_t us = read(&metrics->duration_us);
    uint64_t count = 0;

    metrics_write_head(out, name, "histogram",
                       "From the end of a request's head to the end of its answer.");
    for (size_t i = 0; i < METRICS_BUCKETS; i++) {
        count += read(&metrics->durations[i]);
        buf_format(out, "%s_bucket{le=\"%s\"} %llu\n", name,
                   i < ARRAY_LEN(bounds) ? bounds[i].text : "+Inf", (unsigned long long)count);
    }
    buf_format(out, "%s_sum %llu.%06llu\n%s_count %llu\n", name,
               (unsigned long long)(us / US_PER_SECOND), (unsigned long long)(us % US_PER_SECOND),
               name, (unsigned long long)count);
}

void metrics_write(struct metrics *metrics, struct buf *out)
{
    write_answers(metrics, out);
    write_refusals(metrics, out);
    write_durations(metrics, out);
    metrics_write_one(out, "assay_http_request_bytes_total", "counter",
                      "Bytes of the bodies of requests.", read(&metrics->bytes_in));
    metrics_write_one(out, "assay_http_response_bytes_total", "counter",
                      "Bytes of the bodies of answers that were sent whole.",
                      read(&metrics->bytes_out));
    metrics_write_one(out, "assay_http_broken_total", "counter",
                      "Answers that were not sent whole.", read(&metrics->broken));
    metrics_write_one(out, "assay_http_connections_total", "counter",
                      "Connections that were opened.", read(&metrics->connections));
    metrics_write_one(out, "assay_http_connections_dropped_total", "counter",
                      "Connections that were closed without a word: too many of one client.",
                      read(&metrics->connections_dropped));
}
