/* Sessions: how long they live, how they end, what their forms carry. */
#include <string.h>

#include "account/token.h"
#include "setting.h"

#define ADA "ada@sample.example"
#define BOB "bob@sample.example"

static void ends_at(struct setting *s, struct str token, int64_t after)
{
    struct session session;

    have_session(s, token, after - 1);
    check_fails(s->store, session_find(s->store, ARENA(s), &RULES, NOW + after, token, &session),
                ACCOUNT_SESSION);
}

static void use(struct setting *s, struct session_id session, int64_t after)
{
    const struct session_use use = { session, NOW + after };

    DOES(s, sessions_seen(s->store, &RULES, &use, 1));
}

static void an_idle_session_ends(void **state)
{
    struct setting *s = setting_open();
    struct sign_in in = have_account(s, ADA);

    (void)state;
    ends_at(s, in.token, 2 * DAYS);
    use(s, in.session, DAYS);
    ends_at(s, in.token, 3 * DAYS);
    setting_close(s);
}

static void a_session_in_use_ends_all_the_same(void **state)
{
    struct setting *s = setting_open();
    struct sign_in in = have_account(s, ADA);

    (void)state;
    for (int64_t n = 1; n < 12; n++)
        use(s, in.session, n * DAYS);
    ends_at(s, in.token, 10 * DAYS);
    setting_close(s);
}

static void a_late_use_wakes_no_idle_session(void **state)
{
    struct setting *s = setting_open();
    struct sign_in in = have_account(s, ADA);

    (void)state;
    use(s, in.session, 2 * DAYS);
    ends_at(s, in.token, 2 * DAYS);
    setting_close(s);
}

static void an_earlier_use_that_comes_late_takes_nothing_back(void **state)
{
    struct setting *s = setting_open();
    struct sign_in in = have_account(s, ADA);

    (void)state;
    use(s, in.session, DAYS);
    use(s, in.session, HOURS);
    ends_at(s, in.token, 3 * DAYS);
    setting_close(s);
}

static void another_token_is_no_session(void **state)
{
    struct setting *s = setting_open();
    struct session session;
    struct sign_in in = have_account(s, ADA);

    (void)state;
    check_fails(
        s->store,
        session_find(s->store, ARENA(s), &RULES, NOW, token_new(ARENA(s), STR("")), &session),
        ACCOUNT_SESSION);
    check_fails(s->store, session_find(s->store, ARENA(s), &RULES, NOW, STR_NONE, &session),
                ACCOUNT_SESSION);
    check_fails(s->store,
                session_find(s->store, ARENA(s), &RULES, NOW, str_take(in.token, 42), &session),
                ACCOUNT_SESSION);
    setting_close(s);
}

static void nobody_ends_a_session_of_somebody_else(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct sign_in ada = have_account(s, ADA);
    struct sign_in bob = have_account(s, BOB);

    (void)state;
    REFUSES(s, session_revoke(s->store, ARENA(s), &act, bob.account, ada.session), ACCOUNT_SESSION);
    have_session(s, ada.token, 0);
    DOES(s, session_revoke(s->store, ARENA(s), &act, ada.account, ada.session));
    REFUSES(s, session_revoke(s->store, ARENA(s), &act, ada.account, ada.session), ACCOUNT_SESSION);
    setting_close(s);
}

static void signing_out_everywhere_leaves_one_or_none(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct sign_in in = have_account(s, ADA);
    struct session_wish wish = { .account = in.account, .visitor = &THERE };
    struct session_list list;
    struct session session;
    struct session_id other;
    struct str token;
    int64_t ended;

    (void)state;
    DOES(s, session_begin(s->store, ARENA(s), NOW + 1, &wish, &token, &other));
    check_ok(s->store, sessions_of_account(s->store, ARENA(s), &RULES, NOW + 2, in.account, &list));
    assert_int_equal(list.count, 2);
    check_str(list.at[0].agent, "curl");
    check_str(list.at[1].agent, "Firefox on Linux");
    check_str(list.at[1].network, "192.0.2.0");
    DOES(s, sessions_revoke_all(s->store, ARENA(s), &act, in.account, in.session, &ended));
    assert_int_equal(ended, 1);
    have_session(s, in.token, 2);
    check_fails(s->store, session_find(s->store, ARENA(s), &RULES, NOW + 2, token, &session),
                ACCOUNT_SESSION);
    DOES(s, sessions_revoke_all(s->store, ARENA(s), &act, in.account, (struct session_id){ 0 },
                                &ended));
    assert_int_equal(ended, 1);
    check_ok(s->store, sessions_of_account(s->store, ARENA(s), &RULES, NOW + 2, in.account, &list));
    assert_int_equal(list.count, 0);
    setting_close(s);
}

static void a_session_that_has_ended_is_not_made_strong(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct sign_in in = have_account(s, ADA);

    (void)state;
    DOES(s, session_revoke(s->store, ARENA(s), &act, in.account, in.session));
    DOES(s, session_mark_strong(s->store, NOW + 5, in.session));
    assert_int_equal(
        ask(s->store, "SELECT count(*) FROM session WHERE strong_at > 1795478400000000"), 0);
    setting_close(s);
}

static void a_sweep_deletes_what_ended_long_ago_and_nothing_else(void **state)
{
    struct setting *s = setting_open();
    const struct act act = nobody_at(0);
    struct sign_in ada = have_account(s, ADA);
    struct sign_in bob = have_account(s, BOB);

    (void)state;
    DOES(s, session_revoke(s->store, ARENA(s), &act, ada.account, ada.session));
    DOES(s, accounts_sweep(s->store, NOW + SESSIONS_KEPT));
    assert_int_equal(ask(s->store, "SELECT count(*) FROM session"), 2);
    DOES(s, accounts_sweep(s->store, NOW + SESSIONS_KEPT + 1));
    assert_int_equal(ask(s->store, "SELECT count(*) FROM session"), 1);
    have_session(s, bob.token, 0);
    setting_close(s);
}

