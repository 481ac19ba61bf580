/* Two people beside each other, as data (merging.h). */
#include "account/merging.h"
#include "account/values.h"
#include "base/attr.h"
#include "register/erase.h"
#include "register/evidence.h"
#include "register/likeness.h"
#include "register/profile.h"
#include "json/read.h"

#define NAME_LIMITS ((struct json_limits){ .bytes = (size_t)64 * 1024, .depth = 8 })

/* ---- who is likely who ---- */

static struct value *reasons_value(struct arena *arena, unsigned reasons)
{
    struct value *value = value_object(arena);

    value_set_bool(arena, value, "same_name", reasons & ALIKE_NAME);
    value_set_bool(arena, value, "same_initial", reasons & ALIKE_INITIAL);
    value_set_bool(arena, value, "same_birth", reasons & ALIKE_BORN);
    value_set_bool(arena, value, "same_entry", reasons & ALIKE_ENTRY);
    return value;
}

static struct value *named_value(struct arena *arena, struct person_id person, struct str name)
{
    struct value *value = value_object(arena);

    value_set_int(arena, value, "id", person.n);
    value_set_text(arena, value, "name", name);
    return value;
}

struct value *alike_pair_value(struct arena *arena, const struct alike_pair *pair)
{
    struct value *value = value_object(arena);

    value_set(arena, value, "one", named_value(arena, pair->one.id, pair->one.name));
    value_set(arena, value, "other", named_value(arena, pair->other.id, pair->other.name));
    value_set(arena, value, "reasons", reasons_value(arena, pair->reasons));
    return value;
}

struct result alike_people_value(struct store *store, struct arena *arena, struct person_id person,
                                 struct value **ret)
{
    struct alike_person *alike = ARENA_ARRAY(arena, ALIKE_MAX, struct alike_person);
    struct value *values = value_array(arena);
    size_t count;

    TRY(people_alike(store, arena, person, alike, &count));
    for (size_t i = 0; i < count; i++) {
        struct value *value = named_value(arena, alike[i].person, alike[i].name);

        value_set(arena, value, "reasons", reasons_value(arena, alike[i].reasons));
        value_push(arena, values, value);
    }
    *ret = values;
    return OK;
}

/* ---- one side ---- */

#define COUNT(of) "(SELECT count(*) FROM " of " AND superseded_position IS NULL)"
#define STANDING_COUNT(word)                                                                       \
    ", " COUNT("evidence_standing WHERE person = $1 AND standing = '" word "'")

/* How much there is of a person, in the order of the members below. */
static const char amounts_sql[] = "SELECT " COUNT("evidence_version WHERE person = $1")
    STANDING_COUNT("verified") STANDING_COUNT("claimed") STANDING_COUNT("rejected")
        STANDING_COUNT("withdrawn") STANDING_COUNT(
            "duplicate") ", (SELECT count(*) FROM attachment AS a"
                         " JOIN evidence AS e ON e.id = a.evidence WHERE e.person = $1"
                         " AND a.removed_position IS NULL)"
                         ", (SELECT count(*) FROM verification WHERE person = $1)"
                         ", (SELECT count(*) FROM opinion WHERE person = $1)"
                         ", (SELECT count(*) FROM evidence_import WHERE person = $1)"
                         ", (SELECT count(*) FROM fact WHERE person = $1 AND superseded_position "
                         "IS NULL)"
                         ", (SELECT count(*) FROM appointment WHERE person = $1)"
                         ", (SELECT min(start_day) FROM evidence_version WHERE person = $1"
                         " AND superseded_position IS NULL)"
                         ", (SELECT max(end_day) FROM evidence_version WHERE person = $1"
                         " AND superseded_position IS NULL)";

static const char *const amounts[] = {
    "records", "verified", "claimed",  "rejected", "withdrawn", "duplicate",
    "papers",  "asked",    "opinions", "imports",  "items",     "appointments",
};

static struct value *day_or_null(struct arena *arena, day on)
{
    return on == DAY_NONE || on == DAY_FIRST ? value_null(arena) : value_day(arena, on);
}

