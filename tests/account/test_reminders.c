/* Who is told in time that something ends, or that something waits for them. */
#include <string.h>

#include "account/api_token.h"
#include "account/appoint.h"
#include "account/recovery.h"
#include "setting.h"

#define ADA "ada@sample.example"
#define BOB "bob@sample.example"
#define NEW "ada@new.example"
#define ETHICS ((struct scope){ SCOPE_BODY, STR("ethics") })
#define ORGANISATION ((struct scope){ SCOPE_ORGANISATION, STR("7") })
#define WAITING (7 * DAYS)

static struct act system_at(int64_t after)
{
    return (struct act){ .now = NOW + after, .actor = ACTOR_SYSTEM, .authority = STR("timer") };
}

static day today(void)
{
    const struct act act = nobody_at(0);

    return act_day(&act);
}

/* How long after NOW a timer is due; -1: there is none. */
static int64_t due(struct setting *s, const char *kind, int64_t subject)
{
    const char *sql =
        str_to_c(ARENA(s), str_format(ARENA(s),
                                      "SELECT coalesce((SELECT due_at FROM timer WHERE kind = '%s'"
                                      " AND subject = %lld), %lld)",
                                      kind, (long long)subject, (long long)(NOW - 1)));

    return ask(s->store, sql) - NOW;
}

static int64_t timers(struct setting *s)
{
    return ask(s->store, "SELECT count(*) FROM timer");
}

static int64_t entries(struct setting *s)
{
    return ask(s->store, "SELECT count(*) FROM journal");
}

static int64_t news(struct setting *s, const char *address, const char *template)
{
    return ask(s->store,
               str_to_c(ARENA(s), str_format(ARENA(s),
                                             "SELECT count(*) FROM outbox WHERE urgency = 'digest'"
                                             " AND address = '%s' AND template = '%s'",
                                             address, template)));
}

/* What the latest letter is made of. */
static const char *latest_data(struct setting *s)
{
    struct query query = { 0 };
    const char *data;

    check_ok(s->store, query_begin(s->store, "SELECT data FROM outbox ORDER BY id DESC LIMIT 1",
                                   NO_PARAMS, &query));
    assert_true(query_next(&query));
    data = str_to_c(ARENA(s), query_text(&query, 0));
    check_ok(s->store, query_end(&query));
    return data;
}

/* ---- appointments ---- */

static struct appointment_id have_chair(struct setting *s, struct person_id person, day from,
                                        day last)
{
    const struct act act = command_at(0);
    const struct appointment_wish wish = {
        .person = person,
        .role = APPOINTED_CHAIR,
        .scope = ETHICS,
        .from = from,
        .last = last,
    };
    struct appointment_id id = { 0 };

    DOES(s, appoint(s->store, ARENA(s), &act, &wish, &id));
    return id;
}

static void remind_appointment(struct setting *s, struct appointment_id id, int64_t after)
{
    const struct act act = system_at(after);

    DOES(s, appointment_remind(s->store, ARENA(s), &act, id));
}

static void end_at(struct setting *s, struct appointment_id id, day on)
{
    const struct act act = command_at(0);

    DOES(s, appoint_end(s->store, ARENA(s), &act, id, on, STR("It was agreed.")));
}

static void an_appointment_reminds_thirty_days_before_its_last(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_member(s, ADA, NULL);
    struct appointment_id id = have_chair(s, ada, today(), today() + 100);

    (void)state;
    assert_int_equal(due(s, APPOINTMENT_REMINDER, id.n), 70 * DAYS);
    remind_appointment(s, id, 70 * DAYS);
    assert_int_equal(news(s, ADA, "appointment-reminder"), 1);
    assert_non_null(strstr(latest_data(s), "\"last\":\"2027-03-04\""));
    assert_non_null(strstr(latest_data(s), "\"role\":\"chair\",\"scope\":\"body:ethics\""));
    assert_int_equal(letter_to(s, ADA)->about, ada.n);
    assert_int_equal(ask(s->store, "SELECT count(*) FROM journal WHERE"
                                   " operation = 'appointment-reminded' AND actor_kind = 'system'"),
                     1);
    setting_close(s);
}

static void one_that_is_short_or_has_no_end_reminds_nobody(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_member(s, ADA, NULL);

    (void)state;
    have_chair(s, ada, today() - 100, today() + 30);
    have_chair(s, ada, today() + 50, today() + 80);
    have_chair(s, ada, today() + 81, DAY_LAST);
    assert_int_equal(timers(s), 0);
    setting_close(s);
}

