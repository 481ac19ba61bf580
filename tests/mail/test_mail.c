/*
 * What mail.h promises: letters from the rows of the outbox to a mail server or to files, on both
 * engines.
 */
#include "mail/mail.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "engine.h"
#include "post.h"
#include "register/journal.h"
#include "register/outbox.h"
#include "store/installation.h"

#define MINUTES INT64_C(60000000)
#define HOURS (60 * MINUTES)
#define DAYS (24 * HOURS)
#define ADA "ada@sample.example"
#define BOB "bob@sample.example"

static struct arena arena;
static struct post post;
static struct smtp_settings server;

/* An installation with its database open, and what sends. */
static struct desk {
    const char *database;
    struct writer *writer;
    struct mail *mail;
    struct jobs *jobs;
    struct store *reader;
    int64_t next; /* what the last turn said */
} desk;

static struct result no_words(void *context, struct arena *in, const struct mail_letter *letters,
                              size_t count, struct mail_words *ret)
{
    struct str text = STR("");

    (void)context;
    for (size_t i = 0; i < count; i++) {
        const struct value *word = value_get(letters[i].data, "word");

        if (str_eq_c(letters[i].template, "unknown"))
            return (struct result){ &ERROR_INPUT };
        text = str_format(in, "%.*s%.*s\n", STR_ARG(text), STR_ARG(word ? word->text : STR("")));
    }
    *ret = (struct mail_words){
        .subject = letters[0].template,
        .text = text,
        .html = STR("<p>sample</p>\n"),
    };
    return OK;
}

static int64_t clock_now(void *context)
{
    (void)context;
    return NOW;
}

static const char *files(void)
{
    return str_to_c(&arena, str_format(&arena, "%s/outbox", post.folder));
}

static void open_jobs(bool with_server)
{
    const struct mail_settings settings = {
        .server = with_server ? &server : NULL,
        .files = files(),
        .from_name = STR("Sample Office"),
        .from = STR("office@sample.example"),
        .installation = STR("INSTALLATION"),
        .digest_hour = 7,
        .write = no_words,
    };
    static struct consumer consumer;
    static struct errand errand;
    struct jobs_settings jobs = {
        .writer = desk.writer,
        .now = clock_now,
        .consumers = &consumer,
        .consumer_count = 1,
        .errands = &errand,
        .errand_count = 1,
    };

    desk.mail = mail_new(&settings);
    consumer = mail_consumer(desk.mail);
    errand = mail_errand(desk.mail);
    desk.jobs = jobs_new(&jobs);
}

/* The server of the process before may still be saying goodbye to it. */
static void open_desk(bool with_server)
{
    struct store *store = engine_open(desk.database, STORE_WRITE);
    char id[INSTALLATION_ID_SIZE];

    while (failed(store_claim(store)))
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    check_ok(store, migrate(store, migrations_of_program(), NOW, "test"));
    check_ok(store, installation_ensure(store, NOW, "test", id));
    desk.writer = writer_new(store, 100);
    assert_non_null(desk.writer);
    desk.reader = engine_open(desk.database, STORE_READ);
    open_jobs(with_server);
}

static void close_desk(void)
{
    jobs_free(desk.jobs);
    mail_free(desk.mail);
    writer_free(desk.writer);
    store_close(desk.reader);
}

static void begin_at(bool with_server)
{
    setenv("TZ", ":UTC", 1);
    tzset();
    post_open(&post, NULL);
    server = (struct smtp_settings){
        .server = "127.0.0.1",
        .port = post.port,
        .security = SMTP_PLAIN,
        .patience_ms = 1000,
    };
    desk = (struct desk){ .database = engine_database() };
    open_desk(with_server);
}

static void end(void)
{
    close_desk();
    post_close(&post);
}

/* ---- letters ---- */

struct wish {
    const char *to;
    const char *template;
    const char *word;
    const char *until;
    bool digest;
    int64_t now;
};

static struct result ask_for(struct store *store, void *context)
{
    const struct wish *wish = context;
    const struct act act = { .now = wish->now, .actor = ACTOR_SYSTEM, .authority = STR("test") };
    struct value *data = value_object(&arena);
    const struct letter letter = {
        .to = str_from_c(wish->to),
        .template = wish->template,
        .data = data,
        .urgency = wish->digest ? LETTER_DIGEST : LETTER_NOW,
    };

