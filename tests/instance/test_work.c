/*
 * What an installation does by itself, as it stands in the table of work.c: reminders and digests,
 * over days that a clock of the test's own counts, after pauses and after the process was killed.
 */
#include "instance/work.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "account/api_token.h"
#include "account/appoint.h"
#include "account/claim.h"
#include "account/recovery.h"
#include "folder.h"
#include "register/timer.h"

#define MANY 200

static struct folder folder;
static struct instance *instance;
static struct work *work;
static _Atomic int64_t now;

static int64_t clock_now(void *context)
{
    (void)context;
    return atomic_load(&now);
}

static struct result names_of_letters(void *context, struct arena *arena,
                                      const struct mail_letter *letters, size_t count,
                                      struct mail_words *ret)
{
    (void)context;
    *ret = (struct mail_words){
        .subject = letters[0].template,
        .text = str_format(arena, "%zu letters\n", count),
        .html = STR("<p>sample</p>\n"),
    };
    return OK;
}

/* On PostgreSQL the server may still be saying goodbye to a process that was killed. */
static void open_instance(void)
{
    const struct instance_settings settings = { .config = &folder.config };
    struct result result;

    for (int i = 0;; i++) {
        result =
            instance_open(&settings, INSTANCE_MAKE, NOW, &folder.arena, &instance, &folder.message);
        if (!failed(result))
            return;
        if (i == 1000)
            fail_msg("%.*s", STR_ARG(folder.message));
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    }
}

/* A process serves, so many microseconds after NOW. */
static void start_at(int64_t after)
{
    const struct mail_settings mail = {
        .files = instance_path(&folder.arena, &folder.config, MAIL_FILES),
        .from = STR("office@sample.example"),
        .installation = STR("INSTALLATION"),
        .digest_hour = 7,
        .write = names_of_letters,
    };

    open_instance();
    atomic_store(&now, NOW + after);
    assert_true(work_start(instance, &mail, clock_now, &work));
}

static void stop(void)
{
    work_stop(work);
    instance_close(instance);
    work = NULL;
    instance = NULL;
}

static int64_t count(const char *sql)
{
    return folder_count(&folder, sql);
}

static void await(const char *sql, int64_t number)
{
    for (int i = 0; count(sql) != number; i++) {
        if (i == 1000)
            fail_msg("%s: %lld, not %lld", sql, (long long)count(sql), (long long)number);
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    }
}

/* The sweep of every hour has run, and with it all that was due before it. */
static void await_sweep(void)
{
    const char *sql = str_to_c(&folder.arena,
                               str_format(&folder.arena,
                                          "SELECT count(*) FROM timer WHERE kind = 'accounts-sweep'"
                                          " AND ran_at = %lld",
                                          (long long)atomic_load(&now)));

    await(sql, 1);
}

#define REMINDERS "SELECT count(*) FROM outbox WHERE template = 'appointment-reminder'"
#define LEFT "SELECT count(*) FROM mail WHERE state = 'filed' AND digest = 1"
#define TIMERS "SELECT count(*) FROM timer WHERE subject > 0"

/* ---- what people do ---- */

static struct act act_now(void)
{
    return (struct act){
        .now = atomic_load(&now),
        .actor = ACTOR_COMMAND,
        .authority = STR("command line"),
    };
}

static void does(struct result (*run)(struct store *store, void *context), void *context)
{
    struct store_fault fault = { 0 };

    check_result(writer_perform(instance_writer(instance), run, context, NULL, &fault), NULL,
                 &fault, __FILE__, __LINE__);
}

/* A person with an account. */
static struct result make_person(struct store *store, const char *address,
                                 struct person_id *ret_person, struct account_id *ret_account)
{
    const struct act act = act_now();

    TRY(person_add(store, &folder.arena, &act, str_from_c(address), ret_person));
    TRY(account_make(store, &folder.arena, &act, str_from_c(address), ret_account));
    return store_run(store, "UPDATE account SET person = $2 WHERE id = $1",
                     PARAMS(datum_int(ret_account->n), datum_int(ret_person->n)));
}

