#include "setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "account/password.h"
#include "store/installation.h"
#include "json/read.h"

const struct session_rules RULES = { .idle = 2 * DAYS, .absolute = 10 * DAYS };
const struct visitor HERE = {
    .network = { FAMILY_V4, { 192, 0, 2, 7 } },
    .agent = STR("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
    .browser = STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
};
const struct visitor THERE = {
    .network = { FAMILY_V4, { 198, 51, 100, 9 } },
    .agent = STR("curl/8.0"),
    .browser = STR("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"),
};

/* The one that is open: what stands in for hashing counts in it. */
static struct setting *open_setting;

struct result __wrap_password_verify(struct str password, struct str kept, bool *ret);

struct result __wrap_password_verify(struct str password, struct str kept, bool *ret)
{
    open_setting->comparisons++;
    *ret = kept.p && str_eq(password, kept);
    return OK;
}

struct setting *setting_open(void)
{
    struct setting *setting = calloc(1, sizeof(*setting));
    char id[INSTALLATION_ID_SIZE];

    assert_non_null(setting);
    arena_init(&setting->arena, 64 << 20);
    setting->database = engine_database();
    setting->store = engine_open_migrated(setting->database);
    check_ok(setting->store, store_begin(setting->store));
    check_ok(setting->store, installation_ensure(setting->store, NOW, "test", id));
    check_ok(setting->store, store_commit(setting->store));
    open_setting = setting;
    return setting;
}

/* Every letter that was asked for has its templates. */
static void check_templates(struct setting *setting)
{
    struct query query = { 0 };
    char path[300];

    check_ok(setting->store, query_begin(setting->store, "SELECT DISTINCT template FROM outbox",
                                         NO_PARAMS, &query));
    while (query_next(&query)) {
        snprintf(path, sizeof(path), "%s/src/web/templates/mail/%.*s.txt", getenv("ASSAY_SOURCE"),
                 STR_ARG(query_text(&query, 0)));
        if (access(path, R_OK) != 0)
            fail_msg("a letter has no template %s", path);
    }
    check_ok(setting->store, query_end(&query));
}

void setting_close(struct setting *setting)
{
    check_templates(setting);
    open_setting = NULL;
    store_close(setting->store);
    arena_release(&setting->arena);
    free(setting);
}

void setting_restart(struct setting *setting)
{
    store_close(setting->store);
    setting->store = engine_open_migrated(setting->database);
}

int64_t letter_count(const struct setting *setting)
{
    return ask(setting->store, "SELECT count(*) FROM outbox");
}

/* The secret in a letter's data. Its link is one of ours, and says until when it works. */
static struct str token_of(struct arena *arena, struct str data)
{
    const struct json_limits limits = { .bytes = 65536, .depth = 4 };
    struct json_fault fault;
    struct value *value = NULL;
    const struct value *path;

    assert_false(failed(json_read(arena, data, &limits, &fault, &value)));
    path = value_get(value, "path");
    if (!path)
        return STR("");
    assert_true(str_starts(path->text, STR("/account/link/")));
    assert_non_null(value_get(value, "until"));
    return str_drop(path->text, 14);
}

const struct sent *letter_to(struct setting *setting, const char *address)
{
    struct arena *arena = &setting->arena;
    struct sent *sent = ARENA_NEW(arena, struct sent);
    struct query query = { 0 };

    check_ok(setting->store,
             query_begin(setting->store,
                         "SELECT template, data, about FROM outbox WHERE address = $1"
                         " ORDER BY id DESC LIMIT 1",
                         PARAMS(datum_text(str_from_c(address))), &query));
    if (!query_next(&query))
        fail_msg("no letter to %s", address);
    sent->template = str_to_c(arena, query_text(&query, 0));
    sent->token = str_to_c(arena, token_of(arena, query_text(&query, 1)));
    sent->about = query_int_or(&query, 2, 0);
    check_ok(setting->store, query_end(&query));
    return sent;
}

struct str token_to(struct setting *setting, const char *address)
{
    return str_from_c(letter_to(setting, address)->token);
}

struct act nobody_at(int64_t after)
{
    return (struct act){ .now = NOW + after, .actor = ACTOR_PERSON, .authority = STR("public") };
}

struct act person_at(struct person_id person, int64_t after)
{
    struct act act = nobody_at(after);

    act.actor_id = person.n;
    act.authority = STR("self");
    return act;
}

struct act command_at(int64_t after)
{
    return (struct act){
        .now = NOW + after,
        .actor = ACTOR_COMMAND,
        .authority = STR("command line"),
    };
}

struct sign_in have_account(struct setting *setting, const char *address)
{
    const struct act act = nobody_at(0);
    struct sign_in in = { 0 };
    struct account_id id = { 0 };
    struct session_wish wish = { .method = METHOD_LINK, .strong = true, .visitor = &HERE };

    DOES(setting, account_make(setting->store, ARENA(setting), &act, str_from_c(address), &id));
    wish.account = id;
    in.account = id;
    DOES(setting,
         session_begin(setting->store, ARENA(setting), act.now, &wish, &in.token, &in.session));
    return in;
}

struct person_id have_person(struct setting *setting, const char *name)
{
    const struct act act = command_at(0);
    struct person_id person = { 0 };

    DOES(setting, person_add(setting->store, ARENA(setting), &act, str_from_c(name), &person));
    return person;
}

struct person_id have_member(struct setting *setting, const char *address,
                             struct account_id *ret_account)
{
    const struct act act = command_at(0);
    struct person_id person = have_person(setting, address);
    struct sign_in in = { 0 };
    struct str token;

    DOES(setting,
         person_invite(setting->store, ARENA(setting), &act, person, str_from_c(address), &token));
    DOES(setting,
         claim_by_link(setting->store, ARENA(setting), &act, &RULES, NULL, token, &HERE, &in));
    if (ret_account)
        *ret_account = in.account;
    return person;
}

struct person_id have_role(struct setting *setting, const char *address, enum appointed_role role,
                           struct scope scope)
{
    const struct act act = command_at(0);
    const struct appointment_wish wish = {
        .person = have_member(setting, address, NULL),
        .role = role,
        .scope = scope,
        .from = act_day(&act),
        .last = DAY_LAST,
    };
    struct appointment_id id;

    DOES(setting, appointment_make(setting->store, ARENA(setting), &act, &wish, &id));
    return wish.person;
}

struct session have_session(struct setting *setting, struct str token, int64_t after)
{
    struct session session = { 0 };

    check_ok(setting->store,
             session_find(setting->store, ARENA(setting), &RULES, NOW + after, token, &session));
    return session;
}