    value_set_text(&arena, data, "word", str_from_c(wish->word));
    value_set_text(&arena, data, "path", STR("/account/link/SECRET"));
    if (wish->until)
        value_set_text(&arena, data, "until", str_from_c(wish->until));
    TRY(outbox_add(store, &arena, &act, &letter));
    return journal_append(store, &arena, &act, "asked", (struct journal_subject){ NULL, 0 }, NULL,
                          NULL);
}

static void ask_letter(struct wish wish)
{
    check_ok(desk.reader, writer_perform(desk.writer, ask_for, &wish, NULL, NULL));
}

static void letter(const char *to, const char *word)
{
    ask_letter((struct wish){ .to = to, .template = "sample", .word = word, .now = NOW });
}

static void turn(int64_t now)
{
    check_ok(desk.reader, jobs_turn(desk.jobs, now, &desk.next));
}

static int64_t number(const char *sql)
{
    int64_t n;

    check_ok(desk.reader, store_begin(desk.reader));
    n = ask(desk.reader, sql);
    store_rollback(desk.reader);
    return n;
}

static int64_t in_state(const char *state)
{
    return number(str_to_c(
        &arena, str_format(&arena, "SELECT count(*) FROM mail WHERE state = '%s'", state)));
}

static struct str header(const char *message, const char *name)
{
    const char *at = strstr(message, name);
    struct str line;

    assert_non_null(at);
    str_split(str_from_c(at), '\r', &line);
    return str_copy(&arena, line);
}

/* ---- to a server ---- */

static void a_letter_leaves_and_what_it_was_made_of_is_deleted(void **state)
{
    const char *message;

    (void)state;
    begin_at(true);
    letter(ADA, "hello");
    assert_int_equal(number("SELECT count(*) FROM outbox WHERE data IS NOT NULL"), 1);
    turn(NOW + 1);
    assert_int_equal(post_letters(&post), 1);
    message = post_letter(&post, 1);
    check_str(header(message, "Message-ID:"),
              "Message-ID: <1.1795478400000000.INSTALLATION@sample.example>");
    check_str(header(message, "Date:"), "Date: Tue, 24 Nov 2026 00:00:00 +0000");
    assert_non_null(strstr(message, "\r\nhello\r\n"));
    assert_int_equal(in_state("sent"), 1);
    assert_int_equal(number("SELECT count(*) FROM outbox WHERE data IS NULL"), 1);
    assert_int_equal(number("SELECT count(*) FROM mail WHERE answer LIKE '250%'"), 1);
    turn(NOW + DAYS);
    assert_int_equal(post_letters(&post), 1);
    end();
}

static void many_leave_over_one_connection(void **state)
{
    (void)state;
    begin_at(true);
    for (int i = 0; i < 12; i++)
        letter(i % 2 ? ADA : BOB, "hello");
    turn(NOW);
    assert_int_equal(post_letters(&post), 12);
    assert_int_equal(post_talk(&post, "EHLO"), 1);
    end();
}

static void what_is_refused_for_now_is_tried_again(void **state)
{
    (void)state;
    begin_at(true);
    post_mood(&post, "later");
    letter(ADA, "hello");
    turn(NOW);
    assert_int_equal(in_state("waiting"), 1);
    assert_true(desk.next >= NOW + MINUTES && desk.next <= NOW + 68 * MINUTES / 60);
    turn(desk.next - 1);
    assert_int_equal(number("SELECT attempts FROM mail"), 1);
    turn(desk.next);
    assert_int_equal(number("SELECT attempts FROM mail"), 2);
    post_mood(&post, "ok");
    turn(desk.next);
    assert_int_equal(in_state("sent"), 1);
    assert_int_equal(post_letters(&post), 1);
    end();
}

static struct result retry(struct store *store, void *context)
{
    const struct act act = { .now = NOW + HOURS, .actor = ACTOR_COMMAND, .authority = STR("test") };
    const int64_t *id = context;

    return mail_retry(store, &arena, &act, (struct mail_id){ *id });
}

static struct result drop(struct store *store, void *context)
{
    const struct act act = { .now = NOW + HOURS, .actor = ACTOR_COMMAND, .authority = STR("test") };
    const int64_t *id = context;

    return mail_drop(store, &arena, &act, (struct mail_id){ *id });
}

