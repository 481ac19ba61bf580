/*
 * metrics.h - what a server has done, counted, and the text in which Prometheus reads numbers
 * (its exposition format, version 0.0.4).
 *
 * Counters are atomic and only grow: several threads add to them, and nobody waits for anybody.
 * A text that is written meanwhile may have counted one request here and not yet there.
 */
#ifndef ASSAY_HTTP_METRICS_H
#define ASSAY_HTTP_METRICS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

#define METRICS_STATUSES 600 /* of answers: 100 to 599 */
#define METRICS_BUCKETS 13   /* of durations, the last one without an end */

enum metrics_method { METRICS_GET, METRICS_HEAD, METRICS_POST, METRICS_OTHER, METRICS_METHODS };

/* All 0 at first. */
struct metrics {
    atomic_ullong answers[METRICS_METHODS][METRICS_STATUSES];
    atomic_ullong refusals[METRICS_STATUSES]; /* answered by the server, not by its handler */
    atomic_ullong durations[METRICS_BUCKETS]; /* each alone, not added up */
    atomic_ullong duration_us;                /* of all together */
    atomic_ullong bytes_in;                   /* of bodies */
    atomic_ullong bytes_out;
    atomic_ullong connections;
    atomic_ullong connections_dropped; /* closed without a word */
    atomic_ullong broken;              /* answers that were not sent whole */
};

/* An answer has left, or its connection has ended before. */
struct metrics_answer {
    struct str method; /* STR_NONE where it was not read */
    int status;        /* 0: the connection ended before there was an answer */
    size_t bytes_in;
    size_t bytes_out;
    int64_t us; /* from the end of the head to the end of the answer */
    bool whole;
};
void metrics_count_answer(struct metrics *metrics, const struct metrics_answer *answer);

/* The server refuses by itself to do what was asked, with this status of error.h. */
void metrics_count_refusal(struct metrics *metrics, int status);

void metrics_write(struct metrics *metrics, struct buf *out);

/* The two lines that come before the numbers of one name. Type: counter, gauge or histogram. */
void metrics_write_head(struct buf *out, const char *name, const char *type, const char *help);

/* A name without labels, with its head. */
void metrics_write_one(struct buf *out, const char *name, const char *type, const char *help,
                       uint64_t value);

/* A label: NAME="TEXT", with what stands in the text escaped. */
void metrics_write_label(struct buf *out, const char *name, struct str text);

#endif
