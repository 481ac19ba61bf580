/* What jobs.h promises of consumers and timers, on both engines. */
#include "jobs/jobs.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "engine.h"
#include "register/journal.h"
#include "register/timer.h"
#include "store/installation.h"

#define MINUTES INT64_C(60000000)
#define DAYS (1440 * MINUTES)

static const struct error BROKEN = { "broken", 500, EXIT_SYSTEM, "the consumer is broken" };

/* cmocka has a fail() of its own. */
static struct result broken(void)
{
    return (struct result){ &BROKEN };
}

/* What jobs did, in tables of the test's own, so that it is undone with what fails. */
static const char tables[] = "CREATE TABLE taken (consumer TEXT, \"from\" BIGINT, \"to\" BIGINT);"
                             "CREATE TABLE ran (kind TEXT, subject BIGINT, due BIGINT, at BIGINT);";

struct bench {
    const char *database;
    struct store *reader;
    struct writer *writer;
    struct jobs *jobs;
    int broken;       /* times that the consumer "first" will yet fail */
    bool full;        /* the next timer fails after it has written */
    int more;         /* times that a timer has more to do */
    bool sets_timer;  /* the consumer "first" sets a timer for the instant at which it runs */
    int64_t turned;   /* runs of the errand */
    int64_t due_next; /* what the last turn said */
};

static struct bench bench;

static struct result note_taken(const struct job_call *call, const char *name, int64_t from,
                                int64_t to)
{
    return store_run(call->store, "INSERT INTO taken VALUES ($1, $2, $3)",
                     PARAMS(datum_text(str_from_c(name)), datum_int(from), datum_int(to)));
}

static struct result take_first(const struct job_call *call, int64_t from, int64_t to)
{
    TRY(note_taken(call, "first", from, to));
    if (bench.sets_timer)
        TRY(timer_set(call->store, "reminder", to, call->act.now));
    return bench.broken > 0 && bench.broken-- ? broken() : OK;
}

static struct result take_second(const struct job_call *call, int64_t from, int64_t to)
{
    check_str(call->act.authority, "consumer second");
    return note_taken(call, "second", from, to);
}

static struct result run_timer(const struct job_call *call, int64_t subject, int64_t due,
                               bool *ret_more)
{
    TRY(store_run(call->store, "INSERT INTO ran VALUES ($1, $2, $3, $4)",
                  PARAMS(datum_text(call->act.authority), datum_int(subject), datum_int(due),
                         datum_int(call->act.now))));
    *ret_more = bench.more > 0 && bench.more--;
    if (bench.full) {
        bench.full = false;
        return broken();
    }
    return OK;
}

static struct result look(struct store *store, void *context)
{
    (void)context;
    return store_run(store, "DELETE FROM taken WHERE consumer = 'nobody'", NO_PARAMS);
}

static struct result run_errand(struct jobs *jobs, int64_t now, void *context, int64_t *ret_next)
{
    TRY(jobs_perform(jobs, look, NULL, NULL));
    (void)now;
    (void)context;
    bench.turned++;
    *ret_next = INT64_MAX;
    return OK;
}

static const struct consumer consumers[] = {
    { "first", 3, take_first, NULL },
    { "second", 100, take_second, NULL },
};
static const struct timer_kind timers[] = {
    { "reminder", TIMER_ONCE, 0, 0, run_timer, NULL },
    { "hourly", TIMER_EVERY, 60 * MINUTES, 0, run_timer, NULL },
    { "daily", TIMER_DAILY, 0, 5, run_timer, NULL },
};
static const struct errand errands[] = { { "errand", run_errand, NULL } };

static struct result append(struct store *store, void *context)
{
    const int *times = context;
    const struct act act = { .now = NOW, .actor = ACTOR_SYSTEM, .authority = STR("test") };
    struct arena arena;
    struct result result = OK;

    arena_init(&arena, 1 << 20);
    for (int i = 0; i < *times && !failed(result); i++)
        result = journal_append(store, &arena, &act, "tested", (struct journal_subject){ NULL, 0 },
                                NULL, NULL);
    arena_release(&arena);
    return result;
}

static void append_entries(int times)
{
    check_ok(bench.reader, writer_perform(bench.writer, append, &times, NULL, NULL));
}

static int64_t clock_now(void *context)
{
    (void)context;
    return NOW;
}

static void open_jobs(size_t timer_count)
{
    const struct jobs_settings settings = {
        .writer = bench.writer,
        .now = clock_now,
        .consumers = consumers,
        .consumer_count = ARRAY_LEN(consumers),
        .timers = timers,
        .timer_count = timer_count,
        .errands = errands,
        .errand_count = ARRAY_LEN(errands),
    };

    bench.jobs = jobs_new(&settings);
}

