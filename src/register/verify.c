#include "register/verify.h"

#include "register/verify_part.h"

const struct error VERIFY_ONESELF = { "verify-oneself", 403, EXIT_NO,
                                      "nobody confirms what they did themselves" };
const struct error VERIFY_NOT_NAMED = { "verify-not-named", 403, EXIT_NO,
                                        "the entry does not name you in this role" };
const struct error VERIFY_PAIR = {
    "verify-pair", 409, EXIT_NO,
    "you two would have confirmed each other's entries; ask somebody else"
};
const struct error VERIFY_ROLE = { "verify-role", 422, EXIT_INPUT,
                                   "nobody can be named or asked in this role" };
const struct error VERIFY_WHY = { "verify-why", 422, EXIT_INPUT,
                                  "say why it is rejected, in at most 1,000 bytes" };
const struct error VERIFY_NAME = { "verify-name", 422, EXIT_INPUT,
                                   "give a name of 1 to 200 bytes and a mail address" };
const struct error VERIFY_ENTRIES = { "verify-entries", 422, EXIT_INPUT,
                                      "choose 1 to 100 of your own claims" };
const struct error VERIFY_OPEN = {
    "verify-open", 409, EXIT_NO,
    "this address is asked already, or 50 requests are open; wait, or call one back"
};
const struct error VERIFY_LINK = { "verify-link", 410, EXIT_NO,
                                   "this link was used or called back, or its time has passed" };

/* To add a role, add it to enum verifier_role and its row here. */
static const struct {
    const char *word;
    bool personal; /* held by a person, not by whoever speaks for a scope */
    enum scope_kind scope;
    enum appointed_role held; /* by whoever speaks for the scope */
} roles[VERIFIER_ROLES] = {
    [VERIFIER_PROGRAMME] = { "programme", false, SCOPE_PROGRAMME, APPOINTED_PROGRAMME_CONTACT },
    [VERIFIER_PROVIDER] = { "provider", false, SCOPE_ORGANISATION, APPOINTED_ORGANISATION_CONTACT },
    [VERIFIER_COLLEAGUE] = { "colleague", true, SCOPE_INSTALLATION, APPOINTED_ROLES },
    [VERIFIER_REVIEWER] = { "reviewer", true, SCOPE_INSTALLATION, APPOINTED_ROLES },
    [VERIFIER_PARTY] = { "party", true, SCOPE_INSTALLATION, APPOINTED_ROLES },
    [VERIFIER_OFFICE] = { "office", false, SCOPE_INSTALLATION, APPOINTED_OFFICER },
};

const char *verifier_role_word(enum verifier_role role)
{
    return roles[role].word;
}

bool verifier_role_parse(struct str word, enum verifier_role *ret)
{
    for (size_t i = 0; i < VERIFIER_ROLES; i++) {
        if (str_eq_c(word, roles[i].word)) {
            *ret = (enum verifier_role)i;
            return true;
        }
    }
    return false;
}

bool role_is_personal(enum verifier_role role)
{
    return roles[role].personal;
}

/* ---- two people ---- */

struct result has_confirmed(struct store *store, struct person_id verifier, struct person_id person,
                            bool *ret)
{
    struct person_group verifiers;
    struct person_group people;
    bool confirmed = false;

    TRY(person_group(store, verifier, POSITION_NOW, &verifiers));
    TRY(person_group(store, person, POSITION_NOW, &people));
    for (size_t i = 0; i < verifiers.count * people.count && !confirmed; i++) {
        CLEANUP(query_release) struct query query = { 0 };

        TRY(query_begin(store,
                        "SELECT evidence FROM evidence_standing WHERE by_person = $1"
                        " AND person = $2 AND standing = 'verified'"
                        " AND superseded_position IS NULL LIMIT 1",
                        PARAMS(datum_int(verifiers.at[i / people.count].n),
                               datum_int(people.at[i % people.count].n)),
                        &query));
        confirmed = query_next(&query);
        TRY(query_end(&query));
    }
    *ret = confirmed;
    return OK;
}

