#include <string.h>

#include "register/erase.h"
#include "register/evidence_part.h"

/* ---- parts ---- */

struct journal_subject person_subject(struct person_id person)
{
    return (struct journal_subject){ "person", person.n };
}

static void set_text(struct arena *arena, struct value *object, const char *key, struct str text)
{
    if (text.p)
        value_set_text(arena, object, key, text);
}

struct value *evidence_payload(struct arena *arena, struct evidence_id id,
                               const struct evidence *evidence)
{
    struct value *payload = value_object(arena);
    struct value *facts = value_object(arena);

    if (id.n > 0)
        value_set_int(arena, payload, "evidence", id.n);
    value_set_text(arena, payload, "kind", evidence->kind);
    value_set(arena, payload, "start", value_day(arena, evidence->start));
    value_set(arena, payload, "end", value_day(arena, evidence->end));
    if (evidence->hours >= 0)
        value_set_int(arena, payload, "minutes", evidence->hours);
    if (evidence->days >= 0)
        value_set_int(arena, payload, "days", evidence->days);
    set_text(arena, payload, "matter", evidence->matter);
    set_text(arena, payload, "programme", evidence->programme);
    for (size_t i = 0; i < evidence->fact_count; i++)
        value_set_str(arena, facts, evidence->facts[i].field,
                      value_text(arena, evidence->facts[i].value));
    value_set(arena, payload, "facts", facts);
    return payload;
}

static struct datum measure_or_null(int64_t measure)
{
    return measure < 0 ? datum_null() : datum_int(measure);
}

struct result version_insert(struct store *store, struct arena *arena,
                             const struct evidence_row *row, const struct evidence *evidence,
                             int64_t version, struct str why, int64_t position)
{
    if (version > 1)
        TRY(store_run(store,
                      "UPDATE evidence_version SET superseded_position = $2"
                      " WHERE evidence = $1 AND superseded_position IS NULL",
                      PARAMS(datum_int(row->id.n), datum_int(position))));
    return store_run(
        store,
        "INSERT INTO evidence_version (evidence, version, person, kind, start_day, end_day,"
        " minutes, work_days, matter, programme, facts, why, recorded_position)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        PARAMS(datum_int(row->id.n), datum_int(version), datum_int(row->person.n),
               datum_text(evidence->kind), datum_int(evidence->start), datum_int(evidence->end),
               measure_or_null(evidence->hours), measure_or_null(evidence->days),
               datum_text(evidence->matter), datum_text(evidence->programme),
               datum_text(evidence_facts_write(arena, evidence)), datum_text(why.p ? why : STR("")),
               datum_int(position)));
}

struct result evidence_insert(struct store *store, struct arena *arena,
                              const struct evidence_source *source, const struct evidence *evidence,
                              int64_t position, struct evidence_id *ret)
{
    struct evidence_row row = { .person = source->person };

    TRY(store_insert(store,
                     "INSERT INTO evidence (person, import, import_row, added_position)"
                     " VALUES ($1, $2, $3, $4) RETURNING id",
                     PARAMS(datum_int(source->person.n),
                            source->import ? datum_int(source->import) : datum_null(),
                            source->import ? datum_int(source->row) : datum_null(),
                            datum_int(position)),
                     &row.id.n));
    TRY(version_insert(store, arena, &row, evidence, 1, STR_NONE, position));
    *ret = row.id;
    return OK;
}

struct result standing_insert(struct store *store, struct evidence_id id, struct person_id person,
                              const struct standing_change *change)
{
    if (change->change > 1)
        TRY(store_run(store,
                      "UPDATE evidence_standing SET superseded_position = $2"
                      " WHERE evidence = $1 AND superseded_position IS NULL",
                      PARAMS(datum_int(id.n), datum_int(change->recorded))));
    return store_run(
        store,
        "INSERT INTO evidence_standing (evidence, change, person, standing, verified_day, how, "
        "role,"
        " by_person, by_name, verification, duplicate_of, why, recorded_position)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        PARAMS(datum_int(id.n), datum_int(change->change), datum_int(person.n),
               datum_text(str_from_c(standing_name(change->standing))),
               change->verified_on == DAY_NONE ? datum_null() : datum_int(change->verified_on),
               datum_text(str_from_c(evidence_how_word(change->how))), datum_text(change->role),
               change->by.n ? datum_int(change->by.n) : datum_null(), datum_text(change->by_name),
               change->verification ? datum_int(change->verification) : datum_null(),
               change->same_as.n ? datum_int(change->same_as.n) : datum_null(),
               datum_text(change->why.p ? change->why : STR("")), datum_int(change->recorded)));
}

/* ---- beside what is recorded ---- */

struct period {
    day start, end;
};

/* The days that have to be looked at: those of the period, and of all that it shares a day with. */
static struct result widen(struct store *store, const struct person_group *group,
                           struct period *ret)
{
    struct period period = *ret;