/* Chair of so many bodies for 40 days more: each timer is due in ten. */
static struct result appoint_ada(struct store *store, void *context)
{
    const int *bodies = context;
    const struct act act = act_now();
    struct appointment_wish wish = { .role = APPOINTED_CHAIR, .from = act_day(&act) };
    struct appointment_id id;
    struct account_id account;

    TRY(make_person(store, "ada@sample.example", &wish.person, &account));
    wish.last = wish.from + 40;
    for (int i = 0; i < *bodies; i++) {
        wish.scope = (struct scope){ SCOPE_BODY, str_format(&folder.arena, "body-%d", i) };
        TRY(appoint(store, &folder.arena, &act, &wish, &id));
    }
    return OK;
}

static struct result end_second(struct store *store, void *context)
{
    const struct act act = act_now();

    (void)context;
    return appoint_end(store, &folder.arena, &act, (struct appointment_id){ 2 }, act_day(&act),
                       STR("It was agreed."));
}

static struct result make_officers(struct store *store, void *context)
{
    static const char *const addresses[] = { "one@office.example", "two@office.example" };
    const struct act act = act_now();
    struct appointment_wish wish = {
        .role = APPOINTED_OFFICER,
        .scope = SCOPE_ALL,
        .from = act_day(&act),
        .last = DAY_LAST,
    };
    struct appointment_id id;
    struct account_id account;

    (void)context;
    for (size_t i = 0; i < ARRAY_LEN(addresses); i++) {
        TRY(make_person(store, addresses[i], &wish.person, &account));
        TRY(appointment_make(store, &folder.arena, &act, &wish, &id));
    }
    return OK;
}

static struct result ask_claim(struct store *store, void *context)
{
    const int *number = context;
    const struct act act = act_now();
    struct account_id account;
    struct refusal refusal;
    struct claim_id claim;

    TRY(account_make(store, &folder.arena, &act,
                     str_format(&folder.arena, "%d@sample.example", *number), &account));
    return claim_ask(store, &folder.arena, &act, account, STR("Ada Sample"), STR("My passport."),
                     &refusal, &claim);
}

static void ask_claims(int from, int to)
{
    for (int i = from; i < to; i++)
        does(ask_claim, &i);
}

/* A token that ends in 24 days, and a recovery whose waiting period ends in seven. */
static struct result make_others(struct store *store, void *context)
{
    static const enum permission scopes[] = { PERMISSION_PERSON_SEE };
    struct act act = act_now();
    struct api_token_wish wish = {
        .name = STR("a sample program"),
        .scopes = scopes,
        .scope_count = 1,
        .last = act_day(&act) + 24,
    };
    struct account_id account;
    struct str token;
    int64_t id;

    (void)context;
    TRY(make_person(store, "ada@sample.example", &wish.person, &account));
    act.actor = ACTOR_PERSON;
    act.actor_id = wish.person.n;
    TRY(api_token_make(store, &folder.arena, &act, &wish, &id, &token));
    TRY(store_insert(
        store,
        "INSERT INTO recovery (known_as, address, statement, asked_at, confirmed_at,"
        " account, first_at, second_at, until) VALUES ('Ada', 'ada@new.example', '',"
        " $1, $1, $2, $1, $1, $3) RETURNING id",
        PARAMS(datum_int(act.now), datum_int(account.n), datum_int(act.now + 7 * DAYS)), &id));
    return timer_set(store, RECOVERY_READY, id, act.now + 7 * DAYS);
}

/* ---- tests ---- */

