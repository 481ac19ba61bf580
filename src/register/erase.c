#include "register/erase.h"

#include "register/evidence_part.h"
#include "register/people_names.h"

const struct error PERSON_ERASED = { "person-erased", 409, EXIT_NO,
                                     "the record of this person was erased" };

struct result person_has_record(struct store *store, struct arena *arena, struct person_id person)
{
    struct person_row row;
    bool erased;

    TRY(person_load(store, arena, person, &row));
    TRY(person_is_erased(store, person, &erased));
    return erased ? fail(&PERSON_ERASED) : OK;
}

struct result person_is_erased(struct store *store, struct person_id person, bool *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    bool erased;

    TRY(query_begin(store, "SELECT position FROM person_erased WHERE person = $1",
                    PARAMS(datum_int(person.n)), &query));
    erased = query_next(&query);
    TRY(query_end(&query));
    *ret = erased;
    return OK;
}

/* ---- at once ---- */

/* What is small, and who they are. $1 is the person. */
static const char *const at_once[] = {
    "DELETE FROM fact WHERE person = $1",
    "DELETE FROM person_name WHERE person = $1",
    "UPDATE evidence_standing SET by_name = NULL WHERE by_person = $1",
    "UPDATE verification SET name = '', address = '', verifier = NULL WHERE verifier = $1",
    "UPDATE opinion SET name = '', address = '', giver = NULL WHERE giver = $1",
};

static struct result begin_one(struct store *store, struct arena *arena, struct person_id person,
                               int64_t position)
{
    for (size_t i = 0; i < ARRAY_LEN(at_once); i++)
        TRY(store_run(store, at_once[i], PARAMS(datum_int(person.n))));
    TRY(store_run(store, "UPDATE person SET name = '" ERASED_NAME "' WHERE id = $1",
                  PARAMS(datum_int(person.n))));
    TRY(person_names_write(store, arena, person, STR(ERASED_NAME)));
    return store_run(store, "INSERT INTO person_erased (person, position) VALUES ($1, $2)",
                     PARAMS(datum_int(person.n), datum_int(position)));
}

static struct result begin(struct store *store, struct arena *arena, const struct act *act,
                           const struct person_group *group)
{
    int64_t position;
    bool erased;

    for (size_t i = 0; i < group->count; i++) {
        TRY(person_is_erased(store, group->at[i], &erased));
        if (erased)
            continue;
        TRY(journal_append(store, arena, act, "person-erased", person_subject(group->at[i]), NULL,
                           &position));
        TRY(begin_one(store, arena, group->at[i], position));
    }
    return OK;
}

/* ---- in pieces ---- */

/* What hangs on an entry, in the order in which it can go. $1 is the entry. */
static const char *const of_entry[] = {
    "UPDATE evidence_standing SET duplicate_of = NULL WHERE duplicate_of = $1",
    "DELETE FROM evidence_standing WHERE evidence = $1",
    "DELETE FROM evidence_version WHERE evidence = $1",
    "DELETE FROM evidence_witness WHERE evidence = $1",
    "DELETE FROM verification_entry WHERE evidence = $1",
    "DELETE FROM attachment WHERE evidence = $1",
    "DELETE FROM audit_entry WHERE evidence = $1",
    "DELETE FROM opinion WHERE evidence = $1",
    "DELETE FROM evidence WHERE id = $1",
};

/* What the person asked and brought, once the entries are gone. $1 is the person. */
static const char *const at_the_end[] = {
    "DELETE FROM opinion WHERE person = $1",
    "DELETE FROM verification WHERE person = $1",
    "DELETE FROM evidence_witness WHERE person = $1",
    "DELETE FROM evidence_import WHERE person = $1",
};

struct numbers {
    int64_t at[ERASE_PIECE];
    size_t count;
};

static struct result read_numbers(struct store *store, const char *sql, struct person_id person,
                                  struct numbers *ret)
{
    CLEANUP(query_release) struct query query = { 0 };

    ret->count = 0;
    TRY(query_begin(store, sql, PARAMS(datum_int(person.n), datum_int(ERASE_PIECE)), &query));
    while (query_next(&query) && ret->count < ERASE_PIECE)
        ret->at[ret->count++] = query_int(&query, 0);
    return query_end(&query);
}

#define ENTRIES "SELECT id FROM evidence WHERE person = $1 ORDER BY id LIMIT $2"
#define PAYLOADS                                                                                   \
    "SELECT j.position FROM journal AS j JOIN journal_payload AS p ON p.position = j.position"     \
    " WHERE j.subject_kind = 'person' AND j.subject_id = $1 AND j.operation <> 'person-erased'"    \
    " ORDER BY j.position LIMIT $2"

static struct result erase_entries(struct store *store, const struct numbers *entries)
{
    for (size_t i = 0; i < entries->count; i++)
        for (size_t k = 0; k < ARRAY_LEN(of_entry); k++)
            TRY(store_run(store, of_entry[k], PARAMS(datum_int(entries->at[i]))));
    return OK;
}

/* A piece of one person; whether anything is left of them then. */
static struct result erase_piece(struct store *store, struct arena *arena, struct person_id person,
                                 int64_t *left)
{
    struct numbers *numbers = ARENA_NEW(arena, struct numbers);

    TRY(read_numbers(store, ENTRIES, person, numbers));
    TRY(erase_entries(store, numbers));
    if (numbers->count < ERASE_PIECE)
        for (size_t i = 0; i < ARRAY_LEN(at_the_end); i++)
            TRY(store_run(store, at_the_end[i], PARAMS(datum_int(person.n))));
    TRY(read_numbers(store, PAYLOADS, person, numbers));
    for (size_t i = 0; i < numbers->count; i++)
        TRY(journal_erase_payload(store, numbers->at[i]));
    TRY(read_numbers(store, ENTRIES, person, numbers));
    *left += (int64_t)numbers->count;
    TRY(read_numbers(store, PAYLOADS, person, numbers));
    *left += (int64_t)numbers->count;
    return OK;
}

struct result person_erase(struct store *store, struct arena *arena, const struct act *act,
                           struct person_id person, int64_t *ret_left)
{
    struct person_group group;
    struct person_row row;
    int64_t left = 0;

    TRY(person_load(store, arena, person, &row));
    TRY(person_group(store, person, POSITION_NOW, &group));
    TRY(begin(store, arena, act, &group));
    for (size_t i = 0; i < group.count; i++)
        TRY(erase_piece(store, arena, group.at[i], &left));
    *ret_left = left;
    return OK;
}