struct result verify_apart(struct store *store, const struct verify_rules *rules,
                           struct person_id verifier, struct person_id person)
{
    struct person_group group;
    bool confirmed;

    if (verifier.n == 0)
        return OK;
    TRY(person_group(store, person, POSITION_NOW, &group));
    if (person_group_has(&group, verifier))
        return fail(&VERIFY_ONESELF);
    if (rules->pairs)
        return OK;
    TRY(has_confirmed(store, person, verifier, &confirmed));
    return confirmed ? fail(&VERIFY_PAIR) : OK;
}

struct result verify_pairs(struct store *store, struct arena *arena, size_t max,
                           struct verify_pair **ret, size_t *ret_count)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct verify_pair *list = NULL;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store,
                    "SELECT a.person, a.by_person, count(DISTINCT a.evidence),"
                    " count(DISTINCT b.evidence)"
                    " FROM evidence_standing AS a JOIN evidence_standing AS b"
                    " ON b.by_person = a.person AND b.person = a.by_person"
                    " AND b.standing = 'verified' AND b.superseded_position IS NULL"
                    " WHERE a.standing = 'verified' AND a.superseded_position IS NULL"
                    " AND a.person < a.by_person"
                    " GROUP BY a.person, a.by_person ORDER BY a.person, a.by_person LIMIT $1",
                    PARAMS(datum_int((int64_t)max)), &query));
    while (query_next(&query)) {
        *ARENA_PUSH(arena, list, count, room) = (struct verify_pair){
            .low = { query_int(&query, 0) },
            .high = { query_int(&query, 1) },
            .of_low = query_int(&query, 2),
            .of_high = query_int(&query, 3),
        };
    }
    TRY(query_end(&query));
    *ret = list;
    *ret_count = count;
    return OK;
}

/* ---- who may, by what the entry names ---- */

static struct result names_person(struct store *store, struct arena *arena,
                                  const struct evidence_row *row, enum verifier_role role,
                                  struct person_id person, bool *ret)
{
    struct person_group group;
    struct witness_list list;
    bool named = false;

    TRY(person_group(store, person, POSITION_NOW, &group));
    TRY(witnesses_of(store, arena, row->id, &list));
    for (size_t i = 0; i < list.count; i++)
        named = named || (list.at[i].role == role && person_group_has(&group, list.at[i].person));
    *ret = named;
    return OK;
}

static bool names_scope(const struct evidence_row *row, struct witness_list list,
                        enum verifier_role role, struct scope scope)
{
    if (role == VERIFIER_PROGRAMME && row->says.programme.p &&
        str_eq(row->says.programme, scope.id))
        return true;
    for (size_t i = 0; i < list.count; i++)
        if (list.at[i].role == role && !list.at[i].person.n && scope_eq(list.at[i].scope, scope))
            return true;
    return false;
}

/* Whether they speak today for a programme or organisation that the entry names. */
static struct result speaks_for_named(struct store *store, struct arena *arena, day today,
                                      const struct evidence_row *row, enum verifier_role role,
                                      struct person_id person, bool *ret)
{
    struct appointment_list held;
    struct witness_list list;
    bool speaks = false;

    TRY(roles_on(store, arena, person, today, &held));
    TRY(witnesses_of(store, arena, row->id, &list));
    for (size_t i = 0; i < held.count; i++)
        speaks = speaks ||
                 (held.at[i].role == roles[role].held &&
                  (role == VERIFIER_OFFICE || names_scope(row, list, role, held.at[i].scope)));
    *ret = speaks;
    return OK;
}

