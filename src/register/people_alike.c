#include "register/people_alike.h"

#include <stdlib.h>

#include "register/evidence_part.h"

#define WHY_MAX 1000 /* bytes */
#define CANDIDATES_MAX 500

struct candidates {
    struct alike_person *at;
    size_t count, room;
};

static void note(struct arena *arena, struct candidates *candidates, struct person_id person,
                 struct str name, unsigned reason)
{
    for (size_t i = 0; i < candidates->count; i++) {
        if (candidates->at[i].person.n == person.n) {
            candidates->at[i].reasons |= reason;
            return;
        }
    }
    *ARENA_PUSH(arena, candidates->at, candidates->count, candidates->room) =
        (struct alike_person){ person, str_copy(arena, name), reason };
}

/* Adds those whom a statement finds: number and name. */
static struct result gather(struct store *store, struct arena *arena, const char *sql,
                            struct person_id person, unsigned reason, struct candidates *candidates)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(store, sql, PARAMS(datum_int(person.n), datum_int(CANDIDATES_MAX)), &query));
    while (query_next(&query))
        note(arena, candidates, (struct person_id){ query_int(&query, 0) }, query_text(&query, 1),
             reason);
    return query_end(&query);
}

/* Whom somebody's record is read as part of. */
#define KEPT(person)                                                                               \
    "COALESCE((SELECT m.kept FROM person_merge AS m WHERE m.other = " person                       \
    " AND m.superseded_position IS NULL), " person ")"

/* That two were not found to be two. */
#define NOT_DISTINCT(a, b)                                                                         \
    " AND NOT EXISTS (SELECT 1 FROM person_distinct AS d WHERE d.low = " a " AND d.high = " b ")"  \
    " AND NOT EXISTS (SELECT 1 FROM person_distinct AS d WHERE d.low = " b " AND d.high = " a ")"

/* By the keys of people_names.h, whose first character tells them apart. */
#define WORDS "a.folded >= '=' AND a.folded < '>'"
#define INITIAL "a.folded >= '~' AND a.folded < '\x7f'"

#define SAME_KEY(keys)                                                                             \
    "SELECT DISTINCT p.id, p.name FROM person_name AS a"                                           \
    " JOIN person_name AS b ON b.folded = a.folded AND b.person <> a.person"                       \
    " JOIN person AS p ON p.id = " KEPT("b.person") " WHERE a.person = $1 AND " keys NOT_DISTINCT( \
        "a.person", "b.person") " ORDER BY p.id LIMIT $2"

/* CROSS, so that both engines begin with `a`, whose person is given, whatever they guess of how
   many were born on a day. */
#define SAME_BIRTH " FROM fact AS a CROSS JOIN fact AS b"
#define HAS_BIRTH                                                                                  \
    " AND a.kind = 'born' AND a.superseded_position IS NULL AND b.kind = 'born'"                   \
    " AND b.from_day = a.from_day AND b.superseded_position IS NULL AND b.person <> a.person"

#define SAME_ENTRY " FROM evidence_version AS a CROSS JOIN evidence_version AS b"
#define HAS_ENTRY                                                                                  \
    " AND a.matter IS NOT NULL AND a.superseded_position IS NULL AND b.matter = a.matter"          \
    " AND b.kind = a.kind AND b.start_day = a.start_day AND b.end_day = a.end_day"                 \
    " AND b.superseded_position IS NULL AND b.person <> a.person"

static struct result gather_all(struct store *store, struct arena *arena, struct person_id person,
                                struct candidates *candidates)
{
    TRY(gather(store, arena, SAME_KEY(WORDS), person, ALIKE_NAME, candidates));
    TRY(gather(store, arena, SAME_KEY(INITIAL), person, ALIKE_INITIAL, candidates));
    TRY(gather(store, arena,
               "SELECT DISTINCT p.id, p.name" SAME_BIRTH
               " JOIN person AS p ON p.id = " KEPT("b.person") " WHERE a.person = $1" HAS_BIRTH
                   NOT_DISTINCT("a.person", "b.person") " ORDER BY p.id LIMIT $2",
               person, ALIKE_BORN, candidates));
    return gather(store, arena,
                  "SELECT DISTINCT p.id, p.name" SAME_ENTRY
                  " JOIN person AS p ON p.id = " KEPT("b.person") " WHERE a.person = $1" HAS_ENTRY
                      NOT_DISTINCT("a.person", "b.person") " ORDER BY p.id LIMIT $2",
                  person, ALIKE_ENTRY, candidates);
}

static int weight(unsigned reasons)
{
    return (reasons & ALIKE_NAME ? 8 : 0) + (reasons & ALIKE_BORN ? 4 : 0) +
           (reasons & ALIKE_ENTRY ? 3 : 0) + (reasons & ALIKE_INITIAL ? 2 : 0);
}

