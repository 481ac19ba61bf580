#include <stdlib.h>

#include "register/evidence_part.h"

/* ---- words ---- */

static const char *const how_words[HOW_COUNT] = {
    [HOW_SELF] = "self",
    [HOW_IMPORT] = "import",
    [HOW_REGISTER] = "register",
    [HOW_ROLE] = "role",
    [HOW_LINK] = "link",
    [HOW_OFFICE] = "office",
    [HOW_CORRECTION] = "correction",
};

const char *evidence_how_word(enum evidence_how how)
{
    return how_words[how];
}

static enum evidence_how how_parse(struct str word)
{
    for (size_t i = 0; i < HOW_COUNT; i++)
        if (str_eq_c(word, how_words[i]))
            return (enum evidence_how)i;
    return HOW_OFFICE;
}

bool standing_parse(struct str word, enum standing *ret)
{
    for (size_t i = 0; i <= STANDING_DUPLICATE; i++) {
        if (str_eq_c(word, standing_name((enum standing)i))) {
            *ret = (enum standing)i;
            return true;
        }
    }
    return false;
}

/* ---- fields ---- */

#define FACTS_MAX ((size_t)64 * 1024) /* bytes of one entry's */

static int by_field(const void *a, const void *b)
{
    return str_cmp(((const struct fact *)a)->field, ((const struct fact *)b)->field);
}

struct str evidence_facts_write(struct arena *arena, const struct evidence *evidence)
{
    struct fact *sorted = ARENA_ARRAY(arena, evidence->fact_count, struct fact);
    struct buf text;

    for (size_t i = 0; i < evidence->fact_count; i++)
        sorted[i] = evidence->facts[i];
    if (evidence->fact_count > 1)
        qsort(sorted, evidence->fact_count, sizeof(*sorted), by_field);
    buf_init(&text, FACTS_MAX);
    for (size_t i = 0; i < evidence->fact_count; i++)
        buf_format(&text, "%s%.*s %.*s", i > 0 ? "\n" : "", STR_ARG(sorted[i].field),
                   STR_ARG(sorted[i].value));
    return buf_take(&text, arena);
}

static size_t count_lines(struct str text)
{
    size_t lines = text.n > 0;

    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    return lines;
}

void evidence_facts_read(struct arena *arena, struct str text, struct evidence *evidence)
{
    size_t count = count_lines(text);
    struct fact *facts = count > 0 ? ARENA_ARRAY(arena, count, struct fact) : NULL;

    for (size_t i = 0; i < count; i++) {
        struct str line;

        text = str_split(text, '\n', &line);
        facts[i].value = str_split(line, ' ', &facts[i].field);
    }
    evidence->facts = facts;
    evidence->fact_count = count;
}

/* ---- rows ---- */

/* What an entry says, from ten columns that begin with its kind. */
static struct evidence says_from_row(const struct query *query, size_t column, struct arena *arena)
{
    struct evidence says = {
        .kind = str_copy(arena, query_text(query, column)),
        .start = (day)query_int(query, column + 1),
        .end = (day)query_int(query, column + 2),
        .hours = query_int_or(query, column + 3, -1),
        .days = query_int_or(query, column + 4, -1),
        .standing = STANDING_CLAIMED,
        .verified_on = DAY_NONE,
    };

    if (query_kind(query, column + 5) == DATUM_TEXT)
        says.matter = str_copy(arena, query_text(query, column + 5));
    if (query_kind(query, column + 6) == DATUM_TEXT)
        says.programme = str_copy(arena, query_text(query, column + 6));
    evidence_facts_read(arena, str_copy(arena, query_text(query, column + 7)), &says);
    return says;
}

bool evidence_from_row(const struct query *query, struct arena *arena, struct evidence_row *ret)
{
    struct evidence_row row = {
        .id = { query_int(query, 0) },
        .person = { query_int(query, 1) },
        .version = query_int(query, 2),
        .change = query_int(query, 3),
        .says = says_from_row(query, 4, arena),
    };

    if (!standing_parse(query_text(query, 12), &row.says.standing))
        return false;
    row.says.verified_on = (day)query_int_or(query, 13, DAY_NONE);
    row.says.id = str_format(arena, "e%lld", (long long)row.id.n);
    *ret = row;
    return true;
}

struct result evidence_load(struct store *store, struct arena *arena, struct evidence_id id,
                            struct evidence_row *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct evidence_row row;
    bool found;

    TRY(query_begin(store,
                    "SELECT " EVIDENCE_COLUMNS " FROM evidence_version AS v"
                    " JOIN evidence_standing AS s ON s.evidence = v.evidence"
                    " WHERE v.evidence = $1 AND v.superseded_position IS NULL"
                    " AND s.superseded_position IS NULL",
                    PARAMS(datum_int(id.n)), &query));
    found = query_next(&query) && evidence_from_row(&query, arena, &row);
    TRY(query_end(&query));
    if (!found)
        return fail(&EVIDENCE_UNKNOWN);
    *ret = row;
    return OK;
}

/* ---- all of a person ---- */

struct rows {
    struct evidence_row *at;
    size_t count, room;
};