static void its_end_moves_the_reminder_or_cancels_it(void **state)
{
    struct setting *s = setting_open();
    struct appointment_id id = have_chair(s, have_member(s, ADA, NULL), today(), today() + 100);

    (void)state;
    end_at(s, id, today() + 60);
    assert_int_equal(due(s, APPOINTMENT_REMINDER, id.n), 29 * DAYS);
    remind_appointment(s, id, 29 * DAYS);
    assert_non_null(strstr(latest_data(s), "\"last\":\"2027-01-22\""));
    end_at(s, id, today() + 10);
    assert_int_equal(timers(s), 0);
    setting_close(s);
}

/* A timer may run late, or while its appointment means nothing any more. */
static void what_is_over_or_goes_on_reminds_nobody(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_member(s, ADA, NULL);
    struct appointment_id over = have_chair(s, ada, today(), today() + 100);
    struct appointment_id nobodys =
        have_chair(s, have_person(s, "Bob Sample"), today(), today() + 100);
    int64_t letters = letter_count(s);
    int64_t before = entries(s);
    struct appointment_id renewed;

    (void)state;
    remind_appointment(s, over, 101 * DAYS);
    remind_appointment(s, nobodys, 70 * DAYS);
    assert_int_equal(entries(s), before);
    assert_int_equal(letter_count(s), letters);
    remind_appointment(s, over, 101 * DAYS - 1);
    assert_int_equal(news(s, ADA, "appointment-reminder"), 1);
    renewed = have_chair(s, ada, today() + 101, today() + 200);
    remind_appointment(s, over, 70 * DAYS);
    assert_int_equal(news(s, ADA, "appointment-reminder"), 1);
    remind_appointment(s, renewed, 170 * DAYS);
    assert_int_equal(news(s, ADA, "appointment-reminder"), 2);
    setting_close(s);
}

/* ---- tokens ---- */

static int64_t have_token(struct setting *s, struct person_id by, bool organisation, day last)
{
    static const enum permission scopes[] = { PERMISSION_PERSON_SEE };
    const struct act act = person_at(by, 0);
    const struct api_token_wish wish = {
        .name = STR("a sample program"),
        .person = organisation ? (struct person_id){ 0 } : by,
        .organisation = organisation ? STR("7") : STR(""),
        .scopes = scopes,
        .scope_count = 1,
        .last = last,
    };
    struct str token;
    int64_t id = 0;

    DOES(s, api_token_make(s->store, ARENA(s), &act, &wish, &id, &token));
    return id;
}

static void remind_token(struct setting *s, int64_t id, int64_t after)
{
    const struct act act = system_at(after);

    DOES(s, api_token_remind(s->store, ARENA(s), &act, id));
}

static void a_token_reminds_its_owner_fourteen_days_before(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_member(s, ADA, NULL);
    int64_t id = have_token(s, ada, false, today() + 90);

    (void)state;
    have_token(s, ada, false, today() + 14);
    assert_int_equal(timers(s), 1);
    assert_int_equal(due(s, API_TOKEN_REMINDER, id), 76 * DAYS);
    remind_token(s, id, 91 * DAYS);
    assert_int_equal(news(s, ADA, "token-reminder"), 0);
    remind_token(s, id, 76 * DAYS);
    assert_int_equal(news(s, ADA, "token-reminder"), 1);
    assert_string_equal(latest_data(s), "{\"last\":\"2027-02-22\",\"name\":\"a sample program\","
                                        "\"page\":\"/account/tokens\"}");
    assert_int_equal(
        ask(s->store, "SELECT count(*) FROM journal WHERE operation = 'token-reminded'"), 1);
    setting_close(s);
}

static void a_revoked_token_reminds_nobody(void **state)
{
    struct setting *s = setting_open();
    struct account_id account;
    struct person_id ada = have_member(s, ADA, &account);
    const struct act act = person_at(ada, 0);
    int64_t revoked = have_token(s, ada, false, today() + 90);
    int64_t closed = have_token(s, ada, false, today() + 90);

    (void)state;
    DOES(s, api_token_revoke(s->store, ARENA(s), &act, revoked));
    assert_int_equal(due(s, API_TOKEN_REMINDER, revoked), -1);
    DOES(s, account_close(s->store, ARENA(s), &act, account));
    remind_token(s, revoked, 76 * DAYS);
    remind_token(s, closed, 76 * DAYS);
    assert_int_equal(news(s, ADA, "token-reminder"), 0);
    setting_close(s);
}

static void a_token_of_an_organisation_reminds_all_who_speak_for_it(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_role(s, ADA, APPOINTED_ORGANISATION_CONTACT, ORGANISATION);
    int64_t id = have_token(s, ada, true, today() + 90);

    (void)state;
    have_role(s, BOB, APPOINTED_ORGANISATION_CONTACT, ORGANISATION);
    end_at(s, (struct appointment_id){ 1 }, today() + 1);
    remind_token(s, id, 76 * DAYS);
    assert_int_equal(news(s, ADA, "token-reminder"), 0);
    assert_int_equal(news(s, BOB, "token-reminder"), 1);
    assert_non_null(strstr(latest_data(s), "\"page\":\"/account/organisations/7/tokens\""));
    setting_close(s);
}

