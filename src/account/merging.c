#include "account/merging.h"

const struct error MERGE_ONESELF = {
    "merge-oneself", 403, EXIT_NO,
    "one of the two is you: somebody else of the office decides whether they are one"
};

/* ---- deciding ---- */

/* Whoever acts is neither of the two, as whichever of those they were merged from. */
static struct result not_oneself(struct store *store, const struct act *act, struct person_id one,
                                 struct person_id other)
{
    struct person_group group;

    if (act->actor != ACTOR_PERSON || !act->actor_id)
        return OK;
    TRY(person_group(store, (struct person_id){ act->actor_id }, POSITION_NOW, &group));
    if (person_group_has(&group, one) || person_group_has(&group, other))
        return fail(&MERGE_ONESELF);
    return OK;
}

static struct result may_decide(struct store *store, struct arena *arena, const struct act *act,
                                struct person_id one, struct person_id other)
{
    TRY(act_permitted(store, arena, act, PERMISSION_PEOPLE_MERGE, &ABOUT_NOTHING));
    return not_oneself(store, act, one, other);
}

struct result office_merge(struct store *store, struct arena *arena, const struct act *act,
                           struct person_id kept, struct person_id other, struct str why,
                           struct merge_id *ret)
{
    TRY(may_decide(store, arena, act, kept, other));
    return person_merge(store, arena, act, kept, other, why, ret);
}

struct result office_unmerge(struct store *store, struct arena *arena, const struct act *act,
                             struct merge_id id, struct str why)
{
    struct merge merge;

    TRY(act_permitted(store, arena, act, PERMISSION_PEOPLE_MERGE, &ABOUT_NOTHING));
    TRY(merge_load(store, arena, id, &merge));
    TRY(not_oneself(store, act, merge.kept, merge.other));
    return person_unmerge(store, arena, act, id, why);
}

struct result office_apart(struct store *store, struct arena *arena, const struct act *act,
                           struct person_id one, struct person_id other, struct str why)
{
    TRY(may_decide(store, arena, act, one, other));
    return people_distinct(store, arena, act, one, other, why);
}

/* ---- reading ---- */

struct result person_kept(struct store *store, struct person_id person, struct person_id *ret)
{
    struct person_group group;

    TRY(person_group(store, person, POSITION_NOW, &group));
    *ret = group.at[0];
    return OK;
}

struct result merge_load(struct store *store, struct arena *arena, struct merge_id id,
                         struct merge *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct person_id kept = { 0 };
    struct merge_list list;

    TRY(query_begin(store, "SELECT kept FROM person_merge WHERE id = $1", PARAMS(datum_int(id.n)),
                    &query));
    if (query_next(&query))
        kept.n = query_int(&query, 0);
    TRY(query_end(&query));
    TRY(merges_of(store, arena, kept, &list));
    for (size_t i = 0; i < list.count; i++) {
        if (list.at[i].id.n == id.n) {
            *ret = list.at[i];
            return OK;
        }
    }
    return fail(&MERGE_UNKNOWN);
}
