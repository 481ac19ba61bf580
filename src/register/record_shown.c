#include "register/record_shown.h"

#include <string.h>

#include "base/attr.h"
#include "hash/sha256.h"
#include "register/evidence_part.h"

/* That something is of the person $1, or of one who was merged into them by the position $2. */
#define OF_GROUP(column)                                                                           \
    " (" column " = $1 OR " column                                                                 \
    " IN (SELECT g.other FROM person_merge AS g WHERE g.kept = $1 AND" KNOWN_AT("g", "$2") "))"

/* A row of a query as an object. */
typedef struct value *(*row_value)(struct arena *arena, const struct query *query);

static struct result list_of(struct store *store, struct arena *arena, const char *sql,
                             const struct record_wish *wish, row_value of_row, struct value **ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct value *list = value_array(arena);

    TRY(query_begin(store, sql,
                    PARAMS(datum_int(wish->person.n), datum_int(wish->position),
                           datum_int((int64_t)wish->most)),
                    &query));
    while (query_next(&query))
        value_push(arena, list, of_row(arena, &query));
    TRY(query_end(&query));
    *ret = list;
    return OK;
}

/* ---- members ---- */

static void set_text(struct arena *arena, struct value *value, const char *key,
                     const struct query *query, size_t column)
{
    value_set_text(arena, value, key, str_copy(arena, query_text(query, column)));
}

static void set_text_if_any(struct arena *arena, struct value *value, const char *key,
                            const struct query *query, size_t column)
{
    value_set(arena, value, key,
              query_kind(query, column) == DATUM_TEXT && query_text(query, column).n > 0
                  ? value_text(arena, str_copy(arena, query_text(query, column)))
                  : value_null(arena));
}

static void set_int(struct arena *arena, struct value *value, const char *key,
                    const struct query *query, size_t column)
{
    value_set_int(arena, value, key, query_int(query, column));
}

static void set_int_if_any(struct arena *arena, struct value *value, const char *key,
                           const struct query *query, size_t column)
{
    int64_t number = query_int_or(query, column, INT64_MIN);

    value_set(arena, value, key,
              number == INT64_MIN ? value_null(arena) : value_int(arena, number));
}

static void set_day_if_any(struct arena *arena, struct value *value, const char *key,
                           const struct query *query, size_t column)
{
    int64_t number = query_int_or(query, column, INT64_MIN);

    value_set(arena, value, key,
              number == INT64_MIN ? value_null(arena) : value_day(arena, (day)number));
}

static void set_instant(struct arena *arena, struct value *value, const char *key,
                        const struct query *query, size_t column)
{
    value_set(arena, value, key, value_instant(arena, query_int(query, column)));
}

/* In hexadecimal. */
static void set_digest(struct arena *arena, struct value *value, const char *key,
                       const struct query *query, size_t column)
{
    struct str bytes = query_bytes(query, column);
    struct sha256_digest digest = { { 0 } };
    char hex[SHA256_HEX_SIZE];

    if (bytes.n == SHA256_SIZE)
        memcpy(digest.bytes, bytes.p, SHA256_SIZE);
    value_set_text(arena, value, key, str_copy(arena, str_from_c(sha256_hex(digest, hex))));
}

/* A number and a name beside it; null where there is no number. */
static void set_person(struct arena *arena, struct value *value, const char *key,
                       const struct query *query, size_t column)
{
    struct value *person = value_null(arena);

    if (query_int_or(query, column, 0)) {
        person = value_object(arena);
        set_int(arena, person, "id", query, column);
        set_text(arena, person, "name", query, column + 1);
    }
    value_set(arena, value, key, person);
}

/* ---- the logbook ---- */

#define ENTRIES                                                                                    \
    "SELECT " EVIDENCE_COLUMNS ", s.how, s.role, s.by_person, p.name, s.by_name, s.why, js.at,"    \
    " ja.at, e.import, s.duplicate_of, (SELECT count(*) FROM attachment AS a"                      \
    " WHERE a.evidence = v.evidence AND a.added_position <= $2"                                    \
    " AND (a.removed_position IS NULL OR a.removed_position > $2))"                                \
    " FROM evidence_version AS v JOIN evidence AS e ON e.id = v.evidence"                          \
    " JOIN evidence_standing AS s ON s.evidence = v.evidence AND" KNOWN_AT(                        \
        "s", "$2") " JOIN journal AS js ON js.position = s.recorded_position"                      \
                   " JOIN journal AS ja ON ja.position = e.added_position"                         \
                   " LEFT JOIN person AS p ON p.id = s.by_person"                                  \
                   " WHERE" OF_GROUP("v.person") " AND" KNOWN_AT(                                  \
                       "v", "$2") " AND (v.end_day < $4 OR (v.end_day = $4 AND v.evidence < $5))"  \
                                  " ORDER BY v.end_day DESC, v.evidence DESC LIMIT $3"