/* ---- no order of things lets one live that has ended ---- */

#define SESSIONS 4
#define STEPS 400

/* What must be true of a session, kept beside the database. */
struct model {
    struct sign_in in;
    int64_t created;
    int64_t seen; /* the latest use that was noted */
    bool ended;
};

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static bool may_live(const struct model *model, int64_t now)
{
    return !model->ended && now < model->created + RULES.absolute && now < model->seen + RULES.idle;
}

static bool lives(struct setting *s, const struct model *model, int64_t now)
{
    struct arena_mark mark = arena_mark(ARENA(s));
    struct session session;
    struct result found = session_find(s->store, ARENA(s), &RULES, now, model->in.token, &session);

    arena_rewind(ARENA(s), mark);
    if (failed(found))
        check_fails(s->store, found, ACCOUNT_SESSION);
    return !failed(found);
}

static void begin_anew(struct setting *s, struct model *model, struct account_id account,
                       int64_t now)
{
    const struct session_wish wish = { .account = account, .visitor = &HERE };

    *model = (struct model){ .created = now, .seen = now };
    DOES(s, session_begin(s->store, ARENA(s), now, &wish, &model->in.token, &model->in.session));
}

static void end_all(struct setting *s, struct model *models, struct account_id account,
                    const struct act *act, size_t keep)
{
    int64_t ended;

    DOES(s, sessions_revoke_all(s->store, ARENA(s), act, account, models[keep].in.session, &ended));
    for (size_t i = 0; i < SESSIONS; i++)
        models[i].ended = models[i].ended || i != keep;
}

/* One step: somebody uses a session, maybe noted late; one is ended, or all others; or nothing but
   time passes. */
static void step(struct setting *s, struct model *models, struct account_id account, int64_t now,
                 uint32_t *seed)
{
    const size_t i = next_random(seed) % SESSIONS;
    const struct act act = nobody_at(now - NOW);
    struct model *model = &models[i];

    switch (next_random(seed) % 6) {
    case 0:
    case 1:
        if (lives(s, model, now)) {
            use(s, model->in.session, now - NOW);
            model->seen = now > model->seen ? now : model->seen;
        }
        break;
    case 2: /* noted only now, and of whatever instant: it may not wake what was dead then */
        if (next_random(seed) % 2) {
            int64_t at = now - (int64_t)(next_random(seed) % 72) * HOURS;
            if (may_live(model, at) && at > model->seen)
                model->seen = at;
            use(s, model->in.session, at - NOW);
        }
        break;
    case 3:
        if (lives(s, model, now))
            DOES(s, session_revoke(s->store, ARENA(s), &act, account, model->in.session));
        model->ended = true;
        break;
    case 4:
        if (next_random(seed) % 4 == 0)
            end_all(s, models, account, &act, i);
        break;
    default:
        if (!lives(s, model, now))
            begin_anew(s, model, account, now);
    }
}

static void no_order_of_uses_and_ends_lets_a_session_live(void **state)
{
    struct setting *s = setting_open();
    struct account_id account = have_account(s, ADA).account;
    struct model models[SESSIONS];
    uint32_t seed = 20261124;
    int64_t now = NOW;
    int alive = 0;

    (void)state;
    for (size_t i = 0; i < SESSIONS; i++)
        begin_anew(s, &models[i], account, now);
    for (int n = 0; n < STEPS; n++) {
        now += (int64_t)(next_random(&seed) % 30) * HOURS;
        step(s, models, account, now, &seed);
        for (size_t i = 0; i < SESSIONS; i++) {
            assert_int_equal(lives(s, &models[i], now), may_live(&models[i], now));
            alive += may_live(&models[i], now);
        }
    }
    assert_in_range(alive, STEPS / 4, STEPS * SESSIONS - STEPS / 4);
    setting_close(s);
}

/* ---- forms ---- */

static void the_secret_of_forms_is_masked_afresh_and_fits_its_session_alone(void **state)
{
    struct arena arena;
    struct str session, other, first, second;

    (void)state;
    arena_init(&arena, 1 << 20);
    session = token_new(&arena, STR(""));
    other = token_new(&arena, STR(""));
    first = csrf_token(&arena, session);
    second = csrf_token(&arena, session);
    assert_false(str_eq(first, second));
    assert_true(csrf_token_fits(&arena, session, first));
    assert_true(csrf_token_fits(&arena, session, second));
    assert_false(csrf_token_fits(&arena, other, first));
    assert_false(csrf_token_fits(&arena, session, STR("")));
    assert_false(csrf_token_fits(&arena, session, str_take(first, first.n - 1)));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_idle_session_ends),
        cmocka_unit_test(a_session_in_use_ends_all_the_same),
        cmocka_unit_test(a_late_use_wakes_no_idle_session),
        cmocka_unit_test(an_earlier_use_that_comes_late_takes_nothing_back),
        cmocka_unit_test(another_token_is_no_session),
        cmocka_unit_test(nobody_ends_a_session_of_somebody_else),
        cmocka_unit_test(signing_out_everywhere_leaves_one_or_none),
        cmocka_unit_test(a_session_that_has_ended_is_not_made_strong),
        cmocka_unit_test(a_sweep_deletes_what_ended_long_ago_and_nothing_else),
        cmocka_unit_test(no_order_of_uses_and_ends_lets_a_session_live),
        cmocka_unit_test(the_secret_of_forms_is_masked_afresh_and_fits_its_session_alone),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
