/* Who in the register is likely the same person as somebody else (office.h). */
#include "account/merging.h"
#include "web/office.h"
#include "web/office_parts.h"

#define ALIKE_PAGE 20 /* pairs */

static const struct shape_member reasons_members[] = {
    { "same_name", &shape_bool, false, "The same words in a name, in any order" },
    { "same_initial", &shape_bool, false, "The same last word of a name, and first letter" },
    { "same_birth", &shape_bool, false, "Born on the same day" },
    { "same_entry", &shape_bool, false, "An entry of the same kind, days and reference" },
    { 0 },
};
static const struct shape reasons_shape = { .kind = IS_OBJECT,
                                            .name = "AlikeReasons",
                                            .members = reasons_members };

/* ---- the whole register ---- */

static const struct shape_member pair_members[] = {
    { "one", &office_person_shape, false, "The one who was in the register first" },
    { "other", &office_person_shape, false, "The other" },
    { "reasons", &reasons_shape, false, "What speaks for one person" },
    { 0 },
};
static const struct shape pair_shape = { .kind = IS_OBJECT,
                                         .name = "AlikePair",
                                         .members = pair_members };
static const struct shape pairs_shape = { .kind = IS_LIST, .item = &pair_shape };

static const struct shape_member list_members[] = {
    { "named", &pairs_shape, false, "With the same words in a name, by those words" },
    { "nearly", &pairs_shape, false,
      "With the same last word and first letter, and something else in common; on the first page" },
    { "first", &shape_bool, false, "Whether this is the first page" },
    { "after", &shape_text, true, "The address that goes on; null: these were the last" },
    { 0 },
};
const struct shape office_alike_shape = { .kind = IS_OBJECT,
                                          .name = "OfficeAlike",
                                          .members = list_members };
const struct route_field office_alike_fields[] = {
    { "from", "with to: the pair after which to go on", false, false },
    { "to", "the other number of that pair", false, false },
    { 0 },
};

static struct value *pairs_value(struct arena *arena, const struct alike_pair *pairs, size_t count)
{
    struct value *values = value_array(arena);

    for (size_t i = 0; i < count; i++)
        value_push(arena, values, alike_pair_value(arena, &pairs[i]));
    return values;
}

static struct value *after_value(struct arena *arena, const struct alike_pair *pairs, size_t count)
{
    const struct alike_pair *last = &pairs[ALIKE_PAGE - 1];

    if (count <= ALIKE_PAGE)
        return value_null(arena);
    return value_text(arena, str_format(arena, "/office/alike?from=%lld&to=%lld",
                                        (long long)last->from.n, (long long)last->to.n));
}

struct result office_alike_answer(struct call *call, struct value **ret_view)
{
    const struct person_id from = { office_query(call, "from") };
    const struct person_id to = { office_query(call, "to") };
    struct value *view = value_object(call->arena);
    struct alike_pair *nearly = NULL;
    struct alike_pair *named;
    struct office office;
    size_t nearly_count = 0;
    size_t count;

    TRY(office_begin(call, PERMISSION_ALIKE_SEE, &ABOUT_NOTHING, &office));
    TRY(people_alike_named(office.store, office.arena, from, to, ALIKE_PAGE + 1, &named, &count));
    if (!from.n)
        TRY(people_alike_nearly(office.store, office.arena, OFFICE_PAGE, &nearly, &nearly_count));
    value_set(call->arena, view, "named",
              pairs_value(call->arena, named, count > ALIKE_PAGE ? ALIKE_PAGE : count));
    value_set(call->arena, view, "nearly", pairs_value(call->arena, nearly, nearly_count));
    value_set_bool(call->arena, view, "first", !from.n);
    value_set(call->arena, view, "after", after_value(call->arena, named, count));
    *ret_view = view;
    return OK;
}

/* ---- those like one person ---- */

static const struct shape_member like_members[] = {
    { "person", &shape_int, false, "The number of the person who is looked at" },
    { "id", &shape_int, false, "The number of the person" },
    { "name", &shape_text, false, "The name" },
    { "reasons", &reasons_shape, false, "What speaks for one person" },
    { 0 },
};
static const struct shape like_shape = { .kind = IS_OBJECT,
                                         .name = "AlikePerson",
                                         .members = like_members };
const struct shape office_alike_people_shape = { .kind = IS_LIST, .item = &like_shape };

struct result office_like_value(const struct office *office, struct person_id person,
                                struct value **ret)
{
    struct value *list;

    TRY(alike_people_value(office->store, office->arena, person, &list));
    for (size_t i = 0; i < list->count; i++)
        value_set_int(office->arena, list->items[i], "person", person.n);
    *ret = list;
    return OK;
}

/* ---- two beside each other ---- */

static const char *const state_words[] = { "open", "blocked", "closed", NULL };
static const struct shape state_shape = { .kind = IS_WORD, .words = state_words };
static const struct shape_member account_members[] = {
    { "id", &shape_int, false, "The number of the account" },
    { "state", &state_shape, false, "Whether it can be used" },
    { 0 },
};
static const struct shape account_shape = { .kind = IS_OBJECT,
                                            .name = "AlikeAccount",
                                            .members = account_members };