static void begin(size_t timer_count)
{
    struct store *store;
    char id[INSTALLATION_ID_SIZE];

    bench = (struct bench){ .database = engine_database() };
    store = engine_open_migrated(bench.database);
    check_ok(store, store_script(store, tables));
    check_ok(store, installation_ensure(store, NOW, "test", id));
    bench.reader = engine_open(bench.database, STORE_READ);
    bench.writer = writer_new(store, 100);
    assert_non_null(bench.writer);
    open_jobs(timer_count);
}

static void end(void)
{
    jobs_free(bench.jobs);
    writer_free(bench.writer);
    store_close(bench.reader);
}

/* The process ends and another begins. */
static void restart(size_t timer_count)
{
    jobs_free(bench.jobs);
    open_jobs(timer_count);
}

static void turn(int64_t now)
{
    check_ok(bench.reader, jobs_turn(bench.jobs, now, &bench.due_next));
}

static int64_t number(const char *sql)
{
    int64_t n;

    check_ok(bench.reader, store_begin(bench.reader));
    n = ask(bench.reader, sql);
    store_rollback(bench.reader);
    return n;
}

static struct result set(struct store *store, void *context)
{
    const int64_t *timer = context;

    return timer_set(store, "reminder", timer[0], timer[1]);
}

static void set_reminder(int64_t subject, int64_t at)
{
    int64_t timer[] = { subject, at };

    check_ok(bench.reader, writer_perform(bench.writer, set, timer, NULL, NULL));
}

/* ---- consumers ---- */

static void entries_are_taken_in_pages_and_once(void **state)
{
    (void)state;
    begin(1);
    append_entries(7);
    turn(NOW);
    assert_int_equal(number("SELECT count(*) FROM taken WHERE consumer = 'first'"), 3);
    assert_int_equal(number("SELECT count(*) FROM taken WHERE consumer = 'second'"), 1);
    assert_int_equal(number("SELECT CAST(sum(\"to\" - \"from\") AS BIGINT) FROM taken"), 14);
    assert_int_equal(number("SELECT position FROM consumer WHERE name = 'first'"), 7);
    turn(NOW + 1);
    restart(1);
    turn(NOW + 2);
    assert_int_equal(number("SELECT count(*) FROM taken"), 4);
    append_entries(1);
    turn(NOW + 3);
    assert_int_equal(number("SELECT count(*) FROM taken WHERE \"from\" = 7 AND \"to\" = 8"), 2);
    end();
}

static void one_that_fails_waits_and_holds_up_nobody(void **state)
{
    (void)state;
    begin(1);
    bench.broken = 2;
    append_entries(2);
    turn(NOW);
    assert_int_equal(number("SELECT count(*) FROM taken WHERE consumer = 'second'"), 1);
    assert_int_equal(number("SELECT count(*) FROM taken WHERE consumer = 'first'"), 0);
    assert_int_equal(number("SELECT count(*) FROM consumer WHERE name = 'first' AND position = 0"
                            " AND failures = 1 AND failure = 'the consumer is broken'"),
                     1);
    assert_true(bench.due_next >= NOW + MINUTES && bench.due_next < NOW + 2 * MINUTES);
    turn(bench.due_next - 1);
    assert_int_equal(bench.broken, 1);
    turn(bench.due_next);
    assert_int_equal(number("SELECT failures FROM consumer WHERE name = 'first'"), 2);
    assert_true(bench.due_next >= NOW + 6 * MINUTES);
    turn(bench.due_next);
    assert_int_equal(number("SELECT position FROM consumer WHERE name = 'first'"), 2);
    assert_int_equal(number("SELECT count(*) FROM consumer WHERE failure IS NULL"), 2);
    end();
}

static void what_failed_is_tried_when_the_program_starts_again(void **state)
{
    (void)state;
    begin(1);
    bench.broken = 1;
    append_entries(1);
    turn(NOW);
    restart(1);
    turn(NOW + 1);
    assert_int_equal(number("SELECT position FROM consumer WHERE name = 'first'"), 1);
    end();
}

/* ---- timers ---- */

static void a_timer_runs_once_when_its_time_has_come(void **state)
{
    (void)state;
    begin(1);
    set_reminder(17, NOW + 3);
    turn(NOW + 2);
    assert_int_equal(number("SELECT count(*) FROM ran"), 0);
    assert_int_equal(bench.due_next, NOW + 3);
    turn(NOW + 3);
    turn(NOW + 4);
    assert_int_equal(number("SELECT count(*) FROM ran WHERE kind = 'timer reminder'"
                            " AND subject = 17"),
                     1);
    assert_int_equal(number("SELECT due FROM ran"), NOW + 3);
    assert_int_equal(number("SELECT count(*) FROM timer"), 0);
    end();
}