static void what_is_refused_for_good_is_dead_until_somebody_looks_after_it(void **state)
{
    struct store_fault fault = { 0 };
    int64_t first = 1;
    int64_t second = 2;

    (void)state;
    begin_at(true);
    post_mood(&post, "refuse-ada");
    letter(ADA, "one");
    letter(ADA, "two");
    letter(BOB, "three");
    turn(NOW);
    assert_int_equal(post_letters(&post), 1);
    assert_int_equal(in_state("dead"), 2);
    assert_int_equal(number("SELECT count(*) FROM mail WHERE attempts = 1"
                            " AND answer = '550 5.1.1 No such mailbox'"),
                     2);
    turn(NOW + 10 * DAYS);
    assert_int_equal(post_letters(&post), 1);
    assert_int_equal(number("SELECT count(*) FROM outbox WHERE data IS NOT NULL"), 2);

    post_mood(&post, "ok");
    check_ok(desk.reader, writer_perform(desk.writer, retry, &first, NULL, &fault));
    check_ok(desk.reader, writer_perform(desk.writer, drop, &second, NULL, &fault));
    turn(NOW + 10 * DAYS + 1);
    assert_int_equal(post_letters(&post), 2);
    assert_int_equal(in_state("dead"), 0);
    assert_int_equal(in_state("dropped"), 1);
    assert_int_equal(number("SELECT count(*) FROM outbox WHERE data IS NOT NULL"), 0);
    assert_int_equal(number("SELECT count(*) FROM journal WHERE operation IN"
                            " ('mail-retried', 'mail-dropped')"),
                     2);
    check_result(writer_perform(desk.writer, retry, &first, NULL, &fault), &MAIL_LEFT, &fault,
                 __FILE__, __LINE__);
    first = 99;
    check_result(writer_perform(desk.writer, drop, &first, NULL, &fault), &MAIL_UNKNOWN, &fault,
                 __FILE__, __LINE__);
    end();
}

static struct result retry_dead(struct store *store, void *context)
{
    const struct act act = { .now = NOW, .actor = ACTOR_COMMAND, .authority = STR("test") };

    return mail_retry_dead(store, &arena, &act, context);
}

static void a_server_that_is_away_for_days_is_given_up_and_can_be_asked_again(void **state)
{
    int64_t now = NOW;
    int64_t count = 0;
    int turns = 0;

    (void)state;
    begin_at(true);
    post_stop(&post);
    for (int i = 0; i < 3; i++)
        letter(ADA, "hello");
    turn(now);
    /* One attempt was made, and all that were due wait. */
    assert_int_equal(number("SELECT count(*) FROM mail WHERE state = 'waiting' AND attempts = 1"),
                     3);
    for (; in_state("dead") < 3 && turns < 100; turns++) {
        assert_true(desk.next > now && desk.next < INT64_MAX);
        now = desk.next;
        turn(now);
    }
    assert_true(now > NOW + 3 * DAYS - 12 * HOURS && now < NOW + 4 * DAYS);
    assert_int_equal(number("SELECT max(attempts) FROM mail"), 16);
    post_again(&post, NULL);
    check_ok(desk.reader, writer_perform(desk.writer, retry_dead, &count, NULL, NULL));
    assert_int_equal(count, 3);
    turn(now + 1);
    assert_int_equal(post_letters(&post), 3);
    end();
}

static void a_server_that_does_not_let_us_in_spoils_no_letter(void **state)
{
    (void)state;
    begin_at(true);
    post_mood(&post, "refuse-sender");
    letter(ADA, "hello");
    letter(BOB, "hello");
    turn(NOW);
    assert_int_equal(in_state("waiting"), 2);
    assert_int_equal(in_state("dead"), 0);
    end();
}

static void silence_and_breaks_put_off(void **state)
{
    (void)state;
    begin_at(true);
    letter(ADA, "hello");
    post_mood(&post, "hang");
    turn(NOW);
    assert_int_equal(in_state("waiting"), 1);
    post_mood(&post, "drop");
    turn(desk.next);
    assert_int_equal(in_state("waiting"), 1);
    assert_int_equal(post_letters(&post), 0);
    post_mood(&post, "ok");
    turn(desk.next);
    assert_int_equal(in_state("sent"), 1);
    end();
}

/* ---- twice ---- */

static void check_same_letter(size_t again)
{
    struct str first = header(post_letter(&post, 1), "Message-ID:");

    check_str(header(post_letter(&post, again), "Message-ID:"), str_to_c(&arena, first));
}