#define AFTER_EVIDENCE 14 /* the first column behind EVIDENCE_COLUMNS */

static struct value *fields_value(struct arena *arena, const struct evidence *says)
{
    struct value *fields = value_array(arena);

    for (size_t i = 0; i < says->fact_count; i++) {
        struct value *field = value_object(arena);

        value_set_text(arena, field, "name", says->facts[i].field);
        value_set_text(arena, field, "value", says->facts[i].value);
        value_push(arena, fields, field);
    }
    return fields;
}

static struct value *number_or_null(struct arena *arena, int64_t number)
{
    return number < 0 ? value_null(arena) : value_int(arena, number);
}

static void set_says(struct arena *arena, struct value *value, const struct evidence *says)
{
    value_set_text(arena, value, "kind", says->kind);
    value_set(arena, value, "from", value_day(arena, says->start));
    value_set(arena, value, "to", value_day(arena, says->end));
    value_set(arena, value, "minutes", number_or_null(arena, says->hours));
    value_set(arena, value, "days", number_or_null(arena, says->days));
    value_set(arena, value, "reference",
              says->matter.p ? value_text(arena, says->matter) : value_null(arena));
    value_set(arena, value, "programme",
              says->programme.p ? value_text(arena, says->programme) : value_null(arena));
    value_set(arena, value, "fields", fields_value(arena, says));
}

static struct value *entry_value(struct arena *arena, const struct query *query,
                                 const struct evidence_row *row)
{
    struct value *value = value_object(arena);

    value_set_int(arena, value, "id", row->id.n);
    value_set_int(arena, value, "person", row->person.n);
    set_says(arena, value, &row->says);
    value_set_int(arena, value, "version", row->version);
    value_set_text(arena, value, "standing", str_from_c(standing_name(row->says.standing)));
    value_set(arena, value, "verified",
              row->says.verified_on == DAY_NONE ? value_null(arena)
                                                : value_day(arena, row->says.verified_on));
    set_text(arena, value, "how", query, AFTER_EVIDENCE);
    set_text_if_any(arena, value, "role", query, AFTER_EVIDENCE + 1);
    set_person(arena, value, "by", query, AFTER_EVIDENCE + 2);
    set_text_if_any(arena, value, "by_name", query, AFTER_EVIDENCE + 4);
    set_text_if_any(arena, value, "why", query, AFTER_EVIDENCE + 5);
    set_instant(arena, value, "since", query, AFTER_EVIDENCE + 6);
    set_instant(arena, value, "added", query, AFTER_EVIDENCE + 7);
    set_int_if_any(arena, value, "import", query, AFTER_EVIDENCE + 8);
    set_int_if_any(arena, value, "same_as", query, AFTER_EVIDENCE + 9);
    set_int(arena, value, "papers", query, AFTER_EVIDENCE + 10);
    return value;
}

struct result shown_entries(struct store *store, struct arena *arena,
                            const struct record_wish *wish, struct logbook_place after,
                            struct value **ret, struct logbook_place *ret_next)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct value *list = value_array(arena);
    struct logbook_place place = { 0 };
    struct logbook_place next = { 0 };

    TRY(query_begin(store, ENTRIES,
                    PARAMS(datum_int(wish->person.n), datum_int(wish->position),
                           datum_int((int64_t)wish->most + 1),
                           datum_int(after.entry ? (int64_t)after.end : INT64_MAX),
                           datum_int(after.entry)),
                    &query));
    while (query_next(&query)) {
        struct evidence_row row;

        if (list->count == wish->most) {
            next = place;
            continue;
        }
        if (!evidence_from_row(&query, arena, &row))
            continue;
        place = (struct logbook_place){ row.says.end, row.id.n };
        value_push(arena, list, entry_value(arena, &query, &row));
    }
    TRY(query_end(&query));
    *ret = list;
    *ret_next = next;
    return OK;
}

#define STANDING_SUM(word) ", coalesce(sum(CASE WHEN s.standing = '" word "' THEN 1 ELSE 0 END), 0)"

static struct value *counts_of_row(struct arena *arena, const struct query *query)
{
    static const char *const keys[] = { "count",    "verified",  "claimed",
                                        "rejected", "withdrawn", "duplicate" };
    struct value *value = value_object(arena);

    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        set_int(arena, value, keys[i], query, i);
    set_day_if_any(arena, value, "from", query, ARRAY_LEN(keys));
    set_day_if_any(arena, value, "to", query, ARRAY_LEN(keys) + 1);
    return value;
}

