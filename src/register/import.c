#include "register/import.h"

#include <string.h>

#include "register/erase.h"
#include "register/evidence_part.h"

#define NAME_MAX_BYTES 200

const struct error IMPORT_UNKNOWN = { "import-unknown", 404, EXIT_NO,
                                      "there is no import of this number" };
const struct error IMPORT_NAME = { "import-name", 422, EXIT_INPUT,
                                   "the name of a file has 1 to 200 bytes" };
const struct error IMPORT_ROWS = { "import-rows", 422, EXIT_INPUT,
                                   "choose rows of the file, 20,000 at most" };
const struct error IMPORT_STATE = { "import-state", 409, EXIT_NO,
                                    "the import is finished, or was undone" };
const struct error IMPORT_ACTED = {
    "import-acted", 409, EXIT_NO,
    "something that the import brought was verified, rejected or corrected since, so it stays; "
    "withdraw single entries instead"
};

static const char *const state_words[IMPORT_STATES] = {
    [IMPORT_OPEN] = "open",
    [IMPORT_DONE] = "done",
    [IMPORT_UNDOING] = "undoing",
    [IMPORT_UNDONE] = "undone",
};

static const char *const basis_words[] = {
    [IMPORT_OWN] = "own",
    [IMPORT_REGISTER] = "register",
};

const char *import_state_word(enum import_state state)
{
    return state_words[state];
}

/* ---- reading ---- */

#define IMPORTS                                                                                    \
    "SELECT i.id, i.person, i.name, i.sha256, i.basis, i.row_count,"                               \
    " (SELECT count(*) FROM evidence AS e WHERE e.import = i.id), i.state, i.begun_position,"      \
    " i.ended_position, i.undone_position FROM evidence_import AS i"

static struct import from_row(const struct query *query, struct arena *arena)
{
    struct str digest = query_bytes(query, 3);
    struct import import = {
        .id = { query_int(query, 0) },
        .person = { query_int(query, 1) },
        .name = str_copy(arena, query_text(query, 2)),
        .basis = str_eq_c(query_text(query, 4), "register") ? IMPORT_REGISTER : IMPORT_OWN,
        .rows = query_int(query, 5),
        .added = query_int(query, 6),
        .state = IMPORT_UNDONE,
        .begun = query_int(query, 8),
        .ended = query_int_or(query, 9, 0),
        .undone = query_int_or(query, 10, 0),
    };

    if (digest.n == SHA256_SIZE)
        memcpy(import.digest.bytes, digest.p, SHA256_SIZE);
    for (size_t i = 0; i < IMPORT_STATES; i++)
        if (str_eq_c(query_text(query, 7), state_words[i]))
            import.state = (enum import_state)i;
    return import;
}

static struct result read_imports(struct store *store, struct arena *arena, const char *sql,
                                  struct params params, struct import_list *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct import *list = NULL;
    size_t count = 0;
    size_t room = 0;

    TRY(query_begin(store, sql, params, &query));
    while (query_next(&query))
        *ARENA_PUSH(arena, list, count, room) = from_row(&query, arena);
    TRY(query_end(&query));
    *ret = (struct import_list){ list, count };
    return OK;
}

struct result import_load(struct store *store, struct arena *arena, struct import_id id,
                          struct import *ret)
{
    struct import_list list;

    TRY(read_imports(store, arena, IMPORTS " WHERE i.id = $1", PARAMS(datum_int(id.n)), &list));
    if (list.count == 0)
        return fail(&IMPORT_UNKNOWN);
    *ret = list.at[0];
    return OK;
}

struct result imports_of(struct store *store, struct arena *arena, struct person_id person,
                         size_t max, struct import_list *ret)
{
    return read_imports(store, arena, IMPORTS " WHERE i.person = $1 ORDER BY i.id DESC LIMIT $2",
                        PARAMS(datum_int(person.n), datum_int((int64_t)max)), ret);
}

/* ---- beginning and ending ---- */

static struct value *payload_of(struct arena *arena, struct import_id id)
{
    struct value *payload = value_object(arena);