static const struct shape_member side_members[] = {
    { "id", &shape_int, false, "The number of the person" },
    { "name", &shape_text, false, "The name" },
    { "created", &shape_instant, false, "When they were added to the register" },
    { "merged_into", &shape_int, true, "The number that this one was merged into" },
    { "erased", &shape_bool, false, "Whether the record was erased" },
    { "born", &shape_date, true, "The day of birth" },
    { "former_names", &shape_texts, false, "Names they had" },
    { "account", &account_shape, true, "Their account; null: none" },
    { "addresses", &shape_texts, false, "Mail addresses of the account" },
    { "records", &shape_int, false, "Entries of the logbook, however they stand" },
    { "verified", &shape_int, false, "Those that are verified" },
    { "claimed", &shape_int, false, "Those that are claims" },
    { "rejected", &shape_int, false, "Those that were rejected" },
    { "withdrawn", &shape_int, false, "Those that were withdrawn" },
    { "duplicate", &shape_int, false, "Those that are the same as another" },
    { "papers", &shape_int, false, "Papers beside entries" },
    { "asked", &shape_int, false, "How often somebody was asked by mail to confirm entries" },
    { "opinions", &shape_int, false, "References and feedback that were asked for" },
    { "imports", &shape_int, false, "Files that were brought in" },
    { "items", &shape_int, false, "Items of the profile" },
    { "appointments", &shape_int, false, "Appointments that they ever had" },
    { "first", &shape_date, true, "The earliest day of an entry" },
    { "last", &shape_date, true, "The latest day of an entry" },
    { 0 },
};
static const struct shape side_shape = { .kind = IS_OBJECT,
                                         .name = "AlikeSide",
                                         .members = side_members };

static const char *const conflict_words[] = { "born",    "accounts", "confirmed", "anchors",
                                              "entries", "days",     NULL };
static const struct shape conflict_word_shape = { .kind = IS_WORD, .words = conflict_words };
static const struct shape_member conflict_members[] = {
    { "kind", &conflict_word_shape, false,
      "born: two days of birth; accounts: both have one; confirmed: entries of one that the other "
      "verified; anchors: days that cycles are counted from; entries: those that look the same as "
      "one of the other; days: entries on the same days" },
    { "count", &shape_int, false, "How many" },
    { 0 },
};
static const struct shape conflict_shape = { .kind = IS_OBJECT,
                                             .name = "MergeConflict",
                                             .members = conflict_members };
static const struct shape conflicts_shape = { .kind = IS_LIST, .item = &conflict_shape };

static const struct shape_member apart_members[] = {
    { "why", &shape_text, false, "The reason that was given" },
    { "position", &shape_int, false, "The entry of the journal" },
    { 0 },
};
static const struct shape apart_shape = { .kind = IS_OBJECT,
                                          .name = "Apart",
                                          .members = apart_members };

static const struct shape_member page_members[] = {
    { "one", &side_shape, false, "The first of the two; of a merge, who is kept" },
    { "other", &side_shape, false, "The second; of a merge, who is read as part of the first" },
    { "reasons", &reasons_shape, false, "What speaks for one person" },
    { "alike", &shape_bool, false, "Whether anything does" },
    { "merged", &shape_bool, false, "Whether they are read as one already" },
    { "apart", &apart_shape, true, "They were found to be two; null: nobody has said so" },
    { "conflicts", &conflicts_shape, false, "What a merge would bring together that differs" },
    { "disagree", &shape_bool, false, "Whether there is any of that" },
    { "may_decide", &shape_bool, false, "Whether whoever asks may say that they are one, or two" },
    { "why", &shape_text, false, "The reason that was typed" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape office_alike_pair_shape = { .kind = IS_OBJECT,
                                               .name = "OfficeAlikePair",
                                               .members = page_members };

struct result office_pair_view(const struct office *office, struct person_id one,
                               struct person_id other, struct value **ret_view)
{
    struct arena *arena = office->arena;
    struct str why = call_field(office->call, "why");
    struct value *view;
    const struct value *reasons;
    bool alike = false;

    TRY(merge_preview_value(office->store, arena, one, other, &view));
    reasons = value_get(view, "reasons");
    for (size_t i = 0; i < reasons->count; i++)
        alike = alike || reasons->members[i].value->boolean;
    value_set_bool(arena, view, "alike", alike);
    value_set_bool(arena, view, "disagree", value_get(view, "conflicts")->count > 0);
    value_set_bool(arena, view, "may_decide",
                   office_may(office->call, PERMISSION_PEOPLE_MERGE, &ABOUT_NOTHING));
    value_set_text(arena, view, "why", why.p ? why : STR(""));
    call_add_faults(office->call, view);
    *ret_view = view;
    return OK;
}

struct result office_alike_pair_answer(struct call *call, struct value **ret_view)
{
    struct person_id one;
    struct person_id other;
    struct office office;

    TRY(office_part(call, 0, &one.n));
    TRY(office_part(call, 1, &other.n));
    TRY(office_begin(call, PERMISSION_ALIKE_SEE, &ABOUT_NOTHING, &office));
    return office_pair_view(&office, one, other, ret_view);
}