struct result shown_counts(struct store *store, struct arena *arena, const struct record_wish *wish,
                           struct value **ret)
{
    struct value *list;

    TRY(list_of(store, arena,
                "SELECT count(*)" STANDING_SUM("verified") STANDING_SUM("claimed")
                    STANDING_SUM("rejected") STANDING_SUM("withdrawn") STANDING_SUM(
                        "duplicate") ", min(v.start_day), max(v.end_day) FROM evidence_version AS v"
                                     " JOIN evidence_standing AS s ON s.evidence = v.evidence "
                                     "AND" KNOWN_AT("s", "$2") " WHERE" OF_GROUP(
                                         "v.person") " AND" KNOWN_AT("v", "$2") " LIMIT $3",
                wish, counts_of_row, &list));
    *ret = list->items[0];
    return OK;
}

/* ---- facts ---- */

static struct value *fact_of_row(struct arena *arena, const struct query *query)
{
    struct value *value = value_object(arena);

    set_int(arena, value, "id", query, 0);
    set_int(arena, value, "person", query, 1);
    set_text(arena, value, "kind", query, 2);
    set_text(arena, value, "name", query, 3);
    set_text(arena, value, "value", query, 4);
    set_day_if_any(arena, value, "from", query, 5);
    set_day_if_any(arena, value, "until", query, 6);
    set_text(arena, value, "visible", query, 7);
    set_instant(arena, value, "recorded", query, 8);
    return value;
}

struct result shown_facts(struct store *store, struct arena *arena, const struct record_wish *wish,
                          struct value **ret)
{
    return list_of(store, arena,
                   "SELECT f.id, f.person, f.kind, f.name, f.value, f.from_day, f.until_day,"
                   " f.visible, j.at FROM fact AS f JOIN journal AS j"
                   " ON j.position = f.recorded_position WHERE" OF_GROUP(
                       "f.person") " AND" KNOWN_AT("f", "$2") " ORDER BY f.kind, f.id LIMIT $3",
                   wish, fact_of_row, ret);
}

/* ---- papers ---- */

static struct value *paper_of_row(struct arena *arena, const struct query *query)
{
    struct value *value = value_object(arena);

    set_int(arena, value, "id", query, 0);
    set_int(arena, value, "entry", query, 1);
    set_text(arena, value, "name", query, 2);
    set_text(arena, value, "type", query, 3);
    set_int(arena, value, "bytes", query, 4);
    set_instant(arena, value, "added", query, 5);
    set_digest(arena, value, "sha256", query, 6);
    return value;
}

struct result shown_papers(struct store *store, struct arena *arena, const struct record_wish *wish,
                           struct value **ret)
{
    return list_of(store, arena,
                   "SELECT a.id, a.evidence, a.name, a.type, a.size, j.at, a.sha256"
                   " FROM evidence AS e"
                   " JOIN attachment AS a ON a.evidence = e.id JOIN journal AS j"
                   " ON j.position = a.added_position WHERE" OF_GROUP(
                       "e.person") " AND a.added_position <= $2 AND (a.removed_position IS NULL"
                                   " OR a.removed_position > $2) ORDER BY a.id DESC LIMIT $3",
                   wish, paper_of_row, ret);
}

/* ---- what was asked ---- */

/* What had become of something by the position $2. */
#define STATE_AT(done, word, cancelled)                                                            \
    "CASE WHEN " done " <= $2 THEN '" word "' WHEN " cancelled                                     \
    " <= $2 THEN 'cancelled' ELSE 'open' END"

static struct value *asked_of_row(struct arena *arena, const struct query *query)
{
    struct value *value = value_object(arena);

    set_int(arena, value, "id", query, 0);
    set_text(arena, value, "role", query, 1);
    set_text(arena, value, "name", query, 2);
    set_text(arena, value, "address", query, 3);
    set_instant(arena, value, "asked", query, 4);
    set_instant(arena, value, "until", query, 5);
    set_text(arena, value, "state", query, 6);
    set_int(arena, value, "entries", query, 7);
    set_int(arena, value, "verified", query, 8);
    set_int(arena, value, "rejected", query, 9);
    return value;
}

#define ANSWERS(word)                                                                              \
    ", (SELECT count(*) FROM verification_entry AS n WHERE n.verification = r.id"                  \
    " AND r.answered_position <= $2 AND n.answer = '" word "')"