static void a_break_after_the_server_took_it_sends_the_same_again(void **state)
{
    (void)state;
    begin_at(true);
    letter(ADA, "hello");
    post_mood(&post, "drop-after");
    turn(NOW);
    assert_int_equal(in_state("waiting"), 1);
    post_mood(&post, "ok");
    turn(desk.next);
    assert_int_equal(post_letters(&post), 2);
    assert_int_equal(in_state("sent"), 1);
    check_same_letter(2);
    end();
}

/* Sends, and is killed by the server once that took the letter. */
static void run_child(void)
{
    while (access(post_path(&post, "mood"), F_OK) != 0)
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    open_desk(true);
    letter(ADA, "one");
    letter(BOB, "two");
    turn(NOW);
    _exit(1); /* it was to be killed */
}

static void killed_between_sending_and_noting_it_sends_one_letter_again(void **state)
{
    char mood[40];
    int status;
    pid_t child;

    (void)state;
    begin_at(true);
    close_desk();
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        run_child();
    snprintf(mood, sizeof(mood), "kill %d", (int)child);
    post_mood(&post, mood);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    assert_int_equal(post_letters(&post), 1);

    post_mood(&post, "ok");
    open_desk(true);
    assert_int_equal(in_state("claimed"), 1);
    assert_int_equal(in_state("waiting"), 1);
    turn(NOW + 1);
    assert_int_equal(post_letters(&post), 3);
    assert_int_equal(in_state("sent"), 2);
    assert_int_equal(post_talk(&post, "LETTER " ADA), 2);
    assert_int_equal(post_talk(&post, "LETTER " BOB), 1);
    check_same_letter(3);
    end();
}

/* ---- files ---- */

static void without_a_server_letters_are_files(void **state)
{
    char path[200];
    struct stat found;
    struct str text;
    struct str_list names;

    (void)state;
    begin_at(false);
    letter(ADA, "hello");
    turn(NOW + 5);
    snprintf(path, sizeof(path), "%s/20261124T000000Z-1.eml", files());
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
    assert_false(failed(file_read(&arena, path, 65536, &text)));
    assert_non_null(memmem(text.p, text.n, "\r\nhello\r\n", 9));
    assert_int_equal(in_state("filed"), 1);
    assert_int_equal(number("SELECT count(*) FROM outbox WHERE data IS NOT NULL"), 0);
    assert_false(failed(folder_list(&arena, files(), &names)));
    assert_int_equal(names.count, 1);
    end();
}

static void a_folder_that_cannot_be_written_puts_off(void **state)
{
    FILE *file;

    (void)state;
    begin_at(false);
    file = fopen(files(), "w"); /* where the folder should be */
    assert_non_null(file);
    fclose(file);
    letter(ADA, "hello");
    turn(NOW);
    assert_int_equal(in_state("waiting"), 1);
    assert_int_equal(unlink(files()), 0);
    turn(desk.next);
    assert_int_equal(in_state("filed"), 1);
    end();
}

/* ---- digests ---- */

static void news(const char *to, const char *word, int64_t now)
{
    ask_letter(
        (struct wish){ .to = to, .template = "news", .word = word, .digest = true, .now = now });
}

static void news_of_a_day_are_one_mail(void **state)
{
    (void)state;
    begin_at(true);
    news(ADA, "first", NOW + HOURS);
    turn(NOW + HOURS);
    news(ADA, "second", NOW + 2 * HOURS);
    news(BOB, "third", NOW + 2 * HOURS);
    turn(NOW + 2 * HOURS);
    assert_int_equal(post_letters(&post), 0);
    assert_int_equal(desk.next, NOW + 7 * HOURS);
    turn(NOW + 7 * HOURS);
    assert_int_equal(post_letters(&post), 2);
    assert_non_null(strstr(post_letter(&post, 1), "\r\nfirst\r\nsecond\r\n"));
    assert_int_equal(post_talk(&post, "LETTER " ADA), 1);

    /* What comes later that day waits for the next. */
    news(ADA, "fourth", NOW + 8 * HOURS);
    turn(NOW + 8 * HOURS);
    assert_int_equal(post_letters(&post), 2);
    assert_int_equal(desk.next, NOW + DAYS + 7 * HOURS);
    turn(NOW + DAYS + 7 * HOURS);
    assert_int_equal(post_letters(&post), 3);
    assert_non_null(strstr(post_letter(&post, 3), "\r\nfourth\r\n"));
    end();
}