static struct result may_confirm(struct store *store, struct arena *arena, const struct act *act,
                                 const struct evidence_row *row, enum verifier_role role)
{
    const struct person_id person = { act->actor_id };
    bool may;

    if (role >= VERIFIER_ROLES)
        return fail(&VERIFY_ROLE);
    if (act->actor == ACTOR_COMMAND && role == VERIFIER_OFFICE)
        return OK;
    if (act->actor != ACTOR_PERSON || person.n == 0)
        return fail(&VERIFY_NOT_NAMED);
    if (roles[role].personal)
        TRY(names_person(store, arena, row, role, person, &may));
    else
        TRY(speaks_for_named(store, arena, act_day(act), row, role, person, &may));
    return may ? OK : fail(&VERIFY_NOT_NAMED);
}

/* ---- confirming ---- */

/* Who made the change that stands now; 0: nobody of the register. */
static struct result decided_by(struct store *store, struct evidence_id id, struct person_id *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct person_id by = { 0 };

    TRY(query_begin(store,
                    "SELECT by_person FROM evidence_standing WHERE evidence = $1"
                    " AND superseded_position IS NULL",
                    PARAMS(datum_int(id.n)), &query));
    if (query_next(&query))
        by.n = query_int_or(&query, 0, 0);
    TRY(query_end(&query));
    *ret = by;
    return OK;
}

/* A claim can be confirmed and rejected; what was decided, only otherwise, and by the same or the
   office. */
static struct result may_stand(struct store *store, const struct act *act,
                               const struct evidence_row *row,
                               const struct confirmation *confirmation)
{
    struct person_id by;

    if (row->says.standing == STANDING_CLAIMED)
        return OK;
    if ((row->says.standing != STANDING_VERIFIED && row->says.standing != STANDING_REJECTED) ||
        row->says.standing == confirmation->standing)
        return fail(&EVIDENCE_STANDING);
    if (confirmation->role == VERIFIER_OFFICE)
        return OK;
    TRY(decided_by(store, row->id, &by));
    return by.n == act->actor_id ? OK : fail(&EVIDENCE_STANDING);
}

static struct result check_confirmation(struct store *store, struct arena *arena,
                                        const struct act *act, const struct verify_rules *rules,
                                        const struct confirmation *confirmation,
                                        struct evidence_row *ret)
{
    const struct person_id verifier = { act->actor == ACTOR_PERSON ? act->actor_id : 0 };
    const struct verify_rules allowed = {
        /* Whoever speaks for a programme or the office is not there as a person. */
        .pairs = rules->pairs || !roles[confirmation->role].personal ||
                 confirmation->standing == STANDING_REJECTED,
    };

    BUG_IF(confirmation->standing != STANDING_VERIFIED &&
           confirmation->standing != STANDING_REJECTED);
    if (failed(why_check(confirmation->why, confirmation->standing == STANDING_REJECTED)))
        return fail(&VERIFY_WHY);
    TRY(evidence_load(store, arena, confirmation->evidence, ret));
    TRY(verify_apart(store, &allowed, verifier, ret->person));
    TRY(may_confirm(store, arena, act, ret, confirmation->role));
    if (ret->version != confirmation->version)
        return fail(&EVIDENCE_CHANGED);
    return may_stand(store, act, ret, confirmation);
}

struct result evidence_confirm(struct store *store, struct arena *arena, const struct act *act,
                               const struct verify_rules *rules,
                               const struct confirmation *confirmation)
{
    struct value *payload = value_object(arena);
    struct standing_change change = {
        .standing = confirmation->standing,
        .verified_on = confirmation->standing == STANDING_VERIFIED ? act_day(act) : DAY_NONE,
        .how = confirmation->role == VERIFIER_OFFICE ? HOW_OFFICE : HOW_ROLE,
        .by = { act->actor == ACTOR_PERSON ? act->actor_id : 0 },
        .why = confirmation->why,
    };
    struct evidence_row row;

    if (confirmation->role >= VERIFIER_ROLES)
        return fail(&VERIFY_ROLE);
    TRY(check_confirmation(store, arena, act, rules, confirmation, &row));
    change.role = str_from_c(roles[confirmation->role].word);
    change.change = row.change + 1;
    value_set_int(arena, payload, "evidence", row.id.n);
    value_set_int(arena, payload, "version", row.version);
    value_set_text(arena, payload, "role", change.role);
    if (confirmation->why.n > 0)
        value_set_text(arena, payload, "why", confirmation->why);
    TRY(journal_append(store, arena, act,
                       confirmation->standing == STANDING_VERIFIED ? "evidence-verified"
                                                                   : "evidence-rejected",
                       person_subject(row.person), payload, &change.recorded));
    return standing_insert(store, row.id, row.person, &change);
}

