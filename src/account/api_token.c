#include "account/api_token.h"

#include "account/tell.h"
#include "account/token.h"
#include "register/timer.h"
#include "store/rows.h"

#define NAME_MAX_BYTES 200

/* ---- making and revoking ---- */

static struct result check_wish(const struct act *act, const struct api_token_wish *wish)
{
    if (str_trim(wish->name).n == 0 || wish->name.n > NAME_MAX_BYTES)
        return fail(&ACCOUNT_NAME);
    if (wish->last < act_day(act) || wish->last > act_day(act) + API_TOKEN_LONGEST)
        return fail(&ACCOUNT_TOKEN_TERM);
    for (size_t i = 0; i < wish->scope_count; i++) {
        if (!role_has(ROLE_TOKEN, wish->scopes[i]) || permission_row(wish->scopes[i])->sensitive)
            return fail(&ACCOUNT_TOKEN_SCOPE);
    }
    return wish->scope_count > 0 ? OK : fail(&ACCOUNT_TOKEN_SCOPE);
}

/* A person's token is made by that person, an organisation's by whoever speaks for it. */
static struct result check_maker(struct store *store, struct arena *arena, const struct act *act,
                                 struct person_id person, struct str organisation)
{
    const struct about self = { .scope = SCOPE_ALL, .person = person };
    const struct about other = { .scope = { SCOPE_ORGANISATION, organisation } };

    if (act->actor != ACTOR_PERSON || act->actor_id == 0)
        return fail(&ACCOUNT_NOT_PERMITTED);
    if (organisation.n > 0)
        return act_permitted(store, arena, act, PERMISSION_ORGANISATION_TOKEN_MANAGE, &other);
    return act_permitted(store, arena, act, PERMISSION_TOKEN_MANAGE, &self);
}

/* Whose history it stands in. */
static struct result token_entry(struct store *store, struct arena *arena, const struct act *act,
                                 const char *operation, struct person_id person,
                                 struct str organisation, const struct value *payload)
{
    struct journal_subject subject = { "person", person.n };

    if (organisation.n > 0) {
        subject.kind = "organisation";
        if (!str_to_int(organisation, 1, INT64_MAX, &subject.id))
            return fail(&ACCOUNT_TOKEN_SCOPE);
    }
    return journal_append(store, arena, act, operation, subject, payload, NULL);
}

static struct value *payload_of(struct arena *arena, const struct api_token_wish *wish, int64_t id)
{
    struct value *payload = value_object(arena);
    struct value *scopes = value_array(arena);

    for (size_t i = 0; i < wish->scope_count; i++)
        value_push(arena, scopes,
                   value_text(arena, str_from_c(permission_row(wish->scopes[i])->name)));
    value_set_int(arena, payload, "token", id);
    value_set_text(arena, payload, "name", str_trim(wish->name));
    value_set(arena, payload, "scopes", scopes);
    value_set(arena, payload, "last", value_day(arena, wish->last));
    return payload;
}

static struct result insert_token(struct store *store, const struct act *act,
                                  const struct api_token_wish *wish, struct str token, int64_t *ret)
{
    struct sha256_digest digest = token_digest(token);
    bool organisation = wish->organisation.n > 0;

    TRY(store_insert(store,
                     "INSERT INTO api_token (name, person, organisation, digest, made_by,"
                     " created_at, last_day) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
                     PARAMS(datum_text(str_trim(wish->name)),
                            organisation ? datum_null() : datum_int(wish->person.n),
                            organisation ? datum_text(wish->organisation) : datum_null(),
                            datum_bytes(digest_bytes(&digest)), datum_int(act->actor_id),
                            datum_int(act->now), datum_int(wish->last)),
                     ret));
    for (size_t i = 0; i < wish->scope_count; i++)
        TRY(store_run(store,
                      "INSERT INTO api_token_scope (token, scope) VALUES ($1, $2)"
                      " ON CONFLICT (token, scope) DO NOTHING",
                      PARAMS(datum_int(*ret),
                             datum_text(str_from_c(permission_row(wish->scopes[i])->name)))));
    return OK;
}

/* One that lasts no longer than that needs none. */
static struct result set_reminder(struct store *store, const struct act *act, int64_t id, day last)
{
    day on = last - API_TOKEN_REMINDED;

    return on <= act_day(act) ? OK : timer_set(store, API_TOKEN_REMINDER, id, on * DAYS);
}

struct result api_token_make(struct store *store, struct arena *arena, const struct act *act,
                             const struct api_token_wish *wish, int64_t *ret_id,
                             struct str *ret_token)
{
    struct str token = token_new(arena, STR(API_TOKEN_PREFIX));
    int64_t id;