    value_set_int(arena, payload, "import", id.n);
    return payload;
}

struct result import_begin(struct store *store, struct arena *arena, const struct act *act,
                           const struct import_wish *wish, struct import_id *ret)
{
    struct value *payload = value_object(arena);
    char hex[SHA256_HEX_SIZE];
    struct import_id id;
    int64_t position;

    if (str_trim(wish->name).n == 0 || wish->name.n > NAME_MAX_BYTES ||
        !str_is_utf8(wish->name, NULL))
        return fail(&IMPORT_NAME);
    if (wish->rows == 0 || wish->rows > EVIDENCE_MAX)
        return fail(&IMPORT_ROWS);
    TRY(person_has_record(store, arena, wish->person));
    value_set_text(arena, payload, "name", wish->name);
    value_set_text(arena, payload, "basis", str_from_c(basis_words[wish->basis]));
    value_set_text(arena, payload, "sha256", str_from_c(sha256_hex(wish->digest, hex)));
    value_set_int(arena, payload, "rows", (int64_t)wish->rows);
    TRY(journal_append(store, arena, act, "import-begun", person_subject(wish->person), payload,
                       &position));
    TRY(store_insert(store,
                     "INSERT INTO evidence_import (person, name, sha256, basis, row_count, state,"
                     " begun_position) VALUES ($1, $2, $3, $4, $5, 'open', $6) RETURNING id",
                     PARAMS(datum_int(wish->person.n), datum_text(wish->name),
                            datum_bytes((struct str){ (const char *)wish->digest.bytes,
                                                      sizeof(wish->digest.bytes) }),
                            datum_text(str_from_c(basis_words[wish->basis])),
                            datum_int((int64_t)wish->rows), datum_int(position)),
                     &id.n));
    *ret = id;
    return OK;
}

struct result import_end(struct store *store, struct arena *arena, const struct act *act,
                         struct import_id id)
{
    struct import import;
    int64_t position;

    TRY(import_load(store, arena, id, &import));
    if (import.state != IMPORT_OPEN)
        return fail(&IMPORT_STATE);
    TRY(journal_append(store, arena, act, "import-ended", person_subject(import.person),
                       payload_of(arena, id), &position));
    return store_run(store,
                     "UPDATE evidence_import SET state = 'done', ended_position = $2 WHERE id = $1",
                     PARAMS(datum_int(id.n), datum_int(position)));
}

/* ---- rows ---- */

/* Rows of a piece that may still be written, and what became of the rest. */
struct piece {
    const struct import_row *rows[IMPORT_PIECE];
    size_t count;
    struct neighbours neighbours; /* what is recorded, and the rows before */
    struct import_piece told;
};

static struct result is_written(struct store *store, struct import_id id, uint32_t row, bool *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    bool written;

    TRY(query_begin(store, "SELECT id FROM evidence WHERE import = $1 AND import_row = $2",
                    PARAMS(datum_int(id.n), datum_int(row)), &query));
    written = query_next(&query);
    TRY(query_end(&query));
    *ret = written;
    return OK;
}

static void refuse(struct piece *piece, uint32_t row, const struct error *why)
{
    if (piece->told.refused++ > 0)
        return;
    piece->told.refused_row = row;
    piece->told.refused_why = why;
}

static bool comes_again(const struct piece *piece, uint32_t row)
{
    for (size_t i = 0; i < piece->count; i++)
        if (piece->rows[i]->number == row)
            return true;
    return false;
}

/* Whether a row can be added beside all that is recorded and the rows before it. A failure of the
   database is the result; what the rules refuse is told. */
