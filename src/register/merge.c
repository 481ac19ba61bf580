#include "register/merge.h"

#include "register/erase.h"
#include "register/journal.h"

#define WHY_MAX 1000 /* bytes */

const struct error MERGE_SAME = { "merge-same", 409, EXIT_NO,
                                  "the two are one person in the register already" };
const struct error MERGE_ERASED = { "merge-erased", 409, EXIT_NO,
                                    "the record of one of the two was erased" };
const struct error MERGE_CHAIN = {
    "merge-chain", 409, EXIT_NO,
    "others were merged into this person; undo those merges, or merge the other way round"
};
const struct error MERGE_UNKNOWN = { "merge-unknown", 404, EXIT_NO,
                                     "there is no such merge, or it was undone" };
const struct error MERGE_WHY = { "merge-why", 422, EXIT_INPUT, "say why, in at most 1,000 bytes" };

/* ---- reading ---- */

bool person_group_has(const struct person_group *group, struct person_id person)
{
    for (size_t i = 0; i < group->count; i++)
        if (group->at[i].n == person.n)
            return true;
    return false;
}

/* Whom somebody is merged into; themselves if nobody. */
static struct result kept_of(struct store *store, struct person_id person, int64_t position,
                             struct person_id *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct person_id kept = person;

    TRY(query_begin(store,
                    "SELECT kept FROM person_merge AS m WHERE other = $1 AND" KNOWN_AT("m", "$2"),
                    PARAMS(datum_int(person.n), datum_int(position)), &query));
    if (query_next(&query))
        kept.n = query_int(&query, 0);
    TRY(query_end(&query));
    *ret = kept;
    return OK;
}

struct result person_group(struct store *store, struct person_id person, int64_t position,
                           struct person_group *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct person_group group = { .count = 1 };

    TRY(kept_of(store, person, position, &group.at[0]));
    TRY(query_begin(store,
                    "SELECT other FROM person_merge AS m WHERE kept = $1"
                    " AND" KNOWN_AT("m", "$2") " ORDER BY id",
                    PARAMS(datum_int(group.at[0].n), datum_int(position)), &query));
    while (query_next(&query) && group.count < PERSON_GROUP_MAX)
        group.at[group.count++].n = query_int(&query, 0);
    TRY(query_end(&query));
    *ret = group;
    return OK;
}

#define MERGES                                                                                     \
    "SELECT id, kept, other, why, recorded_position, superseded_position FROM person_merge"

static struct result read_merges(struct store *store, struct arena *arena, const char *sql,
                                 struct params params, struct merge_list *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct merge *list = NULL;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store, sql, params, &query));
    while (query_next(&query)) {
        *ARENA_PUSH(arena, list, count, room) = (struct merge){
            .id = { query_int(&query, 0) },
            .kept = { query_int(&query, 1) },
            .other = { query_int(&query, 2) },
            .why = str_copy(arena, query_text(&query, 3)),
            .recorded = query_int(&query, 4),
            .undone = query_int_or(&query, 5, 0),
        };
    }
    TRY(query_end(&query));
    *ret = (struct merge_list){ list, count };
    return OK;
}

struct result merges_of(struct store *store, struct arena *arena, struct person_id person,
                        struct merge_list *ret)
{
    return read_merges(store, arena, MERGES " WHERE kept = $1 OR other = $1 ORDER BY id",
                       PARAMS(datum_int(person.n)), ret);
}

/* ---- merging ---- */

static struct result check(struct store *store, struct arena *arena, struct person_id kept,
                           struct person_id other, struct str why)
{
    struct person_group group;
    struct person_group others;
    struct person_row row;
    bool kept_is_erased;
    bool other_is_erased;

    if (str_trim(why).n == 0 || why.n > WHY_MAX || !str_is_utf8(why, NULL))
        return fail(&MERGE_WHY);
    TRY(person_load(store, arena, kept, &row));
    TRY(person_load(store, arena, other, &row));
    TRY(person_group(store, kept, POSITION_NOW, &group));
    if (person_group_has(&group, other))
        return fail(&MERGE_SAME);
    TRY(person_group(store, other, POSITION_NOW, &others));
    if (group.at[0].n != kept.n || others.count > 1 || group.count == PERSON_GROUP_MAX)
        return fail(&MERGE_CHAIN);
    TRY(person_is_erased(store, kept, &kept_is_erased));
    TRY(person_is_erased(store, other, &other_is_erased));
    return kept_is_erased || other_is_erased ? fail(&MERGE_ERASED) : OK;
}

/* The entry of the other one's own history; that of who is kept names the same merge. */
static struct result journal_both(struct store *store, struct arena *arena, const struct act *act,
                                  const char *operation, const struct merge *merge, struct str why,
                                  int64_t *ret_position)
{
    struct value *payload = value_object(arena);

    value_set_int(arena, payload, "kept", merge->kept.n);
    value_set_int(arena, payload, "other", merge->other.n);
    value_set_text(arena, payload, "why", why);
    TRY(journal_append(store, arena, act, operation,
                       (struct journal_subject){ "person", merge->other.n }, payload, NULL));
    return journal_append(store, arena, act, operation,
                          (struct journal_subject){ "person", merge->kept.n }, payload,
                          ret_position);
}

struct result person_merge(struct store *store, struct arena *arena, const struct act *act,
                           struct person_id kept, struct person_id other, struct str why,
                           struct merge_id *ret)
{
    const struct merge merge = { .kept = kept, .other = other };
    struct merge_id id;
    int64_t position;

    TRY(check(store, arena, kept, other, why));
    TRY(journal_both(store, arena, act, "people-merged", &merge, str_trim(why), &position));
    TRY(store_insert(store,
                     "INSERT INTO person_merge (kept, other, why, recorded_position)"
                     " VALUES ($1, $2, $3, $4) RETURNING id",
                     PARAMS(datum_int(kept.n), datum_int(other.n), datum_text(str_trim(why)),
                            datum_int(position)),
                     &id.n));
    *ret = id;
    return OK;
}

struct result person_unmerge(struct store *store, struct arena *arena, const struct act *act,
                             struct merge_id id, struct str why)
{
    struct merge_list list;
    int64_t position;

    if (str_trim(why).n == 0 || why.n > WHY_MAX || !str_is_utf8(why, NULL))
        return fail(&MERGE_WHY);
    TRY(read_merges(store, arena, MERGES " WHERE id = $1", PARAMS(datum_int(id.n)), &list));
    if (list.count == 0 || list.at[0].undone > 0)
        return fail(&MERGE_UNKNOWN);
    TRY(journal_both(store, arena, act, "people-unmerged", &list.at[0], str_trim(why), &position));
    return store_run(store, "UPDATE person_merge SET superseded_position = $2 WHERE id = $1",
                     PARAMS(datum_int(id.n), datum_int(position)));
}