static void a_digest_that_was_tried_takes_no_more(void **state)
{
    (void)state;
    begin_at(true);
    news(ADA, "first", NOW);
    turn(NOW);
    post_mood(&post, "drop-after");
    turn(NOW + 7 * HOURS);
    post_mood(&post, "ok");
    news(ADA, "second", NOW + 7 * HOURS + 1);
    turn(NOW + 7 * HOURS + 1);
    turn(NOW + 8 * HOURS);
    assert_int_equal(post_letters(&post), 2);
    assert_null(strstr(post_letter(&post, 2), "second"));
    check_same_letter(2);
    end();
}

/* ---- pauses, and what is over ---- */

static void after_a_pause_of_five_days_letters_leave_once(void **state)
{
    (void)state;
    begin_at(true);
    post_mood(&post, "later");
    letter(ADA, "hello");
    news(ADA, "news", NOW);
    turn(NOW);
    close_desk();
    post_mood(&post, "ok");
    open_desk(true);
    turn(NOW + 5 * DAYS);
    turn(NOW + 5 * DAYS + 1);
    assert_int_equal(post_letters(&post), 2);
    assert_int_equal(in_state("sent"), 2);
    end();
}

static void a_link_that_is_over_is_not_sent(void **state)
{
    struct wish wish = {
        .to = ADA,
        .template = "sign-in",
        .word = "hello",
        .until = "2026-11-24T00:15Z",
        .now = NOW,
    };

    (void)state;
    begin_at(true);
    ask_letter(wish);
    turn(NOW + 15 * MINUTES);
    assert_int_equal(post_letters(&post), 0);
    assert_int_equal(in_state("dead"), 1);
    ask_letter(wish);
    turn(NOW + 15 * MINUTES - 1);
    assert_int_equal(post_letters(&post), 1);
    end();
}

static void what_cannot_be_written_is_dead_and_holds_up_nobody(void **state)
{
    (void)state;
    begin_at(true);
    ask_letter((struct wish){ .to = ADA, .template = "unknown", .word = "a", .now = NOW });
    letter(BOB, "hello");
    turn(NOW);
    assert_int_equal(in_state("dead"), 1);
    assert_int_equal(post_letters(&post), 1);
    end();
}

static struct result spoil(struct store *store, void *context)
{
    (void)context;
    return store_run(store, "UPDATE outbox SET address = $1",
                     PARAMS(datum_text(STR(ADA ">\r\nRCPT TO:<" BOB))));
}

static void an_address_that_was_changed_behind_us_is_refused(void **state)
{
    (void)state;
    begin_at(true);
    letter(ADA, "hello");
    check_ok(desk.reader, writer_perform(desk.writer, spoil, NULL, NULL, NULL));
    turn(NOW);
    assert_int_equal(in_state("dead"), 1);
    assert_int_equal(post_letters(&post), 0);
    end();
}

/* ---- looking after it ---- */

static struct result purge_at(struct store *store, void *context)
{
    const struct job_call call = {
        .store = store,
        .arena = &arena,
        .act = { .now = *(int64_t *)context },
    };
    bool more = true;
    struct result result = mail_purge(&call, 0, 0, &more);

    assert_false(more);
    return result;
}

static void what_left_is_swept_away_after_ninety_days(void **state)
{
    int64_t at = NOW + 90 * DAYS;

    (void)state;
    begin_at(true);
    letter(ADA, "hello");
    turn(NOW);
    post_mood(&post, "later");
    letter(BOB, "hello");
    turn(NOW);
    check_ok(desk.reader, writer_perform(desk.writer, purge_at, &at, NULL, NULL));
    assert_int_equal(number("SELECT count(*) FROM mail"), 2);
    at++;
    check_ok(desk.reader, writer_perform(desk.writer, purge_at, &at, NULL, NULL));
    assert_int_equal(number("SELECT count(*) FROM mail"), 1);
    assert_int_equal(number("SELECT count(*) FROM outbox"), 1);
    end();
}

static void what_was_left_half_written_goes_when_another_process_starts(void **state)
{
    static const char *const left[] = {
        "20261124T000000Z-1.eml",
        "20261124T000000Z-1.eml.17-0.tmp",
        "20261124T000000Z-2.eml.17-0.tmp",
    };
    struct str_list names;

    (void)state;
    begin_at(false);
    assert_int_equal(mkdir(files(), 0700), 0);
    for (size_t i = 0; i < ARRAY_LEN(left); i++)
        assert_false(failed(file_write_private(
            str_to_c(&arena, str_format(&arena, "%s/%s", files(), left[i])), STR("From: "))));
    turn(NOW);
    assert_false(failed(folder_list(&arena, files(), &names)));
    assert_int_equal(names.count, 1);
    check_str(names.at[0], left[0]);
    end();
}