/* A day of birth is shared with many, and two who worked together share a matter. */
static bool is_likely(unsigned reasons)
{
    return (reasons & ALIKE_NAME) || (reasons & (reasons - 1)) != 0;
}

static int by_weight(const void *a, const void *b)
{
    const struct alike_person *x = a;
    const struct alike_person *y = b;
    int order = weight(y->reasons) - weight(x->reasons);

    return order ? order : (x->person.n > y->person.n) - (x->person.n < y->person.n);
}

struct result people_distinct_since(struct store *store, struct arena *arena, struct person_id one,
                                    struct person_id other, int64_t *ret_position,
                                    struct str *ret_why)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct str why = STR_NONE;
    int64_t position = 0;

    TRY(query_begin(store,
                    "SELECT recorded_position, why FROM person_distinct"
                    " WHERE low = $1 AND high = $2",
                    PARAMS(datum_int(one.n < other.n ? one.n : other.n),
                           datum_int(one.n < other.n ? other.n : one.n)),
                    &query));
    if (query_next(&query)) {
        position = query_int(&query, 0);
        why = str_copy(arena, query_text(&query, 1));
    }
    TRY(query_end(&query));
    *ret_position = position;
    *ret_why = why;
    return OK;
}

static struct result is_distinct(struct store *store, struct arena *arena, struct person_id one,
                                 struct person_id other, bool *ret)
{
    int64_t position;
    struct str why;

    TRY(people_distinct_since(store, arena, one, other, &position, &why));
    *ret = position > 0;
    return OK;
}

struct result people_alike(struct store *store, struct arena *arena, struct person_id person,
                           struct alike_person *ret, size_t *ret_count)
{
    struct candidates candidates = { 0 };
    struct person_group group;
    struct person_row row;
    size_t count = 0;

    TRY(person_load(store, arena, person, &row));
    TRY(person_group(store, person, POSITION_NOW, &group));
    for (size_t i = 0; i < group.count; i++)
        TRY(gather_all(store, arena, group.at[i], &candidates));
    if (candidates.count > 1)
        qsort(candidates.at, candidates.count, sizeof(*candidates.at), by_weight);
    for (size_t i = 0; i < candidates.count && count < ALIKE_MAX; i++) {
        const struct alike_person *candidate = &candidates.at[i];
        bool distinct;

        if (!is_likely(candidate->reasons) || person_group_has(&group, candidate->person))
            continue;
        TRY(is_distinct(store, arena, person, candidate->person, &distinct));
        if (!distinct)
            ret[count++] = *candidate;
    }
    *ret_count = count;
    return OK;
}

/* ---- two of the whole register ---- */

#define BIT_IF(bit, query) " + CASE WHEN EXISTS (SELECT 1" query ") THEN " bit " ELSE 0 END"
#define SHARED_KEY(keys)                                                                           \
    " FROM person_name AS a JOIN person_name AS b ON b.folded = a.folded"                          \
    " WHERE a.person = $1 AND b.person = $2 AND " keys
#define OF_BOTH " WHERE a.person = $1 AND b.person = $2"

struct result people_alike_reasons(struct store *store, struct person_id one,
                                   struct person_id other, unsigned *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    unsigned reasons = 0;

    TRY(query_begin(store,
                    "SELECT 0" BIT_IF("1", SHARED_KEY(WORDS)) BIT_IF("2", SHARED_KEY(INITIAL))
                        BIT_IF("4", SAME_BIRTH OF_BOTH HAS_BIRTH)
                            BIT_IF("8", SAME_ENTRY OF_BOTH HAS_ENTRY),
                    PARAMS(datum_int(one.n), datum_int(other.n)), &query));
    if (query_next(&query))
        reasons = (unsigned)query_int(&query, 0);
    TRY(query_end(&query));
    *ret = reasons;
    return OK;
}

/* Pairs of numbers that stand for two people still. */
#define ARE_TWO(a, b)                                                                              \
    " AND " KEPT(a) " <> " KEPT(b) NOT_DISTINCT(a, b) NOT_DISTINCT(KEPT(a), KEPT(b))

static bool is_listed(const struct alike_pair *pairs, size_t count, const struct alike_pair *pair)
{
    for (size_t i = 0; i < count; i++)
        if (pairs[i].one.id.n == pair->one.id.n && pairs[i].other.id.n == pair->other.id.n)
            return true;
    return false;
}

static struct result load_pair(struct store *store, struct arena *arena, struct alike_pair *pair)
{
    struct person_group from;
    struct person_group to;

    TRY(person_group(store, pair->from, POSITION_NOW, &from));
    TRY(person_group(store, pair->to, POSITION_NOW, &to));
    TRY(person_load(store, arena, from.at[0], &pair->one));
    TRY(person_load(store, arena, to.at[0], &pair->other));
    return people_alike_reasons(store, pair->from, pair->to, &pair->reasons);
}