static struct result set_amounts(struct store *store, struct arena *arena, struct person_id person,
                                 struct value *side)
{
    CLEANUP(query_release) struct query query = { 0 };
    size_t i = 0;

    TRY(query_begin(store, amounts_sql, PARAMS(datum_int(person.n)), &query));
    if (query_next(&query)) {
        for (; i < ARRAY_LEN(amounts); i++)
            value_set_int(arena, side, amounts[i], query_int(&query, i));
        value_set(arena, side, "first", day_or_null(arena, (day)query_int_or(&query, i, DAY_NONE)));
        value_set(arena, side, "last",
                  day_or_null(arena, (day)query_int_or(&query, i + 1, DAY_NONE)));
    }
    return query_end(&query);
}

static struct result set_account(struct store *store, struct arena *arena, struct person_id person,
                                 struct value *side)
{
    struct value *addresses = value_array(arena);
    struct value *value = value_null(arena);
    struct address_list list = { 0 };
    struct account account;
    struct result found = account_of_person(store, arena, person, &account);

    if (failed(found) && found.error != &ACCOUNT_UNKNOWN)
        return found;
    if (!failed(found)) {
        value = value_object(arena);
        value_set_int(arena, value, "id", account.id.n);
        value_set_text(arena, value, "state", str_from_c(account_state_word(account.state)));
        TRY(account_addresses(store, arena, account.id, &list));
    }
    for (size_t i = 0; i < list.count; i++)
        value_push(arena, addresses, value_text(arena, list.at[i].address));
    value_set(arena, side, "account", value);
    value_set(arena, side, "addresses", addresses);
    return OK;
}

/* Names they had, as they wrote them. */
static struct result set_names(struct store *store, struct arena *arena, struct person_id person,
                               struct value *side)
{
    const struct json_limits limits = NAME_LIMITS;
    struct value *names = value_array(arena);
    struct fact_list list;

    TRY(facts_of(store, arena, person, str_from_c(profile_kind_word(PROFILE_FORMER_NAME)),
                 POSITION_NOW, &list));
    for (size_t i = 0; i < list.count; i++) {
        struct person_name name;
        struct json_fault fault;
        struct value *value;

        if (!failed(json_read(arena, list.at[i].value, &limits, &fault, &value)) &&
            person_name_read(value, &name))
            value_push(arena, names, value_text(arena, person_name_display(arena, &name)));
    }
    value_set(arena, side, "former_names", names);
    return OK;
}

static day born_on(const struct fact_list *facts)
{
    return facts->count > 0 ? facts->at[facts->count - 1].from : DAY_NONE;
}

static struct result side_value(struct store *store, struct arena *arena, struct person_id person,
                                day *ret_born, struct value **ret)
{
    struct person_row row;
    struct person_id kept;
    struct fact_list born;
    struct value *side;
    bool erased;

    TRY(person_load(store, arena, person, &row));
    TRY(person_kept(store, person, &kept));
    TRY(person_is_erased(store, person, &erased));
    TRY(facts_of(store, arena, person, str_from_c(profile_kind_word(PROFILE_BORN)), POSITION_NOW,
                 &born));
    side = person_row_value(arena, &row);
    value_set(arena, side, "merged_into",
              kept.n == person.n ? value_null(arena) : value_int(arena, kept.n));
    value_set_bool(arena, side, "erased", erased);
    value_set(arena, side, "born", day_or_null(arena, born_on(&born)));
    TRY(set_names(store, arena, person, side));
    TRY(set_account(store, arena, person, side));
    TRY(set_amounts(store, arena, person, side));
    *ret_born = born_on(&born);
    *ret = side;
    return OK;
}

/* ---- what does not agree ---- */

static void push_conflict(struct arena *arena, struct value *conflicts, const char *kind,
                          int64_t count)
{
    struct value *conflict = value_object(arena);

    value_set_text(arena, conflict, "kind", str_from_c(kind));
    value_set_int(arena, conflict, "count", count);
    value_push(arena, conflicts, conflict);
}