struct result shown_asked(struct store *store, struct arena *arena, const struct record_wish *wish,
                          struct value **ret)
{
    return list_of(
        store, arena,
        "SELECT r.id, r.role, r.name, r.address, r.asked_at, r.until, " STATE_AT(
            "r.answered_position", "answered",
            "r.cancelled_position") ", (SELECT count(*) FROM verification_entry AS n WHERE "
                                    "n.verification = r.id)" ANSWERS("verified")
                                        ANSWERS("rejected") " FROM verification AS r "
                                                            "WHERE" OF_GROUP(
                                                                "r.person") " AND r.asked_position "
                                                                            "<= $2 ORDER BY r.id "
                                                                            "DESC LIMIT $3",
        wish, asked_of_row, ret);
}

static struct value *opinion_of_row(struct arena *arena, const struct query *query)
{
    struct value *value = value_object(arena);
    bool given = str_eq_c(query_text(query, 6), "given");

    set_int(arena, value, "id", query, 0);
    set_text(arena, value, "kind", query, 1);
    set_text(arena, value, "name", query, 2);
    set_text(arena, value, "address", query, 3);
    value_set_bool(arena, value, "confidential", query_int(query, 4) != 0);
    set_instant(arena, value, "asked", query, 5);
    set_text(arena, value, "state", query, 6);
    if (given) {
        set_text_if_any(arena, value, "text", query, 7);
        set_int_if_any(arena, value, "entry", query, 8);
    } else {
        value_set(arena, value, "text", value_null(arena));
        value_set(arena, value, "entry", value_null(arena));
    }
    return value;
}

struct result shown_opinions(struct store *store, struct arena *arena,
                             const struct record_wish *wish, struct value **ret)
{
    return list_of(store, arena,
                   "SELECT o.id, o.kind, o.name, o.address, o.confidential, o.asked_at, " STATE_AT(
                       "o.given_position", "given",
                       "o.cancelled_position") ", o.text, o.evidence FROM opinion AS o "
                                               "WHERE" OF_GROUP("o.person") " AND o.asked_position "
                                                                            "<= $2 ORDER BY o.id "
                                                                            "DESC LIMIT $3",
                   wish, opinion_of_row, ret);
}

/* ---- audits and imports ---- */

static struct value *audit_of_row(struct arena *arena, const struct query *query)
{
    struct value *value = value_object(arena);

    set_int(arena, value, "audit", query, 0);
    set_int(arena, value, "place", query, 1);
    set_int(arena, value, "entry", query, 2);
    set_instant(arena, value, "drawn", query, 3);
    set_text_if_any(arena, value, "result", query, 4);
    set_text_if_any(arena, value, "note", query, 5);
    return value;
}

struct result shown_audits(struct store *store, struct arena *arena, const struct record_wish *wish,
                           struct value **ret)
{
    return list_of(
        store, arena,
        "SELECT t.audit, t.place, t.evidence, j.at,"
        " CASE WHEN t.closed_position <= $2 THEN t.result END,"
        " CASE WHEN t.closed_position <= $2 THEN t.note END"
        " FROM evidence AS e JOIN audit_entry AS t ON t.evidence = e.id"
        " JOIN audit AS d ON d.id = t.audit JOIN journal AS j"
        " ON j.position = d.drawn_position WHERE" OF_GROUP(
            "e.person") " AND d.drawn_position <= $2 ORDER BY t.audit DESC, t.place LIMIT $3",
        wish, audit_of_row, ret);
}

static struct value *import_of_row(struct arena *arena, const struct query *query)
{
    struct value *value = value_object(arena);

    set_int(arena, value, "id", query, 0);
    set_text(arena, value, "name", query, 1);
    set_text(arena, value, "basis", query, 2);
    set_int(arena, value, "rows", query, 3);
    set_instant(arena, value, "begun", query, 4);
    set_text(arena, value, "state", query, 5);
    return value;
}

struct result shown_imports(struct store *store, struct arena *arena,
                            const struct record_wish *wish, struct value **ret)
{
    return list_of(
        store, arena,
        "SELECT i.id, i.name, i.basis, i.row_count, j.at,"
        " CASE WHEN i.undone_position <= $2 THEN 'undone'"
        " WHEN i.ended_position <= $2 THEN 'done' ELSE 'open' END"
        " FROM evidence_import AS i JOIN journal AS j ON j.position = i.begun_position"
        " WHERE" OF_GROUP("i.person") " AND i.begun_position <= $2 ORDER BY i.id DESC LIMIT $3",
        wish, import_of_row, ret);
}