static struct result cancel(struct store *store, void *context)
{
    const int64_t *subject = context;

    return timer_cancel(store, "reminder", *subject);
}

static void a_timer_can_be_moved_and_cancelled(void **state)
{
    int64_t subject = 2;

    (void)state;
    begin(1);
    set_reminder(1, NOW + 3);
    set_reminder(1, NOW + 9);
    set_reminder(2, NOW + 3);
    check_ok(bench.reader, writer_perform(bench.writer, cancel, &subject, NULL, NULL));
    turn(NOW + 8);
    assert_int_equal(number("SELECT count(*) FROM ran"), 0);
    turn(NOW + 9);
    assert_int_equal(number("SELECT count(*) FROM ran WHERE subject = 1"), 1);
    end();
}

static void after_a_pause_of_days_everything_missed_runs_once(void **state)
{
    (void)state;
    begin(ARRAY_LEN(timers));
    turn(NOW);
    assert_int_equal(number("SELECT count(*) FROM ran WHERE kind = 'timer hourly'"), 1);
    set_reminder(1, NOW + DAYS);
    set_reminder(2, NOW + 2 * DAYS);
    set_reminder(3, NOW + 9 * DAYS);
    restart(ARRAY_LEN(timers));
    turn(NOW + 5 * DAYS);
    assert_int_equal(number("SELECT count(*) FROM ran WHERE kind = 'timer reminder'"), 2);
    assert_int_equal(number("SELECT count(*) FROM ran WHERE kind = 'timer hourly'"), 2);
    assert_int_equal(number("SELECT count(*) FROM ran WHERE kind = 'timer daily'"), 1);
    assert_int_equal(number("SELECT due_at FROM timer WHERE kind = 'hourly'"),
                     NOW + 5 * DAYS + 60 * MINUTES);
    assert_true(number("SELECT due_at FROM timer WHERE kind = 'daily'") > NOW + 5 * DAYS);
    turn(NOW + 5 * DAYS + 1);
    assert_int_equal(number("SELECT count(*) FROM ran"), 5);
    end();
}

static void a_timer_that_fails_is_undone_and_tried_again(void **state)
{
    (void)state;
    begin(1);
    set_reminder(1, NOW);
    set_reminder(2, NOW + 1);
    bench.full = true;
    turn(NOW + 1);
    assert_int_equal(number("SELECT count(*) FROM ran WHERE subject = 2"), 1);
    assert_int_equal(number("SELECT count(*) FROM ran WHERE subject = 1"), 0);
    assert_int_equal(number("SELECT failures FROM timer WHERE subject = 1"), 1);
    assert_true(bench.due_next >= NOW + MINUTES);
    turn(bench.due_next);
    assert_int_equal(number("SELECT count(*) FROM ran WHERE subject = 1"), 1);
    end();
}

static void long_work_is_done_in_pieces(void **state)
{
    (void)state;
    begin(1);
    set_reminder(1, NOW);
    bench.more = 4;
    turn(NOW);
    assert_int_equal(number("SELECT count(*) FROM ran WHERE subject = 1"), 5);
    assert_int_equal(number("SELECT count(*) FROM timer"), 0);
    end();
}

static struct result set_unknown(struct store *store, void *context)
{
    (void)context;
    return timer_set(store, "of-a-later-version", 1, NOW);
}

static void a_timer_that_nobody_knows_stays_and_says_so(void **state)
{
    (void)state;
    begin(1);
    check_ok(bench.reader, writer_perform(bench.writer, set_unknown, NULL, NULL, NULL));
    set_reminder(1, NOW);
    turn(NOW);
    assert_int_equal(number("SELECT failures FROM timer WHERE kind = 'of-a-later-version'"), 1);
    assert_int_equal(number("SELECT count(*) FROM ran"), 1);
    end();
}

static void a_timer_set_by_a_consumer_runs_in_the_same_turn(void **state)
{
    (void)state;
    begin(1);
    bench.sets_timer = true;
    append_entries(1);
    turn(NOW);
    assert_int_equal(number("SELECT count(*) FROM ran"), 1);
    end();
}

/* ---- threads ---- */

static void await(const char *sql)
{
    for (int i = 0; number(sql) == 0; i++) {
        assert_true(i < 1000);
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    }
}

