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

/* By the keys of people_names.h, whose first character tells them apart. */
#define SAME_KEY(first, last)                                                                      \
    "SELECT DISTINCT p.id, p.name FROM person_name AS a"                                           \
    " JOIN person_name AS b ON b.folded = a.folded AND b.person <> a.person"                       \
    " JOIN person AS p ON p.id = b.person"                                                         \
    " WHERE a.person = $1 AND a.folded >= '" first "' AND a.folded < '" last                       \
    "' ORDER BY p.id LIMIT $2"

static struct result gather_all(struct store *store, struct arena *arena, struct person_id person,
                                struct candidates *candidates)
{
    TRY(gather(store, arena, SAME_KEY("=", ">"), person, ALIKE_NAME, candidates));
    TRY(gather(store, arena, SAME_KEY("~", "\x7f"), person, ALIKE_INITIAL, candidates));
    TRY(gather(store, arena,
               "SELECT DISTINCT p.id, p.name FROM fact AS a"
               " JOIN fact AS b ON b.kind = 'born' AND b.from_day = a.from_day"
               " AND b.person <> a.person AND b.superseded_position IS NULL"
               " JOIN person AS p ON p.id = b.person"
               " WHERE a.person = $1 AND a.kind = 'born' AND a.superseded_position IS NULL"
               " ORDER BY p.id LIMIT $2",
               person, ALIKE_BORN, candidates));
    return gather(store, arena,
                  "SELECT DISTINCT p.id, p.name FROM evidence_version AS a"
                  " JOIN evidence_version AS b ON b.matter = a.matter AND b.kind = a.kind"
                  " AND b.start_day = a.start_day AND b.end_day = a.end_day"
                  " AND b.person <> a.person AND b.superseded_position IS NULL"
                  " JOIN person AS p ON p.id = b.person"
                  " WHERE a.person = $1 AND a.matter IS NOT NULL"
                  " AND a.superseded_position IS NULL ORDER BY p.id LIMIT $2",
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

static struct result is_distinct(struct store *store, struct person_id one, struct person_id other,
                                 bool *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    bool distinct;

    TRY(query_begin(store, "SELECT low FROM person_distinct WHERE low = $1 AND high = $2",
                    PARAMS(datum_int(one.n < other.n ? one.n : other.n),
                           datum_int(one.n < other.n ? other.n : one.n)),
                    &query));
    distinct = query_next(&query);
    TRY(query_end(&query));
    *ret = distinct;
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
    TRY(gather_all(store, arena, person, &candidates));
    if (candidates.count > 1)
        qsort(candidates.at, candidates.count, sizeof(*candidates.at), by_weight);
    for (size_t i = 0; i < candidates.count && count < ALIKE_MAX; i++) {
        const struct alike_person *candidate = &candidates.at[i];
        bool distinct;

        if (!is_likely(candidate->reasons) || person_group_has(&group, candidate->person))
            continue;
        TRY(is_distinct(store, person, candidate->person, &distinct));
        if (!distinct)
            ret[count++] = *candidate;
    }
    *ret_count = count;
    return OK;
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
    TRY(is_distinct(store, one, other, &distinct));
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
