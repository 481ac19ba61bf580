/* What smtp.h promises, to a mail server. */
#include "mail/smtp.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "post.h"

#define MESSAGE                                                                                    \
    STR("Subject: Hello\r\nMessage-ID: <1@sample.example>\r\n\r\nHello.\r\n.\r\n.dots.\r\n")

static struct arena arena;
static struct post post;

static struct smtp_settings plain(void)
{
    return (struct smtp_settings){
        .server = "127.0.0.1",
        .port = post.port,
        .security = SMTP_PLAIN,
        .patience_ms = 2000,
    };
}

static struct smtp_outcome send_to(const struct smtp_settings *settings, const char *to)
{
    struct smtp *smtp = smtp_new(settings, NULL, NULL);
    struct smtp_outcome outcome =
        smtp_send(smtp, STR("office@sample.example"), str_from_c(to), MESSAGE, &arena);

    smtp_free(smtp);
    return outcome;
}

static void expect(struct smtp_outcome outcome, enum smtp_end end, const char *answer)
{
    const char *said = str_to_c(&arena, outcome.answer);

    if (!strstr(said, answer))
        fail_msg("the answer is '%s'", said);
    assert_int_equal(outcome.end, end);
}

static void a_letter_arrives_whole(void **state)
{
    struct smtp_settings settings;

    (void)state;
    post_open(&post, NULL);
    settings = plain();
    expect(send_to(&settings, "ada@sample.example"), SMTP_TAKEN, "250 2.0.0 Taken as 1");
    assert_string_equal(post_letter(&post, 1),
                        "X-Envelope: office@sample.example ada@sample.example\r\n"
                        "Subject: Hello\r\nMessage-ID: <1@sample.example>\r\n\r\n"
                        "Hello.\r\n.\r\n.dots.\r\n");
    post_close(&post);
}

static void an_address_in_any_script_is_written_to(void **state)
{
    struct smtp_settings settings;

    (void)state;
    post_open(&post, NULL);
    settings = plain();
    expect(send_to(&settings, "調停@sample.example"), SMTP_TAKEN, "250");
    assert_non_null(strstr(post_letter(&post, 1), "office@sample.example 調停@sample.example\r\n"));
    post_close(&post);
}

static void many_letters_go_over_one_connection(void **state)
{
    struct smtp_settings settings;
    struct smtp *smtp;

    (void)state;
    post_open(&post, NULL);
    settings = plain();
    smtp = smtp_new(&settings, NULL, NULL);
    for (int i = 0; i < 5; i++)
        expect(smtp_send(smtp, STR("office@sample.example"), STR("ada@sample.example"), MESSAGE,
                         &arena),
               SMTP_TAKEN, "250");
    smtp_free(smtp);
    assert_int_equal(post_talk(&post, "EHLO"), 1);
    assert_int_equal(post_letters(&post), 5);
    post_close(&post);
}

/* ---- encryption and signing in ---- */

static const char *const *with_certificate(const char *how)
{
    static char certificate[100];
    static char key[100];
    static const char *options[] = {
        NULL, "--certificate", certificate, "--key", key, NULL,
    };

    snprintf(certificate, sizeof(certificate), "certificate.pem");
    snprintf(key, sizeof(key), "key.pem");
    options[0] = how;
    return options;
}

static struct smtp_settings encrypted(enum smtp_security security)
{
    struct smtp_settings settings = plain();

    settings.server = "localhost";
    settings.security = security;
    settings.certificates = str_to_c(&arena, str_from_c(post_path(&post, "certificate.pem")));
    return settings;
}

static void it_is_encrypted_after_the_greeting(void **state)
{
    struct smtp_settings settings;

    (void)state;
    post_open(&post, with_certificate("--starttls"));
    settings = encrypted(SMTP_STARTTLS);
    expect(send_to(&settings, "ada@sample.example"), SMTP_TAKEN, "250");
    settings.security = SMTP_PLAIN;
    expect(send_to(&settings, "ada@sample.example"), SMTP_TROUBLE, "530");
    assert_int_equal(post_letters(&post), 1);
    post_close(&post);
}