/* ---- naming ---- */

static struct result read_witnesses(struct store *store, struct arena *arena, const char *sql,
                                    struct params params, struct witness_list *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct witness *list = NULL;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store, sql, params, &query));
    while (query_next(&query)) {
        struct witness witness = {
            .id = { query_int(&query, 0) },
            .evidence = { query_int(&query, 1) },
            .person = { query_int_or(&query, 3, 0) },
            .scope = SCOPE_ALL,
        };

        if (verifier_role_parse(query_text(&query, 2), &witness.role) &&
            (witness.person.n ||
             scope_parse(str_copy(arena, query_text(&query, 4)), &witness.scope)))
            *ARENA_PUSH(arena, list, count, room) = witness;
    }
    TRY(query_end(&query));
    *ret = (struct witness_list){ list, count };
    return OK;
}

#define WITNESSES                                                                                  \
    "SELECT id, evidence, role, person, scope FROM evidence_witness"                               \
    " WHERE superseded_position IS NULL AND "

struct result witnesses_of(struct store *store, struct arena *arena, struct evidence_id id,
                           struct witness_list *ret)
{
    return read_witnesses(store, arena, WITNESSES "evidence = $1 ORDER BY id",
                          PARAMS(datum_int(id.n)), ret);
}

static struct result check_witness(struct store *store, struct arena *arena,
                                   const struct witness *witness, const struct evidence_row *row)
{
    struct person_row person;
    struct person_group group;

    if (witness->role >= VERIFIER_ROLES || witness->role == VERIFIER_OFFICE ||
        roles[witness->role].personal != (witness->person.n != 0))
        return fail(&VERIFY_ROLE);
    if (!witness->person.n)
        return witness->scope.kind == roles[witness->role].scope ? OK : fail(&VERIFY_ROLE);
    TRY(person_load(store, arena, witness->person, &person));
    TRY(person_group(store, row->person, POSITION_NOW, &group));
    return person_group_has(&group, witness->person) ? fail(&VERIFY_ONESELF) : OK;
}

static bool is_same_witness(const struct witness *a, const struct witness *b)
{
    return a->role == b->role && a->person.n == b->person.n &&
           (a->person.n != 0 || scope_eq(a->scope, b->scope));
}

static struct result insert_witness(struct store *store, struct arena *arena, const struct act *act,
                                    const struct witness *witness, const struct evidence_row *row,
                                    struct witness_id *ret)
{
    struct str scope = witness->person.n ? STR_NONE : scope_text(arena, witness->scope);
    struct str role = str_from_c(roles[witness->role].word);
    struct value *payload = value_object(arena);
    int64_t position;

    value_set_int(arena, payload, "evidence", row->id.n);
    value_set_text(arena, payload, "role", role);
    if (witness->person.n)
        value_set_int(arena, payload, "person", witness->person.n);
    else
        value_set_text(arena, payload, "scope", scope);
    TRY(journal_append(store, arena, act, "witness-named", person_subject(row->person), payload,
                       &position));
    return store_insert(store,
                        "INSERT INTO evidence_witness (evidence, role, person, scope,"
                        " recorded_position) VALUES ($1, $2, $3, $4, $5) RETURNING id",
                        PARAMS(datum_int(row->id.n), datum_text(role),
                               witness->person.n ? datum_int(witness->person.n) : datum_null(),
                               datum_text(scope), datum_int(position)),
                        &ret->n);
}

