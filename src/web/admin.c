#include "web/admin.h"

#include "base/version.h"
#include "instance/work.h"
#include "web/access_log.h"
#include "web/health.h"
#include "web/process.h"

#define METRICS_MAX ((size_t)4 * 1024 * 1024)
#define GRACE_MS 1000

struct admin {
    struct admin_subject subject;
    struct server *server;
};

static void write_scheme(struct site *site, struct buf *out)
{
    struct scheme_snapshot *snapshot = site_scheme(site);
    const struct scheme *scheme = scheme_snapshot_scheme(snapshot);
    const struct library *library = scheme->library;
    size_t count;

    metrics_write_head(out, "assay_scheme_editions", "gauge",
                       "Editions of each document of the scheme.");
    for (size_t i = 0; i < library_count(library); i += count) {
        struct str name = library_at(library, i)->name;

        (void)library_editions(library, name, &count);
        buf_add_c(out, "assay_scheme_editions{");
        metrics_write_label(out, "scheme", scheme->id.text);
        buf_byte(out, ',');
        metrics_write_label(out, "document", name);
        buf_format(out, "} %zu\n", count);
    }
    scheme_snapshot_release(snapshot);
}

static void write_build(struct buf *out)
{
    metrics_write_head(out, "assay_build_info", "gauge", "What this program is; always 1.");
    buf_add_c(out, "assay_build_info{");
    metrics_write_label(out, "version", STR(ASSAY_VERSION));
    buf_byte(out, ',');
    metrics_write_label(out, "compiler", STR(ASSAY_COMPILER));
    buf_add_c(out, "} 1\n");
}

static bool database_answers(struct instance *instance)
{
    struct store_fault fault;

    return !failed(health_of(instance_readers(instance), &fault));
}

static void write_database(struct instance *instance, struct buf *out)
{
    struct writer_counts counts = writer_counts(instance_writer(instance));

    metrics_write_one(out, "assay_database_up", "gauge",
                      "1 while the database answers, 0 while it does not.",
                      database_answers(instance));
    metrics_write_one(out, "assay_writer_operations_total", "counter",
                      "Operations whose changes were kept.", counts.operations);
    metrics_write_one(out, "assay_writer_failures_total", "counter",
                      "Operations that were refused, or failed, and were undone.", counts.failures);
    metrics_write_one(out, "assay_writer_commits_total", "counter",
                      "Commits, which operations that wait at the same time share.",
                      counts.commits);
    metrics_write_one(out, "assay_writer_operations_waiting", "gauge",
                      "Operations that wait for the writer.", counts.waiting);
}

void admin_write_metrics(const struct admin_subject *subject, struct buf *out)
{
    struct server_load load = server_load(subject->server);

    metrics_write(subject->metrics, out);
    metrics_write_one(out, "assay_http_connections", "gauge", "Connections that are open.",
                      load.connections);
    metrics_write_one(out, "assay_http_requests_in_flight", "gauge",
                      "Requests that are not answered yet.", load.requests);
    metrics_write_one(out, "assay_http_requests_queued", "gauge",
                      "Requests that wait for a worker.", load.queued);
    if (subject->log)
        metrics_write_one(out, "assay_log_lines_lost_total", "counter",
                          "Lines of the access log that could not be written.",
                          atomic_load(&subject->log->lost));
    write_scheme(subject->site, out);
    write_database(subject->instance, out);
    if (subject->work)
        work_write_metrics(subject->work, out);
    write_build(out);
    process_write_metrics(subject->since, out);
}

static void answer_metrics(const struct admin_subject *subject, struct response *response)
{
    struct buf out;

    buf_init(&out, METRICS_MAX);
    admin_write_metrics(subject, &out);
    response_body(response, STR("text/plain; version=0.0.4; charset=utf-8"),
                  buf_take(&out, response->arena));
}

static void answer_health(const struct admin_subject *subject, struct response *response)
{
    bool well = database_answers(subject->instance);

    response->status = well ? 200 : 503;
    response_body(response, STR("application/json"),
                  well ? STR("{\"status\":\"ok\"}\n") : STR("{\"status\":\"no-database\"}\n"));
}

static void answer(void *context, const struct request *request, struct response *response)
{
    const struct admin *admin = context;
    bool reads = str_eq_c(request->method, "GET") || str_eq_c(request->method, "HEAD");

    response_header(response, STR("Cache-Control"), STR("no-store"));
    if (!reads) {
        response->status = 405;
        response_header(response, STR("Allow"), STR("GET, HEAD"));
    } else if (str_eq_c(request->path, "/metrics")) {
        answer_metrics(&admin->subject, response);
    } else if (str_eq_c(request->path, "/healthz")) {
        answer_health(&admin->subject, response);
    } else {
        response->status = 404;
        response_body(response, STR("text/plain; charset=utf-8"),
                      STR("There are /metrics and /healthz here.\n"));
    }
}

struct result admin_start(uint16_t port, const struct admin_subject *subject, struct admin **ret)
{
    const struct server_settings settings = {
        .port = port,
        .loops = 1,
        .workers = 1,
        .connections = 50,
    };
    struct admin *admin = memory_alloc(1, sizeof(*admin));
    const struct server_handler handler = { .context = admin, .answer = answer };
    struct result result;

    admin->subject = *subject;
    result = server_start(&settings, &handler, &admin->server);
    if (failed(result)) {
        memory_free(admin);
        return result;
    }
    *ret = admin;
    return OK;
}

uint16_t admin_port(const struct admin *admin)
{
    return server_port(admin->server);
}

void admin_stop(struct admin *admin)
{
    /* Its answers take no time, so that it stops; memory of one that does not is kept. */
    if (admin && server_stop(admin->server, GRACE_MS))
        memory_free(admin);
}