/* ---- recoveries ---- */

static struct recovery_id ask_recovery(struct setting *s, const char *known_as)
{
    const struct act act = nobody_at(0);
    struct refusal refusal = { 0 };
    struct recovery_id id = { 0 };

    DOES(s, recovery_ask(s->store, ARENA(s), &act, str_from_c(known_as), STR(NEW),
                         STR("My passport."), &HERE, &refusal));
    DOES(s, recovery_confirm(s->store, ARENA(s), &act, token_to(s, NEW), &id));
    return id;
}

static struct recovery_id approved(struct setting *s, struct account_id account)
{
    const struct act officer = person_at(have_role(s, BOB, APPOINTED_OFFICER, SCOPE_ALL), 0);
    const struct act command = command_at(0);
    struct recovery_id id = ask_recovery(s, ADA);

    DOES(s, recovery_approve(s->store, ARENA(s), &officer, id, account, WAITING));
    assert_int_equal(due(s, RECOVERY_READY, id.n), -1);
    DOES(s, recovery_approve(s->store, ARENA(s), &command, id, account, WAITING));
    assert_int_equal(due(s, RECOVERY_READY, id.n), WAITING);
    return id;
}

static void remind_recovery(struct setting *s, struct recovery_id id, int64_t after)
{
    const struct act act = system_at(after);

    DOES(s, recovery_remind(s->store, ARENA(s), &act, id));
}

static void after_the_waiting_period_another_link_works_as_the_first(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(30 * DAYS);
    struct account_id account = have_account(s, ADA).account;
    struct recovery_id id = approved(s, account);
    struct str first = token_to(s, NEW);
    int64_t letters;
    struct sign_in in;

    (void)state;
    /* The program did not run for a week: the link that it sends works for two weeks all the same.
     */
    remind_recovery(s, id, WAITING + 10 * DAYS);
    assert_string_equal(letter_to(s, NEW)->template, "recovery-ready");
    assert_int_equal(ask(s->store, "SELECT count(*) FROM outbox WHERE template = 'recovery-ready'"
                                   " AND urgency = 'now'"),
                     1);
    REFUSES(s, recovery_finish(s->store, ARENA(s), &act, &RULES, first, &HERE, &in), ACCOUNT_LINK);
    DOES(s, recovery_finish(s->store, ARENA(s), &act, &RULES, token_to(s, NEW), &HERE, &in));
    assert_int_equal(in.account.n, account.n);
    assert_int_equal(timers(s), 0);
    letters = letter_count(s);
    remind_recovery(s, id, WAITING + DAYS);
    assert_int_equal(letter_count(s), letters);
    setting_close(s);
}

static void a_recovery_that_ended_otherwise_tells_nobody(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(DAYS);
    struct recovery_id id = approved(s, have_account(s, ADA).account);
    int64_t letters = letter_count(s);

    (void)state;
    remind_recovery(s, id, WAITING + 14 * DAYS);
    assert_int_equal(letter_count(s), letters);
    DOES(s, recovery_cancel(s->store, ARENA(s), &act, token_to(s, ADA)));
    assert_int_equal(timers(s), 0);
    letters = letter_count(s);
    remind_recovery(s, id, WAITING);
    assert_int_equal(letter_count(s), letters);
    setting_close(s);
}

static void a_refused_recovery_has_no_timer(void **state)
{
    struct setting *s = setting_open();
    const struct act act = command_at(DAYS);
    struct recovery_id id = approved(s, have_account(s, ADA).account);

    (void)state;
    DOES(s, recovery_refuse(s->store, ARENA(s), &act, id, STR("Not theirs.")));
    assert_int_equal(timers(s), 0);
    setting_close(s);
}

/* ---- what waits for officers ---- */

static void officers_are_told_of_claims(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct person_id bob = have_role(s, BOB, APPOINTED_OFFICER, SCOPE_ALL);
    struct sign_in asks = have_account(s, ADA);
    struct refusal refusal;
    struct claim_id claim;
    int64_t letters;

    (void)state;
    have_role(s, "admin@office.example", APPOINTED_ADMINISTRATOR, SCOPE_ALL);
    have_role(s, "chair@office.example", APPOINTED_CHAIR, ETHICS);
    letters = letter_count(s);
    DOES(s, claim_ask(s->store, ARENA(s), &act, asks.account, STR("Ada\r\nSample"),
                      STR("My passport."), &refusal, &claim));
    assert_int_equal(letter_count(s), letters + 1);
    assert_int_equal(news(s, BOB, "claim-waiting"), 1);
    assert_int_equal(letter_to(s, BOB)->about, bob.n);
    assert_string_equal(latest_data(s), "{\"name\":\"Ada  Sample\",\"page\":\"/office/claims/1\"}");
    setting_close(s);
}