    TRY(check_wish(act, wish));
    TRY(check_maker(store, arena, act, wish->person, wish->organisation));
    TRY(insert_token(store, act, wish, token, &id));
    TRY(set_reminder(store, act, id, wish->last));
    TRY(token_entry(store, arena, act, "token-made", wish->person, wish->organisation,
                    payload_of(arena, wish, id)));
    *ret_id = id;
    *ret_token = token;
    return OK;
}

/* ---- reading ---- */

#define TOKENS                                                                                     \
    "SELECT id, name, person, organisation, created_at, last_day, used_at, revoked_at"             \
    " FROM api_token"

static void take_row(const struct query *query, struct arena *arena, void *ret)
{
    struct api_token token = {
        .id = query_int(query, 0),
        .name = str_copy(arena, query_text(query, 1)),
        .person = { query_int_or(query, 2, 0) },
        .organisation = STR(""),
        .created = query_int(query, 4),
        .last = (day)query_int(query, 5),
        .used = query_int_or(query, 6, 0),
        .revoked = query_int_or(query, 7, 0),
    };

    if (query_kind(query, 3) == DATUM_TEXT)
        token.organisation = str_copy(arena, query_text(query, 3));
    *(struct api_token *)ret = token;
}

/* Scopes that this program does not know give nothing. */
static struct result read_scopes(struct store *store, struct arena *arena, struct api_token *token)
{
    CLEANUP(query_release) struct query query = { 0 };
    enum permission *scopes = NULL;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store, "SELECT scope FROM api_token_scope WHERE token = $1 ORDER BY scope",
                    PARAMS(datum_int(token->id)), &query));
    while (query_next(&query)) {
        enum permission permission;
        if (permission_parse(query_text(&query, 0), &permission))
            *ARENA_PUSH(arena, scopes, count, room) = permission;
    }
    TRY(query_end(&query));
    token->scopes = scopes;
    token->scope_count = count;
    return OK;
}

static struct result read_tokens(struct store *store, struct arena *arena, const char *sql,
                                 struct params params, struct api_token_list *ret)
{
    struct api_token *list;
    struct rows rows;

    TRY(rows_read(store, arena, sql, params, take_row, sizeof(*list), &rows));
    list = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        TRY(read_scopes(store, arena, &list[i]));
    *ret = (struct api_token_list){ list, rows.count };
    return OK;
}

struct result api_tokens_of_person(struct store *store, struct arena *arena,
                                   struct person_id person, struct api_token_list *ret)
{
    return read_tokens(store, arena, TOKENS " WHERE person = $1 ORDER BY id",
                       PARAMS(datum_int(person.n)), ret);
}

struct result api_tokens_of_organisation(struct store *store, struct arena *arena,
                                         struct str organisation, struct api_token_list *ret)
{
    return read_tokens(store, arena, TOKENS " WHERE organisation = $1 ORDER BY id",
                       PARAMS(datum_text(organisation)), ret);
}

struct result api_tokens_list(struct store *store, struct arena *arena, int64_t after, size_t max,
                              struct api_token_list *ret)
{
    return read_tokens(store, arena, TOKENS " WHERE id > $1 ORDER BY id LIMIT $2",
                       PARAMS(datum_int(after), datum_int((int64_t)max)), ret);
}

struct result api_token_revoke(struct store *store, struct arena *arena, const struct act *act,
                               int64_t id)
{
    struct value *payload = value_object(arena);
    struct api_token_list list;

    TRY(read_tokens(store, arena, TOKENS " WHERE id = $1", PARAMS(datum_int(id)), &list));
    if (list.count == 0)
        return fail(&ACCOUNT_TOKEN_UNKNOWN);
    if (act->actor != ACTOR_COMMAND)
        TRY(check_maker(store, arena, act, list.at[0].person, list.at[0].organisation));
    if (list.at[0].revoked)
        return fail(&ACCOUNT_DECIDED);
    TRY(store_run(store, "UPDATE api_token SET revoked_at = $2 WHERE id = $1",
                  PARAMS(datum_int(id), datum_int(act->now))));
    TRY(timer_cancel(store, API_TOKEN_REMINDER, id));
    value_set_int(arena, payload, "token", id);
    return token_entry(store, arena, act, "token-revoked", list.at[0].person,
                       list.at[0].organisation, payload);
}

/* ---- the reminder ---- */

static struct result tell_owner(struct store *store, struct arena *arena, const struct act *act,
                                struct person_id person, const struct value *data, bool *ret_told)
{
    struct account account;
    struct result found = account_of_person(store, arena, person, &account);