static struct result check_row(struct store *store, struct arena *arena, const struct act *act,
                               const struct vocabulary *vocabulary, const struct import *import,
                               const struct import_row *row, struct piece *piece)
{
    struct neighbours *neighbours = &piece->neighbours;
    struct result checked = evidence_check(vocabulary, &row->says, act_day(act));
    bool written;

    TRY(is_written(store, import->id, row->number, &written));
    if (written || comes_again(piece, row->number)) {
        piece->told.known++;
        return OK;
    }
    if (!failed(checked))
        checked = evidence_fits(&row->says, neighbours->at, neighbours->count);
    if (failed(checked)) {
        refuse(piece, row->number, checked.error);
        return OK;
    }
    *ARENA_PUSH(arena, neighbours->at, neighbours->count, neighbours->room) = &row->says;
    piece->rows[piece->count++] = row;
    return OK;
}

static struct result read_beside(struct store *store, struct arena *arena,
                                 const struct import *import, const struct import_row *const *rows,
                                 size_t count, struct neighbours *ret)
{
    day start = rows[0]->says.start;
    day end = rows[0]->says.end;

    for (size_t i = 1; i < count; i++) {
        start = rows[i]->says.start < start ? rows[i]->says.start : start;
        end = rows[i]->says.end > end ? rows[i]->says.end : end;
    }
    return neighbours_read(store, arena, import->person, start, end, (struct evidence_id){ 0 },
                           ret);
}

static struct value *piece_payload(struct arena *arena, const struct import *import,
                                   const struct piece *piece)
{
    struct value *payload = payload_of(arena, import->id);
    struct value *rows = value_array(arena);

    for (size_t i = 0; i < piece->count; i++) {
        struct value *row =
            evidence_payload(arena, (struct evidence_id){ 0 }, &piece->rows[i]->says);

        value_set_int(arena, row, "row", piece->rows[i]->number);
        if (import->basis == IMPORT_REGISTER)
            value_set_text(arena, row, "standing",
                           str_from_c(standing_name(piece->rows[i]->says.standing)));
        value_push(arena, rows, row);
    }
    value_set(arena, payload, "rows", rows);
    return payload;
}

static struct result write_row(struct store *store, struct arena *arena,
                               const struct import *import, const struct import_row *row,
                               int64_t position)
{
    const struct evidence_source source = { import->person, import->id.n, row->number };
    bool own = import->basis == IMPORT_OWN;
    const struct standing_change change = {
        .change = 1,
        .standing = own ? STANDING_CLAIMED : row->says.standing,
        .verified_on = own || row->says.standing != STANDING_VERIFIED ? DAY_NONE
                                                                      : row->says.verified_on,
        .how = own ? HOW_IMPORT : HOW_REGISTER,
        .why = own ? STR("") : STR("from the body's earlier register"),
        .recorded = position,
    };
    struct evidence_id id;

    TRY(evidence_insert(store, arena, &source, &row->says, position, &id));
    return standing_insert(store, id, import->person, &change);
}

struct result import_rows(struct store *store, struct arena *arena, const struct act *act,
                          const struct vocabulary *vocabulary, struct import_id id,
                          const struct import_row *const *rows, size_t count,
                          struct import_piece *ret)
{
    struct piece piece = { .count = 0 };
    struct import import;
    int64_t position;

    TRY(import_load(store, arena, id, &import));
    if (import.state != IMPORT_OPEN)
        return fail(&IMPORT_STATE);
    if (count == 0 || count > IMPORT_PIECE)
        return fail(&IMPORT_ROWS);
    for (size_t i = 0; i < count; i++)
        if (rows[i]->faulty || rows[i]->left_out)
            return fail(&IMPORT_ROWS);
    TRY(read_beside(store, arena, &import, rows, count, &piece.neighbours));
    for (size_t i = 0; i < count; i++)
        TRY(check_row(store, arena, act, vocabulary, &import, rows[i], &piece));
    if (import.added + (int64_t)piece.count > import.rows)
        return fail(&IMPORT_ROWS);
    TRY(evidence_has_room(store, import.person, piece.count));
    if (piece.count > 0) {
        TRY(journal_append(store, arena, act, "evidence-imported", person_subject(import.person),
                           piece_payload(arena, &import, &piece), &position));
        for (size_t i = 0; i < piece.count; i++)
            TRY(write_row(store, arena, &import, piece.rows[i], position));
    }
    piece.told.added = piece.count;
    *ret = piece.told;
    return OK;
}

