#include "register/people_names.h"

#include "register/journal.h"

const struct error PEOPLE_UNKNOWN = { "person-unknown", 404, EXIT_NO,
                                      "nobody in the register has this number" };
const struct error PEOPLE_NAME = { "person-name", 422, EXIT_INPUT,
                                   "a name has 1 to 200 bytes and stands on one line" };

/* Whether it can be a name: no control characters, and something beside white space. */
static bool is_name(struct str name)
{
    if (str_trim(name).n == 0 || name.n > PERSON_NAME_MAX || !str_is_utf8(name, NULL))
        return false;
    for (size_t i = 0; i < name.n; i++) {
        if ((unsigned char)name.p[i] < ' ' || name.p[i] == 0x7f)
            return false;
    }
    return true;
}

struct result person_add(struct store *store, struct arena *arena, const struct act *act,
                         struct str name, struct person_id *ret)
{
    struct value *payload = value_object(arena);
    struct person_id person;

    if (!is_name(name))
        return fail(&PEOPLE_NAME);
    name = str_trim(name);
    TRY(store_insert(store, "INSERT INTO person (name, created_at) VALUES ($1, $2) RETURNING id",
                     PARAMS(datum_text(name), datum_int(act->now)), &person.n));
    TRY(person_names_write(store, arena, person, name));
    value_set_text(arena, payload, "name", name);
    TRY(journal_append(store, arena, act, "person-added",
                       (struct journal_subject){ "person", person.n }, payload, NULL));
    *ret = person;
    return OK;
}

struct result person_rename(struct store *store, struct arena *arena, const struct act *act,
                            struct person_id person, struct str name)
{
    struct value *payload = value_object(arena);
    struct person_row row;

    if (!is_name(name))
        return fail(&PEOPLE_NAME);
    name = str_trim(name);
    TRY(person_load(store, arena, person, &row));
    TRY(store_run(store, "UPDATE person SET name = $2 WHERE id = $1",
                  PARAMS(datum_int(person.n), datum_text(name))));
    TRY(person_names_write(store, arena, person, name));
    value_set_text(arena, payload, "name", name);
    value_set_text(arena, payload, "before", row.name);
    return journal_append(store, arena, act, "person-renamed",
                          (struct journal_subject){ "person", person.n }, payload, NULL);
}

struct result person_load(struct store *store, struct arena *arena, struct person_id person,
                          struct person_row *ret)
{
    CLEANUP(query_release) struct query query = { 0 };
    struct person_row row = { .id = person };

    TRY(query_begin(store, "SELECT name, created_at FROM person WHERE id = $1",
                    PARAMS(datum_int(person.n)), &query));
    if (query_next(&query)) {
        row.name = str_copy(arena, query_text(&query, 0));
        row.created = query_int(&query, 1);
    }
    TRY(query_end(&query));
    if (!row.name.p)
        return fail(&PEOPLE_UNKNOWN);
    *ret = row;
    return OK;
}