    if (found.error == &ACCOUNT_UNKNOWN)
        return OK;
    TRY(found);
    TRY(account_news(store, arena, act, account.id, "token-reminder", data));
    *ret_told = true;
    return OK;
}

/* Contacts of the organisation make and revoke its tokens, whoever made this one. */
static struct result tell_contacts(struct store *store, struct arena *arena, const struct act *act,
                                   struct str organisation, const struct value *data,
                                   bool *ret_told)
{
    const struct scope scope = { SCOPE_ORGANISATION, organisation };
    struct appointment_list held;

    TRY(appointments_within(store, arena, scope, act_day(act), &held));
    for (size_t i = 0; i < held.count; i++) {
        if (appointment_allows(&held.at[i], PERMISSION_ORGANISATION_TOKEN_MANAGE))
            TRY(tell_owner(store, arena, act, held.at[i].person, data, ret_told));
    }
    return OK;
}

static struct result remind(struct store *store, struct arena *arena, const struct act *act,
                            const struct api_token *token)
{
    struct value *data = value_object(arena);
    struct value *payload = value_object(arena);
    bool told = false;

    value_set_text(arena, data, "name", token->name);
    value_set(arena, data, "last", value_day(arena, token->last));
    value_set_text(
        arena, data, "page",
        token->organisation.n > 0
            ? str_format(arena, "/account/organisations/%.*s/tokens", STR_ARG(token->organisation))
            : STR("/account/tokens"));
    if (token->person.n)
        TRY(tell_owner(store, arena, act, token->person, data, &told));
    else
        TRY(tell_contacts(store, arena, act, token->organisation, data, &told));
    if (!told)
        return OK;
    value_set_int(arena, payload, "token", token->id);
    value_set_text(arena, payload, "name", token->name);
    value_set(arena, payload, "last", value_day(arena, token->last));
    return token_entry(store, arena, act, "token-reminded", token->person, token->organisation,
                       payload);
}

struct result api_token_remind(struct store *store, struct arena *arena, const struct act *act,
                               int64_t id)
{
    struct api_token_list list;

    TRY(read_tokens(store, arena, TOKENS " WHERE id = $1", PARAMS(datum_int(id)), &list));
    if (list.count == 0)
        return fail(&ACCOUNT_TOKEN_UNKNOWN);
    if (list.at[0].revoked || list.at[0].last < act_day(act))
        return OK;
    return remind(store, arena, act, &list.at[0]);
}

/* ---- use ---- */

/* What a token gives today: what its owner may, as far as its scopes go. */
static struct result who_of(struct store *store, struct arena *arena, int64_t now,
                            const struct api_token *token, struct who *ret)
{
    const struct act at = { .now = now };
    struct who who = {
        .person = token->person,
        .token = token->id,
        .organisation = token->organisation,
        .scopes = token->scopes,
        .scope_count = token->scope_count,
    };
    struct account account;

    if (token->revoked || token->last < act_day(&at))
        return fail(&ACCOUNT_TOKEN);
    if (who.person.n) {
        TRY(roles_on(store, arena, who.person, act_day(&at), &who.roles));
        /* Nothing comes in for a person whose account is blocked or closed. */
        if (failed(account_of_person(store, arena, who.person, &account)) ||
            account.state != ACCOUNT_STATE_OPEN)
            return fail(&ACCOUNT_TOKEN);
    }
    *ret = who;
    return OK;
}

struct result who_of_token(struct store *store, struct arena *arena, int64_t now, struct str token,
                           struct who *ret)
{
    struct sha256_digest digest = token_digest(token);
    struct api_token_list list;

    if (!token_is_formed(token, STR(API_TOKEN_PREFIX)))
        return fail(&ACCOUNT_TOKEN);
    TRY(read_tokens(store, arena, TOKENS " WHERE digest = $1",
                    PARAMS(datum_bytes(digest_bytes(&digest))), &list));
    return list.count > 0 ? who_of(store, arena, now, &list.at[0], ret) : fail(&ACCOUNT_TOKEN);
}

struct result who_of_token_id(struct store *store, struct arena *arena, int64_t now, int64_t id,
                              struct who *ret)
{
    struct api_token_list list;

    TRY(read_tokens(store, arena, TOKENS " WHERE id = $1", PARAMS(datum_int(id)), &list));
    return list.count > 0 ? who_of(store, arena, now, &list.at[0], ret) : fail(&ACCOUNT_TOKEN);
}

struct result api_token_seen(struct store *store, int64_t token, int64_t at)
{
    return store_run(store,
                     "UPDATE api_token SET used_at = $2"
                     " WHERE id = $1 AND (used_at IS NULL OR used_at < $2)",
                     PARAMS(datum_int(token), datum_int(at)));
}