static void a_reminder_leaves_once_also_after_a_pause(void **state)
{
    int bodies = 2;

    (void)state;
    folder_begin(&folder);
    start_at(0);
    does(appoint_ada, &bodies);
    does(end_second, NULL);
    assert_int_equal(count(TIMERS), 1);
    stop();

    start_at(10 * DAYS - 1);
    await_sweep();
    assert_int_equal(count(REMINDERS), 0);
    stop();

    /* Five days after it was due. */
    start_at(15 * DAYS);
    await_sweep();
    assert_int_equal(count(REMINDERS), 1);
    assert_int_equal(count(TIMERS), 0);
    await("SELECT count(*) FROM outbox WHERE mail IS NULL", 0);
    assert_int_equal(count(LEFT), 0);
    stop();

    start_at(16 * DAYS);
    await(LEFT, 1);
    stop();
    start_at(17 * DAYS);
    await_sweep();
    stop();
    assert_int_equal(count(REMINDERS), 1);
    assert_int_equal(count(LEFT), 1);
    folder_end(&folder);
}

static void tokens_and_recoveries_are_in_the_table(void **state)
{
    (void)state;
    folder_begin(&folder);
    start_at(0);
    does(make_others, NULL);
    assert_int_equal(count(TIMERS), 2);
    stop();
    start_at(12 * DAYS);
    await(TIMERS, 0);
    stop();
    assert_int_equal(count("SELECT count(*) FROM outbox WHERE template = 'token-reminder'"), 1);
    assert_int_equal(count("SELECT count(*) FROM outbox WHERE template = 'recovery-ready'"), 1);
    folder_end(&folder);
}

/* Serves until it is killed. */
static void serve_forever(void)
{
    start_at(10 * DAYS);
    for (;;)
        pause();
}

static void killed_while_it_reminds_it_tells_everybody_once(void **state)
{
    int bodies = MANY;
    int status;
    pid_t child;

    (void)state;
    folder_begin(&folder);
    start_at(0);
    does(appoint_ada, &bodies);
    stop();
    assert_int_equal(count(TIMERS), MANY);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        serve_forever();
    while (count(TIMERS) == MANY)
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(count(REMINDERS) + count(TIMERS), MANY);

    start_at(10 * DAYS + HOURS);
    await(TIMERS, 0);
    await("SELECT count(*) FROM outbox WHERE mail IS NULL", 0);
    stop();
    assert_int_equal(count(REMINDERS), MANY);
    assert_int_equal(count("SELECT count(DISTINCT data) FROM outbox"
                           " WHERE template = 'appointment-reminder'"),
                     MANY);
    assert_int_equal(count("SELECT count(*) FROM journal WHERE operation = 'appointment-reminded'"),
                     MANY);
    assert_int_equal(count("SELECT count(*) FROM mail WHERE digest = 1"), 1);
    folder_end(&folder);
}

static void claims_of_a_day_are_one_mail_to_each_officer(void **state)
{
    (void)state;
    folder_begin(&folder);
    start_at(8 * HOURS);
    does(make_officers, NULL);
    ask_claims(0, 2);
    await("SELECT count(*) FROM outbox WHERE mail IS NULL", 0);
    stop();
    start_at(20 * HOURS);
    ask_claims(2, 3);
    await("SELECT count(*) FROM outbox WHERE mail IS NULL", 0);
    assert_int_equal(count(LEFT), 0);
    stop();

    start_at(DAYS + 7 * HOURS);
    await(LEFT, 2);
    assert_int_equal(count("SELECT count(*) FROM outbox WHERE mail = 1"), 3);
    ask_claims(3, 5);
    await("SELECT count(*) FROM outbox WHERE mail IS NULL", 0);
    stop();
    start_at(DAYS + 23 * HOURS);
    await_sweep();
    assert_int_equal(count(LEFT), 2);
    stop();
    start_at(2 * DAYS + 7 * HOURS);
    await(LEFT, 4);
    stop();
    assert_int_equal(count("SELECT count(*) FROM mail"), 4);
    folder_end(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reminder_leaves_once_also_after_a_pause),
        cmocka_unit_test(tokens_and_recoveries_are_in_the_table),
        cmocka_unit_test(killed_while_it_reminds_it_tells_everybody_once),
        cmocka_unit_test(claims_of_a_day_are_one_mail_to_each_officer),
    };

    engine_or_skip();
    setenv("TZ", ":UTC", 1);
    tzset();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