/* Two numbers in each row. What is found by two names is listed once. */
static struct result read_pairs(struct store *store, struct arena *arena, const char *sql,
                                struct params params, struct alike_pair **ret, size_t *ret_count)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct alike_pair *pairs = NULL;
    size_t listed = 0;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store, sql, params, &query));
    while (query_next(&query))
        *ARENA_PUSH(arena, pairs, count, room) = (struct alike_pair){
            .from = { query_int(&query, 0) },
            .to = { query_int(&query, 1) },
        };
    TRY(query_end(&query));
    for (size_t i = 0; i < count; i++) {
        TRY(load_pair(store, arena, &pairs[i]));
        if (!is_listed(pairs, listed, &pairs[i]))
            pairs[listed++] = pairs[i];
    }
    *ret = pairs;
    *ret_count = listed;
    return OK;
}

/* The words by which a pair is listed; '=' before all of them. */
static struct result words_of(struct store *store, struct arena *arena, struct person_id from,
                              struct person_id to, struct str *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct str words = STR("=");

    TRY(query_begin(store, "SELECT a.folded" SHARED_KEY(WORDS) " ORDER BY a.folded LIMIT 1",
                    PARAMS(datum_int(from.n), datum_int(to.n)), &query));
    if (query_next(&query))
        words = str_copy(arena, query_text(&query, 0));
    TRY(query_end(&query));
    *ret = words;
    return OK;
}

struct result people_alike_named(struct store *store, struct arena *arena,
                                 struct person_id after_from, struct person_id after_to, size_t max,
                                 struct alike_pair **ret, size_t *ret_count)
{
    struct str words;

    TRY(words_of(store, arena, after_from, after_to, &words));
    return read_pairs(store, arena,
                      "SELECT a.person, b.person FROM person_name AS a"
                      " JOIN person_name AS b ON b.folded = a.folded AND b.person > a.person"
                      " WHERE a.folded >= $1 AND a.folded < '>' AND (a.folded > $1"
                      " OR a.person > $2 OR (a.person = $2 AND b.person > $3))" ARE_TWO(
                          "a.person", "b.person") " ORDER BY a.folded, a.person, b.person LIMIT $4",
                      PARAMS(datum_text(words), datum_int(after_from.n), datum_int(after_to.n),
                             datum_int((int64_t)max)),
                      ret, ret_count);
}

struct result people_alike_nearly(struct store *store, struct arena *arena, size_t max,
                                  struct alike_pair **ret, size_t *ret_count)
{
    return read_pairs(
        store, arena,
        "SELECT c.one, c.two FROM (SELECT a.person AS one, b.person AS two FROM person_name AS a"
        " JOIN person_name AS b ON b.folded = a.folded AND b.person > a.person"
        " WHERE " INITIAL " ORDER BY a.folded, a.person, b.person LIMIT $1) AS c"
        " WHERE NOT EXISTS (SELECT 1 FROM person_name AS a JOIN person_name AS b"
        " ON b.folded = a.folded WHERE a.person = c.one AND b.person = c.two AND " WORDS ")"
        " AND (EXISTS (SELECT 1" SAME_BIRTH " WHERE a.person = c.one AND b.person = c.two" HAS_BIRTH
        ") OR EXISTS (SELECT 1" SAME_ENTRY " WHERE a.person = c.one AND b.person = c.two" HAS_ENTRY
        "))" ARE_TWO("c.one", "c.two") " ORDER BY c.one, c.two LIMIT $2",
        PARAMS(datum_int(ALIKE_LOOKED_AT), datum_int((int64_t)max)), ret, ret_count);
}

struct result people_distinct(struct store *store, struct arena *arena, const struct act *act,
                              struct person_id one, struct person_id other, struct str why)
{
    struct value *payload = value_object(arena);
    struct person_group group;
    struct person_row row;
    int64_t position;
    bool distinct;

    if (str_trim(why).n == 0 || why.n > WHY_MAX || !str_is_utf8(why, NULL))
        return fail(&MERGE_WHY);
    TRY(person_load(store, arena, one, &row));
    TRY(person_load(store, arena, other, &row));
    TRY(person_group(store, one, POSITION_NOW, &group));
    if (person_group_has(&group, other))
        return fail(&MERGE_SAME);
    TRY(is_distinct(store, arena, one, other, &distinct));
    if (distinct)
        return OK;
    value_set_int(arena, payload, "other", other.n);
    value_set_text(arena, payload, "why", why);
    TRY(journal_append(store, arena, act, "people-distinct", person_subject(one), payload,
                       &position));
    return store_run(store,
                     "INSERT INTO person_distinct (low, high, why, recorded_position)"
                     " VALUES ($1, $2, $3, $4)",
                     PARAMS(datum_int(one.n < other.n ? one.n : other.n),
                            datum_int(one.n < other.n ? other.n : one.n), datum_text(why),
                            datum_int(position)));
}