static void officers_are_told_of_recoveries_once_the_address_is_confirmed(void **state)
{
    struct setting *s = setting_open();
    struct recovery_id id;

    (void)state;
    have_role(s, BOB, APPOINTED_OFFICER, SCOPE_ALL);
    id = ask_recovery(s, "Ada Sample");
    assert_int_equal(id.n, 1);
    assert_int_equal(news(s, BOB, "recovery-waiting"), 1);
    assert_string_equal(latest_data(s),
                        "{\"name\":\"Ada Sample\",\"page\":\"/office/recoveries/1\"}");
    setting_close(s);
}

static void who_cannot_sign_in_is_not_told(void **state)
{
    struct setting *s = setting_open();
    const struct act act = command_at(0);
    struct account bob;

    (void)state;
    check_ok(s->store, account_of_person(s->store, ARENA(s),
                                         have_role(s, BOB, APPOINTED_OFFICER, SCOPE_ALL), &bob));
    DOES(s, account_block(s->store, ARENA(s), &act, bob.id, STR("A trial.")));
    ask_recovery(s, "Ada Sample");
    assert_int_equal(news(s, BOB, "recovery-waiting"), 0);
    setting_close(s);
}

/* ---- those of before ---- */

/* The migration's text, over a database that has no timers. */
static struct str migration_text(void)
{
    struct migrations migrations = migrations_of_program();

    for (size_t i = 0; i < migrations.count; i++) {
        if (strcmp(migrations.at[i].name, "0008-reminders.sql") == 0)
            return (struct str){ migrations.at[i].bytes, migrations.at[i].size };
    }
    fail_msg("there is no such migration");
    return STR_NONE;
}

static void what_is_older_than_reminders_gets_the_same_timers(void **state)
{
    struct setting *s = setting_open();
    struct person_id ada = have_role(s, NEW, APPOINTED_ORGANISATION_CONTACT, ORGANISATION);
    const struct act act = person_at(ada, 0);
    struct appointment_id ended;
    int64_t revoked;

    (void)state;
    have_chair(s, ada, today(), today() + 100);
    have_chair(s, ada, today() + 101, today() + 131);
    ended = have_chair(s, ada, today() + 132, DAY_LAST);
    end_at(s, ended, today() + 250);
    have_token(s, ada, true, today() + 90);
    have_token(s, ada, false, today() + 14);
    revoked = have_token(s, ada, false, today() + 90);
    DOES(s, api_token_revoke(s->store, ARENA(s), &act, revoked));
    approved(s, have_account(s, ADA).account);
    assert_int_equal(timers(s), 4);
    check_ok(s->store, store_script(s->store, "CREATE TABLE before_migration AS"
                                              " SELECT * FROM timer; DELETE FROM timer"));
    check_ok(s->store, store_script(s->store, str_to_c(ARENA(s), migration_text())));
    assert_int_equal(timers(s), 4);
    assert_int_equal(ask(s->store, "SELECT count(*) FROM timer AS t JOIN before_migration AS b"
                                   " ON t.kind = b.kind AND t.subject = b.subject"
                                   " AND t.due_at = b.due_at AND t.next_at = b.next_at"),
                     4);
    setting_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_appointment_reminds_thirty_days_before_its_last),
        cmocka_unit_test(one_that_is_short_or_has_no_end_reminds_nobody),
        cmocka_unit_test(its_end_moves_the_reminder_or_cancels_it),
        cmocka_unit_test(what_is_over_or_goes_on_reminds_nobody),
        cmocka_unit_test(a_token_reminds_its_owner_fourteen_days_before),
        cmocka_unit_test(a_revoked_token_reminds_nobody),
        cmocka_unit_test(a_token_of_an_organisation_reminds_all_who_speak_for_it),
        cmocka_unit_test(after_the_waiting_period_another_link_works_as_the_first),
        cmocka_unit_test(a_recovery_that_ended_otherwise_tells_nobody),
        cmocka_unit_test(a_refused_recovery_has_no_timer),
        cmocka_unit_test(officers_are_told_of_claims),
        cmocka_unit_test(officers_are_told_of_recoveries_once_the_address_is_confirmed),
        cmocka_unit_test(who_cannot_sign_in_is_not_told),
        cmocka_unit_test(what_is_older_than_reminders_gets_the_same_timers),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