static struct result read_person(struct store *store, struct arena *arena, struct person_id person,
                                 int64_t position, struct rows *rows)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct evidence_row row;

    TRY(query_begin(store,
                    "SELECT " EVIDENCE_COLUMNS " FROM evidence_version AS v"
                    " JOIN evidence_standing AS s ON s.evidence = v.evidence"
                    " AND" KNOWN_AT("s", "$2") " WHERE v.person = $1 AND" KNOWN_AT(
                        "v", "$2") " ORDER BY v.evidence",
                    PARAMS(datum_int(person.n), datum_int(position)), &query));
    while (query_next(&query))
        if (evidence_from_row(&query, arena, &row))
            *ARENA_PUSH(arena, rows->at, rows->count, rows->room) = row;
    return query_end(&query);
}

static int by_number(const void *a, const void *b)
{
    const struct evidence_row *x = a;
    const struct evidence_row *y = b;

    return (x->id.n > y->id.n) - (x->id.n < y->id.n);
}

struct result evidence_of(struct store *store, struct arena *arena, struct person_id person,
                          int64_t position, struct evidence_rows *ret)
{
    struct person_group group;
    struct rows rows = { 0 };

    TRY(person_group(store, person, position, &group));
    for (size_t i = 0; i < group.count; i++)
        TRY(read_person(store, arena, group.at[i], position, &rows));
    if (group.count > 1 && rows.count > 1)
        qsort(rows.at, rows.count, sizeof(*rows.at), by_number);
    *ret = (struct evidence_rows){ rows.at, rows.count };
    return OK;
}

struct result evidence_into(struct store *store, struct arena *arena, struct person_id person,
                            int64_t position, struct dossier *dossier)
{
    struct evidence_rows rows;
    size_t all;

    TRY(evidence_of(store, arena, person, position, &rows));
    all = dossier->evidence_count + rows.count;
    if (all > dossier->evidence_room) {
        dossier->evidence = arena_grow(arena, dossier->evidence, dossier->evidence_room, all,
                                       sizeof(*dossier->evidence));
        dossier->evidence_room = all;
    }
    for (size_t i = 0; i < rows.count; i++)
        dossier->evidence[dossier->evidence_count++] = rows.at[i].says;
    return OK;
}

/* ---- history ---- */

static struct result read_versions(struct store *store, struct arena *arena, struct evidence_id id,
                                   struct evidence_history *history)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct evidence_version *list = NULL;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store,
                    "SELECT v.version, v.kind, v.start_day, v.end_day, v.minutes, v.work_days,"
                    " v.matter, v.programme, v.facts, v.why, v.recorded_position,"
                    " v.superseded_position, j.at FROM evidence_version AS v"
                    " JOIN journal AS j ON j.position = v.recorded_position"
                    " WHERE v.evidence = $1 ORDER BY v.version",
                    PARAMS(datum_int(id.n)), &query));
    while (query_next(&query)) {
        *ARENA_PUSH(arena, list, count, room) = (struct evidence_version){
            .version = query_int(&query, 0),
            .says = says_from_row(&query, 1, arena),
            .why = str_copy(arena, query_text(&query, 9)),
            .recorded = query_int(&query, 10),
            .superseded = query_int_or(&query, 11, 0),
            .at = query_int(&query, 12),
        };
    }
    TRY(query_end(&query));
    history->versions = list;
    history->version_count = count;
    return OK;
}

static struct str text_or_none(const struct query *query, size_t column, struct arena *arena)
{
    if (query_kind(query, column) == DATUM_NULL)
        return STR_NONE;
    return str_copy(arena, query_text(query, column));
}

static bool change_from_row(const struct query *query, struct arena *arena,
                            struct standing_change *ret)
{
    struct standing_change change = {
        .change = query_int(query, 0),
        .verified_on = (day)query_int_or(query, 2, DAY_NONE),
        .how = how_parse(query_text(query, 3)),
        .role = text_or_none(query, 4, arena),
        .by = { query_int_or(query, 5, 0) },
        .by_name = text_or_none(query, 6, arena),
        .verification = query_int_or(query, 7, 0),
        .same_as = { query_int_or(query, 8, 0) },
        .why = str_copy(arena, query_text(query, 9)),
        .recorded = query_int(query, 10),
        .superseded = query_int_or(query, 11, 0),
        .at = query_int(query, 12),
    };

    if (!standing_parse(query_text(query, 1), &change.standing))
        return false;
    *ret = change;
    return true;
}

static struct result read_changes(struct store *store, struct arena *arena, struct evidence_id id,
                                  struct evidence_history *history)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct standing_change *list = NULL;
    struct standing_change change;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store,
                    "SELECT s.change, s.standing, s.verified_day, s.how, s.role, s.by_person,"
                    " coalesce(s.by_name, p.name), s.verification, s.duplicate_of, s.why,"
                    " s.recorded_position, s.superseded_position, j.at"
                    " FROM evidence_standing AS s"
                    " JOIN journal AS j ON j.position = s.recorded_position"
                    " LEFT JOIN person AS p ON p.id = s.by_person"
                    " WHERE s.evidence = $1 ORDER BY s.change",
                    PARAMS(datum_int(id.n)), &query));
    while (query_next(&query))
        if (change_from_row(&query, arena, &change))
            *ARENA_PUSH(arena, list, count, room) = change;
    TRY(query_end(&query));
    history->changes = list;
    history->change_count = count;
    return OK;
}

struct result evidence_history(struct store *store, struct arena *arena, struct evidence_id id,
                               struct evidence_history *ret)
{
    struct evidence_history history = { 0 };

    TRY(read_versions(store, arena, id, &history));
    TRY(read_changes(store, arena, id, &history));
    if (history.version_count == 0)
        return fail(&EVIDENCE_UNKNOWN);
    *ret = history;
    return OK;
}