    for (size_t i = 0; i < group->count; i++) {
        CLEANUP(query_release) struct query query = { 0 };

        TRY(query_begin(
            store,
            "SELECT min(start_day), max(end_day) FROM evidence_version"
            " WHERE person = $1 AND end_day >= $2 AND start_day <= $3"
            " AND superseded_position IS NULL",
            PARAMS(datum_int(group->at[i].n), datum_int(ret->start), datum_int(ret->end)), &query));
        if (query_next(&query)) {
            day start = (day)query_int_or(&query, 0, period.start);
            day end = (day)query_int_or(&query, 1, period.end);

            period.start = start < period.start ? start : period.start;
            period.end = end > period.end ? end : period.end;
        }
        TRY(query_end(&query));
    }
    *ret = period;
    return OK;
}

static struct result read_neighbours(struct store *store, struct arena *arena,
                                     struct person_id person, struct period period,
                                     struct evidence_id but, struct neighbours *neighbours)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(store,
                    "SELECT v.start_day, v.end_day, v.minutes, s.standing"
                    " FROM evidence_version AS v JOIN evidence_standing AS s"
                    " ON s.evidence = v.evidence AND s.superseded_position IS NULL"
                    " WHERE v.person = $1 AND v.end_day >= $2 AND v.start_day <= $3"
                    " AND v.superseded_position IS NULL AND v.minutes > 0 AND v.evidence <> $4",
                    PARAMS(datum_int(person.n), datum_int(period.start), datum_int(period.end),
                           datum_int(but.n)),
                    &query));
    while (query_next(&query)) {
        struct evidence *neighbour = ARENA_NEW(arena, struct evidence);

        neighbour->start = (day)query_int(&query, 0);
        neighbour->end = (day)query_int(&query, 1);
        neighbour->hours = query_int(&query, 2);
        if (standing_parse(query_text(&query, 3), &neighbour->standing))
            *ARENA_PUSH(arena, neighbours->at, neighbours->count, neighbours->room) = neighbour;
    }
    return query_end(&query);
}

struct result neighbours_read(struct store *store, struct arena *arena, struct person_id person,
                              day start, day end, struct evidence_id but, struct neighbours *ret)
{
    struct neighbours neighbours = { 0 };
    struct period period = { start, end };
    struct person_group group;

    TRY(person_group(store, person, POSITION_NOW, &group));
    TRY(widen(store, &group, &period));
    for (size_t i = 0; i < group.count; i++)
        TRY(read_neighbours(store, arena, group.at[i], period, but, &neighbours));
    *ret = neighbours;
    return OK;
}

/* ---- adding and correcting ---- */

struct result evidence_has_room(struct store *store, struct person_id person, size_t more)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t count = 0;

    TRY(query_begin(store, "SELECT count(*) FROM evidence WHERE person = $1",
                    PARAMS(datum_int(person.n)), &query));
    if (query_next(&query))
        count = query_int(&query, 0);
    TRY(query_end(&query));
    return count + (int64_t)more <= EVIDENCE_MAX ? OK : fail(&EVIDENCE_MANY);
}

/* Whether it fits as a claim, however it stands now. */
static struct result claim_fits(struct store *store, struct arena *arena, struct person_id person,
                                const struct evidence *evidence, struct evidence_id but)
{
    struct evidence claim = *evidence;
    struct neighbours neighbours;

    claim.standing = STANDING_CLAIMED;
    TRY(neighbours_read(store, arena, person, claim.start, claim.end, but, &neighbours));
    return evidence_fits(&claim, neighbours.at, neighbours.count);
}

struct result evidence_add(struct store *store, struct arena *arena, const struct act *act,
                           const struct vocabulary *vocabulary, struct person_id person,
                           const struct evidence *evidence, struct evidence_id *ret)
{
    const struct evidence_source source = { .person = person };
    struct standing_change claimed = {
        .change = 1,
        .standing = STANDING_CLAIMED,
        .verified_on = DAY_NONE,
        .how = HOW_SELF,
    };
    struct evidence_id id;

    TRY(evidence_check(vocabulary, evidence, act_day(act)));
    TRY(person_has_record(store, arena, person));
    TRY(evidence_has_room(store, person, 1));
    TRY(claim_fits(store, arena, person, evidence, (struct evidence_id){ 0 }));
    TRY(journal_append(store, arena, act, "evidence-added", person_subject(person),
                       evidence_payload(arena, (struct evidence_id){ 0 }, evidence),
                       &claimed.recorded));
    TRY(evidence_insert(store, arena, &source, evidence, claimed.recorded, &id));
    TRY(standing_insert(store, id, person, &claimed));
    *ret = id;
    return OK;
}

static bool says_the_same(struct arena *arena, const struct evidence *a, const struct evidence *b)
{
    return str_eq(a->kind, b->kind) && a->start == b->start && a->end == b->end &&
           a->hours == b->hours && a->days == b->days && str_eq(a->matter, b->matter) &&
           str_eq(a->programme, b->programme) &&
           str_eq(evidence_facts_write(arena, a), evidence_facts_write(arena, b));
}

