/*
 * admin.h - a second, small server for those who watch over the installation: its numbers at
 * /metrics, for Prometheus, and /healthz. It listens at 127.0.0.1 alone.
 */
#ifndef ASSAY_WEB_ADMIN_H
#define ASSAY_WEB_ADMIN_H

#include <stdint.h>

#include "base/buf.h"
#include "http/metrics.h"
#include "http/server.h"
#include "instance/instance.h"
#include "web/site.h"

struct access_log;
struct work;

/* What it tells about. All of it outlives the admin server. */
struct admin_subject {
    struct server *server;
    struct metrics *metrics;
    struct site *site;
    struct instance *instance;
    struct work *work;      /* NULL: none is done */
    struct access_log *log; /* NULL: there is none */
    int64_t since;          /* when the program began, in seconds since 1970 */
};

struct admin;

/* HTTP_CANNOT_SERVE, with errno. */
RESULT admin_start(uint16_t port, const struct admin_subject *subject, struct admin **ret);
uint16_t admin_port(const struct admin *admin);
void admin_stop(struct admin *admin); /* NULL: does nothing */

/* The text of /metrics. */
void admin_write_metrics(const struct admin_subject *subject, struct buf *out);

#endif