static void it_is_encrypted_from_the_first_byte(void **state)
{
    struct smtp_settings settings;

    (void)state;
    post_open(&post, with_certificate("--tls"));
    settings = encrypted(SMTP_TLS);
    expect(send_to(&settings, "ada@sample.example"), SMTP_TAKEN, "250");
    post_close(&post);
}

static void a_certificate_that_nobody_vouches_for_is_refused(void **state)
{
    struct smtp_settings settings;

    (void)state;
    post_open(&post, with_certificate("--starttls"));
    settings = encrypted(SMTP_STARTTLS);
    settings.certificates = NULL;
    expect(send_to(&settings, "ada@sample.example"), SMTP_TROUBLE, "certificate");
    settings = encrypted(SMTP_STARTTLS);
    settings.server = "127.0.0.1"; /* it is of localhost */
    expect(send_to(&settings, "ada@sample.example"), SMTP_TROUBLE, "127.0.0.1");
    assert_int_equal(post_letters(&post), 0);
    post_close(&post);
}

static void a_server_that_does_not_encrypt_is_refused(void **state)
{
    struct smtp_settings settings;

    (void)state;
    post_open(&post, NULL);
    settings = encrypted(SMTP_STARTTLS);
    expect(send_to(&settings, "ada@sample.example"), SMTP_TROUBLE, "STARTTLS");
    assert_int_equal(post_letters(&post), 0);
    post_close(&post);
}

static void who_signs_in_is_let_in_and_nobody_else(void **state)
{
    const char *const options[] = { "--user", "office", "--password", "a secret", NULL };
    struct smtp_settings settings;

    (void)state;
    post_open(&post, options);
    settings = plain();
    settings.user = "office";
    settings.password = "a secret";
    expect(send_to(&settings, "ada@sample.example"), SMTP_TAKEN, "250");
    settings.password = "another";
    expect(send_to(&settings, "ada@sample.example"), SMTP_TROUBLE, "535");
    settings.user = NULL;
    expect(send_to(&settings, "ada@sample.example"), SMTP_TROUBLE, "530");
    assert_int_equal(post_letters(&post), 1);
    post_close(&post);
}

/* ---- refusals ---- */

static void each_refusal_is_what_it_says(void **state)
{
    static const struct {
        const char *mood;
        enum smtp_end end;
        const char *answer;
    } moods[] = {
        { "later", SMTP_LATER, "450 4.2.0 Greylisted, come back later" },
        { "refuse", SMTP_REFUSED, "550 5.1.1 No such mailbox" },
        { "refuse-data", SMTP_REFUSED, "554 5.6.0 We do not like this letter" },
        { "refuse-sender", SMTP_TROUBLE, "550 5.7.1 This sender may not" },
        { "closing", SMTP_TROUBLE, "421 4.3.2" },
        { "ok", SMTP_TAKEN, "250" },
    };
    struct smtp_settings settings;

    (void)state;
    post_open(&post, NULL);
    settings = plain();
    for (size_t i = 0; i < ARRAY_LEN(moods); i++) {
        post_mood(&post, moods[i].mood);
        expect(send_to(&settings, "ada@sample.example"), moods[i].end, moods[i].answer);
    }
    assert_int_equal(post_letters(&post), 1);
    post_close(&post);
}

/* One that is refused does not spoil the connection for the next. */
static void a_refusal_is_of_one_letter(void **state)
{
    struct smtp_settings settings;
    struct smtp *smtp;

    (void)state;
    post_open(&post, NULL);
    post_mood(&post, "refuse-ada");
    settings = plain();
    smtp = smtp_new(&settings, NULL, NULL);
    expect(smtp_send(smtp, STR("o@sample.example"), STR("ada@sample.example"), MESSAGE, &arena),
           SMTP_REFUSED, "550");
    expect(smtp_send(smtp, STR("o@sample.example"), STR("bob@sample.example"), MESSAGE, &arena),
           SMTP_TAKEN, "250");
    smtp_free(smtp);
    post_close(&post);
}

/* ---- silence ---- */

