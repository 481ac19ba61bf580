#include "register/journal.h"
#include "register/people.h"

#define TEXT_MAX 1000 /* bytes of a basis or a reason */
#define SCOPE_ID_MAX 100

const struct error APPOINTMENT_UNKNOWN = { "appointment-unknown", 404, EXIT_NO,
                                           "there is no appointment of this number" };
const struct error APPOINTMENT_ROLE = { "appointment-role", 422, EXIT_INPUT,
                                        "there is no such role within such a scope" };
const struct error APPOINTMENT_TERM = { "appointment-term", 422, EXIT_INPUT,
                                        "the appointment would end before it begins" };
const struct error APPOINTMENT_TEXT = { "appointment-text", 422, EXIT_INPUT,
                                        "a basis or a reason has at most 1,000 bytes" };
const struct error APPOINTMENT_TWICE = { "appointment-twice", 409, EXIT_NO,
                                         "the person holds this role in these days already" };
const struct error APPOINTMENT_ENDED = { "appointment-ended", 409, EXIT_NO,
                                         "the appointment has ended by that day already" };
const struct error APPOINTMENT_LAST = {
    "last-administrator", 409, EXIT_NO,
    "nobody would be left to administer the installation; appoint another administrator first"
};
const struct error APPOINTMENT_OF_ONESELF = { "appointment-of-oneself", 403, EXIT_NO,
                                              "nobody appoints themselves" };

/* ---- scopes and roles ---- */

static const char *const scope_words[] = {
    [SCOPE_INSTALLATION] = "installation",
    [SCOPE_BODY] = "body",
    [SCOPE_ORGANISATION] = "organisation",
    [SCOPE_PROGRAMME] = "programme",
};

/* To add a role that people are appointed to, add it to enum appointed_role and its row here; who
   may appoint to it stands in account/appoint.c. */
static const struct {
    const char *word;
    enum scope_kind scope;
} roles[APPOINTED_ROLES] = {
    [APPOINTED_ADMINISTRATOR] = { "administrator", SCOPE_INSTALLATION },
    [APPOINTED_OFFICER] = { "officer", SCOPE_INSTALLATION },
    [APPOINTED_CHAIR] = { "chair", SCOPE_BODY },
    [APPOINTED_MEMBER] = { "member", SCOPE_BODY },
    [APPOINTED_ORGANISATION_CONTACT] = { "organisation-contact", SCOPE_ORGANISATION },
    [APPOINTED_PROGRAMME_CONTACT] = { "programme-contact", SCOPE_PROGRAMME },
};

const char *scope_kind_word(enum scope_kind kind)
{
    return scope_words[kind];
}

bool scope_eq(struct scope a, struct scope b)
{
    return a.kind == b.kind && str_eq(a.id, b.id);
}

struct str scope_text(struct arena *arena, struct scope scope)
{
    if (scope.kind == SCOPE_INSTALLATION)
        return str_from_c(scope_words[scope.kind]);
    return str_format(arena, "%s:%.*s", scope_words[scope.kind], STR_ARG(scope.id));
}

static bool scope_kind_parse(struct str word, enum scope_kind *ret)
{
    for (size_t i = 0; i < ARRAY_LEN(scope_words); i++) {
        if (str_eq_c(word, scope_words[i])) {
            *ret = (enum scope_kind)i;
            return true;
        }
    }
    return false;
}

/* Words of bodies are in small letters, digits and hyphens; the rest are numbered. */
static bool scope_is_formed(struct scope scope)
{
    int64_t number;

    if (scope.kind == SCOPE_INSTALLATION)
        return scope.id.n == 0;
    if (scope.kind != SCOPE_BODY)
        return str_to_int(scope.id, 1, INT64_MAX, &number);
    for (size_t i = 0; i < scope.id.n; i++) {
        char c = scope.id.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '_')
            return false;
    }
    return scope.id.n > 0 && scope.id.n <= SCOPE_ID_MAX;
}

bool scope_parse(struct str text, struct scope *ret)
{
    struct str word;
    struct str id = str_split(text, ':', &word);
    struct scope scope;

    if (!scope_kind_parse(word, &scope.kind) || (id.p && scope.kind == SCOPE_INSTALLATION))
        return false;
    scope.id = id.p ? id : STR("");
    if (!scope_is_formed(scope))
        return false;
    *ret = scope;
    return true;
}

const char *appointed_role_word(enum appointed_role role)
{
    return roles[role].word;
}

enum scope_kind appointed_role_scope(enum appointed_role role)
{
    return roles[role].scope;
}

bool appointed_role_parse(struct str word, enum appointed_role *ret)
{
    for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
        if (str_eq_c(word, roles[i].word)) {
            *ret = (enum appointed_role)i;
            return true;
        }
    }
    return false;
}

/* ---- reading ---- */

#define COLUMNS                                                                                    \
    "SELECT id, person, role, scope_kind, scope_id, from_day, last_day, basis, made_position,"     \
    " ended_day, ended_why, ended_position FROM appointment"