/* What was confirmed or rejected is a claim again. */
static struct result claim_again(struct store *store, const struct evidence_row *row,
                                 enum evidence_how how, struct str why, int64_t position)
{
    const struct standing_change claimed = {
        .change = row->change + 1,
        .standing = STANDING_CLAIMED,
        .verified_on = DAY_NONE,
        .how = how,
        .why = why,
        .recorded = position,
    };

    return standing_insert(store, row->id, row->person, &claimed);
}

struct result evidence_correct(struct store *store, struct arena *arena, const struct act *act,
                               const struct vocabulary *vocabulary, struct evidence_id id,
                               int64_t version, const struct evidence *evidence, struct str why)
{
    struct evidence_row row;
    struct value *payload;
    int64_t position;

    TRY(why_check(why, false));
    TRY(evidence_load(store, arena, id, &row));
    if (row.version != version)
        return fail(&EVIDENCE_CHANGED);
    if (row.says.standing == STANDING_WITHDRAWN || row.says.standing == STANDING_DUPLICATE)
        return fail(&EVIDENCE_STANDING);
    if (says_the_same(arena, &row.says, evidence))
        return fail(&EVIDENCE_SAME);
    TRY(evidence_check(vocabulary, evidence, act_day(act)));
    TRY(claim_fits(store, arena, row.person, evidence, id));
    payload = evidence_payload(arena, id, evidence);
    value_set(arena, payload, "before", evidence_payload(arena, id, &row.says));
    if (why.n > 0)
        value_set_text(arena, payload, "why", why);
    TRY(journal_append(store, arena, act, "evidence-corrected", person_subject(row.person), payload,
                       &position));
    TRY(version_insert(store, arena, &row, evidence, row.version + 1, why, position));
    if (row.says.standing == STANDING_CLAIMED)
        return OK;
    return claim_again(store, &row, HOW_CORRECTION, why, position);
}

/* ---- standing, by the person ---- */

static struct result change_standing(struct store *store, struct arena *arena,
                                     const struct act *act, const char *operation,
                                     const struct evidence_row *row, struct standing_change *change)
{
    struct value *payload = value_object(arena);

    value_set_int(arena, payload, "evidence", row->id.n);
    value_set_text(arena, payload, "before", str_from_c(standing_name(row->says.standing)));
    if (change->same_as.n)
        value_set_int(arena, payload, "same_as", change->same_as.n);
    if (change->why.n > 0)
        value_set_text(arena, payload, "why", change->why);
    TRY(journal_append(store, arena, act, operation, person_subject(row->person), payload,
                       &change->recorded));
    change->change = row->change + 1;
    return standing_insert(store, row->id, row->person, change);
}

struct result evidence_withdraw(struct store *store, struct arena *arena, const struct act *act,
                                struct evidence_id id, struct str why)
{
    struct standing_change withdrawn = {
        .standing = STANDING_WITHDRAWN,
        .verified_on = DAY_NONE,
        .how = HOW_SELF,
        .why = why,
    };
    struct evidence_row row;

    TRY(why_check(why, false));
    TRY(evidence_load(store, arena, id, &row));
    if (row.says.standing == STANDING_WITHDRAWN)
        return fail(&EVIDENCE_STANDING);
    return change_standing(store, arena, act, "evidence-withdrawn", &row, &withdrawn);
}

struct result evidence_mark_duplicate(struct store *store, struct arena *arena,
                                      const struct act *act, struct evidence_id id,
                                      struct evidence_id same_as, struct str why)
{
    struct standing_change duplicate = {
        .standing = STANDING_DUPLICATE,
        .verified_on = DAY_NONE,
        .how = HOW_SELF,
        .same_as = same_as,
        .why = why,
    };
    struct person_group group;
    struct evidence_row other;
    struct evidence_row row;

    TRY(why_check(why, false));
    TRY(evidence_load(store, arena, id, &row));
    TRY(evidence_load(store, arena, same_as, &other));
    TRY(person_group(store, row.person, POSITION_NOW, &group));
    if (id.n == same_as.n || !person_group_has(&group, other.person) ||
        row.says.standing == STANDING_WITHDRAWN || row.says.standing == STANDING_DUPLICATE ||
        other.says.standing == STANDING_WITHDRAWN || other.says.standing == STANDING_DUPLICATE)
        return fail(&EVIDENCE_STANDING);
    return change_standing(store, arena, act, "evidence-duplicate", &row, &duplicate);
}

struct result evidence_unmark_duplicate(struct store *store, struct arena *arena,
                                        const struct act *act, struct evidence_id id,
                                        struct str why)
{
    struct standing_change claimed = {
        .standing = STANDING_CLAIMED,
        .verified_on = DAY_NONE,
        .how = HOW_SELF,
        .why = why,
    };
    struct evidence_row row;

    TRY(why_check(why, false));
    TRY(evidence_load(store, arena, id, &row));
    if (row.says.standing != STANDING_DUPLICATE)
        return fail(&EVIDENCE_STANDING);
    TRY(claim_fits(store, arena, row.person, &row.says, id));
    return change_standing(store, arena, act, "evidence-no-duplicate", &row, &claimed);
}