static double seconds(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void a_server_that_says_nothing_is_given_up(void **state)
{
    struct smtp_settings settings;
    double began = seconds();

    (void)state;
    post_open(&post, NULL);
    post_mood(&post, "hang");
    settings = plain();
    settings.patience_ms = 1000;
    expect(send_to(&settings, "ada@sample.example"), SMTP_TROUBLE, "");
    assert_true(seconds() - began < 10);
    post_close(&post);
}

static bool at_once(void *context)
{
    (void)context;
    return true;
}

static void whoever_stops_does_not_wait_for_it(void **state)
{
    struct smtp_settings settings;
    struct smtp *smtp;
    double began;

    (void)state;
    post_open(&post, NULL);
    post_mood(&post, "hang");
    settings = plain();
    settings.patience_ms = 60000;
    smtp = smtp_new(&settings, at_once, NULL);
    began = seconds();
    expect(smtp_send(smtp, STR("o@sample.example"), STR("ada@sample.example"), MESSAGE, &arena),
           SMTP_TROUBLE, "");
    assert_true(seconds() - began < 10);
    smtp_free(smtp);
    post_close(&post);
}

static void a_connection_that_breaks_is_trouble(void **state)
{
    struct smtp_settings settings;

    (void)state;
    post_open(&post, NULL);
    settings = plain();
    post_mood(&post, "drop");
    expect(send_to(&settings, "ada@sample.example"), SMTP_TROUBLE, "");
    assert_int_equal(post_letters(&post), 0);
    post_mood(&post, "drop-after");
    expect(send_to(&settings, "ada@sample.example"), SMTP_TROUBLE, "");
    assert_int_equal(post_letters(&post), 1);
    post_close(&post);
}

static void a_server_that_is_away_is_trouble(void **state)
{
    struct smtp_settings settings;

    (void)state;
    post_open(&post, NULL);
    settings = plain();
    post_stop(&post);
    expect(send_to(&settings, "ada@sample.example"), SMTP_TROUBLE, "connect");
    post_again(&post, NULL);
    expect(send_to(&settings, "ada@sample.example"), SMTP_TAKEN, "250");
    post_close(&post);
}

/* The connection that is kept has ended meanwhile. */
static void one_that_came_back_is_spoken_to_anew(void **state)
{
    struct smtp_settings settings;
    struct smtp *smtp;

    (void)state;
    post_open(&post, NULL);
    settings = plain();
    smtp = smtp_new(&settings, NULL, NULL);
    expect(smtp_send(smtp, STR("o@sample.example"), STR("ada@sample.example"), MESSAGE, &arena),
           SMTP_TAKEN, "250");
    post_stop(&post);
    post_again(&post, NULL);
    expect(smtp_send(smtp, STR("o@sample.example"), STR("ada@sample.example"), MESSAGE, &arena),
           SMTP_TAKEN, "250");
    smtp_free(smtp);
    post_close(&post);
}

static int begin(void **state)
{
    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_arrives_whole),
        cmocka_unit_test(an_address_in_any_script_is_written_to),
        cmocka_unit_test(many_letters_go_over_one_connection),
        cmocka_unit_test(it_is_encrypted_after_the_greeting),
        cmocka_unit_test(it_is_encrypted_from_the_first_byte),
        cmocka_unit_test(a_certificate_that_nobody_vouches_for_is_refused),
        cmocka_unit_test(a_server_that_does_not_encrypt_is_refused),
        cmocka_unit_test(who_signs_in_is_let_in_and_nobody_else),
        cmocka_unit_test(each_refusal_is_what_it_says),
        cmocka_unit_test(a_refusal_is_of_one_letter),
        cmocka_unit_test(a_server_that_says_nothing_is_given_up),
        cmocka_unit_test(whoever_stops_does_not_wait_for_it),
        cmocka_unit_test(a_connection_that_breaks_is_trouble),
        cmocka_unit_test(a_server_that_is_away_is_trouble),
        cmocka_unit_test(one_that_came_back_is_spoken_to_anew),
    };

    post_or_skip();
    return cmocka_run_group_tests(tests, begin, end);
}