#define HOLDS(on)                                                                                  \
    " from_day <= " on " AND (last_day IS NULL OR last_day >= " on ")"                             \
    " AND (ended_day IS NULL OR ended_day > " on ")"

bool appointment_holds(const struct appointment *appointment, day on)
{
    return appointment->from <= on && on <= appointment->last &&
           (appointment->ended == DAY_NONE || on < appointment->ended);
}

/* Roles and scopes that a later program knows come as ones that give nothing. */
static bool from_row(const struct query *query, struct arena *arena, struct appointment *ret)
{
    struct appointment appointment = {
        .id = { query_int(query, 0) },
        .person = { query_int(query, 1) },
        .from = (day)query_int(query, 5),
        .last = (day)query_int_or(query, 6, DAY_LAST),
        .basis = str_copy(arena, query_text(query, 7)),
        .made = query_int(query, 8),
        .ended = (day)query_int_or(query, 9, DAY_NONE),
        .why = str_copy(arena, query_text(query, 10)),
        .ended_by = query_int_or(query, 11, 0),
    };

    if (!appointed_role_parse(query_text(query, 2), &appointment.role) ||
        !scope_kind_parse(query_text(query, 3), &appointment.scope.kind))
        return false;
    appointment.scope.id = str_copy(arena, query_text(query, 4));
    *ret = appointment;
    return true;
}

static struct result read_all(struct store *store, struct arena *arena, const char *sql,
                              struct params params, struct appointment_list *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct appointment *list = NULL;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store, sql, params, &query));
    while (query_next(&query)) {
        struct appointment appointment;
        if (from_row(&query, arena, &appointment))
            *ARENA_PUSH(arena, list, count, room) = appointment;
    }
    TRY(query_end(&query));
    *ret = (struct appointment_list){ list, count };
    return OK;
}

struct result appointment_load(struct store *store, struct arena *arena, struct appointment_id id,
                               struct appointment *ret)
{
    struct appointment_list list;

    TRY(read_all(store, arena, COLUMNS " WHERE id = $1", PARAMS(datum_int(id.n)), &list));
    if (list.count == 0)
        return fail(&APPOINTMENT_UNKNOWN);
    *ret = list.at[0];
    return OK;
}

struct result appointments_of_person(struct store *store, struct arena *arena,
                                     struct person_id person, struct appointment_list *ret)
{
    return read_all(store, arena, COLUMNS " WHERE person = $1 ORDER BY id",
                    PARAMS(datum_int(person.n)), ret);
}

struct result roles_on(struct store *store, struct arena *arena, struct person_id person, day on,
                       struct appointment_list *ret)
{
    return read_all(store, arena, COLUMNS " WHERE person = $1 AND" HOLDS("$2") " ORDER BY id",
                    PARAMS(datum_int(person.n), datum_int(on)), ret);
}

struct result appointments_within(struct store *store, struct arena *arena, struct scope scope,
                                  day on, struct appointment_list *ret)
{
    const struct datum kind = datum_text(str_from_c(scope_words[scope.kind]));
    const struct datum id = datum_text(scope.id);

    if (on == DAY_NONE)
        return read_all(store, arena,
                        COLUMNS " WHERE scope_kind = $1 AND scope_id = $2 ORDER BY id",
                        PARAMS(kind, id), ret);
    return read_all(store, arena,
                    COLUMNS
                    " WHERE scope_kind = $1 AND scope_id = $2 AND" HOLDS("$3") " ORDER BY id",
                    PARAMS(kind, id, datum_int(on)), ret);
}

struct result appointments_all(struct store *store, struct arena *arena, day on,
                               struct appointment_id after, size_t max,
                               struct appointment_list *ret)
{
    const struct datum from = datum_int(after.n);
    const struct datum limit = datum_int((int64_t)max);

    if (on == DAY_NONE)
        return read_all(store, arena, COLUMNS " WHERE id > $1 ORDER BY id LIMIT $2",
                        PARAMS(from, limit), ret);
    return read_all(store, arena, COLUMNS " WHERE id > $1 AND" HOLDS("$3") " ORDER BY id LIMIT $2",
                    PARAMS(from, limit, datum_int(on)), ret);
}

/* ---- making and ending ---- */

static struct result count_of(struct store *store, const char *sql, struct params params,
                              int64_t *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t count = 0;

    TRY(query_begin(store, sql, params, &query));
    if (query_next(&query))
        count = query_int(&query, 0);
    TRY(query_end(&query));
    *ret = count;
    return OK;
}