/* ---- undoing ---- */

static struct result number_of(struct store *store, const char *sql, struct import_id id,
                               int64_t *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    int64_t number = 0;

    TRY(query_begin(store, sql, PARAMS(datum_int(id.n)), &query));
    if (query_next(&query))
        number = query_int(&query, 0);
    TRY(query_end(&query));
    *ret = number;
    return OK;
}

static struct result may_be_undone(struct store *store, const struct import *import)
{
    int64_t acts;
    int64_t corrections;

    if (import->state == IMPORT_UNDOING)
        return OK;
    if (import->state == IMPORT_UNDONE)
        return fail(&IMPORT_STATE);
    TRY(number_of(store,
                  "SELECT count(*) FROM evidence AS e JOIN evidence_standing AS s"
                  " ON s.evidence = e.id AND s.change > 1 AND s.how <> 'self'"
                  " WHERE e.import = $1",
                  import->id, &acts));
    TRY(number_of(store,
                  "SELECT count(*) FROM evidence AS e JOIN evidence_version AS v"
                  " ON v.evidence = e.id AND v.version > 1 WHERE e.import = $1",
                  import->id, &corrections));
    return acts > 0 || corrections > 0 ? fail(&IMPORT_ACTED) : OK;
}

struct standing_entry_list {
    struct {
        struct evidence_id id;
        int64_t change;
    } at[IMPORT_UNDO_PIECE];
    size_t count;
};

static struct result read_standing(struct store *store, struct import_id id,
                                   struct standing_entry_list *list)
{
    CLEANUP(query_release) struct query query = { 0 };

    TRY(query_begin(store,
                    "SELECT e.id, s.change FROM evidence AS e JOIN evidence_standing AS s"
                    " ON s.evidence = e.id AND s.superseded_position IS NULL"
                    " WHERE e.import = $1 AND s.standing <> 'withdrawn' ORDER BY e.id LIMIT $2",
                    PARAMS(datum_int(id.n), datum_int(IMPORT_UNDO_PIECE)), &query));
    while (query_next(&query) && list->count < IMPORT_UNDO_PIECE) {
        list->at[list->count].id.n = query_int(&query, 0);
        list->at[list->count++].change = query_int(&query, 1);
    }
    return query_end(&query);
}

static struct result withdraw_all(struct store *store, const struct import *import,
                                  const struct standing_entry_list *list, int64_t position)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct standing_change change = {
            .change = list->at[i].change + 1,
            .standing = STANDING_WITHDRAWN,
            .verified_on = DAY_NONE,
            .how = HOW_IMPORT,
            .why = STR("the import was undone"),
            .recorded = position,
        };

        TRY(standing_insert(store, list->at[i].id, import->person, &change));
    }
    return OK;
}

struct result import_undo(struct store *store, struct arena *arena, const struct act *act,
                          struct import_id id, int64_t *ret_left)
{
    struct standing_entry_list *list = ARENA_NEW(arena, struct standing_entry_list);
    struct import import;
    int64_t position;
    int64_t left;

    TRY(import_load(store, arena, id, &import));
    TRY(may_be_undone(store, &import));
    TRY(read_standing(store, id, list));
    TRY(journal_append(store, arena, act, "import-undone", person_subject(import.person),
                       payload_of(arena, id), &position));
    TRY(withdraw_all(store, &import, list, position));
    TRY(number_of(store,
                  "SELECT count(*) FROM evidence AS e JOIN evidence_standing AS s"
                  " ON s.evidence = e.id AND s.superseded_position IS NULL"
                  " WHERE e.import = $1 AND s.standing <> 'withdrawn'",
                  id, &left));
    TRY(store_run(store,
                  "UPDATE evidence_import SET state = $2, undone_position = $3 WHERE id = $1",
                  PARAMS(datum_int(id.n),
                         datum_text(str_from_c(state_words[left ? IMPORT_UNDOING : IMPORT_UNDONE])),
                         left ? datum_null() : datum_int(position))));
    *ret_left = left;
    return OK;
}