/* How many entries of the second look like one of the first, and how many lie on the same days. */
static struct result count_likenesses(struct store *store, struct arena *arena,
                                      struct person_id one, struct person_id other,
                                      int64_t *ret_same, int64_t *ret_overlaps)
{
    const struct evidence **records;
    struct evidence_rows rows[2];
    struct alike *alike;
    int64_t same = 0;
    int64_t overlaps = 0;
    size_t count;

    TRY(evidence_of(store, arena, one, POSITION_NOW, &rows[0]));
    TRY(evidence_of(store, arena, other, POSITION_NOW, &rows[1]));
    count = rows[0].count + rows[1].count;
    if (count > 0) {
        records = ARENA_ARRAY(arena, count, const struct evidence *);
        alike = ARENA_ARRAY(arena, count, struct alike);
        for (size_t i = 0; i < count; i++)
            records[i] = i < rows[0].count ? &rows[0].at[i].says
                                           : &rows[1].at[i - rows[0].count].says;
        likeness_find(arena, records, count, alike);
        for (size_t i = rows[0].count; i < count; i++) {
            if (alike[i].likeness == LIKE_NOT || alike[i].other >= rows[0].count)
                continue;
            if (is_duplicate(alike[i].likeness))
                same++;
            else
                overlaps++;
        }
    }
    *ret_same = same;
    *ret_overlaps = overlaps;
    return OK;
}

/* Days that cycles are counted from, of which one person has one of each name. */
static struct result count_anchors(struct store *store, struct arena *arena, struct person_id one,
                                   struct person_id other, int64_t *ret)
{
    struct fact_list lists[2];
    int64_t count = 0;

    TRY(facts_of(store, arena, one, STR("anchor"), POSITION_NOW, &lists[0]));
    TRY(facts_of(store, arena, other, STR("anchor"), POSITION_NOW, &lists[1]));
    for (size_t i = 0; i < lists[0].count; i++)
        for (size_t k = 0; k < lists[1].count; k++)
            if (str_eq(lists[0].at[i].name, lists[1].at[k].name) &&
                lists[0].at[i].from != lists[1].at[k].from)
                count++;
    *ret = count;
    return OK;
}

/* How many entries of a person another has confirmed, which nobody could have done for themselves.
 */
static struct result count_confirmed(struct store *store, struct person_id one,
                                     struct person_id other, int64_t *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t count = 0;

    TRY(query_begin(store,
                    "SELECT count(*) FROM evidence_standing WHERE superseded_position IS NULL"
                    " AND standing = 'verified' AND ((person = $1 AND by_person = $2)"
                    " OR (person = $2 AND by_person = $1))",
                    PARAMS(datum_int(one.n), datum_int(other.n)), &query));
    if (query_next(&query))
        count = query_int(&query, 0);
    TRY(query_end(&query));
    *ret = count;
    return OK;
}

static bool is_set(const struct value *side, const char *key)
{
    return value_get(side, key)->kind != VALUE_NULL;
}

static struct result conflicts_value(struct store *store, struct arena *arena,
                                     const struct person_id people[2], const day born[2],
                                     struct value *const sides[2], struct value **ret)
{
    struct value *conflicts = value_array(arena);
    int64_t same;
    int64_t overlaps;
    int64_t anchors;
    int64_t confirmed;

    TRY(count_likenesses(store, arena, people[0], people[1], &same, &overlaps));
    TRY(count_anchors(store, arena, people[0], people[1], &anchors));
    TRY(count_confirmed(store, people[0], people[1], &confirmed));
    if (is_set(sides[0], "born") && is_set(sides[1], "born") && born[0] != born[1])
        push_conflict(arena, conflicts, "born", 1);
    if (is_set(sides[0], "account") && is_set(sides[1], "account"))
        push_conflict(arena, conflicts, "accounts", 2);
    if (confirmed > 0)
        push_conflict(arena, conflicts, "confirmed", confirmed);
    if (anchors > 0)
        push_conflict(arena, conflicts, "anchors", anchors);
    if (same > 0)
        push_conflict(arena, conflicts, "entries", same);
    if (overlaps > 0)
        push_conflict(arena, conflicts, "days", overlaps);
    *ret = conflicts;
    return OK;
}