static struct result check_wish(struct store *store, struct arena *arena, const struct act *act,
                                const struct appointment_wish *wish)
{
    struct person_row person;
    int64_t others;

    if (wish->role >= APPOINTED_ROLES || wish->scope.kind != roles[wish->role].scope ||
        !scope_is_formed(wish->scope))
        return fail(&APPOINTMENT_ROLE);
    if (wish->last < wish->from)
        return fail(&APPOINTMENT_TERM);
    if (wish->basis.n > TEXT_MAX)
        return fail(&APPOINTMENT_TEXT);
    if (act->actor == ACTOR_PERSON && act->actor_id == wish->person.n)
        return fail(&APPOINTMENT_OF_ONESELF);
    TRY(person_load(store, arena, wish->person, &person));
    TRY(count_of(store,
                 "SELECT count(*) FROM appointment WHERE person = $1 AND role = $2"
                 " AND scope_kind = $3 AND scope_id = $4 AND from_day <= $6"
                 " AND (last_day IS NULL OR last_day >= $5)"
                 " AND (ended_day IS NULL OR (ended_day > $5 AND ended_day > from_day))",
                 PARAMS(datum_int(wish->person.n), datum_text(str_from_c(roles[wish->role].word)),
                        datum_text(str_from_c(scope_words[wish->scope.kind])),
                        datum_text(wish->scope.id), datum_int(wish->from), datum_int(wish->last)),
                 &others));
    return others > 0 ? fail(&APPOINTMENT_TWICE) : OK;
}

/* What the journal says of an appointment. */
static struct value *payload_of(struct arena *arena, enum appointed_role role, struct scope scope)
{
    struct value *payload = value_object(arena);

    value_set_text(arena, payload, "role", str_from_c(roles[role].word));
    value_set_text(arena, payload, "scope", scope_text(arena, scope));
    return payload;
}

struct result appointment_make(struct store *store, struct arena *arena, const struct act *act,
                               const struct appointment_wish *wish, struct appointment_id *ret)
{
    struct appointment_id id;
    struct value *payload;
    int64_t position;

    TRY(check_wish(store, arena, act, wish));
    payload = payload_of(arena, wish->role, wish->scope);
    value_set(arena, payload, "from", value_day(arena, wish->from));
    if (wish->last != DAY_LAST)
        value_set(arena, payload, "last", value_day(arena, wish->last));
    if (wish->basis.n > 0)
        value_set_text(arena, payload, "basis", wish->basis);
    TRY(journal_append(store, arena, act, "appointment-made",
                       (struct journal_subject){ "person", wish->person.n }, payload, &position));
    TRY(store_insert(
        store,
        "INSERT INTO appointment (person, role, scope_kind, scope_id, from_day,"
        " last_day, basis, made_position)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        PARAMS(datum_int(wish->person.n), datum_text(str_from_c(roles[wish->role].word)),
               datum_text(str_from_c(scope_words[wish->scope.kind])), datum_text(wish->scope.id),
               datum_int(wish->from), wish->last == DAY_LAST ? datum_null() : datum_int(wish->last),
               datum_text(wish->basis.p ? wish->basis : STR("")), datum_int(position)),
        &id.n));
    *ret = id;
    return OK;
}

/* The command line can make an administrator again, and so may end the last one. */
static struct result check_end(struct store *store, const struct act *act,
                               const struct appointment *appointment, day on, struct str why)
{
    int64_t others;

    if (on < appointment->from)
        return fail(&APPOINTMENT_TERM);
    if (on > appointment->last || (appointment->ended != DAY_NONE && on >= appointment->ended))
        return fail(&APPOINTMENT_ENDED);
    if (why.n > TEXT_MAX)
        return fail(&APPOINTMENT_TEXT);
    if (appointment->role != APPOINTED_ADMINISTRATOR || act->actor == ACTOR_COMMAND)
        return OK;
    TRY(count_of(store,
                 "SELECT count(*) FROM appointment WHERE role = 'administrator' AND id <> $1"
                 " AND" HOLDS("$2"),
                 PARAMS(datum_int(appointment->id.n), datum_int(on)), &others));
    return others == 0 ? fail(&APPOINTMENT_LAST) : OK;
}

struct result appointment_end(struct store *store, struct arena *arena, const struct act *act,
                              struct appointment_id id, day on, struct str why)
{
    struct appointment appointment;
    struct value *payload;
    int64_t position;

    TRY(appointment_load(store, arena, id, &appointment));
    TRY(check_end(store, act, &appointment, on, why));
    payload = payload_of(arena, appointment.role, appointment.scope);
    value_set_int(arena, payload, "appointment", id.n);
    value_set(arena, payload, "ended", value_day(arena, on));
    if (why.n > 0)
        value_set_text(arena, payload, "why", why);
    TRY(journal_append(store, arena, act, "appointment-ended",
                       (struct journal_subject){ "person", appointment.person.n }, payload,
                       &position));
    return store_run(store,
                     "UPDATE appointment SET ended_day = $2, ended_why = $3, ended_position = $4"
                     " WHERE id = $1",
                     PARAMS(datum_int(id.n), datum_int(on), datum_text(why.p ? why : STR("")),
                            datum_int(position)));
}
