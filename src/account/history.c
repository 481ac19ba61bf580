#include "account/history.h"

#include "store/rows.h"

/* The order of entries is that of their positions. Two statements: a person has entries of their
   own and those of their accounts, an account without a person its own. */
#define COLUMNS                                                                                    \
    "SELECT j.position, j.at, j.operation, j.actor_kind, j.actor_id, j.authority, p.payload,"      \
    " n.name FROM journal AS j"                                                                    \
    " LEFT JOIN journal_payload AS p ON p.position = j.position"                                   \
    " LEFT JOIN person AS n ON j.actor_kind = 'person' AND n.id = j.actor_id"

static void take_row(const struct query *query, struct arena *arena, void *ret)
{
    struct history_entry entry = {
        .position = query_int(query, 0),
        .at = query_int(query, 1),
        .operation = str_copy(arena, query_text(query, 2)),
        .actor_kind = str_copy(arena, query_text(query, 3)),
        .authority = str_copy(arena, query_text(query, 5)),
        .payload = str_copy(arena, query_bytes(query, 6)),
        .actor_name = str_copy(arena, query_text(query, 7)),
    };

    if (str_eq_c(entry.actor_kind, "person"))
        entry.actor.n = query_int_or(query, 4, 0);
    *(struct history_entry *)ret = entry;
}

/* Without a person there is no actor to tell by. */
static bool is_by(const struct history_entry *entry, struct person_id person)
{
    return (person.n && entry->actor.n == person.n) || str_eq_c(entry->authority, "self");
}

static struct result read_history(struct store *store, struct arena *arena, const char *sql,
                                  struct params params, struct person_id person,
                                  struct history_list *ret)
{
    struct history_entry *list;
    struct rows rows;

    TRY(rows_read(store, arena, sql, params, take_row, sizeof(*list), &rows));
    list = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        list[i].by_themself = is_by(&list[i], person);
    *ret = (struct history_list){ list, rows.count };
    return OK;
}

struct result history_of_person(struct store *store, struct arena *arena, struct person_id person,
                                int64_t before, size_t max, struct history_list *ret)
{
    return read_history(store, arena,
                        COLUMNS " WHERE j.position < $2 AND"
                                " ((j.subject_kind = 'person' AND j.subject_id = $1) OR"
                                " (j.subject_kind = 'account' AND j.subject_id IN"
                                " (SELECT a.id FROM account AS a WHERE a.person = $1)))"
                                " ORDER BY j.position DESC LIMIT $3",
                        PARAMS(datum_int(person.n), datum_int(before ? before : INT64_MAX),
                               datum_int((int64_t)max)),
                        person, ret);
}

struct result history_of_account(struct store *store, struct arena *arena,
                                 struct account_id account, int64_t before, size_t max,
                                 struct history_list *ret)
{
    struct account known;

    TRY(account_load(store, arena, account, &known));
    if (known.person.n)
        return history_of_person(store, arena, known.person, before, max, ret);
    return read_history(store, arena,
                        COLUMNS " WHERE j.position < $2 AND j.subject_kind = 'account'"
                                " AND j.subject_id = $1 ORDER BY j.position DESC LIMIT $3",
                        PARAMS(datum_int(account.n), datum_int(before ? before : INT64_MAX),
                               datum_int((int64_t)max)),
                        known.person, ret);
}