static struct result apart_value(struct store *store, struct arena *arena, struct person_id one,
                                 struct person_id other, struct value **ret)
{
    struct value *value;
    int64_t position;
    struct str why;

    TRY(people_distinct_since(store, arena, one, other, &position, &why));
    if (!position) {
        *ret = value_null(arena);
        return OK;
    }
    value = value_object(arena);
    value_set_text(arena, value, "why", why);
    value_set_int(arena, value, "position", position);
    *ret = value;
    return OK;
}

struct result merge_preview_value(struct store *store, struct arena *arena, struct person_id one,
                                  struct person_id other, struct value **ret)
{
    const struct person_id people[2] = { one, other };
    struct value *value = value_object(arena);
    struct value *conflicts = value_array(arena);
    struct value *sides[2];
    struct person_group group;
    struct value *apart;
    unsigned reasons;
    day born[2];
    bool merged;

    TRY(side_value(store, arena, one, &born[0], &sides[0]));
    TRY(side_value(store, arena, other, &born[1], &sides[1]));
    TRY(person_group(store, one, POSITION_NOW, &group));
    TRY(people_alike_reasons(store, one, other, &reasons));
    TRY(apart_value(store, arena, one, other, &apart));
    merged = person_group_has(&group, other);
    if (!merged)
        TRY(conflicts_value(store, arena, people, born, sides, &conflicts));
    value_set(arena, value, "one", sides[0]);
    value_set(arena, value, "other", sides[1]);
    value_set(arena, value, "reasons", reasons_value(arena, reasons));
    value_set_bool(arena, value, "merged", merged);
    value_set(arena, value, "apart", apart);
    value_set(arena, value, "conflicts", conflicts);
    *ret = value;
    return OK;
}

/* ---- merges that there were ---- */

/* When and by whom something was done; nulls at position 0. */
static struct result set_done(struct store *store, struct arena *arena, int64_t position,
                              const char *when, const char *by, struct value *value)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct value *at = value_null(arena);
    struct value *who = value_null(arena);

    TRY(query_begin(store,
                    "SELECT j.at, p.id, p.name FROM journal AS j LEFT JOIN person AS p"
                    " ON j.actor_kind = 'person' AND p.id = j.actor_id WHERE j.position = $1",
                    PARAMS(datum_int(position)), &query));
    if (query_next(&query)) {
        at = value_instant(arena, query_int(&query, 0));
        if (query_int_or(&query, 1, 0))
            who = named_value(arena, (struct person_id){ query_int(&query, 1) },
                              str_copy(arena, query_text(&query, 2)));
    }
    TRY(query_end(&query));
    value_set(arena, value, when, at);
    value_set(arena, value, by, who);
    return OK;
}

struct result merge_value(struct store *store, struct arena *arena, const struct merge *merge,
                          struct value **ret)
{
    struct value *value = value_object(arena);
    struct value *kept;
    struct value *other;

    TRY(person_value(store, arena, merge->kept, &kept));
    TRY(person_value(store, arena, merge->other, &other));
    value_set_int(arena, value, "id", merge->id.n);
    value_set(arena, value, "kept", kept);
    value_set(arena, value, "other", other);
    value_set_text(arena, value, "why", merge->why);
    TRY(set_done(store, arena, merge->recorded, "merged", "by", value));
    TRY(set_done(store, arena, merge->undone, "undone", "undone_by", value));
    *ret = value;
    return OK;
}

struct result merges_value(struct store *store, struct arena *arena, struct person_id person,
                           struct value **ret)
{
    struct value *values = value_array(arena);
    struct merge_list list;

    TRY(merges_of(store, arena, person, &list));
    for (size_t i = 0; i < list.count; i++) {
        struct value *value;

        TRY(merge_value(store, arena, &list.at[i], &value));
        value_push(arena, values, value);
    }
    *ret = values;
    return OK;
}
