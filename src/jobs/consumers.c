#include <string.h>

#include "jobs/backoff.h"
#include "jobs/parts.h"

#define PAGES_MAX 20 /* of one consumer, before it is the next one's turn */

/* One page of one consumer, within a transaction. */
struct page {
    struct jobs *jobs;
    const struct consumer *consumer;
    int64_t now;
    /* What was found. */
    int64_t position;
    int64_t next_at;
    int64_t failures;
    int64_t head;
    bool moved;
};

static struct result load(struct store *store, struct page *page)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(store,
                    "SELECT c.position, c.next_at, c.failures,"
                    " (SELECT coalesce(max(j.position), 0) FROM journal AS j)"
                    " FROM consumer AS c WHERE c.name = $1",
                    PARAMS(datum_text(str_from_c(page->consumer->name))), &query));
    if (query_next(&query)) {
        page->position = query_int(&query, 0);
        page->next_at = query_int(&query, 1);
        page->failures = query_int(&query, 2);
        page->head = query_int(&query, 3);
    }
    return query_end(&query);
}

static struct result take_page(struct store *store, void *context)
{
    struct page *page = context;
    const struct consumer *consumer = page->consumer;
    struct job_call *call = ARENA_NEW(&page->jobs->arena, struct job_call);
    int64_t to;

    TRY(load(store, page));
    if (page->position >= page->head || page->next_at > page->now)
        return OK;
    to = page->head - page->position > consumer->page ? page->position + consumer->page
                                                      : page->head;
    *call = (struct job_call){
        .store = store,
        .arena = &page->jobs->arena,
        .act = {
            .now = page->now,
            .actor = ACTOR_SYSTEM,
            .authority = str_format(&page->jobs->arena, "consumer %s", consumer->name),
        },
        .context = consumer->context,
    };
    TRY(consumer->take(call, page->position, to));
    TRY(store_run(
        store,
        "UPDATE consumer SET position = $2, moved_at = $3, next_at = 0, failures = 0,"
        " failure = NULL WHERE name = $1",
        PARAMS(datum_text(str_from_c(consumer->name)), datum_int(to), datum_int(page->now))));
    page->position = to;
    page->failures = 0;
    page->moved = true;
    return OK;
}

/* ---- failures ---- */

struct consumer_failure {
    const char *name;
    struct str text;
    int64_t next_at;
};

static struct result note_failure(struct store *store, void *context)
{
    const struct consumer_failure *failure = context;

    return store_run(store,
                     "UPDATE consumer SET failures = failures + 1, failure = $2, next_at = $3"
                     " WHERE name = $1",
                     PARAMS(datum_text(str_from_c(failure->name)), datum_text(failure->text),
                            datum_int(failure->next_at)));
}

static struct result after_failure(struct page *page, struct result result,
                                   const struct store_fault *fault)
{
    struct jobs *jobs = page->jobs;
    struct consumer_failure failure = { .name = page->consumer->name };

    if (is_of_database(result))
        return result;
    failure.text = failure_text(&jobs->arena, result, fault);
    failure.next_at = page->now + backoff(++page->failures, 0);
    page->next_at = failure.next_at;
    return jobs_perform(jobs, note_failure, &failure, NULL);
}

/* ---- a turn ---- */

static struct result take(struct jobs *jobs, size_t i, int64_t now, bool *ret_moved, bool *ret_more,
                          int64_t *ret_next)
{
    struct page page = { .jobs = jobs, .consumer = &jobs->settings.consumers[i], .now = now };

    for (int pages = 0; pages < PAGES_MAX; pages++) {
        struct store_fault fault = { 0 };
        struct result result;

        page.moved = false;
        arena_clear(&jobs->arena);
        result = perform(jobs, take_page, &page, &jobs->arena, &fault);
        if (failed(result))
            TRY(after_failure(&page, result, &fault));
        jobs->standings[i].lag = page.head - page.position;
        jobs->standings[i].failures = page.failures;
        *ret_moved = *ret_moved || page.moved;
        if (page.failures > 0 && page.next_at < *ret_next)
            *ret_next = page.next_at;
        if (!page.moved)
            return OK;
    }
    *ret_more = true;
    return OK;
}

struct result consumers_turn(struct jobs *jobs, int64_t now, bool *ret_moved, bool *ret_more,
                             int64_t *ret_next)
{
    for (size_t i = 0; i < jobs->settings.consumer_count; i++)
        TRY(take(jobs, i, now, ret_moved, ret_more, ret_next));
    return OK;
}