static void what_is_shown_has_no_secrets(void **state)
{
    struct value *view = NULL;
    struct value *all = NULL;
    struct buf out;

    (void)state;
    begin_at(true);
    post_mood(&post, "later");
    letter(ADA, "hello");
    turn(NOW);
    check_ok(desk.reader, store_begin(desk.reader));
    check_ok(desk.reader, mail_show(desk.reader, &arena, (struct mail_id){ 1 }, &view));
    check_ok(desk.reader, mail_list(desk.reader, &arena, STR("waiting"), 10, &all));
    check_fails(desk.reader, mail_show(desk.reader, &arena, (struct mail_id){ 9 }, &view),
                MAIL_UNKNOWN);
    store_rollback(desk.reader);
    assert_int_equal(value_get(all, "mails")->count, 1);
    assert_int_equal(value_get(value_get(all, "counts"), "waiting")->integer, 1);
    buf_init(&out, 65536);
    value_write_json(view, JSON_COMPACT, &out);
    value_write_json(all, JSON_COMPACT, &out);
    assert_null(memmem(out.p, out.n, "SECRET", 6));
    assert_non_null(memmem(out.p, out.n, "\"data\":{\"word\":\"hello\"}", 23));
    buf_release(&out);
    end();
}

static void the_metrics_count_what_there_is(void **state)
{
    struct buf out;
    const char *text;

    (void)state;
    begin_at(true);
    post_mood(&post, "refuse-ada");
    letter(ADA, "hello");
    letter(BOB, "hello");
    news(BOB, "news", NOW);
    turn(NOW);
    buf_init(&out, 65536);
    mail_write_metrics(desk.mail, &out);
    text = str_to_c(&arena, buf_str(&out));
    assert_non_null(strstr(text, "\nassay_mail_waiting 1\n"));
    assert_non_null(strstr(text, "\nassay_mail_dead 1\n"));
    assert_non_null(strstr(text, "\nassay_mail_sent_total 1\n"));
    assert_non_null(strstr(text, "\nassay_mail_failures_total 1\n"));
    buf_release(&out);
    end();
}

static int begin(void **state)
{
    arena_init(&arena, ARENA_UNLIMITED);
    return engine_begin(state);
}

static int finish(void **state)
{
    arena_release(&arena);
    return engine_end(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_leaves_and_what_it_was_made_of_is_deleted),
        cmocka_unit_test(many_leave_over_one_connection),
        cmocka_unit_test(what_is_refused_for_now_is_tried_again),
        cmocka_unit_test(what_is_refused_for_good_is_dead_until_somebody_looks_after_it),
        cmocka_unit_test(a_server_that_is_away_for_days_is_given_up_and_can_be_asked_again),
        cmocka_unit_test(a_server_that_does_not_let_us_in_spoils_no_letter),
        cmocka_unit_test(silence_and_breaks_put_off),
        cmocka_unit_test(a_break_after_the_server_took_it_sends_the_same_again),
        cmocka_unit_test(killed_between_sending_and_noting_it_sends_one_letter_again),
        cmocka_unit_test(without_a_server_letters_are_files),
        cmocka_unit_test(a_folder_that_cannot_be_written_puts_off),
        cmocka_unit_test(news_of_a_day_are_one_mail),
        cmocka_unit_test(a_digest_that_was_tried_takes_no_more),
        cmocka_unit_test(after_a_pause_of_five_days_letters_leave_once),
        cmocka_unit_test(a_link_that_is_over_is_not_sent),
        cmocka_unit_test(what_cannot_be_written_is_dead_and_holds_up_nobody),
        cmocka_unit_test(an_address_that_was_changed_behind_us_is_refused),
        cmocka_unit_test(what_left_is_swept_away_after_ninety_days),
        cmocka_unit_test(what_was_left_half_written_goes_when_another_process_starts),
        cmocka_unit_test(what_is_shown_has_no_secrets),
        cmocka_unit_test(the_metrics_count_what_there_is),
    };

    post_or_skip();
    engine_or_skip();
    return cmocka_run_group_tests(tests, begin, finish);
}
