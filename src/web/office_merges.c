/* Saying that two people of the register are one, or two, and undoing a merge (office.h). */
#include "account/merging.h"
#include "web/office.h"
#include "web/office_parts.h"

const struct route_field office_merge_fields[] = {
    { "why", "the reason, which both histories keep", true, false },
    { 0 },
};

struct deciding {
    struct arena *arena;
    struct act act;
    struct person_id one, other;
    struct merge_id merge;
    struct str why;
};

static struct result take(struct call *call, struct deciding *ret)
{
    struct deciding d = { .arena = call->arena, .why = call_field(call, "why") };

    TRY(office_part(call, 0, &d.one.n));
    TRY(office_part(call, 1, &d.other.n));
    TRY(call_permit(call, PERMISSION_PEOPLE_MERGE, &ABOUT_NOTHING, &d.act));
    if (!d.why.p)
        d.why = STR("");
    *ret = d;
    return OK;
}

/* ---- two who are one, or two ---- */

struct result office_merge_answer(struct call *call, struct value **ret_view)
{
    struct deciding d;
    struct office office;

    TRY(take(call, &d));
    TRY(office_begin(call, PERMISSION_PEOPLE_MERGE, &ABOUT_NOTHING, &office));
    return office_pair_view(&office, d.one, d.other, ret_view);
}

static struct result merge(struct store *store, void *context)
{
    struct deciding *d = context;

    return office_merge(store, d->arena, &d->act, d->one, d->other, d->why, &d->merge);
}

static struct result keep_apart(struct store *store, void *context)
{
    struct deciding *d = context;

    return office_apart(store, d->arena, &d->act, d->one, d->other, d->why);
}

/* Which field is to be mended. */
static const char *field_of(struct result done)
{
    return done.error == &MERGE_WHY ? "why" : NULL;
}

static struct result decide(struct call *call,
                            struct result (*run)(struct store *store, void *context),
                            const char *notice, struct value **ret_view)
{
    struct deciding d;
    struct result done;
    bool told;

    TRY(take(call, &d));
    done = call_perform(call, run, &d);
    TRY(call_told(call, field_of(done), done, &told));
    if (!told)
        call_see_other(call, str_format(call->arena, "/office/people/%lld", (long long)d.one.n),
                       notice);
    return office_merge_answer(call, ret_view);
}

struct result office_merge_post(struct call *call, struct value **ret_view)
{
    return decide(call, merge, "people-merged", ret_view);
}

struct result office_apart_post(struct call *call, struct value **ret_view)
{
    return decide(call, keep_apart, "people-apart", ret_view);
}

/* ---- undoing ---- */

static const struct shape_member merge_members[] = {
    { "id", &shape_int, false, "The number of the merge" },
    { "kept", &office_person_shape, false, "Whose number is shown" },
    { "other", &office_person_shape, false, "Who is read as part of them" },
    { "why", &shape_text, false, "The reason that was given" },
    { "merged", &shape_instant, true, "When" },
    { "by", &office_person_shape, true, "Who; null: the command line" },
    { "undone", &shape_instant, true, "When it was undone; null: it holds" },
    { "undone_by", &office_person_shape, true, "Who undid it; null likewise" },
    { 0 },
};
const struct shape office_a_merge_shape = { .kind = IS_OBJECT,
                                            .name = "Merge",
                                            .members = merge_members };
const struct shape office_merges_shape = { .kind = IS_LIST, .item = &office_a_merge_shape };

static const struct shape_member undo_members[] = {
    { "merge", &office_a_merge_shape, false, "The merge" },
    { "typed", &shape_text, false, "The reason that was typed" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape office_unmerge_shape = { .kind = IS_OBJECT,
                                            .name = "OfficeUnmerge",
                                            .members = undo_members };

static struct result unmerge(struct store *store, void *context)
{
    struct deciding *d = context;

    return office_unmerge(store, d->arena, &d->act, d->merge, d->why);
}

struct result office_unmerge_answer(struct call *call, struct value **ret_view)
{
    struct str typed = call_field(call, "why");
    struct value *view = value_object(call->arena);
    struct merge_id id;
    struct merge merge;
    struct value *value;
    struct office office;

    TRY(office_part(call, 0, &id.n));
    TRY(office_begin(call, PERMISSION_PEOPLE_MERGE, &ABOUT_NOTHING, &office));
    TRY(merge_load(office.store, office.arena, id, &merge));
    TRY(merge_value(office.store, office.arena, &merge, &value));
    value_set(call->arena, view, "merge", value);
    value_set_text(call->arena, view, "typed", typed.p ? typed : STR(""));
    call_add_faults(call, view);
    *ret_view = view;
    return OK;
}

struct result office_unmerge_post(struct call *call, struct value **ret_view)
{
    struct deciding d = { .arena = call->arena, .why = call_field(call, "why") };
    struct result done;
    struct office office;
    struct merge merge;
    bool told;

    TRY(office_part(call, 0, &d.merge.n));
    TRY(office_begin(call, PERMISSION_PEOPLE_MERGE, &ABOUT_NOTHING, &office));
    TRY(merge_load(office.store, office.arena, d.merge, &merge));
    d.act = office.act;
    if (!d.why.p)
        d.why = STR("");
    done = call_perform(call, unmerge, &d);
    TRY(call_told(call, field_of(done), done, &told));
    if (!told)
        call_see_other(call,
                       str_format(call->arena, "/office/people/%lld", (long long)merge.kept.n),
                       "people-unmerged");
    return office_unmerge_answer(call, ret_view);
}