static void threads_notice_what_operations_write(void **state)
{
    (void)state;
    begin(1);
    assert_true(jobs_start(bench.jobs));
    append_entries(1);
    await("SELECT count(*) FROM taken WHERE consumer = 'second' AND \"to\" = 1");
    append_entries(1);
    await("SELECT count(*) FROM taken WHERE consumer = 'second' AND \"to\" = 2");
    set_reminder(1, NOW);
    await("SELECT count(*) FROM ran");
    jobs_free(bench.jobs);
    bench.jobs = NULL;
    assert_true(bench.turned > 0);
    end();
}

/* What errands do counts as operations, too, and hides none of others. */
static void no_operation_is_missed(void **state)
{
    char sql[100];

    (void)state;
    begin(1);
    assert_true(jobs_start(bench.jobs));
    for (int i = 1; i <= 60; i++) {
        append_entries(1);
        snprintf(sql, sizeof(sql),
                 "SELECT count(*) FROM consumer WHERE name = 'second' AND position >= %d", i);
        /* Each round meets the errand of the one before at another point. */
        nanosleep(&(struct timespec){ .tv_nsec = i * 300000 }, NULL);
        await(sql);
    }
    end();
}

static void nothing_to_do_is_done_without_work(void **state)
{
    uint64_t before;

    (void)state;
    begin(1);
    assert_true(jobs_start(bench.jobs));
    append_entries(1);
    await("SELECT count(*) FROM taken WHERE consumer = 'second'");
    nanosleep(&(struct timespec){ .tv_nsec = 600000000 }, NULL);
    before = writer_counts(bench.writer).operations;
    nanosleep(&(struct timespec){ .tv_sec = 1 }, NULL);
    assert_int_equal(writer_counts(bench.writer).operations, before);
    end();
}

/* ---- what is told ---- */

static void the_view_and_the_metrics_say_how_it_goes(void **state)
{
    struct arena arena;
    struct value *view = NULL;
    struct buf out;

    (void)state;
    begin(1);
    bench.broken = 1;
    append_entries(2);
    set_reminder(9, NOW + DAYS);
    turn(NOW);
    arena_init(&arena, 1 << 20);
    check_ok(bench.reader, store_begin(bench.reader));
    check_ok(bench.reader, jobs_view(bench.reader, &arena, 10, &view));
    store_rollback(bench.reader);
    buf_init(&out, 65536);
    value_write_json(view, JSON_COMPACT, &out);
    assert_non_null(strstr(str_to_c(&arena, buf_str(&out)),
                           "{\"journal\":2,\"consumers\":[{\"name\":\"first\",\"position\":0,"
                           "\"moved_at\":null,\"failures\":1,\"failure\":\"the consumer is "
                           "broken\",\"next_at\":\"2026-11-24T00:01:"));
    assert_non_null(strstr(str_to_c(&arena, buf_str(&out)),
                           "{\"kind\":\"reminder\",\"subject\":9,\"due_at\":"
                           "\"2026-11-25T00:00:00Z\""));
    buf_clear(&out);
    jobs_write_metrics(bench.jobs, &out);
    assert_non_null(strstr(str_to_c(&arena, buf_str(&out)),
                           "assay_consumer_lag{consumer=\"first\"} 2\n"
                           "assay_consumer_lag{consumer=\"second\"} 0\n"));
    assert_non_null(
        strstr(str_to_c(&arena, buf_str(&out)), "assay_consumer_failures{consumer=\"first\"} 1\n"));
    buf_release(&out);
    arena_release(&arena);
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_taken_in_pages_and_once),
        cmocka_unit_test(one_that_fails_waits_and_holds_up_nobody),
        cmocka_unit_test(what_failed_is_tried_when_the_program_starts_again),
        cmocka_unit_test(a_timer_runs_once_when_its_time_has_come),
        cmocka_unit_test(a_timer_can_be_moved_and_cancelled),
        cmocka_unit_test(after_a_pause_of_days_everything_missed_runs_once),
        cmocka_unit_test(a_timer_that_fails_is_undone_and_tried_again),
        cmocka_unit_test(long_work_is_done_in_pieces),
        cmocka_unit_test(a_timer_that_nobody_knows_stays_and_says_so),
        cmocka_unit_test(a_timer_set_by_a_consumer_runs_in_the_same_turn),
        cmocka_unit_test(threads_notice_what_operations_write),
        cmocka_unit_test(no_operation_is_missed),
        cmocka_unit_test(nothing_to_do_is_done_without_work),
        cmocka_unit_test(the_view_and_the_metrics_say_how_it_goes),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