struct result witness_add(struct store *store, struct arena *arena, const struct act *act,
                          const struct witness *witness, struct witness_id *ret)
{
    struct evidence_row row;
    struct witness_list list;

    TRY(evidence_load(store, arena, witness->evidence, &row));
    TRY(check_witness(store, arena, witness, &row));
    TRY(witnesses_of(store, arena, row.id, &list));
    for (size_t i = 0; i < list.count; i++) {
        if (is_same_witness(&list.at[i], witness)) {
            *ret = list.at[i].id;
            return OK;
        }
    }
    if (list.count >= WITNESSES_MAX)
        return fail(&VERIFY_ROLE);
    return insert_witness(store, arena, act, witness, &row, ret);
}

struct result witness_remove(struct store *store, struct arena *arena, const struct act *act,
                             struct witness_id id)
{
    struct value *payload = value_object(arena);
    struct evidence_row row;
    struct witness_list list;
    int64_t position;

    TRY(read_witnesses(store, arena, WITNESSES "id = $1", PARAMS(datum_int(id.n)), &list));
    if (list.count == 0)
        return fail(&EVIDENCE_UNKNOWN);
    TRY(evidence_load(store, arena, list.at[0].evidence, &row));
    value_set_int(arena, payload, "evidence", row.id.n);
    value_set_int(arena, payload, "witness", id.n);
    TRY(journal_append(store, arena, act, "witness-removed", person_subject(row.person), payload,
                       &position));
    return store_run(store, "UPDATE evidence_witness SET superseded_position = $2 WHERE id = $1",
                     PARAMS(datum_int(id.n), datum_int(position)));
}

/* ---- what waits for somebody ---- */

static struct result read_claims(struct store *store, struct arena *arena, const char *sql,
                                 struct params params, struct evidence_rows *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct evidence_row *list = NULL;
    struct evidence_row row;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store, sql, params, &query));
    while (query_next(&query))
        if (evidence_from_row(&query, arena, &row))
            *ARENA_PUSH(arena, list, count, room) = row;
    TRY(query_end(&query));
    *ret = (struct evidence_rows){ list, count };
    return OK;
}

#define CLAIMS                                                                                     \
    "SELECT " EVIDENCE_COLUMNS " FROM evidence_version AS v JOIN evidence_standing AS s"           \
    " ON s.evidence = v.evidence AND s.superseded_position IS NULL AND s.standing = 'claimed'"     \
    " WHERE v.superseded_position IS NULL AND "

struct result claims_naming(struct store *store, struct arena *arena, struct person_id person,
                            size_t max, struct evidence_rows *ret)
{
    return read_claims(store, arena,
                       CLAIMS "v.evidence IN (SELECT w.evidence FROM evidence_witness AS w"
                              " WHERE w.person = $1 AND w.superseded_position IS NULL)"
                              " ORDER BY v.evidence LIMIT $2",
                       PARAMS(datum_int(person.n), datum_int((int64_t)max)), ret);
}

struct result claims_naming_scope(struct store *store, struct arena *arena, struct scope scope,
                                  size_t max, struct evidence_rows *ret)
{
    struct str programme = scope.kind == SCOPE_PROGRAMME ? scope.id : STR_NONE;

    return read_claims(store, arena,
                       CLAIMS "v.evidence IN (SELECT w.evidence FROM evidence_witness AS w"
                              " WHERE w.scope = $1 AND w.superseded_position IS NULL"
                              " UNION SELECT p.evidence FROM evidence_version AS p"
                              " WHERE p.programme = $2 AND p.superseded_position IS NULL)"
                              " ORDER BY v.evidence LIMIT $3",
                       PARAMS(datum_text(scope_text(arena, scope)), datum_text(programme),
                              datum_int((int64_t)max)),
                       ret);
}
